package compose

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

func labelStyle(t testing.TB) TextStyle {
	t.Helper()
	s, err := LabelStyle()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// everyLabel are all labels in all languages, with and without an icon.
func everyLabel(t testing.TB) (out []Label) {
	t.Helper()
	words, err := labelWords()
	if err != nil {
		t.Fatal(err)
	}
	names, err := LabelNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		for _, lang := range languages {
			if words[n][lang] == "" {
				t.Errorf("%s has no words in %s", n, lang)
				continue
			}
			text, locale, err := LabelWords(n, lang)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, Label{Text: text, Locale: locale}, Label{Icon: IconAIPart, Text: text, Locale: locale, MinShare: 0.05})
		}
	}
	return out
}

// languages are those that participants come in.
var languages = []string{"ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl", "pt", "ro", "sv", "th", "tr", "uk", "zh"}

func TestLabelWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ locale, text, lang string }{
		{"zh-Hans", "AI生成", "zh-Hans"}, {"zh_CN", "AI生成", "zh-Hans"}, {"de-AT", "KI-generiert", "de"},
		{"no", "KI-generert", "nb"}, {"xx", "AI-generated", "en"}, {"", "AI-generated", "en"},
	} {
		text, lang, err := LabelWords("ai-generated", c.locale)
		if err != nil || text != c.text || lang != c.lang {
			t.Errorf("%s gives %q in %q, %v", c.locale, text, lang, err)
		}
	}
	if _, _, err := LabelWords("made-by-hand", "en"); !fault.HasCode(err, "label_unknown") {
		t.Errorf("words that there are none of give %v", err)
	}
}

var labelSizes = []image.Point{{320, 320}, {320, 568}, {568, 320}, {1080, 1080}, {1080, 1920}, {1920, 1080}, {4096, 4096}, {2304, 4096}, {4096, 2304}}

// Every label of every language is set whole on pictures of all sizes and both
// ways up, and has a place on one without marks: the first corner.
func TestEveryLabelStandsInACorner(t *testing.T) {
	t.Parallel()
	style := labelStyle(t)
	for _, size := range labelSizes {
		d := document(size.X, size.Y)
		for _, l := range everyLabel(t) {
			at, err := PlaceLabel(d, Source{}, l, style, size)
			if err != nil {
				t.Errorf("%q on %v: %v", l.Text, size, err)
				continue
			}
			edge := labelEdge(size)
			x, want := at.Max.X, size.X-edge
			if l.rightToLeft() {
				x, want = at.Min.X, edge
			}
			if x != want || at.Max.Y != size.Y-edge {
				t.Errorf("%q on %v stands at %v", l.Text, size, at)
			}
		}
	}
}

// inkRows counts the rows of a part of a picture that have a pixel of almost the
// label's ink, from the first to the last of them.
func inkRows(img *image.NRGBA, part image.Rectangle) (rows, first int) {
	first = -1
	last := -1
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := img.NRGBAAt(x, y); min(c.R, c.G, c.B) >= 250 {
				if first < 0 {
					first = y
				}
				last = y
				break
			}
		}
	}
	if first < 0 {
		return 0, first
	}
	return last - first + 1, first
}

// glyphs splits a drawn label into its letters by columns without ink.
func glyphs(img *image.NRGBA, part image.Rectangle) (out []image.Rectangle) {
	begin := -1
	for x := part.Min.X; x <= part.Max.X; x++ {
		ink := false
		for y := part.Min.Y; x < part.Max.X && y < part.Max.Y; y++ {
			c := img.NRGBAAt(x, y)
			ink = ink || min(c.R, c.G, c.B) >= 150
		}
		switch {
		case ink && begin < 0:
			begin = x
		case !ink && begin >= 0:
			out = append(out, image.Rect(begin, part.Min.Y, x, part.Max.Y))
			begin = -1
		}
	}
	return out
}

