package nsfw

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func open(t testing.TB, name string) image.Image {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
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

// TestAsTheReference compares shares, and their logarithms, which are the
// model's last numbers but for a constant and tell far more where shares are
// small.
func TestAsTheReference(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]Shares
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != 6 {
		t.Fatalf("%d references", len(all))
	}
	for name, want := range all {
		got, err := Look(t.Context(), open(t, name))
		if err != nil {
			t.Fatal(err)
		}
		for i, field := range classes {
			g, w := *field(&got), *field(&want)
			if math.Abs(g-w) > 1e-4 {
				t.Errorf("%s: class %d has %.6f instead of %.6f (%s)", name, i, g, w, Kernel())
			}
			if math.Abs(math.Log(g)-math.Log(w)) > 2e-3 {
				t.Errorf("%s: class %d has logarithm %.5f instead of %.5f (%s)", name, i, math.Log(g), math.Log(w), Kernel())
			}
		}
	}
}

func TestTheWeightsAreThoseOfTheLicence(t *testing.T) {
	t.Parallel()
	licence, err := os.ReadFile("data/LICENCE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"data/model.json", "data/weights.bin"} {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		if !strings.Contains(string(licence), hex.EncodeToString(sum[:])) {
			t.Errorf("%s has another checksum than its licence says", name)
		}
	}
}

// TestManyAtOnce has more lookers than benches: all get the same answer.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	fox, board := open(t, "fox.png"), open(t, "board.png")
	want := map[image.Image]Shares{}
	for _, img := range []image.Image{fox, board} {
		s, err := Look(t.Context(), img)
		if err != nil {
			t.Fatal(err)
		}
		want[img] = s
	}
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			img := []image.Image{fox, board}[i%2]
			if got, err := Look(t.Context(), img); err != nil || got != want[img] {
				t.Errorf("%+v, %v instead of %+v", got, err, want[img])
			}
		})
	}
	wg.Wait()
}

// still is a picture of a kind that the standard library does not know.
type still struct{ image.Image }

func TestEveryKindOfPictureIsSeenAlike(t *testing.T) {
	t.Parallel()
	fox := open(t, "fox.png")
	shifted := image.NewNRGBA(image.Rect(-40, 30, fox.Bounds().Dx()-40, fox.Bounds().Dy()+30))
	for y := range fox.Bounds().Dy() {
		for x := range fox.Bounds().Dx() {
			shifted.Set(x-40, y+30, fox.At(x, y))
		}
	}
	want := make([]float32, Side*Side*3)
	shrink(fox, want)
	for name, img := range map[string]image.Image{"of another kind": still{fox}, "elsewhere": shifted} {
		got := make([]float32, len(want))
		shrink(img, got)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%s: number %d is %v instead of %v", name, i, got[i], want[i])
			}
		}
	}
	glass := image.NewNRGBA(image.Rect(0, 0, 3, 1))
	glass.SetNRGBA(0, 0, color.NRGBA{A: 0})
	shrink(glass, want)
	if want[0] != 1 || want[1] != 1 || want[2] != 1 {
		t.Errorf("nothing shows %v, not white", want[:3])
	}
}

