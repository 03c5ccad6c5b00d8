import { createContext, useContext } from "react";
import type { Problem } from "../shared/api";
import type { LocaleChoice } from "../shared/shell";
import type { Campaign } from "../shared/types";

/** What every page of the Stage can reach: languages, the campaign, the passing message. */
export interface Stage {
  locale: string;
  locales: LocaleChoice[];
  changeLocale(code: string): void;
  /** The campaign of this address: null while it loads and on pages of the house. */
  campaign: Campaign | null;
  campaignProblem: Problem | null;
  reloadCampaign(): void;
  tell(words: string): void;
}

const Context = createContext<Stage | null>(null);

export const StageProvider = Context;

export function useStage(): Stage {
  const stage = useContext(Context);
  if (!stage) throw new Error("useStage is called outside the Stage");
  return stage;
}

/** The campaign of a page that is shown only once it is loaded. */
export function useCampaign(): Campaign {
  const { campaign } = useStage();
  if (!campaign) throw new Error("useCampaign is called before the campaign is loaded");
  return campaign;
}
