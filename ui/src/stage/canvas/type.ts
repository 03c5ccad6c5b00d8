import type { TextStyle } from "../../shared/types";

/** Large, so that rounding to whole pixels does not show in the measure. */
const MEASURED_AT = 1000;
/** Latin with its marks and punctuation: the first font has these. */
const PLAIN = /^[\u0000-\u024f\u2000-\u206f\u20ac]*$/;

/** The kit's fonts for the text line, as the canvas needs them. */
export interface TypeSetter {
  /** A CSS font of this size in pixels. */
  font(size: number): string;
  /** The width of a text at size 1. */
  advance(text: string): number;
  /** Loads the fonts that a text needs; a font that cannot be had is passed over. */
  ready(text: string): Promise<void>;
}

export function typeSetter(style: TextStyle): TypeSetter {
  // Each file gets a family of its own: by the kit's names the browser could choose
  // another weight that the page happens to have, and the server would not.
  const family = (index: number) => `marquee-line-${index}`;
  const families = [...style.fonts.map((_, i) => `"${family(i)}"`), "sans-serif"].join(", ");
  const font = (size: number) => `${size}px ${families}`;
  const context = document.createElement("canvas").getContext("2d");
  const known = new Map<string, number>();
  const loaded = new Set<string>();

  const load = async (face: TextStyle["fonts"][number], index: number) => {
    if (loaded.has(face.url)) return;
    try {
      const made = await new FontFace(family(index), `url("${encodeURI(face.url)}")`).load();
      document.fonts.add(made);
      loaded.add(face.url);
      known.clear();
    } catch {
      // The next font of the stack is shown instead, as the server does.
    }
  };

  return {
    font,
    advance(text) {
      const measured = known.get(text);
      if (measured !== undefined) return measured;
      if (!context) return text.length * 0.5;
      context.font = font(MEASURED_AT);
      context.textRendering = "geometricPrecision";
      const advance = context.measureText(text).width / MEASURED_AT;
      known.set(text, advance);
      return advance;
    },
    async ready(text) {
      const needed = PLAIN.test(text) ? style.fonts.slice(0, 1) : style.fonts;
      await Promise.all(needed.map(load));
    },
  };
}

/** The direction of a line, by its first letter that has one. */
export function directionOf(text: string): "ltr" | "rtl" {
  const match = /[\p{L}]/u.exec(text);
  return match && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(match[0]) ? "rtl" : "ltr";
}
