// @vitest-environment node
import { describe, expect, it } from "vitest";
import { tabs } from "../navigation/route";
import { intentOf, legend, type Stroke } from "./keys";

const waiting = { tab: "waiting", busy: false } as const;
const press = (key: string, more: Partial<Stroke> = {}) => intentOf({ key, ...more }, waiting);

describe("intentOf", () => {
  it("knows the keys, capitals too", () => {
    expect(["a", "A", "r", "s", "z", "j", "k", "ArrowDown", "ArrowUp", " ", "?"].map((k) => press(k))).toEqual(
      ["approve", "approve", "reject", "skip", "undo", "next", "previous", "next", "previous", "closer", "help"],
    );
  });

  it("takes nothing while someone types, or with a modifier", () => {
    expect(intentOf({ key: "a" }, { ...waiting, busy: true })).toBeNull();
    expect(press("a", { ctrlKey: true }) ?? press("r", { metaKey: true }) ?? press("s", { altKey: true })).toBeNull();
  });

  it("never decides by a key that is held down, but moves on", () => {
    expect(press("a", { repeat: true })).toBeNull();
    expect(press("ArrowDown", { repeat: true })).toBe("next");
  });

  it("works by place on keyboards of other scripts", () => {
    expect(press("ф", { code: "KeyA" })).toBe("approve");
    expect(press("ق", { code: "KeyR" })).toBe("reject");
    expect(press("q", { code: "KeyA" })).toBeNull();
  });

  it("approves and rejects only what waits, takes down only what is public", () => {
    for (const tab of tabs) {
      const at = { tab, busy: false };
      expect(intentOf({ key: "a" }, at) !== null).toBe(tab === "waiting");
      expect(intentOf({ key: "r" }, at) !== null).toBe(tab === "waiting");
      expect(intentOf({ key: "t" }, at) !== null).toBe(tab === "published");
    }
  });

  it("has a line in the legend for each intent", () => {
    expect(new Set(legend.map((l) => l.intent)).size).toBe(9);
  });
});
