import type { Composition, Layer } from "../../shared/types";
import { leastAdvance, setText } from "./set-text";
import { clamp, shorter, type Setting } from "./setting";

export type { Setting };

/** A layer's place: x, y is the top left before it is turned about its middle. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  rotation: number;
}

/** How far text may lean where the kit does not say, degrees either way. */
const TEXT_LEAN = 8;
/** The narrowest box that text keeps when it is empty, as a share of the canvas. */
const NARROWEST_TEXT = 0.08;
/** How small and how large a sticker may be made by hand, as shares of the shorter side. */
const STICKER = { least: 0.06, most: 0.6 };

export function boxOf(layer: Layer, setting: Setting): Box {
  const { x, y, width, rotation } = layer;
  return { x, y, width, rotation, height: heightOf(layer, setting) };
}

function heightOf(layer: Layer, setting: Setting): number {
  switch (layer.kind) {
    case "picture":
    case "effect":
      return setting.height;
    case "text":
      return setText(layer, setting).height;
    case "shape":
      return layer.height ?? 0;
    case "sticker":
      return layer.width / (setting.stickers.find((s) => s.id === layer.sticker)?.aspect || 1);
    case "cutout":
      return layer.width / (setting.cutoutAspect?.(layer.cutout ?? "") || 1);
    case "mark":
      return layer.width / (setting.marks.find((m) => m.id === layer.mark)?.aspect || 1);
  }
}

/** Whether a layer has a place of its own that hands can change. */
export function movable(layer: Layer): boolean {
  return layer.kind !== "picture" && layer.kind !== "effect";
}

/** The layers as they are painted: marks come last, so that nothing lies on one. */
export function painted(layers: Layer[]): Layer[] {
  return [...layers.filter((layer) => layer.kind !== "mark"), ...layers.filter((layer) => layer.kind === "mark")];
}

/** Width and height of the upright rectangle around a turned box. */
export function reach(box: Box): { width: number; height: number } {
  const angle = (box.rotation * Math.PI) / 180;
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  return { width: box.width * cos + box.height * sin, height: box.width * sin + box.height * cos };
}

/** How wide a layer may be, in canvas pixels. */
export function widths(layer: Layer, setting: Setting): { least: number; most: number } {
  if (layer.kind === "text") {
    const advance = leastAdvance(layer, setting);
    const floor = setting.width * NARROWEST_TEXT;
    if (advance <= 0) return { least: floor, most: setting.width };
    return {
      least: Math.min(setting.width, advance * setting.text.min_size_share * shorter(setting)),
      most: Math.min(setting.width, advance * setting.text.max_size_share * shorter(setting)),
    };
  }
  if (layer.kind === "sticker") {
    return { least: STICKER.least * shorter(setting), most: STICKER.most * shorter(setting) };
  }
  const rules = setting.marks.find((m) => m.id === layer.mark)?.rules;
  if (!rules) return { least: 1, most: setting.width };
  return {
    least: Math.max(rules.min_width_px, rules.min_width_share * shorter(setting)),
    most: rules.max_width_share * shorter(setting),
  };
}

/** How far a layer may lean, degrees. */
export function leans(layer: Layer, setting: Setting): { least: number; most: number } {
  if (layer.kind === "text") {
    const lean = setting.text.max_rotation ?? TEXT_LEAN;
    return { least: -lean, most: lean };
  }
  if (layer.kind !== "mark") return { least: -180, most: 180 };
  const rules = setting.marks.find((m) => m.id === layer.mark)?.rules;
  return { least: rules?.rotation_min ?? 0, most: rules?.rotation_max ?? 0 };
}

/** An angle as the nearest one to upright, -180 to 180. */
export function upright(degrees: number): number {
  const turned = ((degrees % 360) + 360) % 360;
  return turned > 180 ? turned - 360 : turned;
}

