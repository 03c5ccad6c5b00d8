/** How a trial goes, in words. */
import type { Canary } from "./api";

/** The share of calls that failed or were refused, in percent; null of none. */
export const failing = (calls: number, failed: number): number | null => (calls === 0 ? null : (100 * failed) / calls);

/** What a trial's numbers mean now. */
export function trialWords(c: Canary): string {
  if (c.returned) return `${c.provider} did worse and was taken back by itself.`;
  const left = Math.max(c.calls - c.canary_calls, c.calls - c.incumbent_calls, 0);
  if (left > 0) return `Compared after ${left} more ${left === 1 ? "call" : "calls"}.`;
  const by = (failing(c.canary_calls, c.canary_failed) ?? 0) - (failing(c.incumbent_calls, c.incumbent_failed) ?? 0);
  return `Does ${by <= 0 ? "as well or better" : `${by.toFixed(1)} points worse, within the ${c.margin} allowed`}.`;
}
