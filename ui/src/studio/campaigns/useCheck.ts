import { useEffect, useState } from "react";
import { asProblem } from "../../shared/api";
import { checkCampaign, type CheckProblem, type JsonObject } from "../../shared/staff";
import { reportSignedOut } from "../data/session";
import { problemWords } from "../data/words";
import { plain, problemsOf } from "./problems";

const PAUSE = 500;

/** Asks the server what does not hold, a moment after the last change. `unchecked` says why it could not be asked. */
export function useCheck(file: JsonObject, active: boolean): { problems: CheckProblem[]; checking: boolean; unchecked: string } {
  const [problems, setProblems] = useState<CheckProblem[]>([]);
  const [checking, setChecking] = useState(active);
  const [unchecked, setUnchecked] = useState("");
  useEffect(() => {
    if (!active) return;
    const stop = new AbortController();
    setChecking(true);
    const timer = setTimeout(() => {
      checkCampaign(file, stop.signal)
        .then((found) => {
          setProblems(plain(found));
          setUnchecked("");
        })
        .catch((thrown: unknown) => {
          if (stop.signal.aborted) return;
          const problem = asProblem(thrown);
          reportSignedOut(problem);
          // A file that can't be read at all is refused with the fields that are to blame.
          setProblems(problemsOf(problem));
          setUnchecked(problem.fields.length > 0 ? "" : problemWords(problem));
        })
        .finally(() => !stop.signal.aborted && setChecking(false));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [file, active]);
  return { problems, checking, unchecked };
}
