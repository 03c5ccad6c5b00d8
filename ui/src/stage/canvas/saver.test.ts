import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../shared/api";
import { begin, change, redo, undo } from "./history";
import { Saver, type SaveState } from "./saver";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function saver(put: (doc: number) => Promise<string>) {
  const states: SaveState["name"][] = [];
  const saved: number[] = [];
  const made = new Saver<number, string>(put, (state) => states.push(state.name), (_, doc) => saved.push(doc));
  return { made, states, saved };
}

describe("keeping a document", () => {
  it("sends only the newest after a moment of quiet", async () => {
    const put = vi.fn(async () => "ok");
    const { made, states } = saver(put);
    made.change(1);
    made.change(2);
    made.change(3);
    await vi.advanceTimersByTimeAsync(2000);
    expect(put.mock.calls).toEqual([[3]]);
    expect(states.at(-1)).toBe("saved");
  });

  it("sends what changed meanwhile after the one on its way, never two at once", async () => {
    let flying = 0;
    let most = 0;
    const { made, saved } = saver(async (doc) => {
      most = Math.max(most, ++flying);
      await new Promise((done) => setTimeout(done, 1000));
      flying--;
      return String(doc);
    });
    made.change(1);
    await vi.advanceTimersByTimeAsync(600);
    made.change(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saved).toEqual([1, 2]);
    expect(most).toBe(1);
  });

  it("keeps trying while the server is away, and loses nothing", async () => {
    let away = true;
    const { made, states, saved } = saver(async () => {
      if (away) throw new Problem({ status: 503, code: "busy" });
      return "ok";
    });
    made.change(9);
    await vi.advanceTimersByTimeAsync(3000);
    expect(states.at(-1)).toBe("adrift");
    away = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved).toEqual([9]);
  });

  it("tells a refusal once and waits for the next change", async () => {
    const put = vi.fn(async () => {
      throw new Problem({ status: 422, code: "composition_against_rules" });
    });
    const { made } = saver(put);
    made.change(1);
    const state = await Promise.all([made.flush(), vi.advanceTimersByTimeAsync(10)]);
    expect(state[0].name).toBe("refused");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(put).toHaveBeenCalledTimes(1);
  });
});

describe("going back and forth", () => {
  it("undoes and redoes, and a new change ends the redoing", () => {
    let history = change(change(begin("a"), "b", "", 0), "c", "", 1);
    history = undo(history);
    expect(history.now).toBe("b");
    expect(redo(history).now).toBe("c");
    expect(redo(change(history, "d", "", 2)).now).toBe("d");
    expect(undo(undo(undo(history))).now).toBe("a");
  });

  it("takes held-down keys as one step", () => {
    let history = begin(0);
    for (let i = 1; i <= 20; i++) history = change(history, i, "move:a", i * 50);
    expect(undo(history).now).toBe(0);
  });
});
