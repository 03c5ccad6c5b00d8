package paint

import (
	"math"

	"marquee/internal/raster"
)

// quiet presses the contrast down in areas where marks will sit, towards the
// colours around each place and with a soft edge, so that no style and no
// background competes with a mark. A band across the foot is quiet ground
// already and stays as it is.
func quiet(c *raster.Canvas, st *stage) {
	const div = 16
	const keep = 0.34 // of the contrast in the middle of an area
	var areas []Area
	for _, a := range st.calm {
		if a.W > 0.6 && a.Y+a.H > 0.95 {
			continue
		}
		areas = append(areas, a)
	}
	if len(areas) == 0 {
		return
	}
	soft := small(c, div)
	soft.Blur(math.Max(1, 0.05*float64(soft.H)))
	feather := 0.035 * float64(c.H)
	w, h := float64(c.W), float64(c.H)
	for y := range c.H {
		v := float64(y) + 0.5
		for _, a := range areas {
			y0, y1 := a.Y*h, (a.Y+a.H)*h
			in := math.Min(v-y0, y1-v)
			if in < -feather {
				continue
			}
			x0, x1 := a.X*w, (a.X+a.W)*w
			from, to := clampInt(int(x0-feather), 0, c.W), clampInt(int(x1+feather)+1, 0, c.W)
			for x := from; x < to; x++ {
				u := float64(x) + 0.5
				d := math.Min(in, math.Min(u-x0, x1-u))
				k := float32(smooth(-feather, feather*0.4, d) * (1 - keep))
				if k == 0 {
					continue
				}
				m := softAt(soft, u/div-0.5, v/div-0.5)
				p := c.Pix[(y*c.W+x)*4 : (y*c.W+x)*4+3 : (y*c.W+x)*4+3]
				for i := range p {
					p[i] += (m[i] - p[i]) * k
				}
			}
		}
	}
}

// softAt reads a small canvas between its pixels.
func softAt(c *raster.Canvas, x, y float64) [3]float32 {
	fx, fy := math.Max(0, x), math.Max(0, y)
	x0, y0 := min(int(fx), c.W-1), min(int(fy), c.H-1)
	x1, y1 := min(x0+1, c.W-1), min(y0+1, c.H-1)
	tx, ty := float32(fx-float64(x0)), float32(fy-float64(y0))
	var out [3]float32
	for i := range 3 {
		a, b := c.Pix[(y0*c.W+x0)*4+i], c.Pix[(y0*c.W+x1)*4+i]
		d, e := c.Pix[(y1*c.W+x0)*4+i], c.Pix[(y1*c.W+x1)*4+i]
		up, low := a+(b-a)*tx, d+(e-d)*tx
		out[i] = up + (low-up)*ty
	}
	return out
}
