import { describe, expect, it } from "vitest";
import type { Candidate, Generation } from "../../shared/types";
import { eventOf, take, takeRecord, type Followed, type StreamEvent } from "./follow";

const record = (more: Partial<Generation> = {}): Generation => ({
  id: "g1",
  campaign: "c",
  state: "queued",
  prompt: "a fox",
  marks: [],
  aspect: "square",
  seed: 1,
  created_at: "2026-11-01T00:00:00Z",
  progress: 0,
  fallback: false,
  missed: [],
  candidates: [],
  ...more,
});
const picture = (index: number): Candidate => ({
  id: `p${index}`,
  index,
  image_url: `/p${index}`,
  alt: "",
  width: 1,
  height: 1,
});
const story: StreamEvent[] = [
  { type: "state", state: "running" },
  { type: "progress", fraction: 0.2, stage: "painting", index: 0 },
  { type: "candidate", candidate: picture(0) },
  { type: "progress", fraction: 0.5, stage: "checking", index: 1 },
  { type: "candidate", candidate: picture(1) },
  { type: "candidate", candidate: picture(2) },
  { type: "candidate", candidate: picture(3) },
  { type: "state", state: "succeeded" },
];
const start = () => takeRecord(null, record());
const told = (events: StreamEvent[], from: Followed = start()) => events.reduce(take, from);

describe("following a generation", () => {
  it("tells the same story when any part of the stream comes twice", () => {
    const once = told(story);
    for (let from = 0; from < story.length; from++) {
      for (let to = from; to <= story.length; to++) {
        const again = told([...story.slice(0, to), ...story.slice(from)]);
        expect(again.generation.candidates).toEqual(once.generation.candidates);
        expect(again.generation.state).toBe("succeeded");
      }
    }
  });

  it("shows after a reload what was there, and goes on from it", () => {
    const reloaded = takeRecord(null, record({ state: "running", progress: 0.5, candidates: [picture(1), picture(0)] }));
    expect(reloaded.generation.candidates.map((c) => c.index)).toEqual([0, 1]);
    const after = told(story, reloaded);
    expect(after.generation.candidates).toHaveLength(4);
  });

  it("never lets progress go back, nor an ended generation come to life", () => {
    const half = told(story.slice(0, 4));
    expect(take(half, { type: "progress", fraction: 0.1, stage: "painting", index: 0 }).generation.progress).toBe(0.5);
    const done = told(story);
    expect(take(done, { type: "state", state: "running" }).generation.state).toBe("succeeded");
    expect(takeRecord(done, record({ state: "running" })).generation.state).toBe("succeeded");
  });

  it("takes the closing record's words and keeps the pictures", () => {
    const closed = takeRecord(told(story), record({ state: "succeeded", progress: 1, missed: ["xylophone"] }));
    expect(closed.generation.missed).toEqual(["xylophone"]);
    expect(closed.generation.candidates).toHaveLength(4);
  });

  it("leaves out what it can't read", () => {
    expect(eventOf("candidate", "{")).toBeNull();
    expect(eventOf("ping", "{}")).toBeNull();
    expect(eventOf("progress", '{"fraction":0.4,"stage":"painting","index":1}')).toEqual({
      type: "progress",
      fraction: 0.4,
      stage: "painting",
      index: 1,
    });
  });
});
