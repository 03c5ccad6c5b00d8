package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provenance"
	"marquee/internal/review"
	"marquee/internal/store"
)

// Reviews tests review.Store.
func Reviews(t *testing.T, db *store.DB) {
	ctx := t.Context()
	item := func(kind review.Kind, campaign string, minute int) review.Item {
		return review.Item{ID: id(), Kind: kind, SubjectID: id(), CreationID: "c", Campaign: campaign, State: review.Waiting, Who: "fox-12",
			Words: map[string]string{"title": "Fox"}, Verdict: policy.Verdict{Outcome: policy.Hold}, Revision: 3,
			CreatedAt: t0.Add(time.Duration(minute) * time.Minute)}
	}
	a, b := item(review.KindEntry, "winter", 0), item(review.KindReport, "winter", 1)
	c, d := item(review.KindEntry, "winter", 1), item(review.KindEntry, "summer", 2)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertItem(ctx, d), db.InsertItem(ctx, c), db.InsertItem(ctx, b), db.InsertItem(ctx, a))
	})
	gives(t, a)(db.Item(ctx, a.ID))
	fails(t, value(db.Item(ctx, "none")), fault.NotFound, "")
	list := func(f review.Filter, want ...review.Item) {
		t.Helper()
		if f.Limit == 0 {
			f.Limit = 10
		}
		if want == nil {
			want = []review.Item{}
		}
		gives(t, want)(db.Items(ctx, f))
	}
	list(review.Filter{State: review.Waiting}, a, b, c, d)
	list(review.Filter{State: review.Waiting, Limit: 2}, a, b)
	list(review.Filter{State: review.Waiting, After: b.ID}, c, d)
	list(review.Filter{State: review.Waiting, Kind: review.KindEntry, Campaign: "winter", After: a.ID}, c)
	list(review.Filter{}, d, c, b, a)
	list(review.Filter{After: c.ID, Limit: 1}, b)
	list(review.Filter{Kind: review.KindReport}, b)
	list(review.Filter{State: review.Published})
	list(review.Filter{After: "none"})

	later := c
	later.ID, later.SubjectID, later.CreatedAt = id(), a.SubjectID, t0.Add(time.Hour)
	do(t, db, func(ctx context.Context) error { return db.InsertItem(ctx, later) })
	gives(t, later)(db.ItemOf(ctx, review.KindEntry, a.SubjectID))
	fails(t, value(db.ItemOf(ctx, review.KindReport, a.SubjectID)), fault.NotFound, "")

	move := func(from, to review.State) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MoveItem(ctx, a.ID, from, to, "staff-1", "fine", t0.Add(time.Hour))
		})
	}
	same(t, race(t, 8, func(int) (bool, error) { return move(review.Waiting, review.Published) }), 1)
	gives(t, false)(move(review.Waiting, review.Rejected))
	a.State, a.DecidedBy, a.Reason, a.DecidedAt = review.Published, "staff-1", "fine", t0.Add(time.Hour)
	gives(t, a)(db.Item(ctx, a.ID))
	gives(t, map[review.State]int{review.Published: 1, review.Waiting: 3})(db.CountItems(ctx, "winter"))
	gives(t, map[review.State]int{review.Published: 1, review.Waiting: 4})(db.CountItems(ctx, ""))
	gives(t, map[review.State]int{})(db.CountItems(ctx, "spring"))

	kept := map[string]string{"reason": "copied"}
	do(t, db, func(ctx context.Context) error { return db.BlankItems(ctx, review.KindEntry, a.SubjectID, kept) })
	a.Words, a.Reason, later.Words = kept, "", kept
	gives(t, a)(db.Item(ctx, a.ID))
	gives(t, later)(db.Item(ctx, later.ID))
	gives(t, c)(db.Item(ctx, c.ID))

	// Forgetting a creation takes its items from every queue and says nothing
	// of those that concern none.
	held, done := item(review.KindGeneration, "winter", 5), item(review.KindEntry, "winter", 6)
	held.CreationID, done.State, done.Reason, done.DecidedAt = "", review.Rejected, "not ours", t0
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertItem(ctx, held), db.InsertItem(ctx, done))
	})
	forgotten := t0.Add(2 * time.Hour)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.ForgetItems(ctx, "c", forgotten), db.ForgetItems(ctx, "", forgotten))
	})
	for _, i := range []*review.Item{&a, &b, &c, &d, &later} {
		i.State, i.DecidedAt = review.Withdrawn, forgotten
	}
	for _, i := range []review.Item{a, b, c, d, later, done} {
		i.Words, i.Reason = map[string]string{}, ""
		gives(t, i)(db.Item(ctx, i.ID))
	}
	gives(t, held)(db.Item(ctx, held.ID))
}

