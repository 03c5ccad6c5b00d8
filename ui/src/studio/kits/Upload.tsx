import { Button, FileButton } from "@mantine/core";
import { useState, type DragEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { uploadKit } from "../../shared/staff";
import { problemWords } from "../data/words";
import { useTell } from "../frame/toasts";
import { IconFileZip } from "../icons";
import { go } from "../navigation/navigate";
import { checkKit, type KitProblem, type KitReport } from "./api";
import { ChangeList } from "./ChangesView";
import css from "./kits.module.css";

interface Checked {
  file: File;
  report?: KitReport;
  problem?: Problem;
}

/** Takes a ZIP of a kit's folder: checks it, says what is new or what does not hold, and stores it when asked. */
export function Upload({ onStored }: { onStored: () => void }) {
  const tell = useTell();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState<"" | "checking" | "storing">("");
  const [checked, setChecked] = useState<Checked | null>(null);

  const check = (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy("checking");
    setChecked(null);
    checkKit(file)
      .then((report) => setChecked({ file, report }), (thrown: unknown) => setChecked({ file, problem: asProblem(thrown) }))
      .finally(() => setBusy(""));
  };
  const store = ({ file, report }: Checked) => {
    setBusy("storing");
    uploadKit(file)
      .then(() => {
        tell.good(`${report?.name || file.name} ${report?.version ?? ""} is stored.`);
        onStored();
        if (report) go({ page: "kit", id: report.id, version: report.version, part: report.since ? "versions" : "marks", since: report.since });
      }, (thrown: unknown) => setChecked({ file, problem: asProblem(thrown) }))
      .finally(() => setBusy(""));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    check(event.dataTransfer.files[0]);
  };

  return (
    <section className={css.upload} data-over={over || undefined} onDrop={drop} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} aria-label="Upload a kit">
      <IconFileZip size={26} stroke={1.4} aria-hidden />
      <p><b>Drop a kit’s ZIP here</b> <span className="st-soft">with kit.json at its root, or in one folder. It is checked first.</span></p>
      <FileButton accept=".zip,application/zip" onChange={check}>
        {(props) => <Button {...props} variant="default" loading={busy === "checking"}>Choose a file</Button>}
      </FileButton>
      {checked?.problem && <div className={css.refused} role="alert"><p><b>{checked.file.name} can’t be stored.</b> {problemWords(checked.problem)}</p></div>}
      {checked?.report && <Report report={checked.report} file={checked.file} busy={busy === "storing"} onStore={() => store(checked)} onClose={() => setChecked(null)} />}
    </section>
  );
}

function Report({ report, file, busy, onStore, onClose }: { report: KitReport; file: File; busy: boolean; onStore: () => void; onClose: () => void }) {
  const name = `${report.name || report.id || file.name} ${report.version}`.trim();
  switch (report.state) {
    case "wrong":
      return (
        <div className={css.refused} role="alert">
          <p><b>{name} has {report.problems.length === 1 ? "one thing" : `${report.problems.length} things`} wrong.</b> Mend {report.problems.length === 1 ? "it" : "them"}, pack the folder again, and drop it here.</p>
          <Problems problems={report.problems} />
        </div>
      );
    case "taken":
      return <div className={css.refused} role="alert"><p><b>Another kit is stored as {name} already.</b> A version never changes: raise <code>version</code> in kit.json.</p></div>;
    case "stored":
      return <div className={css.ready} role="status"><p><b>{name} is stored already</b>, just as it is in this file.</p><Button variant="default" onClick={onClose}>Close</Button></div>;
    default:
      return (
        <div className={css.ready} role="status">
          <p><b>{name} holds.</b> {report.since ? `${report.changes.length} ${report.changes.length === 1 ? "thing differs" : "things differ"} from version ${report.since}.` : "It is the first version of this kit."}</p>
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button loading={busy} onClick={onStore}>Store version {report.version}</Button>
          {report.changes.length > 0 && <div className={css.preview}><ChangeList changes={report.changes} /></div>}
        </div>
      );
  }
}

/** A problem without the name of its file, which stands above it. */
const about = (p: KitProblem) => (p.message.startsWith(`${p.file}: `) ? p.message.slice(p.file.length + 2) : p.message);

/** What is wrong, file by file. */
function Problems({ problems }: { problems: KitProblem[] }) {
  const files = [...new Set(problems.map((p) => p.file))];
  return (
    <dl className={css.problems}>
      {files.map((file) => (
        <div key={file}>
          <dt><code>{file}</code></dt>
          {problems.filter((p) => p.file === file).map((p, i) => <dd key={i}>{about(p)}{p.path && <code>{p.path}</code>}</dd>)}
        </div>
      ))}
    </dl>
  );
}
