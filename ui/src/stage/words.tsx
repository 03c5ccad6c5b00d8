import { createContext, useContext, type ReactNode } from "react";
import type en from "../../../locales/stage/en.json";
import { speak } from "../shared/api";

/** Every key a page may ask for; English is the source. */
export type WordKey = keyof typeof en;
type Family<K> = K extends `${infer Base}#other` ? Base : never;
/** A key that comes in plural forms, written `key#one`, `key#other` … in the files. */
export type PluralKey = Family<WordKey>;
export type Params = Record<string, string | number>;
export type Messages = Record<string, string>;

/** The words of one language, and its way with numbers, dates and lists. */
export interface Words {
  locale: string;
  dir: "ltr" | "rtl";
  t(key: WordKey, params?: Params): string;
  /** The plural form for `count`; `{count}` is filled in as the language writes it. */
  count(key: PluralKey, count: number, params?: Params): string;
  number(value: number): string;
  percent(share: number): string;
  date(iso: string): string;
  dateTime(iso: string): string;
  list(items: string[]): string;
  /** Text with `{name}` places filled by elements, for links inside a sentence. */
  rich(key: WordKey, nodes: Record<string, ReactNode>): ReactNode[];
}

const PLACE = /\{(\w+)\}/g;

/** Fills `{name}` places; a place without a value stays as it is, so that it is seen. */
export function fill(text: string, params: Params = {}): string {
  return text.replace(PLACE, (whole, name: string) => String(params[name] ?? whole));
}

/** Makes the words of a language from its messages. */
export function makeWords(locale: string, dir: "ltr" | "rtl", messages: Messages): Words {
  const plural = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const say = (params: Params = {}): Params =>
    Object.fromEntries(
      Object.entries(params).map(([k, v]) => [k, typeof v === "number" ? numbers.format(v) : v]),
    );
  const get = (key: string) => messages[key] ?? key;
  const when = (format: Intl.DateTimeFormat, iso: string) => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? "" : format.format(date);
  };
  return {
    locale,
    dir,
    t: (key, params) => fill(get(key), say(params)),
    count: (key, count, params) => {
      const form = `${key}#${plural.select(count)}`;
      return fill(messages[form] ?? get(`${key}#other`), say({ ...params, count }));
    },
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    date: (iso) => when(days, iso),
    dateTime: (iso) => when(moments, iso),
    list: (items) => lists.format(items),
    rich: (key, nodes) =>
      get(key)
        .split(PLACE)
        .map((piece, i) => (i % 2 === 0 ? piece : <span key={piece}>{nodes[piece]}</span>)),
  };
}

const files = import.meta.glob<Messages>("../../../locales/stage/*.json", { import: "default" });

/** Languages the interface itself is written in. */
export function spoken(): string[] {
  return Object.keys(files).map((path) => path.replace(/^.*\/|\.json$/g, ""));
}

/** Loads the messages of a language; English when there are none. */
export async function loadMessages(locale: string): Promise<Messages> {
  const wanted = [locale, locale.split("-")[0], "en"];
  for (const code of wanted) {
    const load = files[`../../../locales/stage/${code}.json`];
    if (load) return load();
  }
  return {};
}

const WordsContext = createContext<Words>(makeWords("en", "ltr", {}));

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  return useContext(WordsContext);
}

const COOKIE = "marquee_locale";

/** Remembers a language chosen by hand, so that the server's next page is in it too. */
export function rememberLocale(locale: string): void {
  document.cookie = `${COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** Loads a language and makes the whole page speak it. */
export async function speakLocale(locale: string, dir: "ltr" | "rtl"): Promise<Words> {
  const messages = await loadMessages(locale);
  speak(locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = dir;
  return makeWords(locale, dir, messages);
}
