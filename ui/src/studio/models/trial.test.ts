// @vitest-environment node
import { expect, it } from "vitest";
import type { Canary } from "./api";
import { failing, trialWords } from "./trial";

const trial: Canary = {
  capability: "picture", incumbent: "old", provider: "new", percent: 10, calls: 100, margin: 5, returned: false,
  incumbent_calls: 0, incumbent_failed: 0, canary_calls: 0, canary_failed: 0, started_at: "",
};

it("says how a trial goes", () => {
  expect(trialWords(trial)).toBe("Compared after 100 more calls.");
  expect(trialWords({ ...trial, incumbent_calls: 900, canary_calls: 99 })).toBe("Compared after 1 more call.");
  expect(trialWords({ ...trial, incumbent_calls: 100, incumbent_failed: 1, canary_calls: 100, canary_failed: 3 })).toBe("Does 2.0 points worse, within the 5 allowed.");
  expect(trialWords({ ...trial, incumbent_calls: 100, incumbent_failed: 3, canary_calls: 200, canary_failed: 2 })).toBe("Does as well or better.");
  expect(trialWords({ ...trial, returned: true })).toBe("new did worse and was taken back by itself.");
  expect(failing(0, 0)).toBeNull();
});
