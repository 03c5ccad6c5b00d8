package compose

import (
	"context"
	"image/color"
	"math"
	"testing"

	"marquee/internal/raster"
)

// Every 8-bit value survives the way to the resampler's numbers and back.
func TestScalesGoBothWays(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]*scale{"light": asLight, "encoded": asEncoded} {
		for v := range 256 {
			if got := s.out[s.in[v]]; int(got) != v {
				t.Errorf("%s: %d became %d", name, v, got)
			}
		}
	}
}

// Effects mix light: half of a flake's white over black is 188, and a shadow's
// or a vignette's black is as dark at a strength as that strength says.
func TestEffectsMixLight(t *testing.T) {
	t.Parallel()
	src := richSource(t)
	src.Picture = paper(200, 200, color.NRGBA{180, 180, 180, 255})
	at := func(l Layer, x, y int) color.NRGBA {
		l.ID, l.Kind = "e", Effect
		m, err := Render(context.Background(), document2(200, 200, l), src)
		if err != nil {
			t.Fatal(err)
		}
		return m.NRGBAAt(x, y)
	}
	for _, strength := range []float64{0.25, 0.5, 0.75, 1} {
		got := at(Layer{Effect: VignetteEffect, Strength: strength, Size: 1}, 0, 0)
		if want := 180 * (1 - strength); math.Abs(float64(got.R)-want) > 4 {
			t.Errorf("a vignette of %g leaves %d of 180, want %.0f", strength, got.R, want)
		}
	}
	// Red at half the share of light over grey: each channel by itself.
	got := at(Layer{Effect: VignetteEffect, Strength: 0.5, Size: 1, Color: "#ff0000"}, 0, 0)
	k := float64(deep(0.5))
	grey := float64(raster.ToLight(180.0 / 255))
	want := 255 * float64(raster.FromLight(float32(grey+(1-grey)*k)))
	if math.Abs(float64(got.R)-want) > 2 {
		t.Errorf("red is %d, want %.0f", got.R, want)
	}
	// A grade of grey to grey changes nothing, and to one colour at full strength
	// gives a grey that colour.
	same := at(Layer{Effect: GradeEffect, Strength: 1, Fill: &Fill{Stops: []Stop{{0, "#000000"}, {1, "#ffffff"}}}}, 100, 100)
	if max(int(same.R)-180, 180-int(same.R)) > 1 {
		t.Errorf("a grade from black to white made %v of 180", same)
	}
	one := at(Layer{Effect: GradeEffect, Strength: 1, Fill: &Fill{Stops: []Stop{{0, "#336699"}, {1, "#336699"}}}}, 100, 100)
	if d := int(one.R) - 0x33; max(d, -d) > 1 {
		t.Errorf("a grade to #336699 made %v", one)
	}
}
