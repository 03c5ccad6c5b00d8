package paint

import (
	"math"

	"marquee/internal/raster"
)

// paintSky fills the whole stage, since every other sheet lies before it.
func (st *stage) paintSky() {
	c := st.chance("sky")
	s := st.sheet("sky", 1)
	s.still = true
	top, mid, low := st.top(st.palette), st.mid(st.palette), st.low(st.palette)
	if by := map[string]float64{"mist": 0.55, "rain": 0.5, "snow": 0.25, "cloudy": 0.38, "storm": 0.62}[st.weather]; by > 0 {
		grey := st.mistTint()
		if st.weather == "storm" {
			grey = grey.lift(-0.24)
		}
		top, mid, low = top.blend(grey, by), mid.blend(grey, by), low.blend(grey, by)
	}
	h := st.horizon
	all := raster.Rect(-0.1, -0.1, st.aspect+0.2, 1.3)
	s.add(figureShape{path: all, fill: top, fade: &fade{0, 0, 0, h * 0.62, mid, 1}})
	s.add(figureShape{path: raster.Rect(-0.1, h*0.40, st.aspect+0.2, 1.2), fill: mid, alpha: 1e-4, role: shade,
		fade: &fade{0, h * 0.40, 0, h, low, 1}})

	// The light stands across from the focus, so that the picture balances.
	st.from = -1
	if st.focusX < st.aspect/2 {
		st.from = 1
	}
	st.sun = raster.Point{
		X: st.aspect * (0.5 + st.from*c.in(0.17, 0.30)),
		Y: h * (1 - st.light.sun) * c.in(0.92, 1.05),
	}
	if st.light.sun < 0.1 {
		st.sun.Y = h - 0.035
	}
	if st.stars > 0 && st.weather != "mist" && st.weather != "rain" && st.weather != "storm" && st.weather != "cloudy" {
		st.paintStars(s, c)
	}
	if st.aurora || st.has("aurora") {
		st.paintAurora()
	}
	if st.light.id == "starry" && !st.flat && st.weather == "" {
		st.paintMilkyWay(s)
	}
	st.paintSun(c)
	if st.has("planet") {
		st.paintPlanet()
	}
	if st.has("rainbow") {
		st.paintRainbow()
	}
	if st.has("comet") {
		st.paintComet()
	}
	if st.has("fireworks") {
		st.paintFireworks()
	}
	st.paintClouds()
	if st.weather == "storm" {
		st.paintLightning()
	}
}

func (st *stage) paintStars(s *sheet, c chance) {
	n := int(120 * st.stars * st.aspect)
	if st.has("stars") {
		n *= 2
	}
	t := st.paper.blend(st.glow, 0.18)
	for range n {
		x, y := c.in(0, st.aspect), c.in(0, st.horizon)
		f := 1 - y/st.horizon
		if !c.yes(0.25+0.75*f) || st.calmAt(x, y) {
			continue
		}
		r := 0.0008 + 0.0016*c.Float64()*c.Float64()
		a := c.in(0.4, 1) * (0.35 + 0.65*f)
		if c.yes(0.05) {
			r = c.in(0.005, 0.009)
			pts := star(x, y, r, r*0.16, 4)
			s.detail(raster.Polygon(points(pts)...), t, 0.95)
			s.glow(x, y, r*2.6, t, 0.22)
			continue
		}
		s.detail(raster.Circle(x, y, r), t, a)
	}
}

