import type { Composition, Fill, Layer, Mask } from "../../shared/types";
import { paintEffect, type Surface } from "./effects";
import { boxOf, painted, type Box, type Setting } from "./geometry";
import { setText } from "./set-text";

/** What the painter is given besides the composition. */
export interface Palette {
  /** A CSS font of the kit's type at a size in pixels. */
  font(size: number, text: string): string;
  /** The picture of a layer that is one, when it has come. */
  picture(layer: Layer): HTMLImageElement | null;
}

/** A turn in radians that moves the ends of a thousand pixels by a quarter of one. */
const UNSEEN = 5.2e-4;

const BLENDS: Record<string, GlobalCompositeOperation> = { "plus-lighter": "lighter", normal: "source-over" };

/**
 * Paints a composition on a canvas that is `scale` times as large as it, as the
 * server's compositor does: marks last, colours mixed as they are encoded.
 */
export function paint(canvas: HTMLCanvasElement, doc: Composition, setting: Setting, palette: Palette, scale: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const surface: Surface = {
    canvas,
    context,
    scale,
    boxOf: (layer) => boxOf(layer, setting),
    layerOf: (id) => doc.layers.find((layer) => layer.id === id),
    lay: (target, layer) => lay(target, layer, setting, palette),
    mask: (target, layer) => mask(target, layer.mask, layer.kind === "effect" ? whole(setting) : boxOf(layer, setting)),
    sheet: () => sheet(canvas.width, canvas.height, scale),
  };
  for (const layer of painted(doc.layers)) {
    context.setTransform(scale, 0, 0, scale, 0, 0);
    if (layer.kind === "effect") paintEffect(surface, layer);
    else put(surface, layer);
  }
}

function whole(setting: Setting): Box {
  return { x: 0, y: 0, width: setting.width, height: setting.height, rotation: 0 };
}

