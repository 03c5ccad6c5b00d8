import { useCallback, useEffect, useState } from "react";
import { ask, asProblem, OFFLINE, TIMED_OUT, type Problem } from "../../shared/api";
import type { Candidate, Generation, GenerationState } from "../../shared/types";

export type PaintStage = "painting" | "checking" | "waiting";

/** A generation as the page shows it: the server's record and the latest of its stream. */
export interface Followed {
  generation: Generation;
  stage: PaintStage;
  /** Which picture is being worked on, from 0. */
  index: number;
}

export type StreamEvent =
  | { type: "state"; state: GenerationState; code?: string; message?: string }
  | { type: "progress"; fraction: number; stage: PaintStage; index: number }
  | { type: "candidate"; candidate: Candidate };

const ENDS: ReadonlySet<GenerationState> = new Set(["succeeded", "failed", "refused", "cancelled"]);

/** True once nothing more will come. A held generation still waits for a person. */
export function ended(state: GenerationState): boolean {
  return ENDS.has(state);
}

/**
 * Takes one event into what is shown. Events may come twice after a reconnection
 * and in any mixture with polled records: a candidate is shown once, progress never
 * goes back, and an ended generation stays ended.
 */
export function take(followed: Followed, event: StreamEvent): Followed {
  const { generation } = followed;
  switch (event.type) {
    case "candidate":
      return { ...followed, generation: { ...generation, candidates: merged(generation.candidates, [event.candidate]) } };
    case "progress":
      if (ended(generation.state)) return followed;
      return {
        generation: {
          ...generation,
          state: generation.state === "queued" ? "running" : generation.state,
          progress: Math.max(generation.progress, clamp(event.fraction)),
        },
        stage: event.stage,
        index: event.index,
      };
    case "state":
      if (ended(generation.state)) return followed;
      return {
        ...followed,
        generation: { ...generation, state: event.state, code: event.code, message: event.message },
      };
  }
}

/** Takes a polled record into what is shown, keeping what the stream told already. */
export function takeRecord(followed: Followed | null, record: Generation): Followed {
  if (!followed || followed.generation.id !== record.id) {
    return { generation: tidied(record), stage: "waiting", index: record.candidates?.length ?? 0 };
  }
  const before = followed.generation;
  const late = ended(before.state) && !ended(record.state);
  return {
    ...followed,
    generation: {
      ...tidied(record),
      state: late ? before.state : record.state,
      progress: Math.max(before.progress, record.progress),
      candidates: merged(before.candidates, record.candidates ?? []),
    },
  };
}

function tidied(record: Generation): Generation {
  return {
    ...record,
    progress: clamp(record.progress ?? 0),
    candidates: merged([], record.candidates ?? []),
    missed: record.missed ?? [],
    marks: record.marks ?? [],
  };
}

function merged(before: Candidate[], more: Candidate[]): Candidate[] {
  const byId = new Map(before.map((candidate) => [candidate.id, candidate]));
  for (const candidate of more) byId.set(candidate.id, candidate);
  return [...byId.values()].sort((a, b) => a.index - b.index);
}

function clamp(fraction: number): number {
  return Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
}

/** Reads one message of the stream; what cannot be read is left out. */
export function eventOf(type: string, data: string): StreamEvent | null {
  try {
    const value = JSON.parse(data) as Record<string, unknown>;
    if (type === "candidate") return { type, candidate: value as unknown as Candidate };
    if (type === "progress" || type === "state") return { type, ...value } as StreamEvent;
  } catch {
    // A line that is cut or not ours tells nothing; the record will be asked again.
  }
  return null;
}

const POLL_EVERY = 2500;
/** A stream that says nothing for so long is not trusted, and the record is asked. */
const SILENCE = 12_000;
const REOPEN_AFTER = 5000;

export interface Watching {
  followed: Followed | null;
  problem: Problem | null;
  /** True while the connection is down and the page keeps trying. */
  adrift: boolean;
  again(): void;
}

/**
 * Follows a generation until it ends: first its record, so that a reload shows what
 * is there, then its stream. The browser resumes the stream by Last-Event-ID; where
 * it gives up, the record is polled while the stream is opened anew.
 */
export function useGeneration(id: string): Watching {
  const [followed, setFollowed] = useState<Followed | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [adrift, setAdrift] = useState(false);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    let source: EventSource | null = null;
    let heard = Date.now();
    let over = false;
    let timer = 0;
    let reopenAt = 0;

    const finish = () => {
      over = true;
      source?.close();
      window.clearTimeout(timer);
      setAdrift(false);
    };

    const read = async () => {
      try {
        const record = await ask<Generation>(`/generations/${id}`, { signal: leaving.signal });
        heard = Date.now();
        setAdrift(false);
        setProblem(null);
        setFollowed((before) => takeRecord(before, record));
        if (ended(record.state)) finish();
      } catch (thrown) {
        if (leaving.signal.aborted) return;
        const met = asProblem(thrown);
        const passing = met.code === OFFLINE || met.code === TIMED_OUT || met.status >= 500 || met.status === 429;
        if (passing) setAdrift(true);
        else {
          setProblem(met);
          finish();
        }
      }
    };

    const open = () => {
      source = new EventSource(`/api/v1/generations/${id}/events`);
      source.onopen = () => {
        heard = Date.now();
        setAdrift(false);
      };
      for (const type of ["state", "progress", "candidate"] as const) {
        source.addEventListener(type, (message: MessageEvent<string>) => {
          heard = Date.now();
          const event = eventOf(type, message.data);
          if (!event) return;
          setFollowed((before) => before && take(before, event));
          if (event.type !== "state") return;
          // The record carries what the stream does not: missed words, the maker, and
          // its sentences in the language chosen on the page.
          if (ended(event.state)) source?.close();
          if (ended(event.state) || event.state === "held") void read();
        });
      }
    };

    const tick = async () => {
      if (over) return;
      const closed = source?.readyState === EventSource.CLOSED;
      if (closed || Date.now() - heard > SILENCE) await read();
      if (over || leaving.signal.aborted) return;
      if (closed && Date.now() > reopenAt) {
        reopenAt = Date.now() + REOPEN_AFTER;
        open();
      }
      timer = window.setTimeout(() => void tick(), POLL_EVERY);
    };

    const start = async () => {
      await read();
      if (over || leaving.signal.aborted) return;
      open();
      timer = window.setTimeout(() => void tick(), POLL_EVERY);
    };
    void start();

    return () => {
      leaving.abort();
      finish();
    };
  }, [id, turn]);

  const again = useCallback(() => {
    setProblem(null);
    setTurn((n) => n + 1);
  }, []);
  return { followed, problem, adrift, again };
}
