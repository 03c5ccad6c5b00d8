// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { ItemPage, ReviewItem } from "../../shared/staff";
import { countsAhead, current, emptyQueue, reduce, upcoming, type Queue, type QueueEvent } from "./queue";

const item = (n: number, more: Partial<ReviewItem> = {}): ReviewItem => ({
  id: `i${n}`, kind: "entry", subject_id: `e${n}`, campaign: "c", state: "waiting", who: "w", created_at: `2026-11-20T10:00:${String(n).padStart(2, "0")}Z`, words: { title: `Work ${n}` }, ...more,
});
const page = (numbers: number[], next = "", waiting = numbers.length): ItemPage => ({ items: numbers.map((n) => item(n)), next, counts: { waiting } });
const run = (q: Queue, ...events: QueueEvent[]) => events.reduce(reduce, q);
const ids = (q: Queue) => q.items.map((i) => i.id).join(" ");
const open = (numbers: number[], next = "") => run(emptyQueue, { type: "loaded", page: page(numbers, next) });
const approve: QueueEvent = { type: "decide", decision: "approve", reason: "" };

describe("deciding", () => {
  it("shows the next item at once and can be undone in place", () => {
    const q = run(open([1, 2, 3]), { type: "select", id: "i2" }, approve);
    expect([ids(q), q.at, q.held?.item.id, q.decided]).toEqual(["i1 i3", "i3", "i2", 1]);
    expect(countsAhead(q, "waiting")).toEqual({ waiting: 2, published: 1 });
    const back = reduce(q, { type: "undo" });
    expect([ids(back), back.at, back.held, back.decided]).toEqual(["i1 i2 i3", "i2", null, 0]);
  });

  it("falls back to the item before when the last one is decided", () => {
    expect(run(open([1, 2]), { type: "select", id: "i2" }, approve).at).toBe("i1");
    expect(run(open([1]), approve).at).toBeNull();
  });

  it("sends the one before when the next is decided, each once", () => {
    const q = run(open([1, 2, 3]), approve, approve);
    expect([q.sending.map((m) => m.item.id), q.held?.item.id]).toEqual([["i1"], "i2"]);
    const later = run(q, { type: "release" }, { type: "release" });
    expect(later.sending.map((m) => m.item.id)).toEqual(["i1", "i2"]);
    expect(reduce(later, { type: "undo" })).toBe(later);
  });

  it("does not hold back a takedown", () => {
    const q = run(open([1, 2]), { type: "decide", decision: "takedown", reason: "r", now: true });
    expect([q.held, q.sending.length]).toEqual([null, 1]);
  });

  it("counts once, before and after the server has answered", () => {
    const q = run(open([1, 2]), approve, { type: "release" });
    expect(countsAhead(q, "waiting")).toEqual({ waiting: 1, published: 1 });
    const settled = reduce(q, { type: "settled", id: "i1" });
    expect(countsAhead(settled, "waiting")).toEqual({ waiting: 1, published: 1 });
    expect(settled.sending).toEqual([]);
  });

  it("puts back what the server refuses, without moving the reviewer", () => {
    const q = run(open([1, 2, 3]), approve, { type: "release" }, { type: "refused", id: "i1", taken: false, detail: "The database is away." });
    expect([ids(q), q.at, q.notice?.tone]).toEqual(["i1 i2 i3", "i2", "problem"]);
    expect(q.notice?.text).toContain("The database is away.");
  });

  it("lets another person's decision stand", () => {
    const q = run(open([1, 2]), approve, { type: "release" }, { type: "refused", id: "i1", taken: true, detail: "" });
    expect([ids(q), q.notice?.tone]).toEqual(["i2", "calm"]);
  });
});

describe("keeping fresh", () => {
  it("adds what is new at the end and drops what left", () => {
    const q = reduce(open([1, 2, 3]), { type: "refreshed", page: page([1, 3, 4]) });
    expect([ids(q), q.at]).toEqual(["i1 i3 i4", "i1"]);
  });

  it("keeps the item in front of the reviewer when somebody else decided it, until they move on", () => {
    const q = reduce(open([1, 2]), { type: "refreshed", page: page([2]) });
    expect([ids(q), q.gone]).toEqual(["i1 i2", ["i1"]]);
    expect(reduce(q, approve)).toBe(q);
    const on = reduce(q, { type: "step", by: 1 });
    expect([ids(on), on.gone]).toEqual(["i2", []]);
  });

  it("never brings back what was decided here, even from a page read before", () => {
    const stale = page([1, 2, 3]);
    const held = reduce(open([1, 2]), approve);
    expect(ids(reduce(held, { type: "refreshed", page: stale }))).toBe("i2 i3");
    const settled = run(held, { type: "release" }, { type: "settled", id: "i1" });
    expect(ids(reduce(settled, { type: "refreshed", page: stale }))).toBe("i2 i3");
    expect(ids(reduce(settled, { type: "loaded", page: stale }))).toBe("i2 i3");
  });

  it("does not drop what lies behind the first page", () => {
    const q = run(open([1, 2], "i2"), { type: "appended", page: page([3, 4], "") }, { type: "refreshed", page: page([1, 2], "i2") });
    expect(ids(q)).toBe("i1 i2 i3 i4");
  });

  it("shows the first item that arrives in an empty list", () => {
    expect(reduce(open([]), { type: "refreshed", page: page([7]) }).at).toBe("i7");
  });
});

describe("moving", () => {
  it("stops at both ends", () => {
    const q = open([1, 2]);
    expect(reduce(q, { type: "step", by: -1 })).toBe(q);
    expect(run(q, { type: "step", by: 1 }, { type: "step", by: 1 }).at).toBe("i2");
  });

  it("brings a skipped item back last, and every item comes up once before it", () => {
    let q = open([1, 2, 3]);
    const seen: string[] = [];
    for (let n = 0; n < 4; n++) {
      seen.push(q.at ?? "");
      q = reduce(q, { type: "skip" });
    }
    expect([seen.join(" "), ids(q)]).toEqual(["i1 i2 i3 i1", "i2 i3 i1"]);
  });

  it("knows what comes next, for fetching pictures ahead", () => {
    expect(upcoming(open([1, 2, 3, 4]), 2).map((i) => i.id)).toEqual(["i2", "i3"]);
    expect(current(emptyQueue)).toBeUndefined();
  });

  it("opens at the item of a link if it is there", () => {
    expect(run(emptyQueue, { type: "loaded", page: page([1, 2]), at: "i2" }).at).toBe("i2");
    expect(run(emptyQueue, { type: "loaded", page: page([1, 2]), at: "i9" }).at).toBe("i1");
  });
});
