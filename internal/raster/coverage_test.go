package raster

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/vector"
)

func alphaSum(c *Canvas) (sum float64) {
	for i := 3; i < len(c.Pix); i += 4 {
		sum += float64(c.Pix[i])
	}
	return sum
}

func painted(w, h int, p Path, opts ...Option) *Canvas {
	c := NewCanvas(w, h)
	c.Fill(p, Solid(White), opts...)
	return c
}

func TestCoverageIsArea(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		x, y := rng.Float64()*40, rng.Float64()*40
		w, h := rng.Float64()*50, rng.Float64()*50
		if got := alphaSum(painted(100, 100, Rect(x, y, w, h))); math.Abs(got-w*h) > 0.08 {
			t.Fatalf("rect %g×%g covers %g", w, h, got)
		}
	}
	for _, r := range []float64{0.4, 1, 3, 17.3, 45} {
		want := math.Pi * r * r
		if got := alphaSum(painted(100, 100, Circle(50.2, 49.7, r))); math.Abs(got-want) > flatTolerance*2*math.Pi*r+0.01 {
			t.Errorf("circle of radius %g covers %g, want %g", r, got, want)
		}
	}
	tri := Polygon(Point{3, 4}, Point{90, 11}, Point{31, 77.5})
	want := math.Abs((90-3)*(77.5-4)-(31-3)*(11-4)) / 2
	if got := alphaSum(painted(100, 100, tri)); math.Abs(got-want) > 0.5 {
		t.Errorf("triangle covers %g, want %g", got, want)
	}
}

func TestCoverageOfEachPixelOfARect(t *testing.T) {
	t.Parallel()
	c := painted(4, 4, Rect(0.75, 0.5, 2, 2.25))
	xs, ys := []float64{0.25, 1, 0.75, 0}, []float64{0.5, 1, 0.75, 0}
	for y := range 4 {
		for x := range 4 {
			if got, want := float64(c.At(x, y).A), xs[x]*ys[y]; math.Abs(got-want) > 1e-3 {
				t.Errorf("pixel %d,%d has %g, want %g", x, y, got, want)
			}
		}
	}
}

// randomPath draws within spread times size about the middle of the square.
func randomPath(rng *rand.Rand, size, spread float64) Path {
	var p Path
	one := func() float64 { return ((rng.Float64()-0.5)*spread + 0.5) * size }
	at := func() (float64, float64) { return one(), one() }
	for range 1 + rng.IntN(3) {
		x, y := at()
		p.MoveTo(x, y)
		for range 1 + rng.IntN(6) {
			x, y := at()
			a, b := at()
			c, d := at()
			switch rng.IntN(3) {
			case 0:
				p.LineTo(x, y)
			case 1:
				p.QuadTo(a, b, x, y)
			case 2:
				p.CubeTo(a, b, c, d, x, y)
			}
		}
		if rng.IntN(2) == 0 {
			p.Close()
		}
	}
	return p
}

// What is cut off by the canvas's border must not change what is inside it.
func TestClippingDoesNotChangeCoverage(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		p := randomPath(rng, 60, 2)
		evenOdd := []Option{EvenOdd()}[:i%2]
		big := painted(60+60+60, 60+60+60, p.Transform(Translate(60, 60)), evenOdd...)
		small := painted(60, 60, p, evenOdd...)
		for y := range 60 {
			for x := range 60 {
				a, b := small.At(x, y).A, big.At(x+60, y+60).A
				if math.Abs(float64(a-b)) > 2e-3 {
					t.Fatalf("case %d: pixel %d,%d is %g cut and %g whole", i, x, y, a, b)
				}
			}
		}
	}
}

// x/image/vector uses another arithmetic on the same idea: it is the oracle.
func TestCoverageAgreesWithVector(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	const size = 600 // above 512 vector computes in floats as well
	for i := range 20 {
		p := randomPath(rng, size, 1)
		z := vector.NewRasterizer(size, size)
		p.flatten(flatTolerance, func(a, b Point) {
			x, y := z.Pen()
			if float32(a.X) != x || float32(a.Y) != y {
				z.ClosePath()
				z.MoveTo(float32(a.X), float32(a.Y))
			}
			z.LineTo(float32(b.X), float32(b.Y))
		})
		z.ClosePath()
		want := image.NewAlpha(image.Rect(0, 0, size, size))
		z.Draw(want, want.Rect, image.NewUniform(color.Opaque), image.Point{})
		got := painted(size, size, p)
		bad := 0
		for y := range size {
			for x := range size {
				if d := float64(got.At(x, y).A)*255 - float64(want.AlphaAt(x, y).A); math.Abs(d) > 3 {
					bad++
				}
			}
		}
		if bad > 20 {
			t.Errorf("case %d: %d pixels differ by more than 3 of 255", i, bad)
		}
	}
}

