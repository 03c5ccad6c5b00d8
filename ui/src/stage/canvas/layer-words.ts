import type { Layer, Mark } from "../../shared/types";
import type { Words } from "../words";
import { boxOf, type Setting } from "./geometry";

/** What a layer is called: the mark's own name, or the words of the text. */
export function layerName(layer: Layer, marks: Mark[], words: Words): string {
  if (layer.kind === "mark") return marks.find((mark) => mark.id === layer.mark)?.name ?? words.t("canvas.mark");
  if (layer.kind === "text") return layer.text?.trim() ? words.t("quoted", { text: layer.text.trim() }) : words.t("canvas.text");
  return words.t("canvas.picture");
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
