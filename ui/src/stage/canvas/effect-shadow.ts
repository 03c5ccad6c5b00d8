import type { Layer } from "../../shared/types";
import { reachOf, silhouette, type Surface } from "./effects";
import { deep, mixLight } from "./light";

const SPRITE = 512;

/** Softens one channel by a Gaussian of this sigma, as three runs of a box. */
export function soften(pixels: Float32Array, width: number, height: number, sigma: number): void {
  const boxes = boxesFor(sigma);
  const line = new Float32Array(Math.max(width, height));
  for (const radius of boxes) {
    if (radius < 1) continue;
    for (let y = 0; y < height; y++) run(pixels, line, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) run(pixels, line, x, width, height, radius);
  }
}

/** The radii of three boxes that together are nearly a Gaussian. */
function boxesFor(sigma: number): number[] {
  const ideal = Math.sqrt(4 * sigma * sigma + 1);
  let low = Math.floor(ideal);
  if (low % 2 === 0) low--;
  const narrow = Math.round((12 * sigma * sigma - 3 * low * low - 12 * low - 9) / (-4 * low - 4));
  return [0, 1, 2].map((i) => ((i < narrow ? low : low + 2) - 1) / 2);
}

/** The mean of a box along a row or a column; what is at the end goes on outside. */
function run(pixels: Float32Array, line: Float32Array, from: number, step: number, length: number, radius: number): void {
  for (let i = 0; i < length; i++) line[i] = pixels[from + i * step]!;
  const at = (i: number) => line[Math.min(length - 1, Math.max(0, i))]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < length; i++) {
    pixels[from + i * step] = sum / (2 * radius + 1);
    sum += at(i + radius + 1) - at(i - radius);
  }
}

/** What a layer casts on the ground, leaning and fading, darker where it stands. */
export function paintShadow(surface: Surface, layer: Layer): void {
  const of = surface.layerOf(layer.of ?? "");
  const shape = of && silhouette(surface, of);
  if (!of || !shape) return;
  const wide = surface.boxOf(of).width;
  const length = layer.size || 0.25;
  const lean = Math.abs(length) * Math.tan(((layer.angle ?? 0) * Math.PI) / 180);
  const sigma = (layer.soft || 0.04) * wide;
  // From the layer to the ground: heights above the foot become lengths.
  const cast = new DOMMatrix([1, 0, -lean, -length, shape.foot * lean, shape.foot + shape.foot * length]);
  const around = reachOf(surface, of);
  const corners = [
    cast.transformPoint({ x: around.x0, y: shape.top }),
    cast.transformPoint({ x: around.x1, y: shape.top }),
    cast.transformPoint({ x: around.x0, y: shape.foot }),
    cast.transformPoint({ x: around.x1, y: shape.foot }),
  ];
  const flat = 0.05 * wide;
  const pad = 3 * sigma + 2;
  const x0 = Math.min(...corners.map((p) => p.x), shape.left) - pad;
  const x1 = Math.max(...corners.map((p) => p.x), shape.right) + pad;
  const y0 = Math.min(...corners.map((p) => p.y), shape.foot - flat) - pad;
  const y1 = Math.max(...corners.map((p) => p.y), shape.foot + flat) + pad;
  const grid = Math.min(surface.scale, SPRITE / Math.max(x1 - x0, y1 - y0, 1));
  const sprite = document.createElement("canvas");
  const width = (sprite.width = Math.max(1, Math.ceil((x1 - x0) * grid)));
  const height = (sprite.height = Math.max(1, Math.ceil((y1 - y0) * grid)));
  const context = sprite.getContext("2d")!;
  const view = new DOMMatrix([grid, 0, 0, grid, -x0 * grid, -y0 * grid]);
  const seen = new DOMMatrix([1 / shape.grid, 0, 0, 1 / shape.grid, shape.x0, shape.y0]);
  context.setTransform(view.multiply(cast).multiply(seen));
  context.drawImage(shape.canvas, 0, 0);
  const image = context.getImageData(0, 0, width, height);
  const alpha = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const away = (y0 + (y + 0.5) / grid - shape.foot) / ((shape.foot - shape.top) * length);
    const fade = 1 - 0.85 * Math.min(1, Math.max(0, away));
    for (let x = 0; x < width; x++) alpha[y * width + x] = (image.data[(y * width + x) * 4 + 3]! / 255) * fade;
  }
  touch(alpha, width, height, view, shape, flat);
  soften(alpha, width, height, Math.max(sigma * grid, 0.7));
  const strength = deep((layer.strength || 0.5) * (of.opacity || 1));
  const stain = document.createElement("canvas");
  stain.width = width;
  stain.height = height;
  const stained = stain.getContext("2d")!;
  for (let i = 0; i < alpha.length; i++) image.data[i * 4 + 3] = Math.round(alpha[i]! * strength * 255);
  stained.putImageData(image, 0, 0);
  stained.globalCompositeOperation = "source-in";
  stained.fillStyle = layer.color || "#000000";
  stained.fillRect(0, 0, width, height);

  const target = surface.sheet();
  target.save();
  target.translate(x0, y0);
  target.scale(1 / grid, 1 / grid);
  target.drawImage(stain, 0, 0);
  target.restore();
  if (layer.mask) surface.mask(target, layer);
  mixLight(surface, target);
}

/** A darker touch where the layer stands. */
function touch(
  alpha: Float32Array,
  width: number,
  height: number,
  view: DOMMatrix,
  shape: { left: number; right: number; foot: number },
  flat: number,
): void {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  context.setTransform(view);
  context.fillStyle = "#000000cc";
  const middle = (shape.left + shape.right) / 2;
  context.beginPath();
  context.ellipse(middle, shape.foot, Math.max((shape.right - shape.left) / 2, flat), flat, 0, 0, 2 * Math.PI);
  context.fill();
  const { data } = context.getImageData(0, 0, width, height);
  for (let i = 0; i < alpha.length; i++) {
    const a = data[i * 4 + 3]! / 255;
    alpha[i] = a + alpha[i]! * (1 - a);
  }
}
