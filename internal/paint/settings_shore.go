package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var shoreSettings = []setting{
	{wild: true, id: "glacier", frozen: true, snows: true, drifts: true, view: "a glacier", phrase: "on the ice", snowPhrase: "on the polar ice", horizon: [2]float64{0.54, 0.60}, back: backGlacier, ground: groundGlacier, frame: "none", company: []string{"penguin", "polar-bear", "igloo", "seal"}},
	{wild: true, id: "waterfall", season: "summer", view: "a waterfall", phrase: "by a waterfall", snowPhrase: "by a winter waterfall", horizon: [2]float64{0.56, 0.60}, snows: true, drifts: true, back: backWaterfall, ground: groundWater, frame: "firs", company: []string{"person", "bear", "reindeer"}},
	{wild: true, id: "island", season: "summer", soil: beachSand, view: "an island", phrase: "by an island", snowPhrase: "by an island", horizon: [2]float64{0.54, 0.58}, back: backSea, ground: groundIsland, frame: "none", company: []string{"sailing-boat", "turtle", "dolphin"}},
	{wild: true, id: "fjord", view: "a fjord", phrase: "by a fjord", snowPhrase: "by a winter fjord", horizon: [2]float64{0.56, 0.61}, snows: true, drifts: true, back: backFjord, ground: groundFjord, frame: "fir", company: []string{"sailing-boat", "cabin", "rowing-boat"}},
	{wild: true, id: "beach", season: "summer", soil: beachSand, view: "a beach", phrase: "on the beach", snowPhrase: "on the beach", horizon: [2]float64{0.50, 0.55}, back: backSea, ground: groundBeach, frame: "palm", company: []string{"palm", "turtle", "umbrella", "child"}},
	{id: "canal", view: "a canal", phrase: "by a canal", snowPhrase: "by a winter canal", horizon: [2]float64{0.58, 0.62}, snows: true, soil: pavement, back: backCanal, ground: groundHarbour, near: (*stage).nearQuay, frame: "none", company: []string{"rowing-boat", "bicycle", "swan"}},
}

func beachSand(p palette) tint { return p.glow.blend(p.paper, 0.62).soft(0.8).at(0.88) }

// berg is a block of ice with a lit and a shaded face.
func (st *stage) berg(s *sheet, c chance, x, y, h, depth float64) {
	w := h * c.in(0.6, 1.1)
	lit, dim := st.see(frost, 0.08, depth), st.see(frost, -0.12, depth)
	peak := raster.Point{X: x + c.in(-0.2, 0.2)*w, Y: y - h}
	foldX := x + c.in(-0.1, 0.1)*w
	left := raster.Polygon(peak, raster.Point{X: x - w*0.5, Y: y - h*c.in(0.5, 0.8)}, raster.Point{X: x - w*0.8, Y: y - h*0.18}, raster.Point{X: x - w*0.9, Y: y}, raster.Point{X: foldX, Y: y}, raster.Point{X: foldX - w*0.1, Y: y - h*0.5})
	right := raster.Polygon(peak, raster.Point{X: foldX - w*0.1, Y: y - h*0.5}, raster.Point{X: foldX, Y: y}, raster.Point{X: x + w*0.9, Y: y}, raster.Point{X: x + w*0.7, Y: y - h*0.3}, raster.Point{X: x + w*0.4, Y: y - h*c.in(0.55, 0.8)})
	a, b := dim, lit
	if st.from < 0 {
		a, b = lit, dim
	}
	s.body(left, a)
	s.body(right, b)
}

func backGlacier(st *stage) {
	st.mountains("far", st.horizon-0.03, 0.26, 0.84, 0.5)
	c := st.chance("bergs")
	for layer := range 2 {
		d := 0.66 - 0.22*float64(layer)
		s := st.sheet(fmt.Sprint("berg", layer), d)
		for i := range 5 {
			x := st.aspect * (float64(i) + c.in(0, 1)) / 5
			st.berg(s, c, x, st.horizon+0.012+0.012*float64(layer), c.in(0.06, 0.17), d)
		}
		st.mistBand(st.horizon-0.06, st.horizon+0.02, 0.3)
	}
}

