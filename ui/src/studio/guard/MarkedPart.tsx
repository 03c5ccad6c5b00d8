import { Button } from "@mantine/core";
import { useState } from "react";
import { DataTable, type Column } from "../data/DataTable";
import { useLoaded } from "../data/loaded";
import { dayWords, whenWords } from "../data/words";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { useTell } from "../frame/toasts";
import { IconDownload, IconFlag } from "../icons";
import { fetchMarks, marksAddress, removeMark, type Mark } from "./api";
import css from "./guard.module.css";
import { languageName } from "./shares";

/** The guard's mistakes that staff marked, and whether it still makes them. */
export function MarkedPart() {
  const tell = useTell();
  const { data, problem, reload } = useLoaded("guard marks", fetchMarks);
  const [busy, setBusy] = useState("");
  if (!data) return problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the marked texts" />;
  if (data.length === 0) {
    return <EmptyState icon={<IconFlag size={28} stroke={1.5} />} title="No mistake is marked">Try a text, or run a corpus. Where the guard is wrong, say so there: it is then kept here with the guard’s version.</EmptyState>;
  }
  const remove = (mark: Mark) => {
    setBusy(mark.id);
    removeMark(mark.id).then(reload, tell.bad).finally(() => setBusy(""));
  };
  const columns: Column<Mark>[] = [
    { name: "Text", value: (m) => m.text, render: (m) => <span className={css.cell} dir="auto" title={m.why}>{m.text}<small>{m.why}</small></span> },
    { name: "Mistake", value: (m) => m.marked, render: (m) => (m.marked === "miss" ? "Miss" : "False alarm") },
    { name: "Now", value: (m) => (m.right ? "right" : "wrong"), render: (m) => <span className={css.state} data-tone={m.right ? "ok" : "no"}>{m.right ? "Right" : "Still wrong"}<small>{m.now}</small></span> },
    { name: "Language", value: (m) => languageName(m.locale), wideOnly: true },
    { name: "Guard", value: (m) => m.guard.name, render: (m) => <code title={m.guard.detectors.join("\n")}>{m.guard.name}</code>, wideOnly: true },
    { name: "Marked", value: (m) => m.marked_at, render: (m) => <time dateTime={m.marked_at} title={whenWords(m.marked_at)}>{dayWords(m.marked_at)}</time>, wideOnly: true },
    { name: "Actions", value: () => "", buttons: true, align: "end", render: (m) => <Button size="compact-xs" variant="subtle" color="brick" loading={busy === m.id} onClick={() => remove(m)}>Remove</Button> },
  ];
  return (
    <DataTable
      label="Marked mistakes" file="marked-mistakes" columns={columns} rows={data} rowKey={(m) => m.id} filterHint="Filter texts" faded={(m) => m.right}
      tools={<Button component="a" href={marksAddress} download size="xs" variant="default" leftSection={<IconDownload size={14} />}>Export as cases</Button>}
      foot={<span className="st-soft">Put the exported file into <code>internal/guard/corpus/cases</code>, and every later guard is tested with it.</span>}
    />
  );
}
