/** Reads the ledger from its end, though the server gives it from its start. */
import type { LedgerRow } from "../../shared/staff";

/** Gives up to `limit` rows after a number, oldest first. */
export type Read = (after: number, limit: number) => Promise<LedgerRow[]>;

/** A stretch of the ledger, newest first; older rows lie before `first`, none if it is 1 or less. */
export interface Stretch {
  rows: LedgerRow[];
  first: number;
}

/**
 * The newest rows. Whether anything lies behind a number is asked at doubling
 * distances, then between them, so that a million rows take some thirty small
 * questions and a short ledger one.
 */
export async function newest(read: Read, limit: number): Promise<Stretch> {
  let page = await read(0, limit);
  if (page.length < limit) return { rows: page.reverse(), first: 1 };
  let there = page.at(-1)?.seq ?? 0;
  let beyond = there * 2;
  for (let row = (await read(beyond, 1))[0]; row; row = (await read(beyond, 1))[0]) {
    there = row.seq;
    beyond = there * 2;
  }
  while (beyond - there > limit / 2) {
    const middle = Math.floor((there + beyond) / 2);
    const row = (await read(middle, 1))[0];
    if (row) there = row.seq;
    else beyond = middle;
  }
  const first = Math.max(1, beyond - limit);
  page = await read(first - 1, limit);
  return { rows: page.reverse(), first };
}

/** The rows before a stretch, down to as many numbers earlier as `limit` says. */
export async function older(read: Read, before: number, limit: number): Promise<Stretch> {
  const first = Math.max(1, before - limit);
  const page = await read(first - 1, before - first);
  return { rows: page.filter((r) => r.seq < before).reverse(), first };
}

/** A row's public details that say something, by name. */
export function pairs(row: LedgerRow): [string, string][] {
  return Object.entries(row.public ?? {}).filter(([, value]) => value !== "").sort(([a], [b]) => a.localeCompare(b));
}

/** A row's public details in one line: "format square, model painter". */
export function details(row: LedgerRow): string {
  return pairs(row).map(([name, value]) => `${name} ${value}`).join(", ");
}
