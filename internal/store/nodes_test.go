package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// shift is a worker that is not started: the test is its clock.
func shift(t *testing.T) *watch {
	t.Helper()
	db, err := Open(t.Context(), Config{Database: filepath.Join(t.TempDir(), "nodes.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	w, err := NewWorker(db, WorkerConfig{Now: func() time.Time { return time.Unix(1, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return newWatch(w)
}

func (t *watch) must(test *testing.T, query string, args ...any) {
	test.Helper()
	err := t.w.db.Do(test.Context(), func(ctx context.Context) error { return t.w.db.put(ctx, query, args...) })
	if err != nil {
		test.Fatal(err)
	}
}

func (t *watch) looks(test *testing.T, n int) {
	test.Helper()
	for range n {
		if err := t.look(test.Context()); err != nil {
			test.Fatal(err)
		}
	}
}

// job puts a job that a node is doing, after so many nodes before it.
func (t *watch) job(test *testing.T, id int, node string, before int) {
	test.Helper()
	by := ""
	for range before {
		by += `"earlier",`
	}
	t.must(test, "INSERT INTO river_job (id, kind, state, attempt, attempted_by) VALUES ($1, 'marquee', 'running', 3, jsonb($2))",
		id, "["+by+fmt.Sprintf("%q]", node))
}

func (t *watch) state(test *testing.T, id int) string {
	test.Helper()
	var state string
	var attempt int
	if err := t.w.db.row(test.Context(), "SELECT state, attempt FROM river_job WHERE id = $1", []any{id}, &state, &attempt); err != nil {
		test.Fatal(err)
	}
	return fmt.Sprint(state, " ", attempt)
}

func (t *watch) expect(test *testing.T, when string, want ...string) {
	test.Helper()
	for i, w := range want {
		if got := t.state(test, i+1); got != w {
			test.Errorf("%s: job %d is %q, want %q", when, i+1, got, w)
		}
	}
}

func TestDeadNodes(t *testing.T) {
	t.Parallel()
	w := shift(t)
	for _, node := range []string{"dead", "alive"} {
		w.must(t, "INSERT INTO nodes (id, started_at, beats) VALUES ($1, 0, 5)", node)
	}
	w.job(t, 1, "dead", 0)
	w.job(t, 2, "alive", 1)
	w.job(t, 3, "unknown", 2)
	w.job(t, 4, "dead", crashes) // cut off too often: the try counts
	for range deadAfter {
		w.looks(t, 1)
		w.must(t, "UPDATE nodes SET beats = beats + 1 WHERE id = 'alive'")
	}
	w.expect(t, "before the last look", "running 3", "running 3", "running 3", "running 3")
	w.looks(t, 1)
	w.expect(t, "after it", "available 2", "running 3", "available 2", "available 3")
	var names string
	if err := w.w.db.row(t.Context(), "SELECT group_concat(id) FROM nodes WHERE id <> $1", []any{w.w.node}, &names); err != nil || names != "alive" {
		t.Error(names, err)
	}
}

// An outage in which nobody could beat makes nobody look dead.
func TestOutageIsNoDeath(t *testing.T) {
	t.Parallel()
	w := shift(t)
	w.must(t, "INSERT INTO nodes (id, started_at, beats) VALUES ('other', 0, 5)")
	w.job(t, 1, "other", 0)
	cut, cancel := context.WithCancel(t.Context())
	cancel()
	for range 5 {
		w.looks(t, deadAfter-1)
		if w.look(cut) == nil {
			t.Fatal("a look that could not reach the database succeeded")
		}
	}
	w.expect(t, "after outages", "running 3")
	w.looks(t, deadAfter)
	w.expect(t, "after as many looks as it takes", "available 2")
}

// A job that is marked as running here, and is not, goes on again in time;
// one that is running is left alone.
func TestLostOutcome(t *testing.T) {
	t.Parallel()
	w := shift(t)
	w.job(t, 1, w.w.node, 0)
	w.job(t, 2, w.w.node, 0)
	w.w.active[2] = true
	w.looks(t, lostAfter-1)
	w.expect(t, "before", "running 3", "running 3")
	w.looks(t, 1)
	w.expect(t, "after", "available 2", "running 3")
}

func TestDoubling(t *testing.T) {
	t.Parallel()
	for tries, want := range map[int]time.Duration{-1: time.Second, 0: time.Second, 1: time.Second, 2: 2 * time.Second,
		6: 32 * time.Second, 7: time.Minute, 1000: time.Minute} {
		for range 50 {
			if d := doubling(tries); d < want || d >= want*5/4 {
				t.Fatalf("after %d tries %v, want %v and up to a quarter more", tries, d, want)
			}
		}
	}
}
