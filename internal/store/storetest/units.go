package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/ledger"
	"marquee/internal/provenance"
	"marquee/internal/registry"
	"marquee/internal/review"
	"marquee/internal/store"
	"marquee/internal/work"
)

// Units tests work.Unit.
func Units(t *testing.T, db *store.DB) {
	ctx := t.Context()
	boom := errors.New("boom")
	person := func() account.Person { return account.Person{ID: id(), Role: account.Admin, CreatedAt: t0} }
	there := func(id string) bool {
		_, err := db.Person(ctx, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			t.Fatal(err)
		}
		return err == nil
	}

	// Half-way is nowhere, and nothing that was to follow happens.
	p, q := person(), person()
	followed := 0
	err := db.Do(ctx, func(ctx context.Context) error {
		work.AfterCommit(ctx, func() { followed++ })
		if err := db.InsertPerson(ctx, p); err != nil {
			return err
		}
		if got, err := db.Person(ctx, p.ID); err != nil || got.ID != p.ID {
			t.Error("a unit does not see what it wrote:", err)
		}
		if db.Kind() == store.SQLite && there(p.ID) {
			t.Error("others see what is not committed")
		}
		return boom
	})
	same(t, errors.Is(err, boom), true)
	same(t, there(p.ID), false)
	same(t, followed, 0)

	// After the commit, others see it and hooks run, once and in order.
	var order []int
	do(t, db, func(ctx context.Context) error {
		work.AfterCommit(ctx, func() {
			order = append(order, 1)
			if !there(p.ID) {
				t.Error("a hook ran before the commit")
			}
		})
		return db.Do(ctx, func(ctx context.Context) error {
			work.AfterCommit(ctx, func() { order = append(order, 2) })
			return db.InsertPerson(ctx, p)
		})
	})
	same(t, order, []int{1, 2})

	// An inner unit that failed takes the outer one with it, even if its
	// error is dropped; so does a statement that failed.
	err = db.Do(ctx, func(ctx context.Context) error {
		if err := db.InsertPerson(ctx, q); err != nil {
			return err
		}
		_ = db.Do(ctx, func(context.Context) error { return boom })
		return nil
	})
	same(t, errors.Is(err, boom), true)
	same(t, there(q.ID), false)
	err = db.Do(ctx, func(ctx context.Context) error {
		if err := db.InsertPerson(ctx, q); err != nil {
			return err
		}
		fails(t, db.InsertPerson(ctx, q), fault.Conflict, "already_there")
		return nil
	})
	fails(t, err, fault.Conflict, "already_there")
	same(t, there(q.ID), false)

	// A panic rolls back and is not swallowed.
	func() {
		defer func() { same(t, recover(), any("ouch")) }()
		_ = db.Do(ctx, func(ctx context.Context) error {
			if err := db.InsertPerson(ctx, q); err != nil {
				t.Error(err)
			}
			panic("ouch")
		})
	}()
	same(t, there(q.ID), false)

	// So does a caller who leaves.
	leaving, leave := context.WithCancel(ctx)
	err = db.Do(leaving, func(ctx context.Context) error {
		err := db.InsertPerson(ctx, q)
		leave()
		return err
	})
	same(t, errors.Is(err, context.Canceled), true)
	same(t, there(q.ID), false)

	// A caller whose time runs out here is told that the database is slow.
	hurried, stop := context.WithTimeout(ctx, time.Nanosecond)
	defer stop()
	<-hurried.Done()
	err = db.Do(hurried, func(ctx context.Context) error { return db.InsertPerson(ctx, q) })
	fails(t, err, fault.Unavailable, "database_away")
	same(t, errors.Is(err, context.DeadlineExceeded), true)
	fails(t, value(db.Person(hurried, p.ID)), fault.Unavailable, "database_away")

	// A context that outlives its unit is of no use.
	var kept context.Context
	do(t, db, func(ctx context.Context) error { kept = ctx; return nil })
	same(t, errors.Is(db.InsertPerson(kept, q), store.ErrUnitEnded), true)
	same(t, errors.Is(value(db.Person(kept, p.ID)), store.ErrUnitEnded), true)

	// What no database can keep is refused by all.
	for _, bad := range []string{"a\x00b", "a\xffb"} {
		n := person()
		n.Name = bad
		fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertPerson(ctx, n) }), fault.Invalid, "bad_text")
		fails(t, value(db.Person(ctx, bad)), fault.Invalid, "bad_text")
	}
	if err := db.Ping(ctx); err != nil {
		t.Fatal(err)
	}
}

