package raster

import (
	"image"
	"math"
	"sort"
)

// Stop is one colour of a gradient at an offset from 0 to 1.
type Stop struct {
	At    float64
	Color Color
}

// Spread says what a gradient does outside its own 0 to 1.
type Spread uint8

// Pad continues the last colour, Repeat starts again, Reflect runs back.
const (
	Pad Spread = iota
	Repeat
	Reflect
)

type paintKind uint8

const (
	paintSolid paintKind = iota
	paintLinear
	paintRadial
	paintPattern
	paintPicture
)

// lutSize is fine enough for a gradient over 4096 pixels to change by less than
// an 8-bit step between entries; the output's dither does the rest.
const lutSize = 1024

// Paint is what a shape is filled with. Build one with Solid, Linear, Radial or
// Pattern; the zero value paints nothing.
type Paint struct {
	kind   paintKind
	spread Spread
	opaque bool
	solid  [4]float32   // premultiplied
	lut    [][4]float32 // premultiplied
	// inv takes canvas pixels to gradient space (linear: x from 0 to 1; radial:
	// the unit circle about 0,0) or to the pixels of a pattern.
	inv   Matrix
	focus Point
	src   *Canvas
	img   *image.NRGBA
}

func premultiply(c Color) [4]float32 {
	a := max(0, min(1, c.A))
	return [4]float32{c.R * a, c.G * a, c.B * a, a}
}

// Solid paints one colour.
func Solid(c Color) Paint {
	return Paint{kind: paintSolid, solid: premultiply(c), opaque: c.A >= 1}
}

// Linear paints a gradient along the line from one point to another. Stops are
// put in order; colours between them are mixed as sRGB with straight alpha, as
// SVG and canvas do. Without stops it paints nothing.
func Linear(from, to Point, stops ...Stop) Paint {
	d := to.Sub(from)
	l2 := d.X*d.X + d.Y*d.Y
	if l2 == 0 {
		return lastStop(stops)
	}
	p := gradient(paintLinear, stops)
	p.inv = Matrix{d.X / l2, 0, d.Y / l2, 0, -(from.X*d.X + from.Y*d.Y) / l2, 0}
	return p
}

// Radial paints a gradient from the centre to the circle of radius r.
func Radial(center Point, r float64, stops ...Stop) Paint {
	return RadialFocus(center, r, center, stops...)
}

// RadialFocus is Radial with the first colour at focus, which is drawn inside
// the circle when it lies outside.
func RadialFocus(center Point, r float64, focus Point, stops ...Stop) Paint {
	if !(r > 0) {
		return lastStop(stops)
	}
	p := gradient(paintRadial, stops)
	p.inv = Matrix{1 / r, 0, 0, 1 / r, -center.X / r, -center.Y / r}
	p.focus = focus.Sub(center).Mul(1 / r)
	if l := p.focus.Len(); l > 0.99 {
		p.focus = p.focus.Mul(0.99 / l)
	}
	return p
}

// Pattern paints a canvas's pixels, whose own pixel space m takes to the space
// being painted; outside the source its border pixels continue. The source must
// not change while the paint is in use.
func Pattern(src *Canvas, m Matrix) Paint {
	inv, ok := m.Invert()
	if !ok || src == nil || src.W == 0 || src.H == 0 {
		return Paint{}
	}
	// Shrinking by more than the 2×2 pixels of a bilinear sample would skip
	// source pixels, so average whole blocks first.
	fx := shrinkFactor(math.Hypot(inv[0], inv[2]), src.W)
	fy := shrinkFactor(math.Hypot(inv[1], inv[3]), src.H)
	if fx > 1 || fy > 1 {
		src = src.blocks(fx, fy)
		inv = Scale(1/float64(fx), 1/float64(fy)).Mul(inv)
	}
	return Paint{kind: paintPattern, inv: inv, src: src}
}

func shrinkFactor(step float64, size int) int {
	return max(1, min(int(step+0.25), size))
}

func lastStop(stops []Stop) Paint {
	if len(stops) == 0 {
		return Paint{}
	}
	return Solid(stops[len(stops)-1].Color)
}

