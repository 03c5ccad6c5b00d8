import { useMemo } from "react";
import { DataTable, type Column } from "../data/DataTable";
import type { KitPageData } from "./api";
import css from "./kit.module.css";
import { ruleRows, type RuleRow } from "./rules";

const fromWords: Record<RuleRow["from"], string> = { kit: "this kit", mark: "the mark", "every kit": "every kit" };

const columns: Column<RuleRow>[] = [
  { name: "Rule", value: (r) => r.id, render: (r) => <code>{r.id}</code> },
  { name: "From", value: (r) => fromWords[r.from], render: (r) => <span className={css.from}>{fromWords[r.from]}</span>, wideOnly: true },
  { name: "What it asks", value: (r) => `${r.what} ${r.values}`, render: (r) => <span className={css.ruleWhat}>{r.what}{r.values && <b>{r.values}</b>}{r.where && <span className={css.ruleWhere}>{r.where}</span>}</span> },
  { name: "Where it holds", value: (r) => r.where, render: (r) => <span className="st-soft">{r.where}</span>, wideOnly: true },
  { name: "Why", value: (r) => r.reason, render: (r) => <span className={css.ruleWhy}>{r.reason}</span>, wideOnly: true },
  { name: "Severity", value: (r) => r.severity, render: (r) => <span className={css.severity} data-severity={r.severity}>{r.severity}</span> },
];

/** All rules that hold for compositions with this kit. */
export function RulesPart({ kit }: { kit: KitPageData }) {
  const rows = useMemo(() => ruleRows(kit), [kit]);
  return (
    <DataTable
      label="Rules" file={`rules-${kit.id}-${kit.version}`} columns={columns} rows={rows} rowKey={(r) => `${r.from} ${r.id}`} filterHint="Filter by rule, mark or reason"
      foot={<span className="st-soft">An error stands in the way: the server keeps and publishes nothing that has one. A warning is told.</span>}
    />
  );
}
