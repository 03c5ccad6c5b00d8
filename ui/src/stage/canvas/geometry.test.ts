import { describe, expect, it } from "vitest";
import type { Composition, Layer, Mark, TextStyle } from "../../shared/types";
import { boxOf, meets, place, reach, resize, rewrite, settle, type Setting } from "./geometry";
import { baseline, setText } from "./set-text";

const mark: Mark = {
  id: "wordmark",
  name: "Wordmark",
  alt: "",
  image_url: "/m",
  aspect: 4,
  variants: [],
  rules: {
    min_width_share: 0.2,
    max_width_share: 0.6,
    min_width_px: 120,
    rotation_min: -8,
    rotation_max: 8,
    clear_space: 0.1,
  },
};
const text: TextStyle = {
  max_length: 48,
  fonts: [],
  colors: ["#fff"],
  ascent: 0.9,
  descent: 0.3,
  min_size_share: 0.04,
  max_size_share: 0.1,
  line_height: 1.25,
};
// Each letter is half as wide as the type is high.
const setting: Setting = {
  width: 1280,
  height: 720,
  marks: [mark],
  stickers: [],
  text,
  advance: (s) => s.length * 0.5,
  pieces: (s) => s.match(/\S+\s*/g) ?? [s],
};
const layer = (more: Partial<Layer> = {}): Layer => ({
  id: "a",
  kind: "mark",
  mark: "wordmark",
  x: 100,
  y: 100,
  width: 240,
  rotation: 0,
  ...more,
});
const line = (more: Partial<Layer> = {}): Layer => ({ ...layer(), kind: "text", mark: undefined, text: "0123456789", ...more });
const middle = (l: Layer) => {
  const box = boxOf(l, setting);
  return [box.x + box.width / 2, box.y + box.height / 2];
};

describe("boxes", () => {
  it("take a mark's height from its aspect and a text's from its size", () => {
    expect(boxOf(layer(), setting).height).toBe(60);
    // Ten letters over 250 px: size 50, box 62.5.
    expect(setText(line({ width: 250 }), setting)).toMatchObject({ size: 50, height: 62.5, lines: [{ start: 0 }] });
  });

  it.each([
    ["too wide", 900, 72],
    ["too narrow", 60, 28.8],
  ])("clamp a text that is %s to the shorter side's shares and keep it in the middle", (_, width, size) => {
    const fit = setText(line({ width }), setting);
    expect(fit.size).toBeCloseTo(size);
    expect(fit.lines[0]!.start).toBeCloseTo((width - 5 * size) / 2);
  });

  it("put the baseline so that the letters stand in the middle of the box", () => {
    const over = baseline(100, 125, text) - 0.9 * 100;
    const under = 125 - (baseline(100, 125, text) + 0.3 * 100);
    expect(over).toBeCloseTo(under);
  });

  it("reach further when they are turned", () => {
    const flat = { x: 0, y: 0, width: 200, height: 50, rotation: 0 };
    expect(reach(flat)).toEqual({ width: 200, height: 50 });
    const upright = reach({ ...flat, rotation: 90 });
    expect(upright.width).toBeCloseTo(50);
    expect(upright.height).toBeCloseTo(200);
  });
});

describe("settling", () => {
  it("always ends inside the canvas and within the mark's rules", () => {
    let seed = 7;
    const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let i = 0; i < 500; i++) {
      const settled = settle(
        layer({ x: chance() * 4000 - 2000, y: chance() * 3000 - 1500, width: chance() * 3000, rotation: chance() * 900 - 450 }),
        setting,
      );
      const box = boxOf(settled, setting);
      const around = reach(box);
      const [x, y] = middle(settled) as [number, number];
      expect(x - around.width / 2).toBeGreaterThanOrEqual(0);
      expect(x + around.width / 2).toBeLessThanOrEqual(1280);
      expect(y - around.height / 2).toBeGreaterThanOrEqual(0);
      expect(y + around.height / 2).toBeLessThanOrEqual(720);
      expect(settled.width).toBeGreaterThanOrEqual(144);
      expect(settled.width).toBeLessThanOrEqual(432);
      expect(Math.abs(settled.rotation)).toBeLessThanOrEqual(8);
      const again = settle(settled, setting);
      expect(Math.abs(again.x - settled.x)).toBeLessThan(0.02);
      expect(Math.abs(again.y - settled.y)).toBeLessThan(0.02);
    }
  });

  it("leaves what is lawful where it is", () => {
    expect(settle(layer({ rotation: 5 }), setting)).toEqual(layer({ rotation: 5 }));
  });
});

describe("changing a layer", () => {
  it("grows it about its middle", () => {
    expect(middle(resize(layer({ x: 400, y: 300 }), 300, setting))).toEqual(middle(layer({ x: 400, y: 300 })));
  });

  it("keeps a line's size and middle when its words change", () => {
    const before = line({ x: 400, y: 300, width: 250 });
    const after = rewrite(before, "01234", setting);
    expect(setText(after, setting).size).toBeCloseTo(50);
    expect(middle(after)).toEqual(middle(before));
  });

  it("finds a new layer a place of its own", () => {
    const doc: Composition = { version: 1, width: 1280, height: 720, layers: [layer({ x: 500, y: 40 })] };
    const placed = place(line({ id: "b", width: 250 }), doc, setting);
    expect(meets(boxOf(placed, setting), boxOf(doc.layers[0]!, setting))).toBe(false);
  });
});
