package brand_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// backdrop is a picture with fine and coarse structure in many colours: what a
// mark must let nothing of through.
func backdrop(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * 255 / w), uint8(128 + 100*math.Sin(float64(x*y)/900)), uint8(y * 255 / h), 255})
		}
	}
	return m
}

func rendered(t testing.TB, k *brand.Kit, doc compose.Document, width int) *image.NRGBA {
	t.Helper()
	src, err := k.Source(backdrop(256, 256), doc.Width, doc.Height)
	if err != nil {
		t.Fatal(err)
	}
	img, err := compose.RenderAt(context.Background(), doc, src, width)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestMarksAreExact renders every variant of every mark of both kits, upright
// and turned, at sizes of a stamp and of a poster.
func TestMarksAreExact(t *testing.T) {
	t.Parallel()
	worst := 0.0
	for _, k := range []*brand.Kit{lumipine(), kornblum()} {
		for _, m := range k.Marks {
			for _, v := range m.Variants {
				for i, c := range []struct{ turn, width, size float64 }{{0, 150, 400}, {3.7, 141.3, 560}, {-m.Rules.MaxRotation, 120.2, 330}} {
					l := mark(m.ID, 101.4+float64(i), 60.9, c.width, c.turn)
					l.Variant = v.ID
					doc := compose.Document{Version: 1, Width: 400, Height: 400, Layers: []compose.Layer{{ID: "picture", Kind: compose.Picture, Width: 400}, l}}
					proofs, err := brand.Prove(rendered(t, k, doc, int(c.size)), doc, k)
					if err != nil || len(proofs) != 1 {
						t.Fatal(proofs, err)
					}
					p := proofs[0]
					if !p.Exact() || p.Pixels < 200 || p.Variant != v.ID || p.Mean > p.P99 || p.P99 > p.Max {
						t.Errorf("%s %s turned by %g at %g: %+v", k.ID, m.ID, c.turn, c.size, p)
					}
					worst = max(worst, p.Max)
				}
			}
		}
	}
	t.Logf("the greatest difference of all is %.3f", worst)
}

// TestProofFindsWhatWasDone alters rendered pictures in small ways, none of
// which may pass.
func TestProofFindsWhatWasDone(t *testing.T) {
	t.Parallel()
	k := lumipine()
	l := mark("emblem", 301.4, 260.9, 260, 5)
	doc := document(picture(), l)
	whole := rendered(t, k, doc, side)
	for name, alter := range map[string]func(*image.NRGBA){
		"moved by a pixel": func(m *image.NRGBA) {
			draw.Draw(m, m.Rect, rendered(t, k, doc, side), image.Pt(1, 0), draw.Src)
		},
		"one scratch": func(m *image.NRGBA) {
			for x := range side {
				m.SetNRGBA(x, 560, color.NRGBA{200, 30, 30, 255})
			}
		},
		"a veil": func(m *image.NRGBA) {
			for i := range m.Pix {
				m.Pix[i] = uint8(int(m.Pix[i])*97/100 + 7)
			}
		},
		"another colour": func(m *image.NRGBA) {
			for i := 0; i < len(m.Pix); i += 4 {
				m.Pix[i+2] = uint8(min(255, int(m.Pix[i+2])+9))
			}
		},
		"gone": func(m *image.NRGBA) { draw.Draw(m, m.Rect, backdrop(side, side), image.Point{}, draw.Src) },
	} {
		changed := image.NewNRGBA(whole.Rect)
		copy(changed.Pix, whole.Pix)
		alter(changed)
		proofs, err := brand.Prove(changed, doc, k)
		if err != nil || len(proofs) != 1 || proofs[0].Exact() {
			t.Errorf("%s: %+v %v", name, proofs, err)
		}
	}
	// Outside the canvas there is nothing to prove, and that is no proof.
	away := document(picture(), mark("emblem", 2000, 2000, 200, 0))
	proofs, err := brand.Prove(whole, away, k)
	if err != nil || len(proofs) != 1 || proofs[0].Pixels != 0 || proofs[0].Exact() {
		t.Errorf("a mark outside: %+v %v", proofs, err)
	}
	if _, err := brand.Prove(whole, document(picture(), mark("loaf", 0, 0, 200, 0)), k); !fault.HasCode(err, "mark_unknown") {
		t.Errorf("another brand's mark: %v", err)
	}
	if _, err := brand.Prove(image.NewNRGBA(image.Rect(0, 0, 50, 80)), doc, k); !fault.HasCode(err, "picture_size") {
		t.Errorf("a picture of another shape: %v", err)
	}
}

// TestProofThroughFormats holds each format and quality to a little more than
// what docs/brand-kits.md says of it, on the harshest of grounds. PNG is
// lossless and has to be exact.
func TestProofThroughFormats(t *testing.T) {
	t.Parallel()
	k := lumipine()
	doc := brand.Start(k, []string{"wordmark", "bottle", "emblem"}, side, side, nil)
	img := rendered(t, k, doc, side)
	for _, c := range []struct {
		format    compose.Format
		quality   int
		mean, p99 float64
	}{
		{compose.PNG, 0, 0.3, 1}, {compose.WebP, 95, 3.6, 31}, {compose.WebP, 82, 4.4, 31}, {compose.WebP, 60, 5.2, 32},
		{compose.JPEG, 95, 3.7, 36}, {compose.JPEG, 86, 6, 36}, {compose.JPEG, 60, 8.8, 42},
	} {
		t.Run(fmt.Sprintf("%s %d", c.format, c.quality), func(t *testing.T) {
			t.Parallel()
			data, err := compose.Encode(img, c.format, c.quality)
			if err != nil {
				t.Fatal(err)
			}
			back, err := compose.Decode(bytes.NewReader(data), 16<<20, 16<<20)
			if err != nil {
				t.Fatal(err)
			}
			proofs, err := brand.Prove(back, doc, k)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range proofs {
				t.Logf("%-9s %6d pixels: mean %.2f, p99 %.2f, max %.2f", p.Mark, p.Pixels, p.Mean, p.P99, p.Max)
				if p.Mean > c.mean || p.P99 > c.p99 || c.format == compose.PNG && !p.Exact() {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func BenchmarkProve(b *testing.B) {
	k := lumipine()
	doc := brand.Start(k, []string{"wordmark", "bottle", "emblem"}, side, side, nil)
	img := rendered(b, k, doc, side)
	for b.Loop() {
		if _, err := brand.Prove(img, doc, k); err != nil {
			b.Fatal(err)
		}
	}
}
