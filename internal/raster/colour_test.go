package raster

import (
	"math"
	"testing"
)

func TestHex(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"#1F6f5c": "#1f6f5c", "#abc": "#aabbcc", "#abcd": "#aabbccdd", "#01020304": "#01020304", "#010203ff": "#010203",
	} {
		if c, err := ParseHex(in); err != nil || c.Hex() != want {
			t.Errorf("%s: %s, %v", in, c.Hex(), err)
		}
	}
	for _, in := range []string{"", "#", "red", "#12", "#12345", "#gggggg", "1f6f5c", "#1f6f5c0", "#-12345"} {
		if c, err := ParseHex(in); err == nil {
			t.Errorf("%q was read as %v", in, c)
		}
	}
}

func TestOKLabRoundTrip(t *testing.T) {
	t.Parallel()
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				c := RGB(uint8(r), uint8(g), uint8(b))
				if got := OKLab(c.OKLab()); got.Hex() != c.Hex() {
					t.Fatalf("%s became %s", c.Hex(), got.Hex())
				}
				if got := OKLCH(c.OKLCH()); got.Hex() != c.Hex() {
					t.Fatalf("%s became %s through OKLCH", c.Hex(), got.Hex())
				}
			}
		}
	}
}

func TestOKLCHKeepsLightnessAndHueOutsideSRGB(t *testing.T) {
	t.Parallel()
	for h := 0.0; h < 360; h += 15 {
		for _, l := range []float64{0.3, 0.6, 0.85} {
			gl, _, gh := OKLCH(l, 0.4, h).OKLCH()
			turn := math.Abs(math.Mod(gh-h+540, 360) - 180)
			if math.Abs(gl-l) > 0.01 || turn > 2 {
				t.Errorf("l %g h %g became l %g h %g", l, h, gl, gh)
			}
		}
	}
}

func TestMixAndContrast(t *testing.T) {
	t.Parallel()
	a, b := Hex("#123456"), Hex("#fedcba").WithAlpha(0.5)
	if Mix(a, b, 0).Hex() != a.Hex() || Mix(a, b, 1).Hex() != b.Hex() {
		t.Error("the ends of a mix are not its colours")
	}
	if got := Contrast(Black, White); math.Abs(got-21) > 1e-6 {
		t.Errorf("black on white has contrast %g", got)
	}
	if got := Contrast(Hex("#767676"), White); math.Abs(got-4.54) > 0.01 {
		t.Errorf("#767676 on white has contrast %g", got)
	}
}
