import { Button, FileButton } from "@mantine/core";
import { useState, type DragEvent } from "react";
import { asProblem, Problem } from "../../shared/api";
import { problemWords } from "../data/words";
import { useTell } from "../frame/toasts";
import { IconFileImport } from "../icons";
import { proposePack } from "./api";
import css from "./policies.module.css";

const LARGEST = 256 << 10;

/** Takes the file of a pack and proposes it; what is wrong with it is told rule by rule. */
export function Propose({ onProposed }: { onProposed: () => void }) {
  const tell = useTell();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ file: string; problem: Problem } | null>(null);
  const propose = async (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      const made = await proposePack(await read(file));
      tell.good(`${made.pack} ${made.version} is proposed. Look at its dry run, then let a second person confirm it.`);
      onProposed();
    } catch (thrown) {
      setRefused({ file: file.name, problem: asProblem(thrown) });
    } finally {
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void propose(event.dataTransfer.files[0]);
  };
  return (
    <section className={css.drop} data-over={over || undefined} aria-label="Propose a pack" onDrop={drop} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}>
      <IconFileImport size={26} stroke={1.4} aria-hidden />
      <p><b>Drop a pack’s JSON file here</b> <span className="st-soft">to propose it. Its rules have to compile and keep its own examples; nothing changes until a second person confirms.</span></p>
      <FileButton accept=".json,application/json" onChange={(file) => void propose(file)}>{(props) => <Button {...props} variant="default" loading={busy}>Choose a file</Button>}</FileButton>
      {refused && (
        <div className={css.refused} role="alert">
          <p><b>{refused.file} can’t be proposed.</b> {problemWords(refused.problem)}</p>
          {refused.problem.fields.length > 0 && <dl>{refused.problem.fields.map((f, i) => <div key={i}><dt>{f.path}</dt><dd>{f.message}</dd></div>)}</dl>}
        </div>
      )}
    </section>
  );
}

/** Reads the file here, so that what is no JSON is told without asking the server. */
async function read(file: File): Promise<unknown> {
  if (file.size > LARGEST) throw new Problem({ status: 413, code: "too_large", detail: "A pack has at most 256 KB." });
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Problem({ status: 400, code: "no_json", detail: "The file is no JSON. A pack looks as docs/policy.md shows it." });
  }
}
