package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/fault"
	"marquee/internal/store"
)

// t0 is a moment that every database can keep: whole microseconds.
var t0 = time.Date(2026, 12, 1, 9, 30, 0, 123456000, time.UTC)

func id() string { return uuid.Must(uuid.NewV7()).String() }

// do runs f in a unit that must succeed.
func do(t *testing.T, db *store.DB, f func(ctx context.Context) error) {
	t.Helper()
	if err := db.Do(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// same fails unless got is what was stored.
func same(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

// gives returns a function that fails unless it is given want and no error.
func gives[T any](t *testing.T, want T) func(T, error) {
	return func(got T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		same(t, got, want)
	}
}

// fails fails unless err is a fault of a kind and, if given, a code.
func fails(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	if !fault.Is(err, kind) || code != "" && !fault.HasCode(err, code) {
		t.Fatalf("got error %v, want a fault of kind %d %s", err, kind, code)
	}
}

func value[T any](v T, err error) error { return err }

// race runs f n times at once and gives how many times it gave true.
func race(t *testing.T, n int, f func(i int) (bool, error)) int {
	t.Helper()
	var won atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		wg.Go(func() {
			ok, err := f(i)
			if ok && err == nil {
				won.Add(1)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	return int(won.Load())
}

// inUnit runs one change in a unit of its own.
func inUnit(ctx context.Context, db *store.DB, f func(ctx context.Context) (bool, error)) (ok bool, err error) {
	err = db.Do(ctx, func(ctx context.Context) error {
		ok, err = f(ctx)
		return err
	})
	return ok, err
}

// Accounts tests account.Store.
func Accounts(t *testing.T, db *store.DB) {
	ctx := t.Context()
	ann := account.Person{ID: id(), Name: "Ann Ünal", Role: account.Admin, CreatedAt: t0}
	bo := account.Person{ID: id(), Name: "Bo", Role: account.Reviewer, CreatedAt: t0.Add(time.Second)}
	session := account.Session{Hash: "s1", PersonID: bo.ID, CreatedAt: t0, ExpiresAt: t0.Add(time.Hour)}
	key := account.Key{ID: id(), Hash: "k1", Name: "ci", Role: account.Producer, CreatedAt: t0}
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertPerson(ctx, bo), db.InsertPerson(ctx, ann), db.InsertSession(ctx, session), db.InsertKey(ctx, key))
	})
	gives(t, ann)(db.Person(ctx, ann.ID))
	gives(t, []account.Person{ann, bo})(db.People(ctx))
	fails(t, value(db.Person(ctx, "nobody")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertPerson(ctx, ann) }), fault.Conflict, "already_there")
	gives(t, session)(db.Session(ctx, "s1"))
	fails(t, value(db.Session(ctx, "s2")), fault.NotFound, "")

	end := t0.Add(time.Minute)
	do(t, db, func(ctx context.Context) error { return db.EndPerson(ctx, bo.ID, end) })
	do(t, db, func(ctx context.Context) error { return db.EndPerson(ctx, bo.ID, end.Add(time.Hour)) })
	bo.EndedAt = end
	gives(t, bo)(db.Person(ctx, bo.ID))
	fails(t, value(db.Session(ctx, "s1")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.EndPerson(ctx, "nobody", end) }), fault.NotFound, "")

	session.PersonID = ann.ID
	do(t, db, func(ctx context.Context) error { return db.InsertSession(ctx, session) })
	do(t, db, func(ctx context.Context) error { return db.DeleteSession(ctx, "s1") })
	do(t, db, func(ctx context.Context) error { return db.DeleteSession(ctx, "s1") })
	fails(t, value(db.Session(ctx, "s1")), fault.NotFound, "")

	gives(t, key)(db.Key(ctx, "k1"))
	do(t, db, func(ctx context.Context) error { return db.RevokeKey(ctx, key.ID, end) })
	key.RevokedAt = end
	gives(t, key)(db.Key(ctx, "k1"))
	gives(t, []account.Key{key})(db.Keys(ctx))
	fails(t, value(db.Key(ctx, "k2")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.RevokeKey(ctx, "none", end) }), fault.NotFound, "")

	fresh := account.Invite{Hash: "fresh", Role: account.Reviewer, CreatedAt: t0, ExpiresAt: t0.Add(time.Hour)}
	stale := account.Invite{Hash: "stale", Role: account.Reviewer, CreatedAt: t0, ExpiresAt: t0}
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertInvite(ctx, fresh), db.InsertInvite(ctx, stale))
	})
	for _, hash := range []string{"stale", "none"} {
		err := db.Do(ctx, func(ctx context.Context) error { return value(db.UseInvite(ctx, hash, t0)) })
		fails(t, err, fault.NotFound, "")
	}
	used := fresh
	used.UsedAt = end
	won := race(t, 16, func(int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			got, err := db.UseInvite(ctx, "fresh", end)
			if fault.Is(err, fault.NotFound) {
				return false, nil
			}
			if got != used {
				return false, fmt.Errorf("got %+v", got)
			}
			return true, err
		})
	})
	same(t, won, 1)
}

