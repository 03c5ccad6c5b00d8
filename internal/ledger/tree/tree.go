// Package tree makes the ledger provable: a Merkle tree over its rows, in tiles
// and with signed checkpoints as C2SP tlog-tiles and tlog-checkpoint have them.
//
// Decisions write rows; one elected Sequencer puts them into the tree, in
// batches, without a gap and each once. Tree answers what is asked of it.
package tree

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/fault"
	"marquee/internal/ledger"
)

// State is the one row that says how far the tree is and who lets it grow.
type State struct {
	// Size is how many leaves there are, Seq the number of the last row that is
	// one.
	Size, Seq int64
	// Checkpoint is the signed note of that size, without cosignatures; empty
	// for a tree that has not begun. Verifier is the key that it is checked with.
	Checkpoint, Verifier string
	// Fence counts up whenever somebody takes the tree over; only who took it
	// last can let it grow. Holder names them, empty for nobody. Beats counts
	// their signs of life.
	Fence  int64
	Holder string
	Beats  int64
}

// Growth is a batch that goes into the tree as a whole or not at all.
type Growth struct {
	// Fence and From are the fence and the size that it was made for.
	Fence, From int64
	// AfterSeq and Seq bound the rows: those after the one and up to the other.
	AfterSeq, Seq int64
	// Size is the size afterwards; Checkpoint is of that size.
	Size                 int64
	Checkpoint, Verifier string
	// Tiles are those that changed, as wide as they are now.
	Tiles []Tile
}

// Entry is a leaf and the row that it stands for.
type Entry struct {
	// Index is its place in the tree, from 0; Seq is the number of the row.
	Index, Seq int64
	// RowID is the id that the row had when it went into the tree.
	RowID string
	// Row is the row as it is now; nil if it is gone.
	Row *ledger.Row
}

// Placed is a row and its place in the tree, -1 if it is not in it yet.
type Placed struct {
	ledger.Row
	Index int64
}

// Cosigned is the last checkpoint that a witness has cosigned.
type Cosigned struct {
	// Witness is its name, and Size that of the checkpoint.
	Witness string
	Size    int64
	// Checkpoint is the signed note without cosignatures, Line the signature
	// line of the witness, with its newline.
	Checkpoint, Line string
	// At is when the witness says it signed, to the second.
	At time.Time
}

// Store is what the tree needs of a database.
type Store interface {
	// LedgerTree gives the state.
	LedgerTree(ctx context.Context) (State, error)
	// TakeLedgerTree makes holder the one who lets the tree grow, under the next
	// fence, if the fence is still the given one; false if it is not.
	TakeLedgerTree(ctx context.Context, holder string, fence int64) (bool, error)
	// BeatLedgerTree notes a sign of life of the holder of a fence; false if
	// there is another by now.
	BeatLedgerTree(ctx context.Context, fence int64) (bool, error)
	// LeaveLedgerTree makes the holder of a fence nobody.
	LeaveLedgerTree(ctx context.Context, fence int64) error
	// GrowLedgerTree puts a batch in; false, and nothing is changed, if fence or
	// size are not what it was made for. An error if the rows are not as many as
	// it grows by.
	GrowLedgerTree(ctx context.Context, g Growth) (bool, error)
	// LedgerRows gives up to limit rows after a Seq, in order: of the rows up to
	// the last of them, none will appear later.
	LedgerRows(ctx context.Context, after int64, limit int) ([]ledger.Row, error)
	// LedgerTiles gives the tiles of those levels and places, whatever width is
	// asked, in that order; nil for one that is not there.
	LedgerTiles(ctx context.Context, tiles []tlog.Tile) ([][]byte, error)
	// LedgerEntries gives the leaves from an index, 1 to 1024, in order.
	LedgerEntries(ctx context.Context, from int64, limit int) ([]Entry, error)
	// LedgerPlace gives a row by its id; NotFound if there is none.
	LedgerPlace(ctx context.Context, rowID string) (Placed, error)
	// LedgerNewest gives up to limit rows before a Seq, the newest first.
	LedgerNewest(ctx context.Context, before int64, limit int) ([]Placed, error)
	// LedgerStray gives up to limit rows that stand before the last one in the
	// tree and are not in it.
	LedgerStray(ctx context.Context, limit int) ([]ledger.Row, error)
	// PutCosigned keeps what a witness cosigned, in place of what was before.
	PutCosigned(ctx context.Context, c Cosigned) error
	// CosignedAll gives what each witness cosigned last, by name.
	CosignedAll(ctx context.Context) ([]Cosigned, error)
}