// TestLettersAreAsHighAsAsked measures, in rendered pixels, the labels that GB
// 45438-2025 asks for: no letter lower than 5 % of the shorter side.
func TestLettersAreAsHighAsAsked(t *testing.T) {
	t.Parallel()
	style := labelStyle(t)
	l := Label{Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05}
	for _, size := range labelSizes {
		img := image.NewNRGBA(image.Rectangle{Max: size})
		draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{30, 90, 70, 255}), image.Point{}, draw.Src)
		at, err := PlaceLabel(document(size.X, size.Y), Source{}, l, style, size)
		if err != nil {
			t.Fatal(err)
		}
		if err := DrawLabel(img, size, at, l, style); err != nil {
			t.Fatal(err)
		}
		least := 0.05 * float64(min(size.X, size.Y))
		inner := at.Inset(max(2, at.Dy()/10))
		letters := glyphs(img, inner)
		if len(letters) < 4 {
			t.Fatalf("%v: %d letters were found in %v", size, len(letters), at)
		}
		lowest := math.Inf(1)
		for _, g := range letters[:2] { // A and I, the lowest of the four
			rows, _ := inkRows(img, g)
			lowest = min(lowest, float64(rows))
		}
		whole, _ := inkRows(img, inner)
		if lowest < least || float64(whole) < least {
			t.Errorf("%v: the capitals are %g px high and the line %d, less than %g", size, lowest, whole, least)
		}
		t.Logf("%v: capitals %g px, line %d px, 5 %% is %.1f px", size, lowest, whole, least)
	}
}

// marked is a composition with marks in three corners and a text in the fourth.
func marked(w, h int) Document {
	fw, fh := float64(w), float64(h)
	short := min(fw, fh)
	mark := func(id string, x, y, turn float64) Layer {
		return Layer{ID: id, Kind: Mark, Mark: "flat", X: x, Y: y, Width: 0.3 * short, Rotation: turn}
	}
	return document(w, h,
		mark("a", fw-0.34*short, fh-0.2*short, 8), mark("b", 0.04*short, fh-0.2*short, -8), mark("c", fw-0.34*short, 0.04*short, 0),
		Layer{ID: "t", Kind: Text, Text: "Winter Lights", X: 0.04 * short, Y: 0.04 * short, Width: 0.4 * short})
}

// A label touches neither marks nor what is to be avoided, covers a text only
// where there is no other place, and is refused where there is none.
func TestLabelsKeepOffMarks(t *testing.T) {
	t.Parallel()
	style, src := labelStyle(t), source(t)
	for _, size := range []image.Point{labelSizes[0], labelSizes[4], labelSizes[5]} {
		d := marked(size.X, size.Y)
		src.Text.MinSize, src.Text.MaxSize = 1, 400
		cover, err := MarkCover(context.Background(), d, src, size.X)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range everyLabel(t) {
			at, err := PlaceLabel(d, src, l, style, size)
			if err != nil {
				t.Errorf("%q on %v: %v", l.Text, size, err)
				continue
			}
			for y := at.Min.Y; y < at.Max.Y; y++ {
				for x := at.Min.X; x < at.Max.X; x++ {
					if cover.AlphaAt(x, y).A > 0 {
						t.Fatalf("%q on %v lies on a mark at %d,%d", l.Text, size, x, y)
					}
				}
			}
			again, err := PlaceLabel(d, src, l, style, size)
			if err != nil || again != at {
				t.Errorf("%q goes to %v and then to %v, %v", l.Text, at, again, err)
			}
		}
	}
	l := Label{Text: "AI-generated", Locale: "en"}
	size := image.Pt(800, 600)
	d := document(800, 600)
	whole := Box{Width: 800, Height: 600}
	if _, err := PlaceLabel(d, src, l, style, size, whole); !fault.HasCode(err, "label_no_place") {
		t.Errorf("no place gives %v", err)
	}
	// A text over all of it is the lesser evil.
	long := document(800, 600, Layer{ID: "t", Kind: Text, Text: "Winter", X: 10, Y: 10, Width: 780})
	src.Text.MinSize, src.Text.MaxSize = 1, 900
	if at, err := PlaceLabel(long, src, l, style, size); err != nil || at.Empty() {
		t.Errorf("a text everywhere gives %v, %v", at, err)
	}
	if _, err := PlaceLabel(d, src, l, style, image.Pt(800, 400)); !fault.HasCode(err, "size_out_of_range") {
		t.Errorf("another shape gives %v", err)
	}
	if _, err := PlaceLabel(d, src, Label{}, style, size); !fault.HasCode(err, "label_unknown") {
		t.Errorf("nothing to say gives %v", err)
	}
	if _, err := PlaceLabel(d, src, Label{Text: "x", MinShare: 0.5}, style, size); !fault.HasCode(err, "label_unknown") {
		t.Errorf("half the picture gives %v", err)
	}
}

