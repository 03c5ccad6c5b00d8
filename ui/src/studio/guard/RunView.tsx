import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { whenWords } from "../data/words";
import { useSeat } from "../frame/seat";
import { FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { IconArrowBackUp, IconDownload, IconFlag } from "../icons";
import { go, Link } from "../navigation/navigate";
import { kindWords, sentence } from "../review/evidence";
import { Confirm } from "../staff/Confirm";
import { countsAddress, fetchRun, fetchRuns, removeRun, type Mistake, type Row, type Run, type Slip } from "./api";
import { Comparison } from "./Comparison";
import css from "./guard.module.css";
import type { GuardRoute } from "./GuardPage";
import { MarkDialog } from "./MarkDialog";
import { falseAlarms, languageName, percent, precision, range, recall } from "./shares";

const list = { page: "guard", part: "corpora", run: "", from: "" } as const;

/** One run: its shares with their uncertainty, by language and function, its mistakes, and what moved since another. */
export function RunView({ route }: { route: GuardRoute }) {
  const { can } = useSeat();
  const tell = useTell();
  const { data: run, problem, reload } = useLoaded(`guard run ${route.run}`, (signal) => fetchRun(route.run, signal));
  const others = useLoaded("guard runs", fetchRuns);
  const [removing, setRemoving] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!run) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the run" />;
  const remove = () => {
    setBusy(true);
    removeRun(run.id).then(() => go(list, true), tell.bad).finally(() => setBusy(false));
  };
  const choices = (others.data?.runs ?? []).filter((r) => r.id !== run.id).map((r) => ({ value: r.id, label: `${r.name}, ${r.guard.name || "elsewhere"}, ${whenWords(r.run_at)}` }));
  return (
    <>
      <header className={css.runHead}>
        <div>
          <Link to={list} className={css.back}><IconArrowBackUp size={15} aria-hidden /> All runs</Link>
          <h2>{run.name}</h2>
          <p className="st-soft">{whenWords(run.run_at)} · guard <code>{run.guard.name || "elsewhere"}</code>{run.failed > 0 && <> · <b className={css.bad}>a check did not run on {run.failed} texts</b></>}</p>
        </div>
        <div className={css.acts}>
          {choices.length > 0 && <Select w="17rem" aria-label="Compare with an earlier run" placeholder="Compare with…" clearable searchable data={choices} value={route.from || null} onChange={(v) => go({ ...route, from: v ?? "" }, true)} />}
          <Button component="a" href={countsAddress(run.id)} download variant="default" leftSection={<IconDownload size={15} />}>CSV</Button>
          {can("producer") && <Button variant="subtle" color="brick" onClick={() => setRemoving(true)}>Remove</Button>}
        </div>
      </header>
      {route.from ? <Comparison run={run.id} from={route.from} /> : (
        <>
          <Shares row={run.total} />
          {run.languages.length > 1 && <Rows label="Languages" rows={run.languages} named={(r) => languageName(r.locale)} />}
          {run.functions.length > 0 && <Rows label="Functions" rows={run.functions} named={(r) => sentence(r.name ?? "")} languages={run.languages.length > 1} />}
          {run.kinds.length > 0 && <Rows label="Kinds of findings" rows={run.kinds} named={(r) => kindWords(r.name ?? "")} languages={run.languages.length > 1} />}
          <Slips run={run} />
        </>
      )}
      {removing && <Confirm title="Remove this run?" act="Remove" busy={busy} onAct={remove} onClose={() => setRemoving(false)}>Its counts and examples are forgotten. The corpus’s file stays with you.</Confirm>}
    </>
  );
}

/** The three shares, each with where the true one lies. */
function Shares({ row }: { row: Row }) {
  const stopped = { stopped: row.harmful.stopped, texts: row.harmful.stopped + row.harmless.stopped };
  return (
    <div className={css.shares}>
      <Share name="Recall" about={`${row.harmful.stopped} of ${row.harmful.texts} harmful texts are stopped`} value={recall(row)} within={range(row.harmful)} tone="ok" />
      <Share name="Precision" about={`${stopped.stopped} of ${stopped.texts} stopped texts are harmful`} value={precision(row)} within={range(stopped)} tone="ok" />
      <Share name="False alarms" about={`${row.harmless.stopped} of ${row.harmless.texts} harmless texts are stopped`} value={falseAlarms(row)} within={range(row.harmless)} tone="no" />
    </div>
  );
}

