/** A kit's rights in words. */
import type { AssetRights } from "./api";

/** Which rights a list shows: all, those that end within so many days, or those that have ended. */
export type RightsFilter = "all" | "ended" | 30 | 60 | 90;

/** The filters in their order. */
export const rightsFilters: RightsFilter[] = ["all", "ended", 30, 60, 90];

/** Tells whether rights are among those that a filter asks for. */
export function among(filter: RightsFilter, asset: AssetRights): boolean {
  if (filter === "all") return true;
  if (filter === "ended") return asset.state === "ended";
  return asset.state === "ending" && (asset.days ?? 0) < filter;
}

/** How rights stand, in few words. */
export function rightsWords(asset: AssetRights): string {
  if (!asset.rights) return "no conditions";
  const days = asset.days ?? 0;
  switch (asset.state) {
    case "later": return `begins ${asset.rights.from}`;
    case "ended": return days === 0 ? "ended today" : `ended ${-days} ${days === -1 ? "day" : "days"} ago`;
    case "ending": case "running": return days === 0 ? "ends today" : `ends in ${days} ${days === 1 ? "day" : "days"}`;
    default: return "no end";
  }
}
