package house_test

import (
	"slices"

	"marquee/internal/ledger"
	"marquee/internal/store"
)

// count counts the rows of a table.
func (h *home) count(table string) int {
	h.t.Helper()
	var n int
	must(h.t, h.raw.QueryRowContext(h.t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// tables lists all tables of the database, those of the job queue included.
func (h *home) tables() []string {
	h.t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
	if h.DB.Kind() == store.Postgres {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
	}
	rows, err := h.raw.QueryContext(h.t.Context(), query)
	must(h.t, err)
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		must(h.t, rows.Scan(&name))
		out = append(out, name)
	}
	must(h.t, rows.Err())
	return out
}

// cells calls f with every cell of every table, as text.
func (h *home) cells(f func(table, column, text string)) {
	h.t.Helper()
	for _, table := range h.tables() {
		rows, err := h.raw.QueryContext(h.t.Context(), `SELECT * FROM "`+table+`"`)
		must(h.t, err)
		columns, err := rows.Columns()
		must(h.t, err)
		for rows.Next() {
			cells := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range cells {
				into[i] = &cells[i]
			}
			must(h.t, rows.Scan(into...))
			for i, c := range cells {
				switch v := c.(type) {
				case string:
					f(table, columns[i], v)
				case []byte:
					f(table, columns[i], string(v))
				}
			}
		}
		must(h.t, rows.Err())
		must(h.t, rows.Close())
	}
}

// rows gives the ledger after a Seq.
func (h *home) rows(after int64) []ledger.Row {
	h.t.Helper()
	rows, err := h.Ledger.Rows(h.t.Context(), after, 1000)
	must(h.t, err)
	if len(rows) == 1000 {
		h.t.Fatal("more rows than a test looks at")
	}
	return rows
}

// lastRow gives the Seq of the newest row, 0 if there is none.
func (h *home) lastRow() int64 {
	h.t.Helper()
	rows := h.rows(0)
	if len(rows) == 0 {
		return 0
	}
	return rows[len(rows)-1].Seq
}

// wrote fails unless the rows after a Seq are exactly these, each given as
// "action role", in order.
func (h *home) wrote(after int64, want ...string) {
	h.t.Helper()
	var got []string
	for _, r := range h.rows(after) {
		got = append(got, r.Action+" "+r.Role)
	}
	if !slices.Equal(got, want) {
		h.t.Fatalf("the ledger got\n  %v\nwant\n  %v", got, want)
	}
}
