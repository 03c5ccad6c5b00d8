package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"marquee/internal/ledger"
	"marquee/internal/store"
)

// cut is a unit of work that breaks off: before its end, or after the commit
// so that nobody hears of it.
type cut struct {
	*store.DB
	before, after bool
}

var errCut = errors.New("cut off")

func (c *cut) Do(ctx context.Context, f func(context.Context) error) error {
	err := c.DB.Do(ctx, func(ctx context.Context) error {
		if err := f(ctx); err != nil {
			return err
		}
		if c.before {
			return errCut
		}
		return nil
	})
	if err == nil && c.after {
		return errCut
	}
	return err
}

// LedgerCrash breaks off in the middle of a batch, and after its commit.
func LedgerCrash(t *testing.T, db *store.DB) {
	key := TreeKey(t)
	unit := &cut{DB: db}
	s := Sequencer(t, db, unit, key, "node")
	if _, _, err := s.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		Rows(t, db, 300)
		unit.before, unit.after = i%2 == 0, i%2 == 1
		if _, _, err := s.Look(t.Context()); !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		unit.before, unit.after = false, false
		if i > 2 { // another goes on, with nothing in memory
			s = Sequencer(t, db, unit, key, fmt.Sprint("node", i))
			for range 10 {
				if _, _, err := s.Look(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		} else if _, _, err := s.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, WholeTree(t, db, key), int64(300*(i+1)))
	}
}

// LedgerRace has several sequencers put rows in at once that many write, and
// each of them believe now and then that it holds the tree.
func LedgerRace(t *testing.T, db *store.DB) {
	ctx := t.Context()
	key := TreeKey(t)
	l := ledger.New(db, func() time.Time { return t0 })
	const writers, each, sequencers = 4, 40, 3
	var writing, sequencing sync.WaitGroup
	errs := make([]error, writers+sequencers)
	for w := range writers {
		writing.Go(func() {
			for n := range each {
				err := db.Do(ctx, func(ctx context.Context) error {
					for range 1 + n%3 {
						if err := l.Record(ctx, ledger.Decision{Action: "a", Role: "system", SubjectKind: "k", SubjectID: fmt.Sprint(w, n)}); err != nil {
							return err
						}
					}
					if n%5 == 4 {
						return errUndo
					}
					return nil
				})
				if err != nil && !errors.Is(err, errUndo) {
					errs[w] = err
					return
				}
			}
		})
	}
	written := make(chan struct{})
	go func() { writing.Wait(); close(written) }()
	for i := range sequencers {
		sequencing.Go(func() {
			for n := 0; ; n++ {
				last := false
				select {
				case <-written:
					last = true
				default:
				}
				if n%4 == i {
					// It takes the tree from whoever holds it, as one would that
					// takes another for dead.
					err := db.Do(ctx, func(ctx context.Context) error {
						state, err := db.LedgerTree(ctx)
						if err == nil {
							err = db.LeaveLedgerTree(ctx, state.Fence)
						}
						return err
					})
					if err != nil {
						errs[writers+i] = err
						return
					}
				}
				s := Sequencer(t, db, nil, key, fmt.Sprint(i))
				for range 3 {
					if _, _, err := s.Look(ctx); err != nil {
						errs[writers+i] = err
						return
					}
				}
				if last {
					return
				}
			}
		})
	}
	sequencing.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	do(t, db, func(ctx context.Context) error {
		state, err := db.LedgerTree(ctx)
		if err != nil {
			return err
		}
		return db.LeaveLedgerTree(ctx, state.Fence)
	})
	if _, _, err := Sequencer(t, db, nil, key, "last").Look(ctx); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for n := range each {
		if n%5 != 4 {
			rows += 1 + n%3
		}
	}
	same(t, WholeTree(t, db, key), int64(writers*rows))
}
