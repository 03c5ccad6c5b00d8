package paint

import (
	"math"

	"marquee/internal/raster"
)

// sprinkle gives open ground the marks of its season: flowers in spring,
// grass and poppies in summer, fallen leaves in autumn.
func (st *stage) sprinkle() {
	if st.snowy || st.place.soil != nil {
		return
	}
	c := st.chance("sprinkle")
	n := int(70 * math.Max(1, st.aspect))
	s := st.sheet("sprinkle", 0.12)
	s.still = true
	for i := range n {
		f := math.Sqrt(c.Float64())
		x, y := c.in(0, st.aspect), mix(st.horizon+0.02, st.crest+0.012, f)
		r := (0.0016 + 0.0036*f) * st.size()
		depth := 0.4 * (1 - f)
		if st.calmAt(x, y) {
			continue
		}
		switch st.season {
		case "spring":
			t := []tint{st.see(ivory, 0, depth), st.see(ember, 0.22, depth), st.see(amber, 0.05, depth), st.see(frost, 0.02, depth)}[i%4]
			s.detail(raster.Rect(x-r*0.15, y-r*0.6, r*0.3, r*2), st.groundTint(depth, -0.12), 0.8)
			s.detail(raster.Ellipse(x, y-r, r, r*0.8), t, 0.95)
		case "summer":
			if i%5 == 0 {
				s.detail(raster.Ellipse(x, y-r*1.4, r*1.1, r*0.8), st.see(ember, 0.03, depth), 0.95)
			}
			for k := range 3 {
				d := (float64(k) - 1) * r * 0.9
				s.detail(limbPath([]float64{x, y, r * 0.22, x + d, y - r*2.2, r * 0.03}), st.groundTint(depth, -0.10), 0.8)
			}
		case "autumn":
			t := []tint{st.see(leaf, 0, depth), st.see(ember, 0, depth), st.see(amber, -0.04, depth)}[i%3]
			s.detail(raster.Ellipse(x, y, r*1.2, r*0.55), t, 0.9)
		}
	}
}
