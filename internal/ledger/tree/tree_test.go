package tree

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/fault"
	"marquee/internal/ledger"
)

// TestEdgeIsTheTreeOfTheStandardLibrary lets a tree grow and compares roots and
// tiles with what x/mod makes of the same leaves; at many sizes the edge is put
// together again from its tiles.
func TestEdgeIsTheTreeOfTheStandardLibrary(t *testing.T) {
	t.Parallel()
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			out[i] = stored[n]
		}
		return out, nil
	})
	kept := map[string][]byte{} // tiles by level and place
	keep := func(t Tile) { kept[fmt.Sprint(t.Level, t.N)] = t.Data }
	e := &edge{}
	if e.root() != tlog.Hash(sha256.Sum256(nil)) {
		t.Error("the empty tree has another root")
	}
	const most = 66_000 // just beyond the first full tile of level 1
	for n := int64(0); n < most; n++ {
		leaf := fmt.Append(nil, "leaf ", n)
		more, err := tlog.StoredHashes(n, leaf, read)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
		e.add(tlog.RecordHash(leaf), keep)
		size := n + 1
		if size > 600 && size%257 != 0 && (size < 65_530 || size > 65_540) && size != most {
			continue
		}
		want, err := tlog.TreeHash(size, read)
		if err != nil {
			t.Fatal(err)
		}
		if e.root() != want {
			t.Fatalf("the root of %d leaves is wrong", size)
		}
		for _, p := range e.partial() {
			keep(p)
		}
		tiles := edgeTiles(size)
		data := make([][]byte, len(tiles))
		for i, tile := range tiles {
			data[i] = kept[fmt.Sprint(tile.L, tile.N)]
		}
		if e, err = edgeOf(size, tiles, data); err != nil || e.root() != want {
			t.Fatalf("the edge of %d leaves does not come back: %v", size, err)
		}
	}
	for _, tile := range tlog.NewTiles(height, 0, most) {
		want, err := tlog.ReadTileData(tile, read)
		if err != nil || string(kept[fmt.Sprint(tile.L, tile.N)]) != string(want) {
			t.Fatalf("the tile %s is wrong: %v", Path(tile), err)
		}
	}
	if _, err := edgeOf(300, edgeTiles(300), [][]byte{make([]byte, 32), make([]byte, 32)}); err == nil {
		t.Error("a tile that is too short was taken")
	}
}

