package c2pa

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// realAVIF is noise on a gradient of 33×21 pixels, as libavif coded it; avifOf
// has only the boxes.
func realAVIF(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/one.avif")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestXMPInAVIF has the packet as an item of the picture, where programs look
// for it. The picture stays as it was, and of an old packet nothing is left.
func TestXMPInAVIF(t *testing.T) {
	t.Parallel()
	w := theWorld()
	data := realAVIF(t)
	d := made()
	files := map[string][]byte{"plain.avif": sign(t, data, d, w.signer, SignOptions{})}
	d.XMP = packetOf("first", "")
	files["written.avif"] = sign(t, data, d, w.signer, SignOptions{})
	d.XMP = packetOf("second", " ")
	files["replaced.avif"] = sign(t, files["written.avif"], d, w.signer, SignOptions{})
	d.XMP, d.Remote = nil, "https://example.com/a"
	files["pointed.avif"] = sign(t, files["replaced.avif"], d, w.signer, SignOptions{})
	d.Remote = "https://example.com/b"
	files["moved.avif"] = sign(t, files["pointed.avif"], d, w.signer, SignOptions{})
	d.Remote, d.XMP = "", packetOf("third", "")
	files["third.avif"] = sign(t, files["moved.avif"], d, w.signer, SignOptions{})
	// A packet that others have put into the same box as the picture.
	files["inside.avif"] = sign(t, intoOneBox(t, files["written.avif"]), d, w.signer, SignOptions{})
	said := map[string]string{"plain": "", "written": "first", "replaced": "second", "pointed": "second", "moved": "second", "third": "third", "inside": "third"}
	for name, data := range files {
		kind := strings.TrimSuffix(name, ".avif")
		got, err := XMPOf(bytes.NewReader(data))
		if err != nil || !strings.Contains(string(got), said[kind]) || kind == "plain" && got != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
		for _, other := range []string{"first", "second", "third"} {
			if other != said[kind] && bytes.Contains(data, []byte(`DigitalSourceType="`+other)) {
				t.Errorf("%s: %s is still there", name, other)
			}
		}
		remote := kind == "pointed" || kind == "moved"
		if n := bytes.Count(data, []byte(`DigitalSourceType="`)); n != map[bool]int{true: 2, false: 1}[remote] && kind != "plain" {
			t.Errorf("%s: the packet is there %d times", name, n)
		}
		if n := bytes.Count(data, []byte(typeXMP)); kind != "plain" && n != 1 {
			t.Errorf("%s: %d items", name, n)
		}
		if r := validate(t, data, w.options); r.State != Trusted {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" {
			t.Errorf("%s: %+v", name, v)
		}
	}
	dir := t.TempDir()
	pixels := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return frames(t, path)
	}
	remote := files["moved.avif"]
	if url, err := RemoteURL(bytes.NewReader(remote)); err != nil || url != "https://example.com/b" {
		t.Errorf("%q %v", url, err)
	}
	want := pixels("before.avif", data)
	for _, name := range []string{"moved.avif", "inside.avif"} {
		if pixels(name, files[name]) != want {
			t.Errorf("%s: the picture is another", name)
		}
	}
}

// intoOneBox joins the last two boxes, both mdat, to one.
func intoOneBox(t testing.TB, data []byte) []byte {
	t.Helper()
	boxes, err := topBoxes(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	a, b := boxes[len(boxes)-2], boxes[len(boxes)-1]
	if a.kind != "mdat" || b.kind != "mdat" {
		t.Fatalf("it ends with %s and %s", a.kind, b.kind)
	}
	out := bytes.Clone(data)
	binary.BigEndian.PutUint32(out[a.start:], uint32(a.length+b.length))
	return out
}

// TestItemPlaces reads tables of each form, and ones that claim too much.
func TestItemPlaces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		b    []byte
		want int // items, -1 for broken
	}{
		"version 0":                {slices.Concat(words(0), []byte{0x44, 0x40, 0, 1}, []byte{0, 7, 0, 0}, words(5), []byte{0, 2}, words(1, 2, 3, 4)), 1},
		"version 1, in idat":       {slices.Concat(words(1<<24), []byte{0x44, 0, 0, 1}, []byte{0, 7, 0, 1, 0, 0, 0, 1}, words(1, 2)), 1},
		"version 2":                {slices.Concat(words(2<<24), []byte{0x44, 4, 0, 0, 0, 1}, words(7), []byte{0, 0, 0, 0, 0, 1}, words(9, 1, 2)), 1},
		"none":                     {slices.Concat(words(0), []byte{0x44, 0, 0, 0}), 0},
		"many extents of no bytes": {slices.Concat(words(0), []byte{0, 0, 0xFF, 0xFF}, bytes.Repeat([]byte{0, 1, 0, 0, 0xFF, 0xFF}, 65_535)), 65_535},
		"cut off":                  {slices.Concat(words(0), []byte{0x44, 0, 0, 2}, []byte{0, 7, 0, 0, 0, 1}, words(1, 2)), -1},
		"more extents than bytes":  {slices.Concat(words(0), []byte{0x44, 0, 0, 1}, []byte{0, 7, 0, 0, 0xFF, 0xFF}, words(1, 2)), -1},
		"numbers of 3 bytes":       {slices.Concat(words(0), []byte{0x34, 0, 0, 0}), -1},
		"2^32-1 items":             {slices.Concat(words(2<<24), []byte{0, 0, 0xFF, 0xFF, 0xFF, 0xFF}), -1},
	} {
		got, err := readItemPlaces(c.b)
		if n := -1; err == nil {
			if n = len(got.items); n != c.want {
				t.Errorf("%s: %d items", name, n)
			}
		} else if c.want != -1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
