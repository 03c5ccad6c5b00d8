package raster

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

func TestLinearGradient(t *testing.T) {
	t.Parallel()
	c := NewCanvas(100, 1)
	c.Fill(Rect(0, 0, 100, 1), Linear(Point{0, 0}, Point{100, 0}, Stop{1, White}, Stop{0, Black}))
	for x := range 100 {
		want := (float64(x) + 0.5) / 100
		if got := float64(c.At(x, 0).R); math.Abs(got-want) > 1e-3 {
			t.Fatalf("at %d: %g, want %g", x, got, want)
		}
	}
}

func TestRadialGradientAndFocus(t *testing.T) {
	t.Parallel()
	stops := []Stop{{0, Black}, {1, White}}
	plain := NewCanvas(101, 101)
	plain.Fill(Rect(0, 0, 101, 101), Radial(Point{50.5, 50.5}, 50, stops...))
	if v := plain.At(50, 50).R; v > 0.01 {
		t.Errorf("centre is %g", v)
	}
	if v := plain.At(75, 50).R; math.Abs(float64(v)-0.5) > 0.01 {
		t.Errorf("half way is %g", v)
	}
	focal := NewCanvas(101, 101)
	focal.Fill(Rect(0, 0, 101, 101), RadialFocus(Point{50.5, 50.5}, 50, Point{70.5, 50.5}, stops...))
	if v := focal.At(70, 50).R; v > 0.01 {
		t.Errorf("focus is %g", v)
	}
	// The rim stays the rim.
	for _, deg := range []float64{0, 70, 150, 260} {
		q := Polar(50, deg)
		if v := focal.At(int(50.5+q.X*0.99), int(50.5+q.Y*0.99)).R; v < 0.93 {
			t.Errorf("rim at %g° is %g", deg, v)
		}
	}
}

func TestGradientTransformMovesWithShape(t *testing.T) {
	t.Parallel()
	m := Translate(20, 5).Mul(Rotate(30)).Mul(Scale(1.5, 0.7))
	shape := Rect(0, 0, 40, 40)
	for name, g := range map[string]Paint{
		"linear": Linear(Point{0, 0}, Point{40, 40}, Stop{0, Black}, Stop{1, White}),
		"radial": Radial(Point{20, 20}, 20, Stop{0, Black}, Stop{1, White}),
	} {
		c := NewCanvas(100, 100)
		c.Fill(shape.Transform(m), g.Transform(m))
		ref := NewCanvas(40, 40)
		ref.Fill(shape, g)
		for _, q := range []Point{{10, 10}, {20, 20}, {30, 12}} {
			d := m.Apply(q)
			a, b := float64(c.At(int(d.X), int(d.Y)).R), float64(ref.At(int(q.X), int(q.Y)).R)
			if math.Abs(a-b) > 0.06 {
				t.Errorf("%s at %v: %g and %g", name, q, a, b)
			}
		}
	}
}

func TestSpread(t *testing.T) {
	t.Parallel()
	g := Linear(Point{0, 0}, Point{10, 0}, Stop{0, Black}, Stop{1, White})
	for spread, want := range map[Spread]float64{Pad: 1, Repeat: 0.25, Reflect: 0.75} {
		c := NewCanvas(20, 1)
		c.Fill(Rect(0, 0, 20, 1), g.WithSpread(spread))
		if got := float64(c.At(12, 0).R); math.Abs(got-want) > 0.01 {
			t.Errorf("spread %d: %g, want %g", spread, got, want)
		}
	}
}

// A gradient over few steps must not show bands: averaged over small windows it
// follows the true ramp to a fraction of a step.
func TestDeepGradientDoesNotBand(t *testing.T) {
	t.Parallel()
	const w = 1024
	c := NewCanvas(w, 16)
	c.Fill(Rect(0, 0, w, 16), Linear(Point{0, 0}, Point{w, 0}, Stop{0, RGB(40, 40, 40)}, Stop{1, RGB(48, 48, 48)}))
	m := c.Image()
	for x := 0; x+16 <= w; x += 16 {
		sum := 0.0
		for y := range 16 {
			for i := range 16 {
				sum += float64(m.NRGBAAt(x+i, y).R)
			}
		}
		want := 40 + 8*float64(x+8)/w
		if got := sum / 256; math.Abs(got-want) > 0.06 {
			t.Fatalf("around %d: mean %g, want %g", x, got, want)
		}
	}
}

func TestFlatColoursComeOutExactly(t *testing.T) {
	t.Parallel()
	c := NewCanvas(16, 16)
	for v := range 256 {
		c.Clear(RGB(uint8(v), uint8(255-v), 77))
		for i, p := range c.Image().Pix {
			if want := [4]uint8{uint8(v), uint8(255 - v), 77, 255}[i%4]; p != want {
				t.Fatalf("%d became %d, want %d", v, p, want)
			}
		}
	}
}

