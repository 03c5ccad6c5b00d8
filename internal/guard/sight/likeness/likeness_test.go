package likeness

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"marquee/internal/fingerprint"
)

func open(t testing.TB, name string) image.Image {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "nsfw", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestChangedPicturesAreKnownAgain(t *testing.T) {
	t.Parallel()
	// PDQ's windows of even width lie half a pixel beside the middle, so that
	// mirroring changes some bits, and more of them in small pictures.
	fox, harbour := imaging.Resize(open(t, "fox.png"), 800, 0, imaging.CatmullRom), open(t, "harbour.png")
	h, _ := fingerprint.HashOf(fox)
	list, err := Read(strings.NewReader("# known\n" + h.String() + " case 12\n"))
	if err != nil {
		t.Fatal(err)
	}
	var pressed bytes.Buffer
	if err := jpeg.Encode(&pressed, fox, &jpeg.Options{Quality: 30}); err != nil {
		t.Fatal(err)
	}
	asJPEG, err := jpeg.Decode(&pressed)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		img   image.Image
		known bool
	}{
		"itself":            {fox, true},
		"far smaller":       {imaging.Resize(fox, 200, 0, imaging.Lanczos), true},
		"larger":            {imaging.Resize(fox, 2100, 0, imaging.Linear), true},
		"pressed":           {asJPEG, true},
		"mirrored":          {imaging.FlipH(fox), true},
		"upside down":       {imaging.FlipV(fox), true},
		"a quarter turn":    {imaging.Rotate90(fox), true},
		"half a turn":       {imaging.Rotate180(fox), true},
		"three quarters":    {imaging.Rotate270(fox), true},
		"over the diagonal": {imaging.Transpose(fox), true},
		"over the other":    {imaging.Transverse(fox), true},
		"brighter":          {imaging.AdjustBrightness(fox, 10), true},
		"another":           {harbour, false},
		"flat":              {imaging.New(300, 300, image.White.C), false},
		"tiny":              {imaging.Resize(fox, 4, 4, imaging.Box), false},
	} {
		found, err := Detector{list}.Picture(t.Context(), c.img)
		if err != nil {
			t.Fatal(err)
		}
		if known := len(found) == 1; known != c.known {
			t.Errorf("%s: known is %v", name, known)
		} else if known && (found[0].Kind != "known_bad" || found[0].Score < 0.5 || found[0].Score > 1 || !strings.Contains(found[0].Evidence, "case 12")) {
			t.Errorf("%s: %+v", name, found[0])
		}
	}
	if _, err := (Detector{list}).Picture(t.Context(), image.NewGray(image.Rectangle{})); err == nil {
		t.Error("a picture without pixels was checked")
	}
}

// TestFindMissesNothing compares the index with looking at every hash.
func TestFindMissesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	var all []fingerprint.Hash
	for range 500 {
		h := fingerprint.Hash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		all = append(all, h)
		fmt.Fprintln(&text, h)
	}
	list, err := Read(strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if list.Len() != len(all) {
		t.Fatalf("%d hashes", list.Len())
	}
	for turned := range 48 {
		for range 20 {
			h := all[r.IntN(len(all))]
			for _, b := range r.Perm(256)[:turned] {
				h[b/64] ^= 1 << (b % 64)
			}
			want := 256
			for _, o := range all {
				want = min(want, h.Distance(o))
			}
			m, ok := list.Find(h)
			if ok != (want <= fingerprint.Near) || ok && m.Distance != want {
				t.Fatalf("%d bits turned: %v, %v; the nearest is %d away", turned, m, ok, want)
			}
		}
	}
}

func TestReadingLists(t *testing.T) {
	t.Parallel()
	good := strings.Repeat("a1", 32)
	for text, want := range map[string]int{
		"":                                     0,
		"# nothing\n\n  \n":                    0,
		good:                                   1,
		good + " from somewhere\n" + good:      2,
		good + ",from somewhere\r\n# x\r\n":    1,
		strings.ToUpper(good) + "\t1":          1,
		good[:63]:                              -1,
		good + "0":                             -1,
		"g" + good[1:]:                         -1,
		good + "\nnonsense":                    -1,
		"#" + strings.Repeat("x", longestLine): -1,
	} {
		l, err := Read(strings.NewReader(text))
		switch {
		case want < 0 && err == nil:
			t.Errorf("%.80q was read", text)
		case want >= 0 && (err != nil || l.Len() != want):
			t.Errorf("%.80q: %v", text, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("# a list\n" + strings.Repeat("0f", 32) + " note\n"))
	f.Add([]byte(strings.Repeat("0f", 32) + "," + strings.Repeat("x", 600)))
	f.Add([]byte("\n\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		if lines := bytes.Count(data, []byte("\n")) + 1; l.Len() > lines {
			t.Fatalf("%d hashes on %d lines", l.Len(), lines)
		}
		for _, h := range slices.Concat(l.hashes, []fingerprint.Hash{{}}) {
			m, ok := l.Find(h)
			if h != (fingerprint.Hash{}) && (!ok || m.Distance != 0) {
				t.Fatalf("%v is on the list and was not found", h)
			}
		}
	})
}

func BenchmarkPicture(b *testing.B) {
	img := imaging.Resize(open(b, "fox.png"), 1024, 1024, imaging.Linear)
	list, err := Read(strings.NewReader(strings.Repeat("0f", 32)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := (Detector{list}).Picture(b.Context(), img); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFind looks eight hashes up in a list of 200,000.
func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	l := &List{}
	for range 200_000 {
		l.hashes = append(l.hashes, fingerprint.Hash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()})
	}
	l.notes = make([]string, len(l.hashes))
	l.index()
	for b.Loop() {
		for range 8 {
			if _, ok := l.Find(fingerprint.Hash{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}); ok {
				b.Fatal("chance found a hash")
			}
		}
	}
}
