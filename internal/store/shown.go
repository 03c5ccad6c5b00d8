package store

import (
	"context"
	"strings"

	"marquee/internal/gallery"
)

// mostShowing is how many entries a list of this file has at most.
const mostShowing = 200

// PutAssets implements gallery.Store. What is noted already stays.
func (db *DB) PutAssets(ctx context.Context, e gallery.Entry, assets []gallery.Asset) error {
	for _, a := range assets {
		if err := db.put(ctx, "INSERT INTO entry_assets (entry_id, campaign, kind, asset) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
			e.ID, e.Campaign, a.Kind, a.ID); err != nil {
			return err
		}
	}
	return nil
}

func scanAsset(s scanner) (a gallery.Asset, err error) {
	err = s.Scan(&a.Kind, &a.ID)
	return a, err
}

// AssetsOf implements gallery.Store.
func (db *DB) AssetsOf(ctx context.Context, entry string) ([]gallery.Asset, error) {
	return list(ctx, db, scanAsset, "SELECT kind, asset FROM entry_assets WHERE entry_id = $1 ORDER BY kind, asset", entry)
}

var showing = "SELECT e." + strings.Join(strings.Fields(entryColumns), " e.") + ` FROM entry_assets AS a JOIN entries AS e ON e.id = a.entry_id
	WHERE a.campaign = $1 AND a.kind = $2 AND a.asset = $3 AND a.entry_id > $4 AND e.state = $5 ORDER BY a.entry_id LIMIT $6`

// Showing implements gallery.Store.
func (db *DB) Showing(ctx context.Context, campaign string, a gallery.Asset, state gallery.State, after string, limit int) ([]gallery.Entry, error) {
	return list(ctx, db, scanEntry, showing, campaign, a.Kind, a.ID, after, string(state), within(limit, mostShowing))
}

// InState implements gallery.Store.
func (db *DB) InState(ctx context.Context, campaign string, state gallery.State, after string, limit int) ([]gallery.Entry, error) {
	return list(ctx, db, scanEntry, "SELECT "+entryColumns+` FROM entries
		WHERE campaign = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4`, campaign, string(state), after, within(limit, mostShowing))
}
