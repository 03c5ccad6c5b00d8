import { Select } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { KitPageData } from "./api";
import css from "./voice.module.css";
import { textIn } from "./rules";

const languages = new Intl.DisplayNames(["en"], { type: "language" });

/** How the brand speaks and looks: tone, words, claims, pictures, and legal lines by market. */
export function VoicePart({ kit }: { kit: KitPageData }) {
  const [locale, setLocale] = useState(kit.locales.includes("en") ? "en" : (kit.locales[0] ?? "en"));
  const { voice, photo } = kit;
  const claims = voice.claims ?? [];
  const tone = textIn(voice.tone, locale);
  return (
    <>
      {kit.locales.length > 1 && (
        <Select
          className={css.language} label="Language" value={locale} onChange={(l) => l && setLocale(l)}
          data={kit.locales.map((l) => ({ value: l, label: languages.of(l) ?? l }))}
        />
      )}
      <div className={css.columns}>
        <Card title="Tone">{tone ? <blockquote lang={locale} dir="auto">{tone}</blockquote> : <Nothing>The kit says nothing of its tone.</Nothing>}</Card>
        <Card title="Pictures">
          {photo.style || photo.avoid ? (
            <>
              {photo.style && <p lang={locale} dir="auto"><b className={css.yes}>Yes</b> {textIn(photo.style, locale)}</p>}
              {photo.avoid && <p lang={locale} dir="auto"><b className={css.no}>No</b> {textIn(photo.avoid, locale)}</p>}
            </>
          ) : <Nothing>The kit says nothing of its pictures.</Nothing>}
        </Card>
        <Card title="Words that it likes"><Words words={voice.use?.[locale]} locale={locale} tone="yes" /></Card>
        <Card title="Words that it avoids"><Words words={voice.avoid?.[locale]} locale={locale} tone="no" /></Card>
      </div>
      <Card title="Claims" note="What may be said only with its footnote beside it.">
        {claims.length === 0 ? <Nothing>No word of this kit needs a footnote.</Nothing> : (
          <ul className={css.lines}>
            {claims.map((c) => (
              <li key={c.id}>
                <code>{c.id}</code>
                <Words words={c.words[locale]} locale={locale} />
                <p lang={locale} dir="auto">{textIn(c.footnote, locale)}</p>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="Legal lines" note="Sentences that stand beside the headline where a market asks for them.">
        {kit.legal.length === 0 ? <Nothing>No market of this kit asks for one.</Nothing> : (
          <ul className={css.lines}>
            {kit.legal.map((l) => (
              <li key={l.id}>
                <code>{l.id}</code>
                <span className={css.markets}>{(l.markets ?? []).length === 0 ? "all markets" : l.markets!.join(", ")}</span>
                <div>{Object.entries(l.text).map(([lang, text]) => <p key={lang} lang={lang} dir="auto"><small>{lang}</small> {text}</p>)}</div>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function Card({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className={`st-panel ${css.card}`}>
      <h2>{title}</h2>
      {note && <p className="st-soft">{note}</p>}
      {children}
    </section>
  );
}

const Nothing = ({ children }: { children: ReactNode }) => <p className="st-soft">{children}</p>;

function Words({ words, locale, tone }: { words: string[] | undefined; locale: string; tone?: "yes" | "no" }) {
  if (!words?.length) return <Nothing>None in this language.</Nothing>;
  return <ul className={css.words} data-tone={tone}>{words.map((w) => <li key={w} lang={locale} dir="auto">{w}</li>)}</ul>;
}
