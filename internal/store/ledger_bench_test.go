package store_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// BenchmarkLedger is how many rows a second go into the tree, how many are
// written and put in while that goes on, and how long after its commit a row
// can be proven.
//
//	go test -tags nodynamic -run '^$' -bench Ledger ./internal/store
func BenchmarkLedger(b *testing.B) {
	rate := func(b *testing.B, rows int) {
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		b.ReportMetric(0, "ns/op")
	}
	b.Run("sequence", func(b *testing.B) {
		eachKind(b, func(b *testing.B, db *store.DB, _ string) {
			s := storetest.Sequencer(b, db, nil, storetest.TreeKey(b), "node")
			rows := 0
			for b.Loop() {
				b.StopTimer()
				storetest.Rows(b, db, 10_000)
				b.StartTimer()
				n, _, err := s.Look(b.Context())
				if err != nil || n != 10_000 {
					b.Fatal(n, err)
				}
				rows += n
			}
			rate(b, rows)
		})
	})
	// Appended by many writers in units of 100 rows: alone, and with a sequencer
	// beside them as in a running house, until the last row is in the tree.
	for name, beside := range map[string]bool{"record": false, "record and sequence": true} {
		b.Run(name, func(b *testing.B) {
			eachKind(b, func(b *testing.B, db *store.DB, _ string) {
				ctx, stop := context.WithCancel(b.Context())
				ended := make(chan struct{})
				if beside {
					s := storetest.Sequencer(b, db, nil, storetest.TreeKey(b), "node")
					go func() { defer close(ended); s.Run(ctx) }()
				} else {
					close(ended)
				}
				b.ResetTimer()
				appendRows(b, db)
				for beside {
					waits, err := tree.New(db).Waits(b.Context(), time.Now())
					if err != nil {
						b.Fatal(err)
					}
					if waits == 0 {
						break
					}
				}
				rate(b, 100*b.N)
				stop()
				<-ended
			})
		})
	}
	b.Run("verify", func(b *testing.B) {
		eachKind(b, func(b *testing.B, db *store.DB, _ string) {
			key := storetest.TreeKey(b)
			storetest.Rows(b, db, 20_000)
			if _, _, err := storetest.Sequencer(b, db, nil, key, "node").Look(b.Context()); err != nil {
				b.Fatal(err)
			}
			v, err := note.NewVerifier(key.Verifier)
			if err != nil {
				b.Fatal(err)
			}
			rows := 0
			for b.Loop() {
				src, err := tree.Checked(b.Context(), db)
				if err != nil {
					b.Fatal(err)
				}
				r, err := tree.Verify(b.Context(), src, tree.Check{Verifier: v})
				if err != nil || !r.Whole() {
					b.Fatal(r, err)
				}
				rows += int(r.Head.Size)
			}
			rate(b, rows)
		})
	})
	b.Run("provable after", func(b *testing.B) {
		eachKind(b, func(b *testing.B, db *store.DB, _ string) {
			s := storetest.Sequencer(b, db, nil, storetest.TreeKey(b), "node")
			ctx, stop := context.WithCancel(b.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); s.Run(ctx) }()
			provable := tree.New(db)
			longest := time.Duration(0)
			for b.Loop() {
				storetest.Rows(b, db, 1)
				begin := time.Now()
				newest, err := provable.Newest(b.Context(), 0, 1)
				if err != nil {
					b.Fatal(err)
				}
				for {
					if _, err := provable.Prove(b.Context(), newest[0].ID); err == nil {
						break
					}
					time.Sleep(5 * time.Millisecond) // the reader leaves the processor to others
				}
				longest = max(longest, time.Since(begin))
			}
			b.ReportMetric(longest.Seconds()*1000, "ms-longest")
			stop()
			<-ended
		})
	})
}

// appendRows writes 100 rows for each of b.N units, from several goroutines.
func appendRows(b *testing.B, db *store.DB) {
	b.Helper()
	l := ledger.New(db, time.Now)
	var n atomic.Int64
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			err := db.Do(b.Context(), func(ctx context.Context) error {
				for range 100 {
					if err := l.Record(ctx, ledger.Decision{Action: "entry.approved", Role: "reviewer", SubjectKind: "entry",
						SubjectID: fmt.Sprint(n.Add(1)), Campaign: "winter", Public: map[string]string{"model": "painter"}}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Error(err)
				return
			}
		}
	})
}
