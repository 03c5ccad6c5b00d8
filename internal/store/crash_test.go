package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// A process that is killed in the middle of its jobs is followed by one that
// does them, all of them and within 5 seconds, and nobody counts the tries
// that were cut off.
func TestCrash(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			address := storetest.Database(t, kind)
			db := storetest.Open(t, address)
			const jobs = 4
			err := db.Do(t.Context(), func(ctx context.Context) error {
				for i := range jobs {
					if err := db.Enqueue(ctx, "hold", fmt.Append(nil, i), fmt.Sprint("key", i)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			c := childCommand(t, "hang", address)
			out, err := c.StdoutPipe()
			if err == nil {
				err = c.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
			for range 2 { // both of its hands are full
				if !lines.Scan() {
					t.Fatal("the child took no job", lines.Err())
				}
			}
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = c.Wait() // it was killed

			done := make(chan string, jobs)
			begin := time.Now()
			storetest.Worker(t, db, store.WorkerConfig{Concurrency: 2,
				Handlers: map[string]func(context.Context, []byte) error{"hold": func(_ context.Context, args []byte) error {
					done <- string(args)
					return nil
				}}})
			seen := map[string]bool{}
			for len(seen) < jobs {
				select {
				case j := <-done:
					seen[j] = true
				case <-time.After(5*time.Second - time.Since(begin)):
					t.Fatalf("5 s after the restart only %v were done", seen)
				}
			}
			t.Log("all done", time.Since(begin).Round(time.Millisecond), "after the restart")
			if tries := mostTries(t, kind, address); tries != 1 {
				t.Fatalf("a job that was cut off counts %d tries", tries)
			}
		})
	}
}

func mostTries(t *testing.T, kind store.Kind, address string) (tries int) {
	t.Helper()
	driver := "sqlite"
	if kind == store.Postgres {
		driver = "pgx"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if err := raw.QueryRowContext(t.Context(), "SELECT max(attempt) FROM river_job").Scan(&tries); err != nil {
		t.Fatal(err)
	}
	return tries
}
