import type { CheckedWork, Verification } from "../../shared/types";
import { Check, Close, Info, Seal, Warning } from "../icons";
import { makerSentence } from "../parts/maker";
import { useWords, type WordKey } from "../words";
import { History } from "./verify-history";
import { Evidence } from "./verify-steps";
import { Fact } from "../parts/how-sheet";

/** How much of an answer it is, which decides its colour. */
export type Tone = "ours" | "careful" | "none";

/** The one sentence that answers, and its tone. */
export function headline(result: Verification): { key: WordKey; tone: Tone } {
  const unlike = result.history.at(-1)?.changes?.includes("unlike") ?? false;
  switch (result.match) {
    case "exact":
      return { key: "verify.yes", tone: "ours" };
    case "credential":
      return result.work ? { key: "verify.yes", tone: "ours" } : { key: "verify.signed", tone: "careful" };
    case "watermark":
      return unlike ? { key: "verify.unlike", tone: "careful" } : { key: "verify.yes", tone: "ours" };
    case "fingerprint":
      return { key: result.also.length > 0 ? "verify.several" : "verify.looks", tone: "careful" };
    case "none":
      if (result.undone.length > 0) return { key: "verify.undone", tone: "careful" };
      if (result.credential?.whose === "ours") return { key: "verify.altered", tone: "careful" };
      return { key: "verify.none", tone: "none" };
  }
}

const BY: Record<Verification["match"], WordKey | null> = {
  exact: "verify.exact",
  credential: "verify.by.credential",
  watermark: "verify.by.watermark",
  fingerprint: "verify.by.fingerprint",
  none: null,
};

/** States that have to be said before anything else. */
const ENDED: Partial<Record<CheckedWork["state"], WordKey>> = {
  taken_down: "verify.note.taken_down",
  withdrawn: "verify.note.withdrawn",
  hidden: "verify.note.hidden",
  erased: "verify.note.erased",
};

export function Result({ result, preview }: { result: Verification; preview: string }) {
  const { t } = useWords();
  const { work } = result;
  const { key, tone } = headline(result);
  const by = BY[result.match];
  return (
    <>
      <section className={`verdict verdict-${work && ENDED[work.state] ? "careful" : tone}`}>
        {by && (
          <p className="verdict-seal">
            <Seal />
            {t(by)}
          </p>
        )}
        <h2>{t(key, { campaign: work?.campaign_name ?? "" })}</h2>
        <p>{result.message}</p>
        {work && <Note work={work} />}
        <Proof result={result} />
        {work?.page_url && (
          <a className="button button-quiet" href={work.page_url}>
            {t(work.kind === "page" ? "verify.see.page" : "verify.see")}
          </a>
        )}
      </section>
      {result.history.length > 0 && <History events={result.history} preview={preview} />}
      {work && <Facts work={work} />}
      {result.also.length > 0 && <Also works={result.also} />}
      <Evidence result={result} />
    </>
  );
}

/** That it is not shown any more, or that there is a corrected one. */
function Note({ work }: { work: CheckedWork }) {
  const { t } = useWords();
  const ended = ENDED[work.state];
  if (!ended && !work.newer_url) return null;
  return (
    <div className="verdict-note">
      <Warning />
      <div className="stack">
        {ended && <p>{t(ended)}</p>}
        {work.newer_url && (
          <p>
            {t("verify.note.corrected")} <a href={work.newer_url}>{t("verify.note.corrected.see")}</a>
          </p>
        )}
      </div>
    </div>
  );
}

/** What the step that decided proves, and what it does not. */
function Proof({ result }: { result: Verification }) {
  const { t } = useWords();
  const deciding = result.match === "exact" ? "file" : result.match;
  const step = result.steps.find((one) => one.kind === deciding);
  if (!step) {
    return (
      <p className="verdict-limits">
        <Info />
        <span>{t("verify.none.limits")}</span>
      </p>
    );
  }
  return (
    <dl className="proof">
      <div className="proof-yes">
        <dt>
          <Check />
          {t("verify.proves")}
        </dt>
        <dd>{step.proves}</dd>
      </div>
      <div className="proof-no">
        <dt>
          <Close />
          {t("verify.proves_not")}
        </dt>
        <dd>{step.proves_not}</dd>
      </div>
    </dl>
  );
}

function Facts({ work }: { work: CheckedWork }) {
  const words = useWords();
  const { t } = words;
  const approval = () => {
    if (!work.approved) return t("verify.not_approved");
    return work.approved_at ? t("how.approved.text", { date: words.date(work.approved_at) }) : t("verify.approved");
  };
  return (
    <section className="verify-part">
      <h3>{t("verify.facts")}</h3>
      <dl className="facts">
        <Fact name={t("verify.campaign")}>{work.campaign_name}</Fact>
        <Fact name={t("how.date")}>{words.dateTime(work.made_at)}</Fact>
        <Fact name={t("how.made")}>{makerSentence(work.maker, words)}</Fact>
        <Fact name={t("how.marks")}>
          {work.marks.length > 0 ? words.list(work.marks.map((mark) => mark.name)) : t("verify.no_marks")}
        </Fact>
        {/* What was public once was approved then: its way tells that. */}
        {work.kind === "creation" && !ENDED[work.state] && <Fact name={t("how.approved")}>{approval()}</Fact>}
        <Fact name={t("verify.state")}>{t(work.kind === "page" ? "verify.state.page" : `verify.state.${work.state}`)}</Fact>
      </dl>
    </section>
  );
}

/** The other works that look as much alike. */
function Also({ works }: { works: CheckedWork[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="verify-part">
      <h3>{t("verify.also")}</h3>
      <ul className="also">
        {works.map((work, i) => (
          <li key={`${work.made_at}-${i}`}>
            {work.image_url && <img src={work.image_url} alt={t("verify.thumbnail")} />}
            <span>
              {work.page_url ? <a href={work.page_url}>{work.campaign_name}</a> : work.campaign_name}
              <span className="soft small">{words.date(work.made_at)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
