import { Button, Modal } from "@mantine/core";
import { IconCopy, IconDeviceFloppy, IconExternalLink } from "../icons";
import { useCallback, useEffect, useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { fetchCampaign, saveCampaign, type CampaignRecord, type CampaignState, type CheckProblem, type JsonObject } from "../../shared/staff";
import { useLoaded } from "../data/loaded";
import { PageHead } from "../frame/PageHead";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { Link } from "../navigation/navigate";
import { draftOf, keepDraft } from "./drafts";
import { changes } from "./file";
import css from "./form.module.css";
import { Form } from "./Form";
import { problemsOf } from "./problems";
import { someText } from "./texts";
import { useCheck } from "./useCheck";

/** One campaign: its whole file as a form. */
export function CampaignPage({ slug }: { slug: string }) {
  const { data, problem, reload } = useLoaded(`campaign ${slug}`, (signal) => fetchCampaign(slug, signal));
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the campaign" />;
  return <Editor slug={slug} fetched={data} />;
}

function Editor({ slug, fetched }: { slug: string; fetched: CampaignRecord }) {
  const { can } = useSeat();
  const tell = useTell();
  const readOnly = !can("producer");
  const [kept] = useState(() => draftOf(slug));
  const [base, setBase] = useState(kept?.base ?? fetched);
  const [file, setFile] = useState(kept?.file ?? fetched.file);
  const [state, setState] = useState(kept?.state ?? fetched.state);
  const [refused, setRefused] = useState<CheckProblem[]>([]);
  const [saving, setSaving] = useState(false);
  const [theirs, setTheirs] = useState<CampaignRecord | null>(null);
  const check = useCheck(file, !readOnly);

  const changed = changes(base.file, file);
  const unsaved = changed.length + (state === base.state ? 0 : 1);
  useEffect(() => keepDraft(slug, unsaved > 0 ? { base, file, state } : undefined), [slug, unsaved, base, file, state]);

  const onFile = useCallback((change: (file: JsonObject) => JsonObject) => {
    setRefused([]);
    setFile(change);
  }, []);

  const take = (record: CampaignRecord) => {
    setBase(record);
    setFile(record.file);
    setState(record.state);
    setRefused([]);
  };

  const save = async (revision: number) => {
    setSaving(true);
    try {
      await saveCampaign(slug, file, state, revision);
      take(await fetchCampaign(slug));
      tell.good("Saved. It is public at once where the campaign is open.");
    } catch (thrown) {
      const found: Problem = asProblem(thrown);
      if (found.status === 409 && found.code === "changed_meanwhile") await fetchCampaign(slug).then(setTheirs, tell.bad);
      else {
        setRefused(problemsOf(found));
        tell.bad(found);
      }
    } finally {
      setSaving(false);
    }
  };

  const name = someText(file.name, "en") || slug;
  return (
    <div className={`${css.page} ${css.saving}`}>
      <PageHead
        title={name}
        actions={
          <>
            <a className={css.action} href={`/c/${encodeURIComponent(slug)}`} target="_blank" rel="noopener"><IconExternalLink size={15} /> Public page</a>
            {!readOnly && (
              <>
                <Link className={css.action} to={{ page: "new-campaign", from: slug }}><IconCopy size={15} /> Copy</Link>
                {unsaved > 0 && <Button variant="default" onClick={() => take(base)}>Undo all</Button>}
                <Button leftSection={<IconDeviceFloppy size={17} />} loading={saving} disabled={unsaved === 0} onClick={() => void save(base.revision)}>
                  {unsaved === 0 ? "Saved" : unsaved === 1 ? "Save 1 change" : `Save ${unsaved} changes`}
                </Button>
              </>
            )}
          </>
        }
      >
        <span className={css.stateTag} data-state={base.state}>{base.state}</span> Revision {base.revision}
        {readOnly && ". Your role may look but not change."}
        {kept && unsaved > 0 && ". Your unsaved changes are still here."}
      </PageHead>
      <Form
        file={file} state={state} problems={[...check.problems, ...refused.filter((r) => !check.problems.some((p) => p.path === r.path && p.code === r.code))]} checking={check.checking} unchecked={check.unchecked}
        budget={base.budget} isNew={false} readOnly={readOnly} onFile={onFile} onState={setState}
        aside={unsaved > 0 ? <Changes changed={changed} state={state === base.state ? null : state} /> : null}
      />
      <Modal opened={!!theirs} onClose={() => setTheirs(null)} title="Somebody saved this campaign meanwhile" size="lg">
        {theirs && (
          <>
            <p className="st-soft">Since you opened it, it became revision {theirs.revision}. Compared with yours, these places differ:</p>
            <ul className={css.changed}>{changes(theirs.file, file, 12).map((c) => <li key={c}><code>{c}</code></li>)}</ul>
            <div className={css.choices}>
              <Button variant="default" onClick={() => { take(theirs); setTheirs(null); }}>Take theirs, drop mine</Button>
              <Button color="brick" onClick={() => { const revision = theirs.revision; setBase(theirs); setTheirs(null); void save(revision); }}>Save mine over theirs</Button>
            </div>
          </>
        )}
      </Modal>
    </div>
  );
}

function Changes({ changed, state }: { changed: string[]; state: CampaignState | null }) {
  const shown = changed.slice(0, 8);
  return (
    <section className={css.problems}>
      <h2>Not saved yet</h2>
      <ul className={css.changed}>
        {state && <li>State becomes <b>{state}</b></li>}
        {shown.map((c) => <li key={c}><code>{c}</code></li>)}
        {changed.length > shown.length && <li className="st-soft">and {changed.length - shown.length} more</li>}
      </ul>
    </section>
  );
}
