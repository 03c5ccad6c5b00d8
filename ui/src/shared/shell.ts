/** What the server tells the page it renders: the JSON in `<script id="shell">`. */
export interface Shell {
  app: "stage" | "studio";
  /** BCP 47 code the server chose for this visitor. */
  locale: string;
  dir: "ltr" | "rtl";
  /** Slug of the campaign the address belongs to; null on pages of the house itself. */
  campaign: string | null;
  locales: LocaleChoice[];
  /** Nonce for style elements, present in the Studio only. */
  nonce?: string;
}

/** One language a page is offered in; `name` is written in that language. */
export interface LocaleChoice {
  code: string;
  name: string;
  dir: "ltr" | "rtl";
}

/** Reads the shell of this page. A page without one gets English and no campaign. */
export function readShell(doc: Document = document): Shell {
  const fallback: Shell = { app: "stage", locale: "en", dir: "ltr", campaign: null, locales: [] };
  const text = doc.getElementById("shell")?.textContent;
  if (!text) return fallback;
  try {
    const shell = { ...fallback, ...(JSON.parse(text) as Partial<Shell>) };
    return { ...shell, locales: (shell.locales ?? []).map(localeChoice) };
  } catch {
    return fallback;
  }
}

const rightToLeft = new Set(["ar", "fa", "he", "ur"]);

/** Accepts a bare code as well as a full choice, so that either form of the shell works. */
export function localeChoice(given: string | LocaleChoice): LocaleChoice {
  if (typeof given !== "string") return given;
  let name = given;
  try {
    name = new Intl.DisplayNames([given], { type: "language" }).of(given) ?? given;
  } catch {
    // An unknown code is shown as it is.
  }
  return { code: given, name, dir: rightToLeft.has(given.split("-")[0] ?? "") ? "rtl" : "ltr" };
}
