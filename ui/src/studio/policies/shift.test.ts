// @vitest-environment node
import { expect, it } from "vitest";
import type { Shift } from "./api";
import { firing, shiftWords } from "./shift";

const none: Shift = { seen: 0, then: {}, now: {}, stricter: 0, milder: 0, rules: {} };

it.each<[string, Shift]>([
  ["There are no past decisions to look at yet.", none],
  ["Would have changed none of 1 past decision.", { ...none, seen: 1, then: { allow: 1 }, now: { allow: 1 } }],
  ["Would have held 31 more, of 12,000 past decisions.", { ...none, seen: 12_000, then: { allow: 12_000 }, now: { allow: 11_969, hold: 31 }, stricter: 31 }],
  ["Would have held 2 fewer, and denied 3 more, of 10 past decisions.", { ...none, seen: 10, then: { hold: 5 }, now: { hold: 3, deny: 3 }, stricter: 3, milder: 1 }],
  ["Would have changed 2 of 4 past decisions, as many one way as the other.", { ...none, seen: 4, then: { hold: 1 }, now: { hold: 1 }, stricter: 1, milder: 1 }],
])("%s", (words, shift) => expect(shiftWords(shift)).toBe(words));

it("names the rules that fire most first", () => {
  expect(firing({ ...none, rules: { b: 1, a: 1, c: 9 } })).toEqual([["c", 9], ["a", 1], ["b", 1]]);
});
