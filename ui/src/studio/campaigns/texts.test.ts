// @vitest-environment node
import { expect, it } from "vitest";
import { languageName, localesOf, missing } from "./texts";

const file = {
  default_locale: "en", locales: ["de", "en"],
  name: { en: "A", de: "A" }, tagline: { en: "T" }, rules: { en: ["one"], de: [] },
  markets: [{ name: { en: "Germany" } }], builder: { mood: [{ label: { en: "Calm", de: "Ruhig" }, alt: {} }] },
  terms: { texts: { en: { use: "u", privacy: "" }, de: { use: " " } } },
};

it("counts what another language lacks, and not what the default lacks too", () => {
  expect(missing(file, "de")).toBe(4);
  expect(missing(file, "en")).toBe(0);
});

it("puts the default language first", () => {
  expect(localesOf(file)).toEqual(["en", "de"]);
  expect(localesOf({})).toEqual(["en"]);
  expect(languageName("not a code")).toBe("not a code");
});
