package c2pa

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// films are real films of a second: in one piece with the index in front, and
// in fragments in one file, whose offsets count from each fragment or from
// the file's beginning.
var films = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "films")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	args := []string{"-v", "error", "-f", "lavfi", "-i", "testsrc2=d=1:s=96x64:r=10"}
	out := map[string][]byte{}
	for name, flags := range map[string]string{"one": "faststart", "fragments": "frag_keyframe+empty_moov+default_base_moof", "based": "frag_keyframe+empty_moov"} {
		out[name] = nil
		args = append(args, "-c:v", "mpeg4", "-g", "4", "-movflags", flags, filepath.Join(dir, name+".mp4"))
	}
	if said, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	for name := range out {
		if out[name], err = os.ReadFile(filepath.Join(dir, name+".mp4")); err != nil {
			return nil, err
		}
	}
	return out, nil
})

// needsFFmpeg skips the test where ffmpeg is not, but never on CI.
func needsFFmpeg(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		if os.Getenv("MARQUEE_TESTS_MUST_RUN") != "" {
			t.Fatal("ffmpeg is not here: make test-needs")
		}
		t.Skip("ffmpeg is not here: make test-needs")
	}
}

// realFilms gives the films, or skips the test.
func realFilms(t testing.TB) map[string][]byte {
	t.Helper()
	needsFFmpeg(t)
	out, err := films()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// frames gives a sum of each frame of a film or picture.
func frames(t testing.TB, path string) string {
	t.Helper()
	needsFFmpeg(t)
	out, err := exec.CommandContext(t.Context(), "ffmpeg", "-v", "error", "-i", path, "-f", "framemd5", "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// TestRealFilms signs and updates films: each frame is as it was before.
func TestRealFilms(t *testing.T) {
	t.Parallel()
	w := theWorld()
	dir := t.TempDir()
	files := map[string][]byte{}
	for name, data := range realFilms(t) {
		d := made()
		d.XMP, d.Remote = packetOf("film", ""), "https://example.com/film"
		signed := sign(t, data, d, w.signer, SignOptions{})
		files[name+".mp4"] = signed
		files[name+"-updated.mp4"] = sign(t, signed, Definition{Generator: d.Generator, Update: true}, w.signer, SignOptions{Validate: w.options})
		before, after := filepath.Join(dir, name), filepath.Join(dir, name+"-updated")
		for path, data := range map[string][]byte{before: data, after: files[name+"-updated.mp4"]} {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if frames(t, before) != frames(t, after) {
			t.Errorf("%s: the frames are not what they were", name)
		}
	}
	for name, data := range files {
		if r := validate(t, data, w.options); r.State != Trusted {
			t.Errorf("%s: %s %q", name, r.State, explain(r))
		}
	}
	for name, v := range outside(t, pemOf(w.root.cert), files) {
		if v.State != "Trusted" || len(v.Deltas) > 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestTreesOfBlocks has films that another implementation hashed in blocks of
// 1 KB: they are as signed, and are not after a byte of any box has changed.
func TestTreesOfBlocks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nodeBinding(t)
	var paths []string
	for name, data := range realFilms(t) {
		path := filepath.Join(dir, name+".mp4")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	outsideSign(t, dir, []string{"BLOCKS=1"}, paths...)
	for _, path := range paths {
		data, err := os.ReadFile(path + ".plain")
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		r := validate(t, data, theWorld().options)
		a, _ := r.Store.Active().Assertion("c2pa.hash.bmff.v3")
		var hash bmffHash
		if err := a.Decode(&hash); err != nil || len(hash.Merkle) == 0 || r.State != Trusted {
			t.Fatalf("%s: %d trees, %s %q", name, len(hash.Merkle), r.State, explain(r))
		}
		boxes, err := topBoxes(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		media := 0
		for _, b := range boxes {
			if b.kind != "mdat" && b.kind != "moov" && b.kind != "moof" {
				continue
			}
			if b.kind == "mdat" {
				media++
			}
			for _, at := range []int64{b.start + 20, b.start + b.length/2, b.end() - 1} {
				if r := validate(t, flip(data, int(at)), theWorld().options); r.State != Invalid || !r.Has(CodeBMFFHashMismatch) {
					t.Errorf("%s: byte %d in %s is changed, and it is %s %q", name, at, b.kind, r.State, r.Codes(Failure))
				}
			}
		}
		if media != len(hash.Merkle) {
			t.Errorf("%s: %d trees of %d boxes", name, len(hash.Merkle), media)
		}
	}
}
