package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var townSettings = []setting{
	{wild: true, id: "village", view: "a village", phrase: "in a village", snowPhrase: "in a snowy village", horizon: [2]float64{0.56, 0.62}, snows: true, drifts: true, back: backVillage, ground: groundVillage, frame: "firs"},
	{id: "city", soil: pavement, view: "a city street", phrase: "in the city", snowPhrase: "in a snowy city", horizon: [2]float64{0.64, 0.68}, snows: true, back: backCity, ground: groundStreet, frame: "eaves"},
	{id: "market", soil: pavement, view: "a market square", phrase: "on a market square", snowPhrase: "on a snowy market square", horizon: [2]float64{0.64, 0.68}, snows: true, back: backMarket, ground: groundStreet, frame: "garland"},
	{id: "railway", view: "a railway line", phrase: "on a railway line", snowPhrase: "on a snowy railway line", horizon: [2]float64{0.56, 0.61}, snows: true, back: backMountains, ground: groundField, near: (*stage).nearRails, frame: "firs"},
	{id: "window", indoors: true, view: "a window at home", phrase: "at a window", snowPhrase: "at a window with snow outside", horizon: [2]float64{0.58, 0.62}, snows: true, back: backVillage, ground: groundVillage, near: (*stage).nearSill, frame: "none"},
}

func pavement(p palette) tint { return p.base(stone).lift(0.06) }

// houseRow sets houses side by side along a line.
func (st *stage) houseRow(name string, base, tall, depth float64, gaps bool) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	x := -tall * 0.2
	i := 0
	last := -1
	for x < st.aspect+tall*0.3 {
		h := tall * c.in(0.78, 1.18)
		w := c.in(26, 36)
		k := c.IntN(len(walls))
		if k == last {
			k = (k + 1) % len(walls)
		}
		last = k
		kind := c.IntN(3)
		wall := walls[k]
		st.put(s, fmt.Sprint(name, i), func(p *pen) { townHouse(p, kind, wall, w, depth < 0.4) },
			placing{x: x + w*h/100, y: base + c.in(-0.002, 0.002), height: h, depth: depth})
		x += 2 * w * h / 100
		if gaps {
			x += tall * c.in(0.05, 0.7)
		}
		i++
		if i > 60 {
			break
		}
	}
}

func backVillage(st *stage) {
	c := st.chance("village")
	if c.yes(0.7) {
		st.mountains("far", st.horizon-0.04, 0.26, 0.82, 0.5)
	}
	backHills(st)
	st.treeLine("wood", st.horizon+0.002, 0.13, 0.58, 0.6)
	if !st.has("church") {
		s := st.sheet("church", 0.50)
		st.put(s, "church", drawChurch, placing{x: st.aspect - st.focusX + c.in(-0.08, 0.08), y: st.horizon + 0.015, height: 0.25, depth: 0.46})
	}
	st.houseRow("houses-far", st.horizon+0.018, 0.10, 0.50, true)
	st.mistBand(st.horizon-0.04, st.horizon+0.03, 0.30)
}

func groundVillage(st *stage) {
	groundField(st)
	c := st.chance("cabins")
	if subjects[st.lead()].tall > 4 && !st.ledge {
		return
	}
	s := st.sheet("cabins", 0.26)
	for i := range 3 {
		x := st.aspect * (0.16 + 0.34*float64(i) + c.in(-0.06, 0.06))
		if math.Abs(x-st.focusX) < 0.17 {
			continue
		}
		draw := drawCabin
		if c.yes(0.4) {
			draw = func(p *pen) { drawHouse(p, 1) }
		}
		y := mix(st.horizon, st.crest, c.in(0.30, 0.5))
		st.put(s, fmt.Sprint("cabin", i), draw, placing{x: x, y: y, height: c.in(0.13, 0.17), depth: 0.28, mirror: c.yes(0.5), shadow: true})
		st.put(s, fmt.Sprint("cabin-fir", i), drawFir, placing{x: x + c.side()*0.12, y: y + 0.008, height: c.in(0.14, 0.2), depth: 0.26, shadow: true})
	}
}

// lead is the id of the focus.
func (st *stage) lead() string {
	for _, a := range st.cast {
		if f := subjects[a.id].foot; f != inSky && f != inAir {
			return a.id
		}
	}
	return ""
}