// Audience tests audience.Store.
func Audience(t *testing.T, db *store.DB) {
	ctx := t.Context()
	p := audience.Participant{ID: id(), Locale: "de", AgeBand: audience.Adult, CreatedAt: t0}
	a := audience.Arrival{ParticipantID: p.ID, Campaign: "winter", Market: "DE", TermsVersion: "1", At: t0}
	terms := audience.Consent{ParticipantID: p.ID, Campaign: "winter", Purpose: "terms", Version: "1", GivenAt: t0}
	news := audience.Consent{ParticipantID: p.ID, Campaign: "winter", Purpose: "news", Version: "1", GivenAt: t0}
	link := audience.Link{Hash: "l1", ParticipantID: p.ID, CreatedAt: t0, ExpiresAt: t0.Add(time.Hour)}
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertParticipant(ctx, p), db.PutArrival(ctx, a), db.PutConsent(ctx, terms),
			db.PutConsent(ctx, news), db.InsertLink(ctx, link))
	})
	gives(t, p)(db.Participant(ctx, p.ID))
	gives(t, a)(db.Arrival(ctx, p.ID, "winter"))
	gives(t, []audience.Consent{news, terms})(db.Consents(ctx, p.ID, "winter"))
	gives(t, []audience.Consent{})(db.Consents(ctx, p.ID, "summer"))
	gives(t, link)(db.Link(ctx, "l1"))
	fails(t, value(db.Participant(ctx, "nobody")), fault.NotFound, "")
	fails(t, value(db.Arrival(ctx, p.ID, "summer")), fault.NotFound, "")
	fails(t, value(db.Link(ctx, "l2")), fault.NotFound, "")

	a.Market, a.TermsVersion = "AT", "2"
	news.WithdrawnAt = t0.Add(time.Minute)
	do(t, db, func(ctx context.Context) error { return errors.Join(db.PutArrival(ctx, a), db.PutConsent(ctx, news)) })
	gives(t, a)(db.Arrival(ctx, p.ID, "winter"))
	gives(t, []audience.Consent{news, terms})(db.Consents(ctx, p.ID, "winter"))

	autumn := a
	autumn.Campaign, autumn.At = "autumn", t0.Add(-time.Hour)
	do(t, db, func(ctx context.Context) error { return db.PutArrival(ctx, autumn) })
	gives(t, []audience.Arrival{autumn, a})(db.Arrivals(ctx, p.ID))
	gives(t, []audience.Arrival{})(db.Arrivals(ctx, "nobody"))

	// Who is held does not go: what others write for them is there before, or
	// they find nobody.
	late := audience.Participant{ID: id(), Locale: "fr", AgeBand: audience.Teen16, CreatedAt: t0}
	do(t, db, func(ctx context.Context) error { return db.InsertParticipant(ctx, late) })
	gone := make(chan error, 1)
	var wrote atomic.Bool
	do(t, db, func(ctx context.Context) error {
		if err := db.HoldParticipant(ctx, late.ID); err != nil {
			return err
		}
		go func() {
			gone <- db.Do(t.Context(), func(ctx context.Context) error {
				if err := db.DeleteParticipant(ctx, late.ID); err != nil {
					return err
				}
				if !wrote.Load() {
					return errors.New("a participant who was held is gone")
				}
				return nil
			})
		}()
		link := audience.Link{Hash: "late", ParticipantID: late.ID, CreatedAt: t0, ExpiresAt: t0.Add(time.Hour)}
		err := db.InsertLink(ctx, link)
		wrote.Store(err == nil)
		return err
	})
	if err := <-gone; err != nil {
		t.Fatal(err)
	}
	fails(t, value(db.Link(ctx, "late")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.HoldParticipant(ctx, late.ID) }), fault.NotFound, "")

	do(t, db, func(ctx context.Context) error { return db.DeleteParticipant(ctx, p.ID) })
	fails(t, value(db.Participant(ctx, p.ID)), fault.NotFound, "")
	gives(t, []audience.Consent{})(db.Consents(ctx, p.ID, "winter"))
	fails(t, value(db.Arrival(ctx, p.ID, "winter")), fault.NotFound, "")
	fails(t, value(db.Link(ctx, "l1")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.DeleteParticipant(ctx, p.ID) }), fault.NotFound, "")
}
