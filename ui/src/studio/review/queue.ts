/**
 * The review's list as a pure state machine. A decision takes the item off the
 * list at once and is held back for a moment so that it can be undone; the
 * server's answer is the truth, and what it refuses comes back.
 */
import type { Counts, Decision, ItemPage, ItemState, ReviewItem } from "../../shared/staff";

/** A decision that has been made here, with where its item stood. */
export interface Made {
  item: ReviewItem;
  index: number;
  decision: Decision;
  reason: string;
}

/** Something to tell the reviewer; `tone` says how it went. */
export interface Notice {
  tone: "calm" | "problem";
  text: string;
}

/** The list of one tab. */
export interface Queue {
  items: ReviewItem[];
  /** The id of the item that is shown. */
  at: string | null;
  /** Ids that somebody else dealt with while they were shown here. */
  gone: string[];
  /** The decision that can still be undone. */
  held: Made | null;
  /** Decisions on their way to the server. */
  sending: Made[];
  /** Ids whose decision the server has taken; a page read before that may still name them. */
  done: string[];
  /** Items decided here since the list was opened. */
  decided: number;
  counts: Counts;
  /** The cursor of the next page, empty at the end. */
  next: string;
  notice: Notice | null;
}

/** What can happen to the list. */
export type QueueEvent =
  | { type: "loaded"; page: ItemPage; at?: string | null }
  | { type: "refreshed"; page: ItemPage }
  | { type: "appended"; page: ItemPage }
  | { type: "select"; id: string }
  | { type: "step"; by: 1 | -1 }
  | { type: "skip" }
  | { type: "decide"; decision: Decision; reason: string; now?: boolean }
  | { type: "undo" }
  | { type: "release" }
  | { type: "settled"; id: string }
  | { type: "refused"; id: string; taken: boolean; detail: string }
  | { type: "hush" };

/** A list before anything is loaded. */
export const emptyQueue: Queue = {
  items: [], at: null, gone: [], held: null, sending: [], done: [], decided: 0, counts: {}, next: "", notice: null,
};

/** The item that is shown. */
export function current(q: Queue): ReviewItem | undefined {
  return q.items.find((i) => i.id === q.at);
}

/** The items that come after the one shown, nearest first. */
export function upcoming(q: Queue, n: number): ReviewItem[] {
  const index = q.items.findIndex((i) => i.id === q.at);
  return q.items.slice(index + 1, index + 1 + n);
}

/** Counts as they will be once what was decided here has arrived. */
export function countsAhead(q: Queue, tab: ItemState): Counts {
  const ahead = { ...q.counts };
  for (const made of [...q.sending, ...(q.held ? [q.held] : [])]) {
    const to = stateAfter(made.item, made.decision);
    ahead[tab] = Math.max(0, (ahead[tab] ?? 0) - 1);
    ahead[to] = (ahead[to] ?? 0) + 1;
  }
  return ahead;
}

/** The state that a decision leads to. */
export function stateAfter(item: ReviewItem, decision: Decision): ItemState {
  if (decision === "takedown") return "taken_down";
  if (decision === "reject") return "rejected";
  return item.kind === "entry" ? "published" : "approved";
}

/** How an item is called in a sentence. */
export function nameOf(item: ReviewItem): string {
  const title = item.words?.title || item.words?.prompt || "";
  const short = title.length > 42 ? title.slice(0, 41).trimEnd() + "…" : title;
  if (item.kind === "report") return short ? `the report on “${short}”` : "the report";
  return short ? `“${short}”` : item.kind === "generation" ? "the held prompt" : "the work";
}

const REMEMBERED = 400;

const underway = (q: Queue) => new Set([...q.done, ...[...q.sending, ...(q.held ? [q.held] : [])].map((m) => m.item.id)]);

function neighbour(items: ReviewItem[], index: number): string | null {
  return (items[index] ?? items[index - 1])?.id ?? null;
}

function settle(q: Queue, id: string): Queue {
  return { ...q, sending: q.sending.filter((m) => m.item.id !== id) };
}

function putBack(q: Queue, made: Made): ReviewItem[] {
  const items = q.items.filter((i) => i.id !== made.item.id);
  items.splice(Math.min(made.index, items.length), 0, made.item);
  return items;
}

