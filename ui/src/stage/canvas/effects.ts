import type { Layer } from "../../shared/types";
import type { Box } from "./geometry";
import { paintShadow } from "./effect-shadow";
import { paintSnow } from "./effect-snow";
import { mixLight } from "./light";
import { grade, grain, vignette, type Tone } from "./effect-tone";

/** What effects paint on: the canvas with all that is below them, and its layers. */
export interface Surface {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
  /** From the composition's pixels to the canvas'. */
  scale: number;
  boxOf(layer: Layer): Box;
  layerOf(id: string): Layer | undefined;
  /** Draws what a layer shows, without blend mode, opacity or mask. */
  lay(target: CanvasRenderingContext2D, layer: Layer): void;
  /** Keeps of a sheet only what a layer's mask lets show. */
  mask(target: CanvasRenderingContext2D, layer: Layer): void;
  /** An empty canvas of the same size and scale. */
  sheet(): CanvasRenderingContext2D;
}

/** Paints an effect layer over what is on the surface already. */
export function paintEffect(surface: Surface, layer: Layer): void {
  switch (layer.effect) {
    case "shadow":
      return paintShadow(surface, layer);
    case "reflection":
      return reflect(surface, layer);
    case "snow":
      return paintSnow(surface, layer);
    case "grain":
      return tone(surface, layer, grain(layer, surface.scale));
    case "vignette":
      return tone(surface, layer, vignette(layer, surface.canvas.width, surface.canvas.height));
    case "grade":
      return tone(surface, layer, grade(layer));
  }
}

/** Changes the colours of what is there, pixel by pixel, as far as the mask lets it. */
function tone(surface: Surface, layer: Layer, change: Tone): void {
  const { canvas, context } = surface;
  const { width, height } = canvas;
  const picture = context.getImageData(0, 0, width, height);
  let share: Uint8ClampedArray | null = null;
  if (layer.mask) {
    const stamp = surface.sheet();
    stamp.save();
    stamp.setTransform(1, 0, 0, 1, 0, 0);
    stamp.fillStyle = "#ffffff";
    stamp.fillRect(0, 0, width, height);
    stamp.restore();
    surface.mask(stamp, layer);
    share = stamp.getImageData(0, 0, width, height).data;
  }
  const pixels = picture.data;
  const pixel = new Float32Array(3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const much = share ? share[i + 3]! / 255 : 1;
      if (much === 0) continue;
      for (let k = 0; k < 3; k++) pixel[k] = pixels[i + k]! / 255;
      change(pixel, x, y, much);
      for (let k = 0; k < 3; k++) pixels[i + k] = Math.round(Math.min(1, Math.max(0, pixel[k]!)) * 255);
    }
  }
  context.putImageData(picture, 0, 0);
}

/** Mirrors a layer at its foot, and fades the mirror image downwards. */
function reflect(surface: Surface, layer: Layer): void {
  const of = surface.layerOf(layer.of ?? "");
  if (!of) return;
  const shape = silhouette(surface, of);
  if (!shape) return;
  const { scale } = surface;
  const end = shape.foot + (shape.foot - shape.top) * (layer.size || 0.4);
  const image = surface.sheet();
  surface.lay(image, of);
  if (of.mask) surface.mask(image, of);
  const mirror = surface.sheet();
  mirror.setTransform(1, 0, 0, -1, 0, 2 * shape.foot * scale);
  mirror.drawImage(image.canvas, 0, 0);
  const stamp = surface.sheet();
  const gradient = stamp.createLinearGradient(0, shape.foot, 0, end);
  gradient.addColorStop(0, "#ffffffff");
  gradient.addColorStop(1, "#ffffff00");
  stamp.fillStyle = gradient;
  const box = reachOf(surface, of);
  stamp.fillRect(box.x0, shape.foot, box.x1 - box.x0, end - shape.foot);
  if (layer.mask) surface.mask(stamp, layer);
  mirror.setTransform(1, 0, 0, 1, 0, 0);
  mirror.globalCompositeOperation = "destination-in";
  mirror.drawImage(stamp.canvas, 0, 0);
  mixLight(surface, mirror, (layer.strength || 0.5) * (of.opacity || 1));
}

/** The alpha of a layer, coarse, and where it stands, in the composition's pixels. */
export interface Silhouette {
  canvas: HTMLCanvasElement;
  /** The canvas' pixels are this many of the composition's pixels' size, from x0, y0 on. */
  grid: number;
  x0: number;
  y0: number;
  x1: number;
  top: number;
  foot: number;
  left: number;
  right: number;
}

const SILHOUETTE = 384;
const SOLID = 0.25 * 255;

/** The upright rectangle that a layer may touch. Paths may stand out of their box. */
export function reachOf(surface: Surface, layer: Layer): { x0: number; y0: number; x1: number; y1: number } {
  const box = surface.boxOf(layer);
  const turn = (box.rotation * Math.PI) / 180;
  const more = layer.shape === "path" ? 0.5 : 0;
  const [w, h] = [box.width * (0.5 + more), box.height * (0.5 + more)];
  const dx = w * Math.abs(Math.cos(turn)) + h * Math.abs(Math.sin(turn));
  const dy = w * Math.abs(Math.sin(turn)) + h * Math.abs(Math.cos(turn));
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  return { x0: cx - dx, y0: cy - dy, x1: cx + dx, y1: cy + dy };
}

/** Draws a layer with its mask on a small canvas and finds its foot; null if it is empty. */
export function silhouette(surface: Surface, layer: Layer): Silhouette | null {
  const { x0, y0, x1, y1 } = reachOf(surface, layer);
  const grid = Math.min(surface.scale, SILHOUETTE / Math.max(x1 - x0, y1 - y0, 1));
  const canvas = document.createElement("canvas");
  const width = (canvas.width = Math.max(1, Math.ceil((x1 - x0) * grid)));
  const height = (canvas.height = Math.max(1, Math.ceil((y1 - y0) * grid)));
  const context = canvas.getContext("2d")!;
  context.setTransform(grid, 0, 0, grid, -x0 * grid, -y0 * grid);
  surface.lay(context, layer);
  if (layer.mask) surface.mask(context, layer);
  const { data } = context.getImageData(0, 0, width, height);
  const solid = (x: number, y: number) => data[(y * width + x) * 4 + 3]! > SOLID;
  let first = -1;
  let last = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!solid(x, y)) continue;
      if (first < 0) first = y;
      last = y;
      break;
    }
  }
  if (first < 0) return null;
  // The foot's width is looked for a little higher up: round bottoms touch in one point.
  let low = width;
  let high = -1;
  for (let y = last; y >= Math.max(first, last - Math.floor((last - first) / 10)); y--) {
    for (let x = 0; x < width; x++) {
      if (!solid(x, y)) continue;
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
  }
  return {
    canvas,
    grid,
    x0,
    y0,
    x1,
    top: y0 + first / grid,
    foot: y0 + (last + 1) / grid,
    left: x0 + low / grid,
    right: x0 + (high + 1) / grid,
  };
}
