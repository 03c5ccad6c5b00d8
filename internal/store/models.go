package store

import (
	"context"

	"marquee/internal/budget"
	"marquee/internal/registry"
)

const modelColumns = "id, provider, name, version, about, state, added_by, added_at, approved_by, approved_at, retired_at"

// about is what the register only shows, kept together.
type about struct {
	Licence string        `json:"licence"`
	Terms   string        `json:"terms"`
	Region  string        `json:"region"`
	Price   *budget.Price `json:"price,omitempty"`
	Limits  string        `json:"limits"`
	Risks   string        `json:"risks"`
	Data    []string      `json:"data"`
}

func scanModel(s scanner) (m registry.Model, err error) {
	var a about
	err = s.Scan(&m.ID, &m.Provider, &m.Name, &m.Version, jsonInto{&a}, &m.State, &m.AddedBy, timeInto{&m.AddedAt},
		&m.ApprovedBy, timeInto{&m.ApprovedAt}, timeInto{&m.RetiredAt})
	m.Licence, m.Terms, m.Region, m.Price, m.Limits, m.Risks, m.Data = a.Licence, a.Terms, a.Region, a.Price, a.Limits, a.Risks, a.Data
	return m, err
}

// InsertModel implements registry.Store.
func (db *DB) InsertModel(ctx context.Context, m registry.Model) (bool, error) {
	return db.changed(ctx, "INSERT INTO models ("+modelColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
		m.ID, m.Provider, m.Name, m.Version, asJSON(about{m.Licence, m.Terms, m.Region, m.Price, m.Limits, m.Risks, m.Data}),
		string(m.State), m.AddedBy, micros(m.AddedAt), m.ApprovedBy, micros(m.ApprovedAt), micros(m.RetiredAt))
}

// Model implements registry.Store.
func (db *DB) Model(ctx context.Context, id string) (registry.Model, error) {
	return one(ctx, db, "model", scanModel, "SELECT "+modelColumns+" FROM models WHERE id = $1", id)
}

// Models implements registry.Store.
func (db *DB) Models(ctx context.Context, limit int) ([]registry.Model, error) {
	return list(ctx, db, scanModel, "SELECT "+modelColumns+" FROM models ORDER BY provider, name, added_at, id LIMIT $1", within(limit, 1000))
}

// MoveModel implements registry.Store.
func (db *DB) MoveModel(ctx context.Context, m registry.Model, from ...registry.State) (bool, error) {
	return db.changed(ctx, "UPDATE models SET state = $2, approved_by = $3, approved_at = $4, retired_at = $5 WHERE id = $1 AND state IN "+inList(6),
		append([]any{m.ID, string(m.State), m.ApprovedBy, micros(m.ApprovedAt), micros(m.RetiredAt)}, values(from)...)...)
}

const canaryColumns = "capability, incumbent, provider, percent, calls, margin, returned, old_calls, old_failed, new_calls, new_failed, started_at"

func scanCanary(s scanner) (c registry.Canary, err error) {
	err = s.Scan(&c.Capability, &c.Incumbent, &c.Provider, &c.Percent, &c.Calls, &c.Margin, flagInto{&c.Returned},
		&c.OldCalls, &c.OldFailed, &c.NewCalls, &c.NewFailed, timeInto{&c.StartedAt})
	return c, err
}

// PutCanary implements registry.Store.
func (db *DB) PutCanary(ctx context.Context, c registry.Canary) error {
	return db.put(ctx, "INSERT INTO canaries ("+canaryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (capability, incumbent) DO UPDATE SET provider = excluded.provider, percent = excluded.percent, calls = excluded.calls,
			margin = excluded.margin, returned = excluded.returned, old_calls = excluded.old_calls, old_failed = excluded.old_failed,
			new_calls = excluded.new_calls, new_failed = excluded.new_failed, started_at = excluded.started_at`,
		c.Capability, c.Incumbent, c.Provider, c.Percent, c.Calls, c.Margin, flag(c.Returned),
		c.OldCalls, c.OldFailed, c.NewCalls, c.NewFailed, micros(c.StartedAt))
}

// DeleteCanary implements registry.Store.
func (db *DB) DeleteCanary(ctx context.Context, capability, incumbent string) error {
	return db.must(ctx, "canary", "DELETE FROM canaries WHERE capability = $1 AND incumbent = $2", capability, incumbent)
}

// Canaries implements registry.Store: by capability and incumbent.
func (db *DB) Canaries(ctx context.Context) ([]registry.Canary, error) {
	return list(ctx, db, scanCanary, "SELECT "+canaryColumns+" FROM canaries ORDER BY capability, incumbent LIMIT 1000")
}

// CountCanary implements registry.Store.
func (db *DB) CountCanary(ctx context.Context, capability, incumbent string, oldCalls, oldFailed, newCalls, newFailed int64) (registry.Canary, error) {
	return returning(ctx, db, "canary", scanCanary, `UPDATE canaries SET old_calls = old_calls + $3, old_failed = old_failed + $4,
		new_calls = new_calls + $5, new_failed = new_failed + $6 WHERE capability = $1 AND incumbent = $2 RETURNING `+canaryColumns,
		capability, incumbent, oldCalls, oldFailed, newCalls, newFailed)
}

// ReturnCanary implements registry.Store.
func (db *DB) ReturnCanary(ctx context.Context, capability, incumbent string) (bool, error) {
	return db.changed(ctx, "UPDATE canaries SET returned = 1 WHERE capability = $1 AND incumbent = $2 AND returned = 0", capability, incumbent)
}

// PutKey implements registry.Store.
func (db *DB) PutKey(ctx context.Context, k registry.SealedKey) error {
	return db.put(ctx, `INSERT INTO provider_keys (provider, sealed, changed_at) VALUES ($1, $2, $3)
		ON CONFLICT (provider) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at`, k.Provider, k.Sealed, micros(k.ChangedAt))
}

// DeleteKey implements registry.Store.
func (db *DB) DeleteKey(ctx context.Context, provider string) error {
	return db.must(ctx, "key", "DELETE FROM provider_keys WHERE provider = $1", provider)
}

// SealedKeys implements registry.Store.
func (db *DB) SealedKeys(ctx context.Context) ([]registry.SealedKey, error) {
	return list(ctx, db, func(s scanner) (k registry.SealedKey, err error) {
		err = s.Scan(&k.Provider, &k.Sealed, timeInto{&k.ChangedAt})
		return k, err
	}, "SELECT provider, sealed, changed_at FROM provider_keys ORDER BY provider LIMIT 1000")
}
