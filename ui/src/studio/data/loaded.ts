import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { reportSignedOut } from "./session";

/** How far something that is fetched has come. Data of an earlier fetch stays while a newer one runs. */
export interface Loaded<T> {
  data: T | undefined;
  problem: Problem | null;
  loading: boolean;
  reload: () => void;
}

/** Fetches when `key` changes or on reload; a fetch that is overtaken is ended. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [round, setRound] = useState(0);
  const [kept, setKept] = useState<{ key: string; data?: T; problem: Problem | null; loading: boolean }>({ key, problem: null, loading: true });
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    setKept((k) => (k.key === key ? { ...k, loading: true } : { key, problem: null, loading: true }));
    latest.current(stop.signal).then(
      (data) => setKept({ key, data, problem: null, loading: false }),
      (thrown: unknown) => {
        if (stop.signal.aborted) return;
        const problem = asProblem(thrown);
        reportSignedOut(problem);
        setKept((k) => ({ ...k, key, problem, loading: false }));
      },
    );
    return () => stop.abort();
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const mine = kept.key === key;
  return { data: mine ? kept.data : undefined, problem: mine ? kept.problem : null, loading: mine ? kept.loading : true, reload };
}