func backCity(st *stage) {
	c := st.chance("skyline")
	s := st.sheet("skyline", 0.80)
	t := st.surface(st.deep.blend(st.cool, 0.4).at(0.50), 0.68)
	for x := -0.05; x < st.aspect; {
		w, h := c.in(0.05, 0.12), c.in(0.20, 0.38)
		s.body(raster.Rect(x, st.horizon-h, w, h+0.1), t)
		switch c.IntN(4) {
		case 0:
			s.body(raster.Polygon(raster.Point{X: x, Y: st.horizon - h + 0.001}, raster.Point{X: x + w/2, Y: st.horizon - h - w*0.8}, raster.Point{X: x + w, Y: st.horizon - h + 0.001}), t)
		case 1:
			s.body(raster.Rect(x+w*0.2, st.horizon-h-0.03, w*0.6, 0.05), t)
		}
		x += w * c.in(0.9, 1.25)
	}
	if !st.has("tower") {
		st.put(st.sheet("tower", 0.62), "tower", drawTower, placing{x: st.aspect - st.focusX + c.in(-0.05, 0.05), y: st.horizon + 0.02, height: 0.52, depth: 0.56})
	}
	st.mistBand(st.horizon-0.26, st.horizon, 0.5)
	st.houseRow("street-far", st.horizon+0.012, 0.30, 0.38, false)
	st.mistBand(st.horizon-0.10, st.horizon+0.02, 0.22)
}

func backMarket(st *stage) {
	c := st.chance("market")
	if !st.has("church") {
		st.put(st.sheet("church", 0.66), "church", drawChurch, placing{x: st.aspect - st.focusX + c.in(-0.05, 0.05), y: st.horizon + 0.02, height: 0.50, depth: 0.60})
	}
	st.mistBand(st.horizon-0.2, st.horizon, 0.4)
	st.houseRow("square", st.horizon+0.012, 0.30, 0.44, false)
	st.mistBand(st.horizon-0.08, st.horizon+0.02, 0.22)
}

// groundStreet is pavement with the light of windows lying on it.
func groundStreet(st *stage) {
	c := st.chance("street")
	s := st.sheet("street", 0.3)
	s.still = true
	y := st.horizon + 0.01
	far, near := st.groundTint(0.4, -0.02), st.groundTint(0.05, -0.03)
	s.add(figureShape{path: raster.Rect(-0.1, y, st.aspect+0.2, 1.2), fill: far, fade: &fade{0, y, 0, st.crest, near, 1}})
	if st.dark {
		for range 12 {
			s.glow(c.in(0, st.aspect), y+0.02, c.in(0.04, 0.09), st.glow, 0.16)
		}
	}
	if st.setting == "market" {
		st.put(st.sheet("big-fir", 0.24), "big-fir", drawChristmasTree, placing{x: st.aspect*0.5 + (st.aspect*0.5-st.focusX)*0.9, y: mix(y, st.crest, 0.35), height: 0.40, depth: 0.20, shadow: true})
		for i := range 3 {
			x := st.aspect * (0.12 + 0.38*float64(i) + c.in(-0.04, 0.04))
			if math.Abs(x-st.focusX) < 0.15 {
				continue
			}
			st.put(st.sheet("stall", 0.18), fmt.Sprint("stall", i), drawStall, placing{x: x, y: mix(y, st.crest, 0.62), height: 0.145, depth: 0.16, shadow: true})
		}
		st.passers(c, 5, mix(y, st.crest, 0.8), 0.085)
		return
	}
	for i := range 3 {
		x := st.aspect * (0.08 + 0.42*float64(i) + c.in(-0.03, 0.03))
		if math.Abs(x-st.focusX) < 0.10 {
			continue
		}
		st.put(st.sheet("lamp", 0.16), fmt.Sprint("lamp", i), drawStreetLamp, placing{x: x, y: mix(y, st.crest, 0.55), height: 0.27, depth: 0.14, shadow: true})
	}
	st.passers(c, 4, mix(y, st.crest, 0.45), 0.085)
	if subjects[st.lead()].foot == onRail {
		r := st.sheet("track", 0.05)
		r.still = true
		for _, d := range []float64{-0.002, 0.016} {
			r.detail(raster.Rect(-0.1, st.crest-0.014+d, st.aspect+0.2, 0.0035), st.see(metal, -0.05, 0.05), 0.8)
		}
	}
}

