import { describe, expect, it } from "vitest";
import type { Campaign } from "../../shared/types";
import { guessMarket, toLatin } from "./arrival";

const campaign = (guess: string | null) =>
  ({
    default_market: "US",
    market_guess: guess,
    markets: ["DE", "US", "JP"].map((code) => ({ code, name: code, min_age: 13 })),
  }) as unknown as Campaign;

describe("arriving", () => {
  it.each([
    ["the server's guess", "JP", ["de-DE"], "JP"],
    ["the browser's region", null, ["fr-FR", "de-DE"], "DE"],
    ["the home of a bare language", null, ["ja"], "JP"],
    ["the default, where no region is offered", null, ["fr-FR", "sv"], "US"],
    ["the default, when the guess is not a market", "XX", [], "US"],
  ])("starts from %s", (_, guess, languages, market) => {
    expect(guessMarket(campaign(guess), languages)).toBe(market);
  });

  it("reads a year in the digits of the visitor's keyboard", () => {
    expect(toLatin("١٩٩٠")).toBe("1990");
    expect(toLatin("۱۹۹۰")).toBe("1990");
    expect(toLatin("１９９０")).toBe("1990");
    expect(toLatin("1990")).toBe("1990");
  });
});
