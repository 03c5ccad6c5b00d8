package raster

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// A path walked and put together again fills as it did.
func TestWalkTellsThePath(t *testing.T) {
	t.Parallel()
	p := RoundRect(5, 5, 50, 30, 9)
	p.MoveTo(20, 50)
	p.QuadTo(60, 40, 30, 80)
	p.LineTo(10, 70)
	p.Close()
	var q Path
	p.Walk(func(s Step, a []Point) {
		switch s {
		case StepMove:
			q.MoveTo(a[0].X, a[0].Y)
		case StepLine:
			q.LineTo(a[0].X, a[0].Y)
		case StepCube:
			q.CubeTo(a[0].X, a[0].Y, a[1].X, a[1].Y, a[2].X, a[2].Y)
		case StepClose:
			q.Close()
		}
	})
	a, b := PathMask(70, 90, p), PathMask(70, 90, q)
	for i := range a.Pix {
		if d := a.Pix[i] - b.Pix[i]; d > 0.01 || d < -0.01 {
			t.Fatalf("pixel %d: %g, then %g", i, a.Pix[i], b.Pix[i])
		}
	}
}

// A gradient put together from what it tells of itself is the same gradient.
func TestGradientTellsItself(t *testing.T) {
	t.Parallel()
	stops := []Stop{{0, Hex("#12202B")}, {0.4, Hex("#F2B14B80")}, {1, White}}
	turn := Rotate(25).Mul(Scale(1.5, 0.7)).Mul(Translate(10, 20))
	for name, p := range map[string]Paint{
		"linear": Linear(Point{5, 10}, Point{60, 40}, stops...).Transform(turn),
		"radial": RadialFocus(Point{40, 30}, 30, Point{50, 35}, stops...).Transform(turn),
	} {
		m, focus, spread, ok := p.Gradient()
		if !ok || spread != Pad {
			t.Fatalf("%s: %v %v", name, spread, ok)
		}
		again := Linear(Point{}, Point{X: 1}, stops...)
		if p.Kind() == RadialPaint {
			again = RadialFocus(Point{}, 1, focus, stops...)
		}
		a, b := NewCanvas(80, 80), NewCanvas(80, 80)
		a.Fill(Rect(0, 0, 80, 80), p)
		b.Fill(Rect(0, 0, 80, 80), again.Transform(m))
		for i := range a.Pix {
			if math.Abs(float64(a.Pix[i]-b.Pix[i])) > 0.01 {
				t.Fatalf("%s: value %d is %g, then %g", name, i, a.Pix[i], b.Pix[i])
			}
		}
		if c := p.ColorAt(0.4); math.Abs(float64(c.A)-128.0/255) > 0.01 || math.Abs(float64(c.R)-242.0/255) > 0.01 {
			t.Errorf("%s: %v at 0.4", name, c)
		}
	}
	if _, _, _, ok := Solid(White).Gradient(); ok || Solid(Hex("#F2B14B80")).Color().Hex() != "#f2b14b80" || Solid(White).Kind() != SolidPaint {
		t.Error("a solid colour is no gradient")
	}
}

// An 8-bit picture is painted as the canvas that is made of it.
func TestDrawImageIsDraw(t *testing.T) {
	t.Parallel()
	m := image.NewNRGBA(image.Rect(0, 0, 20, 14))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * 37)
	}
	m.SetNRGBA(3, 3, color.NRGBA{255, 0, 0, 0})
	for name, to := range map[string]Matrix{
		"moved": Translate(4, 7), "between pixels": Translate(4.3, 7.8), "larger": Scale(2.5, 3), "turned": Translate(40, 5).Mul(Rotate(33)), "a little smaller": Scale(0.8, 0.9),
	} {
		a, b := NewCanvas(70, 60), NewCanvas(70, 60)
		a.Draw(FromImage(m), to)
		b.DrawImage(m, to)
		for i := range a.Pix {
			if math.Abs(float64(a.Pix[i]-b.Pix[i])) > 1e-4 {
				t.Fatalf("%s: value %d is %g, want %g", name, i, b.Pix[i], a.Pix[i])
			}
		}
	}
	c := NewCanvas(4, 4)
	c.DrawImage(nil, Identity)
	c.DrawImage(&image.NRGBA{}, Identity)
	c.Clear(White)
	c.Reset(2, 3)
	if c.W != 2 || c.H != 3 || len(c.Pix) != 24 || c.Pix[0] != 0 {
		t.Errorf("after a reset: %d×%d, %v", c.W, c.H, c.Pix)
	}
}
