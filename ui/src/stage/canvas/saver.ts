import { asProblem, type Problem } from "../../shared/api";

/** What became of a document: kept, refused as it is, or not yet sent. */
export type SaveState =
  | { name: "saved" }
  | { name: "saving" }
  | { name: "adrift" }
  | { name: "refused"; problem: Problem };

const QUIET = 450;
const FIRST_RETRY = 1500;
const LAST_RETRY = 20_000;

/**
 * Keeps a document on the server while it changes: after a moment of quiet, one at
 * a time, always the newest. What fails on the way is sent again, ever more slowly;
 * what the server refuses waits for the next change.
 */
export class Saver<T, R> {
  private pending: T | null = null;
  private flying = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private retry = FIRST_RETRY;
  private waiting: ((state: SaveState) => void)[] = [];
  private state: SaveState = { name: "saved" };

  constructor(
    private readonly put: (doc: T) => Promise<R>,
    private readonly onState: (state: SaveState) => void,
    private readonly onSaved: (answer: R, doc: T) => void,
  ) {}

  /** Takes a newer document and sends it after a moment of quiet. */
  change(doc: T): void {
    this.pending = doc;
    this.tell({ name: "saving" });
    this.plan(QUIET);
  }

  /** Sends what is pending at once and tells what became of it. */
  flush(): Promise<SaveState> {
    if (this.pending === null && !this.flying) return Promise.resolve(this.state);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (!this.flying) this.plan(0);
    });
  }

  /** Stops planning; a request on its way is not called back. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting = [];
  }

  private plan(delay: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), delay);
  }

  private async send(): Promise<void> {
    this.timer = null;
    if (this.flying || this.pending === null) return;
    const doc = this.pending;
    this.pending = null;
    this.flying = true;
    try {
      const answer = await this.put(doc);
      this.retry = FIRST_RETRY;
      this.onSaved(answer, doc);
      this.flying = false;
      if (this.pending === null) this.rest({ name: "saved" });
      else this.plan(this.waiting.length > 0 ? 0 : QUIET);
    } catch (thrown) {
      this.flying = false;
      this.fail(asProblem(thrown), doc);
    }
  }

  private fail(problem: Problem, doc: T): void {
    if (this.pending !== null) {
      this.plan(this.waiting.length > 0 ? 0 : QUIET);
      return;
    }
    const passing = problem.status === 0 || problem.status >= 500 || problem.status === 429;
    if (!passing) {
      this.rest({ name: "refused", problem });
      return;
    }
    this.pending = doc;
    this.plan(problem.retryAfter ? problem.retryAfter * 1000 : this.retry);
    this.retry = Math.min(LAST_RETRY, this.retry * 2);
    this.rest({ name: "adrift" });
  }

  private rest(state: SaveState): void {
    this.tell(state);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(state);
  }

  private tell(state: SaveState): void {
    this.state = state;
    this.onState(state);
  }
}
