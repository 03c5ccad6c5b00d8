import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { useLoaded } from "../data/loaded";
import { atWidth, problemWords } from "../data/words";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { IconCircleCheck } from "../icons";
import { moveCampaign, type BrokenWork, type KitCampaign, type KitPageData, type MoveReport } from "./api";
import css from "./move.module.css";

/** Says what a move would newly break among the public works, and moves the campaign when asked. */
export function MoveDialog({ campaign, kit, from, onClose, onMoved }: { campaign: KitCampaign; kit: KitPageData; from: string; onClose: () => void; onMoved: () => void }) {
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Problem | null>(null);
  const { data, problem, reload } = useLoaded(`move ${campaign.slug} ${from} ${kit.version}`, () => moveCampaign(campaign.slug, kit.version, true));
  const move = () => {
    setBusy(true);
    setRefused(null);
    moveCampaign(campaign.slug, kit.version, false)
      .then(() => {
        tell.good(`${campaign.name || campaign.slug} uses version ${kit.version} now.`);
        onMoved();
        onClose();
      }, (thrown: unknown) => setRefused(asProblem(thrown)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={`Move ${campaign.name || campaign.slug} from ${from} to ${kit.version}`} transitionProps={{ duration: 80 }}>
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="what it would change" />
      ) : (
        <>
          <p className={css.lead}>New works keep the rules of {kit.version} from then on. What is public stays as it is: take down what should not stay.</p>
          <Report report={data} />
        </>
      )}
      {refused && <p className={css.refused} role="alert">{problemWords(refused)}{refused.fields.map((f, i) => <span key={i}>{f.message}</span>)}</p>}
      <div className={css.foot}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button disabled={!data} loading={busy} color={data && data.broken > 0 ? "amber" : undefined} onClick={move}>Move to {kit.version}</Button>
      </div>
    </Modal>
  );
}

function Report({ report }: { report: MoveReport }) {
  const looked = `${report.whole ? "" : "the newest "}${report.checked} public ${report.checked === 1 ? "work" : "works"}`;
  if (report.checked === 0) return <p className={css.fine}><IconCircleCheck size={18} stroke={1.8} /> Nothing is public yet, so nothing breaks.</p>;
  if (report.broken === 0) return <p className={css.fine}><IconCircleCheck size={18} stroke={1.8} /> Of {looked}, none newly breaks a rule.</p>;
  const works = report.works ?? [];
  return (
    <>
      <p className={css.warn}><b>{report.broken} of {looked} would break a rule that {report.from} does not have.</b></p>
      <ul className={css.works}>{works.map((w) => <Work key={w.entry_id} work={w} />)}</ul>
      {report.broken > works.length && <p className="st-soft">And {report.broken - works.length} more.</p>}
    </>
  );
}

function Work({ work }: { work: BrokenWork }) {
  return (
    <li>
      <img src={atWidth(work.image_url, 160)} alt="" loading="lazy" />
      <div>
        <a href={work.page_url} target="_blank" rel="noopener">{work.title}</a>
        <ul>{(work.findings ?? []).map((f, i) => <li key={i} data-severity={f.severity}>{f.message}{f.reason && <small>{f.reason}</small>}</li>)}</ul>
      </div>
    </li>
  );
}