// Tree answers what is asked of the tree. It needs no key and is safe for many
// goroutines.
type Tree struct{ store Store }

// New makes a tree on a store.
func New(s Store) *Tree { return &Tree{s} }

// Head is the newest checkpoint.
type Head struct {
	Checkpoint
	// Signed is the note with the ledger's signature and those of the witnesses
	// that have cosigned this very size.
	Signed []byte
	// Verifier is the key that it is checked with.
	Verifier string
	// Witnesses are what each witness cosigned last.
	Witnesses []Cosigned
}

// Head gives the newest checkpoint; NotFound with the code "ledger_unproven"
// before the first.
func (t *Tree) Head(ctx context.Context) (Head, error) {
	s, err := t.store.LedgerTree(ctx)
	if err != nil {
		return Head{}, err
	}
	if s.Checkpoint == "" {
		return Head{}, fault.New(fault.NotFound, "ledger_unproven", "The ledger has no checkpoint yet. The server makes the first one within seconds of the first decision.")
	}
	h := Head{Signed: []byte(s.Checkpoint), Verifier: s.Verifier}
	if h.Checkpoint, err = headOf(h.Signed); err != nil {
		return Head{}, err
	}
	if h.Witnesses, err = t.store.CosignedAll(ctx); err != nil {
		return Head{}, err
	}
	for _, c := range h.Witnesses {
		if c.Checkpoint == s.Checkpoint {
			h.Signed = append(h.Signed, c.Line...)
		}
	}
	return h, nil
}

// Tile gives the hashes of a tile, 32 bytes each; NotFound if the newest
// checkpoint does not have all of them. What is once given for a tile stays so.
func (t *Tree) Tile(ctx context.Context, tile tlog.Tile) ([]byte, error) {
	s, err := t.store.LedgerTree(ctx)
	if err != nil {
		return nil, err
	}
	if tile.L < 0 || !within(tile, s.Size) {
		return nil, fault.Missing("tile")
	}
	data, err := stored{t.store, ctx}.ReadTiles([]tlog.Tile{tile})
	if err != nil {
		return nil, err
	}
	return data[0], nil
}

// Bundle gives entries, each after its length in two bytes, as C2SP
// tlog-tiles has them; NotFound if the newest checkpoint does not have them all.
func (t *Tree) Bundle(ctx context.Context, tile tlog.Tile) ([]byte, error) {
	s, err := t.store.LedgerTree(ctx)
	if err != nil {
		return nil, err
	}
	if tile.L >= 0 || !within(tile, s.Size) {
		return nil, fault.Missing("tile")
	}
	entries, err := t.store.LedgerEntries(ctx, tile.N<<height, tile.W)
	if err != nil {
		return nil, err
	}
	return bundle(entries, tile)
}

func bundle(entries []Entry, tile tlog.Tile) ([]byte, error) {
	var out []byte
	for i, e := range entries {
		if e.Index != tile.N<<height+int64(i) || e.Row == nil {
			break
		}
		leaf := Leaf(*e.Row)
		out = binary.BigEndian.AppendUint16(out, uint16(len(leaf))) // Leaf keeps to maxLeaf
		out = append(out, leaf...)
		if i == tile.W-1 {
			return out, nil
		}
	}
	return nil, fmt.Errorf("rows of the bundle %s are gone from the ledger", Path(tile))
}

// Newest gives up to limit (at most 1000) rows before a Seq, the newest first.
// A Seq of 0 or less is beyond the last row.
func (t *Tree) Newest(ctx context.Context, before int64, limit int) ([]Placed, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return t.store.LedgerNewest(ctx, before, min(max(limit, 1), 1000))
}

// Waits gives how long the oldest row that is not in the tree has waited at a
// moment; 0 if all are in.
func (t *Tree) Waits(ctx context.Context, now time.Time) (time.Duration, error) {
	s, err := t.store.LedgerTree(ctx)
	if err != nil {
		return 0, err
	}
	rows, err := t.store.LedgerRows(ctx, s.Seq, 1)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	return max(now.Sub(rows[0].At), 0), nil
}

// Proof shows that a row is in the tree of a checkpoint.
type Proof struct {
	// Index is the place of the row, from 0.
	Index int64
	// Leaf is what the tree committed to, and Hash its hash.
	Leaf []byte
	Hash tlog.Hash
	// Hashes are the siblings on the way to the root, the lowest first.
	Hashes tlog.RecordProof
	Head   Head
}

