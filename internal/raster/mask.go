package raster

// Mask is a picture of coverage alone: W×H values from 0 (nothing) to 1 (all).
type Mask struct {
	W, H int
	Pix  []float32
}

// NewMask returns an empty mask; a side below zero counts as zero.
func NewMask(w, h int) *Mask {
	w, h = max(w, 0), max(h, 0)
	return &Mask{W: w, H: h, Pix: make([]float32, w*h)}
}

// PathMask returns the coverage of p on w×h pixels. It heeds the options
// EvenOdd, Blur, Opacity and Clip.
func PathMask(w, h int, p Path, opts ...Option) *Mask {
	c := NewCanvas(w, h)
	c.Fill(p, Solid(White), opts...)
	return c.Alpha()
}

// Alpha returns the canvas's alpha as a mask.
func (c *Canvas) Alpha() *Mask {
	m := NewMask(c.W, c.H)
	for i := range m.Pix {
		m.Pix[i] = c.Pix[i*4+3]
	}
	return m
}

// Blur softens the mask with a Gaussian of sigma pixels; its border values
// continue outside.
func (m *Mask) Blur(sigma float64) {
	blurPlane(m.Pix, m.W, m.H, sigma, edgeExtend)
}

func (m *Mask) times(line []float32, x, y int, invert bool) {
	for i := range line {
		v := float32(0)
		if x+i >= 0 && x+i < m.W && y >= 0 && y < m.H {
			v = m.Pix[y*m.W+x+i]
		}
		if invert {
			v = 1 - v
		}
		line[i] *= v
	}
}

// clipCoverage multiplies the coverages of several paths over a box.
func (c *Canvas) clipCoverage(clips []clipPath, b box) *Mask {
	w, h := b.x1-b.x0, b.y1-b.y0
	m := NewMask(w, h)
	for i, q := range clips {
		c.clipC.reset(w, h)
		c.clipC.add(q.path, float64(b.x0), float64(b.y0))
		for y := range h {
			clear(c.clipL[:w])
			c.clipC.row(y, q.evenOdd, c.clipL)
			if i == 0 {
				copy(m.Pix[y*w:(y+1)*w], c.clipL)
			} else {
				times(m.Pix[y*w:(y+1)*w], c.clipL)
			}
		}
	}
	return m
}
