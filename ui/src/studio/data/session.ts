import type { Problem } from "../../shared/api";

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back when the server says that nobody is signed in any more; gives the end of it. */
export function onSignedOut(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells those who wait for it if a problem means that the session has ended. */
export function reportSignedOut(problem: Problem): void {
  if (problem.status === 401) for (const listener of listeners) listener();
}
