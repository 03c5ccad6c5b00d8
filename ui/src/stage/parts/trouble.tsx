import type { ReactNode } from "react";
import { OFFLINE, TIMED_OUT, type Problem } from "../../shared/api";
import { Warning } from "../icons";
import { useWords, type Words } from "../words";

/** The sentence for a problem: the server's own when there is one. */
export function sentenceOf(problem: Problem, words: Words): string {
  if (problem.detail) return problem.detail;
  if (problem.code === OFFLINE) return words.t("trouble.offline");
  if (problem.code === TIMED_OUT) return words.t("trouble.slow");
  if (problem.status === 503 || problem.status === 429) return words.t("trouble.busy");
  return words.t("trouble.unexpected");
}

/** Says that something could not be loaded, and offers another try. */
export function Trouble({ problem, again }: { problem: Problem; again?: () => void }) {
  const words = useWords();
  return (
    <div className="trouble" role="alert">
      <Warning />
      <p>{sentenceOf(problem, words)}</p>
      {again && (
        <button type="button" className="button button-quiet" onClick={again}>
          {words.t("trouble.again")}
        </button>
      )}
    </div>
  );
}

/** A word at the place where something was refused. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p className="field-error" id={id} role="alert">
      <Warning width={18} height={18} />
      <span>{children}</span>
    </p>
  );
}
