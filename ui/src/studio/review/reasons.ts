/** Reasons that are ready to use; the participant reads them as they stand. */
import type { Decision, ItemKind } from "../../shared/staff";

/** A ready reason; `label` is for the reviewer, `text` for the participant. */
export interface Preset {
  label: string;
  text: string;
}

const entry: Preset[] = [
  { label: "Unkind or offensive", text: "The picture or its words could hurt or offend others." },
  { label: "Someone’s personal details", text: "It shows personal details, such as a full name, an address or a way to contact someone." },
  { label: "Another brand or character", text: "It shows a brand, a character or a work that belongs to someone else." },
  { label: "Not about the campaign", text: "It has little to do with what this campaign asks for." },
  { label: "Not fit for all ages", text: "It is not suitable for a gallery that people of all ages see." },
  { label: "Marks hard to see", text: "The brand’s marks are hard to make out here. Move them to a calmer place and hand it in again." },
];

const prompt: Preset[] = [
  { label: "Unkind or offensive", text: "These words could hurt or offend others. Please try other words." },
  { label: "Someone’s personal details", text: "The words contain personal details. Please leave them out and try again." },
  { label: "Another brand or character", text: "The words name a brand, a person or a character that belongs to someone else." },
  { label: "Not about the campaign", text: "The words have little to do with what this campaign asks for." },
  { label: "Not fit for all ages", text: "The words ask for something that is not suitable for all ages." },
];

const upheld: Preset[] = [
  { label: "Unkind or offensive", text: "Thank you for telling us. The work could hurt or offend others and has been taken down." },
  { label: "Someone’s personal details", text: "Thank you for telling us. The work showed personal details and has been taken down." },
  { label: "Copied", text: "Thank you for telling us. The work used something that belongs to someone else and has been taken down." },
  { label: "Not fit for all ages", text: "Thank you for telling us. The work is not suitable for all ages and has been taken down." },
];

const dismissed: Preset[] = [
  { label: "Within the rules", text: "Thank you for telling us. A person looked at the work again and found it within the rules." },
  { label: "Not what was reported", text: "Thank you for telling us. We looked closely and could not find what you described." },
  { label: "A matter of taste", text: "Thank you for telling us. The work is not to everyone’s taste, and it may stay." },
];

/** The ready reasons for a decision on an item of a kind. */
export function presets(kind: ItemKind, decision: Decision): Preset[] {
  if (kind === "report") return decision === "approve" ? upheld : dismissed;
  return kind === "generation" ? prompt : entry;
}

/** Names the decisions as they read on buttons. */
export function decisionWords(kind: ItemKind, decision: Decision): { act: string; done: string } {
  if (decision === "takedown") return { act: "Take down", done: "Taken down" };
  if (kind === "report") {
    return decision === "approve"
      ? { act: "Uphold and take down", done: "Upheld" }
      : { act: "Dismiss", done: "Dismissed" };
  }
  if (kind === "generation") {
    return decision === "approve" ? { act: "Let it through", done: "Let through" } : { act: "Refuse", done: "Refused" };
  }
  return decision === "approve" ? { act: "Approve", done: "Approved" } : { act: "Reject", done: "Rejected" };
}

/** Tells whether a decision needs words: those that take something from someone do. */
export function needsReason(kind: ItemKind, decision: Decision): boolean {
  return decision !== "approve" || kind === "report";
}
