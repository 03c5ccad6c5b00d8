import type { CheckStep, SignedFile, Verification } from "../../shared/types";
import { Check, Clock, Info, Minus, Warning } from "../icons";
import { useWords, type WordKey } from "../words";

const SURENESS: Record<NonNullable<CheckStep["sureness"]>["word"], WordKey> = {
  certain: "verify.sure.certain",
  very_sure: "verify.sure.very_sure",
  likely: "verify.sure.likely",
  possible: "verify.sure.possible",
};

/** What a step's outcome looks like. */
function Sign({ outcome }: { outcome: CheckStep["outcome"] }) {
  switch (outcome) {
    case "found":
      return <Check />;
    case "altered":
    case "unsure":
      return <Warning />;
    case "foreign":
      return <Info />;
    case "undone":
      return <Clock />;
    default:
      return <Minus />;
  }
}

/** The four looks as evidence, each with how sure it is and what it proves. */
export function Evidence({ result }: { result: Verification }) {
  const { t } = useWords();
  return (
    <section className="verify-part">
      <h3>{t("verify.evidence")}</h3>
      <ol className="evidence">
        {result.steps.map((step) => (
          <li key={step.kind} className={`look look-${step.outcome}`}>
            <span className="look-sign">
              <Sign outcome={step.outcome} />
            </span>
            <div className="look-words">
              <h4>
                {t(`verify.step.${step.kind}`)}
                {step.sureness && <span className="look-sure">{t(SURENESS[step.sureness.word])}</span>}
              </h4>
              <p>{step.says}</p>
              {step.sureness && <p className="soft small">{step.sureness.says}</p>}
              {step.kind === "credential" && result.credential && <Signed file={result.credential} />}
              <details>
                <summary>{t("verify.what_proves")}</summary>
                <p className="small">
                  <strong>{t("verify.proves")}</strong> {step.proves}
                </p>
                <p className="small">
                  <strong>{t("verify.proves_not")}</strong> {step.proves_not}
                </p>
              </details>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Sources that have words of their own; others are left unsaid. */
const SOURCES: Record<string, WordKey> = {
  trainedAlgorithmicMedia: "verify.source.model",
  compositeSynthetic: "verify.source.partly",
  compositeWithTrainedAlgorithmicMedia: "verify.source.partly",
  algorithmicMedia: "verify.source.program",
  composite: "verify.source.composite",
  digitalCapture: "verify.source.camera",
  computationalCapture: "verify.source.camera",
  digitalCreation: "verify.source.person",
  humanEdits: "verify.source.person",
};

/** What the signer says, told as the signer's word. */
function Signed({ file }: { file: SignedFile }) {
  const words = useWords();
  const { t } = words;
  const source = file.source_type ? SOURCES[file.source_type] : undefined;
  return (
    <dl className="signed small">
      <div>
        <dt>{t("verify.signed.by")}</dt>
        <dd>
          <bdi>{file.signer}</bdi>
        </dd>
      </div>
      {file.generator && (
        <div>
          <dt>{t("verify.signed.with")}</dt>
          <dd>
            <bdi>{file.generator}</bdi>
          </dd>
        </div>
      )}
      {file.at && (
        <div>
          <dt>{t("verify.signed.at")}</dt>
          <dd>{words.dateTime(file.at)}</dd>
        </div>
      )}
      {source && (
        <div>
          <dt>{t("verify.signed.says")}</dt>
          <dd>{t(source)}</dd>
        </div>
      )}
    </dl>
  );
}
