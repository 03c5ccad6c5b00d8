package paint

import (
	"math"

	"marquee/internal/raster"
)

// tint is a colour in OKLCH: l is lightness 0..1, c chroma 0..0.37, h hue in
// radians. Every colour decision of the painter is made here and becomes sRGB
// only when a shape is filled, so that steps look even to the eye.
type tint struct{ l, c, h float64 }

func (t tint) ab() (a, b float64) { return t.c * math.Cos(t.h), t.c * math.Sin(t.h) }

func tintOf(c raster.Color) tint {
	l, a, b := c.OKLab()
	return tint{l, math.Hypot(a, b), math.Atan2(b, a)}
}

// blend goes from t to o by f in 0..1 through OKLab, which keeps mixes of warm
// and cold from turning grey-green half way.
func (t tint) blend(o tint, f float64) tint {
	f = clamp(f, 0, 1)
	ta, tb := t.ab()
	oa, ob := o.ab()
	a, b := mix(ta, oa, f), mix(tb, ob, f)
	return tint{mix(t.l, o.l, f), math.Hypot(a, b), math.Atan2(b, a)}
}

// Paper and ink can show neither pure black nor pure white.
const darkest, lightest = 0.10, 0.985

// lift changes lightness by d.
func (t tint) lift(d float64) tint { return t.at(t.l + d) }

// at sets lightness.
func (t tint) at(l float64) tint {
	t.l = clamp(l, darkest, lightest)
	return t
}

// soft multiplies chroma.
func (t tint) soft(f float64) tint {
	t.c = clamp(t.c*f, 0, 0.37)
	return t
}

// turned moves the hue by d radians: towards rose when d is negative and the
// tint is warm.
func (t tint) turned(d float64) tint {
	t.h += d
	return t
}

// color gives the tint in sRGB with an alpha in 0..1.
func (t tint) color(alpha float64) raster.Color {
	return raster.OKLCH(t.l, t.c, t.h*180/math.Pi).WithAlpha(alpha)
}

func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, v)) }

func mix(a, b, f float64) float64 { return a + (b-a)*f }

// smooth is a soft step from 0 at lo to 1 at hi.
func smooth(lo, hi, v float64) float64 {
	t := clamp((v-lo)/(hi-lo), 0, 1)
	return t * t * (3 - 2*t)
}
