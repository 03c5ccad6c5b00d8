import { builderRows } from "./texts";
import type { Path } from "./file";

/** A part of the form, with the places of the file it shows. */
export interface Section {
  id: SectionId;
  label: string;
  paths: Path[];
}

/** The parts of the form. */
export type SectionId = "basics" | "dates" | "markets" | "texts" | "builder" | "marks" | "terms" | "limits" | "json";

/** The parts in their order; the JSON part shows all. */
export const sections: Section[] = [
  { id: "basics", label: "Basics", paths: [["slug"], ["name"], ["kit"], ["kit_version"], ["provider"], ["experiences"], ["locales"], ["default_locale"], ["hero_prompt"], ["hero_alt"]] },
  { id: "dates", label: "Dates and state", paths: [["opens"], ["closes"]] },
  { id: "markets", label: "Markets", paths: [["markets"], ["default_market"]] },
  { id: "texts", label: "Texts", paths: [["tagline"], ["summary"], ["rules"], ["surprises"]] },
  { id: "builder", label: "Builder", paths: [["builder"], ...builderRows.map((row): Path => ["builder", row])] },
  { id: "marks", label: "Marks and formats", paths: [["marks"], ["formats"]] },
  { id: "terms", label: "Consents and terms", paths: [["consents"], ["terms"]] },
  { id: "limits", label: "Limits", paths: [["limits"], ["proof_of_work"]] },
  { id: "json", label: "The whole file", paths: [] },
];

/** The part that shows a place of the file: the JSON part if no other does. */
export function sectionOf(path: string): SectionId {
  const first = /^[^.[]+/.exec(path)?.[0] ?? "";
  return sections.find((s) => s.paths.some((p) => p[0] === first))?.id ?? "json";
}