// Only the pixels of the place change, the words stand out from their plate
// whatever is behind it, and a picture in parts gets the same label.
func TestDrawLabel(t *testing.T) {
	t.Parallel()
	style := labelStyle(t)
	size := image.Pt(640, 400)
	d := document(size.X, size.Y)
	for _, l := range []Label{{Icon: IconAI}, {Icon: IconAIPart, Text: "Partly made with AI", Locale: "en"}, {Icon: IconAI, Text: "مُنشأ بالذكاء الاصطناعي", Locale: "ar"}} {
		at, err := PlaceLabel(d, Source{}, l, style, size)
		if err != nil {
			t.Fatal(err)
		}
		for _, ground := range []color.NRGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {128, 128, 128, 255}} {
			before := image.NewNRGBA(image.Rectangle{Max: size})
			draw.Draw(before, before.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
			img := image.NewNRGBA(before.Rect)
			copy(img.Pix, before.Pix)
			if err := DrawLabel(img, size, at, l, style); err != nil {
				t.Fatal(err)
			}
			light, dark := 0, 0
			for y := range size.Y {
				for x := range size.X {
					c := img.NRGBAAt(x, y)
					if !image.Pt(x, y).In(at) {
						if c != ground {
							t.Fatalf("%q changed the pixel %d,%d outside of %v", l.Text, x, y, at)
						}
						continue
					}
					if min(c.R, c.G, c.B) >= 250 {
						light++
					} else if max(c.R, c.G, c.B) < 40 {
						dark++
					}
				}
			}
			if light < at.Dx()*at.Dy()/20 || dark < at.Dx()*at.Dy()/4 {
				t.Errorf("%q on %v has %d light and %d dark pixels of %d", l.Text, ground, light, dark, at.Dx()*at.Dy())
			}
			for _, part := range []image.Rectangle{image.Rect(0, 0, 640, 380), image.Rect(0, 380, 640, 400), image.Rect(0, 0, 10, 10)} {
				tile := image.NewNRGBA(part)
				draw.Draw(tile, part, image.NewUniform(ground), image.Point{}, draw.Src)
				if err := DrawLabel(tile, size, at, l, style); err != nil {
					t.Fatal(err)
				}
				for y := part.Min.Y; y < part.Max.Y; y++ {
					for x := part.Min.X; x < part.Max.X; x++ {
						a, b := tile.NRGBAAt(x, y), img.NRGBAAt(x, y)
						if worst := max(apartBy(a.R, b.R), apartBy(a.G, b.G), apartBy(a.B, b.B)); worst > 1 {
							t.Fatalf("%q: the tile %v differs at %d,%d: %v, %v", l.Text, part, x, y, a, b)
						}
					}
				}
			}
		}
		if err := DrawLabel(image.NewNRGBA(image.Rectangle{Max: size}), size, at.Add(image.Pt(0, 300)), l, style); !fault.HasCode(err, "label_unknown") {
			t.Errorf("a place outside gives %v", err)
		}
	}
	if c := raster.Contrast(labelPlate, labelInk); c < 12 {
		t.Errorf("the label's contrast is %.1f", c)
	}
}

