package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/ledger"
	"marquee/internal/provenance"
	"marquee/internal/registry"
	"marquee/internal/review"
	"marquee/internal/store"
)

// filled gives a T in which every field, however deep, has a value of its own.
// set then puts in what can't be just anything.
func filled[T any](set func(*T)) T {
	var v T
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	if set != nil {
		set(&v)
	}
	return v
}

func fill(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(t0.Add(time.Duration(*n) * time.Second)))
		return
	case v.Type() == reflect.TypeFor[json.RawMessage]():
		v.Set(reflect.ValueOf(json.RawMessage(fmt.Sprintf(`{"n": %d}`, *n))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("value %d “ä”", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 4)
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 256))
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	default:
		panic(fmt.Sprintf("storetest: a field of type %s can't be filled", v.Type()))
	}
}

// kept stores a thing and reads it again: every field must come back, also
// one that a domain adds tomorrow.
func kept[T any](t *testing.T, db *store.DB, what T, put func(context.Context, T) error, get func(context.Context) (T, error)) {
	t.Helper()
	do(t, db, func(ctx context.Context) error { return put(ctx, what) })
	gives(t, what)(get(t.Context()))
}

// Fields tests that no field of anything is lost on its way in and out.
func Fields(t *testing.T, db *store.DB) {
	p := filled[account.Person](nil)
	kept(t, db, p, db.InsertPerson, func(ctx context.Context) (account.Person, error) { return db.Person(ctx, p.ID) })
	invite := filled(func(i *account.Invite) { i.UsedAt = time.Time{} })
	do(t, db, func(ctx context.Context) error { return db.InsertInvite(ctx, invite) })
	do(t, db, func(ctx context.Context) error {
		got, err := db.UseInvite(ctx, invite.Hash, invite.CreatedAt)
		invite.UsedAt = invite.CreatedAt
		gives(t, invite)(got, err)
		return nil
	})
	s := filled(func(s *account.Session) { s.PersonID = p.ID })
	kept(t, db, s, db.InsertSession, func(ctx context.Context) (account.Session, error) { return db.Session(ctx, s.Hash) })
	k := filled[account.Key](nil)
	kept(t, db, k, db.InsertKey, func(ctx context.Context) (account.Key, error) { return db.Key(ctx, k.Hash) })

	m := filled[audience.Participant](nil)
	kept(t, db, m, db.InsertParticipant, func(ctx context.Context) (audience.Participant, error) { return db.Participant(ctx, m.ID) })
	a := filled(func(a *audience.Arrival) { a.ParticipantID = m.ID })
	kept(t, db, a, db.PutArrival, func(ctx context.Context) (audience.Arrival, error) { return db.Arrival(ctx, m.ID, a.Campaign) })
	c := filled(func(c *audience.Consent) { c.ParticipantID = m.ID })
	kept(t, db, c, db.PutConsent, func(ctx context.Context) (audience.Consent, error) {
		return first(db.Consents(ctx, m.ID, c.Campaign))
	})
	l := filled(func(l *audience.Link) { l.ParticipantID = m.ID })
	kept(t, db, l, db.InsertLink, func(ctx context.Context) (audience.Link, error) { return db.Link(ctx, l.Hash) })

	r := filled[campaign.Record](nil)
	kept(t, db, r, db.InsertCampaign, func(ctx context.Context) (campaign.Record, error) { return db.Campaign(ctx, r.Slug) })
	kit := filled[campaign.KitRow](nil)
	kept(t, db, kit, db.InsertKit, func(ctx context.Context) (campaign.KitRow, error) { return db.Kit(ctx, kit.ID, kit.Version) })

	mo := filled[registry.Model](nil)
	kept(t, db, mo, func(ctx context.Context, m registry.Model) error { return value(db.InsertModel(ctx, m)) },
		func(ctx context.Context) (registry.Model, error) { return db.Model(ctx, mo.ID) })
	ca := filled[registry.Canary](nil)
	kept(t, db, ca, db.PutCanary, func(ctx context.Context) (registry.Canary, error) { return first(db.Canaries(ctx)) })
	sk := filled[registry.SealedKey](nil)
	kept(t, db, sk, db.PutKey, func(ctx context.Context) (registry.SealedKey, error) { return first(db.SealedKeys(ctx)) })

	g := filled[create.Generation](nil)
	kept(t, db, g, db.InsertGeneration, func(ctx context.Context) (create.Generation, error) { return db.Generation(ctx, g.ID) })
	d := filled(func(c *create.Candidate) { c.GenerationID = g.ID })
	kept(t, db, d, func(ctx context.Context, c create.Candidate) error { return value(db.InsertCandidate(ctx, c)) },
		func(ctx context.Context) (create.Candidate, error) { return db.Candidate(ctx, d.ID) })
	e := filled(func(e *create.Event) { e.GenerationID, e.Seq = g.ID, 1 })
	kept(t, db, e, func(ctx context.Context, e create.Event) error { return value(db.AppendEvent(ctx, e)) },
		func(ctx context.Context) (create.Event, error) { return first(db.Events(ctx, g.ID, 0)) })
	w := filled[create.Creation](nil)
	kept(t, db, w, db.InsertCreation, func(ctx context.Context) (create.Creation, error) { return db.Creation(ctx, w.ID) })
	v := filled(func(p *create.Proof) { p.CreationID = w.ID })
	kept(t, db, v, db.PutProof, func(ctx context.Context) (create.Proof, error) { return db.Proof(ctx, w.ID) })
	// What a move sets is every field that a move may set.
	moved := filled(func(m *create.Generation) {
		m.ID, m.Campaign, m.ParticipantID, m.Prompt, m.Marks = g.ID, g.Campaign, g.ParticipantID, g.Prompt, g.Marks
		m.Aspect, m.Locale, m.Seed, m.CreatedAt = g.Aspect, g.Locale, g.Seed, g.CreatedAt
		m.State, m.Code, m.Provider, m.Model, m.ModelVersion, m.Fallback = create.Failed, "x", "y", "z", "v", false
		m.EndedAt = t0
	})
	kept(t, db, moved, func(ctx context.Context, m create.Generation) error { return value(db.MoveGeneration(ctx, m, g.State)) },
		func(ctx context.Context) (create.Generation, error) { return db.Generation(ctx, g.ID) })

	n := filled[gallery.Entry](nil)
	kept(t, db, n, db.InsertEntry, func(ctx context.Context) (gallery.Entry, error) { return db.Entry(ctx, n.ID) })
	o := filled(func(r *gallery.Report) { r.EntryID = n.ID })
	kept(t, db, o, db.InsertReport, func(ctx context.Context) (gallery.Report, error) { return db.Report(ctx, o.ID) })

	i := filled[review.Item](nil)
	kept(t, db, i, db.InsertItem, func(ctx context.Context) (review.Item, error) { return db.Item(ctx, i.ID) })
	q := filled[provenance.Rendition](nil)
	kept(t, db, q, db.PutRendition, func(ctx context.Context) (provenance.Rendition, error) {
		return first(db.RenditionsBySum(ctx, q.SHA256))
	})
	org := filled(func(o *provenance.Origin) { o.ID = provenance.MaxID })
	kept(t, db, org, db.PutOrigin, func(ctx context.Context) (provenance.Origin, error) { return db.Origin(ctx, org.ID) })
	man := filled(func(m *provenance.Manifest) { m.OriginID = org.ID })
	kept(t, db, man, db.PutManifest, func(ctx context.Context) (provenance.Manifest, error) { return db.Manifest(ctx, man.Label) })
	y := filled(func(y *ledger.Row) { y.Seq = 1 })
	z := filled(func(z *ledger.Salt) { z.RowID = y.ID })
	kept(t, db, y, func(ctx context.Context, y ledger.Row) error { return db.AppendLedger(ctx, y, &z) },
		func(ctx context.Context) (ledger.Row, error) { return first(db.LedgerRows(ctx, 0, 1)) })
	gives(t, z)(db.LedgerSalt(t.Context(), y.ID))
}

func first[T any](all []T, err error) (T, error) {
	if err == nil && len(all) > 0 {
		return all[0], nil
	}
	var none T
	return none, fmt.Errorf("nothing was read: %w", err)
}
