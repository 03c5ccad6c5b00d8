import { Button, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDownload, IconSearch } from "../icons";
import { useMemo, useState, type ReactNode } from "react";
import { arrange } from "./arrange";
import { download, toCSV } from "./csv";
import css from "./table.module.css";

/** A column: `value` is what it sorts, filters and exports by. */
export interface Column<T> {
  name: string;
  value: (row: T) => string | number;
  render?: (row: T) => ReactNode;
  align?: "end";
  /** Holds buttons: has no visible name, and is not sorted or exported. */
  buttons?: boolean;
  /** Not shown on a narrow screen. */
  wideOnly?: boolean;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  /** The file name of an export, without its ending. */
  file: string;
  /** What the filter's field says. */
  filterHint?: string;
  tools?: ReactNode;
  foot?: ReactNode;
  faded?: (row: T) => boolean;
}

/** A table that sorts, filters and exports what it has. */
export function DataTable<T>({ label, columns, rows, rowKey, file, filterHint = "Filter", tools, foot, faded }: Props<T>) {
  const [filter, setFilter] = useState("");
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null);
  const shown = useMemo(() => arrange(rows, columns, filter, sort), [rows, columns, filter, sort]);
  const turn = (column: number) => setSort((s) => (s?.column !== column ? { column, down: false } : s.down ? null : { column, down: true }));
  const save = () => {
    const data = columns.filter((c) => !c.buttons);
    download(`${file}.csv`, toCSV(data.map((c) => c.name), shown.map((r) => data.map((c) => c.value(r)))), "text/csv");
  };
  return (
    <section className="st-panel" aria-label={label}>
      <div className={css.tools}>
        <TextInput className={css.filter} size="xs" aria-label={filterHint} placeholder={filterHint} leftSection={<IconSearch size={14} />} value={filter} onChange={(e) => setFilter(e.currentTarget.value)} />
        {tools}
        <span className={css.count} role="status">{shown.length === rows.length ? `${rows.length} ${rows.length === 1 ? "row" : "rows"}` : `${shown.length} of ${rows.length}`}</span>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconDownload size={14} />} onClick={save}>Export CSV</Button>
      </div>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={`${label}, scrolls sideways`}>
        <table className={css.table}>
          <caption className="st-unseen">{label}</caption>
          <thead>
            <tr>
              {columns.map((c, i) => (
                <th key={c.name} data-align={c.align} data-wide={c.wideOnly || undefined} aria-sort={sort?.column === i ? (sort.down ? "descending" : "ascending") : undefined}>
                  {c.buttons ? <span className="st-unseen">{c.name}</span> : (
                    <button type="button" onClick={() => turn(i)}>
                      {c.name}
                      {sort?.column === i && (sort.down ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} data-faded={faded?.(row) || undefined}>
                {columns.map((c) => <td key={c.name} data-align={c.align} data-wide={c.wideOnly || undefined}>{c.render ? c.render(row) : c.value(row)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className={css.none}>No row has “{filter}” in it.</p>}
      </div>
      {foot && <div className={css.foot}>{foot}</div>}
    </section>
  );
}
