import { useState } from "react";
import { ask } from "../../shared/api";
import { REPORT_REASONS, type EntryDetail, type ReportReason } from "../../shared/types";
import { useAct } from "../ask";
import { PrivateLink } from "../parts/frame";
import { Sheet } from "../parts/sheet";
import { FieldError, sentenceOf } from "../parts/trouble";
import { useWords } from "../words";

const LONGEST = 1000;

/** Tells the campaign's people about a work; the answer comes by a private link. */
export function ReportSheet({ entry, onClose }: { entry: EntryDetail; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const { run, busy, problem } = useAct(async (chosen: ReportReason) => {
    const answer = await ask<{ link: string }>(`/entries/${entry.id}/reports`, {
      method: "POST",
      body: { reason: chosen, text: text.trim() || undefined },
    });
    setLink(answer.link);
  });

  if (link) {
    return (
      <Sheet title={t("report.done")} onClose={onClose}>
        <p>{t("report.done.text")}</p>
        <PrivateLink link={link} />
      </Sheet>
    );
  }
  return (
    <Sheet title={t("report")} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (reason) void run(reason);
        }}
      >
        <fieldset className="field" aria-describedby="report-reason-error">
          <legend>{t("report.why")}</legend>
          {REPORT_REASONS.map((name) => (
            <div className="tick" key={name}>
              <input
                type="radio"
                id={`reason-${name}`}
                name="reason"
                checked={reason === name}
                onChange={() => setReason(name)}
              />
              <label htmlFor={`reason-${name}`}>{t(`report.reason.${name}`)}</label>
            </div>
          ))}
          {asked && !reason && <FieldError id="report-reason-error">{t("report.choose")}</FieldError>}
        </fieldset>
        <div className="field">
          <label htmlFor="report-text">{t("report.text")}</label>
          <textarea
            id="report-text"
            rows={3}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {problem && <FieldError>{sentenceOf(problem, words)}</FieldError>}
        <button type="submit" className="button button-wide" disabled={busy}>
          {t("report.send")}
        </button>
      </form>
    </Sheet>
  );
}
