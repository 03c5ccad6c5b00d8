package store

import (
	"context"

	"marquee/internal/campaign"
	"marquee/internal/fault"
)

const campaignColumns = "slug, state, file, revision, created_at, updated_at"

func scanCampaign(s scanner) (r campaign.Record, err error) {
	err = s.Scan(&r.Slug, &r.State, jsonInto{&r.File}, &r.Revision, timeInto{&r.CreatedAt}, timeInto{&r.UpdatedAt})
	return r, err
}

// InsertCampaign implements campaign.Store. A slug that is taken is a Conflict
// with code "campaign_exists".
func (db *DB) InsertCampaign(ctx context.Context, r campaign.Record) error {
	return db.insert(ctx, "campaign_exists", "There is a campaign with this name in its address already. Please choose another.",
		"INSERT INTO campaigns ("+campaignColumns+") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
		r.Slug, string(r.State), asJSON(r.File), r.Revision, micros(r.CreatedAt), micros(r.UpdatedAt))
}

// Campaign implements campaign.Store.
func (db *DB) Campaign(ctx context.Context, slug string) (campaign.Record, error) {
	return one(ctx, db, "campaign", scanCampaign, "SELECT "+campaignColumns+" FROM campaigns WHERE slug = $1", slug)
}

// Campaigns implements campaign.Store: by slug.
func (db *DB) Campaigns(ctx context.Context) ([]campaign.Record, error) {
	return list(ctx, db, scanCampaign, "SELECT "+campaignColumns+" FROM campaigns ORDER BY slug")
}

// UpdateCampaign implements campaign.Store.
func (db *DB) UpdateCampaign(ctx context.Context, r campaign.Record, from int) (bool, error) {
	return db.changed(ctx,
		"UPDATE campaigns SET state = $2, file = $3, updated_at = $4, revision = revision + 1 WHERE slug = $1 AND revision = $5",
		r.Slug, string(r.State), asJSON(r.File), micros(r.UpdatedAt), from)
}

const kitColumns = "id, version, hash, files, added_by, created_at"

func scanKit(s scanner) (k campaign.KitRow, err error) {
	err = s.Scan(&k.ID, &k.Version, &k.Hash, jsonInto{&k.Files}, &k.AddedBy, timeInto{&k.CreatedAt})
	return k, err
}

// InsertKit implements campaign.Store. A version that is there is a Conflict
// with code "kit_exists".
func (db *DB) InsertKit(ctx context.Context, k campaign.KitRow) error {
	return db.insert(ctx, "kit_exists", "This version of the brand kit is there already. Give the changed kit a new version.",
		"INSERT INTO kits ("+kitColumns+") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
		k.ID, k.Version, k.Hash, asJSON(k.Files), k.AddedBy, micros(k.CreatedAt))
}

// Kit implements campaign.Store.
func (db *DB) Kit(ctx context.Context, id, version string) (campaign.KitRow, error) {
	return one(ctx, db, "brand kit", scanKit, "SELECT "+kitColumns+" FROM kits WHERE id = $1 AND version = $2", id, version)
}

// Kits implements campaign.Store: by id, then by when a version came.
func (db *DB) Kits(ctx context.Context) ([]campaign.KitRow, error) {
	return list(ctx, db, scanKit, "SELECT "+kitColumns+" FROM kits ORDER BY id, created_at, version")
}

// SetBudget implements campaign.Store. A limit below what is reserved and
// spent is a Conflict with code "budget_in_use", a negative one is Invalid.
func (db *DB) SetBudget(ctx context.Context, campaign string, limit int64) error {
	if limit < 0 {
		return fault.New(fault.Invalid, "budget_negative", "A budget can't be less than 0.")
	}
	return db.insert(ctx, "budget_in_use", "More of the budget than that is used already. Please choose a higher limit.",
		`INSERT INTO budgets (campaign, pictures) VALUES ($1, $2)
		ON CONFLICT (campaign) DO UPDATE SET pictures = excluded.pictures
		WHERE budgets.reserved + budgets.spent <= excluded.pictures`, campaign, limit)
}

func scanBudget(s scanner) (b campaign.Budget, err error) {
	err = s.Scan(&b.Campaign, &b.Limit, &b.Reserved, &b.Spent)
	return b, err
}

// Budget implements campaign.Store.
func (db *DB) Budget(ctx context.Context, campaign string) (campaign.Budget, error) {
	return one(ctx, db, "budget", scanBudget,
		"SELECT campaign, pictures, reserved, spent FROM budgets WHERE campaign = $1", campaign)
}

// maxReserve bounds one reservation, far above what a request could want.
const maxReserve = 1_000_000_000

// Reserve implements campaign.Store. n is 0 to 1,000,000,000; a campaign
// without a budget is NotFound.
func (db *DB) Reserve(ctx context.Context, campaign, key string, n int64) (bool, error) {
	if n < 0 || n > maxReserve {
		return false, fault.New(fault.Invalid, "bad_amount", "That is not an amount which can be reserved.")
	}
	if _, err := db.Budget(ctx, campaign); err != nil {
		return false, err
	}
	// The key first: a second caller with the same key waits here for the
	// first one's outcome.
	fresh, err := db.changed(ctx,
		"INSERT INTO reservations (key, campaign, pictures) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", key, campaign, n)
	if err != nil || !fresh {
		return err == nil, err
	}
	taken, err := db.changed(ctx,
		"UPDATE budgets SET reserved = reserved + $2 WHERE campaign = $1 AND reserved + spent + $2 <= pictures", campaign, n)
	if err != nil || taken {
		return taken, err
	}
	return false, db.put(ctx, "DELETE FROM reservations WHERE key = $1", key)
}

// Settle implements campaign.Store.
func (db *DB) Settle(ctx context.Context, key string, spent int64) error {
	type held struct {
		campaign string
		n        int64
	}
	h, err := returning(ctx, db, "reservation", func(s scanner) (h held, err error) {
		err = s.Scan(&h.campaign, &h.n)
		return h, err
	}, "UPDATE reservations SET settled = 1 WHERE key = $1 AND settled = 0 RETURNING campaign, pictures", key)
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return db.put(ctx, "UPDATE budgets SET reserved = reserved - $2, spent = spent + $3 WHERE campaign = $1",
		h.campaign, h.n, min(max(spent, 0), h.n))
}
