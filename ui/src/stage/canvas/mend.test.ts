import { describe, expect, it } from "vitest";
import type { Composition, Finding, Layer } from "../../shared/types";
import { mended, mendedAll, remedyOf } from "./mend";

const layer = (id: string, x = 0): Layer => ({ id, kind: "mark", mark: id, x, y: 0, width: 100, rotation: 0 });
const doc: Composition = { version: 2, width: 800, height: 600, layers: [layer("a"), layer("b"), layer("c")] };
const finding = (more: Partial<Finding>): Finding => ({
  layer: "b",
  index: 1,
  rule: "mark_outside",
  severity: "error",
  message: "",
  reason: "",
  fix: null,
  patch: [],
  ...more,
});
const moved = finding({ fix: layer("b", 50), patch: [{ op: "replace", path: "/layers/1" }] });
const added = finding({ layer: "", index: -1, fix: layer("line"), patch: [{ op: "add", path: "/layers/-" }] });
const gone = finding({ layer: "c", index: 2, patch: [{ op: "test", path: "/layers/2/id" }, { op: "remove", path: "/layers/2" }] });

describe("a finding that is put right", () => {
  it("says what that does", () => {
    expect([moved, added, gone, finding({})].map(remedyOf)).toEqual(["change", "add", "remove", null]);
  });

  it("changes its own layer, wherever it stands by now", () => {
    const later = { ...doc, layers: [layer("b"), layer("a")] };
    expect(mended(later, moved).layers).toEqual([layer("b", 50), layer("a")]);
  });

  it("adds a layer once", () => {
    const once = mended(doc, added);
    expect(once.layers.map((l) => l.id)).toEqual(["a", "b", "c", "line"]);
    expect(mended(once, added)).toBe(once);
  });

  it("takes a layer away that nothing else helps", () => {
    expect(mended(doc, gone).layers.map((l) => l.id)).toEqual(["a", "b"]);
  });

  it("leaves all as it is where there is no remedy", () => {
    expect(mended(doc, finding({}))).toBe(doc);
  });

  it("goes together with the others", () => {
    expect(mendedAll(doc, [moved, added, gone, finding({})]).layers).toEqual([layer("a"), layer("b", 50), layer("line")]);
  });
});
