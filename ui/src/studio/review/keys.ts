/** Which key means what in the review. */
import type { ItemState } from "../../shared/staff";

/** What a key asks for. */
export type Intent = "approve" | "reject" | "takedown" | "skip" | "undo" | "next" | "previous" | "closer" | "help";

/** The parts of a keyboard event that matter. */
export interface Stroke {
  key: string;
  code?: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  repeat?: boolean;
}

/** Where the key was pressed. */
export interface KeyContext {
  tab: ItemState;
  /** Someone is typing, or a dialog is open. */
  busy: boolean;
}

/** The keys as they are told to people, in the order of a legend. */
export const legend: { intent: Intent; keys: string; does: string }[] = [
  { intent: "approve", keys: "A", does: "Approve" },
  { intent: "reject", keys: "R", does: "Reject, then 1–6 for the reason" },
  { intent: "takedown", keys: "T", does: "Take down what is public" },
  { intent: "skip", keys: "S", does: "Skip; it comes back last" },
  { intent: "undo", keys: "Z", does: "Undo the last decision" },
  { intent: "next", keys: "↓ J", does: "Next" },
  { intent: "previous", keys: "↑ K", does: "Previous" },
  { intent: "closer", keys: "Space", does: "Look closer" },
  { intent: "help", keys: "?", does: "Show these keys" },
];

const letters: Record<string, Intent> = { a: "approve", r: "reject", t: "takedown", s: "skip", z: "undo", j: "next", k: "previous" };
const named: Record<string, Intent> = {
  ArrowDown: "next", ArrowRight: "next", ArrowUp: "previous", ArrowLeft: "previous", " ": "closer", "?": "help",
};

/** A decision must never come from a key that is merely held down. */
const repeatable: Intent[] = ["next", "previous"];

/** Gives what a key asks for here, or null if it is not for the review. */
export function intentOf(stroke: Stroke, context: KeyContext): Intent | null {
  if (context.busy || stroke.ctrlKey || stroke.metaKey || stroke.altKey) return null;
  const intent = named[stroke.key] ?? letters[letterOf(stroke)] ?? null;
  if (!intent || (stroke.repeat && !repeatable.includes(intent))) return null;
  return allowed(intent, context.tab) ? intent : null;
}

/** Tells whether an intent makes sense in a tab. */
export function allowed(intent: Intent, tab: ItemState): boolean {
  if (intent === "approve" || intent === "reject" || intent === "skip") return tab === "waiting";
  if (intent === "takedown") return tab === "published";
  return true;
}

/** The Latin letter of a key; on a keyboard of another script, the one at its place. */
function letterOf(stroke: Stroke): string {
  if (/^[a-z]$/i.test(stroke.key)) return stroke.key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(stroke.code ?? "");
  return place && /^\P{ASCII}$/u.test(stroke.key) ? place[1]!.toLowerCase() : "";
}

/** Tells whether an element takes letters for itself. */
export function takesLetters(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || element.matches("input, textarea, select, [role=textbox], [role=combobox], [role=menuitem]");
}

/** Tells whether an element uses Space or the arrows for itself. */
export function takesKey(element: Element | null, key: string): boolean {
  if (takesLetters(element)) return true;
  if (!(element instanceof HTMLElement)) return false;
  if (key === " ") return element.matches("a, button, summary, [role=tab], [role=radio]");
  return key.startsWith("Arrow") && element.matches("[role=tab], [role=radio], [role=option]");
}
