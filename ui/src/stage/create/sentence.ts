import { BUILDER_ROWS, type BuilderRow, type Campaign } from "../../shared/types";

/** What the participant has chosen in the builder: an option's id for each row. */
export type Picks = Partial<Record<BuilderRow, string>>;

/** The builder's state: the picks, and the sentence, which may have been edited by hand. */
export interface Draft {
  picks: Picks;
  text: string;
}

const SEPARATOR: Record<string, string> = { ja: "、", zh: "，", ar: "، " };

/** The piece of sentence that an option adds. */
export function pieceOf(campaign: Campaign, row: BuilderRow, id: string | undefined): string {
  return campaign.builder[row]?.find((option) => option.id === id)?.prompt ?? "";
}

/**
 * Joins pieces into one running sentence. Subject and scene read on as one phrase
 * in languages with spaces; style and mood follow after commas.
 */
export function joined(pieces: Record<BuilderRow, string>, locale: string): string {
  const separator = SEPARATOR[locale.split("-")[0] ?? ""] ?? ", ";
  const gap = locale.startsWith("ja") || locale.startsWith("zh") ? separator : " ";
  const opening = [pieces.subject, pieces.scene].filter(Boolean).join(gap);
  return [opening, pieces.style, pieces.mood].filter(Boolean).join(separator);
}

function sentence(campaign: Campaign, picks: Picks): string {
  const pieces = Object.fromEntries(
    BUILDER_ROWS.map((row) => [row, pieceOf(campaign, row, picks[row])]),
  ) as Record<BuilderRow, string>;
  return joined(pieces, campaign.locale);
}

/**
 * Taps an option: chosen if it was not, given back if it was. A sentence the builder
 * wrote is written anew; one that was edited keeps the hand's words, and only the
 * piece of this row is changed in it, or added at its end.
 */
export function tap(campaign: Campaign, draft: Draft, row: BuilderRow, id: string): Draft {
  const picks: Picks = { ...draft.picks };
  if (picks[row] === id) delete picks[row];
  else picks[row] = id;

  const built = draft.text.trim() === sentence(campaign, draft.picks);
  if (draft.text.trim() === "" || built) return { picks, text: sentence(campaign, picks) };

  const before = pieceOf(campaign, row, draft.picks[row]);
  const after = pieceOf(campaign, row, picks[row]);
  return { picks, text: swap(draft.text, before, after, campaign.locale) };
}

/** Changes one piece of an edited sentence and leaves every other word alone. */
export function swap(text: string, before: string, after: string, locale: string): string {
  const separator = SEPARATOR[locale.split("-")[0] ?? ""] ?? ", ";
  const at = before ? text.indexOf(before) : -1;
  if (at >= 0) {
    const swapped = text.slice(0, at) + after + text.slice(at + before.length);
    return after ? swapped : tidy(swapped);
  }
  if (!after) return text;
  const kept = text.trimEnd().replace(/[,،、，.。\s]+$/, "");
  return kept ? kept + separator + after : after;
}

/** Clears away the commas and gaps that a removed piece leaves behind. */
function tidy(text: string): string {
  return text
    .replace(/([,،、，])\s*(?:[,،、，]\s*)+/g, (_, comma: string) => (comma === "," || comma === "،" ? `${comma} ` : comma))
    .replace(/^[,،、，\s]+|[,،、，\s]+$/g, "")
    .replace(/ {2,}/g, " ");
}

/** A surprise that is not the one already there, by a chance in [0, 1). */
export function surprise(all: string[], current: string, chance: number): string {
  const others = all.filter((text) => text !== current);
  return others[Math.min(others.length - 1, Math.floor(chance * others.length))] ?? current;
}

/** Counts characters as the server does: Unicode code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}