// TestLeafIsWrittenForEver pins the bytes that trees out there have committed
// to. If it fails, a new version is needed, not another text here.
func TestLeafIsWrittenForEver(t *testing.T) {
	t.Parallel()
	r := ledger.Row{Seq: 7, ID: "019a", At: time.Date(2026, 12, 1, 10, 30, 0, 123456000, time.FixedZone("", 3600)), Action: "entry.approved", Role: "reviewer",
		SubjectKind: "entry", SubjectID: "e1", Campaign: "winter",
		Public:     map[string]string{"b": "line\nend\t\"\\\x01\x7f", "a": "ä <&> \u2028", "\U0001F98A": "fox", "\uffee": "", "": "empty"},
		Commitment: []byte{0xab, 1}}
	want := `{"action":"entry.approved","at":"2026-12-01T09:30:00.123456Z","campaign":"winter","commitment":"ab01","id":"019a",` +
		`"public":{"":"empty","a":"ä <&> ` + "\u2028" + `","b":"line\nend\t\"\\\u0001` + "\x7f" + `","🦊":"fox","` + "\uffee" + `":""},` +
		`"role":"reviewer","subject_id":"e1","subject_kind":"entry","v":"marquee.ledger/1"}`
	if got := string(Leaf(r)); got != want {
		t.Errorf("the leaf is\n%s\nwant\n%s", got, want)
	}
	var back map[string]any
	if err := json.Unmarshal(Leaf(r), &back); err != nil || back["public"].(map[string]any)["b"] != r.Public["b"] {
		t.Errorf("it is not JSON: %v", err)
	}
	// What differs makes another leaf; the order of the database does not.
	other := r
	other.Seq = 8
	if LeafHash(other) != LeafHash(r) {
		t.Error("the number of the row is in the leaf")
	}
	for name, change := range map[string]func(*ledger.Row){
		"id": func(r *ledger.Row) { r.ID = "019b" }, "at": func(r *ledger.Row) { r.At = r.At.Add(time.Microsecond) }, "action": func(r *ledger.Row) { r.Action = "x" },
		"role": func(r *ledger.Row) { r.Role = "admin" }, "kind": func(r *ledger.Row) { r.SubjectKind = "x" }, "subject": func(r *ledger.Row) { r.SubjectID = "x" },
		"campaign": func(r *ledger.Row) { r.Campaign = "" }, "public": func(r *ledger.Row) { r.Public = map[string]string{"a": "b"} },
		"commitment": func(r *ledger.Row) { r.Commitment = nil },
	} {
		other := r
		change(&other)
		if LeafHash(other) == LeafHash(r) {
			t.Errorf("%s is not in the leaf", name)
		}
	}
	if none, empty := LeafHash(ledger.Row{}), LeafHash(ledger.Row{Public: map[string]string{}, Commitment: []byte{}}); none != empty {
		t.Error("nothing and none make two leaves")
	}
	// A row that is too long for a bundle still has one leaf of its own.
	long := r
	long.Public = map[string]string{"words": strings.Repeat("ä", 40_000)}
	leaf := Leaf(long)
	if len(leaf) > 300 || !strings.Contains(string(leaf), `"id":"019a"`) {
		t.Errorf("the leaf of a long row has %d bytes: %.300s", len(leaf), leaf)
	}
	long.Public["words"] += "x"
	if string(Leaf(long)) == string(leaf) {
		t.Error("two long rows have one leaf")
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]tlog.Tile{
		"tile/0/000":                {H: 8, N: 0, W: 256},
		"tile/0/x001/x234/067":      {H: 8, N: 1234067, W: 256},
		"tile/3/x001/067.p/255":     {H: 8, L: 3, N: 1067, W: 255},
		"tile/entries/x001/067.p/8": {H: 8, L: -1, N: 1067, W: 8},
		"tile/63/000.p/1":           {H: 8, L: 63, W: 1},
	} {
		got, err := ParsePath(path)
		if err != nil || got != want || Path(want) != path {
			t.Errorf("%s is read as %+v (%v) and written as %s", path, got, err, Path(want))
		}
	}
	for _, c := range []struct {
		t    tlog.Tile
		size int64
		want bool
	}{
		{tlog.Tile{H: 8, W: 1}, 0, false}, {tlog.Tile{H: 8, W: 1}, 1, true}, {tlog.Tile{H: 8, W: 256}, 255, false}, {tlog.Tile{H: 8, W: 256}, 256, true},
		{tlog.Tile{H: 8, L: 1, W: 1}, 255, false}, {tlog.Tile{H: 8, L: 1, W: 1}, 256, true}, {tlog.Tile{H: 8, L: 1, W: 2}, 511, false},
		{tlog.Tile{H: 8, L: -1, W: 1}, 1, true}, {tlog.Tile{H: 8, N: 1 << 60, W: 1}, 1 << 40, false}, {tlog.Tile{H: 8, L: 63, W: 1}, 1 << 62, false},
	} {
		if within(c.t, c.size) != c.want {
			t.Errorf("%+v within %d is %v", c.t, c.size, !c.want)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, s := range []string{"tile/0/000", "tile/0/x001/067.p/255", "tile/entries/000.p/1", "tile/data/000", "tile/63/000", "tile/0/x000/000", "tile//", "", "tile/0/999999999999999999999", "tile/0/x999/x999/x999/x999/x999/x999/x999/999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		tile, err := ParsePath(path)
		if err != nil {
			if !fault.Is(err, fault.NotFound) {
				t.Fatalf("%q: %v", path, err)
			}
			return
		}
		if Path(tile) != path || tile.L < -1 || tile.L > 63 || tile.N < 0 || tile.W < 1 || tile.W > 256 {
			t.Fatalf("%q is read as %+v", path, tile)
		}
		within(tile, 1<<62)
	})
}

func FuzzCheckpoint(f *testing.F) {
	f.Add("house.example/ledger\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Add("a\n0\n\n")
	f.Add("a\n00\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Add("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")
	f.Add("a\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCheckpoint(text)
		if err != nil {
			return
		}
		if !strings.HasPrefix(text, c.Text()) || c.Size < 0 || c.Origin == "" {
			t.Fatalf("%q is read as %+v", text, c)
		}
	})
}

// witnessKey makes the key of a witness as C2SP tlog-cosignature has it.
func witnessKey(name string) (vkey string, private ed25519.PrivateKey) {
	public, private, _ := ed25519.GenerateKey(nil) // never fails
	key := append([]byte{4}, public...)
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	return fmt.Sprintf("%s+%08x+%s", name, binary.BigEndian.Uint32(sum[:]), base64.StdEncoding.EncodeToString(key)), private
}

func TestCosignatures(t *testing.T) {
	t.Parallel()
	vkey, private := witnessKey("witness.example")
	c, err := NewCosigner(vkey)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("house.example/ledger\n1\nroot\n")
	sig := binary.BigEndian.AppendUint64(nil, 1679315147)
	sig = append(sig, ed25519.Sign(private, append([]byte("cosignature/v1\ntime 1679315147\n"), text...))...)
	if !c.Verify(text, sig) {
		t.Error("a good cosignature is refused")
	}
	for name, bad := range map[string][]byte{"none": nil, "cut": sig[:71], "long": append(slices.Clone(sig), 0), "another time": append([]byte{0, 0, 0, 0, 0, 0, 0, 1}, sig[8:]...),
		"no time": append([]byte{255, 0, 0, 0, 0, 0, 0, 1}, sig[8:]...), "a plain signature": append(sig[:8:8], ed25519.Sign(private, text)...)} {
		if c.Verify(text, bad) {
			t.Errorf("%s is taken", name)
		}
	}
	if c.Verify([]byte("another\n"), sig) {
		t.Error("another text is taken")
	}
	_, plain, err := note.GenerateKey(nil, "witness.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "a", "a+b+c", plain, "x" + vkey, vkey + "=", strings.Replace(vkey, "witness", "wit ness", 1)} {
		if _, err := NewCosigner(bad); err == nil {
			t.Errorf("the key %q is taken", bad)
		}
		if _, err := ParseWitnesses("https://w.example=" + bad); err == nil {
			t.Errorf("the witness with the key %q is taken", bad)
		}
	}
	all, err := ParseWitnesses(" https://w.example/log/=" + vkey + " ,")
	if err != nil || len(all) != 1 || all[0].Submit != "https://w.example/log" || all[0].Name() != "witness.example" {
		t.Errorf("%+v %v", all, err)
	}
	for _, bad := range []string{vkey, "w.example=" + vkey, "ftp://w.example=" + vkey, "https://u:p@w.example=" + vkey, "https://w.example?x=" + vkey,
		"https://a.example=" + vkey + ",https://b.example=" + vkey} {
		if _, err := ParseWitnesses(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func FuzzCosigner(f *testing.F) {
	vkey, _ := witnessKey("w.example")
	f.Add(vkey)
	f.Add("w+00000000+BA==")
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := NewCosigner(text); err == nil && (c.Name() == "" || !strings.HasPrefix(text, c.Name()+"+")) {
			t.Fatalf("%q is the key of %q", text, c.Name())
		}
	})
}

func TestKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "ledger.key")
	if _, err := ReadKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	keys := make([]*Key, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			var err error
			if keys[i], err = EnsureKey(path, fmt.Sprint("house.example/", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k == nil || k.Verifier != keys[0].Verifier {
			t.Fatal("several keys were made")
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	v, err := note.NewVerifier(keys[0].Verifier)
	if err != nil {
		t.Fatal(err)
	}
	c := Checkpoint{Origin: keys[0].Name(), Size: 3, Root: emptyRoot()}
	signed, err := sign(c, keys[0])
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenCheckpoint(signed, v); err != nil || got != c {
		t.Error(got, err)
	}
	if _, err := OpenCheckpoint([]byte(strings.Replace(string(signed), "\n3\n", "\n4\n", 1)), v); err == nil {
		t.Error("a changed checkpoint is taken")
	}
	c.Origin = "another.example"
	if signed, err = sign(c, keys[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenCheckpoint(signed, v); err == nil {
		t.Error("the checkpoint of another origin is taken")
	}
	for _, bad := range []string{"", "PRIVATE+KEY+a+00000000+AAAA", strings.Repeat("x", 5000)} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := EnsureKey(path, "a"); err == nil || (bad != "" && strings.Contains(err.Error(), bad)) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
	for _, bad := range []string{"", "a b", "a+b", "a\nb", strings.Repeat("a", 201)} {
		if _, err := EnsureKey(filepath.Join(t.TempDir(), "k"), bad); err == nil {
			t.Errorf("a ledger is called %q", bad)
		}
	}
	if HouseName("a.example:8443") != "a.example:8443/ledger" || HouseName("") == HouseName("") {
		t.Error("houses have other names")
	}
}
