package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var parkSettings = []setting{
	{id: "park", view: "a park", phrase: "in a park", snowPhrase: "in a snowy park", horizon: [2]float64{0.56, 0.61}, snows: true, drifts: true, back: backPark, ground: groundPark, frame: "branches", company: []string{"bench", "fountain", "child", "dog"}},
	{id: "rooftops", view: "rooftops", phrase: "above the rooftops", snowPhrase: "above snowy rooftops", horizon: [2]float64{0.62, 0.66}, snows: true, soil: pavement, back: backRooftops, ground: groundRooftops, near: (*stage).nearRoof, frame: "none", company: []string{"cat", "owl", "balloon"}},
	{id: "alley", view: "an old lane", phrase: "in an old lane", snowPhrase: "in a snowy lane", horizon: [2]float64{0.64, 0.68}, snows: true, soil: pavement, back: backAlley, ground: groundAlley, frame: "none", company: []string{"cat", "couple", "bicycle", "street-lamp"}},
	{wild: true, id: "farm", view: "a farm", phrase: "on a farm", snowPhrase: "on a snowy farm", horizon: [2]float64{0.56, 0.61}, snows: true, drifts: true, back: backHills, ground: groundFarm, frame: "branches", company: []string{"cow", "sheep", "tractor", "rooster"}},
	{id: "fairground", view: "a fairground", phrase: "at a fair", snowPhrase: "at a winter fair", horizon: [2]float64{0.62, 0.66}, snows: true, soil: pavement, back: backFair, ground: groundFair, frame: "garland", company: []string{"family", "dancer", "stall"}},
}

func backPark(st *stage) {
	c := st.chance("park-back")
	s := st.sheet("park-town", 0.80)
	t := st.surface(st.deep.blend(st.cool, 0.4).at(0.52), 0.70)
	for x := -0.05; x < st.aspect; {
		w, h := c.in(0.04, 0.09), c.in(0.10, 0.24)
		s.body(raster.Rect(x, st.horizon-h, w, h+0.1), t)
		x += w * c.in(1.0, 2.2)
	}
	st.mistBand(st.horizon-0.18, st.horizon, 0.4)
	if st.snowy {
		st.treeLine("park-trees", st.horizon+0.006, 0.15, 0.56, 0.6)
	} else {
		st.canopy("park-trees", st.horizon+0.006, 0.15, 0.56, st.leafTint(-0.04, 0.5))
	}
	st.mistBand(st.horizon-0.05, st.horizon+0.02, 0.28)
}

func groundPark(st *stage) {
	groundField(st)
	c := st.chance("park")
	way := st.sheet("park-way", 0.16)
	way.still = true
	far := st.aspect - st.focusX
	sand := st.see(ivory, -0.08, 0.1)
	if st.snowy {
		sand = st.see(snow, -0.06, 0.1)
	}
	y0, y1 := st.horizon+0.03, st.crest+0.03
	var l, r []raster.Point
	for i := range 9 {
		f := float64(i) / 8
		x := mix(far, st.aspect*0.5, f) + 0.10*math.Sin(f*4)*(1-f)
		w := mix(0.012, 0.16, f*f)
		l, r = append(l, raster.Point{X: x - w, Y: mix(y0, y1, f)}), append(r, raster.Point{X: x + w, Y: mix(y0, y1, f)})
	}
	path := raster.Curve(l, false)
	back := reverse(r)
	path.LineTo(back[0].X, back[0].Y)
	path.CurveThrough(back[1:]...)
	path.Close()
	way.detail(path, sand, 0.9)
	trees := st.sheet("park-big-trees", 0.24)
	for i := range 4 {
		x := st.aspect * (0.06 + 0.29*float64(i) + c.in(-0.04, 0.04))
		if math.Abs(x-st.focusX) < 0.2 || math.Abs(x-far) < 0.07 {
			continue
		}
		st.put(trees, fmt.Sprint("park-tree", i), drawTree, placing{x: x, y: mix(st.horizon, st.crest, c.in(0.25, 0.45)), height: c.in(0.26, 0.36) * st.size(), depth: 0.25, shadow: true})
	}
	if st.lead() != "bench" {
		st.put(st.sheet("park-bench", 0.14), "park-bench", subjects["bench"].draw, placing{x: far + 0.12*math.Copysign(1, st.aspect/2-far), y: mix(st.horizon, st.crest, 0.62), height: 0.062 * st.size(), depth: 0.12, shadow: true})
	}
	lamps := st.sheet("park-lamps", 0.18)
	for i := range 2 {
		x := far + (float64(i)*2-1)*0.15
		if math.Abs(x-st.focusX) < 0.1 {
			continue
		}
		st.put(lamps, fmt.Sprint("park-lamp", i), drawStreetLamp, placing{x: x, y: mix(st.horizon, st.crest, 0.45+0.2*float64(i)), height: 0.19 + 0.05*float64(i), depth: 0.16, shadow: true})
	}
}

