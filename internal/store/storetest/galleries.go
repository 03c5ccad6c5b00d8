package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/store"
)

func entry(campaign string, at time.Time) gallery.Entry {
	return gallery.Entry{ID: id(), CreationID: id(), Campaign: campaign, ParticipantID: id(), Title: "Fox", DisplayName: "Mia",
		Alt: "a fox", Revision: 2, Width: 1024, Height: 1280, State: gallery.Waiting, SubmittedAt: at}
}

func published(campaign string, at time.Time) gallery.Entry {
	e := entry(campaign, at)
	e.State, e.PublishedAt = gallery.Published, at
	return e
}

// Entries tests gallery.Store's entries.
func Entries(t *testing.T, db *store.DB) {
	ctx := t.Context()
	insert := func(e gallery.Entry) error {
		return db.Do(ctx, func(ctx context.Context) error { return db.InsertEntry(ctx, e) })
	}
	move := func(id string, to gallery.State, from ...gallery.State) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MoveEntry(ctx, id, to, "because", t0.Add(time.Hour), from...)
		})
	}
	e := entry("winter", t0)
	if err := insert(e); err != nil {
		t.Fatal(err)
	}
	gives(t, e)(db.Entry(ctx, e.ID))
	gives(t, e)(db.EntryOf(ctx, e.CreationID))
	fails(t, value(db.Entry(ctx, "none")), fault.NotFound, "")
	fails(t, value(db.EntryOf(ctx, "none")), fault.NotFound, "")

	twice := e
	twice.ID, twice.SubmittedAt = id(), t0.Add(time.Minute)
	fails(t, insert(twice), fault.Conflict, "already_entered")
	// The unit can go on after that conflict, on every database.
	do(t, db, func(ctx context.Context) error {
		fails(t, db.InsertEntry(ctx, twice), fault.Conflict, "already_entered")
		return value(db.Entry(ctx, e.ID))
	})
	gives(t, false)(move(e.ID, gallery.Published, gallery.Rejected))
	same(t, race(t, 8, func(int) (bool, error) { return move(e.ID, gallery.Published, gallery.Waiting) }), 1)
	fails(t, insert(twice), fault.Conflict, "already_entered")
	e.State, e.Reason, e.PublishedAt = gallery.Published, "because", t0.Add(time.Hour)
	gives(t, e)(db.Entry(ctx, e.ID))
	gives(t, true)(move(e.ID, gallery.TakenDown, gallery.Published))
	if err := insert(twice); err != nil {
		t.Fatal(err)
	}
	gives(t, twice)(db.EntryOf(ctx, e.CreationID))
	all, err := db.EntriesOf(ctx, e.CreationID)
	if err != nil || len(all) != 2 || all[0].ID != e.ID || all[1] != twice {
		t.Fatal(all, err)
	}
	gives(t, []gallery.Entry{})(db.EntriesOf(ctx, "none"))
	fails(t, value(move(e.ID, gallery.Published, gallery.TakenDown)), fault.Conflict, "already_entered")

	// Many at once hand in the same creation: one of them does.
	same(t, race(t, 16, func(int) (bool, error) {
		e := entry("winter", t0)
		e.CreationID = "wanted"
		err := insert(e)
		if fault.HasCode(err, "already_entered") {
			return false, nil
		}
		return true, err
	}), 1)
	do(t, db, func(ctx context.Context) error { return db.DeleteEntriesOf(ctx, e.CreationID) })
	fails(t, value(db.Entry(ctx, e.ID)), fault.NotFound, "")
	fails(t, value(db.Entry(ctx, twice.ID)), fault.NotFound, "")
}

// Pages tests that a walk through a gallery meets each public entry once and
// in order, also where entries share times and votes.
func Pages(t *testing.T, db *store.DB) {
	ctx := t.Context()
	var all []gallery.Entry
	do(t, db, func(ctx context.Context) error {
		for i := range 157 {
			e := published("winter", t0.Add(time.Duration(i/5)*time.Second))
			e.Votes = int64(i * 7 % 11)
			all = append(all, e)
			hidden := entry("winter", t0)
			hidden.State = []gallery.State{gallery.Waiting, gallery.TakenDown, gallery.Rejected}[i%3]
			if err := errors.Join(db.InsertEntry(ctx, e), db.InsertEntry(ctx, hidden), db.InsertEntry(ctx, published("summer", t0))); err != nil {
				return err
			}
		}
		return nil
	})
	newest := func(a, b gallery.Entry) int {
		return -cmpAll(a.PublishedAt.Compare(b.PublishedAt), compare(a.ID, b.ID))
	}
	for sort, order := range map[gallery.Sort]func(a, b gallery.Entry) int{
		gallery.Newest:    newest,
		gallery.MostLoved: func(a, b gallery.Entry) int { return cmpAll(int(b.Votes-a.Votes), newest(a, b)) },
	} {
		want := slices.SortedFunc(slices.Values(all), order)
		for _, limit := range []int{1, 7, 60} {
			var got []gallery.Entry
			cursor := gallery.Cursor{}
			for {
				page, err := db.Public(ctx, "winter", sort, cursor, limit)
				if err != nil {
					t.Fatal(err)
				}
				if len(page) == 0 {
					break
				}
				got = append(got, page...)
				last := page[len(page)-1]
				cursor = gallery.Cursor{PublishedAt: last.PublishedAt, Votes: last.Votes, ID: last.ID}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%s by %d: the walk differs from the sorted entries (%d of %d)", sort, limit, len(got), len(want))
			}
		}
	}
	page, err := db.Public(ctx, "winter", gallery.Newest, gallery.Cursor{}, 5000)
	same(t, fmt.Sprint(len(page), err), "60 <nil>")
	fails(t, value(db.Public(ctx, "winter", "random", gallery.Cursor{}, 5)), fault.Invalid, "unknown_sort")
	gives(t, 157)(db.CountPublic(ctx, "winter", 1000))
	gives(t, 100)(db.CountPublic(ctx, "winter", 100))
	gives(t, 0)(db.CountPublic(ctx, "spring", 100))
}

