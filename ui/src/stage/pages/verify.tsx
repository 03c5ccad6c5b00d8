import { useEffect, useRef, useState, type DragEvent } from "react";
import { ask } from "../../shared/api";
import type { Verification } from "../../shared/types";
import { useAct } from "../ask";
import { Camera, Picture } from "../icons";
import { Foot } from "../parts/frame";
import { FieldError, sentenceOf } from "../parts/trouble";
import { Heading } from "../route";
import { useWords } from "../words";
import { Looking } from "./verify-looking";
import { Result } from "./verify-result";

const LARGEST = 25 * 1024 * 1024;
const ACCEPTED = "image/png,image/jpeg,image/webp,image/avif,.c2pa,application/c2pa,application/pdf";

/** What somebody chose: the file, and the signed statement that came beside it. */
interface Picked {
  file: File;
  beside: File | null;
  /** Address of the picture in this browser; empty for what is no picture. */
  preview: string;
}

/** Tells the file from the .c2pa file beside it, in whichever order they come. */
export function sorted(files: readonly File[]): { file: File; beside: File | null } | null {
  const isBeside = (file: File) => /\.c2pa$/i.test(file.name);
  const file = files.find((one) => !isBeside(one)) ?? files[0];
  if (!file) return null;
  return { file, beside: files.find((one) => one !== file && isBeside(one)) ?? null };
}

/** Anyone drops a picture here and learns whether it came from a campaign. */
export function VerifyPage() {
  const words = useWords();
  const { t } = words;
  const [over, setOver] = useState(false);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [result, setResult] = useState<Verification | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const answer = useRef<HTMLDivElement>(null);
  const { run, busy, problem, clear } = useAct(async (what: Picked) => {
    const body = new FormData();
    body.append("file", what.file);
    if (what.beside) body.append("manifest", what.beside);
    setResult(await ask<Verification>("/verify", { method: "POST", body, timeout: 60_000 }));
  });

  const take = (files: readonly File[]) => {
    const chosen = sorted(files);
    if (!chosen || busy) return;
    if (picked?.preview) URL.revokeObjectURL(picked.preview);
    const showable = /^image\//.test(chosen.file.type);
    const what = { ...chosen, preview: showable ? URL.createObjectURL(chosen.file) : "" };
    setPicked(what);
    setResult(null);
    clear();
    const large = chosen.file.size > LARGEST;
    setTooLarge(large);
    if (!large) void run(what);
  };
  const taking = useRef(take);
  taking.current = take;

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      taking.current(files);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);

  useEffect(() => {
    if (result) answer.current?.scrollIntoView({ block: "nearest", behavior: "auto" });
  }, [result]);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };

  return (
    <>
      <main id="main" className="page page-narrow verify">
        <div className="stack">
          <Heading title={t("verify.title")}>{t("verify.title")}</Heading>
          <p className="lead">{t("verify.text")}</p>
        </div>
        <div
          className={`drop${over ? " drop-over" : ""}${picked ? " drop-done" : ""}${busy ? " drop-busy" : ""}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          {picked?.preview ? (
            <img className="drop-preview" src={picked.preview} alt={t("verify.yours")} />
          ) : (
            <Picture width={40} height={40} />
          )}
          <div className="drop-ways">
            <div className="row">
              <Chooser id="verify-file" onFiles={take} label={t(picked ? "verify.another" : "verify.choose")} />
              <Chooser id="verify-camera" onFiles={take} label={t("verify.camera")} camera />
            </div>
            <p className="soft small">{picked ? <bdi>{picked.file.name}</bdi> : t("verify.drop")}</p>
          </div>
        </div>
        <div aria-live="polite" aria-busy={busy} className="stack-wide" ref={answer}>
          {busy && <Looking />}
          {tooLarge && <FieldError>{t("verify.too_large")}</FieldError>}
          {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
          {result && <Result result={result} preview={picked?.preview ?? ""} />}
        </div>
        <p className="soft small">{t("verify.privacy")}</p>
        <details className="verify-how">
          <summary>{t("verify.how")}</summary>
          <div className="stack">
            <p>{t("verify.how.looks")}</p>
            <p>{t("verify.how.none")}</p>
            <p>{t("verify.how.never")}</p>
          </div>
        </details>
      </main>
      <Foot campaign={null} />
    </>
  );
}

/** A button that opens the files, or on a phone the camera. */
function Chooser({ id, label, camera = false, onFiles }: { id: string; label: string; camera?: boolean; onFiles(files: File[]): void }) {
  return (
    <span className={camera ? "chooser chooser-camera" : "chooser"}>
      <input
        id={id}
        className="hidden"
        type="file"
        accept={camera ? "image/*" : ACCEPTED}
        capture={camera ? "environment" : undefined}
        multiple={!camera}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <label htmlFor={id} className={camera ? "button button-quiet" : "button"}>
        {camera && <Camera />}
        {label}
      </label>
    </span>
  );
}
