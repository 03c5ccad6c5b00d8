package compose

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"marquee/internal/raster"
)

// maxNumber bounds every number of a drawing, so that none of the sums made of
// them overflows or loses its fraction.
const maxNumber = 1e6

// scanner reads the number lists of path data, points and transforms.
type scanner struct {
	s   string
	pos int
}

func (c *scanner) space() {
	for c.pos < len(c.s) {
		switch c.s[c.pos] {
		case ' ', '\t', '\r', '\n', '\f', ',':
			c.pos++
		default:
			return
		}
	}
}

func (c *scanner) done() bool {
	c.space()
	return c.pos >= len(c.s)
}

// number reads one number; false when there is none or it is too large.
func (c *scanner) number() (float64, bool) {
	c.space()
	start := c.pos
	digits := func() (n int) {
		for c.pos < len(c.s) && c.s[c.pos] >= '0' && c.s[c.pos] <= '9' {
			c.pos++
			n++
		}
		return n
	}
	sign := func() {
		if c.pos < len(c.s) && (c.s[c.pos] == '+' || c.s[c.pos] == '-') {
			c.pos++
		}
	}
	sign()
	n := digits()
	if c.pos < len(c.s) && c.s[c.pos] == '.' {
		c.pos++
		n += digits()
	}
	if n == 0 {
		return 0, false
	}
	if c.pos < len(c.s) && (c.s[c.pos] == 'e' || c.s[c.pos] == 'E') {
		back := c.pos
		c.pos++
		sign()
		if digits() == 0 {
			c.pos = back
		}
	}
	v, err := strconv.ParseFloat(c.s[start:c.pos], 64)
	if err != nil || math.Abs(v) > maxNumber {
		return 0, false
	}
	return v, true
}

// flag reads an arc's flag, which may stand against the next number.
func (c *scanner) flag() (bool, bool) {
	c.space()
	if c.pos >= len(c.s) || c.s[c.pos] != '0' && c.s[c.pos] != '1' {
		return false, false
	}
	c.pos++
	return c.s[c.pos-1] == '1', true
}

// numbers reads a whole list.
func numbers(s string) ([]float64, bool) {
	c := scanner{s: s}
	var out []float64
	for !c.done() {
		v, ok := c.number()
		if !ok {
			return nil, false
		}
		out = append(out, v)
	}
	return out, true
}

// length reads a number with an optional unit: px, or % of the whole given.
func length(s string, whole float64) (float64, bool) {
	c := scanner{s: strings.TrimSpace(s)}
	v, ok := c.number()
	if !ok {
		return 0, false
	}
	switch strings.TrimSpace(c.s[c.pos:]) {
	case "", "px":
		return v, true
	case "%":
		return v / 100 * whole, !math.IsNaN(whole)
	}
	return 0, false
}

// share reads an opacity or offset: a number or percentage, cut to 0 to 1.
func share(s string) (float64, bool) {
	v, ok := length(s, 1)
	return max(0, min(1, v)), ok
}

// transform reads a transform list.
func transform(s string) (raster.Matrix, bool) {
	m := raster.Identity
	for rest := strings.TrimLeft(s, " ,\t\r\n"); rest != ""; rest = strings.TrimLeft(rest, " ,\t\r\n") {
		name, after, ok := strings.Cut(rest, "(")
		if !ok {
			return m, rest == "none" && m == raster.Identity
		}
		inner, tail, ok := strings.Cut(after, ")")
		a, numbersOK := numbers(inner)
		if !ok || !numbersOK {
			return m, false
		}
		rest = tail
		n, ok := oneTransform(strings.TrimSpace(name), a)
		if !ok {
			return m, false
		}
		m = m.Mul(n)
		for _, v := range m {
			if !(math.Abs(v) <= maxNumber*maxNumber) {
				return m, false
			}
		}
	}
	return m, true
}

func oneTransform(name string, a []float64) (raster.Matrix, bool) {
	switch {
	case name == "matrix" && len(a) == 6:
		return raster.Matrix(a), true
	case name == "translate" && len(a) == 1:
		return raster.Translate(a[0], 0), true
	case name == "translate" && len(a) == 2:
		return raster.Translate(a[0], a[1]), true
	case name == "scale" && len(a) == 1:
		return raster.Scale(a[0], a[0]), true
	case name == "scale" && len(a) == 2:
		return raster.Scale(a[0], a[1]), true
	case name == "rotate" && len(a) == 1:
		return raster.Rotate(a[0]), true
	case name == "rotate" && len(a) == 3:
		return raster.RotateAbout(a[0], a[1], a[2]), true
	case name == "skewX" && len(a) == 1:
		return raster.Skew(a[0], 0), true
	case name == "skewY" && len(a) == 1:
		return raster.Skew(0, a[0]), true
	}
	return raster.Identity, false
}

// colour reads #rgb, #rrggbb, a CSS colour name, rgb() and rgba().
func colour(s string) (raster.Color, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if strings.HasPrefix(s, "#") {
		c, err := raster.ParseHex(s)
		return c, err == nil
	}
	if s == "transparent" {
		return raster.Transparent, true
	}
	if c, ok := colornames.Map[s]; ok {
		return raster.RGB(c.R, c.G, c.B), true
	}
	inner, ok := strings.CutPrefix(s, "rgba(")
	if !ok {
		inner, ok = strings.CutPrefix(s, "rgb(")
	}
	inner, closed := strings.CutSuffix(inner, ")")
	if !ok || !closed {
		return raster.Color{}, false
	}
	parts := strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ' ' || r == '/' })
	if len(parts) != 3 && len(parts) != 4 {
		return raster.Color{}, false
	}
	v := [4]float64{3: 1}
	for i, p := range parts {
		x, ok := length(p, 255)
		if i == 3 {
			x, ok = length(p, 1)
			x *= 255
		}
		if !ok {
			return raster.Color{}, false
		}
		v[i] = max(0, min(1, x/255))
	}
	return raster.Color{R: float32(v[0]), G: float32(v[1]), B: float32(v[2]), A: float32(v[3])}, true
}