func groundGlacier(st *stage) {
	groundWater(st)
	c := st.chance("floes")
	s := st.sheet("floes", 0.25)
	for i := range 12 {
		f := (float64(i) + c.Float64()) / 12
		y := mix(st.horizon+0.015, st.crest-0.01, f)
		x, w := c.in(0, st.aspect), mix(0.03, 0.15, f)
		h := 0.006 + 0.014*f
		t := st.see(snow, -0.01, 0.35*(1-f))
		s.body(raster.Polygon(raster.Point{X: x - w, Y: y + h}, raster.Point{X: x - w, Y: y + h*1.8}, raster.Point{X: x + w*0.8, Y: y + h*1.9}, raster.Point{X: x + w, Y: y + h*0.6}), st.see(frost, -0.10, 0.35*(1-f)))
		s.body(raster.Polygon(raster.Point{X: x - w, Y: y + h}, raster.Point{X: x - w*0.5, Y: y}, raster.Point{X: x + w*0.6, Y: y - h*0.3}, raster.Point{X: x + w, Y: y + h*0.6}, raster.Point{X: x + w*0.8, Y: y + h*1.3}), t)
	}
	b := st.sheet("berg-near", 0.2)
	st.berg(b, c, st.aspect-st.focusX+c.in(-0.1, 0.1), mix(st.horizon, st.crest, 0.55), 0.20*st.size(), 0.2)
}

func backWaterfall(st *stage) {
	st.mountains("far", st.horizon-0.05, 0.28, 0.82, 0.5)
	c := st.chance("cliff")
	s := st.sheet("cliff", 0.5)
	x := st.aspect - st.focusX + c.in(-0.05, 0.05)
	top := st.horizon - 0.40
	rock := st.surface(st.deep.blend(st.cool, 0.35).at(0.46), 0.34)
	for _, side := range []float64{-1, 1} {
		var pts []raster.Point
		for i := range 9 {
			f := float64(i) / 8
			pts = append(pts, raster.Point{X: x + side*(0.058+0.03*f+c.in(-0.012, 0.012)), Y: mix(top+0.01, st.horizon+0.02, f)})
		}
		edge := x + side*c.in(0.40, 0.55)
		pts = append(pts, raster.Point{X: edge + side*0.22, Y: st.horizon + 0.02}, raster.Point{X: edge, Y: st.horizon - 0.2}, raster.Point{X: edge - side*0.08, Y: top + 0.10}, raster.Point{X: x + side*0.2, Y: top - 0.012})
		t := rock
		if side == st.from {
			t = rock.lift(0.06)
		}
		s.wash(raster.Polygon(pts...), t, t.blend(st.mistTint(), 0.4), top, st.horizon)
		for i := range 5 {
			yy := mix(top+0.06, st.horizon-0.04, float64(i)/4)
			x0 := x + side*c.in(0.10, 0.16)
			s.detail(limbPath([]float64{x0, yy, 0.002, x0 + side*0.06, yy + 0.012, 0.003, x0 + side*0.12, yy + 0.004, 0.0008}), t.lift(-0.05), 0.7)
		}
		cap := st.leafTint(-0.12, 0.3)
		if st.snowy {
			cap = st.see(snow, -0.02, 0.3)
		}
		s.body(limbPath([]float64{x + side*0.07, top + 0.004, 0.008, x + side*0.16, top - 0.008, 0.014, x + side*0.30, top + 0.07, 0.010}), cap)
		for i := range 3 {
			st.put(s, fmt.Sprint("cliff-fir", side, i), drawFir, placing{x: x + side*(0.12+0.07*float64(i)), y: top + 0.004 + 0.02*float64(i), height: c.in(0.07, 0.12), depth: 0.36})
		}
	}
	f := st.sheet("fall", 0.46)
	f.still = true
	white := st.see(snow, 0.0, 0.15)
	w := 0.062
	f.add(figureShape{path: raster.Polygon(raster.Point{X: x - w, Y: top}, raster.Point{X: x + w, Y: top}, raster.Point{X: x + w*1.5, Y: st.horizon + 0.03}, raster.Point{X: x - w*1.5, Y: st.horizon + 0.03}), fill: white.lift(-0.03), role: body, fade: &fade{0, top, 0, st.horizon, white.lift(-0.08), 1}})
	for i := range 9 {
		k := (float64(i) - 4) / 4
		f.detail(limbPath([]float64{x + k*w*0.9, top + c.in(0, 0.03), 0.002, x + k*w*1.15, mix(top, st.horizon, 0.5), 0.0035, x + k*w*1.4, st.horizon + 0.01, 0.001}), []tint{st.see(frost, -0.05, 0.2), white.lift(0.03)}[i%2], 0.8)
	}
	for range 9 {
		f.detail(raster.Circle(x+c.about()*w*2, st.horizon+0.018+c.in(-0.014, 0.01), c.in(0.008, 0.022)), white, 0.5)
	}
	st.mistBand(st.horizon-0.06, st.horizon+0.02, 0.34)
}