// Text is the proof as C2SP tlog-proof has it: whole, and checked offline with
// the leaf and the ledger's key.
func (p Proof) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "c2sp.org/tlog-proof@v1\nindex %d\n", p.Index)
	for _, h := range p.Hashes {
		b.WriteString(base64.StdEncoding.EncodeToString(h[:]))
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	b.Write(p.Head.Signed)
	return b.String()
}

// Prove proves that a row is in the newest checkpoint. NotFound if there is no
// such row; a Conflict with the code "ledger_row_waiting" if it is not in yet;
// "ledger_row_changed" if it is not what the tree committed to.
func (t *Tree) Prove(ctx context.Context, rowID string) (Proof, error) {
	row, err := t.store.LedgerPlace(ctx, rowID)
	if err != nil {
		return Proof{}, err
	}
	head, err := t.Head(ctx)
	if err != nil && !fault.HasCode(err, "ledger_unproven") {
		return Proof{}, err
	}
	if row.Index < 0 || row.Index >= head.Size {
		return Proof{}, fault.New(fault.Conflict, "ledger_row_waiting", "This row is not in the tree yet. That takes a second or two; please try again.").After(2 * time.Second)
	}
	p := Proof{Index: row.Index, Leaf: Leaf(row.Row), Hash: LeafHash(row.Row), Head: head}
	if p.Hashes, err = tlog.ProveRecord(head.Size, row.Index, t.hashes(ctx, head.Checkpoint)); err != nil {
		return Proof{}, fmt.Errorf("the proof of row %s: %w", rowID, err)
	}
	if err := tlog.CheckRecord(p.Hashes, head.Size, head.Root, row.Index, p.Hash); err != nil {
		return Proof{}, fault.New(fault.Conflict, "ledger_row_changed", "This row is not what the ledger once committed to. Please tell an admin: `marquee ledger verify` shows what was changed.").Because(err)
	}
	return p, nil
}

// Consistency proves that the tree of a size is the beginning of that of
// another, 0 < from ≤ to ≤ the newest checkpoint's; to of 0 is the newest. It
// gives the proof as RFC 6962 has it, and the two roots.
func (t *Tree) Consistency(ctx context.Context, from, to int64) (tlog.TreeProof, Checkpoint, Checkpoint, error) {
	head, err := t.Head(ctx)
	if err != nil {
		return nil, Checkpoint{}, Checkpoint{}, err
	}
	if to == 0 {
		to = head.Size
	}
	if from < 1 || from > to || to > head.Size {
		return nil, Checkpoint{}, Checkpoint{}, fault.New(fault.Invalid, "ledger_sizes", "These are not two sizes of this ledger, the smaller first. It has %d rows in its tree now.", head.Size).With("size", head.Size)
	}
	r := t.hashes(ctx, head.Checkpoint)
	proof, err := tlog.ProveTree(to, from, r)
	if err != nil {
		return nil, Checkpoint{}, Checkpoint{}, err
	}
	older, newer := Checkpoint{Origin: head.Origin, Size: from}, Checkpoint{Origin: head.Origin, Size: to}
	if older.Root, err = tlog.TreeHash(from, r); err != nil {
		return nil, older, newer, err
	}
	newer.Root, err = tlog.TreeHash(to, r)
	return proof, older, newer, err
}

// hashes reads hashes out of tiles that it checks against the head's root.
func (t *Tree) hashes(ctx context.Context, head Checkpoint) tlog.HashReader {
	return tlog.TileHashReader(tlog.Tree{N: head.Size, Hash: head.Root}, stored{t.store, ctx})
}

// stored reads tiles from the store, as wide as they are asked for.
type stored struct {
	store Store
	ctx   context.Context
}

// Height implements tlog.TileReader.
func (stored) Height() int { return height }

// SaveTiles implements tlog.TileReader.
func (stored) SaveTiles([]tlog.Tile, [][]byte) {}

// ReadTiles implements tlog.TileReader.
func (s stored) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data, err := s.store.LedgerTiles(s.ctx, tiles)
	if err != nil {
		return nil, err
	}
	for i, t := range tiles {
		if len(data[i]) < t.W*tlog.HashSize {
			return nil, fmt.Errorf("the tile %s is not whole", Path(t))
		}
		data[i] = data[i][:t.W*tlog.HashSize]
	}
	return data, nil
}