func cmpAll(first, second int) int {
	if first != 0 {
		return first
	}
	return second
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Votes tests gallery.Store's votes.
func Votes(t *testing.T, db *store.DB) {
	ctx := t.Context()
	e, waiting := published("winter", t0), entry("winter", t0)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertEntry(ctx, e), db.InsertEntry(ctx, waiting))
	})
	put := func(entry, who string) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.PutVote(ctx, entry, who, t0) })
	}
	take := func(entry, who string) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.DeleteVote(ctx, entry, who) })
	}
	votes := func(want int64) {
		t.Helper()
		got, err := db.Entry(ctx, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, got.Votes, want)
	}
	fails(t, value(put(waiting.ID, "p")), fault.NotFound, "")
	fails(t, value(put("none", "p")), fault.NotFound, "")
	same(t, race(t, 16, func(int) (bool, error) { return put(e.ID, "ann") }), 1)
	votes(1)
	same(t, race(t, 32, func(i int) (bool, error) { return put(e.ID, fmt.Sprint("p", i)) }), 32)
	votes(33)
	gives(t, map[string]bool{e.ID: true})(db.VotedFor(ctx, "ann", []string{"x", e.ID, waiting.ID}))
	gives(t, map[string]bool{})(db.VotedFor(ctx, "bo", []string{e.ID}))
	gives(t, map[string]bool{})(db.VotedFor(ctx, "ann", nil))
	fails(t, value(db.VotedFor(ctx, "ann", make([]string, store.MostPublic+1))), fault.Invalid, "too_many")
	gives(t, []string{e.ID})(db.VotesBy(ctx, "ann"))
	same(t, race(t, 16, func(int) (bool, error) { return take(e.ID, "ann") }), 1)
	gives(t, false)(take(e.ID, "bo"))
	votes(32)
	gives(t, []string{})(db.VotesBy(ctx, "ann"))

	// A work that was taken down gets no votes and gives them back.
	do(t, db, func(ctx context.Context) error {
		return value(db.MoveEntry(ctx, e.ID, gallery.TakenDown, "", time.Time{}, gallery.Published))
	})
	fails(t, value(put(e.ID, "ann")), fault.NotFound, "")
	gives(t, true)(take(e.ID, "p1"))
	votes(31)
	do(t, db, func(ctx context.Context) error { return db.DeleteEntriesOf(ctx, e.CreationID) })
	gives(t, []string{})(db.VotesBy(ctx, "p2"))

	count := func(address string, limit int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.CountAddress(ctx, "winter", "2026-12-01", address, limit, t0)
		})
	}
	same(t, race(t, 24, func(int) (bool, error) { return count("a", 10) }), 10)
	gives(t, true)(count("b", 10))
	gives(t, false)(count("c", 0))
	gives(t, []gallery.AddressVotes{
		{Campaign: "winter", Day: "2026-12-01", Address: "a", Votes: 10, Refused: 14, LastAt: t0},
		{Campaign: "winter", Day: "2026-12-01", Address: "c", Votes: 0, Refused: 1, LastAt: t0},
	})(db.CappedAddresses(ctx, "winter"))
	gives(t, []gallery.AddressVotes{})(db.CappedAddresses(ctx, "summer"))
}

