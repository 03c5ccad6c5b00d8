// @vitest-environment node
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { solve, type Puzzle } from "./puzzle";

const puzzle = (number: number, maxnumber: number): Puzzle => ({
  algorithm: "SHA-256",
  salt: "a salt?expires=1",
  signature: "signed",
  maxnumber,
  challenge: createHash("sha256").update(`a salt?expires=1${number}`).digest("hex"),
});

describe("the proof of work", () => {
  it.each([0, 255, 256, 1000])("finds the number %i", async (number) => {
    const answer = JSON.parse(atob(await solve(puzzle(number, 1000)))) as Record<string, unknown>;
    expect(answer).toMatchObject({ number, salt: "a salt?expires=1", signature: "signed", algorithm: "SHA-256" });
  });

  it("gives up at the limit", async () => {
    await expect(solve(puzzle(1001, 1000))).rejects.toThrow();
  });
});
