package raster

import (
	"fmt"
	"math"
	"strconv"
)

// Color is an sRGB-encoded colour with straight (not premultiplied) alpha, each
// part from 0 to 1.
type Color struct{ R, G, B, A float32 }

// Black, White and Transparent are what they say.
var (
	Black       = Color{0, 0, 0, 1}
	White       = Color{1, 1, 1, 1}
	Transparent = Color{}
)

// RGB returns the opaque colour of three parts from 0 to 255.
func RGB(r, g, b uint8) Color {
	return Color{float32(r) / 255, float32(g) / 255, float32(b) / 255, 1}
}

// ParseHex reads "#rgb", "#rgba", "#rrggbb" or "#rrggbbaa".
func ParseHex(s string) (Color, error) {
	bad := func() (Color, error) {
		return Color{}, fmt.Errorf("raster: %.20q is not a colour like #1f6f5c", s)
	}
	if len(s) < 4 || s[0] != '#' {
		return bad()
	}
	h := s[1:]
	if len(h) == 3 || len(h) == 4 {
		long := make([]byte, 0, 8)
		for i := range len(h) {
			long = append(long, h[i], h[i])
		}
		h = string(long)
	}
	if len(h) == 6 {
		h += "ff"
	}
	if len(h) != 8 {
		return bad()
	}
	v, err := strconv.ParseUint(h, 16, 32)
	if err != nil {
		return bad()
	}
	return Color{float32(v>>24) / 255, float32(v>>16&255) / 255, float32(v>>8&255) / 255, float32(v&255) / 255}, nil
}

// Hex is ParseHex for colours written in the program; it panics when the text
// is no colour. Use ParseHex for anything that comes from outside.
func Hex(s string) Color {
	c, err := ParseHex(s)
	if err != nil {
		panic(err)
	}
	return c
}

// Hex returns the colour as "#rrggbb", or "#rrggbbaa" when it is not opaque.
func (c Color) Hex() string {
	b := func(v float32) uint8 { return uint8(max(0, min(255, v*255+0.5))) }
	if b(c.A) == 255 {
		return fmt.Sprintf("#%02x%02x%02x", b(c.R), b(c.G), b(c.B))
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", b(c.R), b(c.G), b(c.B), b(c.A))
}

// WithAlpha returns the colour with its alpha replaced.
func (c Color) WithAlpha(a float64) Color {
	c.A = float32(max(0, min(1, a)))
	return c
}

func toLinear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func toEncoded(v float64) float64 {
	if v <= 0.0031308 {
		return v * 12.92
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// OKLab returns the colour's lightness (0 to 1) and its two opponent
// coordinates in Björn Ottosson's OKLab space.
func (c Color) OKLab() (l, a, b float64) {
	r, g, bl := toLinear(float64(c.R)), toLinear(float64(c.G)), toLinear(float64(c.B))
	x := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*bl)
	y := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*bl)
	z := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*bl)
	return 0.2104542553*x + 0.7936177850*y - 0.0040720468*z,
		1.9779984951*x - 2.4285922050*y + 0.4505937099*z,
		0.0259040371*x + 0.7827717662*y - 0.8086757660*z
}

func labToRGB(l, a, b float64) (r, g, bl float64) {
	x := l + 0.3963377774*a + 0.2158037573*b
	y := l - 0.1055613458*a - 0.0638541728*b
	z := l - 0.0894841775*a - 1.2914855480*b
	x, y, z = x*x*x, y*y*y, z*z*z
	return toEncoded(4.0767416621*x - 3.3077115913*y + 0.2309699292*z),
		toEncoded(-1.2684380046*x + 2.6097574011*y - 0.3413193965*z),
		toEncoded(-0.0041960863*x - 0.7034186147*y + 1.7076147010*z)
}

// OKLab returns the opaque colour at OKLab coordinates. What sRGB cannot show
// is clipped part by part; OKLCH keeps the hue instead.
func OKLab(l, a, b float64) Color {
	r, g, bl := labToRGB(l, a, b)
	u := func(v float64) float32 { return float32(max(0, min(1, v))) }
	return Color{u(r), u(g), u(bl), 1}
}

// OKLCH returns the colour's lightness (0 to 1), chroma (0 to about 0.33) and
// hue in degrees (0 to 360).
func (c Color) OKLCH() (l, ch, hue float64) {
	l, a, b := c.OKLab()
	hue = math.Atan2(b, a) * 180 / math.Pi
	if hue < 0 {
		hue += 360
	}
	return l, math.Hypot(a, b), hue
}

// OKLCH returns the opaque colour of a lightness (0 to 1), chroma (0 to about
// 0.33) and hue in degrees. A chroma that sRGB cannot show is lowered until it
// can, so lightness and hue stay.
func OKLCH(l, c, h float64) Color {
	l = max(0, min(1, l))
	s, co := math.Sincos(h * math.Pi / 180)
	fits := func(c float64) bool {
		r, g, b := labToRGB(l, c*co, c*s)
		const e = 1e-4
		return min(r, g, b) >= -e && max(r, g, b) <= 1+e
	}
	c = max(0, c)
	if !fits(c) {
		lo, hi := 0.0, c
		for range 24 {
			if m := (lo + hi) / 2; fits(m) {
				lo = m
			} else {
				hi = m
			}
		}
		c = lo
	}
	return OKLab(l, c*co, c*s)
}

// Mix returns the colour at t (0 to 1) between a and b, even to the eye: the
// way runs straight through OKLab. Alpha runs along.
func Mix(a, b Color, t float64) Color {
	t = max(0, min(1, t))
	l0, a0, b0 := a.OKLab()
	l1, a1, b1 := b.OKLab()
	m := OKLab(l0+(l1-l0)*t, a0+(a1-a0)*t, b0+(b1-b0)*t)
	m.A = a.A + (b.A-a.A)*float32(t)
	return m
}

// Adjust returns the colour with its OKLCH lightness moved by dl, its chroma
// multiplied by kc and its hue turned by dh degrees.
func (c Color) Adjust(dl, kc, dh float64) Color {
	l, ch, h := c.OKLCH()
	m := OKLCH(l+dl, ch*kc, h+dh)
	m.A = c.A
	return m
}

// Luminance returns the relative luminance (0 to 1) of WCAG 2, alpha ignored.
func (c Color) Luminance() float64 {
	return 0.2126*toLinear(float64(c.R)) + 0.7152*toLinear(float64(c.G)) + 0.0722*toLinear(float64(c.B))
}

// Contrast returns the WCAG 2 contrast ratio of two opaque colours, 1 to 21.
func Contrast(a, b Color) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
