import type { Campaign, Composition } from "../../shared/types";
import { paint } from "./painter";
import { Pictures, type Sources } from "./pictures";
import type { Setting } from "./setting";
import type { TypeSetter } from "./type";

/** What a composition of a campaign is laid out with, and the pictures it shows. */
export function settingOf(
  campaign: Campaign,
  type: TypeSetter,
  size: { width: number; height: number },
  sources: Sources,
): { setting: Setting; pictures: Pictures } {
  const setting: Setting = {
    width: size.width,
    height: size.height,
    marks: campaign.marks,
    stickers: campaign.stickers ?? [],
    text: campaign.text,
    advance: (text) => type.advance(text),
    pieces: (text) => type.pieces(text),
    cutoutAspect: (id) => pictures.cutoutAspect(id),
  };
  const pictures = new Pictures(setting, sources);
  return { setting, pictures };
}

/** Paints a whole composition, its pictures and fonts loaded, `width` pixels wide. */
export async function snapshot(
  doc: Composition,
  { setting, pictures }: { setting: Setting; pictures: Pictures },
  type: TypeSetter,
  width = doc.width,
): Promise<HTMLCanvasElement> {
  await Promise.all([
    ...doc.layers.map((layer) => pictures.need(layer)),
    ...doc.layers.map((layer) => type.ready(layer.text ?? "")),
  ]);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.round((doc.height * width) / doc.width);
  const palette = { font: (size: number, text: string) => type.font(size, text), picture: pictures.of.bind(pictures) };
  paint(canvas, doc, setting, palette, width / doc.width);
  return canvas;
}
