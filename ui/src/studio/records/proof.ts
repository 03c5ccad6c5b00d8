/** Checks in the browser that a row is in the ledger's tree, so that the server need not be believed. */
import type { LedgerProof } from "../../shared/staff";

/** What came of a check; "unable" where the browser has no cryptography, as on a page without TLS. */
export type Verdict = "proven" | "wrong" | "unable";

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

async function hash(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

/** The hash of a leaf, as RFC 6962 has it. */
export const leafHash = (leaf: string) => hash(new Uint8Array([0]), new TextEncoder().encode(leaf));
/** The hash of two subtrees. */
export const nodeHash = (left: Uint8Array, right: Uint8Array) => hash(new Uint8Array([1]), left, right);

/**
 * The root that a leaf and the hashes beside its way lead to, in a tree of a
 * size (RFC 9162, 2.1.3.2); null if they are too few or too many.
 */
export async function rootOf(leaf: Uint8Array, index: number, size: number, hashes: Uint8Array[]): Promise<Uint8Array | null> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  let place = BigInt(index);
  let last = BigInt(size) - 1n;
  let root = leaf;
  for (const beside of hashes) {
    if (last === 0n) return null;
    if (place % 2n === 1n || place === last) {
      root = await nodeHash(beside, root);
      while (place % 2n === 0n && place !== 0n) {
        place /= 2n;
        last /= 2n;
      }
    } else {
      root = await nodeHash(root, beside);
    }
    place /= 2n;
    last /= 2n;
  }
  return last === 0n ? root : null;
}

/** Whether the entry leads to the root that the checkpoint says, line by line. */
export async function check(p: LedgerProof): Promise<Verdict> {
  if (!globalThis.crypto?.subtle) return "unable";
  const [origin, size, root] = p.head.checkpoint.split("\n");
  if (origin !== p.head.origin || size !== String(p.head.size) || root !== p.head.root) return "wrong";
  try {
    const leaf = await leafHash(p.leaf);
    const found = await rootOf(leaf, p.index, p.head.size, p.hashes.map(bytesOf));
    return found && base64Of(found) === root ? "proven" : "wrong";
  } catch {
    return "wrong"; // hashes that are none
  }
}