/**
 * The nearest lawful layer as far as size, lean and the canvas' edges go, its middle
 * kept where it can be. What stands against other layers is the server's to say.
 */
export function settle(layer: Layer, setting: Setting): Layer {
  if (!movable(layer)) return layer;
  const before = boxOf(layer, setting);
  const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
  const size = widths(layer, setting);
  const lean = leans(layer, setting);
  const width = hundredths(clamp(layer.width, size.least + GRAIN, size.most - GRAIN));
  const shaped: Layer = {
    ...layer,
    width,
    ...(layer.kind === "shape" && { height: hundredths(((layer.height ?? 0) * width) / layer.width) }),
    rotation: hundredths(clamp(upright(layer.rotation), lean.least, lean.most)),
  };
  const box = boxOf(shaped, setting);
  const around = reach(box);
  const x = clampMiddle(middle.x, around.width, setting.width);
  const y = clampMiddle(middle.y, around.height, setting.height);
  return { ...shaped, x: hundredths(x - box.width / 2), y: hundredths(y - box.height / 2) };
}

/** Kept clear of every bound, so that rounding never steps over one. */
const GRAIN = 0.02;

function clampMiddle(at: number, size: number, whole: number): number {
  return size >= whole ? whole / 2 : clamp(at, size / 2 + GRAIN, whole - size / 2 - GRAIN);
}

/** Hundredths of a pixel are enough, and keep the document short. */
function hundredths(n: number): number {
  return Math.round(n * 100) / 100;
}

/** Changes a layer's width about its middle. */
export function resize(layer: Layer, width: number, setting: Setting): Layer {
  const before = boxOf(layer, setting);
  const grown: Layer = {
    ...layer,
    width,
    ...(layer.kind === "shape" && { height: ((layer.height ?? 0) * width) / layer.width }),
  };
  const after = boxOf(grown, setting);
  return settle(
    {
      ...grown,
      x: before.x + (before.width - after.width) / 2,
      y: before.y + (before.height - after.height) / 2,
    },
    setting,
  );
}

/** Changes what a text layer says, and keeps its size and its middle. */
export function rewrite(layer: Layer, text: string, setting: Setting): Layer {
  const { size } = setText(layer, setting);
  const before = boxOf(layer, setting);
  const advance = leastAdvance({ ...layer, text }, setting);
  const width = advance > 0 ? advance * size : before.width;
  const next: Layer = { ...layer, text, width, x: before.x + (before.width - width) / 2 };
  return settle(next, setting);
}

/** Whether two boxes meet, by the upright rectangles around them. */
export function meets(a: Box, b: Box, gap = 0): boolean {
  const ra = reach(a);
  const rb = reach(b);
  const dx = Math.abs(a.x + a.width / 2 - (b.x + b.width / 2));
  const dy = Math.abs(a.y + a.height / 2 - (b.y + b.height / 2));
  return dx < (ra.width + rb.width) / 2 + gap && dy < (ra.height + rb.height) / 2 + gap;
}

/** A free place for a new layer: tried from the corners and edges inwards; else the middle. */
export function place(layer: Layer, doc: Composition, setting: Setting): Layer {
  const start = settle({ ...layer, x: 0, y: 0 }, setting);
  const box = boxOf(start, setting);
  const edge = 0.05 * shorter(setting);
  const xs = [(setting.width - box.width) / 2, edge, setting.width - box.width - edge];
  const ys = [edge, setting.height - box.height - edge, (setting.height - box.height) / 2, 0.25 * setting.height];
  const others = doc.layers.filter((l) => movable(l) && l.id !== layer.id).map((l) => boxOf(l, setting));
  for (const y of ys) {
    for (const x of xs) {
      const tried = { ...box, x, y };
      if (!others.some((other) => meets(tried, other, edge / 2))) return settle({ ...start, x, y }, setting);
    }
  }
  return settle({ ...start, x: xs[0]!, y: ys[2]! }, setting);
}
