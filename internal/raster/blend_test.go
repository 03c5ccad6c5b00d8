package raster

import (
	"math"
	"testing"
)

// The expected values are the formulas of Compositing and Blending Level 1,
// worked out by hand for a pixel of 0.6 below and 0.3 above.
func TestBlendModes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		mode BlendMode
		want float64
	}{
		{"normal", Normal, 0.3},
		{"multiply", Multiply, 0.18},
		{"screen", Screen, 0.72},
		{"overlay", Overlay, 0.3 + 0.2 - 0.3*0.2},
		{"hard light", HardLight, 0.6 * 0.6},
		{"soft light", SoftLight, 0.6 - (1-0.6)*0.6*0.4},
		{"darken", Darken, 0.3},
		{"lighten", Lighten, 0.6},
		{"add", Add, 0.9},
		{"atop", Atop, 0.3},
	} {
		for _, alpha := range []float64{1, 0.25} {
			c := NewCanvas(1, 1)
			c.Clear(Color{0.6, 0.6, 0.6, 1})
			c.Fill(Rect(0, 0, 1, 1), Solid(Color{0.3, 0.3, 0.3, 1}), Blend(tc.mode), Opacity(alpha))
			want := 0.6 + (tc.want-0.6)*alpha
			if got := c.At(0, 0); math.Abs(float64(got.R)-want) > 1e-5 || got.A != 1 {
				t.Errorf("%s at %g: %v, want %g and opaque", tc.name, alpha, got, want)
			}
		}
	}
}

func TestSoftLightBright(t *testing.T) {
	t.Parallel()
	for cb, want := range map[float32]float64{
		0.64: 0.64 + 0.6*(0.8-0.64),
		0.2:  0.2 + 0.6*(((16*0.2-12)*0.2+4)*0.2-0.2),
	} {
		if got := mix(SoftLight, cb, 0.8); math.Abs(float64(got)-want) > 1e-5 {
			t.Errorf("soft light of 0.8 on %g is %g, want %g", cb, got, want)
		}
	}
}

// A transparent backdrop shows the source as it is, whatever the mode, except
// where the mode needs something below.
func TestBlendOnNothing(t *testing.T) {
	t.Parallel()
	src := Color{0.2, 0.5, 0.9, 0.5}
	for m := Normal; m <= Erase; m++ {
		c := NewCanvas(1, 1)
		c.Fill(Rect(0, 0, 1, 1), Solid(src), Blend(m))
		got := c.At(0, 0)
		if m == Atop || m == Erase {
			if got.A != 0 {
				t.Errorf("mode %d painted %v on nothing", m, got)
			}
			continue
		}
		for i, d := range []float32{got.R - src.R, got.G - src.G, got.B - src.B, got.A - src.A} {
			if math.Abs(float64(d)) > 1e-5 {
				t.Errorf("mode %d part %d: %v, want %v", m, i, got, src)
			}
		}
	}
}

// The fast loops and the general formula say the same.
func TestFastBlendsAgreeWithFormula(t *testing.T) {
	t.Parallel()
	for _, m := range []BlendMode{Normal, Multiply, Screen, Overlay, SoftLight} {
		for _, below := range []Color{{0.9, 0.4, 0.1, 1}, {0.9, 0.4, 0.1, 0.3}, {}} {
			for _, above := range []Color{{0.2, 0.6, 0.7, 1}, {0.2, 0.6, 0.7, 0.4}} {
				d, e := premultiply(below), premultiply(below)
				s := premultiply(above)
				blendRow(d[:], s[:], []float32{0.7}, 0.8, m)
				blendPixel(&e, &s, 0.7*0.8, m)
				for i := range d {
					if math.Abs(float64(d[i]-e[i])) > 1e-5 {
						t.Errorf("mode %d, %v on %v: %v and %v", m, above, below, d, e)
					}
				}
			}
		}
	}
}

func TestEraseTakesAway(t *testing.T) {
	t.Parallel()
	c := NewCanvas(2, 1)
	c.Clear(White)
	c.Fill(Rect(0, 0, 1, 1), Solid(Black), Blend(Erase))
	if c.At(0, 0).A != 0 || c.At(1, 0) != White {
		t.Errorf("erased %v, kept %v", c.At(0, 0), c.At(1, 0))
	}
}
