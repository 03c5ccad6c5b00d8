package compose

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// loadFont reads one of the demonstration kits' fonts.
func loadFont(kit, file string) (*Font, error) {
	data, err := os.ReadFile(filepath.Join("../../brands", kit, "fonts", file))
	if err != nil {
		return nil, err
	}
	return ParseFont(data)
}

var kitStack = sync.OnceValue(func() *Stack {
	var fonts []*Font
	for _, file := range []string{"caprasimo-400.woff", "zen-maru-gothic-700.woff", "baloo-bhaijaan-2-800.woff", "noto-sans-600.woff"} {
		f, err := loadFont("lumipine", file)
		if err != nil {
			panic(err)
		}
		fonts = append(fonts, f)
	}
	s, err := NewStack(fonts...)
	if err != nil {
		panic(err)
	}
	return s
})

func kitStyle() TextStyle {
	return TextStyle{Fonts: kitStack(), MinSize: 20, MaxSize: 120, Color: raster.Hex("#F6EFE0")}
}

var lines = []struct {
	text, lang string
	rtl        bool
}{
	{"Winter Lights", "en", false},
	{"Frohe Weihnachten, Jürgen!", "de", false},
	{"Joyeux Noël à tous", "fr", false},
	{"¡Feliz Año Nuevo!", "es", false},
	{"冬のあかり、はじまる。", "ja", false},
	{"أضواء الشتاء", "ar", true},
	{"عام 2025 سعيد", "ar", true},
	{"Привет, зима", "ru", false},
	{"Καλά Χριστούγεννα", "el", false},
}

func TestLinesAreSetWhole(t *testing.T) {
	t.Parallel()
	for _, tc := range lines {
		l, err := kitStack().Set(tc.text, tc.lang)
		if err != nil {
			t.Errorf("%s: %v", tc.text, err)
			continue
		}
		if len(l.Missing) > 0 {
			t.Errorf("%s: %q can't be drawn", tc.text, l.Missing)
		}
		if l.RTL != tc.rtl {
			t.Errorf("%s: right to left is %v", tc.text, l.RTL)
		}
		x0, y0, x1, y1 := l.Path(100).TightBounds()
		// Ink stays near its advance and its line.
		if x0 < -15 || x1 > l.Advance*100+15 || x1-x0 < l.Advance*70 || y0 < -130 || y1 > 60 {
			t.Errorf("%s: advance %.1f, ink %.1f,%.1f to %.1f,%.1f", tc.text, l.Advance*100, x0, y0, x1, y1)
		}
	}
}

// The letters of a word in Arabic are joined and in their order, numbers keep
// theirs, and Latin words stand in their place.
func TestDirections(t *testing.T) {
	t.Parallel()
	s := kitStack()
	adv := func(text string) float64 {
		l, err := s.Set(text, "ar")
		if err != nil {
			t.Fatal(err)
		}
		return l.Advance
	}
	joined, apart := adv("سلام"), adv("س")+adv("ل")+adv("ا")+adv("م")
	if joined >= apart*0.95 {
		t.Errorf("joined letters run %.2f, apart %.2f", joined, apart)
	}
	// end tells on which end of the line a word is drawn: 0 left, 1 right.
	end := func(text, word string) int {
		l, _ := s.Set(text, "")
		w, _ := s.Set(word, "")
		paint := func(p raster.Path, x float64) *raster.Canvas {
			c := raster.NewCanvas(900, 200)
			c.Fill(p.Transform(raster.Translate(20+x, 140)), raster.Solid(raster.White))
			return c
		}
		whole, diff := paint(l.Path(100), 0), [2]float64{}
		for i, x := range []float64{0, (l.Advance - w.Advance) * 100} {
			alone := paint(w.Path(100), x)
			for k := 3; k < len(alone.Pix); k += 4 {
				diff[i] += math.Abs(float64(alone.Pix[k] * (alone.Pix[k] - whole.Pix[k])))
			}
		}
		if diff[0] < diff[1] {
			return 0
		}
		return 1
	}
	for _, tc := range []struct {
		text, word string
		want       int
	}{
		{"abc سلام", "abc", 0}, {"abc سلام", "سلام", 1},
		{"سلام abc", "abc", 0}, {"سلام abc", "سلام", 1},
		{"abc سلام def", "def", 1}, {"سلام abc ورد", "ورد", 0},
	} {
		if got := end(tc.text, tc.word); got != tc.want {
			t.Errorf("in %q %q stands on end %d", tc.text, tc.word, got)
		}
	}
}

func TestMissingCharactersAreTold(t *testing.T) {
	t.Parallel()
	l, err := kitStack().Set("snow 🎄 snow 🎄 𒀀", "en")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(l.Missing, []rune{'🎄', '𒀀'}) {
		t.Errorf("missing: %q", l.Missing)
	}
	_, err = kitStyle().Fit("snow 🎄", 400)
	if f, ok := fault.As(err); !ok || f.Code != "text_unsupported" || f.Args["characters"] != "🎄" {
		t.Errorf("got %v", err)
	}
}

