package store_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

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
	// Appended by many writers in units of 100 rows, with a sequencer beside
	// them as in a running house.
	b.Run("record and sequence", func(b *testing.B) {
		eachKind(b, func(b *testing.B, db *store.DB, _ string) {
			l := ledger.New(db, time.Now)
			s := storetest.Sequencer(b, db, nil, storetest.TreeKey(b), "node")
			ctx, stop := context.WithCancel(b.Context())
			ended := make(chan struct{})
			go func() { defer close(ended); s.Run(ctx) }()
			var rows atomic.Int64
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					err := db.Do(b.Context(), func(ctx context.Context) error {
						for range 100 {
							if err := l.Record(ctx, ledger.Decision{Action: "entry.approved", Role: "reviewer", SubjectKind: "entry",
								SubjectID: fmt.Sprint(rows.Add(1)), Campaign: "winter", Public: map[string]string{"model": "painter"}}); err != nil {
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
			for { // until the last one is in
				state, err := db.LedgerTree(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				left, err := db.LedgerRows(b.Context(), state.Seq, 1)
				if err != nil {
					b.Fatal(err)
				}
				if len(left) == 0 {
					break
				}
			}
			rate(b, 100*b.N)
			stop()
			<-ended
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
				}
				longest = max(longest, time.Since(begin))
			}
			b.ReportMetric(longest.Seconds()*1000, "ms-longest")
			stop()
			<-ended
		})
	})
}
