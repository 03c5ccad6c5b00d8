package paint

import "marquee/internal/raster"

// paintWeather lets it snow, rain or blow over everything, except where the
// picture is to stay quiet.
func (st *stage) paintWeather() {
	c := st.chance("weather")
	switch st.weather {
	case "snow":
		s := st.sheet("snowfall", 0)
		s.still = true
		t := st.paper.blend(st.cool, 0.1)
		for i := range int(190 * st.aspect) {
			x, y := c.in(-0.01, st.aspect+0.01), c.in(-0.01, 1)
			near := float64(i%9) / 8
			r := (0.0011 + 0.0034*near*near) * c.in(0.7, 1.3)
			if st.calmAt(x, y) {
				continue
			}
			s.detail(raster.Circle(x, y, r), t, 0.45+0.45*near)
		}
	case "rain", "storm":
		s := st.sheet("rain", 0)
		s.still = true
		t := st.paper.blend(st.cool, 0.5)
		drops, lean := 150.0, 0.22
		if st.weather == "storm" {
			drops, lean = 230, 0.5
		}
		for range int(drops * st.aspect) {
			x, y := c.in(-0.05, st.aspect+0.05), c.in(-0.05, 1)
			l := c.in(0.02, 0.05)
			if st.calmAt(x, y+l) {
				continue
			}
			s.detail(raster.Polygon(raster.Point{X: x, Y: y}, raster.Point{X: x + 0.0012, Y: y}, raster.Point{X: x - l*lean + 0.0012, Y: y + l}, raster.Point{X: x - l*lean, Y: y + l}), t, c.in(0.2, 0.5))
		}
	case "wind":
		s := st.sheet("wind", 0)
		s.still = true
		t := st.paper.blend(st.cool, 0.3)
		for range 16 {
			x, y := c.in(-0.1, st.aspect), c.in(0.08, st.crest)
			l := c.in(0.12, 0.34)
			p := limbPath([]float64{x, y, 0.0002, x + l*0.5, y - 0.012, 0.0016, x + l, y + 0.004, 0.0002})
			s.detail(p, t, 0.42)
		}
		for i := range int(60 * st.aspect) {
			x, y := c.in(0, st.aspect), c.in(0.1, st.crest)
			if st.snowy && !st.calmAt(x, y) {
				s.detail(raster.Ellipse(x, y, 0.004+0.001*float64(i%3), 0.0016), t, 0.6)
			}
		}
	case "mist":
		s := st.sheet("mist-near", 0.1)
		s.still = true
		s.veil(st, st.mistTint(), st.horizon-0.1, st.crest+0.02, 0, 0.20)
		for range 5 {
			w := c.in(0.3, 0.6)
			x, y := c.in(0, st.aspect), c.in(st.horizon-0.06, st.crest-0.02)
			s.add(figureShape{path: raster.Ellipse(x, y, w, 0.018), fill: st.mistTint().lift(0.03), alpha: 0.24, role: shade, soft: 0.014})
		}
	}
}

// weatherIDs are the weathers that words may ask for.
var weatherIDs = []string{"clear", "cloudy", "snow", "rain", "mist", "wind", "storm"}