func TestSetRefuses(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]string{
		"":                       "text_empty",
		" \u202e ":               "text_empty",
		"a\nb":                   "control_character",
		"a\u2028b":               "control_character",
		"\xff":                   "text_unreadable",
		strings.Repeat("a", 121): "text_too_long",
	} {
		if _, err := kitStack().Set(text, "en"); !fault.HasCode(err, code) {
			t.Errorf("%.20q: got %v, want %s", text, err, code)
		}
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	style := kitStyle()
	m := style.Fonts.Metrics()
	for _, tc := range lines {
		l, err := style.Fonts.Set(tc.text, tc.lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []float64{20, 55.5, 120} {
			f, err := style.Fit(tc.text, l.Advance*size)
			if err != nil {
				t.Errorf("%s at %g: %v", tc.text, size, err)
				continue
			}
			if math.Abs(f.Size-size) > 1e-9 || math.Abs(f.Left) > 1e-9 || math.Abs(f.Height-size*1.25) > 1e-9 {
				t.Errorf("%s: size %g, left %g, height %g; want size %g", tc.text, f.Size, f.Left, f.Height, size)
			}
			want := (f.Height-(m.Ascent+m.Descent)*size)/2 + m.Ascent*size
			if math.Abs(f.Baseline-want) > 1e-9 {
				t.Errorf("%s: baseline %g, want %g", tc.text, f.Baseline, want)
			}
		}
		wide, err := style.Fit(tc.text, l.Advance*200)
		if err != nil || wide.Size != 120 || math.Abs(wide.Left-l.Advance*40) > 1e-9 {
			t.Errorf("%s: too wide a box gives size %g, left %g, %v", tc.text, wide.Size, wide.Left, err)
		}
		_, err = style.Fit(tc.text, l.Advance*19.9)
		if f, ok := fault.As(err); !ok || f.Code != "text_too_long" || math.Abs(f.Args["width"].(float64)-l.Advance*20) > 1e-9 {
			t.Errorf("%s: too narrow a box gives %v", tc.text, err)
		}
	}
}

// A browser's fontBoundingBox of the same files gives these; see
// CanvasRenderingContext2D.measureText.
func TestMetricsOfKnownFonts(t *testing.T) {
	t.Parallel()
	f, err := loadFont("lumipine", "noto-sans-400.woff")
	if err != nil {
		t.Fatal(err)
	}
	if m := f.Metrics(); math.Abs(m.Ascent-1.069) > 1e-6 || math.Abs(m.Descent-0.293) > 1e-6 {
		t.Errorf("Noto Sans measures %+v", m)
	}
	if f.Family() == "" || !f.Has('Ж') || f.Has('語') {
		t.Errorf("family %q, Ж %v, 語 %v", f.Family(), f.Has('Ж'), f.Has('語'))
	}
}

func TestFontsThatAreNone(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../brands/lumipine/fonts/figtree-400.woff")
	if err != nil {
		t.Fatal(err)
	}
	bomb := slices.Clone(data)
	for i := range int(bomb[13]) {
		copy(bomb[44+i*20+12:], "\x7f\xff\xff\xff")
	}
	for name, tc := range map[string]struct {
		in   []byte
		code string
	}{
		"nothing":        {nil, "font_unreadable"},
		"text":           {[]byte("not a font at all, but long enough to look at"), "font_unreadable"},
		"WOFF 2":         {append([]byte("wOF2"), data[4:]...), "font_unreadable"},
		"cut off":        {data[:2000], "font_unreadable"},
		"unpacks to GBs": {bomb, "font_too_large"},
	} {
		if _, err := ParseFont(tc.in); !fault.HasCode(err, tc.code) {
			t.Errorf("%s: got %v, want %s", name, err, tc.code)
		}
	}
	for _, fonts := range [][]*Font{nil, {nil}, make([]*Font, 17)} {
		if _, err := NewStack(fonts...); !fault.HasCode(err, "font_stack_invalid") {
			t.Errorf("a stack of %d: %v", len(fonts), err)
		}
	}
}

func TestSetIsSafeForManyAtOnce(t *testing.T) {
	t.Parallel()
	s := kitStack()
	want, err := s.Set("冬 Winter شتاء", "en")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				l, err := s.Set("冬 Winter شتاء", "en")
				if err != nil || l.Advance != want.Advance || l.glyphs.Segments() != want.glyphs.Segments() {
					t.Errorf("got %g, %v", l.Advance, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzSet(f *testing.F) {
	for _, tc := range lines {
		f.Add(tc.text, tc.lang)
	}
	f.Add("a\u0301\u0302 \u200f\u200e(ab[ג)]", "he")
	f.Add("👩‍👩‍👧‍👦❤️\U000e0041 ﷽ ក្ខ", "zh-Hant-TW")
	f.Fuzz(func(t *testing.T, text, lang string) {
		l, err := kitStack().Set(text, lang)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		if !(l.Advance >= 0 && l.Advance < 4000) {
			t.Fatalf("advance %g", l.Advance)
		}
		for _, r := range l.Missing {
			if !strings.ContainsRune(CleanText(text), r) {
				t.Fatalf("%q is missing but not in %q", r, text)
			}
		}
	})
}