func apartBy(a, b uint8) int { return max(int(a), int(b)) - min(int(a), int(b)) }

// Where a mark changes the render, MarkCover says that it does, and nowhere more
// than two pixels from there.
func TestMarkCover(t *testing.T) {
	t.Parallel()
	src, d := winter(t)
	bare := d
	bare.Layers = nil
	for _, l := range d.Layers {
		if l.Kind != Mark {
			bare.Layers = append(bare.Layers, l)
		}
	}
	for _, width := range []int{160, 517, 1024} {
		with, err := RenderAt(context.Background(), d, src, width)
		if err != nil {
			t.Fatal(err)
		}
		without, err := RenderAt(context.Background(), bare, src, width)
		if err != nil {
			t.Fatal(err)
		}
		only := src
		only.Picture = nil
		cover, err := MarkCover(context.Background(), d, only, width)
		if err != nil {
			t.Fatal(err)
		}
		if cover.Rect != with.Rect {
			t.Fatalf("the cover is %v, the picture %v", cover.Rect, with.Rect)
		}
		touched, covered := 0, 0
		for y := range with.Rect.Dy() {
			for x := range width {
				in := cover.AlphaAt(x, y).A > 0
				if in {
					covered++
				}
				if with.NRGBAAt(x, y) != without.NRGBAAt(x, y) {
					touched++
					if !in {
						t.Fatalf("width %d: a mark changes %d,%d, which is not covered", width, x, y)
					}
				}
			}
		}
		if touched == 0 || covered < touched || float64(covered) > 2.2*float64(touched)+float64(width*8) {
			t.Errorf("width %d: marks change %d pixels and cover %d", width, touched, covered)
		}
	}
	if _, err := MarkCover(context.Background(), d, src, 8); !fault.HasCode(err, "size_out_of_range") {
		t.Errorf("8 pixels give %v", err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := MarkCover(stopped, d, src, 512); err == nil {
		t.Error("a stopped context goes on")
	}
}

// A printed page bears its labels as vectors, where the picture has them.
func TestPrintedLabels(t *testing.T) {
	t.Parallel()
	src, d := winter(t)
	style, size := labelStyle(t), image.Pt(d.Width, d.Height)
	l := Label{Icon: IconAIPart, Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05}
	at, err := PlaceLabel(d, src, l, style, size)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := RenderPDF(context.Background(), d, src, Print{Width: 100, DPI: 150})
	if err != nil {
		t.Fatal(err)
	}
	data, err := RenderPDF(context.Background(), d, src, Print{Width: 100, DPI: 150, Labels: []PlacedLabel{{l, at}}})
	if err != nil {
		t.Fatal(err)
	}
	checkPDF(t, data)
	if len(data) < len(plain)+500 {
		t.Errorf("the label added %d bytes", len(data)-len(plain))
	}
	want, err := Render(context.Background(), d, src)
	if err != nil {
		t.Fatal(err)
	}
	if err := DrawLabel(want, size, at, l, style); err != nil {
		t.Fatal(err)
	}
	if got := rastered(t, data, "labels", size.X, size.Y); got != nil {
		keep(t, "print-labels", got)
		crop := func(m *image.NRGBA) *image.NRGBA {
			out := image.NewNRGBA(image.Rectangle{Max: at.Size()})
			draw.Draw(out, out.Rect, m, at.Min, draw.Src)
			return out
		}
		if s := ssim(crop(want), crop(got)); s < 0.9 {
			t.Errorf("the printed label looks %.3f like the drawn one", s)
		}
	}
	if _, err := RenderPDF(context.Background(), d, src, Print{Labels: []PlacedLabel{{l, at.Add(image.Pt(0, 4000))}}}); !fault.HasCode(err, "label_unknown") {
		t.Errorf("a place outside gives %v", err)
	}
}