// Renditions tests provenance.Store.
func Renditions(t *testing.T, db *store.DB) {
	ctx := t.Context()
	r := provenance.Rendition{SHA256: strings.Repeat("a", 64), SubjectKind: "creation", SubjectID: id(), Campaign: "winter", Revision: 1,
		Format: "webp", Width: 640, Height: 640, BlobKey: "creation/x.webp", Provider: "builtin", Model: "painter", Version: "1",
		Marks: []string{"wordmark", "bottle"}, Kit: "lumipine 1.0.0", CreatedAt: t0}
	put := func(r provenance.Rendition) {
		t.Helper()
		do(t, db, func(ctx context.Context) error { return db.PutRendition(ctx, r) })
	}
	put(r)
	put(r)
	moved := r
	moved.BlobKey, moved.CreatedAt = "elsewhere", t0.Add(time.Hour)
	put(moved)
	gives(t, []provenance.Rendition{r})(db.RenditionsBySum(ctx, r.SHA256))
	gives(t, []provenance.Rendition{})(db.RenditionsBySum(ctx, "none"))
	gives(t, r)(db.Rendition(ctx, "creation", r.SubjectID, 1, "webp", 640, ""))
	for _, err := range []error{
		value(db.Rendition(ctx, "candidate", r.SubjectID, 1, "webp", 640, "")),
		value(db.Rendition(ctx, "creation", r.SubjectID, 2, "webp", 640, "")),
		value(db.Rendition(ctx, "creation", r.SubjectID, 1, "png", 640, "")),
		value(db.Rendition(ctx, "creation", r.SubjectID, 1, "webp", 641, "")),
		value(db.Rendition(ctx, "creation", r.SubjectID, 1, "webp", 640, "published")),
	} {
		fails(t, err, fault.NotFound, "")
	}
	// A revision that came out the same can be looked up; the check shows the
	// work once.
	second := r
	second.Revision, second.CreatedAt = 2, t0.Add(time.Minute)
	put(second)
	gives(t, second)(db.Rendition(ctx, "creation", r.SubjectID, 2, "webp", 640, ""))
	gives(t, []provenance.Rendition{second})(db.RenditionsBySum(ctx, r.SHA256))
	for i := range 12 {
		other := r
		other.SubjectID, other.CreatedAt = id(), t0.Add(time.Duration(i+1)*time.Hour)
		put(other)
	}
	all, err := db.RenditionsBySum(ctx, r.SHA256)
	if err != nil || len(all) != 10 || !all[0].CreatedAt.Equal(t0.Add(12*time.Hour)) {
		t.Fatal(len(all), err)
	}
	do(t, db, func(ctx context.Context) error { return db.ForgetBlobs(ctx, "creation", all[0].SubjectID) })
	fails(t, value(db.Rendition(ctx, "creation", all[0].SubjectID, 1, "webp", 640, "")), fault.NotFound, "")
	forgotten := all[0]
	forgotten.BlobKey = ""
	again, err := db.RenditionsBySum(ctx, r.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	same(t, again[0], forgotten)
	gives(t, r)(db.Rendition(ctx, "creation", r.SubjectID, 1, "webp", 640, ""))
}

// Ledger tests ledger.Store.
func Ledger(t *testing.T, db *store.DB) {
	ctx := t.Context()
	l := ledger.New(db, func() time.Time { return t0 })
	record := func(ctx context.Context, n int) error {
		return l.Record(ctx, ledger.Decision{Action: "entry.approved", Role: "reviewer", SubjectKind: "entry", SubjectID: fmt.Sprint(n),
			Campaign: "winter", Public: map[string]string{"model": "painter"}, Private: map[string]string{"title": "Fox"}, Participant: "ann"})
	}
	do(t, db, func(ctx context.Context) error { return record(ctx, 0) })
	rows, err := db.LedgerRows(ctx, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	salt, err := db.LedgerSalt(ctx, rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want, err := ledger.Commit(salt.Salt, map[string]string{"title": "Fox"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, rows[0], ledger.Row{Seq: 1, ID: rows[0].ID, At: t0, Action: "entry.approved", Role: "reviewer", SubjectKind: "entry", SubjectID: "0",
		Campaign: "winter", Public: map[string]string{"model": "painter"}, Commitment: want})
	same(t, salt.Participant, "ann")

	bare := ledger.Row{ID: id(), At: t0, Action: "kit.added", Role: "admin"}
	do(t, db, func(ctx context.Context) error { return db.AppendLedger(ctx, bare, nil) })
	rows, err = db.LedgerRows(ctx, 1, 10)
	bare.Seq = 2
	gives(t, []ledger.Row{bare})(rows, err)
	fails(t, value(db.LedgerSalt(ctx, bare.ID)), fault.NotFound, "")

	do(t, db, func(ctx context.Context) error { return db.EraseLedgerSalts(ctx, "ann") })
	fails(t, value(db.LedgerSalt(ctx, salt.RowID)), fault.NotFound, "")

	// A reader who follows along while many write meets every row, in order.
	var wg sync.WaitGroup
	const writers, each = 8, 12
	errs := make([]error, writers)
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				err := db.Do(ctx, func(ctx context.Context) error {
					if err := record(ctx, n); err != nil {
						return err
					}
					if n%4 == 3 {
						return errUndo
					}
					return record(ctx, n)
				})
				if err != nil && !errors.Is(err, errUndo) {
					errs[w] = err
				}
			}
		})
	}
	written := make(chan struct{})
	go func() { wg.Wait(); close(written) }()
	seen, after := 0, int64(2)
	for last := false; ; {
		rows, err := db.LedgerRows(ctx, after, 5)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Seq <= after {
				t.Fatalf("row %d after %d", r.Seq, after)
			}
			after = r.Seq
			seen++
		}
		if last && len(rows) == 0 {
			break
		}
		select {
		case <-written:
			last = true
		default:
		}
	}
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	same(t, seen, writers*each/4*3*2)
}

var errUndo = errors.New("undo")
