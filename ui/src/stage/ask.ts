import { useCallback, useEffect, useState } from "react";
import { ask, asProblem, type Problem } from "../shared/api";

export interface Asked<T> {
  data: T | null;
  problem: Problem | null;
  /** Asks again; what is shown stays until the answer is there. */
  again(): void;
  /** Puts a newer state in place, after a change this page made itself. */
  put(data: T): void;
}

/** Asks the API for something a page shows; null as path asks for nothing. */
export function useAsk<T>(path: string | null): Asked<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; problem: Problem | null }>({
    path: null,
    data: null,
    problem: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const leaving = new AbortController();
    ask<T>(path, { signal: leaving.signal }).then(
      (data) => setState({ path, data, problem: null }),
      (thrown) => {
        if (leaving.signal.aborted) return;
        setState((before) => ({
          path,
          data: before.path === path ? before.data : null,
          problem: asProblem(thrown),
        }));
      },
    );
    return () => leaving.abort();
  }, [path, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const put = useCallback((data: T) => setState({ path, data, problem: null }), [path]);
  const current = state.path === path;
  return { data: current ? state.data : null, problem: current ? state.problem : null, again, put };
}

/** Does something once at a time and keeps what went wrong. */
export function useAct<A extends unknown[], T>(
  work: (...given: A) => Promise<T>,
): { run: (...given: A) => Promise<T | undefined>; busy: boolean; problem: Problem | null; clear(): void } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (...given: A) => {
    if (busy) return undefined;
    setBusy(true);
    setProblem(null);
    try {
      return await work(...given);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, clear: () => setProblem(null) };
}
