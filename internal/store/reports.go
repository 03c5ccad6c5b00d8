package store

import (
	"context"
	"time"

	"marquee/internal/gallery"
)

const reportColumns = `id, entry_id, campaign, participant_id, reason, text, secret_hash, state, answer, created_at, decided_at`

func scanReport(s scanner) (r gallery.Report, err error) {
	err = s.Scan(&r.ID, &r.EntryID, &r.Campaign, &r.ParticipantID, &r.Reason, &r.Text, &r.SecretHash, &r.State,
		&r.Answer, timeInto{&r.CreatedAt}, timeInto{&r.DecidedAt})
	return r, err
}

// InsertReport implements gallery.Store. An entry that is gone is NotFound.
func (db *DB) InsertReport(ctx context.Context, r gallery.Report) error {
	if _, err := db.Entry(ctx, r.EntryID); err != nil {
		return err
	}
	return db.put(ctx, "INSERT INTO reports ("+reportColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		r.ID, r.EntryID, r.Campaign, r.ParticipantID, r.Reason, r.Text, r.SecretHash, r.State,
		r.Answer, micros(r.CreatedAt), micros(r.DecidedAt))
}

// Report implements gallery.Store.
func (db *DB) Report(ctx context.Context, id string) (gallery.Report, error) {
	return one(ctx, db, "report", scanReport, "SELECT "+reportColumns+" FROM reports WHERE id = $1", id)
}

// ReportBySecret implements gallery.Store.
func (db *DB) ReportBySecret(ctx context.Context, hash string) (gallery.Report, error) {
	return one(ctx, db, "report", scanReport, "SELECT "+reportColumns+" FROM reports WHERE secret_hash = $1", hash)
}

// ReportsBy implements gallery.Store. An empty participant made none.
func (db *DB) ReportsBy(ctx context.Context, participant string) ([]gallery.Report, error) {
	return list(ctx, db, scanReport, "SELECT "+reportColumns+` FROM reports
		WHERE participant_id = $1 AND participant_id <> '' ORDER BY created_at, id`, participant)
}

// BlankReports implements gallery.Store.
func (db *DB) BlankReports(ctx context.Context, participant string) error {
	return db.put(ctx, "UPDATE reports SET participant_id = '', text = '', answer = '' WHERE participant_id = $1 AND participant_id <> ''", participant)
}

// MoveReport implements gallery.Store; false if the report is not in state
// from.
func (db *DB) MoveReport(ctx context.Context, id, from, to, answer string, at time.Time) (bool, error) {
	return db.changed(ctx, "UPDATE reports SET state = $3, answer = $4, decided_at = $5 WHERE id = $1 AND state = $2",
		id, from, to, answer, micros(at))
}
