package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/store"
)

// wait bounds how long a test waits for a job.
const wait = 15 * time.Second

// Worker starts a worker that is stopped when the test ends.
func Worker(t testing.TB, db *store.DB, cfg store.WorkerConfig) *store.Worker {
	t.Helper()
	if cfg.Log == nil {
		cfg.Log = Quiet()
	}
	w, err := store.NewWorker(db, cfg)
	if err == nil {
		err = w.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := w.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return w
}

// soon fails the test unless something comes out of c.
func soon[T any](t testing.TB, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(wait):
		t.Fatal("waited in vain for " + what)
		panic("unreachable")
	}
}

func enqueue(t testing.TB, db *store.DB, kind, args, key string) {
	t.Helper()
	err := db.Do(t.Context(), func(ctx context.Context) error { return db.Enqueue(ctx, kind, []byte(args), key) })
	if err != nil {
		t.Fatal(err)
	}
}

type permanent struct{ error }

func (permanent) Permanent() bool { return true }
func (p permanent) Unwrap() error { return p.error }

// Jobs tests work.Jobs and a worker.
func Jobs(t *testing.T, db *store.DB) {
	ctx := t.Context()
	type failure struct {
		kind, args string
		cause      error
	}
	ran := make(chan string, 1000)
	failed := make(chan failure, 100)
	gate := make(chan struct{})
	var tries atomic.Int64
	var noted sync.Map
	boom := errors.New("boom")
	handlers := map[string]func(ctx context.Context, args []byte) error{
		"echo": func(_ context.Context, args []byte) error { ran <- string(args); return nil },
		"gate": func(_ context.Context, args []byte) error { ran <- string(args); <-gate; return nil },
		"flaky": func(_ context.Context, args []byte) error {
			if tries.Add(1) < 3 {
				return boom
			}
			ran <- string(args)
			return nil
		},
		"hopeless": func(context.Context, []byte) error { tries.Add(1); return boom },
		"panics":   func(context.Context, []byte) error { tries.Add(1); panic("ouch") },
		"final":    func(context.Context, []byte) error { tries.Add(1); return fmt.Errorf("so: %w", permanent{boom}) },
		"outage": func(context.Context, []byte) error {
			if tries.Add(1) < 3 {
				return fault.New(fault.Unavailable, "database_away", "Away.")
			}
			ran <- "back"
			return nil
		},
	}
	// Enqueued before there is a worker: it waits for one.
	enqueue(t, db, "echo", `{"id":"early"}`, "")
	Worker(t, db, store.WorkerConfig{Handlers: handlers, Concurrency: 4,
		Retry: func(int) time.Duration { return time.Millisecond },
		Failed: func(_ context.Context, kind string, args []byte, cause error) error {
			if _, again := noted.LoadOrStore(kind, true); !again {
				return errors.New("the first word of a failure is lost")
			}
			failed <- failure{kind, compact(args), cause}
			return nil
		}})
	same(t, compact([]byte(soon(t, ran, "the early job"))), `{"id":"early"}`)

	// A unit that is rolled back leaves no job; the next one shows that a job
	// would have come by now.
	err := db.Do(ctx, func(ctx context.Context) error {
		if err := db.Enqueue(ctx, "echo", []byte(`"never"`), ""); err != nil {
			t.Error(err)
		}
		return boom
	})
	same(t, errors.Is(err, boom), true)
	do(t, db, func(ctx context.Context) error {
		for i := range 40 {
			if err := db.Enqueue(ctx, "echo", fmt.Append(nil, i), ""); err != nil {
				return err
			}
		}
		return nil
	})
	var got []string
	for range 40 {
		got = append(got, soon(t, ran, "one of many"))
	}
	if slices.Contains(got, `"never"`) || len(got) != 40 {
		t.Fatal(got)
	}

	// A key is unique among those of its kind that have not ended.
	enqueue(t, db, "gate", `1`, "k")
	same(t, soon(t, ran, "the job with a key"), "1")
	enqueue(t, db, "gate", `2`, "k")
	enqueue(t, db, "echo", `3`, "k")
	same(t, soon(t, ran, "the other kind"), "3")
	close(gate)
	for done := false; !done; {
		enqueue(t, db, "gate", `4`, "k") // taken once the first has ended
		select {
		case v := <-ran:
			same(t, v, "4")
			done = true
		case <-time.After(20 * time.Millisecond):
		}
	}

	enqueue(t, db, "flaky", `"in the end"`, "")
	same(t, soon(t, ran, "the third try"), `"in the end"`)
	tries.Store(0)
	last := map[string]bool{"hopeless": true, "panics": true, "final": true}
	for kind := range last {
		enqueue(t, db, kind, `{"a": 1}`, "")
	}
	for len(last) > 0 {
		f := soon(t, failed, "word of a failure")
		if !last[f.kind] || f.args != `{"a":1}` || f.kind != "panics" && !errors.Is(f.cause, boom) {
			t.Fatalf("%+v", f)
		}
		delete(last, f.kind)
	}
	// Each was tried once more, as its first word was lost.
	same(t, tries.Load(), int64(store.MaxAttempts+1)*2+2)
	tries.Store(0)
	enqueue(t, db, "outage", `{}`, "")
	same(t, soon(t, ran, "the end of an outage"), "back")

	for _, bad := range []struct{ kind, args string }{{"", "{}"}, {"x", "{"}, {"x", `"` + string(make([]byte, store.MaxJobArgs)) + `"`}} {
		if err := db.Do(ctx, func(ctx context.Context) error { return db.Enqueue(ctx, bad.kind, []byte(bad.args), "") }); err == nil {
			t.Error("took a job that can't be one:", bad.kind, len(bad.args))
		}
	}
}

func compact(data []byte) string {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err.Error()
	}
	out, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// Stopping tests that a worker's Stop waits for jobs, and that what it had to
// cut short is done by the next one.
func Stopping(t *testing.T, db *store.DB) {
	begun, done := make(chan string, 10), make(chan string, 10)
	stuck := map[string]func(context.Context, []byte) error{"long": func(ctx context.Context, args []byte) error {
		begun <- string(args)
		<-ctx.Done()
		return ctx.Err()
	}}
	w, err := store.NewWorker(db, store.WorkerConfig{Handlers: stuck, Log: Quiet(), Concurrency: 1})
	if err == nil {
		err = w.Start(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, db, "long", `7`, "")
	soon(t, begun, "the long job")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := w.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	Worker(t, db, store.WorkerConfig{Handlers: map[string]func(context.Context, []byte) error{
		"long": func(_ context.Context, args []byte) error { done <- string(args); return nil },
	}})
	same(t, soon(t, done, "the job that was cut short"), "7")
}
