// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { LedgerProof } from "../../shared/staff";
import { check, leafHash, nodeHash, rootOf } from "./proof";

const leaf = (n: number) => `{"id":"${n}"}`;
const base64 = (b: Uint8Array) => btoa(String.fromCharCode(...b));

/** The tree and the way to a leaf as RFC 6962 defines them, by recursion. */
async function tree(from: number, to: number): Promise<Uint8Array> {
  if (to - from === 1) return leafHash(leaf(from));
  const middle = from + split(to - from);
  return nodeHash(await tree(from, middle), await tree(middle, to));
}
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
async function way(index: number, from: number, to: number): Promise<Uint8Array[]> {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle ? [...(await way(index, from, middle)), await tree(middle, to)] : [...(await way(index, middle, to)), await tree(from, middle)];
}
async function proof(index: number, size: number): Promise<LedgerProof> {
  const root = base64(await tree(0, size));
  return {
    index, leaf: leaf(index), hash: base64(await leafHash(leaf(index))), hashes: (await way(index, 0, size)).map(base64), proof: "",
    head: { origin: "house.example/ledger", size, root, checkpoint: `house.example/ledger\n${size}\n${root}\n\n— house.example/ledger x\n`, verifier: "", witnesses: [] },
  };
}

describe("a proof, checked in the browser", () => {
  it("leads to the root for every entry of every small tree", async () => {
    for (let size = 1; size <= 20; size++) for (let index = 0; index < size; index++) expect(await check(await proof(index, size)), `${index} of ${size}`).toBe("proven");
  });

  it.each<[string, (p: LedgerProof) => void]>([
    ["another entry", (p) => { p.leaf += " "; }],
    ["another place", (p) => { p.index = 4; }],
    ["a place outside", (p) => { p.index = 13; }],
    ["another hash", (p) => { p.hashes[1] = p.hashes[0] ?? ""; }],
    ["a hash too few", (p) => { p.hashes.pop(); }],
    ["a hash too many", (p) => { p.hashes.push(p.hashes[0] ?? ""); }],
    ["a hash that is none", (p) => { p.hashes[0] = "%"; }],
    ["a root that is not the signed one", (p) => { p.head.root = p.hash; }],
    ["a size that is not the signed one", (p) => { p.head.size = 14; }],
    ["another ledger", (p) => { p.head.origin = "x"; }],
  ])("is wrong with %s", async (_, change) => {
    const p = await proof(5, 13);
    change(p);
    expect(await check(p)).toBe("wrong");
  });

  it("has no root for what is no place", async () => {
    const hash = await leafHash("x");
    for (const index of [-1, 1, 0.5, NaN]) expect(await rootOf(hash, index, 1, [])).toBeNull();
  });
});
