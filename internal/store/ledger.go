package store

import (
	"context"

	"marquee/internal/ledger"
)

// On PostgreSQL a row's number is drawn before its unit commits, so a row with
// a lower number may appear after one with a higher. A reader who has passed
// the higher one would never see it. Therefore each writer holds, until its
// unit ends, a shared lock on the last number drawn before its own, and a
// reader stops at the lowest such lock: what it gives is complete.
const ledgerLock = int64(0x4d51) << 48

// AppendLedger implements ledger.Store.
func (db *DB) AppendLedger(ctx context.Context, row ledger.Row, salt *ledger.Salt) error {
	if db.kind == Postgres {
		err := db.put(ctx, "SELECT pg_advisory_xact_lock_shared($1 | last_value) FROM ledger_seq_seq", ledgerLock)
		if err != nil {
			return err
		}
	}
	err := db.put(ctx, `INSERT INTO ledger (id, at, action, role, subject_kind, subject_id, campaign, public, commitment)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		row.ID, micros(row.At), row.Action, row.Role, row.SubjectKind, row.SubjectID, row.Campaign, asJSON(row.Public), row.Commitment)
	if err != nil || salt == nil {
		return err
	}
	return db.put(ctx, "INSERT INTO ledger_salts (row_id, participant, salt) VALUES ($1, $2, $3)",
		salt.RowID, salt.Participant, salt.Salt)
}

func scanLedgerRow(s scanner) (r ledger.Row, err error) {
	err = s.Scan(&r.Seq, &r.ID, timeInto{&r.At}, &r.Action, &r.Role, &r.SubjectKind, &r.SubjectID, &r.Campaign,
		jsonInto{&r.Public}, &r.Commitment)
	return r, err
}

// LedgerRows implements ledger.Store; limit is 1 to 1000. Rows whose unit is
// still open, and all after them, are not given yet. Numbers may have gaps on
// PostgreSQL, where a unit that was rolled back leaves one.
func (db *DB) LedgerRows(ctx context.Context, after int64, limit int) ([]ledger.Row, error) {
	const query = `SELECT seq, id, at, action, role, subject_kind, subject_id, campaign, public, commitment
		FROM ledger WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3`
	settled := int64(1) << 62
	if db.kind == Postgres {
		var err error
		if settled, err = db.settledLedger(ctx); err != nil {
			return nil, err
		}
	}
	return list(ctx, db, scanLedgerRow, query, after, settled, within(limit, 1000))
}

// settledLedger gives the number up to which every row is committed or will
// never be. Its two reads must come in this order: a number drawn before the
// first has its lock, if its unit is open, seen by the second.
func (db *DB) settledLedger(ctx context.Context) (int64, error) {
	var drawn, held int64
	if err := db.row(ctx, "SELECT last_value FROM ledger_seq_seq", nil, &drawn); err != nil {
		return 0, err
	}
	err := db.row(ctx, `SELECT coalesce(min((classid::bigint << 32 | objid::bigint) - $1), $2) FROM pg_locks
		WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid <> pg_backend_pid()
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND classid::bigint >> 16 = $1 >> 48`, []any{ledgerLock, drawn}, &held)
	return min(drawn, held), err
}

// LedgerSalt implements ledger.Store.
func (db *DB) LedgerSalt(ctx context.Context, rowID string) (ledger.Salt, error) {
	return one(ctx, db, "salt", func(s scanner) (t ledger.Salt, err error) {
		err = s.Scan(&t.RowID, &t.Participant, &t.Salt)
		return t, err
	}, "SELECT row_id, participant, salt FROM ledger_salts WHERE row_id = $1", rowID)
}

// EraseLedgerSalts implements ledger.Store.
func (db *DB) EraseLedgerSalts(ctx context.Context, participant string) error {
	return db.put(ctx, "DELETE FROM ledger_salts WHERE participant = $1", participant)
}
