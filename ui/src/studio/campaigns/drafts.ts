import type { CampaignRecord, JsonObject } from "../../shared/staff";
import type { CampaignState } from "../../shared/staff";

/** Changes that are not saved yet, with the record they were made on. */
export interface Draft {
  base: CampaignRecord;
  file: JsonObject;
  state: CampaignState;
}

const drafts = new Map<string, Draft>();

/** Keeps what was changed while another page of the Studio is open; undefined lets go of it. */
export function keepDraft(slug: string, draft: Draft | undefined): void {
  if (draft) drafts.set(slug, draft);
  else drafts.delete(slug);
}

/** What was kept of a campaign. */
export const draftOf = (slug: string) => drafts.get(slug);

if (typeof window !== "undefined") {
  window.addEventListener("beforeunload", (event) => {
    if (drafts.size > 0) event.preventDefault();
  });
}