func groundIsland(st *stage) {
	groundWater(st)
	c := st.chance("island")
	s := st.sheet("island", 0.34)
	x := st.aspect - st.focusX + c.in(-0.05, 0.05)
	y := mix(st.horizon, st.crest, 0.30)
	w := 0.24 * st.size()
	sand := st.groundTint(0.26, 0)
	dome := raster.Curve([]raster.Point{{X: x - w, Y: y}, {X: x - w*0.5, Y: y - w*0.14}, {X: x, Y: y - w*0.22}, {X: x + w*0.55, Y: y - w*0.13}, {X: x + w, Y: y}}, false)
	dome.Close()
	s.body(dome, sand)
	s.body(raster.Ellipse(x, y, w, w*0.05), sand.lift(-0.04))
	for i := range 3 {
		f := float64(i) - 1
		st.put(s, fmt.Sprint("island-palm", i), drawPalm, placing{x: x + f*w*0.34, y: y - w*0.14, height: (0.30 - 0.05*math.Abs(f)) * st.size(), depth: 0.26, mirror: f < 0})
		st.put(s, fmt.Sprint("island-bush", i), drawBush, placing{x: x + f*w*0.5 + 0.03, y: y - w*0.08, height: 0.045, depth: 0.28})
	}
	r := st.sheet("island-surf", 0.3)
	r.still = true
	r.detail(raster.Ellipse(x, y+0.006, w*1.04, 0.004), st.paper, 0.7)
}

func backFjord(st *stage) {
	st.mountains("far", st.horizon-0.03, 0.34, 0.84, 0.44)
	c := st.chance("fjord")
	for layer := range 2 {
		side := 1.0
		if layer == 0 {
			side = -1
		}
		if st.focusX > st.aspect/2 {
			side = -side
		}
		d := 0.62 - 0.16*float64(layer)
		s := st.sheet(fmt.Sprint("wall", layer), d)
		rock := st.surface(st.deep.blend(st.cool, 0.34).blend(st.green, 0.12).at(0.46), d*0.8)
		edge := st.aspect*0.5 + side*(st.aspect*0.5+0.1)
		var pts []raster.Point
		reach := st.aspect * (0.58 - 0.08*float64(layer))
		for i := range 11 {
			f := float64(i) / 10
			pts = append(pts, raster.Point{X: edge - side*reach*f, Y: st.horizon + 0.01 - 0.46*math.Pow(1-f, 1.25) + c.in(-0.012, 0.012)*(1-f)})
		}
		pts = append(pts, raster.Point{X: edge, Y: st.horizon + 0.02})
		s.wash(raster.Polygon(pts...), rock, rock.blend(st.mistTint(), 0.5), st.horizon-0.4, st.horizon)
		if st.snowy {
			cap := append([]raster.Point{}, pts[:5]...)
			for i := 4; i >= 0; i-- {
				cap = append(cap, raster.Point{X: pts[i].X - side*c.in(0, 0.03), Y: pts[i].Y + 0.035 + 0.05*float64(i%2)})
			}
			s.detail(raster.Polygon(cap...), st.see(snow, -0.04, d*0.8), 1)
		}
		st.mistBand(st.horizon-0.08, st.horizon+0.01, 0.3)
	}
	s := st.sheet("fjord-houses", 0.40)
	x := st.aspect - st.focusX
	for i := range 4 {
		st.put(s, fmt.Sprint("fjord-house", i), drawBarn, placing{x: x + (float64(i)-1.5)*0.085 + c.in(-0.02, 0.02), y: st.horizon + 0.012, height: c.in(0.045, 0.065), depth: 0.34, mirror: c.yes(0.5)})
	}
}

