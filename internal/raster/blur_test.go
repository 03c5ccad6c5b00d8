package raster

import (
	"math"
	"testing"
)

func moments(m *Mask) (sum, cx, cy, vx, vy float64) {
	for y := range m.H {
		for x := range m.W {
			v := float64(m.Pix[y*m.W+x])
			sum += v
			cx += v * float64(x)
			cy += v * float64(y)
		}
	}
	cx, cy = cx/sum, cy/sum
	for y := range m.H {
		for x := range m.W {
			v := float64(m.Pix[y*m.W+x])
			vx += v * (float64(x) - cx) * (float64(x) - cx)
			vy += v * (float64(y) - cy) * (float64(y) - cy)
		}
	}
	return sum, cx, cy, vx / sum, vy / sum
}

// A blur keeps the light there is, keeps it centred, and spreads it by sigma.
func TestBlurEnergyAndWidth(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{0.5, 1, 2, 2.5, 2.6, 4, 7.9, 8, 13, 20} {
		const n = 201
		m := NewMask(n, n)
		for y := 96; y < 105; y++ {
			for x := 94; x < 107; x++ {
				m.Pix[y*n+x] = 1
			}
		}
		_, _, _, vx0, vy0 := moments(m)
		m.Blur(sigma)
		sum, cx, cy, vx, vy := moments(m)
		if math.Abs(sum-9*13) > 0.2 || math.Abs(cx-100) > 0.01 || math.Abs(cy-100) > 0.01 {
			t.Errorf("sigma %g: sum %g, centre %g,%g", sigma, sum, cx, cy)
		}
		for _, got := range []float64{vx - vx0, vy - vy0} {
			if s := math.Sqrt(got); math.Abs(s-sigma) > 0.06*sigma+0.05 {
				t.Errorf("sigma %g spread by %g", sigma, s)
			}
		}
	}
}

// A soft shape equals the same shape filled and then blurred, at every size of
// the smaller grid that large blurs are made on.
func TestSoftFillIsBlurredFill(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{1.5, 5, 9, 18} {
		p := Star(121, 118, 60, 25, 5, 10)
		soft := painted(240, 240, p, Blur(sigma)).Alpha()
		want := painted(240, 240, p).Alpha()
		want.Blur(sigma)
		worst := 0.0
		for i := range want.Pix {
			worst = max(worst, math.Abs(float64(want.Pix[i]-soft.Pix[i])))
		}
		if worst > 0.02 {
			t.Errorf("sigma %g: off by %g", sigma, worst)
		}
	}
}

// Shapes beyond the border cast their softness into the canvas.
func TestSoftFillBeyondTheBorder(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{2, 6, 12, 40} {
		c := painted(50, 50, Rect(-500, -500, 500, 2000), Blur(sigma))
		if got := float64(c.At(0, 25).A); math.Abs(got-0.5) > 0.1 {
			t.Errorf("sigma %g: %g at the edge, want about half", sigma, got)
		}
		last := float32(1)
		for x := range 50 {
			if v := c.At(x, 25).A; v > last+1e-4 {
				t.Fatalf("sigma %g: rises at %d", sigma, x)
			} else {
				last = v
			}
		}
	}
}

func TestCanvasBlurKeepsOpaque(t *testing.T) {
	t.Parallel()
	for _, sigma := range []float64{1, 6, 90} {
		c := NewCanvas(40, 30)
		c.Clear(RGB(200, 100, 50))
		c.Blur(sigma)
		for y := range c.H {
			for x := range c.W {
				p := c.At(x, y)
				if math.Abs(float64(p.A-1)) > 1e-4 || math.Abs(float64(p.R-200.0/255)) > 1e-3 {
					t.Fatalf("sigma %g: pixel %d,%d became %v", sigma, x, y, p)
				}
			}
		}
	}
}
