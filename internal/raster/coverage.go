package raster

import "math"

// coverage turns lines into exact area coverage. Every line adds, to the cells
// it crosses, the change of covered area that a running sum along the row then
// turns into coverage: the accumulation buffer of font rasterizers. It keeps
// floats where x/image/vector keeps bytes, remembers what each row touched so
// that long thin shapes cost little, and can fold the sum for even-odd.
type coverage struct {
	w, h   int
	stride int
	acc    []float32 // all zero between uses
	lo, hi []int32   // touched cells of each row; lo > hi when none
}

func (c *coverage) reset(w, h int) {
	c.w, c.h, c.stride = w, h, w+2
	if n := c.stride * h; len(c.acc) < n {
		c.acc = make([]float32, n)
	}
	if len(c.lo) < h {
		c.lo, c.hi = make([]int32, h), make([]int32, h)
	}
	for y := range h {
		c.lo[y], c.hi[y] = int32(w)+1, -1
	}
}

// add accumulates a path, moved by -ox, -oy.
func (c *coverage) add(p Path, ox, oy float64) {
	p.flatten(flatTolerance, func(a, b Point) {
		c.line(a.X-ox, a.Y-oy, b.X-ox, b.Y-oy)
	})
}

func (c *coverage) line(ax, ay, bx, by float64) {
	if ay == by {
		return
	}
	dir := 1.0
	if ay > by {
		ax, ay, bx, by, dir = bx, by, ax, ay, -1
	}
	h, w := float64(c.h), float64(c.w)
	if by <= 0 || ay >= h {
		return
	}
	slope := (bx - ax) / (by - ay)
	if ay < 0 {
		ax, ay = ax-ay*slope, 0
	}
	if by > h {
		bx, by = ax+(h-ay)*slope, h
	}
	switch {
	case ax >= 0 && bx >= 0 && ax <= w && bx <= w:
		c.inside(ax, ay, bx, by, dir)
	case ax <= 0 && bx <= 0:
		c.inside(0, ay, 0, by, dir)
	case ax >= w && bx >= w:
		c.right(ay, by)
	default:
		// What lies left of the box still counts for all of its row; what lies
		// right of it counts for nothing but keeps the row open.
		y0, x0 := ay, ax
		cut := func(x float64) {
			if (ax < x) == (bx < x) {
				return
			}
			y := max(y0, min(by, ay+(x-ax)/slope))
			c.piece(x0, y0, x, y, dir)
			x0, y0 = x, y
		}
		if slope > 0 {
			cut(0)
			cut(w)
		} else {
			cut(w)
			cut(0)
		}
		c.piece(x0, y0, bx, by, dir)
	}
}

func (c *coverage) piece(ax, ay, bx, by, dir float64) {
	w := float64(c.w)
	if mid := (ax + bx) / 2; mid >= w {
		c.right(ay, by)
		return
	}
	c.inside(max(0, min(w, ax)), ay, max(0, min(w, bx)), by, dir)
}

func (c *coverage) right(ay, by float64) {
	for y := int(ay); y < c.h && float64(y) < by; y++ {
		c.hi[y] = int32(c.w)
	}
}

func (c *coverage) inside(ax, ay, bx, by, dir float64) {
	if by <= ay {
		return
	}
	slope := (bx - ax) / (by - ay)
	xmin, xmax := min(ax, bx), max(ax, bx)
	for y := int(ay); y < c.h && float64(y) < by; y++ {
		y0, y1 := max(ay, float64(y)), min(by, float64(y+1))
		d := (y1 - y0) * dir
		lo := max(xmin, min(xmax, ax+(y0-ay)*slope))
		hi := max(xmin, min(xmax, ax+(y1-ay)*slope))
		if lo > hi {
			lo, hi = hi, lo
		}
		row := c.acc[y*c.stride : (y+1)*c.stride]
		i0 := int(lo)
		i1 := int(math.Ceil(hi))
		if int32(i0) < c.lo[y] {
			c.lo[y] = int32(i0)
		}
		if i1 <= i0+1 {
			if int32(i0+1) > c.hi[y] {
				c.hi[y] = int32(i0 + 1)
			}
			m := d * ((lo+hi)/2 - float64(i0))
			row[i0] += float32(d - m)
			row[i0+1] += float32(m)
			continue
		}
		if int32(i1) > c.hi[y] {
			c.hi[y] = int32(i1)
		}
		// The covered area left of t grows as (t-lo)² / 2(hi-lo).
		k := d / (2 * (hi - lo))
		var before, share float64
		for i := i0; i < i1; i++ {
			t := min(float64(i+1), hi) - lo
			area := k * t * t
			if e := float64(i+1) - hi; e > 0 {
				area += d * e
			}
			s := area - before
			row[i] += float32(s - share)
			before, share = area, s
		}
		row[i1] += float32(d - share)
	}
}

// sliver is the coverage below which a pixel counts as empty (and above one
// minus which as full): less than an eighth of an 8-bit step, more than the
// rounding of the running sums.
const sliver = 1.0 / 2048

// row sums up row y into dst (at least w long), clears it, and returns the
// range of pixels that may be covered.
func (c *coverage) row(y int, evenOdd bool, dst []float32) (x0, x1 int) {
	lo, hi := int(c.lo[y]), int(c.hi[y])
	if lo > hi {
		return 0, 0
	}
	acc := c.acc[y*c.stride+lo : y*c.stride+hi+1]
	x1 = min(hi+1, c.w)
	if lo >= x1 {
		clear(acc)
		return 0, 0
	}
	out := dst[lo:x1]
	var s float32
	for i := range out {
		s += acc[i]
		v := s
		if v < 0 {
			v = -v
		}
		if evenOdd && v > 1 {
			v -= 2 * float32(int(v/2))
			if v > 1 {
				v = 2 - v
			}
		}
		if v < sliver {
			v = 0
		} else if v > 1-sliver {
			v = 1
		}
		out[i] = v
	}
	clear(acc)
	return lo, x1
}
