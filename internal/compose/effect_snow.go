package compose

import (
	"cmp"
	"math"
	"slices"

	"marquee/internal/raster"
)

// flake is one snowflake: an ellipse of soft light, in the document's pixels.
type flake struct {
	at     raster.Matrix // from the unit circle
	x, y   float64
	radius float64
	alpha  float64
}

// snow falls in front of what is below it: small and many far away, large, soft
// and few near by. What a flake hides and shows is light: its ramp falls faster
// than it looks.
type snow struct {
	whole
	flakes []flake
	dot    raster.Paint
}

const (
	leastFlakes = 60
	mostFlakes  = 700
)

func newSnow(p *placed, strength float64) *snow {
	w, h := p.box.Width, p.box.Height
	// White light over a blue evening looks warm; snow is lit by the sky.
	c := p.tint("#f2f8ff")
	s := &snow{whole: whole{w, h}, dot: raster.Radial(raster.Point{}, 1,
		raster.Stop{At: 0, Color: c}, raster.Stop{At: 0.3, Color: c.WithAlpha(0.75)},
		raster.Stop{At: 0.55, Color: c.WithAlpha(0.28)}, raster.Stop{At: 0.8, Color: c.WithAlpha(0.05)}, raster.Stop{At: 1, Color: c.WithAlpha(0)})}
	size := usual(p.layer.Size, 1) * math.Sqrt(w*h) / 1000
	n := leastFlakes + int(strength*(mostFlakes-leastFlakes))
	seed := uint32(p.layer.Seed)
	for i := range n {
		k := uint32(i)
		r := func(of uint32) float64 { return unitHash(k*8+of, seed, 0x5eed) }
		// The golden ratio's plane cousin spreads flakes evenly; a jitter hides it.
		const a1, a2 = 0.7548776662466927, 0.5698402909980532
		x := frac(r(0)*0.04+float64(i)*a1+float64(seed%997)/997) * w
		y := frac(r(1)*0.04+float64(i)*a2) * h
		near := math.Pow(r(2), 3.2)
		radius := (1.6 + 12*near) * (0.75 + 0.5*r(3)) * size
		f := flake{x: x, y: y, radius: radius * 1.5, alpha: (0.95 - 0.55*near) * (0.5 + 0.5*r(4))}
		stretch := 1 + 0.35*near
		f.at = raster.Translate(x, y).Mul(raster.Rotate(-p.layer.Angle)).Mul(raster.Scale(radius, radius*stretch))
		s.flakes = append(s.flakes, f)
	}
	slices.SortStableFunc(s.flakes, func(a, b flake) int { return cmp.Compare(a.radius, b.radius) })
	return s
}

func frac(v float64) float64 { return v - math.Floor(v) }

func (s *snow) paint(b *brush, mask *raster.Mask) {
	k := b.scale
	unit := raster.Circle(0, 0, 1)
	for _, f := range s.flakes {
		x, y, r := f.x*k, f.y*k, f.radius*k
		a := b.area
		if x+r < float64(a.Min.X) || x-r > float64(a.Max.X) || y+r < float64(a.Min.Y) || y-r > float64(a.Max.Y) {
			continue
		}
		m := b.view.Mul(f.at)
		b.strip.Fill(unit.Transform(m), s.dot.Transform(m), append(within(mask), raster.Opacity(f.alpha), raster.AsLight())...)
	}
}
