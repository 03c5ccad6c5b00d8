// @vitest-environment node
import { expect, it } from "vitest";
import { score } from "./matching";

it("finds by beginnings, by parts, by letters in order, and without accents", () => {
  for (const search of ["winter", "win li", "lights", "ights", "wntr", "WINTER"]) expect(score("Winter Lights, campaign", search)).toBeGreaterThan(0);
  expect(score("Fenêtre d’hiver", "fenetre")).toBeGreaterThan(0);
  expect(score("Winter Lights", "summer")).toBe(0);
  expect(score("Winter Lights", "winter summer")).toBe(0);
});

it("puts the nearer one first, and shows all for no letters", () => {
  expect(score("Review", "re")).toBeGreaterThan(score("Works, preview", "re"));
  expect(score("Anything", "  ")).toBeGreaterThan(0);
});
