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
