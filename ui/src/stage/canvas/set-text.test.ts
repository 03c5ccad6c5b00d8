import { describe, expect, it } from "vitest";
import type { Layer, TextStyle } from "../../shared/types";
import { leastAdvance, setText } from "./set-text";
import type { Setting } from "./setting";

const text: TextStyle = {
  max_length: 48,
  fonts: [],
  colors: ["#fff"],
  ascent: 0.9,
  descent: 0.3,
  min_size_share: 0.02,
  max_size_share: 0.1,
  line_height: 1.25,
};
// Each letter is half as wide as the type is high.
const setting: Setting = {
  width: 1000,
  height: 1000,
  marks: [],
  stickers: [],
  text,
  advance: (s) => s.length * 0.5,
  pieces: (s) => s.match(/\S+\s*/g) ?? [s],
};
const layer = (more: Partial<Layer>): Layer => ({ id: "t", kind: "text", x: 0, y: 0, width: 400, rotation: 0, ...more });
const words = (more: Partial<Layer>) => setText(layer(more), setting).lines.map((line) => line.text);

describe("a text of several lines", () => {
  it("is set as large as its lines allow, which are about equally long", () => {
    expect(words({ text: "aaaa bbbb cccc dddd", lines: 2 })).toEqual(["aaaa bbbb", "cccc dddd"]);
    // Nine letters of half an em over 400 pixels.
    expect(setText(layer({ text: "aaaa bbbb cccc dddd", lines: 2 }), setting).size).toBeCloseTo(400 / 4.5);
  });

  it("takes no more lines than it needs at the largest size", () => {
    expect(words({ text: "aa bb cc", lines: 4, width: 900 })).toEqual(["aa bb cc"]);
  });

  it("begins a new line at each line feed", () => {
    expect(words({ text: "aa\nbbbb", lines: 3 })).toEqual(["aa", "bbbb"]);
  });

  it("lets a word that is too long stand alone", () => {
    expect(words({ text: "a bbbbbbbbbbbbbbbbbbbbbb c", lines: 3 })).toEqual(["a", "bbbbbbbbbbbbbbbbbbbbbb", "c"]);
  });

  it("is as high as its lines, each with its own baseline", () => {
    const { height, lines, size } = setText(layer({ text: "aaaa bbbb cccc dddd", lines: 2 }), setting);
    expect(height).toBeCloseTo(2 * size * 1.25);
    expect(lines[1]!.baseline - lines[0]!.baseline).toBeCloseTo(size * 1.25);
  });

  it("needs the width of its longest line", () => {
    expect(leastAdvance(layer({ text: "aaaa bbbb cccc dddd", lines: 2 }), setting)).toBeCloseTo(4.5);
    expect(leastAdvance(layer({ text: "aaaa bbbb" }), setting)).toBeCloseTo(4.5);
  });

  it.each([
    ["start", "aaaa bb", 0],
    ["end", "aaaa bb", 200],
    ["center", "aaaa bb", 100],
    ["start", "אבגד הו", 200],
    ["end", "אבגד הו", 0],
  ] as const)("stands at the %s of its box as it reads: %s", (align, words, start) => {
    // The second line is half as long as the first and the box.
    const set = setText(layer({ text: `${words.replace(" ", "\n")}`, lines: 2, align }), setting);
    expect(set.lines[1]!.start).toBeCloseTo((start / 200) * (400 - 1 * set.size));
  });
});
