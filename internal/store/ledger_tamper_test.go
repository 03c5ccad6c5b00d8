package store_test

import (
	"bytes"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// proven opens a database with n rows in the ledger's tree, and a second way in
// that knows no rules.
func proven(t testing.TB, kind store.Kind, n int) (*store.DB, *sql.DB, *tree.Key) {
	t.Helper()
	address := storetest.Database(t, kind)
	db := storetest.Open(t, address)
	key := storetest.TreeKey(t)
	storetest.Rows(t, db, n)
	if _, _, err := storetest.Sequencer(t, db, nil, key, "node").Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	driver := "sqlite"
	if kind == store.Postgres {
		driver = "pgx"
	} else {
		address = "file:" + address + "?_pragma=busy_timeout(5000)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return db, raw, key
}

// check verifies a database's ledger.
func check(t *testing.T, db *store.DB, verifier string, earlier ...tree.Earlier) *tree.Report {
	t.Helper()
	v, err := note.NewVerifier(verifier)
	if err != nil {
		t.Fatal(err)
	}
	src, err := tree.Checked(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	r, err := tree.Verify(t.Context(), src, tree.Check{Verifier: v, Earlier: append(earlier, src.Witnessed(v)...)})
	if err != nil {
		t.Fatal(err)
	}
	if err := src.Stray(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// told gives what was found as "kind index", in order and each once.
func told(r *tree.Report) []string {
	out := []string{}
	for _, f := range r.Findings {
		out = append(out, string(f.Kind)+" "+strconv.FormatInt(f.Index, 10))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tamperings are what somebody may do to the tables behind Marquee's back, and
// what of that is found; nil is something.
var tamperings = []struct {
	name string
	do   []string
	want []string
}{
	{"nothing", nil, []string{}},
	{"a row is changed", []string{"UPDATE ledger SET role = 'admin' WHERE seq = 301"}, []string{"row_changed 300"}},
	{"its details are", []string{`UPDATE ledger SET public = '{"model":"other"}' WHERE seq = 301`}, []string{"row_changed 300"}},
	{"its moment is", []string{"UPDATE ledger SET at = at + 1 WHERE seq IN (1, 660)"}, []string{"row_changed 0", "row_changed 659"}},
	{"its commitment is", []string{"UPDATE ledger SET commitment = NULL WHERE seq = 301"}, []string{"row_changed 300"}},
	{"a row is taken out", []string{"DELETE FROM ledger_salts", "DELETE FROM ledger WHERE seq = 301"}, []string{"row_missing 300"}},
	{"the last row is", []string{"DELETE FROM ledger_salts", "DELETE FROM ledger WHERE seq = 660"}, []string{"row_missing 659"}},
	{"so is its leaf", []string{"DELETE FROM ledger_salts", "DELETE FROM ledger WHERE seq = 301", "DELETE FROM ledger_leaves WHERE seq = 301"}, []string{"row_missing 300"}},
	{"two rows are swapped", []string{"UPDATE ledger SET seq = -1 WHERE seq = 10", "UPDATE ledger SET seq = 10 WHERE seq = 301", "UPDATE ledger SET seq = 301 WHERE seq = -1"},
		[]string{"row_moved 300", "row_moved 9"}},
	{"with their leaves", []string{"UPDATE ledger SET seq = -1 WHERE seq = 10", "UPDATE ledger SET seq = 10 WHERE seq = 301", "UPDATE ledger SET seq = 301 WHERE seq = -1",
		"UPDATE ledger_leaves SET row_id = (SELECT id FROM ledger WHERE ledger.seq = ledger_leaves.seq)"}, []string{"row_changed 300", "row_changed 9"}},
	{"a row is put in", []string{"INSERT INTO ledger SELECT -5, 'new', at, action, role, subject_kind, subject_id, campaign, public, commitment FROM ledger WHERE seq = 1"}, []string{"row_stray -1"}},
	{"a low tile is changed", []string{"UPDATE ledger_tiles SET data = (SELECT data FROM ledger_tiles WHERE level = 0 AND n = 0) WHERE level = 0 AND n = 1"}, []string{"tile_changed 256"}},
	{"a high tile is changed", []string{"UPDATE ledger_tiles SET data = (SELECT data FROM ledger_tiles WHERE level = 0 AND n = 0) WHERE level = 1 AND n = 0"}, []string{"tile_changed 0"}},
	{"a tile is taken out", []string{"DELETE FROM ledger_tiles WHERE level = 0 AND n = 2"}, []string{"tile_missing 512"}},
	{"a high tile is", []string{"DELETE FROM ledger_tiles WHERE level = 1"}, []string{"tile_changed 0"}},
	{"all tiles are", []string{"DELETE FROM ledger_tiles"}, []string{"tile_changed 0", "tile_missing 0", "tile_missing 256", "tile_missing 512"}},
	{"a row and its tile", []string{"UPDATE ledger SET role = 'admin' WHERE seq = 301", "UPDATE ledger_tiles SET data = (SELECT data FROM ledger_tiles WHERE level = 0 AND n = 0) WHERE level = 0 AND n = 1"}, nil},
	{"the size", []string{"UPDATE ledger_tree SET checkpoint = replace(checkpoint, '660', '600')"}, []string{"checkpoint_forged -1", "root_wrong -1"}},
	{"an absurd size", []string{"UPDATE ledger_tree SET checkpoint = replace(checkpoint, '660', '9000000000000000000')"}, nil},
	{"no text at all", []string{"UPDATE ledger_tree SET checkpoint = 'x'"}, []string{"checkpoint_forged -1"}},
	{"everything is gone", []string{"DELETE FROM ledger_salts", "DELETE FROM ledger", "DELETE FROM ledger_leaves", "DELETE FROM ledger_tiles"}, []string{"row_missing 0"}},
}

// TestTamperingIsFound does all of it, one after the other, and puts back what
// was there in between.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			db, raw, key := proven(t, kind, 660) // three tiles below, one above
			exec := func(queries ...string) {
				t.Helper()
				for _, q := range queries {
					if _, err := raw.ExecContext(t.Context(), q); err != nil {
						t.Fatal(q, err)
					}
				}
			}
			tables := []string{"ledger", "ledger_salts", "ledger_leaves", "ledger_tiles", "ledger_tree"}
			for _, table := range tables {
				exec("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table)
			}
			for _, c := range tamperings {
				exec(c.do...)
				r := check(t, db, key.Verifier)
				if c.want == nil && r.Whole() {
					t.Errorf("%s: nothing was found", c.name)
				}
				if c.want != nil && !slices.Equal(told(r), c.want) {
					t.Errorf("%s: found %v, want %v: %+v", c.name, told(r), c.want, r.Findings)
				}
				for _, f := range r.Findings {
					if f.Detail == "" || strings.Contains(f.Detail, "%!") {
						t.Errorf("%s is told as %q", c.name, f.Detail)
					}
				}
				for _, table := range slices.Backward(tables) {
					exec("DELETE FROM " + table)
				}
				for _, table := range tables {
					exec("INSERT INTO " + table + " SELECT * FROM kept_" + table)
				}
			}
		})
	}
}

// A thief of the whole database who signs with a key of their own is found by
// who knows the key; one who has the key too, by an earlier checkpoint.
func TestForgedHistoryIsFound(t *testing.T) {
	t.Parallel()
	db, raw, key := proven(t, store.SQLite, 300)
	before, err := tree.New(db).Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again := func(key *tree.Key) {
		t.Helper()
		for _, q := range []string{"UPDATE ledger SET role = 'admin' WHERE seq = 7", "DELETE FROM ledger_leaves", "DELETE FROM ledger_tiles",
			"UPDATE ledger_tree SET size = 0, seq = 0, checkpoint = '', verifier = '', holder = ''"} {
			if _, err := raw.ExecContext(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := storetest.Sequencer(t, db, nil, key, "thief").Look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	again(storetest.TreeKey(t))
	if r := check(t, db, key.Verifier); !slices.Equal(told(r), []string{"checkpoint_forged -1"}) {
		t.Errorf("another key: %+v", r.Findings)
	}
	again(key)
	if r := check(t, db, key.Verifier); !r.Whole() {
		t.Errorf("nobody can know: %+v", r.Findings)
	}
	if r := check(t, db, key.Verifier, tree.Earlier{Checkpoint: before.Checkpoint, By: "a copy"}); !slices.Equal(told(r), []string{"history_changed 300"}) {
		t.Errorf("the stolen key: %+v", r.Findings)
	}
	before.Size = 301
	if r := check(t, db, key.Verifier, tree.Earlier{Checkpoint: before.Checkpoint, By: "a copy"}); !slices.Equal(told(r), []string{"history_changed 301"}) {
		t.Errorf("a ledger that got shorter: %+v", r.Findings)
	}
}

// A sequencer does not sign what was tampered with.
func TestTamperedTreeIsNotSigned(t *testing.T) {
	t.Parallel()
	for name, q := range map[string]string{
		"a tile":         "UPDATE ledger_tiles SET data = zeroblob(8192) WHERE n = 1",
		"no tile":        "DELETE FROM ledger_tiles",
		"the checkpoint": "UPDATE ledger_tree SET checkpoint = replace(checkpoint, '300', '301')",
		"the size":       "UPDATE ledger_tree SET size = 299",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, raw, key := proven(t, store.SQLite, 300)
			for _, q := range []string{q, "UPDATE ledger_tree SET holder = ''"} {
				if _, err := raw.ExecContext(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			before, err := db.LedgerTree(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			storetest.Rows(t, db, 1)
			if _, _, err := storetest.Sequencer(t, db, nil, key, "next").Look(t.Context()); err == nil {
				t.Error("it was signed")
			}
			after, err := db.LedgerTree(t.Context())
			if err != nil || after.Checkpoint != before.Checkpoint || after.Size != before.Size {
				t.Errorf("the tree went on: %+v %v", after, err)
			}
		})
	}
}

// exported writes a ledger into a folder's files.
func exported(t *testing.T, db *store.DB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	_, err := tree.Export(t.Context(), db, func(name string, data []byte) error {
		files[name] = bytes.Clone(data)
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return files
}
