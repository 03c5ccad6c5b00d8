import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { decide, decideLeaving, fetchItems, type Decision, type ItemFilter, type ItemState, type ReviewItem } from "../../shared/staff";
import { reportSignedOut } from "../data/session";
import { noteWaiting } from "../data/waiting";
import { atWidth, problemWords } from "../data/words";
import { countsAhead, emptyQueue, reduce, upcoming, type Made, type Queue, type QueueEvent } from "./queue";

/** How long a decision can be undone before it is sent. */
export const GRACE = 3000;
const BEAT = 15_000;
const PAGE = 50;
const AHEAD = 3;

/** The width that the large picture is asked for. */
export const LARGE = 1280;

/** The list of a tab with everything that can be done to it. */
export interface Review {
  queue: Queue;
  loading: boolean;
  problem: Problem | null;
  reload: () => void;
  more: () => void;
  loadingMore: boolean;
  select: (id: string) => void;
  step: (by: 1 | -1) => void;
  skip: () => void;
  decide: (decision: Decision, reason: string) => void;
  undo: () => void;
  hush: () => void;
}

/**
 * Loads a tab, keeps it fresh, sends decisions and takes back what the server
 * refuses. `onLost` hears of a decision that is refused after the page was left.
 */
export function useReview(tab: ItemState, filter: Pick<ItemFilter, "kind" | "campaign">, first: string, onLost: (thrown: unknown) => void): Review {
  const [queue, send] = useReducer(reduce, emptyQueue);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(true);
  const [loadingMore, setLoadingMore] = useState(false);
  const [round, setRound] = useState(0);
  const { kind, campaign } = filter;
  const now = useRef(queue);
  now.current = queue;

  const page = useCallback(
    (after: string, signal?: AbortSignal) => fetchItems({ state: tab, kind, campaign, after, limit: PAGE }, signal),
    [tab, kind, campaign],
  );

  useEffect(() => {
    const stop = new AbortController();
    setLoading(true);
    setProblem(null);
    page("", stop.signal)
      .then((p) => send({ type: "loaded", page: p, at: now.current.at ?? first }))
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        const found = asProblem(thrown);
        reportSignedOut(found);
        setProblem(found);
      })
      .finally(() => !stop.signal.aborted && setLoading(false));
    return () => stop.abort();
    // `first` matters only when the list opens.
  }, [page, round]);

  useEffect(() => {
    const stop = new AbortController();
    const look = () => {
      if (document.hidden) return;
      page("", stop.signal).then(
        (p) => send({ type: "refreshed", page: p }),
        (thrown: unknown) => !stop.signal.aborted && reportSignedOut(asProblem(thrown)),
      );
    };
    const timer = setInterval(look, BEAT);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [page]);

  useEffect(() => {
    if (!queue.held) return;
    const timer = setTimeout(() => send({ type: "release" }), GRACE);
    return () => clearTimeout(timer);
  }, [queue.held]);

  useSending(queue.sending, send, onLost);
  useLeaving(now, send, onLost);
  useImagesAhead(upcoming(queue, AHEAD));
  useEffect(() => noteWaiting(countsAhead(queue, tab).waiting), [queue, tab]);

  const more = useCallback(() => {
    const last = now.current.next;
    if (!last) return;
    setLoadingMore(true);
    page(last)
      .then((p) => send({ type: "appended", page: p }))
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setLoadingMore(false));
  }, [page]);

  // A list that runs low is filled up before it is empty.
  const low = queue.next !== "" && queue.items.length < AHEAD && !loadingMore && !loading && !problem;
  useEffect(() => {
    if (low) more();
  }, [low, more]);

  return {
    queue, loading, problem, more, loadingMore,
    reload: useCallback(() => setRound((n) => n + 1), []),
    select: useCallback((id) => send({ type: "select", id }), []),
    step: useCallback((by) => send({ type: "step", by }), []),
    skip: useCallback(() => send({ type: "skip" }), []),
    // What must be gone within a second is not held back.
    decide: useCallback((decision, reason) => send({ type: "decide", decision, reason, now: decision === "takedown" }), []),
    undo: useCallback(() => send({ type: "undo" }), []),
    hush: useCallback(() => send({ type: "hush" }), []),
  };
}

type Send = (event: QueueEvent) => void;

/** Sends each decision once. */
function useSending(sending: Made[], send: Send, onLost: (thrown: unknown) => void): void {
  const sent = useRef(new Set<string>());
  const here = useHere();
  useEffect(() => {
    for (const { item, decision, reason } of sending) {
      if (sent.current.has(item.id)) continue;
      sent.current.add(item.id);
      decide(item.id, decision, reason)
        .then(() => send({ type: "settled", id: item.id }))
        .catch((thrown: unknown) => {
          if (!here.current) return onLost(thrown);
          const problem = asProblem(thrown);
          reportSignedOut(problem);
          send({ type: "refused", id: item.id, taken: problem.status === 409, detail: problemWords(problem) });
        })
        .finally(() => sent.current.delete(item.id));
    }
  }, [sending, send, onLost, here]);
}

/** Lets no decision be lost when the page is left while it can still be undone. */
function useLeaving(now: { current: Queue }, send: Send, onLost: (thrown: unknown) => void): void {
  useEffect(() => {
    const take = () => {
      const held = now.current.held;
      now.current = { ...now.current, held: null };
      return held;
    };
    const closed = () => {
      const held = take();
      if (held) decideLeaving(held.item.id, held.decision, held.reason);
    };
    const hidden = () => document.hidden && send({ type: "release" });
    window.addEventListener("pagehide", closed);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      window.removeEventListener("pagehide", closed);
      document.removeEventListener("visibilitychange", hidden);
      const held = take();
      if (held) decide(held.item.id, held.decision, held.reason).catch(onLost);
    };
  }, [now, send, onLost]);
}

/** Tells whether the page is still open. */
function useHere(): { readonly current: boolean } {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

/** Fetches the next pictures, so that the next item is there at once. */
function useImagesAhead(items: ReviewItem[]): void {
  const urls = items.flatMap((i) => (i.image_url ? [atWidth(i.image_url, LARGE)] : [])).join(" ");
  const kept = useRef<HTMLImageElement[]>([]);
  useEffect(() => {
    kept.current = urls.split(" ").filter(Boolean).map((url) => {
      const image = new Image();
      image.src = url;
      return image;
    });
  }, [urls]);
}
