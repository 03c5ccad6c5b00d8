/** What the guard's workbench and the server say to each other. */
import { ask } from "../../shared/api";
import type { GuardFinding, Outcome, VerdictReason } from "../../shared/staff";

/** Which guard gave an answer; its name is empty for a result from elsewhere. */
export interface GuardVersion {
  name: string;
  program: string;
  detectors: string[];
  packs: string[];
}

export interface TriedFinding extends GuardFinding {
  evidence?: string;
}

/** What came of a text or a picture that was tried. */
export interface Tried {
  verdict: Outcome;
  findings: TriedFinding[];
  reasons: (VerdictReason & { because?: string })[];
  duties: { do: string; rule: string }[];
  packs: string[];
  detectors: { detector: string; microseconds: number; found: number }[];
  microseconds: number;
  locale?: string;
  guessed: boolean;
  covered: boolean;
  suggestion?: string;
  guard: GuardVersion;
}

export type WriterRole = "participant" | "model" | "staff";
export type TextSource = "typed" | "file" | "retrieved";

export interface Trial {
  text: string;
  locale?: string;
  market?: string;
  role: WriterRole;
  source: TextSource;
  campaign?: string;
}

export const tryText = (trial: Trial, signal?: AbortSignal) => ask<Tried>("/studio/guard/check", { method: "POST", body: trial, signal });

function withFile(file: File): FormData {
  const body = new FormData();
  body.append("file", file);
  return body;
}

export function tryPicture(file: File, market: string): Promise<Tried> {
  return ask(`/studio/guard/check-picture${market ? `?market=${encodeURIComponent(market)}` : ""}`, { method: "POST", body: withFile(file), timeout: 90_000 });
}

/** How many texts there were, and how many of them were stopped. */
export interface Count {
  texts: number;
  stopped: number;
  denied: number;
}

/** What became of the texts of one language, function, group or kind. */
export interface Row {
  locale?: string;
  name?: string;
  harmful: Count;
  harmless: Count;
}

export interface RunHead {
  id: string;
  name: string;
  locale?: string;
  run_by: string;
  run_at: string;
  microseconds: number;
  guard: GuardVersion;
  total: Row;
}

/** A text that the guard got wrong. */
export interface Slip {
  locale?: string;
  function?: string;
  text: string;
  outcome: Outcome;
  kinds: string[];
}

export interface Run extends RunHead {
  languages: Row[];
  functions: Row[];
  groups: Row[];
  kinds: Row[];
  failed: number;
  alarms: Slip[];
  misses: Slip[];
}

export interface Moved {
  of: "all" | "language" | "function";
  locale?: string;
  name?: string;
  recall: number;
  false_alarms: number;
  precision: number;
  only?: "before" | "after";
}

export const fetchRuns = (signal?: AbortSignal) => ask<{ guard: GuardVersion; runs: RunHead[] }>("/studio/guard/runs", { signal });

const runPath = (id: string) => `/studio/guard/runs/${encodeURIComponent(id)}`;

export const fetchRun = (id: string, signal?: AbortSignal) => ask<Run>(runPath(id), { signal });
export const removeRun = (id: string) => ask<void>(runPath(id), { method: "DELETE" });
export const compareRuns = (id: string, from: string, signal?: AbortSignal) =>
  ask<{ before: RunHead; after: RunHead; moved: Moved[] }>(`${runPath(id)}/changes?from=${encodeURIComponent(from)}`, { signal });
export const countsAddress = (id: string) => `/api/v1${runPath(id)}/counts.csv`;

export function runCorpus(file: File, locale: string): Promise<Run> {
  const query = new URLSearchParams({ name: file.name, ...(locale ? { locale } : {}) });
  return ask(`/studio/guard/runs?${query}`, { method: "POST", body: withFile(file), timeout: 90_000 });
}

export type Mistake = "false_alarm" | "miss";

export interface Mark {
  id: string;
  text: string;
  locale: string;
  marked: Mistake;
  want?: Outcome;
  why: string;
  marked_by: string;
  marked_at: string;
  guard: GuardVersion;
  now?: Outcome;
  right: boolean;
}

export const fetchMarks = async (signal?: AbortSignal) => (await ask<{ marks: Mark[] }>("/studio/guard/marks", { signal })).marks;
export const removeMark = (id: string) => ask<void>(`/studio/guard/marks/${encodeURIComponent(id)}`, { method: "DELETE" });
export const marksAddress = "/api/v1/studio/guard/marks.jsonl";
export const markMistake = (slip: { text: string; locale?: string; marked: Mistake; want?: Outcome; why: string; nobodys?: boolean }) =>
  ask<Mark>("/studio/guard/marks", { method: "POST", body: slip });
