// @vitest-environment node
import { expect, it } from "vitest";
import { plainPath, problemsAt, problemsIn } from "./problems";
import { sectionOf } from "./sections";

it.each([
  ["markets[1].min_age", "markets[1].min_age"],
  ["markets.1.min_age", "markets[1].min_age"],
  ["body.file.builder.subject[0].label.de", "builder.subject[0].label.de"],
  ["/file/terms/texts/de/use", "terms.texts.de.use"],
  ["file", ""],
  ["rules['pt-BR'][0]", "rules.pt-BR[0]"],
  ["rules.de.2", "rules.de[2]"],
])("writes %s as %s", (given, plain) => expect(plainPath(given)).toBe(plain));

const problem = (path: string) => ({ path, code: "c", message: path });

it("brings a problem to its field and to the parts around it, and to no other", () => {
  const problems = [problem("markets[1].min_age"), problem("markets[10].code"), problem("kit_version")];
  expect(problemsAt(problems, ["markets", 1]).length).toBe(1);
  expect(problemsAt(problems, ["markets", 1], true).length).toBe(0);
  expect(problemsAt(problems, ["markets"]).length).toBe(2);
  expect(problemsAt(problems, ["kit"]).length).toBe(0);
  expect(problemsIn(problems, [["kit"], ["kit_version"]]).length).toBe(1);
});

it("finds a part of the form for every place", () => {
  expect(["slug", "opens", "builder.mood", "terms.texts.de.use", "limits.pictures", "x_future.a", ""].map(sectionOf)).toEqual(["basics", "dates", "builder", "terms", "limits", "json", "json"]);
});
