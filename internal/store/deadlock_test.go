package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"marquee/internal/gallery"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// Two units that wait for each other on PostgreSQL: it ends one of them, which
// is run again, so that both callers succeed and both did everything once.
func TestDeadlock(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.Database(t, store.Postgres))
	ctx := t.Context()
	err := db.Do(ctx, func(ctx context.Context) error {
		for _, id := range []string{"a", "b"} {
			if err := db.InsertEntry(ctx, gallery.Entry{ID: id, CreationID: id, Campaign: "w", State: gallery.Published}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var met, wg sync.WaitGroup
	met.Add(2)
	errs := make([]error, 2)
	runs := make([]int, 2)
	for i, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		wg.Go(func() {
			errs[i] = db.Do(ctx, func(ctx context.Context) error {
				runs[i]++
				if _, err := db.PutVote(ctx, order[0], order[0]+order[1], time.Now()); err != nil {
					return err
				}
				if runs[i] == 1 {
					met.Done()
					met.Wait()
				}
				_, err := db.PutVote(ctx, order[1], order[0]+order[1], time.Now())
				return err
			})
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if runs[0]+runs[1] < 3 {
		t.Fatal("nobody was run again; this test proves nothing")
	}
	for _, id := range []string{"a", "b"} {
		e, err := db.Entry(ctx, id)
		if err != nil || e.Votes != 2 {
			t.Fatal(e.Votes, err)
		}
	}
}