// Reports tests gallery.Store's reports.
func Reports(t *testing.T, db *store.DB) {
	ctx := t.Context()
	e := published("winter", t0)
	r := gallery.Report{ID: id(), EntryID: e.ID, Campaign: "winter", Reason: "copied", Text: "mine!", SecretHash: "h", State: "waiting", CreatedAt: t0}
	do(t, db, func(ctx context.Context) error { return errors.Join(db.InsertEntry(ctx, e), db.InsertReport(ctx, r)) })
	gives(t, r)(db.Report(ctx, r.ID))
	gives(t, r)(db.ReportBySecret(ctx, "h"))
	fails(t, value(db.Report(ctx, "none")), fault.NotFound, "")
	fails(t, value(db.ReportBySecret(ctx, "none")), fault.NotFound, "")
	lost := r
	lost.EntryID = "none"
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertReport(ctx, lost) }), fault.NotFound, "")
	move := func(from, to string) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MoveReport(ctx, r.ID, from, to, "it was", t0.Add(time.Hour))
		})
	}
	same(t, race(t, 8, func(int) (bool, error) { return move("waiting", "upheld") }), 1)
	gives(t, false)(move("waiting", "dismissed"))
	r.State, r.Answer, r.DecidedAt = "upheld", "it was", t0.Add(time.Hour)
	gives(t, r)(db.Report(ctx, r.ID))

	// Who leaves takes their words along, and nobody else's.
	mine, anyones := r, r
	mine.ID, mine.ParticipantID, mine.SecretHash, mine.CreatedAt = id(), "ann", "h2", t0.Add(time.Minute)
	anyones.ID, anyones.SecretHash = id(), "h3"
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertReport(ctx, mine), db.InsertReport(ctx, anyones))
	})
	gives(t, []gallery.Report{mine})(db.ReportsBy(ctx, "ann"))
	gives(t, []gallery.Report{})(db.ReportsBy(ctx, ""))
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.BlankReports(ctx, "ann"), db.BlankReports(ctx, ""))
	})
	mine.ParticipantID, mine.Text, mine.Answer = "", "", ""
	gives(t, mine)(db.Report(ctx, mine.ID))
	gives(t, anyones)(db.Report(ctx, anyones.ID))
	gives(t, []gallery.Report{})(db.ReportsBy(ctx, "ann"))

	do(t, db, func(ctx context.Context) error { return db.DeleteEntriesOf(ctx, e.CreationID) })
	fails(t, value(db.Report(ctx, r.ID)), fault.NotFound, "")
}

// Shown tests gallery.Store's marks and stickers of entries.
func Shown(t *testing.T, db *store.DB) {
	ctx := t.Context()
	fox, star := gallery.Asset{Kind: "mark", ID: "fox"}, gallery.Asset{Kind: "sticker", ID: "star"}
	var all []gallery.Entry
	do(t, db, func(ctx context.Context) error {
		for i := range 7 {
			e := published("winter", t0)
			e.ID = fmt.Sprintf("shown-%d", i)
			if i == 3 {
				e.State = gallery.Hidden
			}
			all = append(all, e)
			assets := []gallery.Asset{fox}
			if i%2 == 0 {
				assets = append(assets, star)
			}
			other := published("summer", t0)
			if err := errors.Join(db.InsertEntry(ctx, e), db.PutAssets(ctx, e, assets), db.PutAssets(ctx, e, assets),
				db.InsertEntry(ctx, other), db.PutAssets(ctx, other, assets)); err != nil {
				return err
			}
		}
		return nil
	})
	gives(t, []gallery.Asset{fox, star})(db.AssetsOf(ctx, all[0].ID))
	gives(t, []gallery.Asset{fox})(db.AssetsOf(ctx, all[1].ID))
	gives(t, []gallery.Asset{})(db.AssetsOf(ctx, "none"))
	gives(t, []gallery.Entry{all[0], all[1], all[2]})(db.Showing(ctx, "winter", fox, gallery.Published, "", 3))
	gives(t, []gallery.Entry{all[4], all[5], all[6]})(db.Showing(ctx, "winter", fox, gallery.Published, all[2].ID, 60))
	gives(t, []gallery.Entry{all[3]})(db.Showing(ctx, "winter", fox, gallery.Hidden, "", 60))
	gives(t, []gallery.Entry{all[4], all[6]})(db.Showing(ctx, "winter", star, gallery.Published, all[2].ID, 60))
	gives(t, []gallery.Entry{})(db.Showing(ctx, "winter", gallery.Asset{Kind: "sticker", ID: "fox"}, gallery.Published, "", 60))
	gives(t, []gallery.Entry{all[3]})(db.InState(ctx, "winter", gallery.Hidden, "", 60))
	gives(t, []gallery.Entry{})(db.InState(ctx, "winter", gallery.Hidden, all[3].ID, 60))
	// Hidden ones are not in the gallery, and keep their place in it.
	public, err := db.Public(ctx, "winter", gallery.Newest, gallery.Cursor{}, 60)
	if err != nil || len(public) != 6 {
		t.Fatal(len(public), err)
	}
	twice := entry("winter", t0)
	twice.CreationID = all[3].CreationID
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertEntry(ctx, twice) }), fault.Conflict, "already_entered")
	do(t, db, func(ctx context.Context) error { return db.DeleteEntriesOf(ctx, all[0].CreationID) })
	gives(t, []gallery.Asset{})(db.AssetsOf(ctx, all[0].ID))
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.PutAssets(ctx, all[0], []gallery.Asset{fox}) }), fault.NotFound, "")
}
