package paint

import (
	"math"

	"marquee/internal/raster"
)

// look is what a style does to the whole picture at the end.
type look struct {
	grain    float64 // strength of the tooth of the paper, 0..0.1
	fibre    float64 // strength of long soft fibres
	vignette float64 // how much corners darken
}

// hash2 gives a number 0..1 for a place, the same every time.
func hash2(x, y, seed uint32) float32 {
	h := x*0x8da6b343 ^ y*0xd8163841 ^ seed*0xcb1ab31f
	h ^= h >> 13
	h *= 0x5bd1e995
	h ^= h >> 15
	return float32(h&0xffff) / 65535
}

// noise is a table of smooth noise that repeats; reading it is cheap enough
// for every pixel.
type noise struct {
	n    int
	vals []float32
}

func newNoise(seed uint64, n int) *noise {
	t := &noise{n: n, vals: make([]float32, n*n)}
	for y := range n {
		for x := range n {
			t.vals[y*n+x] = hash2(uint32(x), uint32(y), uint32(seed))
		}
	}
	return t
}

// at reads the noise at x, y in cells of the table.
func (t *noise) at(x, y float64) float32 {
	fx, fy := math.Floor(x), math.Floor(y)
	dx, dy := float32(x-fx), float32(y-fy)
	dx, dy = dx*dx*(3-2*dx), dy*dy*(3-2*dy)
	mask := t.n - 1
	x0, y0 := int(fx)&mask, int(fy)&mask
	x1, y1 := (x0+1)&mask, (y0+1)&mask
	a, b := t.vals[y0*t.n+x0], t.vals[y0*t.n+x1]
	c, d := t.vals[y1*t.n+x0], t.vals[y1*t.n+x1]
	return (a+(b-a)*dx)*(1-dy) + (c+(d-c)*dx)*dy
}

// finish lays grain, fibres and a vignette over the picture. Grain is fixed to
// the stage and not to the pixels, so that sizes agree.
func finish(c *raster.Canvas, st *stage, l look) {
	k := 1400 / float64(c.H)
	fine := newNoise(st.seed, 256)
	wide := newNoise(st.seed+1, 64)
	grainRow := make([]float32, c.W)
	for y := range c.H {
		fy := float64(y) * k
		v := float64(y) / float64(c.H)
		calm := st.calmRow(v)
		for x := range c.W {
			fx := float64(x) * k
			g := float32(0)
			if l.grain > 0 {
				g = (fine.fast(fx, fy) - 0.5) * float32(l.grain)
			}
			if l.fibre > 0 {
				g += (wide.fast(fx*0.045, fy*0.011) - 0.5 + (wide.fast(fx*0.012, fy*0.06)-0.5)*0.8) * float32(l.fibre)
			}
			grainRow[x] = 1 + g*calm
		}
		row := c.Pix[y*c.W*4 : (y+1)*c.W*4]
		dy := (v - 0.5) * 2
		for x := range c.W {
			m := grainRow[x]
			if l.vignette > 0 {
				dx := (float64(x)/float64(c.W) - 0.5) * 2
				d := float32(dx*dx*0.8 + dy*dy*0.6)
				if d > 0.5 {
					m *= 1 - float32(l.vignette)*(d-0.5)
				}
			}
			row[x*4] = min(1, row[x*4]*m)
			row[x*4+1] = min(1, row[x*4+1]*m)
			row[x*4+2] = min(1, row[x*4+2]*m)
		}
	}
}

// fast is at without the smoothing of the steps.
func (t *noise) fast(x, y float64) float32 {
	ix, iy := int(x), int(y)
	dx, dy := float32(x-float64(ix)), float32(y-float64(iy))
	mask := t.n - 1
	x0, y0 := ix&mask, iy&mask
	x1, y1 := (x0+1)&mask, (y0+1)&mask
	r0, r1 := t.vals[y0*t.n:], t.vals[y1*t.n:]
	a, b, c, d := r0[x0], r0[x1], r1[x0], r1[x1]
	p := a + (b-a)*dx
	return p + (c+(d-c)*dx-p)*dy
}

// calmRow is how much texture a row may carry: less where marks will sit
// across the whole width.
func (st *stage) calmRow(v float64) float32 {
	for _, a := range st.calm {
		if a.W > 0.8 && v > a.Y && v < a.Y+a.H {
			return 0.5
		}
	}
	return 1
}
