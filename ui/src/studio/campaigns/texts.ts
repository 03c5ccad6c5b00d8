/** Which texts a campaign has in which language. */
import type { Json, JsonObject } from "../../shared/staff";
import { isObject, listAt, textAt, textsAt, type Path } from "./file";

/** The rows of the builder, in its order. */
export const builderRows = ["subject", "scene", "style", "mood"] as const;

/** The texts of the terms, in their order. */
export const termsTexts = ["ownership", "use", "privacy", "imprint", "contact"] as const;

/** Every place that holds a text by locale: the locale goes after `path`, the rest of the place after that. */
export function textPlaces(file: JsonObject): { path: Path; rest: Path }[] {
  const whole = (path: Path) => ({ path, rest: [] as Path });
  return [
    ...["name", "tagline", "summary", "hero_alt", "rules", "surprises"].map((name) => whole([name])),
    ...listAt(file, ["markets"]).map((_, i) => whole(["markets", i, "name"])),
    ...builderRows.flatMap((row) =>
      listAt(file, ["builder", row]).flatMap((_, i) => ["label", "prompt", "alt"].map((part) => whole(["builder", row, i, part]))),
    ),
    ...listAt(file, ["consents"]).map((_, i) => whole(["consents", i, "text"])),
    ...termsTexts.map((part) => ({ path: ["terms", "texts"] as Path, rest: [part] as Path })),
  ];
}

function has(file: Json, path: Path): boolean {
  return textAt(file, path).trim() !== "" || listAt(file, path).length > 0;
}

/** How many texts the default locale has that another one lacks. */
export function missing(file: JsonObject, locale: string): number {
  const normal = textAt(file, ["default_locale"]);
  if (locale === normal) return 0;
  return textPlaces(file).filter(({ path, rest }) => has(file, [...path, normal, ...rest]) && !has(file, [...path, locale, ...rest])).length;
}

/** The campaign's locales with the default one first; "en" if none are named. */
export function localesOf(file: JsonObject): string[] {
  const normal = textAt(file, ["default_locale"]);
  const all = [...new Set([...(normal ? [normal] : []), ...textsAt(file, ["locales"])])];
  return all.length > 0 ? all : ["en"];
}

/** Names a language in English: "German (de)". */
export function languageName(code: string): string {
  try {
    const name = new Intl.DisplayNames(["en"], { type: "language" }).of(code);
    return name && name !== code ? `${name} (${code})` : code;
  } catch {
    return code;
  }
}

/** Any text of a text by locale, for a list: the default locale's first. */
export function someText(value: Json | undefined, locale: string): string {
  if (!isObject(value)) return "";
  return textAt(value, [locale]) || (Object.values(value).find((v): v is string => typeof v === "string" && v !== "") ?? "");
}
