import { IconFlag, IconMessage2Question, IconPhotoOff, IconZoomIn } from "../icons";
import { useState } from "react";
import type { ReviewItem } from "../../shared/staff";
import { atWidth, whenWords } from "../data/words";
import { kindWords, placed, reportWords, stretches } from "./evidence";
import { decisionWords } from "./reasons";
import css from "./review.module.css";
import { LARGE } from "./useReview";

/** The thing to judge, fitting its kind: picture, reported picture, or words alone. */
export function Work({ item, onCloser }: { item: ReviewItem; onCloser: () => void }) {
  const words = item.words ?? {};
  return (
    <div className={css.work}>
      {item.state !== "waiting" && <Decided item={item} />}
      {item.kind === "report" && (
        <div className={css.report}>
          <IconFlag size={17} stroke={1.8} aria-hidden />
          <p><b>Somebody reported this work: {reportWords(words.reason ?? "other")}</b> {words.text ? <q dir="auto">{words.text}</q> : <span className="st-soft">They wrote nothing more.</span>}</p>
        </div>
      )}
      {item.kind === "generation" ? <HeldPrompt item={item} /> : <Picture item={item} onCloser={onCloser} />}
      {item.kind !== "generation" && (
        <div className={css.words}>
          <h2 dir="auto">{words.title || <span className="st-soft">No title</span>}{words.display_name && <span className={css.by}> by {words.display_name}</span>}</h2>
          <dl>
            {words.canvas_text && <div><dt>On the picture</dt><dd dir="auto">“{words.canvas_text}”</dd></div>}
            {words.prompt && <div><dt>Asked for</dt><dd dir="auto"><Marked item={item} /></dd></div>}
          </dl>
        </div>
      )}
    </div>
  );
}

function Picture({ item, onCloser }: { item: ReviewItem; onCloser: () => void }) {
  const [state, setState] = useState<"loading" | "there" | "missing">("loading");
  if (!item.image_url || state === "missing") {
    return (
      <div className={css.picture}>
        <p className={css.missing}><IconPhotoOff size={26} stroke={1.5} /> The picture can’t be shown. Its maker may have erased it, or it can’t be made right now.</p>
      </div>
    );
  }
  return (
    <button type="button" className={css.picture} data-state={state} onClick={onCloser} aria-label="Look closer">
      <img src={atWidth(item.image_url, LARGE)} alt={item.words?.prompt ?? item.words?.title ?? ""} onLoad={() => setState("there")} onError={() => setState("missing")} />
      <span className={css.zoom}><IconZoomIn size={17} stroke={1.8} /></span>
    </button>
  );
}

function HeldPrompt({ item }: { item: ReviewItem }) {
  return (
    <div className={css.prompt}>
      <p className={css.promptHead}><IconMessage2Question size={17} stroke={1.8} aria-hidden /> These words were held before any picture was made. May they be painted?</p>
      <blockquote dir="auto"><Marked item={item} /></blockquote>
    </div>
  );
}

/** The prompt, with what the checks saw marked in it. */
function Marked({ item }: { item: ReviewItem }) {
  const text = item.words?.prompt ?? "";
  return stretches(text, placed(item.words, item.verdict)).map((s, i) =>
    s.finding ? <mark key={i} className={css.mark} title={`${kindWords(s.finding.kind)} (${s.finding.detector})`}>{s.text}</mark> : <span key={i}>{s.text}</span>,
  );
}

const stateWords: Partial<Record<ReviewItem["state"], string>> = { published: "Published", taken_down: "Taken down", withdrawn: "Taken back by its maker" };

function Decided({ item }: { item: ReviewItem }) {
  const word = stateWords[item.state] ?? decisionWords(item.kind, item.state === "rejected" ? "reject" : "approve").done;
  return (
    <p className={css.decided} data-state={item.state}>
      <b>{word}</b>
      {item.decided_at && <span> {whenWords(item.decided_at)}</span>}
      {item.reason && <span dir="auto">: {item.reason}</span>}
    </p>
  );
}
