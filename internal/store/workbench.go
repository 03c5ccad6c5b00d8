package store

import (
	"context"
	"time"

	"marquee/internal/guard/corpus"
	"marquee/internal/workbench"
)

const runColumns = `id, name, locale, run_by, at, took, version`

// totalled is as much of a result as a list of runs shows.
type totalled struct {
	Total corpus.Row `json:"total"`
}

// InsertGuardRun implements workbench.Store.
func (db *DB) InsertGuardRun(ctx context.Context, r workbench.Run) error {
	return db.put(ctx, "INSERT INTO guard_runs ("+runColumns+", total, result) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		r.ID, r.Name, r.Locale, r.By, micros(r.At), r.Took.Microseconds(), asJSON(r.Version), asJSON(totalled{r.Result.Total}), asJSON(r.Result))
}

// scanRun reads a run with what the last column holds of its result.
func scanRun(s scanner) (r workbench.Run, err error) {
	var took int64
	err = s.Scan(&r.ID, &r.Name, &r.Locale, &r.By, timeInto{&r.At}, &took, jsonInto{&r.Version}, jsonInto{&r.Result})
	r.Took = time.Duration(took) * time.Microsecond
	return r, err
}

// GuardRuns implements workbench.Store.
func (db *DB) GuardRuns(ctx context.Context, limit int) ([]workbench.Run, error) {
	return list(ctx, db, scanRun, "SELECT "+runColumns+", total FROM guard_runs ORDER BY at DESC, id DESC LIMIT $1", limit)
}

// GuardRun implements workbench.Store.
func (db *DB) GuardRun(ctx context.Context, id string) (workbench.Run, error) {
	return one(ctx, db, "run", scanRun, "SELECT "+runColumns+", result FROM guard_runs WHERE id = $1", id)
}

// DeleteGuardRun implements workbench.Store.
func (db *DB) DeleteGuardRun(ctx context.Context, id string) (bool, error) {
	return db.changed(ctx, "DELETE FROM guard_runs WHERE id = $1", id)
}

// InsertGuardMark implements workbench.Store.
func (db *DB) InsertGuardMark(ctx context.Context, m workbench.Mark) error {
	return db.put(ctx, "INSERT INTO guard_marks (id, marked, marked_by, at, version) VALUES ($1, $2, $3, $4, $5)",
		m.ID, asJSON(m.Marked), m.By, micros(m.At), asJSON(m.Version))
}

func scanMark(s scanner) (m workbench.Mark, err error) {
	err = s.Scan(&m.ID, jsonInto{&m.Marked}, &m.By, timeInto{&m.At}, jsonInto{&m.Version})
	return m, err
}

// GuardMarks implements workbench.Store.
func (db *DB) GuardMarks(ctx context.Context, limit int) ([]workbench.Mark, error) {
	return list(ctx, db, scanMark, "SELECT id, marked, marked_by, at, version FROM guard_marks ORDER BY at DESC, id DESC LIMIT $1", limit)
}

// CountGuardMarks implements workbench.Store.
func (db *DB) CountGuardMarks(ctx context.Context) (n int, err error) {
	err = db.row(ctx, "SELECT COUNT(*) FROM guard_marks", nil, &n)
	return n, err
}

// DeleteGuardMark implements workbench.Store.
func (db *DB) DeleteGuardMark(ctx context.Context, id string) (bool, error) {
	return db.changed(ctx, "DELETE FROM guard_marks WHERE id = $1", id)
}
