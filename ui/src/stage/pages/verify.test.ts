import { describe, expect, it } from "vitest";
import type { HistoryEvent, Verification } from "../../shared/types";
import english from "../../../../locales/stage/en.json";
import { makeWords } from "../words";
import { sorted } from "./verify";
import { about } from "./verify-history";
import { headline } from "./verify-result";

const answer = (given: Partial<Verification>): Verification => ({
  match: "none",
  sha256: "",
  message: "",
  work: null,
  also: [],
  steps: [],
  undone: [],
  credential: null,
  history: [],
  ...given,
});
const work = {} as NonNullable<Verification["work"]>;
const ours = { whose: "ours", intact: false, signer: "", generator: "", built_on: 0 } as const;
const here = (...changes: HistoryEvent["changes"] & object): HistoryEvent[] => [{ kind: "here", changes }];

describe("what is said first", () => {
  it.each<[string, Partial<Verification>, string]>([
    ["the very file", { match: "exact", work }, "verify.yes"],
    ["a mark", { match: "watermark", work, history: here("resaved") }, "verify.yes"],
    ["a mark in another picture", { match: "watermark", work, history: here("unlike") }, "verify.unlike"],
    ["looks", { match: "fingerprint", work }, "verify.looks"],
    ["looks of several", { match: "fingerprint", work, also: [work] }, "verify.several"],
    ["a signature that is not registered", { match: "credential" }, "verify.signed"],
    ["our signature on something else", { credential: ours }, "verify.altered"],
    ["nothing", {}, "verify.none"],
    ["nothing, but not all was looked at", { undone: ["watermark"], credential: ours }, "verify.undone"],
  ])("of %s", (_, given, key) => {
    expect(headline(answer(given)).key).toBe(key);
    expect(english).toHaveProperty([key]);
  });
});

describe("what was chosen", () => {
  const file = (name: string) => new File(["x"], name);
  it("is a file, and the statement beside it, in whichever order", () => {
    const picture = file("fox.png");
    const beside = file("fox.C2PA");
    expect(sorted([beside, picture])).toEqual({ file: picture, beside });
    expect(sorted([picture])).toEqual({ file: picture, beside: null });
    expect(sorted([beside])).toEqual({ file: beside, beside: null });
    expect(sorted([])).toBeNull();
  });
});

describe("the way of a work", () => {
  const words = makeWords("en", "ltr", english);
  it("says how the file differs, as far as it was seen", () => {
    expect(about({ kind: "here", changes: ["resaved", "resized"], scale: 0.5 }, words)).toBe(
      "saved anew and at 50% of the work’s size",
    );
    expect(about({ kind: "here", changes: ["turned"], turn: -2.04 }, words)).toBe("turned by -2°");
    expect(about({ kind: "here", changes: [] }, words)).toBe("changed since; how, we can’t tell");
  });
  it("names the marks and their kit", () => {
    expect(about({ kind: "composed", marks: [{ id: "w", name: "Wordmark" }], kit: "lumipine@1.1.0" }, words)).toBe(
      "With Wordmark, by the brand kit lumipine@1.1.0",
    );
    expect(about({ kind: "composed", marks: [] }, words)).toBe("Without a mark of the brand");
  });
});
