import { describe, expect, it } from "vitest";
import { soften } from "./effect-shadow";
import { flakes } from "./effect-snow";
import { grade, grain, hash, vignette } from "./effect-tone";

const effect = { id: "e", kind: "effect" as const, x: 0, y: 0, width: 0, rotation: 0 };

describe("the patterns of effects", () => {
  it("come from the same numbers as on the server", () => {
    // As internal/compose computes them.
    expect(hash(0, 0, 0)).toBe(0);
    expect(hash(1, 2, 3)).toBe(4206275386);
    expect(hash(0xffffffff, 7, 2 ** 30)).toBe(927651478);
    expect(hash(123456, -256, 9)).toBe(3082184094);
  });

  it("stay inside the picture, far flakes first", () => {
    const all = flakes({ ...effect, effect: "snow", seed: 3 }, 800, 600);
    expect(all.length).toBe(380);
    for (const [i, flake] of all.entries()) {
      expect(flake.x >= 0 && flake.x < 800 && flake.y >= 0 && flake.y < 600).toBe(true);
      if (i > 0) expect(flake.radius).toBeGreaterThanOrEqual(all[i - 1]!.radius);
    }
  });

  it("change nothing where a mask lets them do nothing", () => {
    for (const tone of [
      grain({ ...effect, effect: "grain" }, 1),
      vignette({ ...effect, effect: "vignette" }, 100, 100),
      grade({ ...effect, effect: "grade", fill: { stops: [{ at: 0, color: "#ff0000" }, { at: 1, color: "#00ff00" }] } }),
    ]) {
      const pixel = Float32Array.of(0.2, 0.4, 0.6);
      tone(pixel, 0, 0, 0);
      for (const [k, v] of [0.2, 0.4, 0.6].entries()) expect(pixel[k]).toBeCloseTo(v, 5);
    }
  });

  it("leave the middle of a vignette alone and darken its corner", () => {
    const tone = vignette({ ...effect, effect: "vignette", strength: 1 }, 100, 100);
    const middle = Float32Array.of(0.5, 0.5, 0.5);
    const corner = Float32Array.of(0.5, 0.5, 0.5);
    tone(middle, 50, 50, 1);
    tone(corner, 0, 0, 1);
    expect(middle[0]).toBeCloseTo(0.5);
    expect(corner[0]).toBeLessThan(0.1);
  });
});

describe("a blur", () => {
  it("keeps what there is and spreads it as wide as it should", () => {
    const [width, height, sigma] = [101, 101, 8];
    const pixels = new Float32Array(width * height);
    pixels[50 * width + 50] = 1;
    soften(pixels, width, height, sigma);
    let sum = 0;
    let spread = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        sum += pixels[y * width + x]!;
        spread += pixels[y * width + x]! * (x - 50) ** 2;
      }
    }
    expect(sum).toBeCloseTo(1, 3);
    expect(Math.sqrt(spread)).toBeGreaterThan(7.7);
    expect(Math.sqrt(spread)).toBeLessThan(8.3);
  });
});
