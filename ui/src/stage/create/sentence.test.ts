import { describe, expect, it } from "vitest";
import type { Campaign } from "../../shared/types";
import { joined, lengthOf, surprise, swap, tap, type Draft } from "./sentence";

const option = (id: string, prompt: string) => ({ id, label: id, prompt, alt: "", image_url: "" });
const campaign = {
  locale: "en",
  builder: {
    subject: [option("fox", "a polar fox"), option("owl", "an owl")],
    scene: [option("forest", "in a snowy forest")],
    style: [option("cut", "paper-cut style"), option("lino", "linocut style")],
    mood: [option("dawn", "at dawn")],
  },
} as unknown as Campaign;
const empty: Draft = { picks: {}, text: "" };
const all = (draft: Draft, ...taps: [Parameters<typeof tap>[2], string][]) =>
  taps.reduce((d, [row, id]) => tap(campaign, d, row, id), draft);

describe("the running sentence", () => {
  it("grows with each tap, in the order of the rows whatever the order of the taps", () => {
    const draft = all(empty, ["style", "cut"], ["subject", "fox"], ["scene", "forest"], ["mood", "dawn"]);
    expect(draft.text).toBe("a polar fox in a snowy forest, paper-cut style, at dawn");
  });

  it("gives a choice back when it is tapped again", () => {
    const draft = all(empty, ["subject", "fox"], ["mood", "dawn"], ["subject", "fox"]);
    expect(draft).toEqual({ picks: { mood: "dawn" }, text: "at dawn" });
  });

  it("keeps the hand's words and changes only the tapped piece", () => {
    const edited = { ...all(empty, ["subject", "fox"], ["style", "cut"]), text: "two of a polar fox, dancing, paper-cut style" };
    expect(tap(campaign, edited, "style", "lino").text).toBe("two of a polar fox, dancing, linocut style");
    expect(tap(campaign, edited, "mood", "dawn").text).toBe("two of a polar fox, dancing, paper-cut style, at dawn");
    expect(tap(campaign, edited, "style", "cut").text).toBe("two of a polar fox, dancing");
  });

  it("adds to free text that was there first", () => {
    expect(tap(campaign, { picks: {}, text: "my dog Bruno." }, "scene", "forest").text).toBe(
      "my dog Bruno, in a snowy forest",
    );
  });

  it("joins as each script does", () => {
    const pieces = { subject: "フクロウ", scene: "雪の森で", style: "切り絵風", mood: "" };
    expect(joined(pieces, "ja")).toBe("フクロウ、雪の森で、切り絵風");
    expect(joined({ subject: "بومة", scene: "في غابة", style: "ملصق", mood: "" }, "ar")).toBe("بومة في غابة، ملصق");
  });

  it("leaves no stray commas where a middle piece goes", () => {
    expect(swap("a, b, c", "b", "", "en")).toBe("a, c");
  });

  it("never surprises with what is there already, and counts as people do", () => {
    for (const chance of [0, 0.5, 0.999]) expect(surprise(["a", "b", "c"], "b", chance)).not.toBe("b");
    expect(surprise([], "x", 0.3)).toBe("x");
    expect(lengthOf("🦊a")).toBe(2);
  });
});
