package paint

import "marquee/internal/raster"

// paintMilkyWay lays a pale river of light across the night.
func (st *stage) paintMilkyWay(s *sheet) {
	c := st.chance("milky-way")
	t := st.cool.blend(st.warm, 0.25).at(0.72)
	x0, x1 := st.aspect*c.in(-0.05, 0.2), st.aspect*c.in(0.8, 1.05)
	if st.from < 0 {
		x0, x1 = x1, x0
	}
	for i := range 11 {
		f := (float64(i) + 0.5) / 11
		x, y := mix(x0, x1, f)+c.in(-0.03, 0.03), mix(st.horizon, 0, f)
		s.glow(x, y, c.in(0.13, 0.20), t, 0.10)
		s.glow(x+c.in(-0.03, 0.03), y, 0.07, t.lift(0.1), 0.08)
	}
	for range int(150 * st.aspect) {
		f := c.Float64()
		x, y := mix(x0, x1, f)+c.about()*0.09, mix(st.horizon, 0, f)+c.about()*0.05
		if st.calmAt(x, y) {
			continue
		}
		s.detail(raster.Circle(x, y, c.in(0.0005, 0.0012)), st.paper, c.in(0.3, 0.8))
	}
}

// paintPlanet hangs a ringed world in the sky.
func (st *stage) paintPlanet() {
	s := st.sheet("planet", 0.96)
	s.still = true
	c := st.chance("planet")
	x, y, r := st.aspect*(0.5+st.from*0.24), st.horizon*c.in(0.26, 0.38), 0.085*st.size()
	t := st.glow.blend(st.warm, 0.35).at(0.72)
	ring := st.paper.blend(st.glow, 0.35).at(0.86)
	arc := func(w, h float64, front bool) raster.Path {
		var pts []raster.Point
		for i := range 25 {
			a := turn(float64(i)/48 + 0.25)
			if !front {
				a = turn(float64(i)/48 + 0.75)
			}
			pts = append(pts, raster.Point{X: x + a.X*w + a.Y*h*0.3, Y: y - a.Y*h*0.9 - a.X*w*0.22})
		}
		return raster.Stroke(raster.Curve(pts, false), r*0.13)
	}
	s.glow(x, y, r*4, t, 0.18)
	s.detail(arc(r*1.9, r*0.55, false), ring.lift(-0.1), 0.85)
	s.add(figureShape{path: raster.Circle(x, y, r), fill: t, role: detail})
	for i := range 3 {
		k := -0.5 + 0.45*float64(i)
		s.detail(raster.Ellipse(x, y+r*k, r*(0.84-0.2*k*k), r*0.09), t.lift(-0.07), 0.6)
	}
	s.detail(crescent(x, y, r, -st.from), t.lift(-0.16), 0.45)
	s.detail(arc(r*1.9, r*0.55, true), ring, 0.95)
}

// paintBigCloud gives a cloud that was asked for a place of its own.
func (st *stage) paintBigCloud() {
	c := st.chance("big-cloud")
	s := st.sheet("big-cloud", 0.9)
	x, y, w := st.focusX, st.horizon*c.in(0.26, 0.36), 0.44*st.size()
	t := st.paper.blend(st.low(st.palette), 0.25)
	if st.dark {
		t = st.mistTint().lift(0.16)
	}
	var p raster.Path
	p.Append(raster.RoundRect(x-w/2, y, w, w*0.13, w*0.065))
	for _, q := range [][3]float64{{-0.30, 0.01, 0.11}, {-0.12, -0.05, 0.16}, {0.09, -0.09, 0.19}, {0.27, -0.01, 0.13}, {0.39, 0.05, 0.08}, {-0.41, 0.05, 0.08}} {
		p.Append(raster.Circle(x+q[0]*w, y+q[1]*w+w*0.03, q[2]*w))
	}
	s.add(figureShape{path: p, fill: t, fade: &fade{0, y - w*0.2, 0, y + w*0.12, t.lift(-0.09), 1}})
}

// paintLightning strikes once, away from what matters.
func (st *stage) paintLightning() {
	c := st.chance("lightning")
	s := st.sheet("lightning", 0.92)
	s.still = true
	x, y := st.aspect*(0.5+st.from*c.in(0.16, 0.34)), 0.0
	t := st.paper.blend(st.glow, 0.35)
	s.glow(x, st.horizon*0.4, 0.34, t, 0.30)
	var l, r []raster.Point
	w := 0.006
	for i := range 8 {
		f := float64(i) / 7
		l = append(l, raster.Point{X: x - w*(1-f), Y: y})
		r = append(r, raster.Point{X: x + w*(1-f), Y: y})
		if i == 4 {
			s.detail(limbPath([]float64{x, y, 0.0026, x + 0.05, y + 0.05, 0.0018, x + 0.06, y + 0.12, 0.0004}), t, 0.9)
		}
		x += c.in(-0.045, 0.045)
		y += st.horizon / 7
	}
	s.detail(raster.Polygon(append(l, reverse(r)...)...), t, 1)
}
