import { useEffect } from "react";
import type { Font, KitPageData } from "./api";
import { sampleLanguages, samples } from "./samples";
import { percent } from "./rules";
import css from "./type.module.css";

const uses: Record<string, string> = { display: "Headlines", text: "Running text", strong: "Strong text" };

/** The type as it is set: each stack in the scripts that it covers, and the fonts with their licences. */
export function TypePart({ kit }: { kit: KitPageData }) {
  useFonts(kit);
  const fonts = new Map(kit.fonts.map((f) => [f.id, f]));
  const t = kit.text;
  return (
    <>
      <div className={css.stacks}>
        {kit.stacks.filter((s) => s.fonts.length > 0).map((s) => <Stack key={s.name} name={s.name} kit={kit} fonts={s.fonts.flatMap((id) => fonts.get(id) ?? [])} />)}
      </div>
      <section className={css.block}>
        <h2>Headlines on pictures</h2>
        <p>
          Set in the {t.stack} fonts, at most {t.max_characters} characters, {percent(t.min_size_share)} to {percent(t.max_size_share)} of the shorter side high,
          tilted by at most {t.max_rotation}°, {percent(t.clear_space)} of its size away from marks. {t.colors.light && <>On light grounds in <b>{t.colors.light}</b>, </>}{t.colors.dark && <>on dark ones in <b>{t.colors.dark}</b>.</>}
        </p>
      </section>
      <section className={css.block}>
        <h2>Fonts</h2>
        <ul className={css.fonts}>
          {byFamily(kit.fonts).map((f) => (
            <li key={f.family}>
              <b>{f.family}</b>
              <span>{f.weights}</span>
              <small>{f.scripts}; {f.licence}</small>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

const different = (words: (string | number)[]) => [...new Set(words)].join(", ");

/** The families with all that their files hold. */
function byFamily(fonts: Font[]) {
  return [...new Set(fonts.map((f) => f.family))].map((family) => {
    const files = fonts.filter((f) => f.family === family);
    return {
      family,
      weights: different(files.map((f) => (f.style === "normal" ? f.weight : `${f.weight} ${f.style}`))),
      scripts: different(files.flatMap((f) => f.scripts)),
      licence: different(files.map((f) => f.licence)),
    };
  });
}

/** Each face has a name of its own, so that no other kit's is taken for it. */
const faceName = (kit: KitPageData, font: Font) => `kit-${kit.hash.slice(0, 10)}-${font.id}`;

/** Makes a kit's fonts known to the page; a browser loads one when it is first needed. */
function useFonts(kit: KitPageData) {
  useEffect(() => {
    const faces = kit.fonts.map((f) => new FontFace(faceName(kit, f), `url("${f.url}")`, { display: "swap" }));
    for (const face of faces) document.fonts.add(face);
    return () => {
      for (const face of faces) document.fonts.delete(face);
    };
  }, [kit]);
}

function Stack({ name, kit, fonts }: { name: string; kit: KitPageData; fonts: Font[] }) {
  const family = fonts.map((f) => `"${faceName(kit, f)}"`).join(", ") + ", sans-serif";
  const scripts = [...new Set(fonts.flatMap((f) => f.scripts))];
  const families = (script: string) => [...new Set(fonts.filter((f) => f.scripts.includes(script)).map((f) => f.family))].slice(0, 1).join("");
  return (
    <article className={`st-panel ${css.stack}`}>
      <h2>{uses[name] ?? name}</h2>
      <p className={css.name} style={{ fontFamily: family }}>{kit.name}</p>
      <ul>
        {scripts.map((s) => samples[s] && (
          <li key={s}>
            <p lang={sampleLanguages[s]} dir="auto" style={{ fontFamily: family }}>{samples[s]}</p>
            <small>{s}, {families(s)}</small>
          </li>
        ))}
      </ul>
    </article>
  );
}
