package tree

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Found is a leaf as a Source has it.
type Found struct {
	Index int64
	// RowID is the id of its row as far as it is known.
	RowID string
	// Leaf is what its row makes now; nil if the row is gone.
	Leaf []byte
	// Other is the id of the row that stands in its place, if that is another.
	Other string
}

// Source is a ledger that is checked: a database or an export of one.
type Source interface {
	// Checkpoint gives the signed checkpoint.
	Checkpoint(ctx context.Context) ([]byte, error)
	// Leaves gives those that there are of the n from an index, in order.
	Leaves(ctx context.Context, from int64, n int) ([]Found, error)
	// Tile gives what is kept of a tile of hashes; nil if it is not there.
	Tile(ctx context.Context, t tlog.Tile) ([]byte, error)
}

// Kind says what sort of thing was found wrong.
type Kind string

// The kinds.
const (
	// RowChanged is a row that is not what the signed tree has.
	RowChanged Kind = "row_changed"
	// RowMissing is one that the tree has and the ledger has not.
	RowMissing Kind = "row_missing"
	// RowMoved is one that stands where the tree has another.
	RowMoved Kind = "row_moved"
	// RowStray is one that was written before the end of the tree and is not in it.
	RowStray Kind = "row_stray"
	// TileChanged is a tile that does not lead to the signed root.
	TileChanged Kind = "tile_changed"
	// TileMissing is one that is not there, or not whole.
	TileMissing Kind = "tile_missing"
	// CheckpointForged is a checkpoint without a good signature.
	CheckpointForged Kind = "checkpoint_forged"
	// RootWrong says that neither rows nor tiles lead to the signed root.
	RootWrong Kind = "root_wrong"
	// HistoryChanged says that an earlier checkpoint is not of this tree.
	HistoryChanged Kind = "history_changed"
)

// Finding is one thing that is wrong.
type Finding struct {
	Kind Kind `json:"kind"`
	// Index is the place in the tree, -1 where there is none.
	Index int64 `json:"index"`
	// What names it: the id of a row or the path of a tile.
	What string `json:"what,omitempty"`
	// Detail is a sentence for people.
	Detail string `json:"detail"`
}

// Report is what a check found.
type Report struct {
	// Head is the checkpoint that all was checked against.
	Head Checkpoint
	// Findings are what is wrong, at most findingsMost; More counts the rest.
	Findings []Finding
	More     int
}

// Whole tells whether nothing was wrong.
func (r *Report) Whole() bool { return len(r.Findings) == 0 }

// findingsMost bounds what a report lists.
const findingsMost = 1000

func (r *Report) add(kind Kind, index int64, what, detail string, args ...any) {
	if len(r.Findings) >= findingsMost {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{kind, index, what, fmt.Sprintf(detail, args...)})
}

// Earlier is a checkpoint of before, which the tree must continue.
type Earlier struct {
	Checkpoint
	// By says where it is from, for people: "the witness w".
	By string
}

// Check says what a source is checked against.
type Check struct {
	// Verifier is the ledger's key.
	Verifier note.Verifier
	// Earlier are checkpoints of before.
	Earlier []Earlier
	// Progress, if set, is told how many rows of how many were read.
	Progress func(done, of int64)
}

// Verify reads all rows and tiles, makes the tree again and tells everything
// that is not as it was signed. An error says that it could not be read, which
// is not a finding. A ledger without a checkpoint is an error of Checkpoint.
//
// Both the rows and the lowest tiles lead to a root; the one that leads to the
// signed root is right, and what differs from it was tampered with.
func Verify(ctx context.Context, src Source, c Check) (*Report, error) {
	signed, err := src.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	v := &verifying{src: src, report: &Report{}}
	if v.report.Head, err = OpenCheckpoint(signed, c.Verifier); err != nil {
		v.report.add(CheckpointForged, -1, "checkpoint", "The checkpoint is not signed by %s: %v.", c.Verifier.Name(), err)
		if v.report.Head, err = headOf(signed); err != nil {
			return v.report, nil // there is nothing to go by
		}
	}
	slices.SortFunc(c.Earlier, func(a, b Earlier) int { return int(min(max(a.Size-b.Size, -1), 1)) })
	v.earlier = c.Earlier
	if err := v.read(ctx, c.Progress); err != nil {
		return nil, err
	}
	v.judge()
	for _, e := range v.earlier {
		v.report.add(HistoryChanged, e.Size, e.By, "%s had %d rows, and the tree has %d now: rows were taken out of it.", e.By, e.Size, v.report.Head.Size)
	}
	return v.report, nil
}

type verifying struct {
	src         Source
	report      *Report
	rows, tiles edge // made of what rows say, and of what the lowest tiles say
	earlier     []Earlier
	// gone says that some row is missing, so the rows' root says nothing.
	gone bool
	// differ are leaves whose row and tile say different things.
	differ []Found
	more   int
	// byRows and byTiles are higher tiles that are not what rows and lowest
	// tiles make of them.
	byRows, byTiles []tlog.Tile
	short           bool
}

