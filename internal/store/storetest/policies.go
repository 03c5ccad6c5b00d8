package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"marquee/internal/council"
	"marquee/internal/fault"
	"marquee/internal/policy"
	"marquee/internal/store"
)

// Policies tests council.Store.
func Policies(t *testing.T, db *store.DB) {
	ctx := t.Context()
	version := func(pack, number string, minute int) council.Version {
		v := council.Version{ID: id(), Pack: pack, Number: number, Layer: policy.Company, Body: []byte(`{"id":"x"}`), State: council.Proposed,
			ProposedBy: "ada", ProposedAt: t0.Add(time.Duration(minute) * time.Minute)}
		do(t, db, func(ctx context.Context) error { return db.InsertPackVersion(ctx, v) })
		return v
	}
	a, b := version("kindness", "1.0.0", 0), version("kindness", "1.1.0", 1)
	c := version("accuracy", "1.0.0", 2)
	gives(t, a)(db.PackVersion(ctx, a.ID))
	fails(t, value(db.PackVersion(ctx, "none")), fault.NotFound, "")
	gives(t, []council.Version{c, b, a})(db.PackVersions(ctx))
	gives(t, []council.Version{})(db.ActivePacks(ctx))

	move := func(v *council.Version, to council.State) {
		t.Helper()
		ok, err := inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MovePackVersion(ctx, v.ID, v.State, to, "ben", t0.Add(time.Hour))
		})
		gives(t, true)(ok, err)
		v.State, v.DecidedBy, v.DecidedAt = to, "ben", t0.Add(time.Hour)
	}
	from := a
	same(t, race(t, 8, func(int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) {
			return db.MovePackVersion(ctx, from.ID, council.Proposed, council.Active, "ben", t0.Add(time.Hour))
		})
	}), 1)
	a.State, a.DecidedBy, a.DecidedAt = council.Active, "ben", t0.Add(time.Hour)
	move(&c, council.Active)
	gives(t, []council.Version{c, a})(db.ActivePacks(ctx))

	// Two versions of one pack are never in force at once.
	_, err := inUnit(ctx, db, func(ctx context.Context) (bool, error) {
		return db.MovePackVersion(ctx, b.ID, council.Proposed, council.Active, "ben", t0)
	})
	if err == nil {
		t.Error("two versions of a pack are in force")
	}
	do(t, db, func(ctx context.Context) error { return db.ReplacePack(ctx, "kindness", "eve", t0.Add(2*time.Hour)) })
	move(&b, council.Active)
	a.State, a.DecidedBy, a.DecidedAt = council.Replaced, "eve", t0.Add(2*time.Hour)
	gives(t, []council.Version{c, b})(db.ActivePacks(ctx))
	gives(t, a)(db.PackVersion(ctx, a.ID))

	var past []council.Past
	for i := range 5 {
		past = append(past, council.Past{ID: id(), At: t0.Add(time.Duration(i) * time.Hour), Campaign: fmt.Sprint("c", i%2),
			Input: policy.Input{Stage: policy.Prompt, Campaign: fmt.Sprint("c", i%2), Findings: []policy.Finding{{Kind: "slur", Score: 0.5}}}})
	}
	do(t, db, func(ctx context.Context) error { return db.InsertPast(ctx, past) })
	gives(t, []council.Past{past[4], past[3], past[2]})(db.PastInputs(ctx, "", 3))
	gives(t, []council.Past{past[3], past[1]})(db.PastInputs(ctx, "c1", 9))
	do(t, db, func(ctx context.Context) error {
		n, err := db.DropPast(ctx, t0.Add(3*time.Hour), 2)
		same(t, n, int64(2))
		return err
	})
	gives(t, []council.Past{past[4], past[3], past[2]})(db.PastInputs(ctx, "", 9))
}
