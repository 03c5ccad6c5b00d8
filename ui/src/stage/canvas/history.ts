/** A line of states that can be walked back and forth. */
export interface History<T> {
  past: T[];
  now: T;
  future: T[];
  /** What the last change was about; the same again within a moment is one step. */
  about: string;
  at: number;
}

const LONGEST = 100;
const MOMENT = 800;

export function begin<T>(now: T): History<T> {
  return { past: [], now, future: [], about: "", at: 0 };
}

/**
 * Adds a change at time `at` (milliseconds). Changes about the same thing that follow
 * each other closely, as held-down keys do, become one step back.
 */
export function change<T>(history: History<T>, now: T, about: string, at: number): History<T> {
  if (Object.is(now, history.now)) return history;
  const same = about !== "" && about === history.about && at - history.at < MOMENT && history.past.length > 0;
  const past = same ? history.past : [...history.past, history.now].slice(-LONGEST);
  return { past, now, future: [], about, at };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], about: "", at: 0 };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.now], now: next, future: rest, about: "", at: 0 };
}

/** Puts another state in place of the present one; it is no step of its own. */
export function amend<T>(history: History<T>, now: T): History<T> {
  return { ...history, now };
}
