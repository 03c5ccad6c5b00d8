package store

import (
	"context"

	"marquee/internal/campaign"
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
