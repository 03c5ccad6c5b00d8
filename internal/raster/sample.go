package raster

import "math"

// sampleRow reads pixels along a line through the canvas, mixing the four
// nearest; u, v is the first place (pixel centres at whole numbers) and du, dv
// the step. Outside, the border pixels continue.
func (c *Canvas) sampleRow(dst []float32, u, v, du, dv float64) {
	w, h := c.W, c.H
	if du == 1 && dv == 0 && u == math.Floor(u) && v == math.Floor(v) {
		y, x, n := int(v), int(u), len(dst)/4
		if y >= 0 && y < h && x >= 0 && x+n <= w {
			copy(dst, c.Pix[(y*w+x)*4:(y*w+x+n)*4])
			return
		}
	}
	for i := 0; i+3 < len(dst); i += 4 {
		x, y := max(0, min(float64(w-1), u)), max(0, min(float64(h-1), v))
		x0, y0 := int(x), int(y)
		fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
		x1, y1 := min(x0+1, w-1), min(y0+1, h-1)
		a, b := (*[4]float32)(c.Pix[(y0*w+x0)*4:]), (*[4]float32)(c.Pix[(y0*w+x1)*4:])
		e, f := (*[4]float32)(c.Pix[(y1*w+x0)*4:]), (*[4]float32)(c.Pix[(y1*w+x1)*4:])
		d := (*[4]float32)(dst[i:])
		for k := range d {
			p := a[k] + (b[k]-a[k])*fx
			q := e[k] + (f[k]-e[k])*fx
			d[k] = p + (q-p)*fy
		}
		u += du
		v += dv
	}
}

// blocks returns the canvas reduced by averaging blocks of fx×fy pixels. The
// last block of a row or column averages what is left.
func (c *Canvas) blocks(fx, fy int) *Canvas {
	d := NewCanvas((c.W+fx-1)/fx, (c.H+fy-1)/fy)
	for y := range d.H {
		y0, y1 := y*fy, min((y+1)*fy, c.H)
		for x := range d.W {
			x0, x1 := x*fx, min((x+1)*fx, c.W)
			var s [4]float32
			for j := y0; j < y1; j++ {
				for i := x0; i < x1; i++ {
					p := (*[4]float32)(c.Pix[(j*c.W+i)*4:])
					s[0] += p[0]
					s[1] += p[1]
					s[2] += p[2]
					s[3] += p[3]
				}
			}
			n := 1 / float32((x1-x0)*(y1-y0))
			o := (*[4]float32)(d.Pix[(y*d.W+x)*4:])
			o[0], o[1], o[2], o[3] = s[0]*n, s[1]*n, s[2]*n, s[3]*n
		}
	}
	return d
}
