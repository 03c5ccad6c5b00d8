import { Button, FileButton, Select } from "@mantine/core";
import { useState, type DragEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { problemWords, whenWords } from "../data/words";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { IconFileImport, IconPlayerPlay } from "../icons";
import { go, Link } from "../navigation/navigate";
import { fetchRuns, runCorpus, type RunHead } from "./api";
import css from "./guard.module.css";
import { locales } from "./locales";
import { falseAlarms, languageName, percent, precision, recall, took } from "./shares";

const at = (run: string, from = "") => ({ page: "guard", part: "corpora", run, from }) as const;

/** Corpora: one is run from a file, and those that were run are listed. */
export function CorporaPart() {
  const { data, problem, reload } = useLoaded("guard runs", fetchRuns);
  return (
    <>
      <Bench />
      {!data ? (
        problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the runs" />
      ) : data.runs.length === 0 ? (
        <EmptyState icon={<IconPlayerPlay size={28} stroke={1.5} />} title="No corpus was run yet">First drop a file above: a .csv with the columns <code>text</code> and <code>label</code>, or a .txt with one harmless text a line.</EmptyState>
      ) : (
        <Runs runs={data.runs} current={data.guard.name} />
      )}
    </>
  );
}

function Bench() {
  const [locale, setLocale] = useState("");
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState("");
  const [refused, setRefused] = useState<{ file: string; problem: Problem } | null>(null);
  const run = (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(file.name);
    setRefused(null);
    runCorpus(file, locale)
      .then((made) => go(at(made.id)), (thrown: unknown) => setRefused({ file: file.name, problem: asProblem(thrown) }))
      .finally(() => setBusy(""));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    run(event.dataTransfer.files[0]);
  };
  return (
    <section className={css.drop} data-over={over || undefined} aria-label="Run a corpus" onDrop={drop} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
      <IconFileImport size={26} stroke={1.4} aria-hidden />
      <p>
        <b>{busy ? `Running ${busy}…` : "Drop a corpus here"}</b>{" "}
        <span className="st-soft">.csv with text and label, or .txt of harmless lines, up to 4 MB and 10,000 texts. A .json of <code>marquee guard measure --json</code> is kept to compare with, for instance of the next version.</span>
      </p>
      <Select aria-label="Language of texts whose row does not say it" searchable data={[{ value: "", label: "Guess languages" }, ...locales]} value={locale} onChange={(v) => setLocale(v ?? "")} />
      <FileButton accept=".csv,.txt,.json" onChange={run}>{(props) => <Button {...props} variant="default" loading={busy !== ""}>Choose a file</Button>}</FileButton>
      {refused && (
        <div className={css.refused} role="alert">
          <p><b>{refused.file} can’t be run.</b> {problemWords(refused.problem)}</p>
          {refused.problem.fields.length > 0 && <p className="st-mono">{refused.problem.fields.map((f) => f.message).join("\n")}</p>}
        </div>
      )}
    </section>
  );
}

function Runs({ runs, current }: { runs: RunHead[]; current: string }) {
  const columns: Column<RunHead>[] = [
    { name: "Corpus", value: (r) => r.name, render: (r) => <span className={css.cell}><Link to={at(r.id)}>{r.name}</Link><small>{r.locale ? languageName(r.locale) : ""}</small></span> },
    { name: "Run", value: (r) => r.run_at, render: (r) => <time dateTime={r.run_at}>{whenWords(r.run_at)}</time>, wideOnly: true },
    { name: "Guard", value: (r) => r.guard.name || "elsewhere", render: (r) => (r.guard.name ? <code data-now={r.guard.name === current || undefined} title={r.guard.detectors.join("\n")}>{r.guard.name}{r.guard.name === current && " (now)"}</code> : <span className="st-soft">elsewhere</span>), wideOnly: true },
    { name: "Texts", value: (r) => r.total.harmful.texts + r.total.harmless.texts, align: "end" },
    { name: "Recall", value: (r) => recall(r.total) ?? -1, render: (r) => percent(recall(r.total)), align: "end" },
    { name: "Precision", value: (r) => precision(r.total) ?? -1, render: (r) => percent(precision(r.total)), align: "end", wideOnly: true },
    { name: "False alarms", value: (r) => falseAlarms(r.total) ?? -1, render: (r) => percent(falseAlarms(r.total)), align: "end" },
    { name: "Took", value: (r) => r.microseconds, render: (r) => (r.microseconds ? took(r.microseconds) : "–"), align: "end", wideOnly: true },
  ];
  return <DataTable label="Runs" file="guard-runs" columns={columns} rows={runs} rowKey={(r) => r.id} filterHint="Filter runs" />;
}
