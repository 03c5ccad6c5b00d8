import type { Campaign, Layer } from "../../shared/types";
import type { Words } from "../words";
import { boxOf, type Setting } from "./geometry";

/** What a layer is called: the kit's own name for it, or the words of the text. */
export function layerName(layer: Layer, campaign: Campaign, words: Words): string {
  const { t } = words;
  switch (layer.kind) {
    case "mark":
      return campaign.marks.find((mark) => mark.id === layer.mark)?.name ?? t("canvas.mark");
    case "sticker":
      return campaign.stickers.find((sticker) => sticker.id === layer.sticker)?.name ?? t("canvas.sticker");
    case "text":
      return layer.text?.trim() ? t("quoted", { text: layer.text.trim() }) : t("canvas.text");
    case "shape":
      return t("canvas.shape");
    case "cutout":
      return t("canvas.cutout");
    default:
      return t("canvas.picture");
  }
}

/** Whether a layer is a line of small print, which the law asks for and nobody changes. */
export function isLegal(layer: Layer, campaign: Campaign): boolean {
  return layer.kind === "text" && (campaign.legal ?? []).includes(layer.text?.trim() ?? "");
}

/** Where a layer stands and how large it is, to be read out. */
export function whereabouts(layer: Layer, name: string, setting: Setting, words: Words): string {
  const box = boxOf(layer, setting);
  return words.t("canvas.where", {
    layer: name,
    x: words.percent((box.x + box.width / 2) / setting.width),
    y: words.percent((box.y + box.height / 2) / setting.height),
    width: words.percent(box.width / setting.width),
    lean: words.number(Math.round(box.rotation)),
  });
}