func groundFjord(st *stage) { groundWater(st) }

func groundBeach(st *stage) {
	groundWater(st)
	c := st.chance("beach")
	y := mix(st.horizon, st.crest, 0.52)
	r := c.ridge(2.2, 2, 0)
	line := func(x float64) float64 { return y + 0.026*r.at(x) }
	foam := st.sheet("foam", 0.2)
	foam.still = true
	foam.detail(st.hill(func(x float64) float64 { return line(x) - 0.012 }, 0.05), st.paper, 0.75)
	foam.detail(st.hill(func(x float64) float64 { return line(x) - 0.004 }, 0.05), st.waterTint(0.5).lift(0.08), 0.8)
	s := st.sheet("sand", 0.14)
	s.wash(st.hill(line, 0.05), st.groundTint(0.16, -0.03), st.groundTint(0.04, 0.01), y, st.crest)
	things := st.sheet("beach-things", 0.12)
	for range 12 {
		x, yy := c.in(0, st.aspect), mix(y+0.04, st.crest, c.Float64())
		if st.calmAt(x, yy) {
			continue
		}
		t := st.see([]material{ember, ivory, frost}[c.IntN(3)], 0, 0.1)
		things.detail(raster.Polygon(points(star(x, yy, 0.008, 0.0036, 5))...), t, 0.9)
	}
	if st.lead() != "umbrella" {
		far := st.aspect - st.focusX + c.in(-0.06, 0.06)
		st.put(things, "parasol", drawParasol, placing{x: far, y: mix(y, st.crest, 0.42), height: 0.20 * st.size(), depth: 0.12, shadow: true})
	}
}

// drawParasol stands in the sand with a towel at its foot.
func drawParasol(p *pen) {
	p.poly(of(ember), 8, 0, 60, 0, 50, 8, 4, 8)
	p.on(func() { p.poly(of(ivory), 20, 0, 30, 0, 25, 8, 16, 8) })
	p.line(of(wood), 2.6, 0, 0, 0, 92)
	p.blob(of(ember), -56, 66, -30, 90, 0, 98, 30, 90, 56, 66, 30, 70, 0, 68, -30, 70)
	p.on(func() {
		p.blob(of(ivory), -36, 70, -20, 90, 0, 98, -6, 84, -12, 69)
		p.blob(of(ivory), 36, 70, 20, 90, 0, 98, 6, 84, 12, 69)
	})
}

func backCanal(st *stage) {
	st.mountains("far", st.horizon-0.10, 0.10, 0.88, 0.5)
	st.houseRow("canal-far", st.horizon-0.006, 0.26, 0.58, false)
	st.mistBand(st.horizon-0.20, st.horizon, 0.40)
	c := st.chance("canal")
	st.houseRow("canal-houses", st.horizon-0.004, 0.36, 0.34, false)
	s := st.sheet("canal-wall", 0.34)
	t := st.see(brick, -0.04, 0.3)
	s.wash(raster.Rect(-0.1, st.horizon-0.008, st.aspect+0.2, 0.05), t, t.lift(-0.05), st.horizon, st.horizon+0.04)
	if !st.has("bridge") {
		st.put(s, "canal-bridge", drawBridge, placing{x: st.aspect - st.focusX + c.in(-0.1, 0.1), y: st.horizon + 0.042, height: 0.11, depth: 0.26})
	}
}
