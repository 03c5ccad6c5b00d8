package raster

import "math"

// edge says what a blur finds outside the picture.
type edge uint8

const (
	edgeEmpty edge = iota
	edgeExtend
)

// kernelSigma is the largest sigma blurred with a true Gaussian kernel; above
// it three box blurs are closer than an 8-bit step and cost the same at any
// size.
const kernelSigma = 2.5

// blurReach returns how far a blur of sigma carries, in pixels.
func blurReach(sigma float64) float64 { return 3*sigma + 2 }

// Blur softens the whole canvas with a Gaussian of standard deviation sigma
// pixels (up to 1000). What lies at the border counts as going on outside, so
// an opaque picture stays opaque.
func (c *Canvas) Blur(sigma float64) {
	sigma = min(sigma, 1000)
	if !(sigma > 0) || c.W == 0 || c.H == 0 {
		return
	}
	plane := make([]float32, c.W*c.H)
	for k := range 4 {
		for i := range plane {
			plane[i] = c.Pix[i*4+k]
		}
		blurPlane(plane, c.W, c.H, sigma, edgeExtend)
		for i, v := range plane {
			c.Pix[i*4+k] = v
		}
	}
}

// softCoverage returns the blurred coverage of p over the box. Large blurs are
// made on a smaller grid: what is left of detail after sigma 8 fits on it.
func (c *Canvas) softCoverage(p Path, b box, s *settings) *Mask {
	k := 1
	for s.blur/float64(k) >= 8 {
		k *= 2
	}
	pad := int(math.Ceil(blurReach(s.blur)))
	full, _ := pathBox(p, 0)
	// Nothing farther from the box than the blur's reach can be seen in it.
	full = box{full.x0 - pad, full.y0 - pad, full.x1 + pad, full.y1 + pad}.
		and(box{b.x0 - pad, b.y0 - pad, b.x1 + pad, b.y1 + pad})
	w, h := (full.x1-full.x0+k-1)/k+1, (full.y1-full.y0+k-1)/k+1
	soft := NewMask(w, h)
	scaled := p
	if k > 1 {
		scaled = p.Transform(Scale(1/float64(k), 1/float64(k)).Mul(Translate(-float64(full.x0), -float64(full.y0))))
	}
	c.cov.reset(w, h)
	if k > 1 {
		c.cov.add(scaled, 0, 0)
	} else {
		c.cov.add(scaled, float64(full.x0), float64(full.y0))
	}
	for y := range h {
		c.cov.row(y, s.evenOdd, soft.Pix[y*w:(y+1)*w])
	}
	blurPlane(soft.Pix, w, h, s.blur/float64(k), edgeEmpty)
	out := NewMask(b.x1-b.x0, b.y1-b.y0)
	if k == 1 {
		dx, dy := b.x0-full.x0, b.y0-full.y0
		for y := range out.H {
			copy(out.Pix[y*out.W:(y+1)*out.W], soft.Pix[(y+dy)*w+dx:])
		}
	} else {
		soft.enlargeInto(out, float64(k), float64(b.x0-full.x0), float64(b.y0-full.y0))
	}
	for i, v := range out.Pix {
		if v < sliver {
			out.Pix[i] = 0
		}
	}
	return out
}

// enlargeInto fills out with m enlarged k times, starting dx, dy pixels in.
func (m *Mask) enlargeInto(out *Mask, k, dx, dy float64) {
	xs := make([]int, out.W)
	fs := make([]float32, out.W)
	for x := range xs {
		u := (dx+float64(x)+0.5)/k - 0.5
		i := max(0, min(int(math.Floor(u)), m.W-2))
		xs[x], fs[x] = i, float32(max(0, min(1, u-float64(i))))
	}
	for y := range out.H {
		v := (dy+float64(y)+0.5)/k - 0.5
		j := max(0, min(int(math.Floor(v)), m.H-2))
		g := float32(max(0, min(1, v-float64(j))))
		r0, r1 := m.Pix[j*m.W:(j+1)*m.W], m.Pix[(j+1)*m.W:(j+2)*m.W]
		row := out.Pix[y*out.W : (y+1)*out.W]
		for x, i := range xs {
			f := fs[x]
			a := r0[i] + (r0[i+1]-r0[i])*f
			b := r1[i] + (r1[i+1]-r1[i])*f
			row[x] = a + (b-a)*g
		}
	}
}

