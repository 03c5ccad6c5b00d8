/** Times, sizes and problems in words. */
import { OFFLINE, TIMED_OUT, type Problem } from "../../shared/api";

/** What to tell a person about a problem: what happened and what to do. */
export function problemWords(problem: Problem): string {
  if (problem.detail) return problem.detail;
  if (problem.code === OFFLINE) return "The server can’t be reached. Check the connection, then try again.";
  if (problem.code === TIMED_OUT) return "The server took too long to answer. Try again in a moment.";
  if (problem.status === 401) return "Your session has ended. Sign in again with a new link.";
  if (problem.status === 403) return "Your role doesn’t allow this. Ask an admin if you need it.";
  if (problem.status === 404) return "This isn’t here any more, or it never was.";
  if (problem.status === 429) return "That was a lot at once. Wait a moment, then try again.";
  if (problem.status === 503) return "The server is busy or its database is away. Try again in a moment.";
  return "Something went wrong on the server. Try again; if it stays, its log says more.";
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400], ["hour", 3_600], ["minute", 60],
];

/** How long ago a time was, in few words: "4 min ago". A time that can't be read gives "". */
export function ago(time: string, now: number = Date.now()): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return "";
  const seconds = (now - at) / 1000;
  if (seconds < 45 && seconds > -45) return "just now";
  const format = new Intl.RelativeTimeFormat("en-GB", { numeric: "always", style: "short" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(-Math.round(seconds / size), unit);
  }
  return format.format(-Math.max(1, Math.round(seconds / 60)), "minute");
}

const dayTime = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

function formatted(time: string | undefined, format: Intl.DateTimeFormat): string {
  const at = Date.parse(time ?? "");
  // A zero time of the server means that there is none.
  return Number.isNaN(at) || at < 0 ? "" : format.format(at);
}

/** A time to the minute, in the browser's zone. */
export const whenWords = (time: string | undefined) => formatted(time, dayTime);
/** A time to the second, in the browser's zone. */
export const exactWords = (time: string | undefined) => formatted(time, exact);
/** A day, in the browser's zone. */
export const dayWords = (time: string | undefined) => formatted(time, day);

/** Asks an image address for another width; the server snaps it to one it has. */
export function atWidth(url: string, width: number): string {
  const [path = "", search = ""] = url.split("?");
  const params = new URLSearchParams(search);
  params.set("width", String(width));
  return `${path}?${params.toString()}`;
}
