// @vitest-environment node
import { expect, it } from "vitest";
import { Problem } from "../../shared/api";
import { toCSV } from "./csv";
import { arrange } from "./arrange";
import { ago, atWidth, problemWords, whenWords } from "./words";

it("writes CSV that keeps its cells and runs no formula", () => {
  expect(toCSV(["a", "b"], [["x,y", 'say "hi"'], ["=1+1", -5], ["line\nbreak", "-cmd"]])).toBe('a,b\r\n"x,y","say ""hi"""\r\n\'=1+1,-5\r\n"line\nbreak",\'-cmd\r\n');
});

it("filters in every column and sorts numbers as numbers", () => {
  const rows = [{ n: 10, t: "b" }, { n: 9, t: "a" }, { n: 100, t: "item 10" }, { n: 1, t: "item 9" }];
  const columns = [{ value: (r: (typeof rows)[0]) => r.n }, { value: (r: (typeof rows)[0]) => r.t }];
  expect(arrange(rows, columns, "", { column: 0, down: false }).map((r) => r.n)).toEqual([1, 9, 10, 100]);
  expect(arrange(rows, columns, "ITEM", { column: 1, down: true }).map((r) => r.t)).toEqual(["item 10", "item 9"]);
  expect(rows[0]?.n).toBe(10);
});

it("says how long ago something was", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  expect(ago("2026-11-20T11:59:50Z", now)).toBe("just now");
  expect(ago("2026-11-20T11:56:00Z", now)).toBe("4 min ago");
  expect(ago("2026-11-17T12:00:00Z", now)).toBe("3 days ago");
  expect(ago("never", now)).toBe("");
  expect(whenWords("0001-01-01T00:00:00Z")).toBe("");
});

it("asks for a width beside what an address asks already", () => {
  expect(atWidth("/a/image", 160)).toBe("/a/image?width=160");
  expect(atWidth("/a/image?rev=2&width=80", 160)).toBe("/a/image?rev=2&width=160");
});

it("has words for every way to fail", () => {
  for (const status of [0, 401, 403, 404, 429, 500, 503]) expect(problemWords(new Problem({ status, code: "x" }))).toMatch(/\.$/);
  expect(problemWords(new Problem({ status: 422, code: "x", detail: "As the server says." }))).toBe("As the server says.");
});