func backRooftops(st *stage) {
	backCity(st)
}

// groundRooftops stacks roof upon roof instead of any ground.
func groundRooftops(st *stage) {
	c := st.chance("roofs")
	for row := range 3 {
		d := 0.36 - 0.12*float64(row)
		s := st.sheet(fmt.Sprint("roofs", row), d)
		y := mix(st.horizon+0.03, st.crest, 0.12+0.36*float64(row))
		scale := 0.13 + 0.05*float64(row)
		x := c.in(-0.1, 0)
		for i := 0; x < st.aspect+0.1 && i < 40; i++ {
			w, h := scale*c.in(0.9, 1.4), scale*c.in(0.55, 0.85)
			wall := st.see(ivory, -0.12-0.03*float64(i%3), d)
			roof := st.see([]material{brick, furDark, ember}[c.IntN(3)], -0.02, d)
			s.body(raster.Rect(x, y-h*0.3, w, 0.5), wall)
			s.body(raster.Polygon(raster.Point{X: x - w*0.05, Y: y - h*0.28}, raster.Point{X: x + w*0.22, Y: y - h}, raster.Point{X: x + w*0.78, Y: y - h}, raster.Point{X: x + w*1.05, Y: y - h*0.28}), roof)
			if st.snowy {
				s.detail(raster.Polygon(raster.Point{X: x + w*0.02, Y: y - h*0.52}, raster.Point{X: x + w*0.20, Y: y - h*1.05}, raster.Point{X: x + w*0.80, Y: y - h*1.05}, raster.Point{X: x + w*0.98, Y: y - h*0.52}, raster.Point{X: x + w*0.7, Y: y - h*0.44}, raster.Point{X: x + w*0.4, Y: y - h*0.55}, raster.Point{X: x + w*0.2, Y: y - h*0.46}), st.see(snow, -0.02, d), 1)
			}
			cx := x + w*c.in(0.3, 0.7)
			s.body(raster.Rect(cx-w*0.05, y-h*1.3, w*0.1, h*0.4), st.see(brick, -0.06, d))
			s.body(raster.Rect(cx-w*0.065, y-h*1.33, w*0.13, h*0.06), st.see(brick, 0.02, d))
			for k := range 2 {
				wx := x + w*(0.2+0.38*float64(k))
				if !st.calmAt(wx, y) {
					s.detail(raster.Rect(wx, y-h*0.16, w*0.2, h*0.32), st.see(window, 0, d), 1)
				}
				s.detail(raster.RoundRect(wx+w*0.05, y-h*0.78, w*0.13, h*0.22, 0.004), st.see(window, 0, d), 1)
			}
			if st.dark && c.yes(0.4) {
				s.glow(x+w*0.3, y, w*0.5, st.glow, 0.18)
			}
			x += w * c.in(0.92, 1.06)
		}
	}
}

// nearRoof is the ridge on which the focus stands.
func (st *stage) nearRoof() {
	s := st.sheet("near-roof", 0.03)
	t := st.surface(st.warm.blend(st.deep, 0.55).soft(0.6).at(0.40), 0.02)
	if st.snowy {
		t = st.groundTint(0.02, 0)
	}
	s.wash(raster.Rect(-0.1, st.crest, st.aspect+0.2, 0.5), t, t.lift(-0.05), st.crest, 1)
	u := t.lift(0.05)
	if st.snowy {
		u = t.lift(-0.05)
	}
	for x := -0.02; x < st.aspect+0.05; x += 0.05 {
		s.body(raster.RoundRect(x, st.crest-0.008, 0.046, 0.024, 0.008), u)
	}
}

func backAlley(st *stage) {
	c := st.chance("alley")
	st.put(st.sheet("alley-tower", 0.7), "alley-tower", drawTower, placing{x: st.aspect*0.5 + c.in(-0.08, 0.08), y: st.horizon + 0.01, height: 0.46, depth: 0.62})
	st.houseRow("alley-far", st.horizon+0.006, 0.24, 0.54, false)
	st.mistBand(st.horizon-0.2, st.horizon+0.01, 0.36)
	// Two sides lean in and leave the sky a gap.
	for _, side := range []float64{-1, 1} {
		for i := range 3 {
			d := 0.40 - 0.12*float64(i)
			s := st.sheet("alley-side", d)
			h := 0.38 + 0.17*float64(i)
			w := c.in(28, 34)
			x := st.aspect*0.5 + side*(st.aspect*0.18+0.15*st.aspect*float64(i))
			if side*(st.focusX-x) > -0.05 && i == 0 {
				x += side * 0.05
			}
			kind, wall := c.IntN(3), walls[c.IntN(len(walls))]
			st.put(s, fmt.Sprint("alley", side, i), func(p *pen) { townHouse(p, kind, wall, w, true) },
				placing{x: x, y: st.horizon + 0.02 + 0.035*float64(i), height: h, depth: d, mirror: side > 0})
		}
	}
}

