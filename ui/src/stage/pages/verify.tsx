import { useRef, useState, type DragEvent } from "react";
import { ask } from "../../shared/api";
import type { Verification } from "../../shared/types";
import { useAct } from "../ask";
import { Picture, Seal } from "../icons";
import { Foot } from "../parts/frame";
import { makerSentence } from "../parts/maker";
import { FieldError, sentenceOf } from "../parts/trouble";
import { Heading } from "../route";
import { useWords } from "../words";
import { Fact } from "../parts/how-sheet";

const LARGEST = 25 * 1024 * 1024;

/** Anyone drops a picture here and learns whether it came from a campaign. */
export function VerifyPage() {
  const words = useWords();
  const { t } = words;
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<Verification | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const { run, busy, problem, clear } = useAct(async (picked: File) => {
    const body = new FormData();
    body.append("file", picked);
    setResult(await ask<Verification>("/verify", { method: "POST", body, timeout: 60_000 }));
  });

  const take = (picked: File | undefined) => {
    if (!picked || busy) return;
    setFile(picked);
    setResult(null);
    clear();
    setTooLarge(picked.size > LARGEST);
    if (picked.size <= LARGEST) void run(picked);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <>
      <main id="main" className="page page-narrow verify">
        <div className="stack">
          <Heading title={t("verify.title")}>{t("verify.title")}</Heading>
          <p className="lead">{t("verify.text")}</p>
        </div>
        <div
          className={`drop${over ? " drop-over" : ""}${file ? " drop-done" : ""}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
        >
          <Picture width={40} height={40} />
          <input
            ref={input}
            id="verify-file"
            className="hidden"
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
          <label htmlFor="verify-file" className="button">
            {file ? t("verify.another") : t("verify.choose")}
          </label>
          <p className="soft small">{file ? <bdi>{file.name}</bdi> : t("verify.drop")}</p>
        </div>
        <div aria-live="polite" aria-busy={busy}>
          {busy && <p className="verify-wait plate">{t("verify.looking")}</p>}
          {tooLarge && <FieldError>{t("verify.too_large")}</FieldError>}
          {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
          {result && <Result result={result} />}
        </div>
        <p className="soft small">{t("verify.privacy")}</p>
      </main>
      <Foot campaign={null} />
    </>
  );
}

function Result({ result }: { result: Verification }) {
  const words = useWords();
  const { t } = words;
  const { work } = result;
  if (!work) {
    return (
      <section className="verdict verdict-none">
        <h2>{t("verify.none")}</h2>
        <p>{result.message || t("verify.none.text")}</p>
      </section>
    );
  }
  return (
    <section className="verdict">
      {work.image_url && work.state === "published" && (
        <div className="picture verdict-picture" style={{ aspectRatio: `${work.width} / ${work.height}` }}>
          <img src={work.image_url} alt={t("verify.thumbnail")} />
        </div>
      )}
      <div className="stack">
        <p className="verdict-seal">
          <Seal />
          {t(result.match === "exact" ? "verify.exact" : "verify.match")}
        </p>
        <h2>{t("verify.yes", { campaign: work.campaign_name })}</h2>
        <p>{result.message}</p>
        <dl className="facts">
          <Fact name={t("how.date")}>{words.dateTime(work.made_at)}</Fact>
          <Fact name={t("how.made")}>{makerSentence(work.maker, words)}</Fact>
          <Fact name={t("how.marks")}>
            {work.marks.length > 0 ? words.list(work.marks.map((mark) => mark.name)) : t("verify.no_marks")}
          </Fact>
          <Fact name={t("how.approved")}>
            {work.approved
              ? work.approved_at
                ? t("how.approved.text", { date: words.date(work.approved_at) })
                : t("verify.approved")
              : t("verify.not_approved")}
          </Fact>
          <Fact name={t("verify.state")}>{t(`verify.state.${work.state}`)}</Fact>
        </dl>
        {work.page_url && work.state === "published" && (
          <a className="button button-quiet" href={work.page_url}>
            {t("verify.see")}
          </a>
        )}
      </div>
    </section>
  );
}
