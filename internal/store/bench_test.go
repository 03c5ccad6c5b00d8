package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/budget"
	"marquee/internal/gallery"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// benchEntries names the variable that sizes the gallery for benchmarks:
//
//	MARQUEE_BENCH_ENTRIES=1000000 go test -tags nodynamic -run '^$' -bench . ./internal/store
const benchEntries = "MARQUEE_BENCH_ENTRIES"

func eachKind(b *testing.B, f func(b *testing.B, db *store.DB, address string)) {
	b.Helper()
	for _, kind := range storetest.Kinds {
		b.Run(string(kind), func(b *testing.B) {
			address := storetest.Database(b, kind)
			f(b, storetest.Open(b, address), address)
		})
	}
}

// fill makes a gallery of n entries, nine in ten of them public.
func fill(b *testing.B, db *store.DB, address string, n int) {
	b.Helper()
	// PostgreSQL keeps its statistics by itself in time; SQLite has none.
	driver, settle := "sqlite", "PRAGMA wal_checkpoint(TRUNCATE)"
	if db.Kind() == store.Postgres {
		driver, settle = "pgx", "VACUUM ANALYZE entries"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	const insert = `WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
		INSERT INTO entries (id, creation_id, campaign, participant_id, title, display_name, alt, revision, width, height,
			state, reason, votes, submitted_at, published_at)
		SELECT '019a0000-0000-7000-8000-' || CAST((n * 2654435761) %% 4294967296 AS TEXT), 'c' || n, 'winter', 'p' || n,
			'A fox under northern lights', 'Mia', 'A painted fox under green lights', 2, 1024, 1024,
			CASE WHEN n %% 10 = 0 THEN 'waiting' ELSE 'published' END, '', (n * 7919) %% 1000,
			1700000000000000 + n, 1700000000000000 + (n * 104729) %% 1000000007
		FROM numbers`
	begin := time.Now()
	for _, q := range []string{fmt.Sprintf(insert, n), settle} {
		if _, err := raw.ExecContext(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("%d entries made in %v", n, time.Since(begin).Round(time.Millisecond))
}

// BenchmarkGallery reads a page of 24, the first and one from the middle, in
// both orders.
func BenchmarkGallery(b *testing.B) {
	n := 10_000
	if v := os.Getenv(benchEntries); v != "" {
		var err error
		if n, err = strconv.Atoi(v); err != nil {
			b.Fatal(err)
		}
	}
	eachKind(b, func(b *testing.B, db *store.DB, address string) {
		fill(b, db, address, n)
		middle := gallery.Cursor{PublishedAt: time.UnixMicro(1700000000000000 + 500000000), Votes: 500, ID: "019b"}
		for _, sort := range []gallery.Sort{gallery.Newest, gallery.MostLoved} {
			for place, cursor := range map[string]gallery.Cursor{"first": {}, "middle": middle} {
				b.Run(string(sort)+"/"+place, func(b *testing.B) {
					for b.Loop() {
						page, err := db.Public(b.Context(), "winter", sort, cursor, 24)
						if err != nil || len(page) != 24 {
							b.Fatal(len(page), err)
						}
					}
				})
			}
		}
		b.Run("parallel", func(b *testing.B) {
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := db.Public(b.Context(), "winter", gallery.Newest, gallery.Cursor{}, 24); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	})
}

// BenchmarkWrites is how many units of work a second many callers get through
// when all of them want the same row.
func BenchmarkWrites(b *testing.B) {
	eachKind(b, func(b *testing.B, db *store.DB, _ string) {
		ctx := b.Context()
		e := gallery.Entry{ID: "e", CreationID: "c", Campaign: "winter", State: gallery.Published, PublishedAt: time.Now()}
		err := db.Do(ctx, func(ctx context.Context) error {
			if err := db.SetBudget(ctx, "winter", 1<<40); err != nil {
				return err
			}
			return db.InsertEntry(ctx, e)
		})
		if err != nil {
			b.Fatal(err)
		}
		purse := storetest.Purse(db)
		var n atomic.Int64
		many := func(b *testing.B, f func(ctx context.Context, key string) error) {
			b.SetParallelism(16)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					key := strconv.FormatInt(n.Add(1), 10)
					if err := db.Do(ctx, func(ctx context.Context) error { return f(ctx, key) }); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "units/s")
		}
		b.Run("reserve", func(b *testing.B) {
			many(b, func(ctx context.Context, key string) error {
				return purse.Reserve(ctx, budget.Call{Key: key, Campaign: "winter", Most: budget.Amount{Pictures: 1, Calls: 1}, Priced: true})
			})
		})
		b.Run("vote", func(b *testing.B) {
			many(b, func(ctx context.Context, key string) error {
				_, err := db.PutVote(ctx, "e", key, time.Now())
				return err
			})
		})
		b.Run("enqueue", func(b *testing.B) {
			many(b, func(ctx context.Context, key string) error { return db.Enqueue(ctx, "none", []byte(key), key) })
		})
	})
}

// BenchmarkJob is the time from enqueuing a job to its running, one at a
// time.
func BenchmarkJob(b *testing.B) {
	eachKind(b, func(b *testing.B, db *store.DB, _ string) {
		ran := make(chan bool)
		storetest.Worker(b, db, store.WorkerConfig{Handlers: map[string]func(context.Context, []byte) error{
			"now": func(context.Context, []byte) error { ran <- true; return nil },
		}})
		for b.Loop() {
			err := db.Do(b.Context(), func(ctx context.Context) error { return db.Enqueue(ctx, "now", []byte("1"), "") })
			if err != nil {
				b.Fatal(err)
			}
			<-ran
		}
	})
}
