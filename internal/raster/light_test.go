package raster

import (
	"math"
	"testing"
)

func TestLightAndBack(t *testing.T) {
	t.Parallel()
	for i := range 100_001 {
		v := float32(i) / 100_000
		if d := math.Abs(float64(ToLight(v)) - toLinear(float64(v))); d > 2e-6 {
			t.Fatalf("the light of %g is %g off", v, d)
		}
		if d := math.Abs(float64(FromLight(v)) - toEncoded(float64(v))); d > 2e-5 {
			t.Fatalf("the value of light %g is %g off", v, d)
		}
		if d := math.Abs(float64(FromLight(ToLight(v)) - v)); d > 2e-5 {
			t.Fatalf("%g comes back %g off", v, d)
		}
	}
	nan := float32(math.NaN())
	for _, v := range []float32{-1, nan} {
		if ToLight(v) != 0 || FromLight(v) != 0 {
			t.Errorf("%g has light %g, value %g", v, ToLight(v), FromLight(v))
		}
	}
	if ToLight(2) != 1 || FromLight(2) != 1 {
		t.Error("what is beyond white is not white")
	}
}

// Half white over black is half the light; what is fully covered is exact, and
// alphas add up as they do in any mixing.
func TestAsLight(t *testing.T) {
	t.Parallel()
	fill := func(below, above Color) Color {
		c := NewCanvas(1, 1)
		c.Clear(below)
		c.Fill(Rect(0, 0, 1, 1), Solid(above), AsLight())
		return c.At(0, 0)
	}
	for _, tc := range []struct{ below, above, want Color }{
		{Black, White.WithAlpha(0.5), RGB(188, 188, 188)},
		{White, Black.WithAlpha(0.5), RGB(188, 188, 188)},
		{RGB(10, 20, 30), RGB(200, 100, 50), RGB(200, 100, 50)},
		{RGB(10, 20, 30), White.WithAlpha(0), RGB(10, 20, 30)},
		{Transparent, RGB(200, 100, 50).WithAlpha(0.4), RGB(200, 100, 50).WithAlpha(0.4)},
		{RGB(200, 100, 50).WithAlpha(0.5), RGB(200, 100, 50).WithAlpha(0.5), RGB(200, 100, 50).WithAlpha(0.75)},
	} {
		got := fill(tc.below, tc.above)
		for _, d := range []float32{got.R - tc.want.R, got.G - tc.want.G, got.B - tc.want.B, got.A - tc.want.A} {
			if math.Abs(float64(d)) > 0.002 {
				t.Errorf("%v over %v is %v, want %v", tc.above, tc.below, got, tc.want)
				break
			}
		}
	}
}
