// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../shared/staff";
import { changes, moved, pathText, same, textAt, valueAt, withValue, type Path } from "./file";
import { copyOf, emptyCampaign } from "./template";

const odd: JsonObject = {
  slug: "a", name: { en: "A", "x-later": "kept" }, markets: [{ code: "DE", extra: { deep: [1, null, false] } }],
  unknown: { list: [{ a: 1 }, "b"], none: null }, limits: { pictures: 0 },
};

/** Every place of a file that holds no further places. */
function leaves(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((v, i) => leaves(v, [...path, i]));
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([k, v]) => leaves(v, [...path, k]));
  return [path];
}

const shipped = ["lumipine/campaigns/winter-lights.json", "kornblum/campaigns/first-window.json"].flatMap((name) => {
  try {
    return [JSON.parse(readFileSync(join(import.meta.dirname, "../../../../brands", name), "utf8")) as JsonObject];
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw thrown;
  }
});

describe("changing a file", () => {
  it.each([odd, emptyCampaign(0), ...shipped])("changes one place and nothing else, wherever it is", (file) => {
    const before = JSON.stringify(file);
    for (const path of leaves(file)) {
      const next = withValue(file, path, "changed");
      expect(changes(file, next)).toEqual([pathText(path)]);
      expect(JSON.stringify(withValue(next, path, valueAt(file, path)))).toBe(before);
    }
    expect(JSON.stringify(file)).toBe(before);
  });

  it("makes the objects on the way, and takes values away", () => {
    expect(withValue({}, ["terms", "texts", "de", "use"], "x")).toEqual({ terms: { texts: { de: { use: "x" } } } });
    expect(withValue(odd, ["limits", "pictures"], undefined).limits).toEqual({});
    expect(withValue({ l: ["a", "b", "c"] }, ["l", 1], undefined)).toEqual({ l: ["a", "c"] });
    expect(withValue({ l: ["a"] }, ["l", 1], "b")).toEqual({ l: ["a", "b"] });
  });

  it("is not misled by names that objects have of their own", () => {
    expect(valueAt({}, ["constructor"])).toBeUndefined();
    const file = withValue({}, ["__proto__"], { polluted: true });
    expect(Object.getPrototypeOf(file)).toBe(Object.prototype);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  it("reads what is of another kind as nothing", () => {
    expect([textAt({ name: "A" }, ["name", "en"]), textAt({ name: 3 }, ["name"]), textAt(undefined, ["a"])]).toEqual(["", "", ""]);
  });

  it("moves a part and keeps all of it", () => {
    const file: JsonObject = { l: [{ a: 1, x: 9 }, { a: 2 }] };
    expect(moved(file, ["l"], 0, 1)).toEqual({ l: [{ a: 2 }, { a: 1, x: 9 }] });
    expect(moved(file, ["l"], 1, 1)).toBe(file);
  });
});

it("compares by content, not by order of fields", () => {
  expect(same({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
  expect(changes({ a: [1, 2] }, { a: [1] })).toEqual(["a[1]"]);
  expect(changes(1, 2)).toEqual(["the whole file"]);
});

it("copies all of a campaign but its slug", () => {
  const copy = copyOf(odd);
  expect(changes(odd, copy)).toEqual(["slug"]);
  expect(copy.unknown).not.toBe(odd.unknown);
});
