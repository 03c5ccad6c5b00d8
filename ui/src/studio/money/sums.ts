/** Sums of costs, and amounts in words. */
import type { Amount, Cost, Limit, Scope } from "./api";

/** What a plot counts. */
export type Measure = keyof Amount;

export const measures: { value: Measure; label: string }[] = [
  { value: "money", label: "Money" }, { value: "calls", label: "Calls" }, { value: "pictures", label: "Pictures" }, { value: "tokens", label: "Tokens" },
];

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Money in the currency, to the cent, or finer where it is less than one. */
export function moneyWords(millionths: number, currency: string): string {
  const value = millionths / 1e6;
  const digits = value !== 0 && Math.abs(value) < 0.1 ? 4 : 2;
  return new Intl.NumberFormat("en", { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** An amount of a measure in words. */
export const amountWords = (value: number, measure: Measure, currency: string) => (measure === "money" ? moneyWords(value, currency) : numbers.format(value));

/** The same, as short as a plot's scale needs it. */
export function scaleWords(value: number, measure: Measure, currency: string): string {
  if (measure !== "money") return short.format(value);
  return new Intl.NumberFormat("en", { style: "currency", currency, notation: "compact", maximumFractionDigits: value / 1e6 < 1 ? 4 : 1 }).format(value / 1e6);
}

export interface Group {
  name: string;
  value: number;
  calls: number;
}

/** Sums by what `key` names, most first; what is beyond `most` is added up as the rest. */
export function groups(costs: Cost[], measure: Measure, key: (cost: Cost) => string, most = 8): Group[] {
  const sums = new Map<string, Group>();
  for (const cost of costs) {
    const name = key(cost);
    const group = sums.get(name) ?? { name, value: 0, calls: 0 };
    group.value += cost[measure];
    group.calls += cost.calls;
    sums.set(name, group);
  }
  const sorted = [...sums.values()].sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1);
  return [...sorted.slice(0, most - 1), { name: `${rest.length} others`, value: rest.reduce((n, g) => n + g.value, 0), calls: rest.reduce((n, g) => n + g.calls, 0) }];
}

/** The sum of every day from the first to the last, also of those without a call; at most a year of them, the last ones. */
export function days(costs: Cost[], measure: Measure): { day: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const cost of costs) sums.set(cost.day, (sums.get(cost.day) ?? 0) + cost[measure]);
  const known = [...sums.keys()].sort();
  const first = Date.parse(`${known[0]}T00:00:00Z`), last = Date.parse(`${known.at(-1)}T00:00:00Z`);
  if (Number.isNaN(first) || Number.isNaN(last)) return [];
  const out: { day: string; value: number }[] = [];
  for (let at = Math.max(first, last - 365 * 86_400_000); at <= last; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    out.push({ day, value: sums.get(day) ?? 0 });
  }
  return out;
}

/** The next round number for the top of a scale: 1, 2 or 5 with zeros. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const ten = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= value * (1 - 1e-9)) ?? 10 * ten;
}

/** Whom a limit is for. */
export function scopeWords(scope: Scope): string {
  switch (scope.kind) {
    case "house": return "All of Marquee";
    case "person": return scope.name === "*" ? "Each person" : `Person ${scope.name}`;
    case "market": return `Market ${scope.name.split("/").reverse().join(" of ")}`;
    case "team": return `Team ${scope.name}`;
    default: return scope.name;
  }
}

export const periodWords: Record<Limit["period"], string> = { whole: "in all", day: "a day" };

/** The bounded parts of a limit with what is used of each. */
export function used(limit: Limit, spent: Amount | undefined, reserved: Amount | undefined): { measure: Measure; spent: number; reserved: number; most: number }[] {
  return measures
    .map(({ value: measure }) => ({ measure, spent: spent?.[measure] ?? 0, reserved: reserved?.[measure] ?? 0, most: limit.most[measure] }))
    .filter((part) => part.most >= 0);
}