func (st *stage) paintSun(c chance) {
	if st.weather == "rain" || st.weather == "storm" || st.weather == "cloudy" && !st.has("sun") && !st.has("moon") || (st.aurora || st.light.id == "starry") && !st.has("moon") || st.weather == "mist" && st.dark {
		return
	}
	s := st.sheet("sun", 0.97)
	s.still = true
	x, y := st.sun.X, st.sun.Y
	if st.moon || st.has("moon") {
		r := c.in(0.040, 0.055) * st.size()
		if st.has("moon") {
			r *= 1.55
		}
		if st.has("moon") && !st.moon {
			y = st.horizon * 0.3
		}
		t := st.paper.blend(st.glow, 0.24)
		s.glow(x, y, r*6, st.glow.blend(st.paper, 0.55), 0.22)
		s.glow(x, y, r*2.4, st.glow.blend(st.paper, 0.5), 0.22)
		if c.yes(0.38) {
			s.add(figureShape{path: crescent(x, y, r, st.from), fill: t, role: detail})
			return
		}
		s.add(figureShape{path: raster.Circle(x, y, r), fill: t, role: detail})
		for range 5 {
			a, d := turn(c.Float64()), r*c.in(0.1, 0.62)
			s.detail(raster.Ellipse(x+a.X*d, y+a.Y*d, r*c.in(0.09, 0.22), r*c.in(0.08, 0.18)), t.lift(-0.06), 0.7)
		}
		return
	}
	r := 0.05 * st.size()
	switch st.light.id {
	case "golden":
		r = 0.085 * st.size()
	case "dawn", "dusk":
		r = 0.075 * st.size()
	}
	if st.has("sun") {
		r *= 1.5
	}
	t := st.glow.blend(st.paper, 0.62).at(0.955)
	if st.dark {
		t = st.glow.blend(st.warm, 0.25).at(0.83)
	}
	s.glow(x, y, r*7, st.glow, 0.30)
	s.glow(x, y, r*3, st.glow.blend(st.paper, 0.3), 0.34)
	s.add(figureShape{path: raster.Circle(x, y, r), fill: t, role: detail})
}

// crescent opens away from the side given.
func crescent(x, y, r, side float64) raster.Path {
	var pts []raster.Point
	for i := range 33 {
		a := turn(float64(i) / 64)
		pts = append(pts, raster.Point{X: x + side*a.X*r, Y: y - a.Y*r})
	}
	for i := 31; i > 0; i-- {
		a := turn(float64(i) / 64)
		pts = append(pts, raster.Point{X: x + side*a.X*r*0.36, Y: y - a.Y*r})
	}
	return raster.Polygon(pts...)
}

func (st *stage) paintClouds() {
	if st.has("cloud") {
		st.paintBigCloud()
	}
	if st.dark && st.weather == "" || st.weather == "clear" {
		return
	}
	c := st.chance("clouds")
	s := st.sheet("clouds", 0.95)
	n := 2 + c.IntN(3)
	if st.weather == "cloudy" || st.weather == "storm" {
		n += 8
	}
	if st.weather == "rain" || st.weather == "wind" || st.weather == "snow" {
		n += 3
	}
	for i := range n {
		w := c.in(0.16, 0.42) * (0.6 + 0.4*st.aspect)
		x, y := c.in(-0.05, st.aspect+0.05), st.horizon*c.in(0.10, 0.70)
		if math.Abs(x-st.sun.X) < w*0.5+0.09 && math.Abs(y-st.sun.Y) < 0.11 {
			continue
		}
		t := st.low(st.palette).blend(st.paper, 0.35)
		if st.dark {
			t = st.mid(st.palette).blend(st.mistTint(), 0.5).lift(0.03)
		}
		if st.weather == "storm" {
			t = st.mistTint().lift(-0.20 - 0.025*float64(i%3))
		}
		if st.weather == "rain" {
			t = st.mistTint().lift(-0.06 - 0.02*float64(i%3))
		}
		a := 0.55
		if st.flat {
			a = 0.85
		}
		s.add(figureShape{path: cloud(c, x, y, w), fill: t, alpha: a, role: detail, fade: &fade{0, y - w*0.16, 0, y + w*0.05, t, a * 0.45}})
	}
}

// cloud is a bank with a flat foot: a row of round heads over one line.
func cloud(c chance, x, y, w float64) raster.Path {
	var p raster.Path
	h := w * c.in(0.07, 0.10)
	p.Append(raster.RoundRect(x-w/2, y-h*0.5, w, h, h/2))
	n := 3 + c.IntN(3)
	for i := range n {
		f := (float64(i)+0.5)/float64(n) - 0.5
		r := h * c.in(0.9, 1.5) * (1.15 - math.Abs(f)*1.5)
		p.Append(raster.Circle(x+f*w*0.8, y-r*0.3, r))
	}
	p.Append(raster.RoundRect(x-w*c.in(0.1, 0.35), y+h*0.3, w*c.in(0.4, 0.8), h*0.7, h*0.35))
	return p
}

