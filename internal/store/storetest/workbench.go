package storetest

import (
	"context"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/guard/corpus"
	"marquee/internal/policy"
	"marquee/internal/store"
	"marquee/internal/workbench"
)

// Workbench tests workbench.Store.
func Workbench(t *testing.T, db *store.DB) {
	ctx := t.Context()
	version := workbench.Version{Name: "01234567", Program: "1", Detectors: []string{"words/2"}, Packs: []string{"platform@1"}}
	row := corpus.Row{Locale: "de", Harmful: corpus.Count{Texts: 3, Stopped: 2, Denied: 1}}
	var runs []workbench.Run
	for i := range 3 {
		r := workbench.Run{ID: id(), Name: "german.csv", Locale: "de", By: "ada", At: t0.Add(time.Duration(i) * time.Minute), Took: 1500 * time.Microsecond,
			Version: version, Result: corpus.Result{Total: row, Languages: []corpus.Row{row}, Alarms: []corpus.Alarm{{Text: "„hé“ <b>"}}}}
		do(t, db, func(ctx context.Context) error { return db.InsertGuardRun(ctx, r) })
		runs = append(runs, r)
	}
	gives(t, runs[1])(db.GuardRun(ctx, runs[1].ID))
	fails(t, value(db.GuardRun(ctx, "none")), fault.NotFound, "")
	head := func(r workbench.Run) workbench.Run { r.Result = corpus.Result{Total: row}; return r }
	gives(t, []workbench.Run{head(runs[2]), head(runs[1])})(db.GuardRuns(ctx, 2))
	gone := func(f func(context.Context, string) (bool, error), id string, want bool) {
		t.Helper()
		gives(t, want)(inUnit(ctx, db, func(ctx context.Context) (bool, error) { return f(ctx, id) }))
	}
	gone(db.DeleteGuardRun, runs[2].ID, true)
	gone(db.DeleteGuardRun, runs[2].ID, false)
	gives(t, []workbench.Run{head(runs[1]), head(runs[0])})(db.GuardRuns(ctx, 9))

	var marks []workbench.Mark
	for i := range 2 {
		m := workbench.Mark{ID: id(), By: "ada", At: t0.Add(time.Duration(i) * time.Minute), Version: version,
			Marked: corpus.Marked{Text: "ein Kater", Locale: "de", Marked: corpus.Miss, Want: policy.Deny, On: "2026-11-23", Why: "because"}}
		do(t, db, func(ctx context.Context) error { return db.InsertGuardMark(ctx, m) })
		marks = append(marks, m)
	}
	gives(t, 2)(db.CountGuardMarks(ctx))
	gives(t, []workbench.Mark{marks[1]})(db.GuardMarks(ctx, 1))
	gone(db.DeleteGuardMark, marks[1].ID, true)
	gone(db.DeleteGuardMark, marks[1].ID, false)
	gives(t, []workbench.Mark{marks[0]})(db.GuardMarks(ctx, 9))
}
