import { BUILDER_ROWS, type Campaign } from "../../shared/types";
import type { Draft } from "./sentence";

/** Everything said before painting, kept for the visit so that "change it" finds it again. */
export interface BriefDraft extends Draft {
  marks: string[];
  format: string;
}

const key = (slug: string) => `marquee:brief:${slug}`;

/** Keeps the draft for this visit. A browser that keeps nothing loses only the draft. */
export function keepDraft(slug: string, draft: BriefDraft): void {
  try {
    sessionStorage.setItem(key(slug), JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the page works without.
  }
}

/** The kept draft as far as it still fits the campaign, or a fresh one. */
export function keptDraft(campaign: Campaign): BriefDraft {
  const fresh: BriefDraft = {
    picks: {},
    text: "",
    marks: campaign.marks.slice(0, 1).map((mark) => mark.id),
    format: campaign.formats[0]?.id ?? "square",
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(campaign.slug)) ?? "null") as Partial<BriefDraft> | null;
    if (!kept || typeof kept.text !== "string") return fresh;
    const picks = Object.fromEntries(
      BUILDER_ROWS.map((row) => [row, kept.picks?.[row]] as const).filter(([row, id]) =>
        campaign.builder[row]?.some((option) => option.id === id),
      ),
    );
    return {
      picks,
      text: kept.text.slice(0, campaign.prompt_max * 2),
      marks: Array.isArray(kept.marks)
        ? kept.marks.filter((id) => campaign.marks.some((mark) => mark.id === id))
        : fresh.marks,
      format: campaign.formats.some((format) => format.id === kept.format) ? kept.format! : fresh.format,
    };
  } catch {
    return fresh;
  }
}

/** Puts the words of an earlier generation back into the draft, to change them. */
export function draftFrom(
  campaign: Campaign,
  generation: { prompt: string; marks: string[]; aspect: string },
): void {
  const before = keptDraft(campaign);
  keepDraft(campaign.slug, {
    picks: before.text === generation.prompt ? before.picks : {},
    text: generation.prompt,
    marks: generation.marks,
    format: generation.aspect,
  });
}
