import type { Surface } from "./effects";

/** The light, 0 to 1, of an sRGB-encoded value from 0 to 1. */
export function toLight(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The sRGB-encoded value, 0 to 1, of light. */
export function fromLight(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** The light of each 8-bit value, and of 8-bit values the other way in fine steps. */
const LIGHT = Float32Array.from({ length: 256 }, (_, i) => toLight(i / 255));
const FINE = 4096;
const ENCODED = Uint8ClampedArray.from({ length: FINE + 1 }, (_, i) => Math.round(fromLight((i / FINE) ** 2) * 255));

/**
 * The share of light to take away so that black, mixed in as light, looks as dark as the
 * same strength of it among encoded values. The server has the same curve.
 */
export function deep(strength: number): number {
  const rest = 1 - strength;
  return 1 - rest * rest * (0.8 + 0.2 * rest);
}

/** Lays a sheet over the surface as light, which a canvas does not do by itself. */
export function mixLight(surface: Surface, sheet: CanvasRenderingContext2D, opacity = 1): void {
  const { canvas, context } = surface;
  const below = context.getImageData(0, 0, canvas.width, canvas.height);
  const above = sheet.getImageData(0, 0, canvas.width, canvas.height).data;
  const pixels = below.data;
  for (let i = 0; i < pixels.length; i += 4) {
    const share = (above[i + 3]! / 255) * opacity;
    if (share === 0) continue;
    for (let k = i; k < i + 3; k++) {
      const light = LIGHT[pixels[k]!]!;
      pixels[k] = ENCODED[Math.round(Math.sqrt(light + (LIGHT[above[k]!]! - light) * share) * FINE)]!;
    }
  }
  context.putImageData(below, 0, 0);
}
