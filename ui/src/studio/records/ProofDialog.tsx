import { Button, Modal } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { fetchLedgerProof, type LedgerProof, type LedgerRow } from "../../shared/staff";
import { download } from "../data/csv";
import { useLoaded } from "../data/loaded";
import { exactWords } from "../data/words";
import { FailedState, LoadingState } from "../frame/states";
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconInfoCircle } from "../icons";
import { check, type Verdict } from "./proof";
import css from "./records.module.css";

const verdicts: Record<Verdict, { icon: typeof IconCircleCheck; title: string; words: string }> = {
  proven: { icon: IconCircleCheck, title: "Proven", words: "Your browser worked the path out itself: this entry leads to the root of the signed checkpoint. Whoever keeps that checkpoint would notice if the entry were changed or taken out." },
  wrong: { icon: IconAlertTriangle, title: "Not proven", words: "The path doesn’t lead to the signed root. Tell an admin: marquee ledger verify shows what was changed." },
  unable: { icon: IconInfoCircle, title: "Not checked here", words: "The server has a proof, and your browser can only check it on a page with TLS. Download it to check it elsewhere." },
};

/** Shows that a row is in the ledger's tree, and checks it here. */
export function ProofDialog({ row, onClose }: { row: LedgerRow; onClose: () => void }) {
  const { data, problem, reload } = useLoaded(`proof ${row.id}`, (signal) => fetchLedgerProof(row.id, signal));
  return (
    <Modal opened onClose={onClose} title={<>Proof of <code>{row.action}</code></>} size="lg">
      {data ? <Shown proof={data} row={row} /> : problem ? <FailedState problem={problem} onRetry={reload} /> : <LoadingState what="the proof" />}
    </Modal>
  );
}

function Shown({ proof: p, row }: { proof: LedgerProof; row: LedgerRow }) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  useEffect(() => {
    let here = true;
    void check(p).then((v) => here && setVerdict(v));
    return () => { here = false; };
  }, [p]);
  if (!verdict) return <LoadingState what="the path to the root" />;
  const { icon: Icon, title, words } = verdicts[verdict];
  const cosigned = p.head.witnesses.filter((w) => w.size === p.head.size);
  return (
    <div className={css.proof}>
      <div className={css.verdict} data-verdict={verdict} role="status">
        <Icon size={26} stroke={1.6} />
        <p><b>{title}</b>{words}</p>
      </div>
      <dl className={css.facts}>
        <dt>Written</dt><dd>{exactWords(row.at)}</dd>
        <dt>Place</dt><dd>{(p.index + 1).toLocaleString("en-GB")} of {p.head.size.toLocaleString("en-GB")}</dd>
        <dt>Signed by</dt><dd><code>{p.head.origin}</code></dd>
        <dt>Witnessed by</dt><dd>{cosigned.length > 0 ? cosigned.map((w) => <span key={w.name}><code>{w.name}</code> {exactWords(w.at)}</span>) : p.head.witnesses.length > 0 ? p.head.witnesses.map((w) => <span key={w.name}><code>{w.name}</code> the first {w.size.toLocaleString("en-GB")} rows</span>) : <span className="st-soft">nobody else yet</span>}</dd>
      </dl>
      <Part title="What was committed to"><pre>{pretty(p.leaf)}</pre></Part>
      <Part title={`Path to the root, ${p.hashes.length} ${p.hashes.length === 1 ? "step" : "steps"}`}>
        <ol className={css.path}>
          <li><small>entry</small><code>{p.hash}</code></li>
          {p.hashes.map((h, i) => <li key={i}><small>{i + 1}</small><code>{h}</code></li>)}
          <li><small>root</small><code>{p.head.root}</code></li>
        </ol>
      </Part>
      <Part title="Signed checkpoint"><pre>{p.head.checkpoint}</pre></Part>
      <div className={css.saves}>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={() => download(`ledger-${p.index}.json`, p.leaf, "application/json")}>Entry</Button>
        <Button size="xs" leftSection={<IconDownload size={14} />} onClick={() => download(`ledger-${p.index}.tlog-proof`, p.proof, "text/plain")}>Proof</Button>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <details className={css.part}><summary>{title}</summary>{children}</details>;
}

/** The entry with a line for each thing it says. */
function pretty(leaf: string): string {
  try {
    return JSON.stringify(JSON.parse(leaf), null, 2);
  } catch {
    return leaf;
  }
}