func TestWindingRules(t *testing.T) {
	t.Parallel()
	nested := Rect(10, 10, 80, 80)
	nested.Append(Rect(30, 30, 40, 40))
	counter := Rect(10, 10, 80, 80)
	counter.Append(Polygon(Point{30, 30}, Point{30, 70}, Point{70, 70}, Point{70, 30}))
	star := Polygon(Polar(45, -90).Add(Point{50, 50}), Polar(45, 54).Add(Point{50, 50}), Polar(45, 198).Add(Point{50, 50}),
		Polar(45, 342).Add(Point{50, 50}), Polar(45, 126).Add(Point{50, 50}))
	for _, tc := range []struct {
		name string
		p    Path
		opts []Option
		want float32
	}{
		{"same direction, nonzero", nested, nil, 1},
		{"same direction, even-odd", nested, []Option{EvenOdd()}, 0},
		{"opposite direction, nonzero", counter, nil, 0},
		{"opposite direction, even-odd", counter, []Option{EvenOdd()}, 0},
		{"pentagram, nonzero", star, nil, 1},
		{"pentagram, even-odd", star, []Option{EvenOdd()}, 0},
	} {
		if got := painted(100, 100, tc.p, tc.opts...).At(50, 50).A; got != tc.want {
			t.Errorf("%s: the middle is %g, want %g", tc.name, got, tc.want)
		}
	}
}

func TestImpossiblePathsPaintNothing(t *testing.T) {
	t.Parallel()
	for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300} {
		p := Rect(1, 1, 5, 5)
		p.LineTo(v, 3)
		c := NewCanvas(8, 8)
		c.Fill(p, Solid(Black))
		c.Fill(p, Solid(Black), Blur(2))
		c.Fill(Rect(0, 0, 8, 8), Solid(Black), Clip(p))
		if alphaSum(c) != 0 {
			t.Errorf("a path through %g painted something", v)
		}
	}
}

func FuzzFill(f *testing.F) {
	f.Add([]byte{0, 10, 10, 1, 200, 30, 2, 3, 4, 5, 6, 4}, 3.0, uint8(0))
	f.Add([]byte{1, 0, 255, 3, 9, 9, 9, 9, 9, 9, 0, 0, 0, 4, 4, 2}, 0.0, uint8(7))
	f.Fuzz(func(t *testing.T, data []byte, sigma float64, mode uint8) {
		if len(data) > 400 {
			return
		}
		var p Path
		next := func() float64 {
			if len(data) == 0 {
				return 0
			}
			v := float64(int8(data[0]))
			data = data[1:]
			return v * 1.37
		}
		for len(data) > 0 {
			v := data[0] % 5
			data = data[1:]
			switch v {
			case 0:
				p.MoveTo(next(), next())
			case 1:
				p.LineTo(next(), next())
			case 2:
				p.QuadTo(next(), next(), next(), next())
			case 3:
				p.CubeTo(next(), next(), next(), next(), next(), next())
			case 4:
				p.Close()
			}
		}
		c := NewCanvas(64, 48)
		c.Clear(Color{0.3, 0.5, 0.7, 0.8})
		lin := Linear(Point{3, 4}, Point{50, 20}, Stop{0, Black}, Stop{1, White.WithAlpha(0.3)})
		c.Fill(p, lin, Blend(BlendMode(mode%11)), Blur(sigma))
		c.Fill(Stroke(p, math.Abs(sigma)+1), lin, EvenOdd(), Clip(p))
		for i, v := range c.Pix {
			if !(v >= -1e-4 && v <= 1+1e-4) {
				t.Fatalf("value %d is %g", i, v)
			}
		}
	})
}
