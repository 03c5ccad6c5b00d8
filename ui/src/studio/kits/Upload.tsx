import { Button, FileButton } from "@mantine/core";
import { IconFileZip } from "../icons";
import { useState, type DragEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { uploadKit } from "../../shared/staff";
import { problemWords } from "../data/words";
import { useTell } from "../frame/toasts";
import css from "./kits.module.css";

/** Takes a ZIP of a kit's folder, and says what does not hold in it. */
export function Upload({ onStored }: { onStored: () => void }) {
  const tell = useTell();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ file: string; problem: Problem } | null>(null);

  const store = (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setRefused(null);
    uploadKit(file)
      .then(() => {
        tell.good(`${file.name} is stored. Choose it in a campaign under Basics.`);
        onStored();
      })
      .catch((thrown: unknown) => setRefused({ file: file.name, problem: asProblem(thrown) }))
      .finally(() => setBusy(false));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    store(event.dataTransfer.files[0]);
  };

  return (
    <section className={css.upload} data-over={over || undefined} onDrop={drop} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} aria-label="Upload a kit">
      <IconFileZip size={26} stroke={1.4} aria-hidden />
      <p><b>Drop a kit’s ZIP here</b> <span className="st-soft">with kit.json at its root, or in one folder</span></p>
      <FileButton accept=".zip,application/zip" onChange={store}>
        {(props) => <Button {...props} variant="default" loading={busy}>Choose a file</Button>}
      </FileButton>
      {refused && (
        <div className={css.refused} role="alert">
          <p><b>{refused.file} was not stored.</b> {problemWords(refused.problem)}</p>
          {refused.problem.fields.length > 0 && <ul>{refused.problem.fields.map((f, i) => <li key={i}>{f.path && <code>{f.path}</code>} {f.message}</li>)}</ul>}
        </div>
      )}
    </section>
  );
}
