package fingerprint

import (
	"bufio"
	"image"
	"image/png"
	"math/bits"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func open(t testing.TB, name string) image.Image {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "guard", "sight", "nsfw", "testdata", name))
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

// TestAsTheReference allows the few bits that rounding may turn where waves are
// as strong as the median; the authors allow ten between implementations. The
// board is symmetric, so that half of its waves are nothing but rounding.
func TestAsTheReference(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if words[0] == "#" {
			continue
		}
		n++
		name := words[0]
		want, err := strconv.Atoi(words[1])
		if err != nil {
			t.Fatal(err)
		}
		got, quality := Turned(open(t, name))
		if quality != want {
			t.Errorf("%s: quality %d instead of %d", name, quality, want)
		}
		most := 4
		if name == "board.png" {
			most = 2 * Near
		}
		for i, digits := range words[2:] {
			h, err := ParseHash(digits)
			if err != nil {
				t.Fatal(err)
			}
			best := 256
			for _, g := range got {
				best = min(best, g.Distance(h))
			}
			if i == 0 {
				best = got[0].Distance(h)
			}
			if best > most {
				t.Errorf("%s, hash %d: %d bits from the reference", name, i, best)
			}
		}
		if one, q := HashOf(open(t, name)); one != got[0] || q != quality {
			t.Errorf("%s: the one hash is %v, not %v", name, one, got[0])
		}
	}
	if n != 6 {
		t.Fatalf("%d references", n)
	}
}

func TestWritingAndReading(t *testing.T) {
	t.Parallel()
	h := Hash{1 << 63, 0, 5, 0xffff}
	back, err := ParseHash(h.String())
	if err != nil || back != h {
		t.Fatalf("%v, %v", back, err)
	}
	if back.Distance(Hash{}) != 1+bits.OnesCount(5)+16 {
		t.Errorf("distance %d", back.Distance(Hash{}))
	}
}
