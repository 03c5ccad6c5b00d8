import Konva from "konva/lib/Core";
import { Image as KImage } from "konva/lib/shapes/Image";
import { Transformer } from "konva/lib/shapes/Transformer";
import type { Composition, Layer } from "../../shared/types";
import { withQuery } from "../parts/picture";
import { baseline, boxOf, fitText, leans, resize, settle, upright, widths, type Setting } from "./geometry";
import { directionOf, type TypeSetter } from "./type";

/** What the board tells the page. A change that goes on is `live`; its last word is not. */
export interface BoardEvents {
  select(id: string | null): void;
  change(layer: Layer, live: boolean): void;
}

/** The colours of the board's own handles, from the page's theme. */
export interface BoardColors {
  ring: string;
  plate: string;
}

type Node = Konva.Group;

/**
 * The picture with its layers on a Konva stage. It shows the composition it is given
 * and reports what hands do to it; the composition itself is kept by the page.
 */
export class Board {
  private readonly stage: Konva.Stage;
  private readonly content = new Konva.Layer();
  private readonly tools = new Konva.Layer();
  private readonly handles: Transformer;
  private readonly nodes = new Map<string, Node>();
  private readonly pictures = new Map<string, Promise<HTMLImageElement>>();
  private doc: Composition;
  private selected: string | null = null;
  private pinch: { layer: Layer; distance: number; angle: number } | null = null;
  private scale = 1;

  constructor(
    container: HTMLDivElement,
    doc: Composition,
    private readonly backgroundUrl: string,
    private readonly setting: Setting,
    private readonly type: TypeSetter,
    private readonly events: BoardEvents,
    colors: BoardColors,
  ) {
    this.doc = doc;
    this.stage = new Konva.Stage({ container, width: 1, height: 1 });
    this.handles = new Transformer({
      keepRatio: true,
      centeredScaling: true,
      rotationSnaps: [0],
      rotationSnapTolerance: 3,
      enabledAnchors: ["top-left", "top-right", "bottom-left", "bottom-right"],
      rotateAnchorOffset: 32,
      anchorSize: 16,
      anchorCornerRadius: 8,
      anchorFill: colors.plate,
      anchorStroke: colors.ring,
      anchorStrokeWidth: 2,
      borderStroke: colors.ring,
      borderStrokeWidth: 2,
      padding: 4,
      flipEnabled: false,
      anchorStyleFunc: (anchor) => anchor.hitStrokeWidth(28),
      boundBoxFunc: (before, after) => this.bound(before, after),
    });
    this.tools.add(this.handles);
    this.stage.add(this.content, this.tools);
    this.stage.on("click tap", (event) => {
      if (event.target === this.stage || event.target.name() === "picture") this.events.select(null);
    });
    this.stage.on("touchmove", (event) => this.onPinch(event.evt));
    this.stage.on("touchend touchcancel", () => this.endPinch());
  }

  /** Fits the board to a width in CSS pixels; the height follows the canvas' shape. */
  resize(width: number): void {
    this.scale = width / this.setting.width;
    this.stage.size({ width, height: this.setting.height * this.scale });
    this.content.scale({ x: this.scale, y: this.scale });
    // The handles stay on an unscaled layer: they are measured on the screen.
    this.handles.forceUpdate();
    this.draw();
  }

  /** Shows a composition: adds, takes away and moves what differs. */
  async show(doc: Composition): Promise<void> {
    this.doc = doc;
    const ids = new Set(doc.layers.map((layer) => layer.id));
    for (const [id, node] of this.nodes) {
      if (!ids.has(id)) {
        node.destroy();
        this.nodes.delete(id);
      }
    }
    const loading: Promise<void>[] = [];
    doc.layers.forEach((layer, i) => {
      let node = this.nodes.get(layer.id);
      if (!node) {
        node = this.nodeOf(layer);
        this.nodes.set(layer.id, node);
        this.content.add(node);
      }
      node.zIndex(i);
      this.arrange(node, layer);
      if (layer.kind !== "text") loading.push(this.load(node, layer));
    });
    this.attach();
    this.draw();
    await Promise.all(loading);
    this.draw();
  }

  /** Puts the handles on a layer, or takes them away. */
  select(id: string | null): void {
    this.selected = id;
    this.attach();
    this.draw();
  }

  /** The composition as a PNG data URL at its own size, without handles. */
  exportPNG(): string {
    return this.content.toDataURL({
      x: 0,
      y: 0,
      width: this.stage.width(),
      height: this.stage.height(),
      pixelRatio: 1 / this.scale,
      mimeType: "image/png",
    });
  }

  destroy(): void {
    this.stage.destroy();
  }

  private draw(): void {
    this.content.batchDraw();
    this.tools.batchDraw();
  }

  private attach(): void {
    const node = this.selected ? this.nodes.get(this.selected) : undefined;
    const layer = this.layerOf(this.selected);
    const movable = node && layer && layer.kind !== "picture";
    this.handles.nodes(movable ? [node] : []);
    if (movable) {
      const lean = leans(layer, this.setting);
      this.handles.rotateEnabled(lean.most > lean.least);
    }
  }

  private layerOf(id: string | null): Layer | undefined {
    return this.doc.layers.find((layer) => layer.id === id);
  }

  private nodeOf(layer: Layer): Node {
    const movable = layer.kind !== "picture";
    const group = new Konva.Group({ id: layer.id, draggable: movable, listening: true });
    if (layer.kind === "text") group.add(this.textShape(layer.id));
    else group.add(new KImage({ image: undefined, name: movable ? "mark" : "picture" }));
    if (!movable) return group;

    group.on("mousedown touchstart", () => this.events.select(layer.id));
    group.on("dragmove", () => this.report(group, layer.id, true));
    group.on("dragend", () => this.report(group, layer.id, false));
    group.on("transform", () => this.report(group, layer.id, true));
    group.on("transformend", () => this.report(group, layer.id, false));
    group.on("mouseenter", () => {
      this.stage.container().style.cursor = "grab";
    });
    group.on("mouseleave", () => {
      this.stage.container().style.cursor = "";
    });
    return group;
  }

