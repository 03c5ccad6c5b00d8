// @vitest-environment node
import { expect, it } from "vitest";
import { costsQuery, type Cost } from "./api";
import { amountWords, days, groups, roundUp, scopeWords, used } from "./sums";

const cost = (day: string, campaign: string, money: number): Cost => ({ day, campaign, capability: "picture", provider: "p", model: "m", outcome: "made", calls: 1, money, pictures: 1, tokens: 0 });

it("sums by a name, most first, and adds up the rest", () => {
  const costs = [cost("2026-11-01", "a", 1), cost("2026-11-01", "b", 5), cost("2026-11-02", "a", 2), cost("2026-11-02", "c", 1)];
  expect(groups(costs, "money", (c) => c.campaign)).toEqual([{ name: "b", value: 5, calls: 1 }, { name: "a", value: 3, calls: 2 }, { name: "c", value: 1, calls: 1 }]);
  expect(groups(costs, "calls", (c) => c.campaign, 2)).toEqual([{ name: "a", value: 2, calls: 2 }, { name: "2 others", value: 2, calls: 2 }]);
});

it("shows days without a call as well", () => {
  expect(days([cost("2026-10-31", "a", 3), cost("2026-11-02", "a", 1)], "money")).toEqual([{ day: "2026-10-31", value: 3 }, { day: "2026-11-01", value: 0 }, { day: "2026-11-02", value: 1 }]);
  expect(days([], "money")).toEqual([]);
  expect(days([cost("2020-01-01", "a", 1), cost("2026-01-01", "a", 1)], "money")).toHaveLength(366);
});

it.each([[0, 1], [1, 1], [1.2, 2], [3, 5], [7, 10], [120_000, 200_000], [0.03, 0.05]])("rounds %d up to %d", (value, up) => expect(roundUp(value)).toBeCloseTo(up, 9));

it("says amounts and scopes in words", () => {
  expect([amountWords(1_500_000, "money", "USD"), amountWords(40_000, "money", "USD"), amountWords(1200, "calls", "USD")]).toEqual(["$1.50", "$0.0400", "1,200"]);
  expect([scopeWords({ kind: "house", name: "" }), scopeWords({ kind: "market", name: "winter-lights/DE" }), scopeWords({ kind: "person", name: "*" })]).toEqual(["All of Marquee", "Market DE of winter-lights", "Each person"]);
  expect(costsQuery({ campaign: "a b", from: "", until: "2026-11-02" })).toBe("?campaign=a+b&until=2026-11-02");
});

it("leaves out what has no bound", () => {
  const most = { money: -1, pictures: 100, tokens: -1, calls: 0 };
  expect(used({ scope: { kind: "house", name: "" }, period: "day", most }, { money: 9, pictures: 40, tokens: 0, calls: 0 }, undefined)).toEqual([
    { measure: "calls", spent: 0, reserved: 0, most: 0 }, { measure: "pictures", spent: 40, reserved: 0, most: 100 },
  ]);
});
