import { languageName } from "./shares";

/** Languages that a text can be tried in: those with a list of slurs, and a few without. */
const tags = [
  "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
];

/** They as the choices of a field, by name. */
export const locales = tags
  .map((value) => ({ value, label: languageName(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, "en"));
