import type { Layer } from "../../shared/types";
import { deep, fromLight, toLight } from "./light";

/** Changes one pixel's colour, 0 to 1 a channel; `much` is how far it may. */
export type Tone = (pixel: Float32Array, x: number, y: number, much: number) => void;

/** Mixes three numbers into one that looks random, the same as on the server. */
export function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  h = Math.imul(h, 0x297a2d39);
  h ^= h >>> 15;
  return h >>> 0;
}

function lightness(pixel: Float32Array): number {
  return 0.2126 * pixel[0]! + 0.7152 * pixel[1]! + 0.0722 * pixel[2]!;
}

/** A colour as #rrggbb, 0 to 1 a channel. */
export function channels(hex: string): [number, number, number] {
  const n = Number.parseInt(hex.slice(1, 7), 16) || 0;
  return [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

/** Film grain: noise on a lattice that belongs to the composition, not to the screen. */
export function grain(layer: Layer, scale: number): Tone {
  const cell = (layer.size || 1.5) * scale;
  const amount = 0.2 * (layer.strength || 0.5) * Math.min(1, cell);
  const seed = layer.seed ?? 0;
  const at = (column: number, row: number) => {
    const h = hash(column, row, seed);
    return (h & 0xffff) / 65535 + (h >>> 16) / 65535 - 1;
  };
  return (pixel, x, y, much) => {
    const v = (y + 0.5) / cell - 0.5;
    const u = (x + 0.5) / cell - 0.5;
    const [row, column] = [Math.floor(v), Math.floor(u)];
    const [fy, fx] = [v - row, u - column];
    const above = at(column, row) + (at(column + 1, row) - at(column, row)) * fx;
    const below = at(column, row + 1) + (at(column + 1, row + 1) - at(column, row + 1)) * fx;
    const light = lightness(pixel);
    const noise = (above + (below - above) * fy) * amount * (0.35 + 2.6 * light * (1 - light)) * much;
    for (let k = 0; k < 3; k++) pixel[k]! += noise;
  };
}

/** Mixes a colour in towards the corners, as light. */
export function vignette(layer: Layer, width: number, height: number): Tone {
  const inner = 1 - (layer.size || 0.6);
  const strength = layer.strength || 0.5;
  const color = channels(layer.color || "#000000").map(toLight);
  return (pixel, x, y, much) => {
    const dx = ((x + 0.5) / width) * 2 - 1;
    const dy = ((y + 0.5) / height) * 2 - 1;
    const t = Math.min(1, (Math.sqrt((dx * dx + dy * dy) / 2) - inner) / (1 - inner));
    if (t <= 0) return;
    const share = deep(t * t * (3 - 2 * t) * strength) * much;
    for (let k = 0; k < 3; k++) {
      const light = toLight(pixel[k]!);
      pixel[k] = fromLight(light + (color[k]! - light) * share);
    }
  };
}

/** Moves dark, middle and light tones towards the colours of a ramp. */
export function grade(layer: Layer): Tone {
  const stops = (layer.fill?.stops ?? []).map((stop) => ({ at: stop.at, color: channels(stop.color) }));
  const strength = layer.strength || 0.5;
  const shift = Array.from({ length: 257 }, (_, i) => {
    const t = i / 256;
    let color = stops[0]?.color ?? [t, t, t];
    for (let k = 1; k < stops.length; k++) {
      const [a, b] = [stops[k - 1]!, stops[k]!];
      if (t >= b.at) color = b.color;
      else if (t > a.at) {
        const f = (t - a.at) / (b.at - a.at);
        color = [0, 1, 2].map((c) => a.color[c]! + (b.color[c]! - a.color[c]!) * f) as [number, number, number];
      }
    }
    return color.map((c) => (toLight(c) - toLight(t)) * strength);
  });
  return (pixel, _x, _y, much) => {
    for (let k = 0; k < 3; k++) pixel[k] = toLight(pixel[k]!);
    const t = Math.min(1, Math.max(0, fromLight(lightness(pixel)))) * 256;
    const i = Math.min(255, Math.floor(t));
    const [p, q] = [shift[i]!, shift[i + 1]!];
    for (let k = 0; k < 3; k++) {
      pixel[k] = fromLight(Math.min(1, Math.max(0, pixel[k]! + (p[k]! + (q[k]! - p[k]!) * (t - i)) * much)));
    }
  };
}
