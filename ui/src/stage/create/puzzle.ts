/** A proof-of-work challenge as the server's Altcha library gives it. */
export interface Puzzle {
  algorithm: string;
  challenge: string;
  salt: string;
  signature: string;
  maxnumber?: number;
  maxNumber?: number;
}

const BATCH = 256;
const MOST = 5_000_000;

/**
 * Finds the number whose hash with the salt is the challenge and returns the answer
 * as the server expects it: base64 of JSON. It works in batches, so that the page
 * stays alive. Throws when no number up to the limit fits.
 */
export async function solve(puzzle: Puzzle): Promise<string> {
  const encoder = new TextEncoder();
  const limit = Math.min(puzzle.maxnumber ?? puzzle.maxNumber ?? 1_000_000, MOST);
  const started = performance.now();
  for (let from = 0; from <= limit; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, limit - from + 1) }, (_, i) => from + i);
    const hashes = await Promise.all(
      numbers.map((n) => crypto.subtle.digest(puzzle.algorithm, encoder.encode(puzzle.salt + n))),
    );
    const found = hashes.findIndex((hash) => hex(hash) === puzzle.challenge);
    if (found >= 0) {
      return btoa(
        JSON.stringify({
          algorithm: puzzle.algorithm,
          challenge: puzzle.challenge,
          number: from + found,
          salt: puzzle.salt,
          signature: puzzle.signature,
          took: Math.round(performance.now() - started),
        }),
      );
    }
  }
  throw new Error("no number fits the challenge");
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
