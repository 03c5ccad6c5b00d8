// @vitest-environment node
import { expect, it } from "vitest";
import { falseAlarms, languageName, percent, points, precision, range, recall, took } from "./shares";

const row = { harmful: { texts: 10, stopped: 9, denied: 4 }, harmless: { texts: 20, stopped: 1, denied: 0 } };
const none = { harmful: { texts: 0, stopped: 0, denied: 0 }, harmless: { texts: 0, stopped: 0, denied: 0 } };

it("gives shares, and none of nothing", () => {
  expect([recall(row), precision(row), falseAlarms(row)]).toEqual([0.9, 0.9, 0.05]);
  expect([recall(none), precision(none), falseAlarms(none), range(none.harmful)]).toEqual([null, null, null, null]);
});

it("is less sure of few texts than of many", () => {
  const few = range({ stopped: 1, texts: 2 })!, many = range({ stopped: 500, texts: 1000 })!;
  expect(few[1] - few[0]).toBeGreaterThan(many[1] - many[0]);
  expect(range({ stopped: 0, texts: 5 })![0]).toBe(0);
  // Wilson's interval of 9 in 10.
  expect(range(row.harmful)!.map((v) => Number(v.toFixed(3)))).toEqual([0.596, 0.982]);
});

it("says them in words", () => {
  expect([percent(null), percent(0.975), points(0.0123), points(-0.1), points(0.0001)]).toEqual(["–", "97.5 %", "+1.2", "−10.0", "0.0"]);
  expect([took(170), took(1700), took(17_000), took(1_700_000)]).toEqual(["170 µs", "1.7 ms", "17 ms", "1.7 s"]);
  expect([languageName("de"), languageName(""), languageName("no such tag")]).toEqual(["German", "Unknown language", "no such tag"]);
});
