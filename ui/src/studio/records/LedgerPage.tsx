import { Button } from "@mantine/core";
import { IconBooks, IconCircleCheck, IconClock, IconLock } from "../icons";
import { useEffect, useState } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { fetchLedgerNewest, type LedgerRow } from "../../shared/staff";
import { DataTable, type Column } from "../data/DataTable";
import { reportSignedOut } from "../data/session";
import { exactWords } from "../data/words";
import { PageHead } from "../frame/PageHead";
import { EmptyState, FailedState, LoadingState } from "../frame/states";
import { Link } from "../navigation/navigate";
import { sentence } from "../review/evidence";
import { review } from "../navigation/route";
import { details, pairs } from "./ledger";
import { ProofDialog } from "./ProofDialog";
import css from "./records.module.css";

const PAGE = 100;

const columns = (prove: (row: LedgerRow) => void): Column<LedgerRow>[] => [
  { name: "No.", value: (r) => r.seq, align: "end", wideOnly: true },
  { name: "When", value: (r) => r.at, render: (r) => <span className={css.when}>{exactWords(r.at)}</span> },
  { name: "What", value: (r) => r.action, render: (r) => <code className={css.what}>{r.action}</code> },
  { name: "Who", value: (r) => r.role, wideOnly: true, render: (r) => <span className={css.role}>{r.role}</span> },
  { name: "About", value: (r) => `${r.subject_kind} ${r.subject_id}`, wideOnly: true, render: (r) => <span className={css.when} title={r.subject_id}>{r.subject_kind} <code className="st-soft">{r.subject_id.length > 14 ? `…${r.subject_id.slice(-8)}` : r.subject_id}</code></span> },
  { name: "Campaign", value: (r) => r.campaign, wideOnly: true, render: (r) => (r.campaign ? <Link to={{ page: "campaign", slug: r.campaign }}>{r.campaign}</Link> : null) },
  { name: "Details", value: details, wideOnly: true, render: (r) => <Details row={r} /> },
  { name: "Commitment", value: (r) => r.commitment ?? "", wideOnly: true, render: (r) => (r.commitment ? <span className={css.sealed} title={`Private details are committed to: ${r.commitment}`}><IconLock size={13} /> <code>{r.commitment.slice(0, 8)}</code></span> : null) },
  { name: "Proof", value: (r) => (r.index === undefined ? "waiting" : "proven"), render: (r) => <Proven row={r} onOpen={prove} /> },
];

/** Every decision, newest first. */
export function LedgerPage() {
  const [rows, setRows] = useState<LedgerRow[] | null>(null);
  const [next, setNext] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [proving, setProving] = useState<LedgerRow | null>(null);

  const take = (before: number, known: LedgerRow[], signal?: AbortSignal) => {
    setBusy(true);
    setProblem(null);
    fetchLedgerNewest(before, PAGE, signal)
      .then((found) => {
        setRows([...known, ...found.rows]);
        setNext(found.next);
      })
      .catch((thrown: unknown) => {
        if (signal?.aborted) return;
        const found = asProblem(thrown);
        reportSignedOut(found);
        setProblem(found);
      })
      .finally(() => !signal?.aborted && setBusy(false));
  };
  const open = (signal?: AbortSignal) => take(0, [], signal);
  const more = () => take(next, rows ?? []);
  useEffect(() => {
    const stop = new AbortController();
    open(stop.signal);
    return () => stop.abort();
  }, []);

  return (
    <div className={css.wide}>
      <PageHead title="Ledger">Every decision, as it was written together with what it decided. It names roles, not people; private details are there only as a sealed commitment. Within seconds each row is proven: whoever keeps a checkpoint notices if one before it is changed or taken out.</PageHead>
      {!rows ? (
        problem ? <FailedState problem={problem} onRetry={() => open()} /> : <LoadingState what="the ledger" />
      ) : rows.length === 0 ? (
        <EmptyState icon={<IconBooks size={28} stroke={1.5} />} title="Nothing was decided yet">Decide something in the <Link to={review}>review</Link>, and it is written here.</EmptyState>
      ) : (
        <DataTable
          label="Ledger" file="ledger" columns={columns(setProving)} rows={rows} rowKey={(r) => String(r.seq)} filterHint="Filter what is shown"
          foot={
            problem ? <FailedState problem={problem} onRetry={more} /> : next > 0 ? <Button variant="subtle" size="xs" loading={busy} onClick={more}>Load more</Button> : <span className="st-soft">That is all of it.</span>
          }
        />
      )}
      {proving && <ProofDialog row={proving} onClose={() => setProving(null)} />}
    </div>
  );
}

function Proven({ row, onOpen }: { row: LedgerRow; onOpen: (row: LedgerRow) => void }) {
  const waits = row.index === undefined;
  return (
    <button type="button" className={css.proven} data-waits={waits || undefined} onClick={() => onOpen(row)} aria-label={`${waits ? "Waiting" : "Proven"}: show the proof of row ${row.seq}`}>
      {waits ? <IconClock size={15} /> : <IconCircleCheck size={15} />} {waits ? "Waiting" : "Proven"}
    </button>
  );
}

function Details({ row }: { row: LedgerRow }) {
  return <span className={css.details} title={details(row)}>{pairs(row).map(([name, value]) => <span key={name}><small>{sentence(name).toLowerCase()}</small> {value} </span>)}</span>;
}
