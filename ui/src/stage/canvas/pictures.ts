import type { Layer } from "../../shared/types";
import { withQuery } from "../parts/picture";
import type { Setting } from "./setting";

/** Where the pictures of layers that are not the kit's come from. */
export interface Sources {
  background: string;
  /** Addresses of cut-outs by their ids. */
  cutouts: Record<string, string>;
}

/** The pictures that a composition's layers show, loaded once each. */
export class Pictures {
  private readonly loading = new Map<string, Promise<HTMLImageElement>>();
  private readonly loaded = new Map<string, HTMLImageElement>();
  /** What each layer showed last: it stays until a sharper one has come. */
  private readonly shown = new Map<string, HTMLImageElement>();

  constructor(
    private readonly setting: Setting,
    private readonly sources: Sources,
  ) {}

  /** Loads what a layer shows; what cannot be had stays empty, and the next call asks again. */
  async need(layer: Layer): Promise<void> {
    const url = this.urlOf(layer);
    if (!url || this.loaded.has(url)) return;
    try {
      await this.load(url);
    } catch {
      this.loading.delete(url);
    }
  }

  /** The picture of a layer, if it has come. */
  of(layer: Layer): HTMLImageElement | null {
    const url = this.urlOf(layer);
    const image = url ? this.loaded.get(url) : undefined;
    if (image) this.shown.set(keyOf(layer), image);
    return image ?? this.shown.get(keyOf(layer)) ?? null;
  }

  /** Width divided by height of a cut-out, once it has come. */
  cutoutAspect(id: string): number | undefined {
    const image = this.loaded.get(this.sources.cutouts[id] ?? "");
    return image && image.naturalWidth / image.naturalHeight;
  }

  private load(url: string): Promise<HTMLImageElement> {
    let loading = this.loading.get(url);
    if (!loading) {
      const image = new window.Image();
      image.src = url;
      loading = image.decode().then(() => {
        this.loaded.set(url, image);
        return image;
      });
      this.loading.set(url, loading);
    }
    return loading;
  }

  /** The address of a layer's picture, sharp enough for the composition's own size. */
  private urlOf(layer: Layer): string | null {
    const sharp = Math.min(2048, 2 ** Math.ceil(Math.log2(Math.max(160, layer.width))));
    switch (layer.kind) {
      case "picture":
        return this.sources.background;
      case "cutout":
        return this.sources.cutouts[layer.cutout ?? ""] ?? null;
      case "sticker": {
        const sticker = this.setting.stickers.find((s) => s.id === layer.sticker);
        return sticker ? withQuery(sticker.image_url, { width: sharp }) : null;
      }
      case "mark": {
        const mark = this.setting.marks.find((m) => m.id === layer.mark);
        const variant = mark?.variants?.find((v) => v.id === layer.variant);
        return mark ? withQuery(variant?.image_url ?? mark.image_url, { width: sharp }) : null;
      }
      default:
        return null;
    }
  }
}

function keyOf(layer: Layer): string {
  return `${layer.kind}/${layer.mark ?? layer.sticker ?? layer.cutout ?? ""}/${layer.variant ?? ""}`;
}
