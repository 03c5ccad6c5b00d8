package store

import (
	"context"
	"time"

	"marquee/internal/council"
)

const packColumns = `id, pack, number, layer, body, state, proposed_by, proposed_at, decided_by, decided_at`

func scanPack(s scanner) (v council.Version, err error) {
	err = s.Scan(&v.ID, &v.Pack, &v.Number, &v.Layer, &v.Body, &v.State, &v.ProposedBy, timeInto{&v.ProposedAt}, &v.DecidedBy, timeInto{&v.DecidedAt})
	return v, err
}

// InsertPackVersion implements council.Store.
func (db *DB) InsertPackVersion(ctx context.Context, v council.Version) error {
	return db.put(ctx, "INSERT INTO policy_packs ("+packColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		v.ID, v.Pack, v.Number, string(v.Layer), string(v.Body), string(v.State), v.ProposedBy, micros(v.ProposedAt), v.DecidedBy, micros(v.DecidedAt))
}

// PackVersion implements council.Store.
func (db *DB) PackVersion(ctx context.Context, id string) (council.Version, error) {
	return one(ctx, db, "policy pack", scanPack, "SELECT "+packColumns+" FROM policy_packs WHERE id = $1", id)
}

// PackVersions implements council.Store.
func (db *DB) PackVersions(ctx context.Context) ([]council.Version, error) {
	return list(ctx, db, scanPack, "SELECT "+packColumns+" FROM policy_packs ORDER BY proposed_at DESC, id DESC")
}

// ActivePacks implements council.Store.
func (db *DB) ActivePacks(ctx context.Context) ([]council.Version, error) {
	return list(ctx, db, scanPack, "SELECT "+packColumns+" FROM policy_packs WHERE state = 'active' ORDER BY pack")
}

// MovePackVersion implements council.Store.
func (db *DB) MovePackVersion(ctx context.Context, id string, from, to council.State, by string, at time.Time) (bool, error) {
	return db.changed(ctx, "UPDATE policy_packs SET state = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND state = $2",
		id, string(from), string(to), by, micros(at))
}

// ReplacePack implements council.Store.
func (db *DB) ReplacePack(ctx context.Context, pack, by string, at time.Time) error {
	return db.put(ctx, "UPDATE policy_packs SET state = 'replaced', decided_by = $2, decided_at = $3 WHERE pack = $1 AND state = 'active'",
		pack, by, micros(at))
}

func scanPast(s scanner) (p council.Past, err error) {
	err = s.Scan(&p.ID, timeInto{&p.At}, &p.Campaign, jsonInto{&p.Input})
	return p, err
}

// InsertPast implements council.Store.
func (db *DB) InsertPast(ctx context.Context, past []council.Past) error {
	for _, p := range past {
		if err := db.put(ctx, "INSERT INTO policy_past (id, at, campaign, input) VALUES ($1, $2, $3, $4)",
			p.ID, micros(p.At), p.Campaign, asJSON(p.Input)); err != nil {
			return err
		}
	}
	return nil
}

// PastInputs implements council.Store.
func (db *DB) PastInputs(ctx context.Context, campaign string, limit int) ([]council.Past, error) {
	if campaign == "" {
		return list(ctx, db, scanPast, "SELECT id, at, campaign, input FROM policy_past ORDER BY at DESC LIMIT $1", limit)
	}
	return list(ctx, db, scanPast, "SELECT id, at, campaign, input FROM policy_past WHERE campaign = $1 ORDER BY at DESC LIMIT $2", campaign, limit)
}

// DropPast implements council.Store.
func (db *DB) DropPast(ctx context.Context, before time.Time, limit int) (int64, error) {
	return db.exec(ctx, "DELETE FROM policy_past WHERE id IN (SELECT id FROM policy_past WHERE at < $1 ORDER BY at LIMIT $2)", micros(before), limit)
}