// read goes through everything once.
func (v *verifying) read(ctx context.Context, progress func(done, of int64)) error {
	size := v.report.Head.Size
	for v.rows.size < size {
		if err := ctx.Err(); err != nil {
			return err
		}
		from := v.rows.size
		n := int(min(width, size-from))
		found, err := v.src.Leaves(ctx, from, n)
		if err != nil {
			return err
		}
		tile := tlog.Tile{H: height, N: from >> height, W: n}
		data, err := v.src.Tile(ctx, tile)
		if err != nil {
			return err
		}
		if len(found) == 0 && data == nil {
			v.report.add(RowMissing, from, "", "There is nothing from place %d on, and the checkpoint says that there are %d rows.", from, size)
			v.short = true
			return nil
		}
		if len(data) < n*tlog.HashSize {
			v.report.add(TileMissing, from, Path(tile), "The tile %s is missing, or not whole.", Path(tile))
			data = nil
		}
		if err := v.chunk(ctx, from, n, found, data); err != nil {
			return err
		}
		if progress != nil {
			progress(v.rows.size, size)
		}
	}
	return v.compare(ctx)
}

// chunk adds the leaves of one tile to both trees.
func (v *verifying) chunk(ctx context.Context, from int64, n int, found []Found, data []byte) error {
	var failed error
	check := func(bad *[]tlog.Tile) func(Tile) {
		return func(t Tile) {
			if err := v.same(ctx, t, bad); err != nil && failed == nil {
				failed = err
			}
		}
	}
	next := 0
	for i := range n {
		index := from + int64(i)
		at := Found{Index: index}
		if next < len(found) && found[next].Index == index {
			at = found[next]
			next++
		}
		var hash, kept tlog.Hash
		if data != nil {
			kept = tlog.Hash(data[i*tlog.HashSize : (i+1)*tlog.HashSize])
		}
		if at.Leaf == nil {
			v.gone = true
			hash = kept
			v.report.add(RowMissing, index, at.RowID, "The row %s, which stands at place %d of the tree, is gone from the ledger.", orUnknown(at.RowID), index)
		} else {
			hash = tlog.RecordHash(at.Leaf)
		}
		if data == nil {
			kept = hash
		}
		if hash != kept {
			if len(v.differ) < findingsMost {
				v.differ = append(v.differ, at)
			} else {
				v.more++
			}
		}
		v.rows.add(hash, check(&v.byRows))
		v.tiles.add(kept, check(&v.byTiles))
		v.remember(index + 1)
	}
	return failed
}

func orUnknown(id string) string {
	if id == "" {
		return "(whose id is not known)"
	}
	return id
}

// remember compares with the earlier checkpoints of a size.
func (v *verifying) remember(size int64) {
	for len(v.earlier) > 0 && v.earlier[0].Size <= size {
		e := v.earlier[0]
		v.earlier = v.earlier[1:]
		if e.Size == size && e.Root != v.rows.root() && e.Root != v.tiles.root() {
			v.report.add(HistoryChanged, size, e.By, "The first %d rows are not those that %s had.", size, e.By)
		}
	}
}

// compare looks at the tiles that are not full: those of level 1 and up.
func (v *verifying) compare(ctx context.Context) error {
	for _, t := range v.rows.partial() {
		if err := v.same(ctx, t, &v.byRows); err != nil {
			return err
		}
	}
	for _, t := range v.tiles.partial() {
		if err := v.same(ctx, t, &v.byTiles); err != nil {
			return err
		}
	}
	return nil
}

// same notes a higher tile that is not kept as it should be.
func (v *verifying) same(ctx context.Context, want Tile, bad *[]tlog.Tile) error {
	if want.Level == 0 || len(*bad) >= findingsMost {
		return nil
	}
	t := tlog.Tile{H: height, L: want.Level, N: want.N, W: len(want.Data) / tlog.HashSize}
	got, err := v.src.Tile(ctx, t)
	if err != nil {
		return err
	}
	if len(got) < len(want.Data) || string(got[:len(want.Data)]) != string(want.Data) {
		*bad = append(*bad, t)
	}
	return nil
}

// judge tells rows that were changed from tiles that were.
func (v *verifying) judge() {
	if v.short {
		return
	}
	r := v.report
	root := r.Head.Root
	rowsRight, tilesRight := !v.gone && v.rows.root() == root, v.tiles.root() == root
	switch {
	case rowsRight:
		last := int64(-1)
		for _, d := range v.differ {
			if n := d.Index >> height; n != last {
				t := tlog.Tile{H: height, N: n, W: int(min(width, r.Head.Size-n<<height))}
				r.add(TileChanged, n<<height, Path(t), "The tile %s was changed: its rows lead to the signed root and it does not.", Path(t))
				last = n
			}
		}
		v.higher(v.byRows)
	case tilesRight:
		v.changed("was changed: it is not what the tree committed to")
		v.higher(v.byTiles)
	default:
		r.add(RootWrong, -1, "checkpoint", "Neither the rows nor the tiles lead to the root that the checkpoint has.")
		v.changed("and its tile say different things")
		v.higher(v.byRows)
	}
	r.More += v.more
}

func (v *verifying) changed(how string) {
	for _, d := range v.differ {
		switch {
		case d.Leaf == nil: // told already
		case d.Other != "":
			v.report.add(RowMoved, d.Index, d.RowID, "At place %d of the tree stands the row %s now, and it was put there for %s.", d.Index, d.Other, d.RowID)
		default:
			v.report.add(RowChanged, d.Index, d.RowID, "The row %s at place %d of the tree %s.", orUnknown(d.RowID), d.Index, how)
		}
	}
}

func (v *verifying) higher(tiles []tlog.Tile) {
	for _, t := range tiles {
		v.report.add(TileChanged, t.N<<(height*(t.L+1)), Path(t), "The tile %s is not what the tiles below it make.", Path(t))
	}
}
