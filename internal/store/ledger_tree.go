package store

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
)

var _ tree.Store = (*DB)(nil)

// LedgerTree implements tree.Store.
func (db *DB) LedgerTree(ctx context.Context) (s tree.State, err error) {
	err = db.row(ctx, "SELECT size, seq, checkpoint, verifier, fence, holder, beats FROM ledger_tree WHERE one = 1", nil,
		&s.Size, &s.Seq, &s.Checkpoint, &s.Verifier, &s.Fence, &s.Holder, &s.Beats)
	return s, err
}

// TakeLedgerTree implements tree.Store.
func (db *DB) TakeLedgerTree(ctx context.Context, holder string, fence int64) (bool, error) {
	return db.changed(ctx, "UPDATE ledger_tree SET fence = fence + 1, holder = $1, beats = 0 WHERE one = 1 AND fence = $2", holder, fence)
}

// BeatLedgerTree implements tree.Store.
func (db *DB) BeatLedgerTree(ctx context.Context, fence int64) (bool, error) {
	return db.changed(ctx, "UPDATE ledger_tree SET beats = beats + 1 WHERE one = 1 AND fence = $1", fence)
}

// LeaveLedgerTree implements tree.Store.
func (db *DB) LeaveLedgerTree(ctx context.Context, fence int64) error {
	return db.put(ctx, "UPDATE ledger_tree SET holder = '' WHERE one = 1 AND fence = $1", fence)
}

// GrowLedgerTree implements tree.Store.
func (db *DB) GrowLedgerTree(ctx context.Context, g tree.Growth) (bool, error) {
	grown, err := db.changed(ctx, `UPDATE ledger_tree SET size = $1, seq = $2, checkpoint = $3, verifier = $4, beats = beats + 1
		WHERE one = 1 AND fence = $5 AND size = $6 AND seq = $7`, g.Size, g.Seq, g.Checkpoint, g.Verifier, g.Fence, g.From, g.AfterSeq)
	if err != nil || !grown {
		return false, err
	}
	n, err := db.exec(ctx, `INSERT INTO ledger_leaves (idx, seq, row_id)
		SELECT $1 - 1 + row_number() OVER (ORDER BY seq), seq, id FROM ledger WHERE seq > $2 AND seq <= $3`, g.From, g.AfterSeq, g.Seq)
	if err != nil {
		return false, err
	}
	if n != g.Size-g.From {
		return false, fmt.Errorf("the ledger has %d rows where %d were to go into its tree", n, g.Size-g.From)
	}
	for _, t := range g.Tiles {
		err := db.put(ctx, "INSERT INTO ledger_tiles (level, n, data) VALUES ($1, $2, $3) ON CONFLICT (level, n) DO UPDATE SET data = excluded.data",
			t.Level, t.N, t.Data)
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// LedgerTiles implements tree.Store.
func (db *DB) LedgerTiles(ctx context.Context, tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, t := range tiles {
		err := db.row(ctx, "SELECT data FROM ledger_tiles WHERE level = $1 AND n = $2", []any{t.L, t.N}, &out[i])
		if err != nil && !missing(err) {
			return nil, err
		}
	}
	return out, nil
}

// ledgerColumns are a row's own columns, with values for a row that is gone.
const ledgerColumns = `coalesce(l.seq, 0), coalesce(l.id, ''), coalesce(l.at, 0), coalesce(l.action, ''), coalesce(l.role, ''),
	coalesce(l.subject_kind, ''), coalesce(l.subject_id, ''), coalesce(l.campaign, ''), coalesce(l.public, '{}'), l.commitment`

// LedgerEntries implements tree.Store.
func (db *DB) LedgerEntries(ctx context.Context, from int64, limit int) ([]tree.Entry, error) {
	return list(ctx, db, func(s scanner) (e tree.Entry, err error) {
		var r ledger.Row
		err = s.Scan(&e.Index, &e.Seq, &e.RowID, &r.Seq, &r.ID, timeInto{&r.At}, &r.Action, &r.Role, &r.SubjectKind, &r.SubjectID, &r.Campaign,
			jsonInto{&r.Public}, &r.Commitment)
		if r.Seq > 0 {
			e.Row = &r
		}
		return e, err
	}, `SELECT v.idx, v.seq, v.row_id, `+ledgerColumns+` FROM ledger_leaves v LEFT JOIN ledger l ON l.seq = v.seq
		WHERE v.idx >= $1 ORDER BY v.idx LIMIT $2`, from, within(limit, 1024))
}

func scanPlaced(s scanner) (p tree.Placed, err error) {
	r := &p.Row
	err = s.Scan(&r.Seq, &r.ID, timeInto{&r.At}, &r.Action, &r.Role, &r.SubjectKind, &r.SubjectID, &r.Campaign,
		jsonInto{&r.Public}, &r.Commitment, &p.Index)
	return p, err
}

const selectPlaced = "SELECT " + ledgerColumns + ", coalesce(v.idx, -1) FROM ledger l LEFT JOIN ledger_leaves v ON v.seq = l.seq "

// LedgerPlace implements tree.Store.
func (db *DB) LedgerPlace(ctx context.Context, rowID string) (tree.Placed, error) {
	return one(ctx, db, "row", scanPlaced, selectPlaced+"WHERE l.id = $1", rowID)
}

// LedgerNewest implements tree.Store. As with LedgerRows, rows that are not
// settled are not given yet.
func (db *DB) LedgerNewest(ctx context.Context, before int64, limit int) ([]tree.Placed, error) {
	if db.kind == Postgres {
		settled, err := db.settledLedger(ctx)
		if err != nil {
			return nil, err
		}
		before = min(before, settled+1)
	}
	return list(ctx, db, scanPlaced, selectPlaced+"WHERE l.seq < $1 ORDER BY l.seq DESC LIMIT $2", before, within(limit, 1000))
}

// LedgerStray implements tree.Store.
func (db *DB) LedgerStray(ctx context.Context, limit int) ([]ledger.Row, error) {
	return list(ctx, db, scanLedgerRow, `SELECT l.seq, l.id, l.at, l.action, l.role, l.subject_kind, l.subject_id, l.campaign, l.public, l.commitment
		FROM ledger l LEFT JOIN ledger_leaves v ON v.seq = l.seq
		WHERE v.idx IS NULL AND l.seq <= (SELECT seq FROM ledger_tree WHERE one = 1) ORDER BY l.seq LIMIT $1`, within(limit, 1000))
}

// PutCosigned implements tree.Store.
func (db *DB) PutCosigned(ctx context.Context, c tree.Cosigned) error {
	return db.put(ctx, `INSERT INTO ledger_witnesses (name, size, checkpoint, line, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (name) DO UPDATE SET size = excluded.size, checkpoint = excluded.checkpoint, line = excluded.line, at = excluded.at`,
		c.Witness, c.Size, c.Checkpoint, c.Line, micros(c.At))
}

// CosignedAll implements tree.Store.
func (db *DB) CosignedAll(ctx context.Context) ([]tree.Cosigned, error) {
	return list(ctx, db, func(s scanner) (c tree.Cosigned, err error) {
		err = s.Scan(&c.Witness, &c.Size, &c.Checkpoint, &c.Line, timeInto{&c.At})
		return c, err
	}, "SELECT name, size, checkpoint, line, at FROM ledger_witnesses ORDER BY name LIMIT 100")
}
