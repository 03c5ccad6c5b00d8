import { useMemo, useState } from "react";
import { DataTable, type Column } from "../data/DataTable";
import type { AssetRights, KitPageData } from "./api";
import { LapsedWorks } from "./LapsedWorks";
import css from "./kit.module.css";
import { among, rightsFilters, rightsWords, type RightsFilter } from "./rights";

const listed = (list: string[] | null | undefined, all: string) => (list?.length ? list.join(", ") : all);

const columns: Column<AssetRights>[] = [
  { name: "Asset", value: (a) => `${a.name} ${a.id}`, render: (a) => <span className={css.ruleId}>{a.name || a.id}<small>{a.kind}, <code>{a.id}</code></small></span> },
  { name: "Until", value: (a) => (a.rights?.until ? a.rights.until : "9999"), render: (a) => <span className={css.until} data-state={a.state}>{a.rights?.until || "open"}<small>{rightsWords(a)}</small></span> },
  { name: "Owner and licence", value: (a) => `${a.rights?.owner ?? ""} ${a.rights?.licence ?? ""}`, render: (a) => (a.rights ? <span className={css.ruleId}>{a.rights.owner}<small>{a.rights.licence}</small></span> : <span className="st-soft">nothing said</span>), wideOnly: true },
  { name: "Markets", value: (a) => listed(a.rights?.territories, "all") },
  { name: "Channels", value: (a) => listed(a.rights?.channels, "all"), wideOnly: true },
  { name: "With generated pictures", value: (a) => (a.rights?.with_generated === false ? "no" : "yes"), wideOnly: true },
  { name: "When they end", value: (a) => (a.rights?.after_until === "hide" ? "hidden" : a.rights ? "listed" : ""), wideOnly: true },
];

const filterWords = (f: RightsFilter) => (f === "all" ? "All assets" : f === "ended" ? "Have ended" : `End within ${f} days`);

/** The rights to each asset, with what ends soon and what has ended. */
export function RightsPart({ kit }: { kit: KitPageData }) {
  const [filter, setFilter] = useState<RightsFilter>("all");
  const rows = useMemo(() => kit.rights.filter((a) => among(filter, a)), [kit, filter]);
  return (
    <>
      <div className={css.tiles} role="radiogroup" aria-label="Which rights to list">
        {rightsFilters.map((f) => {
          const count = kit.rights.filter((a) => among(f, a)).length;
          return (
            <button key={f} type="button" role="radio" aria-checked={filter === f} onClick={() => setFilter(f)} data-tone={count > 0 && f === "ended" ? "no" : count > 0 && f === 30 ? "hold" : undefined}>
              <b>{count}</b>
              {filterWords(f)}
            </button>
          );
        })}
      </div>
      {rows.length === 0 ? (
        <p className={css.none}>{filter === "ended" ? "No rights of this kit have ended." : `No rights of this kit end within ${filter} days.`}</p>
      ) : (
        <DataTable label="Rights" file={`rights-${kit.id}-${kit.version}`} columns={columns} rows={rows} rowKey={(a) => `${a.kind} ${a.id}`} filterHint="Filter by asset, owner or market" faded={(a) => !a.rights} />
      )}
      {kit.rights.some((a) => a.state === "ended") && <LapsedWorks kit={kit} />}
    </>
  );
}
