/** The Studio's addresses: an address to a page, and back. */
import type { ItemKind, ItemState } from "../../shared/staff";

/** A page of the Studio. */
export type Route =
  | { page: "sign-in" }
  | { page: "review"; tab: ItemState; kind: ItemKind | ""; campaign: string; item: string }
  | { page: "campaigns" }
  | { page: "new-campaign"; from: string }
  | { page: "campaign"; slug: string }
  | { page: "kits" }
  | { page: "kit-import" }
  | { page: "kit"; id: string; version: string; part: KitPart; since: string }
  | { page: "guard"; part: GuardPart; run: string; from: string }
  | { page: "policies"; pack: string }
  | { page: "costs"; campaign: string }
  | { page: "models" }
  | { page: "votes"; campaign: string }
  | { page: "ledger" }
  | { page: "people" }
  | { page: "keys" }
  | { page: "unknown" };

/** The parts of the guard's workbench, in their order. */
export const guardParts = ["text", "corpora", "marked"] as const;

/** A part of the guard's workbench. */
export type GuardPart = (typeof guardParts)[number];

/** The parts of a kit's page. */
export type KitPart = "marks" | "colours" | "type" | "voice" | "rules" | "rights" | "versions";

/** The parts of a kit's page, in their order. */
export const kitParts: KitPart[] = ["marks", "colours", "type", "voice", "rules", "rights", "versions"];

/** The tabs of the review, in their order. */
export const tabs: ItemState[] = ["waiting", "published", "approved", "rejected", "taken_down", "withdrawn"];
const kinds: ItemKind[] = ["entry", "report", "generation"];

/** Reads an address; `path` is its path, `search` its query. */
export function parseRoute(path: string, search = ""): Route {
  const query = new URLSearchParams(search);
  let parts: string[];
  try {
    parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return { page: "unknown" };
  }
  if (parts[0] !== "studio" || parts.length > 3) return { page: "unknown" };
  const [, page = "review", name] = parts;
  if (page === "campaigns" && name !== undefined) {
    return { page: "campaign", slug: name };
  }
  if (page === "kits" && name !== undefined) {
    return {
      page: "kit",
      id: name,
      version: query.get("version") ?? "",
      part: kitParts.find((p) => p === query.get("part")) ?? "marks",
      since: query.get("since") ?? "",
    };
  }
  if (name !== undefined) return { page: "unknown" };
  switch (page) {
    case "review":
      return {
        page,
        tab: tabs.find((t) => t === query.get("tab")) ?? "waiting",
        kind: kinds.find((k) => k === query.get("kind")) ?? "",
        campaign: query.get("campaign") ?? "",
        item: query.get("item") ?? "",
      };
    case "new-campaign":
      return { page, from: query.get("from") ?? "" };
    case "guard":
      return { page, part: guardParts.find((p) => p === query.get("part")) ?? "text", run: query.get("run") ?? "", from: query.get("from") ?? "" };
    case "policies":
      return { page, pack: query.get("pack") ?? "" };
    case "votes": case "costs":
      return { page, campaign: query.get("campaign") ?? "" };
    case "sign-in": case "campaigns": case "kits": case "kit-import": case "ledger": case "models": case "people": case "keys":
      return { page };
    default:
      return { page: "unknown" };
  }
}

/** Gives the address of a page. */
export function hrefOf(route: Route): string {
  const query = new URLSearchParams();
  const add = (name: string, value: string, normal = "") => value !== normal && query.set(name, value);
  let path = `/studio/${route.page}`;
  switch (route.page) {
    case "review":
      add("tab", route.tab, "waiting");
      add("kind", route.kind);
      add("campaign", route.campaign);
      add("item", route.item);
      break;
    case "campaign":
      path = `/studio/campaigns/${encodeURIComponent(route.slug)}`;
      break;
    case "kit":
      path = `/studio/kits/${encodeURIComponent(route.id)}`;
      add("version", route.version);
      add("part", route.part, "marks");
      add("since", route.since);
      break;
    case "new-campaign":
      add("from", route.from);
      break;
    case "guard":
      add("part", route.part, "text");
      add("run", route.run);
      add("from", route.from);
      break;
    case "policies":
      add("pack", route.pack);
      break;
    case "votes": case "costs":
      add("campaign", route.campaign);
      break;
    case "unknown":
      path = "/studio";
  }
  const search = query.toString();
  return search ? `${path}?${search}` : path;
}

/** The review as it opens. */
export const review: Route = { page: "review", tab: "waiting", kind: "", campaign: "", item: "" };