/** Merges the server's first page: new items join at the end, items that left are dropped. */
function merge(q: Queue, page: ItemPage): Queue {
  const busy = underway(q);
  const fresh = new Map(page.items.map((i) => [i.id, i]));
  const last = page.items.at(-1);
  const within = (i: ReviewItem) => page.next === "" || (last !== undefined && i.created_at <= last.created_at);
  const gone = [...q.gone];
  const kept: ReviewItem[] = [];
  for (const item of q.items) {
    const now = fresh.get(item.id);
    if (now) kept.push(now);
    else if (!within(item)) kept.push(item);
    else if (item.id === q.at) {
      kept.push(item);
      if (!gone.includes(item.id)) gone.push(item.id);
    }
  }
  const known = new Set(kept.map((i) => i.id));
  const joined = page.items.filter((i) => !known.has(i.id) && !busy.has(i.id));
  // Behind a list that goes on, new items are found by loading more.
  const items = q.next === "" || q.items.length <= page.items.length ? [...kept, ...joined] : kept;
  return { ...q, items, gone, counts: page.counts, at: q.at ?? items[0]?.id ?? null, next: kept.length > page.items.length ? q.next : page.next };
}

/** Applies what happened to the list. */
export function reduce(q: Queue, event: QueueEvent): Queue {
  switch (event.type) {
    case "loaded": {
      const busy = underway(q);
      const items = event.page.items.filter((i) => !busy.has(i.id));
      const wanted = items.find((i) => i.id === event.at);
      return { ...q, items, at: (wanted ?? items[0])?.id ?? null, gone: [], counts: event.page.counts, next: event.page.next };
    }
    case "refreshed":
      return merge(q, event.page);
    case "appended": {
      const known = new Set(q.items.map((i) => i.id));
      const busy = underway(q);
      const items = [...q.items, ...event.page.items.filter((i) => !known.has(i.id) && !busy.has(i.id))];
      return { ...q, items, at: q.at ?? items[0]?.id ?? null, counts: event.page.counts, next: event.page.next };
    }
    case "select":
      return q.items.some((i) => i.id === event.id) ? leave({ ...q, notice: null }, event.id) : q;
    case "step": {
      const index = q.items.findIndex((i) => i.id === q.at);
      const to = q.items[index + event.by];
      return to ? leave({ ...q, notice: null }, to.id) : q;
    }
    case "skip": {
      const index = q.items.findIndex((i) => i.id === q.at);
      const item = q.items[index];
      if (!item || q.items.length < 2) return q;
      const rest = q.items.filter((i) => i.id !== item.id);
      const to = rest[index] ?? rest[0];
      return leave({ ...q, items: [...rest, item], notice: null }, to?.id ?? null);
    }
    case "decide": {
      const index = q.items.findIndex((i) => i.id === q.at);
      const item = q.items[index];
      if (!item || q.gone.includes(item.id)) return q;
      const made: Made = { item, index, decision: event.decision, reason: event.reason };
      const items = q.items.filter((i) => i.id !== item.id);
      const sending = q.held ? [...q.sending, q.held] : q.sending;
      return {
        ...q, items, at: neighbour(items, index), decided: q.decided + 1, notice: null,
        held: event.now ? null : made,
        sending: event.now ? [...sending, made] : sending,
      };
    }
    case "undo":
      if (!q.held) return q;
      return { ...q, items: putBack(q, q.held), at: q.held.item.id, held: null, decided: Math.max(0, q.decided - 1), notice: null };
    case "release":
      return q.held ? { ...q, sending: [...q.sending, q.held], held: null } : q;
    case "settled": {
      const made = q.sending.find((m) => m.item.id === event.id);
      if (!made) return q;
      const alone = { ...q, held: null, sending: [made] };
      const counts = countsAhead(alone, made.item.state);
      return { ...settle(q, event.id), counts, done: [...q.done, event.id].slice(-REMEMBERED) };
    }
    case "refused": {
      const made = q.sending.find((m) => m.item.id === event.id);
      if (!made) return q;
      const rest = { ...settle(q, event.id), decided: Math.max(0, q.decided - 1) };
      if (event.taken) {
        return { ...rest, notice: { tone: "calm", text: `Somebody else was quicker with ${nameOf(made.item)}. Their decision stands.` } };
      }
      const items = putBack(rest, made);
      return { ...rest, items, at: rest.at ?? made.item.id, notice: { tone: "problem", text: `Not saved: ${nameOf(made.item)} is back in the list. ${event.detail}` } };
    }
    case "hush":
      return q.notice ? { ...q, notice: null } : q;
  }
}

/** Moves on to another item; one that is gone leaves the list with that. */
function leave(q: Queue, to: string | null): Queue {
  const items = q.items.filter((i) => i.id === to || !q.gone.includes(i.id));
  return { ...q, items, gone: q.gone.filter((id) => id === to), at: to };
}