func TestWhatCantBeLookedAt(t *testing.T) {
	t.Parallel()
	if _, err := Look(t.Context(), image.NewNRGBA(image.Rectangle{})); err == nil {
		t.Error("a picture without pixels was looked at")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Look(ended, open(t, "board.png")); err == nil {
		t.Error("an ended context looked")
	}
	one := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	if _, err := Look(t.Context(), one); err != nil {
		t.Errorf("one pixel: %v", err)
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shares   Shares
		score    float64 // 0 for no finding
		evidence string
	}{
		"harmless":             {Shares{Drawing: 0.7, Neutral: 0.3}, 0, ""},
		"a portrait":           {Shares{Neutral: 0.5, Sexy: 0.45, Porn: 0.05}, 0, ""},
		"less than half":       {Shares{Neutral: 0.51, Porn: 0.3, Hentai: 0.19}, 0, ""},
		"together half":        {Shares{Neutral: 0.5, Porn: 0.25, Hentai: 0.25}, 0.5, "porn"},
		"drawn":                {Shares{Drawing: 0.08, Hentai: 0.9, Porn: 0.02}, 0.92, "hentai"},
		"photographed":         {Shares{Sexy: 0.3, Porn: 0.7}, 0.7, "porn"},
		"sexy is never denied": {Shares{Sexy: 0.99, Neutral: 0.01}, 0.84, "sexy"},
		"sexy":                 {Shares{Sexy: 0.81, Neutral: 0.19}, 0.81, "sexy"},
	} {
		found := Detector{}.findings(c.shares)
		if c.score == 0 {
			if len(found) > 0 {
				t.Errorf("%s: %v", name, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Kind != "nsfw" || math.Abs(found[0].Score-c.score) > 1e-9 || found[0].Evidence != c.evidence {
			t.Errorf("%s: %v instead of %v %q", name, found, c.score, c.evidence)
		}
	}
}

func TestABrokenModelIsRefused(t *testing.T) {
	t.Parallel()
	topology, err := files.ReadFile("data/model.json")
	if err != nil {
		t.Fatal(err)
	}
	weights, err := files.ReadFile("data/weights.bin")
	if err != nil {
		t.Fatal(err)
	}
	change := func(old, to string) []byte {
		if !strings.Contains(string(topology), old) {
			t.Fatalf("there is no %q to change", old)
		}
		return []byte(strings.Replace(string(topology), old, to, 1))
	}
	for name, c := range map[string]struct{ topology, weights []byte }{
		"no JSON":         {[]byte("{"), weights},
		"empty":           {[]byte("{}"), nil},
		"cut weights":     {topology, weights[:len(weights)-1]},
		"too many":        {topology, append(append([]byte(nil), weights...), 0)},
		"unknown step":    {change(`"op":"AvgPool"`, `"op":"MaxPool"`), weights},
		"odd shape":       {change(`"shape":[3,3,3,48]`, `"shape":[3,3,6,24]`), weights},
		"negative shape":  {change(`"shape":[3,3,3,48]`, `"shape":[3,3,-3,48]`), weights},
		"endless shape":   {change(`"shape":[3,3,3,48]`, `"shape":[4294967296,4294967296]`), weights},
		"other padding":   {change(`"U0FNRQ=="`, `"VkFMSUQ="`), weights},
		"unknown storage": {change(`"dtype":"uint8"`, `"dtype":"uint16"`), weights},
	} {
		if _, err := assemble(c.topology, c.weights); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	number := func(i int) float32 { return float32((i*7919)%201-100) / 50 }
	for _, c := range [][3]int{{1, 1, 1}, {2, 3, 4}, {3, 5, 7}, {5, 9, 17}, {7, 88, 24}, {8, 16, 136}} {
		rows, k, n := c[0], c[1], c[2]
		a, w, bias := make([]float32, rows*k), make([]float32, k*n), make([]float32, n)
		for i := range a {
			a[i] = number(i)
		}
		for i := range w {
			w[i] = number(i + 31)
		}
		for i := range bias {
			bias[i] = number(i + 77)
		}
		got, plain := make([]float32, rows*n), make([]float32, rows*n)
		m := pack(w, k, n)
		m.times(a, rows, bias, got)
		m = packBy(columnsGo, w, k, n)
		m.timesGo(a, rows, bias, plain)
		for r := range rows {
			for col := range n {
				want := float64(bias[col])
				for x := range k {
					want += float64(a[r*k+x]) * float64(w[x*n+col])
				}
				for kernel, v := range map[string]float32{Kernel(): got[r*n+col], "plain": plain[r*n+col]} {
					if math.Abs(float64(v)-want) > 1e-4 {
						t.Fatalf("%v by the %s kernel: row %d, column %d is %v instead of %v", c, kernel, r, col, v, want)
					}
				}
			}
		}
	}
}

func TestWindows(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 7, 8, 48, 51} {
		in := make([]float32, 9*n)
		for i := range in {
			in[i] = float32((i*613)%97)/40 - 1
		}
		taps, bias := make([]float32, 9*n), make([]float32, n)
		for i := range taps {
			taps[i] = float32((i*331)%89)/40 - 1
		}
		got, want := make([]float32, n), make([]float32, n)
		nine(got, in[:3*n], in[3*n:6*n], in[6*n:], taps, bias)
		for c := range n {
			for p := range 9 {
				want[c] += in[p*n+c] * taps[p*n+c]
			}
			if math.Abs(float64(got[c]-want[c])) > 1e-4 {
				t.Errorf("%d channels: %v instead of %v (%s)", n, got[c], want[c], Kernel())
			}
		}
	}
}

func BenchmarkLook(b *testing.B) {
	img := image.NewNRGBA(image.Rect(0, 0, 1024, 1024))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Look(b.Context(), img); err != nil {
			b.Fatal(err)
		}
	}
}
