import type { Layer, TextStyle } from "../../shared/types";
import { clamp, shorter, type Setting } from "./setting";
import { directionOf } from "./type";

/** One line of a text as it is drawn. Lengths are canvas pixels from the box's top left. */
export interface SetLine {
  text: string;
  start: number;
  baseline: number;
  direction: "ltr" | "rtl";
}

/** A text at the size at which it fills its box. */
export interface SetText {
  size: number;
  height: number;
  lines: SetLine[];
}

/** What may not be broken, with the spaces after it; lengths at size 1. */
interface Piece {
  text: string;
  ink: number;
  full: number;
}

interface Paragraph {
  pieces: Piece[];
  direction: "ltr" | "rtl";
}

const HAIR = 1e-9;

/** The line the letters stand on, below the top of a box of this height. */
export function baseline(size: number, height: number, style: TextStyle): number {
  return (height - (style.ascent + style.descent) * size) / 2 + style.ascent * size;
}

/**
 * Sets a text as the server does: one line at the size that fills the box's width, or
 * up to `lines` lines that are about equally long, at the largest size that fits.
 */
export function setText(layer: Layer, setting: Setting): SetText {
  const text = layer.text ?? "";
  const style = setting.text;
  const least = style.min_size_share * shorter(setting);
  const most = style.max_size_share * shorter(setting);
  if (!layer.lines || layer.lines <= 1) {
    const advance = setting.advance(text);
    const size = clamp(advance > 0 ? layer.width / advance : least, least, most);
    const height = size * style.line_height;
    const direction = directionOf(text);
    // A line that cannot become small enough stands out evenly on both sides.
    const middle = (layer.width - advance * size) / 2;
    const start = aligned(layer.align, direction, middle);
    return { size, height, lines: [{ text, start, baseline: baseline(size, height, style), direction }] };
  }
  const paragraphs = text.split("\n").map((words) => paragraph(words, setting));
  const atMost = Math.min(layer.lines, 8);
  let size = clamp(layer.width / narrowest(paragraphs, atMost), least, most);
  // At the largest size the box may be wider than needed: the fewest lines that fit.
  const needed = sum(paragraphs, (p) => broken(p, (layer.width / size) * (1 + HAIR)).length);
  const wrap = narrowest(paragraphs, needed) * (1 + HAIR);
  const lines = paragraphs.flatMap((p) =>
    broken(p, wrap).map((words) => ({ words, direction: p.direction, advance: setting.advance(words) })),
  );
  const longest = Math.max(...lines.map((line) => line.advance));
  if (longest * size > layer.width) size = Math.max(least, layer.width / longest);
  const height = size * style.line_height;
  return {
    size,
    height: height * lines.length,
    lines: lines.map((line, i) => ({
      text: line.words,
      start: aligned(layer.align, line.direction, (layer.width - line.advance * size) / 2),
      baseline: i * height + baseline(size, height, style),
      direction: line.direction,
    })),
  };
}

/** The least width of a text's box at size 1. */
export function leastAdvance(layer: Layer, setting: Setting): number {
  const text = layer.text ?? "";
  if (!layer.lines || layer.lines <= 1) return setting.advance(text);
  return narrowest(
    text.split("\n").map((words) => paragraph(words, setting)),
    Math.min(layer.lines, 8),
  );
}

function aligned(align: Layer["align"], direction: "ltr" | "rtl", middle: number): number {
  if (align !== "start" && align !== "end") return middle;
  return (align === "start") === (direction === "ltr") ? 0 : 2 * middle;
}

function paragraph(words: string, setting: Setting): Paragraph {
  const pieces = setting.pieces(words).map((text) => ({
    text,
    ink: setting.advance(text.trimEnd()),
    full: setting.advance(text),
  }));
  return { pieces, direction: directionOf(words) };
}

/** The lines of a paragraph at a wrapping width; a piece wider than that stands alone. */
function broken({ pieces }: Paragraph, wrap: number): string[] {
  const lines: string[] = [];
  let line = "";
  let length = 0;
  pieces.forEach((piece, i) => {
    if (i > 0 && length + piece.ink > wrap) {
      lines.push(line.trimEnd());
      line = "";
      length = 0;
    }
    line += piece.text;
    length += piece.full;
  });
  lines.push(line.trimEnd());
  return lines;
}

/** The smallest wrapping width at which paragraphs take no more than `lines` lines. */
function narrowest(paragraphs: Paragraph[], lines: number): number {
  let low = 1e-3;
  let high = 1e-3;
  for (const { pieces } of paragraphs) {
    let length = 0;
    for (const piece of pieces) {
      low = Math.max(low, piece.ink);
      high = Math.max(high, length + piece.ink);
      length += piece.full;
    }
  }
  const needs = (wrap: number) => sum(paragraphs, (p) => broken(p, wrap * (1 + HAIR)).length);
  if (needs(low) <= lines) return low;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (needs(middle) <= lines) high = middle;
    else low = middle;
  }
  return high;
}

function sum<T>(all: T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
