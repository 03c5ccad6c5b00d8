/** What a dry run says, in words. */
import type { Outcome } from "../../shared/staff";
import type { Shift } from "./api";

/** Outcomes from mildest to strictest. */
export const outcomes: Outcome[] = ["allow", "rewrite", "hold", "deny"];

const numbers = new Intl.NumberFormat("en");
const done: Record<Outcome, string> = { allow: "allowed", rewrite: "reworded", hold: "held", deny: "denied" };

/** The shift in a sentence: "Would have held 31 more of 12,000, and denied 2 fewer." */
export function shiftWords(shift: Shift): string {
  if (shift.seen === 0) return "There are no past decisions to look at yet.";
  const moved = outcomes
    .filter((o) => o !== "allow")
    .map((o) => ({ o, by: (shift.now[o] ?? 0) - (shift.then[o] ?? 0) }))
    .filter((m) => m.by !== 0)
    .map((m) => `${done[m.o]} ${numbers.format(Math.abs(m.by))} ${m.by > 0 ? "more" : "fewer"}`);
  const seen = `${numbers.format(shift.seen)} past ${shift.seen === 1 ? "decision" : "decisions"}`;
  if (moved.length === 0) return shift.stricter + shift.milder === 0 ? `Would have changed none of ${seen}.` : `Would have changed ${numbers.format(shift.stricter + shift.milder)} of ${seen}, as many one way as the other.`;
  return `Would have ${moved.join(", and ")}, of ${seen}.`;
}

/** The rules that would have fired, most often first. */
export function firing(shift: Shift): [string, number][] {
  return Object.entries(shift.rules ?? {}).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
