// @vitest-environment node
import { expect, it } from "vitest";
import { fromField, toField } from "./dates";

it("goes to a field and back to the same minute", () => {
  for (const time of ["2026-11-20T06:00:00Z", "2027-01-08T22:59:00Z", "2026-03-29T01:30:00Z"]) {
    expect(fromField(toField(time))).toBe(time);
  }
  expect(Date.parse(fromField(toField("2026-11-20T07:00:00+01:00")))).toBe(Date.parse("2026-11-20T06:00:00Z"));
});

it("shows nothing for what is no time", () => {
  expect([toField(""), toField("soon"), fromField(""), fromField("2026-")]).toEqual(["", "", "", ""]);
});
