import type { Mark, Sticker, TextStyle } from "../../shared/types";

/** What a composition is laid out with. */
export interface Setting {
  width: number;
  height: number;
  marks: Mark[];
  stickers: Sticker[];
  text: TextStyle;
  /** A text's width at size 1. */
  advance(text: string): number;
  /** A text cut where a line may break. */
  pieces(text: string): string[];
  /** Width divided by height of a cut-out's picture, once it is known. */
  cutoutAspect?(id: string): number | undefined;
}

/** The canvas's shorter side, which all shares of a kit's rules are of. */
export function shorter(setting: Setting): number {
  return Math.min(setting.width, setting.height);
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, Math.min(least, most)), Math.max(least, most));
}