func groundAlley(st *stage) {
	c := st.chance("cobbles")
	s := st.sheet("lane", 0.3)
	s.still = true
	y := st.horizon + 0.012
	s.add(figureShape{path: raster.Rect(-0.1, y+0.07, st.aspect+0.2, 1.2), fill: st.groundTint(0.25, -0.03), fade: &fade{0, y, 0, st.crest, st.groundTint(0.05, -0.03), 1}})
	s.add(figureShape{path: raster.Polygon(raster.Point{X: st.aspect * 0.36, Y: y}, raster.Point{X: st.aspect * 0.64, Y: y}, raster.Point{X: st.aspect * 0.95, Y: y + 0.08}, raster.Point{X: st.aspect * 0.05, Y: y + 0.08}), fill: st.groundTint(0.3, -0.03)})
	if !st.snowy {
		for row := range 9 {
			f := float64(row+1) / 9
			yy := mix(y+0.02, st.crest, f*f)
			w := 0.016 + 0.034*f
			for x := -0.02 + w*0.5*float64(row%2); x < st.aspect; x += w {
				if c.yes(0.45) || st.calmAt(x, yy) {
					continue
				}
				s.detail(raster.RoundRect(x, yy, w*0.86, 0.004+0.008*f, 0.004), st.groundTint(0.1, c.in(-0.08, 0.0)), 0.7)
			}
		}
	}
	if st.dark {
		for range 9 {
			s.glow(c.in(0, st.aspect), mix(y, st.crest, c.Float64()), c.in(0.05, 0.1), st.glow, 0.16)
		}
	}
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	if st.lead() != "street-lamp" {
		st.put(st.sheet("alley-lamp", 0.12), "alley-lamp", drawStreetLamp, placing{x: st.aspect*0.5 + side*st.aspect*0.24, y: mix(y, st.crest, 0.72), height: 0.34 * st.size(), depth: 0.1, shadow: true})
	}
	// Laundry or lights between the houses.
	g := st.sheet("alley-line", 0.24)
	for k := range 2 {
		yy := st.horizon - 0.20 - 0.10*float64(k)
		var pts []raster.Point
		for i := range 13 {
			f := float64(i) / 12
			pts = append(pts, raster.Point{X: st.aspect * mix(0.24-0.07*float64(k), 0.76+0.07*float64(k), f), Y: yy + 0.03*math.Sin(f*math.Pi)})
		}
		g.detail(raster.Stroke(raster.Curve(pts, false), 0.0016), st.see(ink, 0.06, 0.2), 0.9)
		for i := 1; i < 12; i++ {
			q := pts[i]
			if st.snowy || st.dark {
				g.detail(raster.Circle(q.X, q.Y+0.006, 0.0055), st.see(flame, 0, 0.1), 1)
				if st.dark {
					g.glow(q.X, q.Y+0.006, 0.03, st.glow, 0.3)
				}
			} else if i%2 == 0 {
				t := st.see([]material{ivory, ember, frost, amber}[(i/2+k)%4], 0, 0.2)
				g.detail(raster.Polygon(raster.Point{X: q.X - 0.012, Y: q.Y}, raster.Point{X: q.X + 0.012, Y: q.Y}, raster.Point{X: q.X, Y: q.Y + 0.028}), t, 1)
			}
		}
	}
}

