import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { whenWords } from "../data/words";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { IconCircleCheck } from "../icons";
import { sentence } from "../review/evidence";
import { compareRuns, type Moved, type RunHead } from "./api";
import css from "./guard.module.css";
import { falseAlarms, languageName, percent, points, precision, recall } from "./shares";

/** What moved from one run to another, in points. */
export function Comparison({ run, from }: { run: string; from: string }) {
  const { data, problem, reload } = useLoaded(`guard compare ${from} ${run}`, (signal) => compareRuns(run, from, signal));
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the comparison" />;
  const columns: Column<Moved>[] = [
    { name: "What moved", value: named },
    { name: "Recall", value: (m) => m.recall, render: (m) => <Points moved={m} value={m.recall} good={1} />, align: "end" },
    { name: "False alarms", value: (m) => m.false_alarms, render: (m) => <Points moved={m} value={m.false_alarms} good={-1} />, align: "end" },
    { name: "Precision", value: (m) => m.precision, render: (m) => <Points moved={m} value={m.precision} good={1} />, align: "end", wideOnly: true },
  ];
  return (
    <>
      <table className={`st-panel ${css.versus}`}>
        <caption className="st-unseen">Both runs as a whole</caption>
        <thead><tr><th /><th data-align="end">Recall</th><th data-align="end">False alarms</th><th data-align="end" data-wide>Precision</th></tr></thead>
        <tbody>
          <Whole name="Before" head={data.before} />
          <Whole name="This run" head={data.after} />
        </tbody>
      </table>
      {data.moved.length === 0
        ? <EmptyState icon={<IconCircleCheck size={28} stroke={1.5} />} title="Nothing moved">Both guards do the same with these texts.</EmptyState>
        : <DataTable label="What moved" file="guard-moved" columns={columns} rows={data.moved} rowKey={(m) => `${m.of} ${m.locale} ${m.name}`} filterHint="Filter" />}
    </>
  );
}

function named(m: Moved): string {
  if (m.of === "all") return "All texts";
  return [m.name && sentence(m.name), languageName(m.locale)].filter(Boolean).join(", ");
}

function Whole({ name, head }: { name: string; head: RunHead }) {
  return (
    <tr>
      <th scope="row">{name}<small>guard {head.guard.name || "elsewhere"}, {whenWords(head.run_at)}</small></th>
      <td data-align="end">{percent(recall(head.total))}</td>
      <td data-align="end">{percent(falseAlarms(head.total))}</td>
      <td data-align="end" data-wide>{percent(precision(head.total))}</td>
    </tr>
  );
}

/** A move in points; `good` says which way is better. */
function Points({ moved, value, good }: { moved: Moved; value: number; good: 1 | -1 }) {
  if (moved.only) return <span className="st-soft">{moved.only === "after" ? "new" : "gone"}</span>;
  const way = Math.abs(value) < 0.0005 ? 0 : Math.sign(value) * good;
  return <span className={css.moved} data-tone={way > 0 ? "ok" : way < 0 ? "no" : undefined}>{points(value)}</span>;
}
