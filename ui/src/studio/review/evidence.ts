/** The machine's evidence in words that people use. */
import type { BrandFinding, GuardFinding, Outcome, Verdict, Words } from "../../shared/staff";

const kinds: Record<string, string> = {
  slur: "A slur",
  profanity: "Coarse language",
  personal_data: "Personal data",
  contact: "A way to contact someone",
  url: "A web address",
  hate: "Hate against a group",
  insult: "An insult",
  sexual: "Sexual content",
  minors: "It concerns children",
  self_harm: "Self-harm",
  toxic: "A hurtful tone, by the classifier",
  competitor: "A competitor",
  third_party_mark: "Somebody else’s brand",
  character: "Somebody else’s character",
  real_person: "A real person",
  secret: "A key or password",
  injection: "An attempt to steer the machine",
  claim: "A claim that the brand may not make",
  off_topic: "Off topic",
  uncovered_language: "A language without a list of slurs",
  picture_unreadable: "A picture without content",
  nsfw: "Nudity",
  face: "A face",
  known_bad: "A picture on a list",
  text_in_picture: "Text in the picture",
  moderator_down: "A moderator did not answer",
  detector_failed: "A check did not run",
};

/** Names what a detector saw. */
export function kindWords(kind: string): string {
  return kinds[kind] ?? sentence(kind);
}

const reports: Record<string, string> = {
  offensive: "It is offensive.",
  copied: "It is copied.",
  personal: "It shows personal details.",
  minor: "It shows or concerns a child.",
  other: "Another reason.",
};

/** Says why somebody reported a work. */
export function reportWords(reason: string): string {
  return reports[reason] ?? sentence(reason);
}

/** Turns a stable name such as "brand_competitor" into words. */
export function sentence(name: string): string {
  const words = name.replace(/[_.\-/]+/g, " ").trim();
  return words === "" ? "" : words[0]!.toUpperCase() + words.slice(1);
}

/** What an outcome means for the reviewer. */
export const outcomeWords: Record<Outcome, { label: string; means: string }> = {
  allow: { label: "Nothing found", means: "The automatic checks found nothing against it." },
  rewrite: { label: "Reworded", means: "The checks changed the words before they were used." },
  hold: { label: "Held for a person", means: "The checks were not sure. You decide." },
  deny: { label: "Against the rules", means: "The checks would not let this through." },
};

/** A stretch of a text; `finding` is what was seen in it. */
export interface Stretch {
  text: string;
  finding?: GuardFinding;
}

/**
 * Cuts a text where findings lie. Offsets count bytes of UTF-8, as the
 * detectors do; what lies outside the text or overlaps is left unmarked.
 */
export function stretches(text: string, findings: GuardFinding[]): Stretch[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const cut = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  const sorted = findings
    .filter((f) => f.start >= 0 && f.end > f.start && f.end <= bytes.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const out: Stretch[] = [];
  let at = 0;
  for (const finding of sorted) {
    if (finding.start < at) continue;
    if (finding.start > at) out.push({ text: cut(at, finding.start) });
    out.push({ text: cut(finding.start, finding.end), finding });
    at = finding.end;
  }
  if (at < bytes.length || out.length === 0) out.push({ text: cut(at, bytes.length) });
  return out;
}

/**
 * The findings that can be placed in the prompt. Offsets do not say which text
 * they are in, so they are placed only when the prompt is the only text.
 */
export function placed(words: Words | null | undefined, verdict: Verdict | null | undefined): GuardFinding[] {
  const others = [words?.title, words?.display_name, words?.canvas_text].some(Boolean);
  return others ? [] : (verdict?.findings ?? []);
}

/** In what a rule is measured; a rule that is not here counts in its own way. */
const units: [RegExp, (n: string) => string][] = [
  [/rotated/, (n) => `${n}°`],
  [/contrast/, (n) => `${n} : 1`],
  [/color/, (n) => `ΔE ${n}`],
  [/too_long/, (n) => `${n} characters`],
  [/too_small|too_large|too_wide|crowded|distance|outside|overlap/, (n) => `${n} px`],
];

/** What was measured and what is allowed, in words; null for a rule without a measure. */
export function limitWords(f: Pick<BrandFinding, "rule" | "measured" | "allowed">): { measured: string; allowed: string } | null {
  const unit = units.find(([rule]) => rule.test(f.rule))?.[1] ?? ((n: string) => n);
  const say = (v: unknown) => (typeof v === "number" ? unit(new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(v)) : typeof v === "string" ? v : "");
  const words = { measured: say(f.measured), allowed: say(f.allowed) };
  return words.measured || words.allowed ? words : null;
}
