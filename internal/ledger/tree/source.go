package tree

import (
	"context"
	"errors"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Database is the Source of a database's own tree.
type Database struct {
	store    Store
	state    State
	cosigned []Cosigned
}

// errNoCheckpoint is that of a ledger whose tree has not begun.
var errNoCheckpoint = errors.New("the ledger has no checkpoint yet")

// IsNotBegun tells whether err is that there is nothing to verify yet.
func IsNotBegun(err error) bool { return errors.Is(err, errNoCheckpoint) }

// Checked gives the source of a store as it is now; the tree may grow meanwhile.
func Checked(ctx context.Context, s Store) (*Database, error) {
	// The witnesses come first: what they have seen is never more than the state
	// that is read after it.
	all, err := s.CosignedAll(ctx)
	if err != nil {
		return nil, err
	}
	state, err := s.LedgerTree(ctx)
	return &Database{s, state, all}, err
}

// Checkpoint implements Source.
func (d *Database) Checkpoint(context.Context) ([]byte, error) {
	if d.state.Checkpoint == "" {
		return nil, errNoCheckpoint
	}
	return []byte(d.state.Checkpoint), nil
}

// Leaves implements Source.
func (d *Database) Leaves(ctx context.Context, from int64, n int) ([]Found, error) {
	entries, err := d.store.LedgerEntries(ctx, from, n)
	if err != nil {
		return nil, err
	}
	out := make([]Found, 0, len(entries))
	for _, e := range entries {
		f := Found{Index: e.Index, RowID: e.RowID}
		if e.Row != nil {
			f.Leaf = Leaf(*e.Row)
			if e.Row.ID != e.RowID {
				f.Other = e.Row.ID
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// Tile implements Source.
func (d *Database) Tile(ctx context.Context, t tlog.Tile) ([]byte, error) {
	data, err := d.store.LedgerTiles(ctx, []tlog.Tile{t})
	if err != nil {
		return nil, err
	}
	return data[0], nil
}

// Witnessed gives the checkpoints that witnesses have cosigned and the ledger
// has signed, as earlier ones to check against.
func (d *Database) Witnessed(v note.Verifier) []Earlier {
	var out []Earlier
	for _, w := range d.cosigned {
		// What was cosigned had our signature; a line that has lost it was
		// tampered with and proves nothing.
		if c, err := OpenCheckpoint([]byte(w.Checkpoint), v); err == nil {
			out = append(out, Earlier{c, "the checkpoint that the witness " + w.Witness + " has cosigned"})
		}
	}
	return out
}

// Stray adds the rows that stand before the end of the tree and are not in it.
func (d *Database) Stray(ctx context.Context, r *Report) error {
	rows, err := d.store.LedgerStray(ctx, findingsMost)
	for _, row := range rows {
		r.add(RowStray, -1, row.ID, "The row %s (number %d) was put among rows that are in the tree, and is not in it.", row.ID, row.Seq)
	}
	return err
}
