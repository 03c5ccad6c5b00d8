package store

import (
	"context"

	"marquee/internal/provenance"
)

const renditionColumns = `sha256, subject_kind, subject_id, campaign, revision, format, width, height, blob_key,
	provider, model, version, marks, kit, created_at, origin_id, variant, manifest, watermarked`

func scanRendition(s scanner) (r provenance.Rendition, err error) {
	err = s.Scan(&r.SHA256, &r.SubjectKind, &r.SubjectID, &r.Campaign, &r.Revision, &r.Format, &r.Width, &r.Height,
		&r.BlobKey, &r.Provider, &r.Model, &r.Version, jsonInto{&r.Marks}, &r.Kit, timeInto{&r.CreatedAt},
		&r.OriginID, &r.Variant, &r.Manifest, flagInto{&r.Watermarked})
	return r, err
}

// PutRendition implements provenance.Store. The same bytes may stand for
// several revisions or sizes of a subject, each of which can be looked up.
func (db *DB) PutRendition(ctx context.Context, r provenance.Rendition) error {
	return db.put(ctx, "INSERT INTO renditions ("+renditionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING`,
		r.SHA256, r.SubjectKind, r.SubjectID, r.Campaign, r.Revision, r.Format, r.Width, r.Height,
		r.BlobKey, r.Provider, r.Model, r.Version, asJSON(r.Marks), r.Kit, micros(r.CreatedAt),
		int64(r.OriginID), r.Variant, r.Manifest, flag(r.Watermarked))
}

// RenditionsBySum implements provenance.Store: each subject once, with its
// newest rendition of these bytes.
func (db *DB) RenditionsBySum(ctx context.Context, sha256 string) ([]provenance.Rendition, error) {
	all, err := list(ctx, db, scanRendition, "SELECT "+renditionColumns+` FROM renditions
		WHERE sha256 = $1 ORDER BY created_at DESC, subject_id LIMIT 100`, sha256)
	if err != nil {
		return nil, err
	}
	type subject struct{ kind, id string }
	seen := map[subject]bool{}
	some := []provenance.Rendition{}
	for _, r := range all {
		if k := (subject{r.SubjectKind, r.SubjectID}); !seen[k] && len(some) < 10 {
			seen[k] = true
			some = append(some, r)
		}
	}
	return some, nil
}

// Rendition implements provenance.Store. A rendition whose blob was forgotten
// is NotFound too: there is no file any more.
func (db *DB) Rendition(ctx context.Context, subjectKind, subjectID string, revision int, format string, width int, variant string) (provenance.Rendition, error) {
	return one(ctx, db, "rendition", scanRendition, "SELECT "+renditionColumns+` FROM renditions
		WHERE subject_kind = $1 AND subject_id = $2 AND revision = $3 AND format = $4 AND width = $5 AND variant = $6
		AND blob_key <> ''
		ORDER BY created_at DESC LIMIT 1`, subjectKind, subjectID, revision, format, width, variant)
}

// RenditionByManifest implements provenance.Store.
func (db *DB) RenditionByManifest(ctx context.Context, label string) (provenance.Rendition, error) {
	return one(ctx, db, "rendition", scanRendition, "SELECT "+renditionColumns+` FROM renditions
		WHERE manifest = $1 AND manifest <> '' ORDER BY created_at LIMIT 1`, label)
}

// ForgetBlobs implements provenance.Store.
func (db *DB) ForgetBlobs(ctx context.Context, subjectKind, subjectID string) error {
	for _, statement := range []string{
		"UPDATE renditions SET blob_key = '' WHERE subject_kind = $1 AND subject_id = $2",
		"UPDATE manifests SET blob_key = '' WHERE origin_id IN (SELECT id FROM origins WHERE subject_kind = $1 AND subject_id = $2)",
		"UPDATE origins SET master_key = '' WHERE subject_kind = $1 AND subject_id = $2",
	} {
		if err := db.put(ctx, statement, subjectKind, subjectID); err != nil {
			return err
		}
	}
	return nil
}
