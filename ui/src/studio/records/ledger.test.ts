// @vitest-environment node
import { expect, it } from "vitest";
import { details, pairs } from "./ledger";

it("says a row's details in order, and leaves out those that say nothing", () => {
  const row = { seq: 1, id: "a", at: "", action: "a", role: "system", subject_kind: "k", subject_id: "s", campaign: "", public: { model: "painter", format: "square", why: "" } };
  expect(pairs(row)).toEqual([["format", "square"], ["model", "painter"]]);
  expect(details(row)).toBe("format square, model painter");
  expect(details({ ...row, public: null })).toBe("");
});
