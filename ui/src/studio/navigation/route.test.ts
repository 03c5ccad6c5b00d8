// @vitest-environment node
import { expect, it } from "vitest";
import { hrefOf, parseRoute, review, tabs, type Route } from "./route";

const routes: Route[] = [
  ...tabs.map((tab): Route => ({ page: "review", tab, kind: "report", campaign: "winter-lights", item: "a b" })),
  review, { page: "campaigns" }, { page: "new-campaign", from: "" }, { page: "new-campaign", from: "x" },
  { page: "campaign", slug: "winter-lights" }, { page: "campaign", slug: "new" }, { page: "campaign", slug: "ä/ö" }, { page: "kits" },
  { page: "kit-import" }, { page: "kit", id: "lumipine", version: "", part: "marks", since: "" }, { page: "kit", id: "a b", version: "1.2.0", part: "versions", since: "1.1.0" },
  { page: "guard", part: "text", run: "", from: "" }, { page: "guard", part: "corpora", run: "r 1", from: "r2" }, { page: "policies", pack: "" }, { page: "policies", pack: "eu-ai-act" },
  { page: "costs", campaign: "" }, { page: "costs", campaign: "winter-lights" }, { page: "models" },
  { page: "votes", campaign: "c" }, { page: "ledger" }, { page: "people" }, { page: "keys" }, { page: "sign-in" },
];

it.each(routes)("gives an address that reads back: $page", (route) => {
  const [path = "", search = ""] = hrefOf(route).split("?");
  expect(parseRoute(path, search)).toEqual(route);
});

it("opens the review first, and knows what it does not know", () => {
  expect(parseRoute("/studio")).toEqual(review);
  expect(parseRoute("/studio/", "?tab=nonsense")).toEqual(review);
  for (const path of ["/studio/nowhere", "/studio/ledger/x", "/studio/a/b/c", "/other", "/studio/%E0%A4%A"]) expect(parseRoute(path)).toEqual({ page: "unknown" });
});
