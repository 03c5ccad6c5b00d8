import type { TextStyle } from "../../shared/types";
import { chineseFirst, chineseText } from "./chinese";

/** Large, so that rounding to whole pixels does not show in the measure. */
const MEASURED_AT = 1000;
/** What any Latin font has: the first font is enough. */
const PLAIN = /^[\u0000-\u00ff\u2013\u2014\u2018-\u201e\u2026\u20ac]*$/;
/** Letters whose widths differ from font to font, so that a missing one shows in them. */
const TELLING = /^[\u0000-\u024f\u1e00-\u1eff\u2000-\u206f\u20a0-\u20bf]*$/;
const BOUND = 200;

/** The kit's fonts for text, as the canvas needs them. */
export interface TypeSetter {
  /** A CSS font of this size in pixels, for a text. */
  font(size: number, text: string): string;
  /** The width of a text at size 1. */
  advance(text: string): number;
  /** A text cut where a line may break, each piece with the spaces after it. */
  pieces(text: string): string[];
  /** Loads the fonts that a text needs; a font that cannot be had is passed over. */
  ready(text: string): Promise<void>;
}

export function typeSetter(style: TextStyle): TypeSetter {
  // Each file gets a family of its own: by the kit's names the browser could choose
  // another weight that the page happens to have, and the server would not.
  const family = (index: number) => `"marquee-line-${index}"`;
  const stack = (count: number, last: string) => [...style.fonts.slice(0, count).map((_, i) => family(i)), last].join(", ");
  const families = stack(style.fonts.length, "sans-serif");
  const chinese = [...chineseFirst(style.fonts).map(family), "sans-serif"].join(", ");
  const font = (size: number, text: string) => `${size}px ${chineseText(text) ? chinese : families}`;
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  const cut = new Map<string, string[]>();
  const loading = new Map<string, Promise<void>>();

  const load = (index: number): Promise<void> => {
    const face = style.fonts[index];
    if (!face) return Promise.resolve();
    const begun = loading.get(face.url);
    if (begun) return begun;
    const made = new FontFace(`marquee-line-${index}`, `url("${encodeURI(face.url)}")`).load().then(
      (loaded) => {
        document.fonts.add(loaded);
        known.clear();
        cut.clear();
      },
      // The next font of the stack is shown instead; the next text asks again.
      () => void loading.delete(face.url),
    );
    loading.set(face.url, made);
    return made;
  };
  /** Whether the first fonts lack a letter: then what comes after them shows in the width. */
  const lacking = (text: string, count: number): boolean => {
    if (!context) return false;
    const [a, b] = ["monospace", "serif"].map((last) => {
      context.font = `100px ${stack(count, last)}`;
      return context.measureText(text).width;
    });
    return a !== b;
  };

  return {
    font,
    advance(text) {
      const measured = known.get(text);
      if (measured !== undefined) return measured;
      if (!context) return text.length * 0.5;
      context.font = font(MEASURED_AT, text);
      context.textRendering = "geometricPrecision";
      const advance = context.measureText(text).width / MEASURED_AT;
      if (known.size >= BOUND) known.clear();
      known.set(text, advance);
      return advance;
    },
    pieces(text) {
      let pieces = cut.get(text);
      if (!pieces) {
        pieces = pieced(text, font(20, text));
        if (cut.size >= BOUND) cut.clear();
        cut.set(text, pieces);
      }
      return pieces;
    },
    async ready(text) {
      if (PLAIN.test(text)) return load(0);
      if (!TELLING.test(text)) {
        await Promise.all(style.fonts.map((_, i) => load(i)));
        return;
      }
      for (let i = 0; i < style.fonts.length; i++) {
        await load(i);
        if (!lacking(text, i + 1)) return;
      }
    },
  };
}

/** Lets the browser break a text wherever it may, and reads where that was. */
function pieced(text: string, font: string): string[] {
  if (text === "") return [""];
  const box = document.createElement("div");
  const style = box.style;
  style.font = font;
  style.position = "absolute";
  style.inlineSize = "0";
  style.visibility = "hidden";
  style.whiteSpace = "pre-wrap";
  style.overflowWrap = "normal";
  style.wordBreak = "normal";
  style.hyphens = "manual";
  box.dir = directionOf(text);
  const node = document.createTextNode(text);
  box.append(node);
  document.body.append(box);
  try {
    const pieces: string[] = [];
    const range = document.createRange();
    let from = 0;
    let top: number | null = null;
    for (let i = 0; i < text.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const rect = range.getClientRects()[0];
      if (!rect || /\s/.test(text[i]!)) continue;
      // Fonts that stand in for each other differ a little in height.
      const middle = (rect.top + rect.bottom) / 2;
      if (top !== null && middle > top + 8) {
        pieces.push(text.slice(from, i));
        from = i;
      }
      top = middle;
    }
    pieces.push(text.slice(from));
    return pieces;
  } finally {
    box.remove();
  }
}

/** The direction of a line, by its first letter that has one. */
export function directionOf(text: string): "ltr" | "rtl" {
  const match = /[\p{L}]/u.exec(text);
  return match && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(match[0]) ? "rtl" : "ltr";
}
