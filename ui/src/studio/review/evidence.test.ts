// @vitest-environment node
import { describe, expect, it } from "vitest";
import { limitWords, placed, stretches } from "./evidence";

const finding = (start: number, end: number) => ({ detector: "d/1", kind: "contact", start, end, score: 1 });
const marked = (text: string, ...spans: [number, number][]) => stretches(text, spans.map(([a, b]) => finding(a, b))).map((s) => (s.finding ? `[${s.text}]` : s.text)).join("");

describe("stretches", () => {
  it.each([
    ["call Anna now", [[5, 9]], "call [Anna] now"],
    ["ñandú 🎄 fox", [[8, 12]], "ñandú [🎄] fox"],
    ["雪の町", [[0, 3]], "[雪]の町"],
    ["abc", [[0, 3]], "[abc]"],
    ["abcdef", [[2, 4], [3, 6]], "ab[cd]ef"],
    ["abc", [[1, 99]], "abc"],
    ["abc", [[2, 2]], "abc"],
    ["", [[0, 0]], ""],
  ] as [string, [number, number][], string][])("marks %s", (text, spans, expected) => {
    expect(marked(text, ...spans)).toBe(expected);
  });

  it("never loses or adds text", () => {
    const text = "a é 漢 🎄 z";
    for (let start = 0; start < 14; start++) {
      const whole = stretches(text, [finding(start, start + 1)]).map((s) => s.text).join("");
      if (!whole.includes("\uFFFD")) expect(whole).toBe(text);
    }
  });
});

it("places findings only where it is clear which text they are in", () => {
  const verdict = { outcome: "hold" as const, findings: [finding(0, 1)] };
  expect(placed({ prompt: "a" }, verdict)).toHaveLength(1);
  expect(placed({ prompt: "a", title: "b" }, verdict)).toHaveLength(0);
  expect(placed(null, null)).toEqual([]);
});

it("says measures in their units", () => {
  expect(limitWords({ rule: "mark_rotated", measured: 14.5, allowed: 8 })).toEqual({ measured: "14.5°", allowed: "8°" });
  expect(limitWords({ rule: "text_contrast", measured: 1.234, allowed: 4.5 })).toEqual({ measured: "1.23 : 1", allowed: "4.5 : 1" });
  expect(limitWords({ rule: "mark_too_small", measured: 90, allowed: 1200 })).toEqual({ measured: "90 px", allowed: "1,200 px" });
  expect(limitWords({ rule: "mark_twice" })).toBeNull();
});
