// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../../shared/staff";
import { newest, older, type Stretch } from "./ledger";

const row = (seq: number): LedgerRow => ({ seq, at: "", action: "a", role: "system", subject_kind: "k", subject_id: "s", campaign: "" });

function ledger(seqs: number[]) {
  const asked = { count: 0 };
  const read = (after: number, limit: number) => {
    asked.count++;
    return Promise.resolve(seqs.filter((s) => s > after).slice(0, limit).map(row));
  };
  return { read, asked };
}

async function everything(read: (after: number, limit: number) => Promise<LedgerRow[]>, limit: number): Promise<number[]> {
  let at: Stretch = await newest(read, limit);
  const seen = at.rows.map((r) => r.seq);
  while (at.first > 1) {
    at = await older(read, at.first, limit);
    seen.push(...at.rows.map((r) => r.seq));
  }
  return seen;
}

describe("the ledger from its end", () => {
  const dense = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const gaps = dense(900).filter((n) => n % 7 !== 0 && (n < 300 || n > 420));
  it.each([["none", []], ["one", [1]], ["a page", dense(100)], ["one more", dense(101)], ["many", dense(937)], ["with gaps", gaps], ["starting late", dense(500).slice(250)]] as [string, number[]][])(
    "gives %s newest first, each row once",
    async (_, seqs) => expect(await everything(ledger(seqs).read, 100)).toEqual([...seqs].reverse()),
  );

  it("finds the end of a long one by few questions", async () => {
    const { read, asked } = ledger(dense(200_000));
    const found = await newest(read, 100);
    expect(found.rows[0]?.seq).toBe(200_000);
    expect(asked.count).toBeLessThan(32);
  });
});
