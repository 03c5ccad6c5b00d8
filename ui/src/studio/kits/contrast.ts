/** The contrast of two colours, as WCAG 2.2 has it. */

function channels(hex: string): [number, number, number] {
  const at = (i: number) => Number.parseInt(hex.slice(i, i + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

/** The relative luminance of "#rrggbb", 0 to 1; an alpha is passed over. */
export function luminance(hex: string): number {
  const [r, g, b] = channels(hex);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** The contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** What a ratio is good for: "AAA" and "AA" for any text, "large" for large text and signs, "" for nothing that is read. */
export function grade(ratio: number): "AAA" | "AA" | "large" | "" {
  return ratio >= 7 ? "AAA" : ratio >= 4.5 ? "AA" : ratio >= 3 ? "large" : "";
}

/** A ratio in figures, rounded down so that it never promises what does not hold. */
export const ratioWords = (ratio: number) => (Math.floor(ratio * 10) / 10).toFixed(1);

/** "rgb(15 61 51)" of "#0F3D33". */
export function rgbWords(hex: string): string {
  return channels(hex).map((c) => Math.round(c * 255)).join(" ");
}

/** Whichever of black and white is read better on a colour. */
export const readableOn = (hex: string) => (luminance(hex) > 0.179 ? "#000000" : "#ffffff");
