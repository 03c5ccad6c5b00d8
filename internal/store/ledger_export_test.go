package store_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/mod/sumdb/note"

	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// Somebody without Marquee checks an export: with the program that comes with
// it, built apart from our module, of x/mod alone.
func TestOutsidersVerifyAnExport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		key := storetest.TreeKey(t)
		storetest.Rows(t, db, 600)
		if _, _, err := storetest.Sequencer(t, db, nil, key, "node").Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		rows, err := db.LedgerRows(t.Context(), 299, 1)
		if err != nil {
			t.Fatal(err)
		}
		folder := t.TempDir()
		for name, data := range exported(t, db) {
			path := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		program := filepath.Join(t.TempDir(), "verify")
		build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
		build.Dir = filepath.Join(folder, "verify")
		build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("the outside program: %v %s", err, out)
		}
		run := func(args ...string) (string, error) {
			out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
			return string(out), err
		}
		out, err := run(folder, key.Verifier, rows[0].ID)
		if err != nil || !strings.Contains(out, "600 entries lead to the signed root") || !strings.Contains(out, "entry 299 is in it: "+string(tree.Leaf(rows[0]))) {
			t.Fatalf("it says %v %s", err, out)
		}
		if out, err := run(folder, storetest.TreeKey(t).Verifier); err == nil {
			t.Errorf("with another key it says %s", out)
		}
		// One byte of any file, and it is noticed.
		for _, name := range []string{"checkpoint", "tile/entries/001", "tile/entries/002.p/88", "tile/0/000", "tile/1/000.p/2"} {
			path := filepath.Join(folder, filepath.FromSlash(name))
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			bad := slices.Clone(whole)
			bad[len(bad)/2] ^= 1
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := run(folder, key.Verifier); err == nil {
				t.Errorf("with %s changed it says %s", name, out)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Marquee itself finds what was changed in an export.
func TestExportIsVerified(t *testing.T) {
	t.Parallel()
	db, _, key := proven(t, store.SQLite, 600)
	files := exported(t, db)
	v, err := note.NewVerifier(key.Verifier)
	if err != nil {
		t.Fatal(err)
	}
	verify := func(change func(fstest.MapFS)) (*tree.Report, error) {
		m := fstest.MapFS{}
		for name, data := range files {
			m[name] = &fstest.MapFile{Data: slices.Clone(data)}
		}
		change(m)
		src, err := tree.NewExported(m)
		if err != nil {
			return nil, err
		}
		if own, err := src.Key(); err == nil && own.KeyHash() != v.KeyHash() {
			t.Error("it comes with another key")
		}
		return tree.Verify(t.Context(), src, tree.Check{Verifier: v})
	}
	r, err := verify(func(fstest.MapFS) {})
	if err != nil || !r.Whole() || r.Head.Size != 600 {
		t.Fatal(r, err)
	}
	flip := func(name string, at int) func(fstest.MapFS) {
		return func(m fstest.MapFS) { m[name].Data[at] ^= 1 }
	}
	for _, c := range []struct {
		name   string
		change func(fstest.MapFS)
		want   string
	}{
		{"an entry", flip("tile/entries/001", 40), "row_changed 256"},
		{"an entry's length", flip("tile/entries/001", 0), "row_missing"},
		{"a tile", flip("tile/0/001", 40), "tile_changed 256"},
		{"a high tile", flip("tile/1/000.p/2", 40), "tile_changed 0"},
		{"a tile gone", func(m fstest.MapFS) { delete(m, "tile/0/000") }, "tile_missing 0"},
		{"entries gone", func(m fstest.MapFS) { delete(m, "tile/entries/002.p/88") }, "row_missing 512"},
		{"the signature", func(m fstest.MapFS) {
			c := m["checkpoint"]
			c.Data = []byte(strings.Replace(string(c.Data), "\n600\n", "\n599\n", 1))
		}, "checkpoint_forged -1"},
	} {
		r, err := verify(c.change)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if r.Whole() || !strings.Contains(fmt.Sprint(told(r)), c.want) {
			t.Errorf("%s: %v, want %s", c.name, told(r), c.want)
		}
	}
	for name, change := range map[string]func(fstest.MapFS){
		"no checkpoint":  func(m fstest.MapFS) { delete(m, "checkpoint") },
		"another file":   func(m fstest.MapFS) { m["checkpoint"].Data = []byte("hello") },
		"an endless one": func(m fstest.MapFS) { m["checkpoint"].Data = make([]byte, 1<<20) },
		"a large tile":   func(m fstest.MapFS) { m["tile/0/000"].Data = make([]byte, 1<<20) },
	} {
		if r, err := verify(change); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.Contains(string(files[name]), "ann") && strings.HasPrefix(name, "tile/") {
			t.Errorf("%s names a person", name)
		}
	}
}
