import { useSyncExternalStore } from "react";

let waiting: number | undefined;
const listeners = new Set<() => void>();

/** Notes how many items wait for a person, as last heard. */
export function noteWaiting(count: number | undefined): void {
  if (count === undefined || count === waiting) return;
  waiting = count;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** How many items wait for a person; undefined until it is known. */
export const useWaiting = () => useSyncExternalStore(subscribe, () => waiting);
