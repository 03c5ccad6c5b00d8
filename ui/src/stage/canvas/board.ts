import Konva from "konva/lib/Core";
import { Image as KImage } from "konva/lib/shapes/Image";
import { Rect } from "konva/lib/shapes/Rect";
import { Transformer } from "konva/lib/shapes/Transformer";
import type { Composition, Layer } from "../../shared/types";
import { boxOf, leans, movable, painted, resize, settle, upright, widths, type Setting } from "./geometry";
import { paint, type Palette } from "./painter";
import type { Pictures } from "./pictures";

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

/** Room that the knob for turning needs above a layer, in pixels of the screen. */
const KNOB_ROOM = 48;

/** Screens finer than this show no more. */
const FINEST = 2;

/**
 * The picture with its layers on a Konva stage. The painter paints the composition; the
 * stage gives hands something to take hold of, and the board reports what they do. The
 * composition itself is kept by the page.
 */
export class Board {
  private readonly stage: Konva.Stage;
  private readonly content = new Konva.Layer();
  private readonly tools = new Konva.Layer();
  private readonly handles: Transformer;
  private readonly nodes = new Map<string, Node>();
  private readonly canvas = document.createElement("canvas");
  private readonly picture = new KImage({ image: this.canvas, name: "picture" });
  private doc: Composition;
  private selected: string | null = null;
  private pinch: { layer: Layer; distance: number; angle: number } | null = null;
  private scale = 1;
  private frame = 0;

  constructor(
    container: HTMLDivElement,
    doc: Composition,
    private readonly setting: Setting,
    private readonly pictures: Pictures,
    private readonly palette: Palette,
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
    this.picture.size({ width: setting.width, height: setting.height });
    this.content.add(this.picture);
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
    const fine = this.scale * Math.min(FINEST, window.devicePixelRatio || 1);
    this.canvas.width = Math.max(1, Math.round(this.setting.width * fine));
    this.canvas.height = Math.max(1, Math.round(this.setting.height * fine));
    // The handles stay on an unscaled layer: they are measured on the screen.
    this.handles.forceUpdate();
    this.draw();
  }

  /** Shows a composition; resolves when all of its pictures are there. */
  async show(doc: Composition): Promise<void> {
    this.doc = doc;
    const layers = painted(doc.layers).filter(movable);
    const ids = new Set(layers.map((layer) => layer.id));
    for (const [id, node] of this.nodes) {
      if (!ids.has(id)) {
        node.destroy();
        this.nodes.delete(id);
      }
    }
    layers.forEach((layer, i) => {
      let node = this.nodes.get(layer.id);
      if (!node) {
        node = this.nodeOf(layer);
        this.nodes.set(layer.id, node);
        this.content.add(node);
      }
      node.zIndex(i + 1); // the painted picture lies below them all
      this.arrange(node, layer);
    });
    this.attach();
    this.draw();
    await Promise.all(doc.layers.map((layer) => this.pictures.need(layer)));
    // A cut-out's shape is known only now.
    for (const layer of layers) {
      const node = this.nodes.get(layer.id);
      if (node && this.doc === doc && layer.kind === "cutout") this.arrange(node, layer);
    }
    this.draw();
  }

  /** Puts the handles on a layer, or takes them away. */
  select(id: string | null): void {
    this.selected = id;
    this.attach();
    this.draw();
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.stage.destroy();
  }

  /** Paints before the next frame, once, however much changed until then. */
  private draw(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      paint(this.canvas, this.doc, this.setting, this.palette, this.canvas.width / this.setting.width);
      this.content.draw();
      this.tools.draw();
    });
  }

  private attach(): void {
    const node = this.selected ? this.nodes.get(this.selected) : undefined;
    const layer = this.layerOf(this.selected);
    const held = node && layer;
    this.handles.nodes(held ? [node] : []);
    if (held) {
      const lean = leans(layer, this.setting);
      this.handles.rotateEnabled(lean.most > lean.least);
      // By the upper edge the knob for turning would be cut off: it hangs below.
      const above = boxOf(layer, this.setting).y * this.scale;
      this.handles.rotateAnchorAngle(above < KNOB_ROOM ? 180 : 0);
    }
  }

  private layerOf(id: string | null): Layer | undefined {
    return this.doc.layers.find((layer) => layer.id === id);
  }

  /** Something to take hold of where a layer is painted. */
  private nodeOf(layer: Layer): Node {
    const group = new Konva.Group({ id: layer.id, draggable: true });
    group.add(new Rect({ fill: "#00000000" }));
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
    if (!a || !b || !layer || !movable(layer)) return;
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
}