  private textShape(id: string): Konva.Shape {
    return new Konva.Shape({
      name: "text",
      sceneFunc: (context, shape) => {
        const layer = this.layerOf(id);
        if (!layer?.text) return;
        const { size, height, start } = fitText({ ...layer, width: shape.width() }, this.setting);
        const native = context._context;
        const direction = directionOf(layer.text);
        native.font = this.type.font(size);
        native.direction = direction;
        native.textRendering = "geometricPrecision";
        native.textAlign = "left";
        native.textBaseline = "alphabetic";
        native.fillStyle = layer.color || this.setting.text.colors[0] || "#ffffff";
        native.fillText(layer.text, start, baseline(size, height, this.setting.text));
      },
      hitFunc: (context, shape) => {
        context.beginPath();
        context.rect(0, 0, shape.width(), shape.height());
        context.closePath();
        context.fillStrokeShape(shape);
      },
      fill: "black",
    });
  }

  /** Places a node by its layer's box; it turns and grows about its middle. */
  private arrange(node: Node, layer: Layer): void {
    const box = boxOf(layer, this.setting);
    node.setAttrs({
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      offsetX: box.width / 2,
      offsetY: box.height / 2,
      width: box.width,
      height: box.height,
      rotation: box.rotation,
      scaleX: 1,
      scaleY: 1,
    });
    node.getChildren().forEach((child) => child.setAttrs({ width: box.width, height: box.height }));
  }

  /** Reads what hands made of a node, brings it within the rules, and tells it. */
  private report(node: Node, id: string, live: boolean): void {
    const layer = this.layerOf(id);
    if (!layer || this.pinch) return;
    const width = layer.width * node.scaleX();
    const moved: Layer = {
      ...layer,
      x: node.x() - layer.width / 2,
      y: node.y() - boxOf(layer, this.setting).height / 2,
      rotation: upright(node.rotation()),
    };
    const next = width === layer.width ? settle(moved, this.setting) : resize(moved, width, this.setting);
    this.arrange(node, next);
    this.handles.forceUpdate();
    this.events.change(next, live);
  }

  private bound<B extends { width: number; height: number; rotation: number }>(before: B, after: B): B {
    const layer = this.layerOf(this.selected);
    if (!layer) return before;
    const size = widths(layer, this.setting);
    const lean = leans(layer, this.setting);
    const width = after.width / this.scale;
    const degrees = upright((after.rotation * 180) / Math.PI);
    const slack = 0.5;
    const fits = width >= size.least - slack && width <= size.most + slack;
    const upstanding = degrees >= lean.least - slack && degrees <= lean.most + slack;
    return fits && upstanding ? after : before;
  }

  private onPinch(event: TouchEvent): void {
    const [a, b] = [event.touches[0], event.touches[1]];
    const layer = this.layerOf(this.selected);
    if (!a || !b || !layer || layer.kind === "picture") return;
    event.preventDefault();
    const distance = Math.hypot(b.clientX - a.clientX, b.clientY - a.clientY);
    const angle = (Math.atan2(b.clientY - a.clientY, b.clientX - a.clientX) * 180) / Math.PI;
    if (!this.pinch) {
      this.pinch = { layer, distance: Math.max(1, distance), angle };
      // Two fingers turn and resize; neither of them may drag at the same time.
      const node = this.nodes.get(layer.id);
      node?.stopDrag();
      node?.draggable(false);
      return;
    }
    const start = this.pinch;
    const turned = { ...start.layer, rotation: start.layer.rotation + upright(angle - start.angle) };
    this.events.change(resize(turned, (start.layer.width * distance) / start.distance, this.setting), true);
  }

  private endPinch(): void {
    if (!this.pinch) return;
    this.nodes.get(this.pinch.layer.id)?.draggable(true);
    this.pinch = null;
    const layer = this.layerOf(this.selected);
    if (layer) this.events.change(layer, false);
  }

  /** Loads a layer's picture, sharp enough for the canvas at its own size. */
  private async load(node: Node, layer: Layer): Promise<void> {
    const shape = node.findOne<KImage>("Image");
    if (!shape) return;
    const url = this.urlOf(layer);
    if (!url) return;
    // Shown already, or on its way: whoever asks again waits for it too.
    node.setAttr("shown", url);
    try {
      const image = await this.picture(url);
      if (node.getAttr("shown") === url) shape.image(image);
    } catch {
      // The box stays empty; the next change of the layer asks again.
      this.pictures.delete(url);
      if (node.getAttr("shown") === url) node.setAttr("shown", null);
    }
  }

  private urlOf(layer: Layer): string | null {
    if (layer.kind === "picture") return this.backgroundUrl;
    const mark = this.setting.marks.find((m) => m.id === layer.mark);
    if (!mark) return null;
    const variant = mark.variants?.find((v) => v.id === layer.variant);
    const sharp = Math.min(2048, 2 ** Math.ceil(Math.log2(Math.max(160, layer.width))));
    return withQuery(variant?.image_url ?? mark.image_url, { width: sharp });
  }

  private picture(url: string): Promise<HTMLImageElement> {
    let loading = this.pictures.get(url);
    if (!loading) {
      const image = new window.Image();
      image.src = url;
      loading = image.decode().then(() => image);
      this.pictures.set(url, loading);
    }
    return loading;
  }
}
