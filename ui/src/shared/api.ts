import type { Finding } from "./types";

/** One field of a form that the server refused. */
export interface FieldProblem {
  path: string;
  code: string;
  message: string;
}

/** Codes the browser gives by itself, when no server could answer. */
export const OFFLINE = "offline";
export const TIMED_OUT = "timed_out";

/**
 * A refusal or failure of the API, RFC 9457. `detail` is a sentence for people in
 * their language; `code` is stable for programs; `status` is 0 when nothing answered.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fields: FieldProblem[];
  readonly findings: Finding[];
  /** Seconds to wait before another try, when the server said so. */
  readonly retryAfter: number | null;

  constructor(init: {
    status: number;
    code: string;
    title?: string;
    detail?: string;
    fields?: FieldProblem[];
    findings?: Finding[];
    retryAfter?: number | null;
  }) {
    super(init.detail || init.title || init.code);
    this.name = "Problem";
    this.status = init.status;
    this.code = init.code;
    this.title = init.title ?? "";
    this.detail = init.detail ?? "";
    this.fields = init.fields ?? [];
    this.findings = init.findings ?? [];
    this.retryAfter = init.retryAfter ?? null;
  }
}

/** Turns anything thrown into a Problem, so that a page has one thing to show. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem({ status: 0, code: "unexpected" });
}

export interface Ask {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON, unless it is FormData. */
  body?: unknown;
  signal?: AbortSignal;
  /** Milliseconds before giving up; 30,000 unless told. */
  timeout?: number;
}

const BASE = "/api/v1";
const RETRIES = 2;
const LONGEST_WAIT = 5;

let language = "en";

/** Sets the language the server answers in from now on. */
export function speak(locale: string): void {
  language = locale;
}

/**
 * Asks the API under /api/v1 and returns the parsed JSON (undefined for 204).
 * Throws a Problem for every refusal and failure, and an AbortError when the
 * caller's signal ends it. What can be repeated safely is tried again while the
 * server answers 503 with a short Retry-After.
 */
export async function ask<T>(path: string, options: Ask = {}): Promise<T> {
  const method = options.method ?? "GET";
  const repeatable = method !== "POST";
  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(path, method, options);
    } catch (thrown) {
      const again =
        thrown instanceof Problem &&
        repeatable &&
        attempt < RETRIES &&
        thrown.status === 503 &&
        (thrown.retryAfter ?? 1) <= LONGEST_WAIT;
      if (!again) throw thrown;
      await pause((thrown.retryAfter ?? 1) * 1000, options.signal);
    }
  }
}

async function once<T>(path: string, method: string, options: Ask): Promise<T> {
  const headers: Record<string, string> = {
    Accept: "application/json, application/problem+json",
    "Accept-Language": language,
  };
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body instanceof FormData) {
    init.body = options.body;
  } else if (options.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  const clock = AbortSignal.timeout(options.timeout ?? 30_000);
  init.signal = options.signal ? AbortSignal.any([options.signal, clock]) : clock;

  let response: Response;
  try {
    response = await fetch(BASE + path, init);
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw new Problem({ status: 0, code: clock.aborted ? TIMED_OUT : OFFLINE });
  }
  if (response.status === 204) return undefined as T;
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** Reads a Problem out of a response, whatever its body turns out to be. */
export async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = seconds(response.headers.get("Retry-After"));
  const plain = { status: response.status, code: `http_${response.status}`, retryAfter };
  try {
    const body = (await response.json()) as Partial<Problem>;
    return new Problem({
      ...plain,
      code: body.code ?? plain.code,
      title: body.title,
      detail: body.detail,
      fields: body.fields,
      findings: body.findings,
    });
  } catch {
    return new Problem(plain);
  }
}

function seconds(header: string | null): number | null {
  if (header === null) return null;
  const number = Number(header);
  if (Number.isFinite(number)) return Math.max(0, number);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000);
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
