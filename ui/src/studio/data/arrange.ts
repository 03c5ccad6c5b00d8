/** A column as far as arranging goes. */
interface Valued<T> {
  value: (row: T) => string | number;
}

/** Filters by text in any column, then sorts; equal rows keep their order. */
export function arrange<T>(rows: T[], columns: Valued<T>[], filter: string, sort: { column: number; down: boolean } | null): T[] {
  const wanted = filter.trim().toLowerCase();
  const found = wanted === "" ? [...rows] : rows.filter((r) => columns.some((c) => String(c.value(r)).toLowerCase().includes(wanted)));
  const column = sort && columns[sort.column];
  if (!column) return found;
  const order = (a: T, b: T) => {
    const [x, y] = [column.value(a), column.value(b)];
    return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true });
  };
  return found.sort((a, b) => (sort.down ? -order(a, b) : order(a, b)));
}
