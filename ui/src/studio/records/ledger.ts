/** What a row of the ledger says, in words. */
import type { LedgerRow } from "../../shared/staff";

/** A row's public details that say something, by name. */
export function pairs(row: LedgerRow): [string, string][] {
  return Object.entries(row.public ?? {}).filter(([, value]) => value !== "").sort(([a], [b]) => a.localeCompare(b));
}

/** A row's public details in one line: "format square, model painter". */
export function details(row: LedgerRow): string {
  return pairs(row).map(([name, value]) => `${name} ${value}`).join(", ");
}