function Share({ name, about, value, within, tone }: { name: string; about: string; value: number | null; within: [number, number] | null; tone: "ok" | "no" }) {
  return (
    <section className={`st-panel ${css.share}`} aria-label={name}>
      <h3>{name}</h3>
      <p className={css.number}>{percent(value)}</p>
      <span className={css.scale} data-tone={tone} aria-hidden>
        {within && <i style={{ insetInlineStart: `${100 * within[0]}%`, width: `${Math.max(0.5, 100 * (within[1] - within[0]))}%` }} />}
        {value !== null && <b style={{ insetInlineStart: `${100 * value}%` }} />}
      </span>
      <p className="st-soft">{about}{within && <>. 95 % range: {percent(within[0])} to {percent(within[1])}</>}</p>
    </section>
  );
}

function Rows({ label, rows, named, languages = false }: { label: string; rows: Row[]; named: (row: Row) => string; languages?: boolean }) {
  const columns: Column<Row>[] = [
    { name: label, value: named, render: (r) => <>{named(r)}{languages && <small className={css.tongue}>{languageName(r.locale)}</small>}</> },
    ...(languages ? [{ name: "Language", value: (r: Row) => languageName(r.locale), wideOnly: true }] : []),
    { name: "Harmful", value: (r) => r.harmful.texts, align: "end", wideOnly: true },
    { name: "Recall", value: (r) => recall(r) ?? -1, render: (r) => <Bar value={recall(r)} tone="ok" />, align: "end" },
    { name: "Harmless", value: (r) => r.harmless.texts, align: "end", wideOnly: true },
    { name: "False alarms", value: (r) => falseAlarms(r) ?? -1, render: (r) => <Bar value={falseAlarms(r)} tone="no" />, align: "end" },
    { name: "Denied", value: (r) => r.harmful.denied + r.harmless.denied, align: "end", wideOnly: true },
    { name: "Precision", value: (r) => precision(r) ?? -1, render: (r) => percent(precision(r)), align: "end", wideOnly: true },
  ];
  return <div className={css.rows}><DataTable label={label} file={`guard-${label.toLowerCase().replace(/ /g, "-")}`} columns={columns} rows={rows} rowKey={(r) => `${r.locale} ${r.name}`} filterHint={`Filter ${label.toLowerCase()}`} /></div>;
}

function Bar({ value, tone }: { value: number | null; tone: "ok" | "no" }) {
  return <span className={css.bar} data-tone={tone}>{value !== null && value > 0 && <i aria-hidden style={{ width: `${100 * value}%` }} />}<span>{percent(value)}</span></span>;
}

function Slips({ run }: { run: Run }) {
  const [marking, setMarking] = useState<{ slip: Slip; marked: Mistake } | null>(null);
  const lists: { marked: Mistake; title: string; slips: Slip[] }[] = [
    { marked: "false_alarm", title: "False alarms", slips: run.alarms }, { marked: "miss", title: "Misses", slips: run.misses },
  ];
  return (
    <>
      {lists.filter((l) => l.slips.length > 0).map(({ marked, title, slips }) => (
        <section key={marked} className={`st-panel ${css.part} ${css.slips}`} aria-label={title}>
          <h2>{title} <small>{slips.length >= 100 ? "the first 100" : slips.length}</small></h2>
          <ul>
            {slips.map((slip, i) => (
              <li key={i}>
                <p dir="auto">{slip.text}<small>{[languageName(slip.locale), slip.function && sentence(slip.function), slip.kinds.map(kindWords).join(", ")].filter(Boolean).join(" · ")}</small></p>
                <Button size="compact-xs" variant="subtle" leftSection={<IconFlag size={13} />} onClick={() => setMarking({ slip, marked })}>Mark</Button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {marking && <MarkDialog text={marking.slip.text} locale={marking.slip.locale} marked={marking.marked} onClose={() => setMarking(null)} />}
    </>
  );
}