func (st *stage) paintAurora() {
	c := st.chance("aurora")
	s := st.sheet("aurora", 0.96)
	s.still = true
	green := st.green.blend(st.cool, 0.40).soft(2.2).at(0.80)
	tones := []tint{green, green.blend(st.cool, 0.6), green.blend(st.warm, 0.22).at(0.72)}
	for k := range 3 {
		wave := c.ridge(2.4+1.2*float64(k), 3, 0)
		tall := st.horizon * c.in(0.42, 0.62)
		base := st.horizon * (0.50 + 0.17*float64(k)) * c.in(0.9, 1.05)
		const strips = 34
		ribs := c.ridge(17, 3, 0)
		// Curtains of narrow folds, each fading upwards on its own.
		for i := range strips {
			x0 := -0.08 + (st.aspect+0.16)*float64(i)/strips
			x1 := -0.08 + (st.aspect+0.16)*float64(i+1)/strips
			y0, y1 := base+wave.at(x0)*0.11, base+wave.at(x1)*0.11
			f := 0.55 + 0.45*ribs.at(x0)
			h := tall * (0.55 + 0.45*f)
			a := (0.20 + 0.42*f) * (1 - 0.20*float64(k))
			ym := (y0 + y1) / 2
			path := raster.Polygon(raster.Point{X: x0, Y: y0}, raster.Point{X: x1, Y: y1}, raster.Point{X: x1 + 0.03, Y: y1 - h}, raster.Point{X: x0 + 0.03, Y: y0 - h})
			soft := 0.012
			if st.flat {
				soft = 0
			}
			s.add(figureShape{path: path, fill: tones[k], alpha: a, role: shade, soft: soft, blend: raster.Screen,
				fade: &fade{0, ym, 0, ym - h, tones[(k+1)%3], 0.001}})
		}
	}
}

func (st *stage) paintRainbow() {
	s := st.sheet("rainbow", 0.93)
	tones := []tint{st.warm, st.glow.blend(st.warm, 0.4), st.glow, st.green.blend(st.glow, 0.3).at(0.7), st.cool.soft(1.6), st.cool.blend(st.deep, 0.4).soft(1.4)}
	r := 0.62 * st.size()
	for i, t := range tones {
		a := r - float64(i)*0.018
		s.add(figureShape{path: raster.Stroke(raster.Circle(st.aspect*0.5, st.horizon+0.12, a), 0.019), fill: st.surface(t, 0.25), alpha: 0.62, role: detail})
	}
}

func (st *stage) paintComet() {
	s := st.sheet("comet", 0.95)
	c := st.chance("comet")
	x, y := st.aspect*(0.5+st.from*-0.16), st.horizon*c.in(0.22, 0.34)
	dx, dy := st.from*-0.30, -0.13
	t := st.paper.blend(st.glow, 0.3)
	for i := range 3 {
		w := 0.006 + 0.007*float64(i)
		tail := raster.Polygon(raster.Point{X: x, Y: y + w}, raster.Point{X: x + dx*(1-0.2*float64(i)), Y: y + dy*(1.0-0.1*float64(i))}, raster.Point{X: x + 0.002, Y: y - w})
		s.add(figureShape{path: tail, fill: t, alpha: 0.55 - 0.14*float64(i), role: shade, fade: &fade{x, y, x + dx, y + dy, st.cool, 0.02}})
	}
	s.glow(x, y, 0.06, t, 0.6)
	s.detail(raster.Polygon(points(star(x, y, 0.021, 0.007, 5))...), t, 1)
}

func (st *stage) paintFireworks() {
	s := st.sheet("fireworks", 0.94)
	c := st.chance("fireworks")
	tones := []tint{st.glow, st.warm.lift(0.08), st.paper, st.cool}
	for k := range 4 {
		x, y := st.aspect*(0.14+0.24*float64(k)+c.in(-0.04, 0.04)), st.horizon*c.in(0.18, 0.48)
		r := c.in(0.07, 0.13)
		t := tones[k%len(tones)]
		s.glow(x, y, r*1.6, t, 0.3)
		n := 16
		for i := range n {
			a := turn((float64(i) + c.in(-0.1, 0.1)) / float64(n))
			q := r * c.in(0.82, 1.05)
			p := raster.Polygon(raster.Point{X: x + a.X*q*0.25, Y: y + a.Y*q*0.25}, raster.Point{X: x + a.X*q + a.Y*0.0026, Y: y + a.Y*q - a.X*0.0026}, raster.Point{X: x + a.X*q - a.Y*0.0026, Y: y + a.Y*q + a.X*0.0026})
			s.detail(p, t, 0.9)
			s.detail(raster.Circle(x+a.X*q*1.08, y+a.Y*q*1.08, 0.0032), t, 1)
		}
	}
}