func blurPlane(p []float32, w, h int, sigma float64, e edge) {
	if !(sigma > 0) || w == 0 || h == 0 {
		return
	}
	if sigma <= kernelSigma {
		kernelBlur(p, w, h, sigma, e)
		return
	}
	// Three boxes whose variances add up to sigma².
	ideal := math.Sqrt(4*sigma*sigma + 1)
	lo := int(ideal)
	if lo%2 == 0 {
		lo--
	}
	n := math.Round((12*sigma*sigma - 3*float64(lo*lo) - 12*float64(lo) - 9) / float64(-4*lo-4))
	tmp := make([]float32, max(w, h)+1)
	sums := make([]float32, w)
	ring := make([]float32, (lo+3)*w)
	for i := range 3 {
		r := lo / 2
		if float64(i) >= n {
			r = (lo + 2) / 2
		}
		boxRows(p, w, h, r, e, tmp)
		boxColumns(p, w, h, r, e, sums, ring)
	}
}

func boxRows(p []float32, w, h, r int, e edge, tmp []float32) {
	inv := 1 / float32(2*r+1)
	tmp = tmp[:w]
	for y := range h {
		row := p[y*w : (y+1)*w]
		copy(tmp, row)
		var first, last float32
		if e == edgeExtend {
			first, last = tmp[0], tmp[w-1]
		}
		s := first * float32(r)
		for i := 0; i <= r; i++ {
			if i < w {
				s += tmp[i]
			} else {
				s += last
			}
		}
		for x := range row {
			row[x] = s * inv
			if x+r+1 < w {
				s += tmp[x+r+1]
			} else {
				s += last
			}
			if x-r >= 0 {
				s -= tmp[x-r]
			} else {
				s -= first
			}
		}
	}
}

// boxColumns runs down all columns at once, row by row, because a walk along
// one column misses the cache at every step. The ring keeps the original rows
// that have been overwritten but must still leave the sums.
func boxColumns(p []float32, w, h, r int, e edge, sums, ring []float32) {
	inv := 1 / float32(2*r+1)
	n := r + 1
	at := func(y int) []float32 {
		switch {
		case y >= 0 && y < h:
			return p[y*w : (y+1)*w]
		case e == edgeEmpty:
			return nil
		case y < 0:
			return p[:w]
		}
		return p[(h-1)*w : h*w]
	}
	var firstRow, lastRow []float32
	if e == edgeExtend {
		firstRow = append(firstRow, p[:w]...)
		lastRow = append(lastRow, p[(h-1)*w:h*w]...)
	}
	clear(sums)
	for y := -r; y <= r; y++ {
		for x, v := range at(y) {
			sums[x] += v
		}
	}
	for y := range h {
		row := p[y*w : (y+1)*w]
		keep := ring[(y%n)*w : (y%n+1)*w]
		copy(keep, row)
		for x, s := range sums {
			row[x] = s * inv
		}
		var in, out []float32
		if y+r+1 < h {
			in = p[(y+r+1)*w : (y+r+2)*w]
		} else {
			in = lastRow
		}
		if y-r >= 0 {
			out = ring[((y-r)%n)*w : ((y-r)%n+1)*w]
		} else {
			out = firstRow
		}
		for x, v := range in {
			sums[x] += v
		}
		for x, v := range out {
			sums[x] -= v
		}
	}
}

func kernelBlur(p []float32, w, h int, sigma float64, e edge) {
	r := int(math.Ceil(3 * sigma))
	k := make([]float32, 2*r+1)
	var sum float64
	for i := range k {
		d := float64(i - r)
		// The integral over the pixel, not the value at its centre: small
		// sigmas would lose energy otherwise.
		v := math.Erf((d+0.5)/(sigma*math.Sqrt2)) - math.Erf((d-0.5)/(sigma*math.Sqrt2))
		k[i] = float32(v)
		sum += v
	}
	for i := range k {
		k[i] /= float32(sum)
	}
	tmp := make([]float32, w+2*r)
	for y := range h {
		row := p[y*w : (y+1)*w]
		copy(tmp[r:], row)
		if e == edgeExtend {
			for i := range r {
				tmp[i], tmp[r+w+i] = row[0], row[w-1]
			}
		}
		for x := range row {
			var s float32
			for i, kv := range k {
				s += tmp[x+i] * kv
			}
			row[x] = s
		}
	}
	src := append([]float32(nil), p...)
	clear(p)
	for y := range h {
		row := p[y*w : (y+1)*w]
		for i, kv := range k {
			j := y + i - r
			if e == edgeExtend {
				j = max(0, min(h-1, j))
			}
			if j < 0 || j >= h {
				continue
			}
			for x, v := range src[j*w : (j+1)*w] {
				row[x] += v * kv
			}
		}
	}
}
