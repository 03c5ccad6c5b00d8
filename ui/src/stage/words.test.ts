import { describe, expect, it } from "vitest";
import { fill, loadMessages, makeWords, spoken, type Messages } from "./words";

const locales = spoken();
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const base = (key: string) => key.split("#")[0]!;

describe("the words of the Stage", () => {
  it("are there in the six languages of the first campaign", () => {
    expect(locales.sort()).toEqual(["ar", "de", "en", "es", "fr", "ja"]);
  });

  it.each(locales)("%s has every key, and no key of its own", async (locale) => {
    const english = await loadMessages("en");
    const messages = await loadMessages(locale);
    const plain = (all: Messages) => Object.keys(all).filter((key) => !key.includes("#")).sort();
    const families = (all: Messages) => [...new Set(Object.keys(all).filter((k) => k.includes("#")).map(base))].sort();
    expect(plain(messages)).toEqual(plain(english));
    expect(families(messages)).toEqual(families(english));
  });

  it.each(locales)("%s says nothing empty and fills the same places", async (locale) => {
    const english = await loadMessages("en");
    const messages = await loadMessages(locale);
    for (const [key, text] of Object.entries(messages)) {
      expect(text.trim(), key).not.toBe("");
      if (key.includes("#")) continue;
      expect(places(text), key).toEqual(places(english[key] ?? ""));
    }
  });

  it.each(locales)("%s has a plural form for every count people meet", async (locale) => {
    const messages = await loadMessages(locale);
    const rules = new Intl.PluralRules(locale);
    const met = new Set(Array.from({ length: 1001 }, (_, n) => rules.select(n)));
    const families = new Set(Object.keys(messages).filter((k) => k.includes("#")).map(base));
    for (const family of families) {
      for (const form of met) expect(messages, `${family}#${form}`).toHaveProperty([`${family}#${form}`]);
    }
  });
});

describe("filling places", () => {
  it("fills what it is given and leaves the rest to be seen", () => {
    expect(fill("{a} and {b}", { a: 1 })).toBe("1 and {b}");
  });

  it("chooses the plural form and writes the number as the language does", () => {
    const words = makeWords("de", "ltr", { "love.votes#one": "{count} Herz", "love.votes#other": "{count} Herzen" });
    expect(words.count("love.votes", 1)).toBe("1 Herz");
    expect(words.count("love.votes", 1200)).toBe("1.200 Herzen");
  });
});
