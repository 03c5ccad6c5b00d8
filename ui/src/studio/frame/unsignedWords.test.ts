// @vitest-environment node
import { expect, it } from "vitest";
import { unsignedWords } from "./unsignedWords";

it("says nothing while pictures can be signed, and before that is known", () => {
  for (const state of [undefined, "ready"] as const) for (const admin of [true, false]) expect(unsignedWords(state, admin)).toBeNull();
});

it("says what has happened, and how to look only to who may", () => {
  for (const [state, why] of [["key_away", "key"], ["certificate_ended", "certificate"]] as const) {
    expect(unsignedWords(state, true)?.happened).toContain(why);
    expect(unsignedWords(state, true)?.todo).toContain("marquee doctor");
    expect(Object.values(unsignedWords(state, false) ?? {}).join(" ")).not.toContain("doctor");
    expect(unsignedWords(state, false)?.todo).toContain("admin");
  }
});