func groundFarm(st *stage) {
	groundField(st)
	c := st.chance("farmyard")
	far := st.aspect - st.focusX
	s := st.sheet("farmyard", 0.30)
	y := mix(st.horizon, st.crest, 0.30)
	if st.lead() != "barn" {
		st.put(s, "barn", drawBarn, placing{x: far + c.in(-0.05, 0.05), y: y, height: 0.20 * st.size(), depth: 0.28, mirror: c.yes(0.5), shadow: true})
	}
	st.put(s, "silo", func(p *pen) {
		p.rect(of(metal).up(0.12), -16, 0, 32, 80)
		p.blob(of(metal).up(0.05), -17, 79, -12, 94, 0, 100, 12, 94, 17, 79)
		p.on(func() {
			p.rect(of(metal), 6, 0, 10, 80)
			for i := range 5 {
				p.line(of(metal), 1, -16, 14+float64(i)*15, 16, 14+float64(i)*15)
			}
		})
	}, placing{x: far + 0.15*c.side(), y: y - 0.004, height: 0.22 * st.size(), depth: 0.30, shadow: true})
	f := st.sheet("paddock", 0.13)
	yy := mix(st.horizon, st.crest, 0.62)
	t := st.see(wood, 0.02, 0.14)
	for x := -0.02; x < st.aspect+0.06; x += 0.085 {
		f.body(raster.Rect(x, yy-0.034, 0.008, 0.05), t.lift(-0.03))
		if st.snowy {
			f.detail(raster.Ellipse(x+0.004, yy-0.035, 0.007, 0.004), st.see(snow, 0, 0.1), 1)
		}
	}
	for _, d := range []float64{-0.026, -0.008} {
		f.body(raster.Rect(-0.1, yy+d, st.aspect+0.2, 0.0065), t)
	}
	if st.lead() != "sheep" && st.lead() != "cow" {
		g := st.sheet("grazing", 0.22)
		for i := range 3 {
			x := c.in(0.05, st.aspect-0.05)
			if math.Abs(x-st.focusX) < 0.18 {
				continue
			}
			st.put(g, fmt.Sprint("grazing", i), drawSheep, placing{x: x, y: mix(st.horizon, st.crest, c.in(0.35, 0.5)), height: 0.045, depth: 0.2, mirror: c.yes(0.5), shadow: true})
		}
	}
}

func backFair(st *stage) {
	c := st.chance("fair")
	st.treeLine("fair-wood", st.horizon, 0.12, 0.76, 0.7)
	st.houseRow("fair-houses", st.horizon+0.004, 0.15, 0.66, false)
	st.mistBand(st.horizon-0.16, st.horizon, 0.42)
	if !st.has("ferris-wheel") {
		st.put(st.sheet("fair-wheel", 0.5), "fair-wheel", drawFerrisWheel, placing{x: st.aspect - st.focusX + c.in(-0.06, 0.06), y: st.horizon + 0.02, height: 0.52, depth: 0.42})
	}
	s := st.sheet("fair-tents", 0.38)
	for i := range 4 {
		x := st.aspect * (0.10 + 0.27*float64(i) + c.in(-0.05, 0.05))
		if math.Abs(x-st.focusX) < 0.14 {
			continue
		}
		st.put(s, fmt.Sprint("fair-tent", i), drawBigTop, placing{x: x, y: st.horizon + 0.022, height: c.in(0.14, 0.20), depth: 0.34})
	}
}

// drawBigTop is a striped tent with a pennant.
func drawBigTop(p *pen) {
	a, b := of(ember), of(ivory).down(0.02)
	p.line(of(wood), 1.6, 0, 80, 0, 98)
	p.poly(of(amber), 0, 98, 16, 94, 0, 89)
	for i := range 6 {
		t := a
		if i%2 == 1 {
			t = b
		}
		x0, x1 := -48+float64(i)*16, -32+float64(i)*16
		p.rect(t.down(0.04), x0, 0, 16, 42)
		p.poly(t, x0*1.16, 42, x1*1.16, 42, 1, 82, -1, 82)
		p.blob(t.down(0.03), x0*1.16, 44, x0*1.16+9, 34, x1*1.16, 44)
	}
	p.on(func() { p.poly(of(window), -9, 0, 0, 30, 9, 0) })
	p.lamp(0, 14, 50)
}

func groundFair(st *stage) {
	c := st.chance("fair-ground")
	s := st.sheet("fair-ground", 0.3)
	s.still = true
	y := st.horizon + 0.012
	s.add(figureShape{path: raster.Rect(-0.1, y, st.aspect+0.2, 1.2), fill: st.groundTint(0.4, -0.02), fade: &fade{0, y, 0, st.crest, st.groundTint(0.05, -0.03), 1}})
	if st.dark {
		for range 12 {
			s.glow(c.in(0, st.aspect), y+0.03, c.in(0.04, 0.09), st.glow, 0.18)
		}
	}
	for i := range 2 {
		x := st.aspect * (0.16 + 0.66*float64(i) + c.in(-0.05, 0.05))
		if math.Abs(x-st.focusX) < 0.18 {
			continue
		}
		st.put(st.sheet("fair-stall", 0.18), fmt.Sprint("fair-stall", i), drawStall, placing{x: x, y: mix(y, st.crest, 0.6), height: 0.15, depth: 0.16, shadow: true})
	}
	st.passers(c, 7, mix(y, st.crest, 0.6), 0.085)
}
