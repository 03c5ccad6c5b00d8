package paint

import (
	"math"

	"marquee/internal/raster"
)

// frameFronds lets broad leaves lean in from both sides, as in a thicket.
func (st *stage) frameFronds(c chance) {
	s := st.sheet("frame-fronds", 0.01)
	for _, side := range []float64{-1, 1} {
		for i := range 6 {
			x := st.aspect*0.5 + side*(st.aspect*0.5+0.02)
			y := c.in(0.02, st.crest-0.05)
			if i < 2 {
				y = c.in(-0.02, 0.12)
			}
			l := c.in(0.14, 0.24) * st.size()
			if st.taken(x-side*l*0.5, l*0.5) > 0 && y > 0.35 {
				l *= 0.55
			}
			a := c.in(-0.5, 0.7)
			dx, dy := -side*math.Cos(a)*l, math.Sin(a)*l
			t := st.see(fir, c.in(0, 0.14), 0.02)
			s.body(limbPath([]float64{x, y, l * 0.02, x + dx*0.45, y + dy*0.35 - l*0.06, l * 0.17, x + dx, y + dy, l * 0.01}), t)
			s.detail(limbPath([]float64{x, y, l * 0.008, x + dx*0.45, y + dy*0.35 - l*0.06, l * 0.012, x + dx*0.95, y + dy*0.95, l * 0.003}), t.lift(0.08), 0.9)
		}
	}
}

// framePalm lets the crown of a palm hang in from the upper corner.
func (st *stage) framePalm(c chance) {
	s := st.sheet("frame-palm", 0.01)
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	x, y := st.aspect*0.5+side*(st.aspect*0.5+0.015), c.in(0.02, 0.09)
	for i := range 6 {
		a := -0.35 + 0.36*float64(i)
		l := c.in(0.26, 0.36) * st.size()
		t := st.see(fir, 0.02+0.025*float64(i%3), 0.02)
		ex, ey := x-side*math.Cos(a)*l, y+math.Sin(a)*l+l*0.22
		mx, my := mix(x, ex, 0.5), mix(y, ey, 0.5)-l*0.12
		spine := raster.Curve([]raster.Point{{X: x, Y: y}, {X: mx, Y: my}, {X: ex, Y: ey}}, false)
		s.body(raster.Stroke(spine, 0.004), t.lift(-0.05))
		for k := range 13 {
			f := (float64(k) + 1) / 14
			px := (1-f)*(1-f)*x + 2*f*(1-f)*(2*mx-(x+ex)/2) + f*f*ex
			py := (1-f)*(1-f)*y + 2*f*(1-f)*(2*my-(y+ey)/2) + f*f*ey
			w := l * 0.30 * (1 - f*0.6)
			for _, e := range []float64{-1, 1} {
				s.body(limbPath([]float64{px, py, 0.0016, px - side*w*0.5, py + e*w*0.22 + w*0.2, w * 0.07, px - side*w*0.8, py + e*w*0.35 + w*0.55, 0.0006}), t)
			}
		}
	}
}
