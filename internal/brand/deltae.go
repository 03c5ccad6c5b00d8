package brand

import (
	"math"

	"marquee/internal/raster"
)

// Lab is a colour in CIE L*a*b* with the white point D65, the white of sRGB:
// L from 0 (black) to 100 (white), A from green to red and B from blue to
// yellow, each some -128 to 128.
type Lab struct{ L, A, B float64 }

// LabOf gives the CIELAB values of an sRGB colour; its alpha is passed over.
func LabOf(c raster.Color) Lab {
	return labOfLinear(toLight(float64(c.R)), toLight(float64(c.G)), toLight(float64(c.B)))
}

// toLight is the light of an sRGB-encoded value, both 0 to 1.
func toLight(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func labOfLinear(r, g, b float64) Lab {
	// The primaries of IEC 61966-2-1, each row divided by the white's X, Y, Z.
	x := (0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047
	y := 0.2126729*r + 0.7151522*g + 0.0721750*b
	z := (0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883
	fx, fy, fz := labCurve(x), labCurve(y), labCurve(z)
	return Lab{116*fy - 16, 500 * (fx - fy), 200 * (fy - fz)}
}

func labCurve(t float64) float64 {
	const d = 6.0 / 29
	if t > d*d*d {
		return math.Cbrt(t)
	}
	return t/(3*d*d) + 4.0/29
}

// DeltaE2000 is the colour difference CIEDE2000 of two colours, with all three
// weights at 1. 0 is no difference; up to about 1 nobody sees one.
func DeltaE2000(p, q Lab) float64 {
	const pow7of25 = 6103515625
	mean7 := math.Pow((math.Hypot(p.A, p.B)+math.Hypot(q.A, q.B))/2, 7)
	g := 1 + 0.5*(1-math.Sqrt(mean7/(mean7+pow7of25)))
	a1, a2 := p.A*g, q.A*g
	c1, c2 := math.Hypot(a1, p.B), math.Hypot(a2, q.B)
	h1, h2 := hue(a1, p.B), hue(a2, q.B)

	dl, dc := q.L-p.L, c2-c1
	dh := 0.0
	if c1*c2 != 0 {
		switch dh = h2 - h1; {
		case dh > 180:
			dh -= 360
		case dh < -180:
			dh += 360
		}
	}
	dH := 2 * math.Sqrt(c1*c2) * sinDegrees(dh/2)

	l, c := (p.L+q.L)/2, (c1+c2)/2
	h := h1 + h2
	if c1*c2 != 0 {
		switch {
		case math.Abs(h1-h2) <= 180:
			h /= 2
		case h < 360:
			h = (h + 360) / 2
		default:
			h = (h - 360) / 2
		}
	}
	t := 1 - 0.17*cosDegrees(h-30) + 0.24*cosDegrees(2*h) + 0.32*cosDegrees(3*h+6) - 0.20*cosDegrees(4*h-63)
	turn := 30 * math.Exp(-((h-275)/25)*((h-275)/25))
	c7 := math.Pow(c, 7)
	rc := 2 * math.Sqrt(c7/(c7+pow7of25))
	sl := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sc, sh := 1+0.045*c, 1+0.015*c*t
	rt := -sinDegrees(2*turn) * rc
	x, y, z := dl/sl, dc/sc, dH/sh
	return math.Sqrt(max(0, x*x+y*y+z*z+rt*y*z))
}

// hue is an angle from 0 to 360; 0 for a grey, which has none.
func hue(a, b float64) float64 {
	if a == 0 && b == 0 {
		return 0
	}
	h := math.Atan2(b, a) * 180 / math.Pi
	if h < 0 {
		h += 360
	}
	return h
}

func sinDegrees(d float64) float64 { return math.Sin(d * math.Pi / 180) }
func cosDegrees(d float64) float64 { return math.Cos(d * math.Pi / 180) }

// ColorDifference is the CIEDE2000 difference of two colours "#rrggbb"; an
// alpha is passed over. It is infinite if one of them can't be read.
func ColorDifference(a, b string) float64 {
	if !isHex(a) || !isHex(b) {
		return math.Inf(1)
	}
	p, errP := raster.ParseHex(a)
	q, errQ := raster.ParseHex(b)
	if errP != nil || errQ != nil {
		return math.Inf(1)
	}
	return DeltaE2000(LabOf(p), LabOf(q))
}
