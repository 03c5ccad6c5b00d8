// @vitest-environment node
import { expect, it } from "vitest";
import type { AssetRights, Mark, Rule } from "./api";
import { grouped, valueWords } from "./changes";
import { contrast, grade, ratioWords, readableOn, rgbWords } from "./contrast";
import { among, rightsWords } from "./rights";
import { ruleRows } from "./rules";

it("measures contrast as WCAG does", () => {
  expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.478, 3);
  expect(grade(contrast("#777777", "#ffffff"))).toBe("large");
  expect(ratioWords(4.499)).toBe("4.4");
  expect(grade(4.499)).toBe("large");
  expect([readableOn("#0F3D33"), readableOn("#F6EFE0"), rgbWords("#0F3D33")]).toEqual(["#ffffff", "#000000", "15 61 51"]);
});

const mark: Mark = { id: "emblem", name: "Star", kind: "emblem", alt: "", aspect: 1, variants: [], rules: { min_width_px: 96, min_width_share: 0.16, max_width_share: 0.625, max_rotation: 8, clear_space: 0.12 } };

it("says each rule with its measures, and where it holds", () => {
  const rule = (r: Partial<Rule>): Rule => ({ id: "x", version: 1, kind: "width", severity: "error", reason: { de: "Darum.", en: "Because." }, ...r });
  const rows = ruleRows({
    rules: [
      rule({ min: 0.22, marks: ["wordmark"], channels: ["outdoor"], until: "2026-12-24" }),
      rule({ kind: "text_contrast", min: 4.5, min_large: 3 }),
      rule({ kind: "color", colors: ["night", "ivory"], tolerance: 2, layers: ["text"], severity: "warning" }),
      rule({ kind: "of_tomorrow" }),
    ],
    marks: [mark],
    built_in: [{ id: "mark_outside", since: 1, severity: "error", sentence: "Move it inside.", reason: "Whole." }],
  });
  expect(rows[0]).toEqual({ id: "x", from: "kit", what: "How wide it is, of the shorter side", values: "at least 22 %", where: "wordmark; outdoor; … to 2026-12-24", reason: "Because.", severity: "error" });
  expect(rows[1]!.values).toBe("at least 4.5 : 1, large 3 : 1");
  expect([rows[2]!.what, rows[2]!.values]).toEqual(["Text in these colours only", "night, ivory; within ΔE 2"]);
  expect(rows[3]!.what).toBe("of tomorrow");
  expect(rows[4]!.values).toContain("16 % to 62.5 % of the shorter side wide and at least 96 px");
  expect(rows[5]!.from).toBe("every kit");
});

it("tells what rights end soon, and what has ended", () => {
  const asset = (state: AssetRights["state"], days: number): AssetRights => ({ kind: "mark", id: "m", name: "M", state, days, rights: { owner: "", licence: "", with_generated: true, from: "2027-01-01" } });
  expect([30, 60, 90].map((d) => among(d as 30, asset("ending", 59)))).toEqual([false, true, true]);
  expect([among("ended", asset("ended", -2)), among(90, asset("ended", -2)), among("all", asset("open", 0)), among(30, asset("running", 200))]).toEqual([true, false, true, false]);
  expect([asset("ended", -1), asset("ending", 1), asset("ending", 0), asset("open", 0), asset("later", 0)].map(rightsWords)).toEqual(["ended 1 day ago", "ends in 1 day", "ends today", "no end", "begins 2027-01-01"]);
  expect(rightsWords({ ...asset("open", 0), rights: null })).toBe("no conditions");
});

it("gathers changes by the thing that they are about", () => {
  const change = (path: string, part: string) => ({ kind: "changed" as const, path, part, before: "1", after: "2" });
  const groups = grouped([change("marks[emblem].rules.max_rotation", "marks"), change("marks[emblem].name.en", "marks"), change("rules[one-fox].reason.en", "rules"), change("files[marks/x.svg]", "files"), change("text.max_characters", "text")]);
  expect(groups.map((g) => [g.title, g.changes.map((c) => c.short)])).toEqual([
    ["Marks: emblem", ["rules.max_rotation", "name.en"]], ["Rules: one-fox", ["reason.en"]], ["Files", ["marks/x.svg"]], ["Text", ["max_characters"]],
  ]);
  expect(groups.every((g) => g.whole === undefined)).toBe(true);
  const gone = { kind: "removed" as const, path: "rules[one-fox].id", part: "rules", before: '"one-fox"', after: "" };
  expect(grouped([gone, change("rules[one-fox].min", "rules")])[0]!.whole).toBe("removed");
  expect(['"a \\"b\\""', '["web","social"]', "[0.3,0.05]", "0.04", "[cut", "602f9475"].map(valueWords)).toEqual(['a "b"', "web, social", "[0.3,0.05]", "0.04", "[cut", "602f9475"]);
});
