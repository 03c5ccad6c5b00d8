/** A kit's rules in words. */
import type { KitPageData, Mark, Rule, Severity, Texts, WordLists } from "./api";

/** One row of the rules' table. */
export interface RuleRow {
  id: string;
  from: "kit" | "mark" | "every kit";
  what: string;
  values: string;
  where: string;
  reason: string;
  severity: Severity;
}

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
/** A share as per cent. */
export const percent = (share: number) => `${number.format(share * 100)} %`;

function range(min: number | undefined, max: number | undefined, say: (n: number) => string): string {
  if (min !== undefined && max !== undefined) return `${say(min)} to ${say(max)}`;
  if (min !== undefined) return `at least ${say(min)}`;
  return max === undefined ? "" : `at most ${say(max)}`;
}

const layerWords = (layers: string[] | null | undefined) => (layers?.length === 1 ? (layers[0] === "text" ? "Text" : "Shapes") : "Text and shapes");
const sentences: Record<string, (r: Rule) => [what: string, values: string]> = {
  width: (r) => ["How wide it is, of the shorter side", range(r.min, r.max, percent)],
  rotation: (r) => ["How far it may be tilted", range(r.min, r.max, (n) => `${number.format(n)}°`)],
  clear_space: (r) => ["Room round it, of its width", range(r.min, r.max, percent)],
  contrast: (r) => ["Stands out from what is behind it", range(r.min, r.max, (n) => `${number.format(n)} : 1`)],
  ground: (r) => ["What it may stand on", `${r.ground ?? ""} ground`],
  distance: (r) => ["Distance between two marks, of the shorter side", range(r.min, r.max, percent)],
  apart: () => ["Only one of these is shown", "one"],
  color: (r) => [`${layerWords(r.layers)} in these colours only`, `${(r.colors ?? []).join(", ")}; within ΔE ${number.format(r.tolerance ?? 0)}`],
  text_size: (r) => ["Size of type, of the shorter side", range(r.min, r.max, percent)],
  text_contrast: (r) => ["Text against what is behind it", [range(r.min, undefined, (n) => `${number.format(n)} : 1`), r.min_large !== undefined && `large ${number.format(r.min_large)} : 1`].filter(Boolean).join(", ")],
  words: (r) => ["Words that a headline doesn’t have", wordsOf(r.words)],
  legal_line: (r) => ["A legal line is there", r.line ?? ""],
};

function wordsOf(words: WordLists | null | undefined): string {
  return textIn(words ?? {}, "en")?.join(", ") ?? "";
}

/** A text in a locale, else in English, else in any. */
export function textIn<T extends string | string[]>(texts: Record<string, T> | null | undefined, locale: string): T | undefined {
  return texts?.[locale] ?? texts?.en ?? Object.values(texts ?? {})[0];
}

function scope(r: Rule): string {
  const days = r.from || r.until ? `${r.from || "…"} to ${r.until || "…"}` : "";
  return [r.marks?.join(", "), r.channels?.join(", "), r.markets?.join(", "), days].filter(Boolean).join("; ") || "everywhere";
}

/** What a mark's own rules ask for, in one line. */
export function markRuleWords(mark: Mark): string {
  const r = mark.rules;
  return `${percent(r.min_width_share)} to ${percent(r.max_width_share)} of the shorter side wide and at least ${number.format(r.min_width_px)} px; tilted by at most ${number.format(r.max_rotation)}°; ${percent(r.clear_space)} of its width kept clear`;
}

/** All rules that hold for a kit: its own, its marks', and those of every kit. */
export function ruleRows(kit: Pick<KitPageData, "rules" | "marks" | "built_in">): RuleRow[] {
  const own = kit.rules.map((r): RuleRow => {
    const [what, values] = sentences[r.kind]?.(r) ?? [r.kind.replaceAll("_", " "), ""];
    return { id: r.id, from: "kit", what, values, where: scope(r), reason: textIn<string>(r.reason as Texts, "en") ?? "", severity: r.severity };
  });
  const marks = kit.marks.map((m): RuleRow => ({
    id: m.id, from: "mark", what: "Size, tilt and clear space", values: markRuleWords(m), where: m.id, reason: "", severity: "error",
  }));
  const every = kit.built_in.map((r): RuleRow => ({ id: r.id, from: "every kit", what: r.sentence, values: "", where: "everywhere", reason: r.reason, severity: r.severity }));
  return [...own, ...marks, ...every];
}
