/** What counts say, as shares and in words. */
import type { Count, Row } from "./api";

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The share of the harmful texts that is stopped; null of none. */
export const recall = (row: Row) => share(row.harmful.stopped, row.harmful.texts);
/** The share of the stopped texts that is harmful; null of none. */
export const precision = (row: Row) => share(row.harmful.stopped, row.harmful.stopped + row.harmless.stopped);
/** The share of the harmless texts that is stopped; null of none. */
export const falseAlarms = (row: Row) => share(row.harmless.stopped, row.harmless.texts);

/**
 * Where the true share lies with 95 % certainty, by Wilson's score interval:
 * few texts say little.
 */
export function range(count: Pick<Count, "stopped" | "texts">): [number, number] | null {
  const { stopped: k, texts: n } = count;
  if (n === 0) return null;
  const z = 1.96, p = k / n, d = 1 + (z * z) / n;
  const middle = (p + (z * z) / (2 * n)) / d;
  const half = (z / d) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** A share in words, such as "97.5 %" on one line; a dash for none. */
export const percent = (value: number | null) => (value === null ? "–" : `${(100 * value).toFixed(1)} %`);

/** By how many points a share moved, with its sign. */
export const points = (value: number) => (Math.abs(value) < 0.0005 ? "0.0" : `${value > 0 ? "+" : "−"}${Math.abs(100 * value).toFixed(1)}`);

/** A time in the unit that suits it. */
export function took(microseconds: number): string {
  if (microseconds < 1000) return `${microseconds} µs`;
  if (microseconds < 1_000_000) return `${(microseconds / 1000).toFixed(microseconds < 10_000 ? 1 : 0)} ms`;
  return `${(microseconds / 1_000_000).toFixed(1)} s`;
}

const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** The name of a language by its tag; a tag that can't be read is shown as it is. */
export function languageName(tag: string | undefined): string {
  if (!tag) return "Unknown language";
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