func gradient(kind paintKind, stops []Stop) Paint {
	if len(stops) == 0 {
		return Paint{}
	}
	s := append([]Stop(nil), stops...)
	sort.SliceStable(s, func(i, j int) bool { return s[i].At < s[j].At })
	p := Paint{kind: kind, lut: make([][4]float32, lutSize), opaque: true}
	for _, st := range s {
		p.opaque = p.opaque && st.Color.A >= 1
	}
	k := 0
	for i := range p.lut {
		t := float64(i) / (lutSize - 1)
		for k < len(s) && s[k].At <= t {
			k++
		}
		switch {
		case k == 0:
			p.lut[i] = premultiply(s[0].Color)
		case k == len(s):
			p.lut[i] = premultiply(s[k-1].Color)
		default:
			a, b := s[k-1], s[k]
			f := float32((t - a.At) / (b.At - a.At))
			p.lut[i] = premultiply(Color{
				a.Color.R + (b.Color.R-a.Color.R)*f,
				a.Color.G + (b.Color.G-a.Color.G)*f,
				a.Color.B + (b.Color.B-a.Color.B)*f,
				a.Color.A + (b.Color.A-a.Color.A)*f,
			})
		}
	}
	return p
}

// Transform returns the paint moved with the plane by m, as a shape with the
// same transform would be. A transform that cannot be undone gives a paint of
// nothing, except for solid colours.
func (p Paint) Transform(m Matrix) Paint {
	if p.kind == paintSolid {
		return p
	}
	inv, ok := m.Invert()
	if !ok {
		return Paint{}
	}
	p.inv = p.inv.Mul(inv)
	return p
}

// WithSpread returns the gradient with another behaviour outside its ends.
func (p Paint) WithSpread(s Spread) Paint {
	p.spread = s
	return p
}

func (p *Paint) index(t float64) int {
	switch {
	case t != t:
		return 0
	case p.spread == Repeat:
		t -= math.Floor(t)
	case p.spread == Reflect:
		t = math.Abs(t - 2*math.Floor(t/2+0.5))
	}
	if t <= 0 {
		return 0
	}
	if t >= 1 {
		return lutSize - 1
	}
	return int(t*(lutSize-1) + 0.5)
}

// row writes the premultiplied colours of n = len(dst)/4 pixels from x, y on.
func (p *Paint) row(dst []float32, x, y int) {
	px, py := float64(x)+0.5, float64(y)+0.5
	u := p.inv[0]*px + p.inv[2]*py + p.inv[4]
	switch p.kind {
	case paintSolid:
		for i := 0; i+3 < len(dst); i += 4 {
			*(*[4]float32)(dst[i:]) = p.solid
		}
	case paintLinear:
		du := p.inv[0]
		if du == 0 {
			c := p.lut[p.index(u)]
			for i := 0; i+3 < len(dst); i += 4 {
				*(*[4]float32)(dst[i:]) = c
			}
			return
		}
		for i := 0; i+3 < len(dst); i += 4 {
			*(*[4]float32)(dst[i:]) = p.lut[p.index(u)]
			u += du
		}
	case paintRadial:
		v := p.inv[1]*px + p.inv[3]*py + p.inv[5]
		du, dv := p.inv[0], p.inv[1]
		if p.focus != (Point{}) {
			p.focalRow(dst, u, v, du, dv)
			return
		}
		for i := 0; i+3 < len(dst); i += 4 {
			*(*[4]float32)(dst[i:]) = p.lut[p.index(math.Sqrt(u*u+v*v))]
			u += du
			v += dv
		}
	case paintPattern:
		v := p.inv[1]*px + p.inv[3]*py + p.inv[5]
		p.src.sampleRow(dst, u-0.5, v-0.5, p.inv[0], p.inv[1])
	case paintPicture:
		v := p.inv[1]*px + p.inv[3]*py + p.inv[5]
		sampleImageRow(dst, p.img, u-0.5, v-0.5, p.inv[0], p.inv[1])
	}
}

// focalRow finds, for each pixel, the t whose circle (centre moving from focus
// to 0,0 and radius from 0 to 1) passes through it.
func (p *Paint) focalRow(dst []float32, u, v, du, dv float64) {
	fx, fy := p.focus.X, p.focus.Y
	a := 1 - fx*fx - fy*fy // positive: the focus lies inside
	for i := 0; i+3 < len(dst); i += 4 {
		x, y := u-fx, v-fy
		b := x*fx + y*fy
		t := (b + math.Sqrt(max(0, b*b+a*(x*x+y*y)))) / a
		*(*[4]float32)(dst[i:]) = p.lut[p.index(t)]
		u += du
		v += dv
	}
}