// Outside tests that every write needs a unit of work.
func Outside(t *testing.T, db *store.DB) {
	ctx := t.Context()
	for name, err := range map[string]error{
		"InsertPerson":      db.InsertPerson(ctx, account.Person{}),
		"EndPerson":         db.EndPerson(ctx, "x", t0),
		"InsertInvite":      db.InsertInvite(ctx, account.Invite{}),
		"UseInvite":         value(db.UseInvite(ctx, "x", t0)),
		"InsertSession":     db.InsertSession(ctx, account.Session{}),
		"DeleteSession":     db.DeleteSession(ctx, "x"),
		"InsertKey":         db.InsertKey(ctx, account.Key{}),
		"RevokeKey":         db.RevokeKey(ctx, "x", t0),
		"InsertParticipant": db.InsertParticipant(ctx, audience.Participant{}),
		"DeleteParticipant": db.DeleteParticipant(ctx, "x"),
		"PutArrival":        db.PutArrival(ctx, audience.Arrival{}),
		"PutConsent":        db.PutConsent(ctx, audience.Consent{}),
		"InsertLink":        db.InsertLink(ctx, audience.Link{}),
		"InsertCampaign":    db.InsertCampaign(ctx, campaign.Record{}),
		"UpdateCampaign":    value(db.UpdateCampaign(ctx, campaign.Record{}, 1)),
		"InsertKit":         db.InsertKit(ctx, campaign.KitRow{}),
		"SetBudget":         db.SetBudget(ctx, "x", 1),
		"Settle":            value(db.Settle(ctx, "x", budget.Amount{}, budget.Amount{})),
		"SetLimit":          db.SetLimit(ctx, budget.Limit{}, ""),
		"Take":              value(db.Take(ctx, "x", budget.Amount{})),
		"InsertCall":        value(db.InsertCall(ctx, budget.Call{Key: "x"})),
		"InsertModel":       value(db.InsertModel(ctx, registry.Model{})),
		"PutCanary":         db.PutCanary(ctx, registry.Canary{}),
		"PutKey":            db.PutKey(ctx, registry.SealedKey{}),
		"InsertGeneration":  db.InsertGeneration(ctx, create.Generation{}),
		"MoveGeneration":    value(db.MoveGeneration(ctx, create.Generation{}, create.Queued)),
		"DeleteGeneration":  db.DeleteGeneration(ctx, "x"),
		"AppendEvent":       value(db.AppendEvent(ctx, create.Event{})),
		"InsertCreation":    db.InsertCreation(ctx, create.Creation{}),
		"SetComposition":    value(db.SetComposition(ctx, "x", nil, t0, create.Drafted)),
		"MoveCreation":      value(db.MoveCreation(ctx, "x", create.Waiting, t0, create.Drafted)),
		"DeleteCreation":    db.DeleteCreation(ctx, "x"),
		"InsertEntry":       db.InsertEntry(ctx, gallery.Entry{}),
		"MoveEntry":         value(db.MoveEntry(ctx, "x", gallery.Published, "", t0, gallery.Waiting)),
		"DeleteEntriesOf":   db.DeleteEntriesOf(ctx, "x"),
		"DeleteVote":        value(db.DeleteVote(ctx, "x", "y")),
		"CountAddress":      value(db.CountAddress(ctx, "x", "y", "z", 1, t0)),
		"MoveReport":        value(db.MoveReport(ctx, "x", "a", "b", "", t0)),
		"AppendLedger":      db.AppendLedger(ctx, ledger.Row{}, nil),
		"EraseLedgerSalts":  db.EraseLedgerSalts(ctx, "x"),
		"PutRendition":      db.PutRendition(ctx, provenance.Rendition{}),
		"PutOrigin":         db.PutOrigin(ctx, provenance.Origin{}),
		"PutManifest":       db.PutManifest(ctx, provenance.Manifest{}),
		"ForgetBlobs":       db.ForgetBlobs(ctx, "x", "y"),
		"InsertItem":        db.InsertItem(ctx, review.Item{}),
		"MoveItem":          value(db.MoveItem(ctx, "x", review.Waiting, review.Rejected, "", "", t0)),
		"BlankItems":        db.BlankItems(ctx, review.KindEntry, "x", nil),
		"ForgetItems":       db.ForgetItems(ctx, "x", t0),
		"BlankReports":      db.BlankReports(ctx, "x"),
		"Enqueue":           db.Enqueue(ctx, "x", []byte("{}"), ""),
	} {
		if !errors.Is(err, store.ErrOutsideUnit) {
			t.Errorf("%s outside a unit of work: %v", name, err)
		}
	}
	// These look for what they need first, so they get a thing to find.
	g, e := generation(id(), t0), published("winter", t0)
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertGeneration(ctx, g), db.InsertEntry(ctx, e), db.SetBudget(ctx, "winter", 1))
	})
	for name, err := range map[string]error{
		"OpenAccount":     db.OpenAccount(ctx, budget.Account{}),
		"InsertCandidate": value(db.InsertCandidate(ctx, create.Candidate{GenerationID: g.ID})),
		"PutVote":         value(db.PutVote(ctx, e.ID, "p", t0)),
		"InsertReport":    db.InsertReport(ctx, gallery.Report{EntryID: e.ID}),
	} {
		if !errors.Is(err, store.ErrOutsideUnit) {
			t.Errorf("%s outside a unit of work: %v", name, err)
		}
	}
}
