import type { Layer } from "../../shared/types";
import { hash } from "./effect-tone";
import type { Surface } from "./effects";

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
    return { x, y, radius, stretch: 1 + 0.35 * near, alpha: (0.95 - 0.45 * near) * (0.6 + 0.4 * r(4)) };
  });
  return all.sort((a, b) => a.radius - b.radius);
}

/** Snow falls in front of what is below it. */
export function paintSnow(surface: Surface, layer: Layer): void {
  const { canvas, scale } = surface;
  const target = layer.mask ? surface.sheet() : surface.context;
  const color = (layer.color || "#ffffff").slice(0, 7);
  const alpha = (share: number) => color + Math.round(share * 255).toString(16).padStart(2, "0");
  const gradient = target.createRadialGradient(0, 0, 0, 0, 0, 1);
  gradient.addColorStop(0, alpha(1));
  gradient.addColorStop(0.35, alpha(0.85));
  gradient.addColorStop(0.7, alpha(0.3));
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
  if (target === surface.context) return;
  surface.mask(target, layer);
  surface.context.save();
  surface.context.setTransform(1, 0, 0, 1, 0, 0);
  surface.context.drawImage(target.canvas, 0, 0);
  surface.context.restore();
}
