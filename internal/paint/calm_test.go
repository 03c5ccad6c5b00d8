package paint

import (
	"image"
	"math"
	"testing"
)

// contrast is the mean step of lightness from pixel to pixel in a band.
func contrast(p *image.NRGBA, y0, y1 float64) float64 {
	h, w := p.Rect.Dy(), p.Rect.Dx()
	var sum float64
	n := 0
	for y := int(y0 * float64(h)); y < int(y1*float64(h))-1; y++ {
		for x := w / 12; x < w*11/12; x++ {
			i := y*p.Stride + x*4
			sum += math.Abs(float64(p.Pix[i+1])-float64(p.Pix[i+5])) + math.Abs(float64(p.Pix[i+1])-float64(p.Pix[i+1+p.Stride]))
			n++
		}
	}
	return sum / float64(n)
}

func TestCalmBandIsCalm(t *testing.T) {
	t.Parallel()
	for i, prompt := range []string{"a polar fox in a snowy forest at night, snow", "a tram in the city at dusk", "a sailing boat at sea", "a cat at a window"} {
		for _, id := range Styles() {
			r := square(prompt, int64(i), 256)
			r.Style = id
			p := paintOne(t, r).Image
			if band, rest := contrast(p, 0.84, 0.94), contrast(p, 0.05, 0.80); band > rest*0.62 {
				t.Errorf("%s, %q: the calm band has contrast %.1f where the rest has %.1f", id, prompt, band, rest)
			}
		}
	}
}

func TestCalmElsewhere(t *testing.T) {
	t.Parallel()
	r := square("a polar fox in a snowy forest at night, snow, poster", 4, 320)
	busy := paintOne(t, r).Image
	r.Calm = []Area{{0, 0, 1, 0.3}}
	quiet := paintOne(t, r).Image
	if a, b := contrast(quiet, 0.02, 0.28), contrast(busy, 0.02, 0.28); a > b*0.6 {
		t.Errorf("asked to keep the sky calm, contrast went from %.2f to %.2f only", b, a)
	}
}

func TestFocusKeepsOutOfCalmAreas(t *testing.T) {
	t.Parallel()
	for seed := range int64(12) {
		st := newStage(scene{cast: []actor{{id: "owl", count: 1}}}, Request{Width: 512, Height: 512, Seed: seed, Calm: []Area{{0.5, 0.2, 0.5, 0.6}}})
		st.build()
		if st.focusX > 0.5 {
			t.Errorf("seed %d: the focus stands at %.2f, inside the calm half", seed, st.focusX)
		}
	}
}

// contrastIn is contrast within an area.
func contrastIn(p *image.NRGBA, a Area) float64 {
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	part := p.SubImage(image.Rect(int(a.X*w), int(a.Y*h), int((a.X+a.W)*w), int((a.Y+a.H)*h))).(*image.NRGBA)
	var sum float64
	n := 0
	for y := part.Rect.Min.Y; y < part.Rect.Max.Y-1; y++ {
		for x := part.Rect.Min.X; x < part.Rect.Max.X-1; x++ {
			i := part.PixOffset(x, y)
			sum += math.Abs(float64(part.Pix[i+1])-float64(part.Pix[i+5])) + math.Abs(float64(part.Pix[i+1])-float64(part.Pix[i+1+part.Stride]))
			n++
		}
	}
	return sum / float64(n)
}

// TestCalmCornerIsCalm asks for areas that don't span the width.
func TestCalmCornerIsCalm(t *testing.T) {
	t.Parallel()
	corner := Area{0.06, 0.30, 0.34, 0.34}
	for i, prompt := range []string{"a tram in the city at dusk", "an owl in a library", "a fox in the forest in snow"} {
		for _, id := range Styles() {
			r := square(prompt, int64(i), 256)
			r.Style = id
			r.Calm = []Area{corner}
			quiet := contrastIn(paintOne(t, r).Image, corner)
			r.Calm = []Area{{0.9, 0.9, 0.05, 0.05}}
			if busy := contrastIn(paintOne(t, r).Image, corner); quiet > busy*0.72 {
				t.Errorf("%s, %q: kept calm, the corner has contrast %.1f where it had %.1f", id, prompt, quiet, busy)
			}
		}
	}
}
