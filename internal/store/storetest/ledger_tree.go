package storetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/work"
)

// TreeKey makes a key for a ledger's tree in a folder of the test.
func TreeKey(t testing.TB) *tree.Key {
	t.Helper()
	key, err := tree.EnsureKey(filepath.Join(t.TempDir(), "ledger.key"), "house.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Sequencer makes a sequencer of a database's ledger; unit is the database if
// it is nil.
func Sequencer(t testing.TB, db *store.DB, unit work.Unit, key *tree.Key, node string) *tree.Sequencer {
	t.Helper()
	if unit == nil {
		unit = db
	}
	s, err := tree.NewSequencer(tree.SequencerDeps{Store: db, Unit: unit, Key: key, Node: node, Log: Quiet()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Rows writes n rows into the ledger, every third with a commitment of ann's.
func Rows(t testing.TB, db *store.DB, n int) {
	t.Helper()
	l := ledger.New(db, func() time.Time { return t0 })
	err := db.Do(t.Context(), func(ctx context.Context) error {
		for i := range n {
			d := ledger.Decision{Action: "entry.approved", Role: "reviewer", SubjectKind: "entry", SubjectID: fmt.Sprint(i), Campaign: "winter",
				Public: map[string]string{"model": "painter", "words": "“ä” <&>\u2028"}}
			if i%3 == 0 {
				d.Private, d.Participant = map[string]string{"title": "Fox"}, "ann"
			}
			if err := l.Record(ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// WholeTree checks that the tree has exactly the ledger's rows, in order and each
// once, and that the root, the tiles and every proof agree with what the
// reference library makes of them. It gives the size.
func WholeTree(t testing.TB, db *store.DB, key *tree.Key) int64 {
	t.Helper()
	ctx := t.Context()
	v, err := note.NewVerifier(key.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	head, err := tree.New(db).Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	c, err := tree.OpenCheckpoint(head.Signed, v)
	if err != nil {
		t.Fatal(err)
	}
	var hashes []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			out[i] = hashes[n]
		}
		return out, nil
	})
	n := int64(0)
	var ids []string
	for after := int64(0); ; {
		rows, err := db.LedgerRows(ctx, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			more, err := tlog.StoredHashes(n, tree.Leaf(r), read)
			if err != nil {
				t.Fatal(err)
			}
			hashes = append(hashes, more...)
			ids = append(ids, r.ID)
			n++
			after = r.Seq
		}
		if len(rows) == 0 {
			break
		}
	}
	root, err := tlog.TreeHash(n, read)
	if err != nil {
		t.Fatal(err)
	}
	if c.Size != n || c.Root != root {
		t.Fatalf("the checkpoint is of %d rows with root %s, the ledger has %d with %s", c.Size, c.Root, n, root)
	}
	leaves := int64(0)
	for leaves < n {
		entries, err := db.LedgerEntries(ctx, leaves, 1024)
		if err != nil || len(entries) == 0 {
			t.Fatal("no leaf", leaves, err)
		}
		for _, e := range entries {
			if e.Index != leaves || e.RowID != ids[leaves] || e.Row == nil || e.Row.ID != e.RowID {
				t.Fatalf("leaf %d is %+v, not of row %s", leaves, e, ids[leaves])
			}
			leaves++
		}
	}
	for _, tile := range tlog.NewTiles(8, 0, n) {
		want, err := tlog.ReadTileData(tile, read)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tree.New(db).Tile(ctx, tile)
		if err != nil || string(got) != string(want) {
			t.Fatalf("the tile %s is not right: %v", tree.Path(tile), err)
		}
	}
	return n
}

// LedgerTree tests tree.Store with the sequencer that it is for.
func LedgerTree(t *testing.T, db *store.DB) {
	ctx := t.Context()
	key := TreeKey(t)
	provable := tree.New(db)
	fails(t, value(provable.Head(ctx)), fault.NotFound, "ledger_unproven")

	// Rows of before are there when the first sequencer comes.
	Rows(t, db, 1234)
	row, err := db.LedgerRows(ctx, 1233, 1)
	if err != nil || len(row) != 1 {
		t.Fatal(row, err)
	}
	fails(t, value(provable.Prove(ctx, row[0].ID)), fault.Conflict, "ledger_row_waiting")
	first := Sequencer(t, db, nil, key, "first")
	look := func(s *tree.Sequencer, want int) {
		t.Helper()
		n, more, err := s.Look(ctx)
		if err != nil || more || n != want {
			t.Fatal(n, more, err)
		}
	}
	look(first, 1234)
	same(t, WholeTree(t, db, key), int64(1234))
	look(first, 0)

	// After one look more a new row can be proved.
	Rows(t, db, 1)
	newest, err := provable.Newest(ctx, 0, 1)
	if err != nil || len(newest) != 1 || newest[0].Index != -1 {
		t.Fatal(newest, err)
	}
	look(first, 1)
	p, err := provable.Prove(ctx, newest[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	same(t, p.Index, int64(1234))
	if err := tlog.CheckRecord(p.Hashes, p.Head.Size, p.Head.Root, p.Index, tlog.RecordHash(p.Leaf)); err != nil {
		t.Fatal(err)
	}
	fails(t, value(provable.Prove(ctx, "none")), fault.NotFound, "")

	// Sizes are consistent with each other, and others are refused.
	for _, from := range []int64{1, 255, 256, 257, 1234, 1235} {
		proof, older, newer, err := provable.Consistency(ctx, from, 0)
		if err == nil {
			err = tlog.CheckTree(proof, newer.Size, newer.Root, older.Size, older.Root)
		}
		if err != nil || newer.Size != 1235 {
			t.Fatal(from, newer, err)
		}
	}
	for _, sizes := range [][2]int64{{0, 5}, {-1, 5}, {6, 5}, {5, 1236}, {5, -1}} {
		_, _, _, err := provable.Consistency(ctx, sizes[0], sizes[1])
		fails(t, err, fault.Invalid, "ledger_sizes")
	}
	fails(t, value(provable.Tile(ctx, tlog.Tile{H: 8, N: 4, W: 212})), fault.NotFound, "")
	fails(t, value(provable.Tile(ctx, tlog.Tile{H: 8, L: 1, N: 0, W: 5})), fault.NotFound, "")
	if _, err := provable.Bundle(ctx, tlog.Tile{H: 8, L: -1, N: 4, W: 211}); err != nil {
		t.Fatal(err)
	}

	// Newest first, without a gap.
	var seen []int64
	for before := int64(0); ; {
		page, err := provable.Newest(ctx, before, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page {
			seen = append(seen, r.Index)
			before = r.Seq
		}
		if len(page) < 100 {
			break
		}
	}
	for i, n := range seen {
		if n != int64(1234-i) {
			t.Fatalf("row %d of the newest has index %d", i, n)
		}
	}
	same(t, len(seen), 1235)

	// Another only watches while the first lives, and takes over when it dies.
	second := Sequencer(t, db, nil, key, "second")
	for range 20 {
		look(first, 0)
		look(second, 0)
	}
	same(t, []bool{first.Holds(), second.Holds()}, []bool{true, false})
	Rows(t, db, 3)
	looks := 0
	for !second.Holds() {
		if looks++; looks > 20 {
			t.Fatal("nobody takes the tree of one who died")
		}
		if _, _, err := second.Look(ctx); err != nil {
			t.Fatal(err)
		}
	}
	same(t, WholeTree(t, db, key), int64(1238))
	// The first comes back and learns that it holds nothing.
	Rows(t, db, 2)
	look(first, 0)
	same(t, first.Holds(), false)
	look(second, 2)

	// Another key does not sign this tree.
	stranger := Sequencer(t, db, nil, TreeKey(t), "stranger")
	if _, _, err := stranger.Look(ctx); !errors.Is(err, tree.ErrOtherKey) {
		t.Fatal(err)
	}

	// When a person goes, only the salts go: rows and proofs stand.
	do(t, db, func(ctx context.Context) error { return db.EraseLedgerSalts(ctx, "ann") })
	same(t, WholeTree(t, db, key), int64(1240))
	if _, err := provable.Prove(ctx, row[0].ID); err != nil {
		t.Fatal(err)
	}

	cosigned := tree.Cosigned{Witness: "w", Size: 3, Checkpoint: "c", Line: "l", At: t0}
	for range 2 {
		do(t, db, func(ctx context.Context) error { return db.PutCosigned(ctx, cosigned) })
		gives(t, []tree.Cosigned{cosigned})(db.CosignedAll(ctx))
		cosigned.Size = 4
	}
}