func TestImageRoundTrip(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	src := image.NewNRGBA(image.Rect(3, 5, 30, 25))
	for i := range src.Pix {
		src.Pix[i] = uint8(rng.IntN(256))
		if i%4 == 3 && i%8 == 3 {
			src.Pix[i] = 255
		}
	}
	sub := src.SubImage(image.Rect(4, 6, 28, 24)).(*image.NRGBA)
	got := FromImage(sub).Image()
	for y := range 18 {
		for x := range 24 {
			a, b := sub.NRGBAAt(4+x, 6+y), got.NRGBAAt(x, y)
			if a.A == 0 {
				a = color.NRGBA{}
			}
			if a != b {
				t.Fatalf("pixel %d,%d: %v became %v", x, y, a, b)
			}
		}
	}
	ycc := image.NewYCbCr(image.Rect(0, 0, 4, 4), image.YCbCrSubsampleRatio420)
	for i := range ycc.Y {
		ycc.Y[i] = 90
	}
	for i := range ycc.Cb {
		ycc.Cb[i], ycc.Cr[i] = 128, 128
	}
	if p := FromImage(ycc).Image().NRGBAAt(2, 2); p != (color.NRGBA{90, 90, 90, 255}) {
		t.Errorf("grey YCbCr became %v", p)
	}
}

func TestDrawWholePixelsIsExact(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 1))
	src := NewCanvas(13, 9)
	for i := range src.Pix {
		src.Pix[i] = float32(rng.IntN(256)) / 255
		if i%4 == 3 {
			src.Pix[i] = 1
		}
	}
	for _, off := range []Point{{0, 0}, {5, 3}, {-4, -2}, {12, 7}} {
		c := NewCanvas(20, 15)
		c.Draw(src, Translate(off.X, off.Y))
		for y := range c.H {
			for x := range c.W {
				if got, want := c.At(x, y), src.At(x-int(off.X), y-int(off.Y)); got != want {
					t.Fatalf("offset %v, pixel %d,%d: %v, want %v", off, x, y, got, want)
				}
			}
		}
	}
	turned := NewCanvas(9, 13)
	turned.Draw(src, Translate(9, 0).Mul(Rotate(90)))
	if got, want := turned.At(8-2, 4), src.At(4, 2); math.Abs(float64(got.R-want.R)) > 1e-3 {
		t.Errorf("a quarter turn gave %v, want %v", got, want)
	}
}

// Reducing keeps the mean, so fine stripes become grey and not moiré.
func TestDrawReducesByAveraging(t *testing.T) {
	t.Parallel()
	src := NewCanvas(256, 256)
	for y := range src.H {
		for x := range src.W {
			if (x+y)%2 == 0 {
				src.Set(x, y, White)
			} else {
				src.Set(x, y, Black)
			}
		}
	}
	for _, k := range []float64{0.5, 0.25, 0.125} {
		n := int(256 * k)
		c := NewCanvas(n, n)
		c.Draw(src, Scale(k, k))
		for i, v := range c.Pix {
			if i%4 != 3 && math.Abs(float64(v)-0.5) > 0.02 {
				t.Fatalf("at scale %g a value is %g", k, v)
			}
		}
	}
}

func TestClipsAndMasks(t *testing.T) {
	t.Parallel()
	all := Rect(0, 0, 40, 40)
	area := func(opts ...Option) float64 { return alphaSum(painted(40, 40, all, opts...)) }
	m := PathMask(40, 40, Rect(0, 0, 10, 40))
	for name, tc := range map[string]struct{ got, want float64 }{
		"one clip":   {area(Clip(Rect(5.5, 5, 10, 10))), 100},
		"two clips":  {area(Clip(Rect(5, 5, 10, 10)), Clip(Rect(10, 10, 10, 10))), 25},
		"no overlap": {area(Clip(Rect(5, 5, 5, 5)), Clip(Rect(20, 20, 5, 5))), 0},
		"mask":       {area(ClipMask(m)), 400},
		"outside":    {area(ClipOutside(m)), 1200},
		"opacity":    {area(Opacity(0.5), Opacity(0.5)), 400},
	} {
		if math.Abs(tc.got-tc.want) > 0.1 {
			t.Errorf("%s covers %g, want %g", name, tc.got, tc.want)
		}
	}
}

// The buffers a canvas keeps between fills must not show in the result.
func TestFillIsDeterministicAndClean(t *testing.T) {
	t.Parallel()
	fresh := func() *Canvas {
		c := NewCanvas(256, 256)
		mixedScene(c, 60)
		return c
	}
	a, b := fresh(), fresh()
	b.Clear(Transparent)
	mixedScene(b, 60)
	if !bytes.Equal(a.Image().Pix, b.Image().Pix) {
		t.Error("a used canvas paints differently from a new one")
	}
}

// Parts stored one by one fit together, dither and all, and what hangs over the
// picture's edge is left out.
func TestLoadAndStoreInParts(t *testing.T) {
	t.Parallel()
	c := NewCanvas(50, 40)
	c.Fill(Rect(0, 0, 50, 40), Linear(Point{0, 0}, Point{50, 40}, Stop{0, RGB(20, 30, 40)}, Stop{1, RGB(60, 50, 44)}))
	want := c.Image()
	got := image.NewNRGBA(want.Rect)
	for y := 0; y < 40; y += 13 {
		for x := 0; x < 50; x += 17 {
			part := NewCanvas(17, 13)
			part.Fill(Rect(0, 0, 17, 13), Pattern(c, Translate(-float64(x), -float64(y))))
			part.Store(got, image.Pt(x, y))
		}
	}
	if !bytes.Equal(got.Pix, want.Pix) {
		t.Error("the parts do not make the whole")
	}
	var back Canvas
	back.Load(want, image.Rect(10, 10, 99, 99))
	if back.W != 40 || back.H != 30 {
		t.Errorf("loaded %d×%d", back.W, back.H)
	}
	if p, q := back.Image().NRGBAAt(3, 4), want.NRGBAAt(13, 14); p != q {
		t.Errorf("loaded %v, want %v", p, q)
	}
}
