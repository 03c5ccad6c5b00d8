// @vitest-environment node
import { expect, it } from "vitest";
import type { Decision, ItemKind } from "../../shared/staff";
import { needsReason, presets } from "./reasons";

it("has ready reasons wherever a reason is needed, each reachable by one digit", () => {
  for (const kind of ["entry", "report", "generation"] as ItemKind[]) {
    for (const decision of ["approve", "reject", "takedown"] as Decision[]) {
      if (!needsReason(kind, decision)) continue;
      const ready = presets(kind, decision);
      expect(ready.length).toBeGreaterThan(0);
      expect(ready.length).toBeLessThan(10);
      expect(new Set(ready.map((p) => p.text)).size).toBe(ready.length);
    }
  }
});
