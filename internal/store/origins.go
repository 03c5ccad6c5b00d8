package store

import (
	"context"

	"marquee/internal/provenance"
)

const originColumns = `id, subject_kind, subject_id, revision, campaign, kit, provider, model, version, marks,
	source_type, pixels, width, height, master_key, created_at`

func scanOrigin(s scanner) (o provenance.Origin, err error) {
	err = s.Scan(&o.ID, &o.SubjectKind, &o.SubjectID, &o.Revision, &o.Campaign, &o.Kit, &o.Provider, &o.Model, &o.Version,
		jsonInto{&o.Marks}, &o.SourceType, &o.Pixels, &o.Width, &o.Height, &o.MasterKey, timeInto{&o.CreatedAt})
	return o, err
}

// PutOrigin implements provenance.Store.
func (db *DB) PutOrigin(ctx context.Context, o provenance.Origin) error {
	return db.insert(ctx, "origin_taken", "This origin is registered already.", "INSERT INTO origins ("+originColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING`,
		int64(o.ID), o.SubjectKind, o.SubjectID, o.Revision, o.Campaign, o.Kit, o.Provider, o.Model, o.Version, asJSON(o.Marks),
		o.SourceType, o.Pixels, o.Width, o.Height, o.MasterKey, micros(o.CreatedAt))
}

// Origin implements provenance.Store.
func (db *DB) Origin(ctx context.Context, id uint64) (provenance.Origin, error) {
	return one(ctx, db, "origin", scanOrigin, "SELECT "+originColumns+" FROM origins WHERE id = $1", int64(id))
}

// OriginOf implements provenance.Store.
func (db *DB) OriginOf(ctx context.Context, subjectKind, subjectID string, revision int) (provenance.Origin, error) {
	return one(ctx, db, "origin", scanOrigin, "SELECT "+originColumns+` FROM origins
		WHERE subject_kind = $1 AND subject_id = $2 AND revision = $3`, subjectKind, subjectID, revision)
}

const manifestColumns = "label, origin_id, stage, blob_key, stamped, created_at"

func scanManifest(s scanner) (m provenance.Manifest, err error) {
	err = s.Scan(&m.Label, &m.OriginID, &m.Stage, &m.BlobKey, flagInto{&m.Stamped}, timeInto{&m.CreatedAt})
	return m, err
}

// PutManifest implements provenance.Store.
func (db *DB) PutManifest(ctx context.Context, m provenance.Manifest) error {
	return db.put(ctx, "INSERT INTO manifests ("+manifestColumns+`) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (label) DO UPDATE SET origin_id = excluded.origin_id, stage = excluded.stage, blob_key = excluded.blob_key,
			stamped = excluded.stamped, created_at = excluded.created_at`,
		m.Label, int64(m.OriginID), m.Stage, m.BlobKey, flag(m.Stamped), micros(m.CreatedAt))
}

// Manifest implements provenance.Store.
func (db *DB) Manifest(ctx context.Context, label string) (provenance.Manifest, error) {
	return one(ctx, db, "manifest", scanManifest, "SELECT "+manifestColumns+" FROM manifests WHERE label = $1", label)
}

// ManifestsOf implements provenance.Store.
func (db *DB) ManifestsOf(ctx context.Context, origin uint64) ([]provenance.Manifest, error) {
	return list(ctx, db, scanManifest, "SELECT "+manifestColumns+` FROM manifests
		WHERE origin_id = $1 ORDER BY created_at, label LIMIT 20`, int64(origin))
}
