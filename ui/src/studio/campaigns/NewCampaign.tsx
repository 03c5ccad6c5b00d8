import { Button, Select } from "@mantine/core";
import { IconPlus } from "../icons";
import { useCallback, useEffect, useState } from "react";
import { asProblem } from "../../shared/api";
import { createCampaign, fetchCampaign, fetchCampaigns, type CheckProblem, type JsonObject } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { PageHead } from "../frame/PageHead";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { go } from "../navigation/navigate";
import { draftOf, keepDraft } from "./drafts";
import { changes, textAt } from "./file";
import css from "./form.module.css";
import { Form } from "./Form";
import { problemsOf } from "./problems";
import { copyOf, emptyCampaign } from "./template";
import { useCheck } from "./useCheck";

/** A new campaign, from an empty template or from another one. */
export function NewCampaign({ from }: { from: string }) {
  const source = useLoaded(`start ${from}`, async (signal) => (from ? copyOf((await fetchCampaign(from, signal)).file) : emptyCampaign(Date.now())));
  if (!source.data) return source.problem ? <FailedState problem={source.problem} onRetry={source.reload} /> : <LoadingState what="the template" />;
  return <Maker from={from} start={source.data} />;
}

function Maker({ from, start }: { from: string; start: JsonObject }) {
  const tell = useTell();
  const key = `new from ${from}`;
  const [file, setFile] = useState(draftOf(key)?.file ?? start);
  const [refused, setRefused] = useState<CheckProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const check = useCheck(file, true);
  const campaigns = useLoaded("campaigns", fetchCampaigns).data ?? [];
  const slug = textAt(file, ["slug"]);

  useEffect(() => {
    const touched = changes(start, file, 1).length > 0;
    keepDraft(key, touched ? { base: { file: start, state: "draft", revision: 0 }, file, state: "draft" } : undefined);
  }, [key, start, file]);

  const onFile = useCallback((change: (file: JsonObject) => JsonObject) => {
    setRefused([]);
    setFile(change);
  }, []);

  const create = () => {
    setBusy(true);
    createCampaign(file)
      .then(() => {
        keepDraft(key, undefined);
        tell.good("The campaign is made. It stays a draft until you open it under Dates and state.");
        go({ page: "campaign", slug });
      })
      .catch((thrown: unknown) => {
        setRefused(problemsOf(asProblem(thrown)));
        tell.bad(thrown);
      })
      .finally(() => setBusy(false));
  };

  return (
    <div className={`${css.page} ${css.saving}`}>
      <PageHead
        title="New campaign"
        actions={
          <>
            <Select aria-label="Start from" value={from} data={[{ value: "", label: "Start from an empty template" }, ...campaigns.map((c) => ({ value: c.slug, label: `Start from ${c.name || c.slug}` }))]} onChange={(v) => go({ page: "new-campaign", from: v ?? "" }, true)} w={260} />
            <Button leftSection={<IconPlus size={17} />} loading={busy} disabled={slug === "" || check.checking || check.problems.length > 0} onClick={create}>Make the campaign</Button>
          </>
        }
      >
        Mend what the check names, then make it. It starts as a draft that only the Studio sees.
      </PageHead>
      <Form
        file={file} state="draft" problems={[...check.problems, ...refused.filter((r) => !check.problems.some((p) => p.path === r.path))]} checking={check.checking} unchecked={check.unchecked}
        budget={undefined} isNew readOnly={false} onFile={onFile} onState={() => undefined} aside={null}
      />
    </div>
  );
}
