import { Button, FileButton } from "@mantine/core";
import { useState, type DragEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { download } from "../data/csv";
import { problemWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { IconDownload, IconFileImport } from "../icons";
import { Link } from "../navigation/navigate";
import { importFile, type Imported } from "./api";
import { readableOn } from "./contrast";
import css from "./import.module.css";

/** Makes the beginning of a kit out of a file that a brand has. */
export function ImportPage() {
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ file: string; found?: Imported; problem?: Problem } | null>(null);
  const read = (file: File | null | undefined) => {
    if (!file || busy) return;
    setBusy(true);
    setResult(null);
    importFile(file)
      .then((found) => setResult({ file: file.name, found }), (thrown: unknown) => setResult({ file: file.name, problem: asProblem(thrown) }))
      .finally(() => setBusy(false));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    read(event.dataTransfer.files[0]);
  };
  return (
    <div className="st-page">
      <PageHead title="Begin a kit from a file"><Link to={{ page: "kits" }}>Brand kits</Link>. What is found here is a draft: look at it, name things, and finish <code>kit.json</code> by hand. The file is not kept.</PageHead>
      <section className={css.drop} data-over={over || undefined} onDrop={drop} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} aria-label="Read a file">
        <IconFileImport size={28} stroke={1.4} aria-hidden />
        <p><b>Drop a file that your brand has</b></p>
        <ul>
          <li><b>Design tokens</b> Style Dictionary, Figma, Tokens Studio, W3C (JSON)</li>
          <li><b>A brand book</b> PDF</li>
          <li><b>A logo or a picture</b> SVG, PNG, JPEG, WebP</li>
        </ul>
        <FileButton accept=".json,.pdf,.svg,.png,.jpg,.jpeg,.webp" onChange={read}>
          {(props) => <Button {...props} loading={busy}>Choose a file</Button>}
        </FileButton>
      </section>
      {result?.problem && <p className={css.bad} role="alert"><b>{result.file} gave nothing.</b> {problemWords(result.problem)}</p>}
      {result?.found && <Found file={result.file} found={result.found} />}
    </div>
  );
}

function Found({ file, found }: { file: string; found: Imported }) {
  const save = () => download("kit.json", JSON.stringify(found.draft, null, 2) + "\n", "application/json");
  const counts = [found.count > 0 && `${found.count} design ${found.count === 1 ? "token" : "tokens"}`, `${found.colors.length} ${found.colors.length === 1 ? "colour" : "colours"}`, found.logos.length > 0 && `${found.logos.length} ${found.logos.length === 1 ? "part that may be a mark" : "parts that may be marks"}`];
  return (
    <div role="status">
      <div className={css.head}>
        <p><b>{file}</b> was read as {found.source}: {counts.filter(Boolean).join(", ")}.</p>
        <Button leftSection={<IconDownload size={16} />} onClick={save}>Download kit.json</Button>
      </div>
      {found.unread.length > 0 && (
        <section className={css.unread}>
          <h2>What could not be read</h2>
          <ul>{found.unread.map((n, i) => <li key={i}>{n.path && <code>{n.path}</code>} {n.reason}</li>)}</ul>
        </section>
      )}
      {found.colors.length > 0 && (
        <section>
          <h2>Draft palette</h2>
          <ul className={css.palette}>
            {found.colors.map((c, i) => (
              <li key={`${c.name} ${i}`} style={{ background: c.value, color: readableOn(c.value) }}>
                <b>{c.name}</b>
                <span>{c.value}</span>
                <small>OKLCH {(c.oklch[0] * 100).toFixed(1)} % {c.oklch[1].toFixed(3)} {c.oklch[2].toFixed(0)}{c.share > 0 && `, ${(c.share * 100).toFixed(0)} % of it`}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found.logos.length > 0 && (
        <section>
          <h2>Logo candidates</h2>
          <p className="st-soft">Cut out as pictures. Have them drawn as SVG before they become marks.</p>
          <ul className={css.logos}>
            {found.logos.map((l, i) => (
              <li key={i}>
                <img src={`data:image/png;base64,${l.image}`} alt={`Candidate ${i + 1}`} />
                <span>{l.width} × {l.height} px{l.page > 1 ? `, picture ${l.page}` : ""}</span>
                <a href={`data:image/png;base64,${l.image}`} download={`logo-${i + 1}.png`}>Download PNG</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