// passers are small people going their ways in the middle distance.
func (st *stage) passers(c chance, n int, y, h float64) {
	s := st.sheet("passers", 0.2)
	for i := range n {
		x := c.in(0.04, st.aspect-0.04)
		if math.Abs(x-st.focusX) < 0.13 {
			continue
		}
		yy := y + c.in(-0.02, 0.02)
		f := figure{child: c.yes(0.2)}
		st.put(s, fmt.Sprint("passer", i), func(p *pen) { drawPerson(p, f) }, placing{x: x, y: yy, height: h * c.in(0.9, 1.1), depth: 0.20, mirror: c.yes(0.5), shadow: true})
	}
}

// nearRails is the track at the front.
func (st *stage) nearRails() {
	s := st.sheet("embankment", 0.05)
	t := st.groundTint(0.03, -0.01)
	s.wash(raster.Rect(-0.1, st.crest-0.03, st.aspect+0.2, 0.5), t, t.lift(-0.04), st.crest, 1)
	tie := st.see(wood, -0.08, 0.03)
	for x := -0.05; x < st.aspect+0.1; x += 0.052 {
		s.detail(raster.Polygon(raster.Point{X: x, Y: st.crest - 0.012}, raster.Point{X: x + 0.018, Y: st.crest - 0.012}, raster.Point{X: x + 0.012, Y: st.crest + 0.018}, raster.Point{X: x - 0.010, Y: st.crest + 0.018}), tie, 0.85)
	}
	m := st.see(metal, -0.08, 0.03)
	s.detail(raster.Rect(-0.1, st.crest-0.012, st.aspect+0.2, 0.005), m, 1)
	s.detail(raster.Rect(-0.1, st.crest+0.010, st.aspect+0.2, 0.006), m.lift(-0.04), 1)
}

// nearSill turns the view into one from a window: frame, cross bar, sill.
func (st *stage) nearSill() {
	s := st.sheet("frame", 0.06)
	t := st.surface(st.deep.blend(st.warm, 0.35).soft(0.8).at(0.34), 0)
	if !st.dark {
		t = st.surface(st.warm.blend(st.deep, 0.45).soft(0.55).at(0.46), 0)
	}
	w := 0.055 * st.size()
	s.body(raster.Rect(-0.1, -0.1, w+0.1, 1.2), t)
	s.body(raster.Rect(st.aspect-w, -0.1, w+0.2, 1.2), t)
	s.body(raster.Rect(-0.1, -0.1, st.aspect+0.2, w+0.1), t)
	bar := w * 0.42
	x := st.aspect * 0.5
	s.body(raster.Rect(x-bar/2, -0.1, bar, 1.1), t.lift(0.015))
	s.body(raster.Rect(-0.1, st.crest*0.42, st.aspect+0.2, bar), t.lift(0.015))
	if st.snowy {
		c := st.chance("sill-snow")
		for _, x0 := range []float64{w, x + bar/2} {
			pane := x - bar/2 - w
			for _, y := range []float64{st.crest * 0.42, st.crest - 0.012} {
				h := c.in(0.02, 0.04)
				p := raster.Curve([]raster.Point{{X: x0, Y: y}, {X: x0, Y: y - h}, {X: x0 + pane*0.2, Y: y - h*0.55}, {X: x0 + pane*0.5, Y: y - h*0.25}, {X: x0 + pane*0.8, Y: y - h*0.5}, {X: x0 + pane, Y: y - h*0.9}}, false)
				p.LineTo(x0+pane, y)
				p.Close()
				s.detail(p, st.see(snow, -0.02, 0.05), 0.95)
			}
		}
	}
	sill := st.sheet("sill", 0.02)
	u := t.lift(0.10)
	sill.wash(raster.Rect(-0.1, st.crest-0.012, st.aspect+0.2, 0.5), u, u.lift(-0.07), st.crest, 1)
	sill.detail(raster.Rect(-0.1, st.crest-0.012, st.aspect+0.2, 0.006), u.lift(0.06), 0.8)
}