/** A cleared canvas of its own, drawn to in the composition's pixels. */
function sheet(width: number, height: number, scale: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

/** Lays a layer down with its blend mode, opacity and mask. */
function put(surface: Surface, layer: Layer): void {
  const { context } = surface;
  const plain = layer.kind === "mark" || layer.kind === "picture";
  context.save();
  if (!plain) {
    context.globalCompositeOperation = BLENDS[layer.blend ?? ""] ?? ((layer.blend || "source-over") as GlobalCompositeOperation);
    context.globalAlpha = layer.opacity || 1;
  }
  if (plain || !layer.mask) {
    surface.lay(context, layer);
  } else {
    const apart = surface.sheet();
    surface.lay(apart, layer);
    surface.mask(apart, layer);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(apart.canvas, 0, 0);
  }
  context.restore();
}

/** Turns a context so that 0,0 is a box's top left corner. */
export function enter(context: CanvasRenderingContext2D, box: Box): void {
  context.translate(box.x + box.width / 2, box.y + box.height / 2);
  context.rotate((box.rotation * Math.PI) / 180);
  context.translate(-box.width / 2, -box.height / 2);
}

/** Draws what a layer shows, without blend mode, opacity or mask. */
function lay(context: CanvasRenderingContext2D, layer: Layer, setting: Setting, palette: Palette): void {
  const box = boxOf(layer, setting);
  context.save();
  enter(context, box);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  switch (layer.kind) {
    case "text":
      letters(context, layer, setting, palette);
      break;
    case "shape":
      context.fillStyle = ink(context, layer.fill, box.width, box.height);
      context.fill(outline(layer, box.width, box.height));
      break;
    case "effect":
      break;
    default: {
      const image = palette.picture(layer);
      if (image) cover(context, image, box.width, box.height);
    }
  }
  context.restore();
}

/** Draws a picture over a box; what sticks out on two sides is cut off evenly. */
function cover(context: CanvasRenderingContext2D, image: HTMLImageElement, width: number, height: number): void {
  const [w, h] = [image.naturalWidth, image.naturalHeight];
  // A drawing that was rounded to whole pixels still fills its box.
  if (Math.abs(w / h - width / height) < 0.02 * (width / height)) {
    context.drawImage(image, 0, 0, width, height);
    return;
  }
  const scale = Math.max(width / w, height / h);
  const [sw, sh] = [width / scale, height / scale];
  context.drawImage(image, (w - sw) / 2, (h - sh) / 2, sw, sh, 0, 0, width, height);
}

function letters(context: CanvasRenderingContext2D, layer: Layer, setting: Setting, palette: Palette): void {
  if (!layer.text?.trim()) return;
  const set = setText(layer, setting);
  context.font = palette.font(set.size, layer.text);
  context.textRendering = "geometricPrecision";
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillStyle = layer.color || setting.text.colors[0] || "#ffffff";
  const view = context.getTransform();
  if (view.b === 0) {
    // Upright letters are put on whole rows of pixels by some browsers, and by the server
    // not: a turn about the middle that nobody sees keeps them where they belong.
    const turn = UNSEEN / view.a;
    context.translate(layer.width / 2, set.height / 2);
    context.transform(1, turn, -turn, 1, 0, 0);
    context.translate(-layer.width / 2, -set.height / 2);
  }
  for (const line of set.lines) {
    context.direction = line.direction;
    context.fillText(line.text, line.start, line.baseline);
  }
}

/** The outline of a shape or a mask over a box; a path's 0 to 100 both ways is the box. */
function outline(shape: { shape?: string; radius?: number; path?: string }, width: number, height: number): Path2D {
  const path = new Path2D();
  switch (shape.shape) {
    case "ellipse":
      path.ellipse(width / 2, height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
      break;
    case "path":
      path.addPath(new Path2D(shape.path), new DOMMatrix([width / 100, 0, 0, height / 100, 0, 0]));
      break;
    default:
      path.roundRect(0, 0, width, height, Math.min(shape.radius ?? 0, width / 2, height / 2));
  }
  return path;
}

function ink(context: CanvasRenderingContext2D, fill: Fill | undefined, width: number, height: number): string | CanvasGradient | CanvasPattern {
  if (!fill?.stops?.length) return fill?.color || "#00000000";
  if (fill.gradient !== "radial") return ramp(context, fill.angle ?? 0, 0, 0, width, height, fill.stops);
  // The ellipse touches the sides of the box: a circle, squeezed.
  const side = 256;
  const square = document.createElement("canvas");
  square.width = square.height = side;
  const inner = square.getContext("2d")!;
  const gradient = inner.createRadialGradient(side / 2, side / 2, 0, side / 2, side / 2, side / 2);
  for (const stop of fill.stops) gradient.addColorStop(stop.at, stop.color);
  inner.fillStyle = gradient;
  inner.fillRect(0, 0, side, side);
  const pattern = context.createPattern(square, "no-repeat");
  if (!pattern) return fill.stops.at(-1)!.color;
  pattern.setTransform(new DOMMatrix([width / side, 0, 0, height / side, 0, 0]));
  return pattern;
}

/** A linear gradient over a box whose ends meet the corners, as CSS's do. */
function ramp(
  context: CanvasRenderingContext2D,
  angle: number,
  x: number,
  y: number,
  width: number,
  height: number,
  stops: { at: number; color: string }[],
): CanvasGradient {
  const turn = (angle * Math.PI) / 180;
  const reach = (width * Math.abs(Math.cos(turn)) + height * Math.abs(Math.sin(turn))) / 2;
  const [dx, dy] = [reach * Math.cos(turn), reach * Math.sin(turn)];
  const [cx, cy] = [x + width / 2, y + height / 2];
  const gradient = context.createLinearGradient(cx - dx, cy - dy, cx + dx, cy + dy);
  for (const stop of stops) gradient.addColorStop(stop.at, stop.color);
  return gradient;
}

/** Keeps of what is on a sheet only what a mask lets show. */
function mask(target: CanvasRenderingContext2D, shape: Mask | undefined, box: Box): void {
  if (!shape) return;
  const { canvas } = target;
  const view = target.getTransform();
  const stamp = sheet(canvas.width, canvas.height, 1);
  stamp.setTransform(view);
  enter(stamp, box);
  const [x, y] = [(shape.x ?? 0) * box.width, (shape.y ?? 0) * box.height];
  const [width, height] = [(shape.width || 1) * box.width, (shape.height || 1) * box.height];
  if (shape.shape === "fade") {
    stamp.fillStyle = ramp(stamp, shape.angle ?? 0, x, y, width, height, [
      { at: 0, color: "#ffffffff" },
      { at: 1, color: "#ffffff00" },
    ]);
    const far = (4 * Math.max(canvas.width, canvas.height)) / view.a + box.width + box.height;
    stamp.fillRect(-far, -far, 2 * far, 2 * far);
  } else {
    stamp.translate(x, y);
    stamp.fillStyle = "#ffffff";
    const soft = (shape.feather ?? 0) * box.width * view.a;
    if (soft > 0) {
      // The shape itself is drawn far off; only its shadow, which is blurred, falls here.
      const away = 2 * (canvas.width + canvas.height);
      stamp.shadowColor = "#ffffff";
      stamp.shadowBlur = 2 * soft;
      stamp.shadowOffsetX = away;
      const moved = new DOMMatrix().translate(-away, 0).multiply(stamp.getTransform());
      stamp.setTransform(moved);
    }
    stamp.fill(outline(shape, width, height));
  }
  target.save();
  target.setTransform(1, 0, 0, 1, 0, 0);
  target.globalAlpha = 1;
  target.globalCompositeOperation = shape.invert ? "destination-out" : "destination-in";
  target.drawImage(stamp.canvas, 0, 0);
  target.restore();
}
