package brand_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// pngOf is a PNG of w by h pixels of one colour.
func pngOf(t *testing.T, w, h int, c color.NRGBA) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The second kit's loaf is a PNG on dark grounds: it is served, drawn and proven
// as any other mark is.
func TestMarkOfPixels(t *testing.T) {
	t.Parallel()
	k := kornblum()
	v := k.Mark("loaf").Variant("on-dark")
	f, ok := k.File(v.File)
	if !ok || f.Type != "image/png" || !bytes.HasPrefix(f.Data, []byte("\x89PNG")) {
		t.Fatalf("%s %s", f.Name, f.Type)
	}
	for _, l := range []compose.Layer{
		with(mark("loaf", 100, 100, 300, 0), func(l *compose.Layer) { l.Variant = "on-dark" }),
		with(mark("loaf", 100, 100, 260, 7), func(l *compose.Layer) { l.Variant = "on-dark" }),
	} {
		doc := document(picture(), l)
		src, err := k.Source(backdrop(512, 512), doc.Width, doc.Height)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{doc.Width, doc.Width / 3} {
			m, err := compose.RenderAt(context.Background(), doc, src, width)
			if err != nil {
				t.Fatal(err)
			}
			proofs, err := brand.Prove(m, doc, k)
			if err != nil || len(proofs) != 1 || !proofs[0].Exact() {
				t.Errorf("at %d: %+v, %v", width, proofs, err)
			}
		}
	}
	// Drawn small, it is like the drawing that it stands beside but for its rim.
	a, _ := k.MarkDrawing("loaf", "on-dark")
	b, _ := k.MarkDrawing("loaf", "on-light")
	share := func(d compose.Drawing) float64 {
		sum := 0.0
		c := d.Render(61)
		for i := 3; i < len(c.Pix); i += 4 {
			sum += float64(c.Pix[i])
		}
		return sum / float64(c.W*c.H)
	}
	if x, y := share(a), share(b); math.Abs(x-y) > 0.08 {
		t.Errorf("%.3f of the box is covered, and %.3f in the other variant", x, y)
	}
}

func TestBadInputMarksOfPixels(t *testing.T) {
	t.Parallel()
	red := color.NRGBA{200, 30, 30, 255}
	good := pngOf(t, 768, 485, red)
	for name, c := range map[string]struct {
		data []byte
		code string
		says string
	}{
		"no pixels":         {pngOf(t, 768, 485, color.NRGBA{}), "mark_empty", "shows nothing"},
		"too small":         {pngOf(t, 96, 61, red), "drawing_invalid", "96 pixels"},
		"too large":         {pngOf(t, 2050, 1294, red), "drawing_invalid", ""},
		"of another shape":  {pngOf(t, 600, 600, red), "variant_shape", ""},
		"a drawing":         {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h9v9z"/></svg>`), "drawing_invalid", ""},
		"cut off":           {good[:len(good)/2], "drawing_invalid", ""},
		"nothing":           {[]byte{}, "drawing_invalid", ""},
		"over a megabyte":   {append(slices.Clone(good), make([]byte, 1<<20)...), "file_too_large", ""},
		"claims gigapixels": {append(append(slices.Clone(good[:16]), 0, 1, 0, 0, 0, 1, 0, 0), good[24:]...), "drawing_invalid", ""},
	} {
		f, ok := fault.As(kitWith("marks/loaf-on-dark.png", "", c.data))
		if !ok || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool {
			return x.Code == c.code && x.Path == "marks[2].variants[1].file" && strings.Contains(x.Message, "marks/loaf-on-dark.png") && strings.Contains(x.Message, c.says)
		}) {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
