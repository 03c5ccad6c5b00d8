import type { Layer } from "../../shared/types";
import { hash } from "./effect-tone";
import type { Surface } from "./effects";
import { mixLight } from "./light";

const LEAST = 60;
const MOST = 700;
const unit = (a: number, b: number, c: number) => hash(a, b, c) / 2 ** 32;
const part = (n: number) => n - Math.floor(n);

interface Flake {
  x: number;
  y: number;
  radius: number;
  stretch: number;
  alpha: number;
}

/** The flakes of a snow layer on a canvas of this size, small and far ones first. */
export function flakes(layer: Layer, width: number, height: number): Flake[] {
  const seed = layer.seed ?? 0;
  const size = ((layer.size || 1) * Math.sqrt(width * height)) / 1000;
  const count = LEAST + Math.floor((layer.strength || 0.5) * (MOST - LEAST));
  const all = Array.from({ length: count }, (_, i): Flake => {
    const r = (of: number) => unit(i * 8 + of, seed, 0x5eed);
    // The golden ratio's plane cousin spreads flakes evenly; a jitter hides it.
    const x = part(r(0) * 0.04 + i * 0.7548776662466927 + (seed % 997) / 997) * width;
    const y = part(r(1) * 0.04 + i * 0.5698402909980532) * height;
    const near = r(2) ** 3.2;
    const radius = (1.6 + 12 * near) * (0.75 + 0.5 * r(3)) * size;
    return { x, y, radius, stretch: 1 + 0.35 * near, alpha: (0.95 - 0.55 * near) * (0.5 + 0.5 * r(4)) };
  });
  return all.sort((a, b) => a.radius - b.radius);
}

/** Snow falls in front of what is below it. */
export function paintSnow(surface: Surface, layer: Layer): void {
  const { canvas, scale } = surface;
  const target = surface.sheet();
  const color = (layer.color || "#f2f8ff").slice(0, 7);
  const alpha = (share: number) => color + Math.round(share * 255).toString(16).padStart(2, "0");
  const gradient = target.createRadialGradient(0, 0, 0, 0, 0, 1);
  gradient.addColorStop(0, alpha(1));
  gradient.addColorStop(0.3, alpha(0.75));
  gradient.addColorStop(0.55, alpha(0.28));
  gradient.addColorStop(0.8, alpha(0.05));
  gradient.addColorStop(1, alpha(0));
  for (const flake of flakes(layer, canvas.width / scale, canvas.height / scale)) {
    target.save();
    target.translate(flake.x, flake.y);
    target.rotate((-(layer.angle ?? 0) * Math.PI) / 180);
    target.scale(flake.radius, flake.radius * flake.stretch);
    target.globalAlpha = flake.alpha;
    target.fillStyle = gradient;
    target.fillRect(-1, -1, 2, 2);
    target.restore();
  }
  if (layer.mask) surface.mask(target, layer);
  mixLight(surface, target);
}
