package raster

// Canvas is a picture being painted: W×H pixels of premultiplied red, green,
// blue and alpha, each 0 to 1, row by row from the top left. It is not safe for
// concurrent use.
type Canvas struct {
	W, H int
	Pix  []float32

	cov   coverage
	clipC coverage
	line  []float32 // one row of coverage
	clipL []float32
	paint []float32 // one row of colours
}

// NewCanvas returns a transparent canvas. A side below zero counts as zero; the
// caller bounds the size (16 bytes a pixel).
func NewCanvas(w, h int) *Canvas {
	w, h = max(w, 0), max(h, 0)
	return &Canvas{W: w, H: h, Pix: make([]float32, w*h*4)}
}

// Reset makes the canvas w×h and transparent again. Its memory is used anew
// where it is large enough.
func (c *Canvas) Reset(w, h int) {
	c.W, c.H = max(w, 0), max(h, 0)
	c.Pix = grow(c.Pix, c.W*c.H*4)
	clear(c.Pix)
}

// Clear sets every pixel to c.
func (c *Canvas) Clear(col Color) {
	p := premultiply(col)
	for i := 0; i+3 < len(c.Pix); i += 4 {
		*(*[4]float32)(c.Pix[i:]) = p
	}
}

// Clone returns a copy that shares no memory with c.
func (c *Canvas) Clone() *Canvas {
	d := NewCanvas(c.W, c.H)
	copy(d.Pix, c.Pix)
	return d
}

// At returns the colour of a pixel with straight alpha; outside the canvas it
// is transparent.
func (c *Canvas) At(x, y int) Color {
	if x < 0 || y < 0 || x >= c.W || y >= c.H {
		return Color{}
	}
	p := (*[4]float32)(c.Pix[(y*c.W+x)*4:])
	if p[3] <= 0 {
		return Color{}
	}
	return Color{p[0] / p[3], p[1] / p[3], p[2] / p[3], p[3]}
}

// Set replaces the colour of a pixel; outside the canvas it does nothing.
func (c *Canvas) Set(x, y int, col Color) {
	if x < 0 || y < 0 || x >= c.W || y >= c.H {
		return
	}
	*(*[4]float32)(c.Pix[(y*c.W+x)*4:]) = premultiply(col)
}

// grow returns s with room for n values, its contents undefined.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}
