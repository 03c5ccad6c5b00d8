package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/store"
)

// Campaigns tests campaign.Store.
func Campaigns(t *testing.T, db *store.DB) {
	ctx := t.Context()
	file := campaign.File{Slug: "winter", Name: campaign.Text{"en": "Winter Lights", "ar": "أضواء"}, Opens: t0, Formats: []string{"square"}}
	r := campaign.Record{Slug: "winter", State: campaign.Draft, File: file, Revision: 1, CreatedAt: t0, UpdatedAt: t0}
	autumn := campaign.Record{Slug: "autumn", State: campaign.Open, Revision: 1, CreatedAt: t0, UpdatedAt: t0}
	do(t, db, func(ctx context.Context) error {
		return errors.Join(db.InsertCampaign(ctx, r), db.InsertCampaign(ctx, autumn))
	})
	gives(t, r)(db.Campaign(ctx, "winter"))
	gives(t, []campaign.Record{autumn, r})(db.Campaigns(ctx))
	fails(t, value(db.Campaign(ctx, "spring")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertCampaign(ctx, r) }), fault.Conflict, "campaign_exists")

	next := r
	next.State, next.UpdatedAt = campaign.Open, t0.Add(time.Minute)
	next.File.Provider = "builtin"
	won := race(t, 8, func(int) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.UpdateCampaign(ctx, next, 1) })
	})
	same(t, won, 1)
	next.Revision = 2
	gives(t, next)(db.Campaign(ctx, "winter"))

	one := campaign.KitRow{ID: "lumipine", Version: "1.0.0", Hash: "h1", Files: map[string]string{"kit.json": "kit/x.json"}, CreatedAt: t0}
	two := campaign.KitRow{ID: "lumipine", Version: "1.1.0", Hash: "h2", Files: map[string]string{}, CreatedAt: t0.Add(time.Second)}
	do(t, db, func(ctx context.Context) error { return errors.Join(db.InsertKit(ctx, two), db.InsertKit(ctx, one)) })
	gives(t, one)(db.Kit(ctx, "lumipine", "1.0.0"))
	gives(t, []campaign.KitRow{one, two})(db.Kits(ctx))
	fails(t, value(db.Kit(ctx, "lumipine", "2")), fault.NotFound, "")
	fails(t, db.Do(ctx, func(ctx context.Context) error { return db.InsertKit(ctx, one) }), fault.Conflict, "kit_exists")
}

// Budgets tests the budgets of campaign.Store.
func Budgets(t *testing.T, db *store.DB) {
	ctx := t.Context()
	budget := func(limit, reserved, spent int64) {
		t.Helper()
		gives(t, campaign.Budget{Campaign: "winter", Limit: limit, Reserved: reserved, Spent: spent})(db.Budget(ctx, "winter"))
	}
	set := func(n int64) error {
		return db.Do(ctx, func(ctx context.Context) error { return db.SetBudget(ctx, "winter", n) })
	}
	reserve := func(key string, n int64) (bool, error) {
		return inUnit(ctx, db, func(ctx context.Context) (bool, error) { return db.Reserve(ctx, "winter", key, n) })
	}
	settle := func(key string, n int64) {
		t.Helper()
		do(t, db, func(ctx context.Context) error { return db.Settle(ctx, key, n) })
	}
	fails(t, value(db.Budget(ctx, "winter")), fault.NotFound, "")
	fails(t, value(reserve("a", 1)), fault.NotFound, "")
	fails(t, set(-1), fault.Invalid, "budget_negative")
	if err := set(10); err != nil {
		t.Fatal(err)
	}
	gives(t, true)(reserve("a", 4))
	gives(t, true)(reserve("a", 4)) // the same key again changes nothing
	budget(10, 4, 0)
	gives(t, false)(reserve("b", 7))
	budget(10, 4, 0)
	gives(t, true)(reserve("b", 6)) // the key of a refusal is free
	budget(10, 10, 0)
	gives(t, false)(reserve("c", 1))
	settle("a", 3)
	settle("a", 3)
	settle("unknown", 3)
	budget(10, 6, 3)
	settle("b", 99) // more than was reserved counts as what was
	budget(10, 0, 9)
	gives(t, true)(reserve("a", 4)) // settled: still the same key
	budget(10, 0, 9)
	gives(t, true)(reserve("d", 1))
	settle("d", -5)
	budget(10, 0, 9)
	fails(t, set(8), fault.Conflict, "budget_in_use")
	fails(t, value(reserve("e", -1)), fault.Invalid, "bad_amount")
	if err := set(109); err != nil {
		t.Fatal(err)
	}

	won := race(t, 64, func(i int) (bool, error) { return reserve(id(), 3) })
	same(t, won, 33) // 100 left, 3 each
	budget(109, 99, 9)
	if err := set(120); err != nil {
		t.Fatal(err)
	}
	won = race(t, 16, func(int) (bool, error) { return reserve("together", 5) })
	same(t, won, 16) // one reservation, which all of them see
	budget(120, 104, 9)
	race(t, 16, func(int) (bool, error) { settle("together", 2); return true, nil })
	budget(120, 99, 11)
}
