import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask, asProblem, OFFLINE, Problem, speak } from "./api";

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function met(work: Promise<unknown>): Promise<Problem> {
  const caught = work.then(
    () => Promise.reject(new Error("it should have failed")),
    (thrown) => asProblem(thrown),
  );
  await vi.advanceTimersByTimeAsync(20_000);
  return caught;
}

describe("asking the API", () => {
  it("speaks the chosen language and reads the answer", async () => {
    const fetched = vi.fn(async (_url: string, _init: RequestInit) => answer(200, { ok: true }));
    vi.stubGlobal("fetch", fetched);
    speak("ja");
    expect(await ask("/campaigns")).toEqual({ ok: true });
    expect(fetched.mock.calls[0]![0]).toBe("/api/v1/campaigns");
    expect((fetched.mock.calls[0]![1].headers as Record<string, string>)["Accept-Language"]).toBe("ja");
  });

  it("gives the server's problem with its code, sentence and findings", async () => {
    vi.stubGlobal("fetch", async () =>
      answer(422, { code: "composition_against_rules", detail: "Two marks meet.", findings: [{ layer: "a" }] }),
    );
    const problem = await met(ask("/x", { method: "PUT", body: {} }));
    expect(problem).toMatchObject({ status: 422, code: "composition_against_rules", detail: "Two marks meet." });
    expect(problem.findings).toHaveLength(1);
  });

  it("waits as it is told and asks again what can be repeated, but never a POST", async () => {
    const fetched = vi.fn(async (_url: string, init: RequestInit) =>
      fetched.mock.calls.length < 3 || init.method === "POST"
        ? answer(503, { code: "busy" }, { "Retry-After": "1" })
        : answer(200, { done: true }),
    );
    vi.stubGlobal("fetch", fetched);
    const asked = ask("/x");
    await vi.advanceTimersByTimeAsync(5000);
    expect(await asked).toEqual({ done: true });
    fetched.mockClear();
    expect((await met(ask("/x", { method: "POST", body: {} }))).status).toBe(503);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("knows being offline from being refused, and an answer that is no problem document", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("network")));
    expect((await met(ask("/x"))).code).toBe(OFFLINE);
    vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
    expect(await met(ask("/x"))).toMatchObject({ status: 502, code: "http_502" });
  });
});
