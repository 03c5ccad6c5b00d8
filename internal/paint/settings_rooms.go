package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var roomSettings = []setting{
	{id: "living-room", indoors: true, room: true, view: "a living room", phrase: "in a living room", snowPhrase: "in a living room in winter", horizon: [2]float64{0.60, 0.62}, snows: true, back: backLivingRoom, ground: groundFloor, near: (*stage).nearFloor, frame: "none", company: []string{"cat", "dog", "christmas-tree", "clock"}},
	{id: "kitchen", indoors: true, room: true, view: "a kitchen", phrase: "in a kitchen", snowPhrase: "in a kitchen in winter", horizon: [2]float64{0.60, 0.62}, snows: true, back: backKitchen, ground: groundFloor, near: (*stage).nearTable, frame: "none", company: []string{"cake", "teapot", "bread", "mug"}},
	{id: "library", indoors: true, room: true, view: "a library", phrase: "in a library", snowPhrase: "in a library in winter", horizon: [2]float64{0.62, 0.64}, snows: true, back: backLibrary, ground: groundFloor, near: (*stage).nearTable, frame: "none", company: []string{"book", "owl", "candle", "cat"}},
	{id: "clouds", season: "summer", view: "the sky above the clouds", phrase: "above the clouds", snowPhrase: "above the clouds", horizon: [2]float64{0.66, 0.70}, soil: func(p palette) tint { return p.paper.blend(p.cool, 0.22).at(0.94) }, back: backClouds, ground: groundClouds, near: (*stage).nearCloud, frame: "none", company: []string{"balloon", "airship", "plane"}},
}

// wall papers the whole stage; what daylight there is comes in by a window.
func (st *stage) wall(t, stripe tint) *sheet {
	s := st.sheet("wall", 0.7)
	s.still = true
	s.add(figureShape{path: raster.Rect(-0.1, -0.1, st.aspect+0.2, 1.3), fill: t.lift(-0.04), fade: &fade{0, 0, 0, st.horizon, t.lift(0.02), 1}})
	for x := 0.02; x < st.aspect; x += 0.07 {
		s.detail(raster.Rect(x, -0.1, 0.022, st.horizon+0.1), stripe, 0.35)
	}
	s.detail(raster.Rect(-0.1, st.horizon-0.03, st.aspect+0.2, 0.03), stripe.lift(0.06), 0.9)
	return s
}

// paneView is a window in a wall: the evening or the day outside, and what
// falls from its sky.
func (st *stage) paneView(x, y, w, h float64) {
	s := st.sheet("pane", 0.6)
	s.still = true
	frame := st.see(ivory, -0.05, 0.1)
	b := w * 0.06
	s.body(raster.Rect(x-b, y-b, w+2*b, h+2*b), frame)
	s.add(figureShape{path: raster.Rect(x, y, w, h), fill: st.top(st.palette), role: detail, fade: &fade{0, y, 0, y + h, st.low(st.palette), 1}})
	c := st.chance("pane")
	if st.dark {
		for range 14 {
			s.detail(raster.Circle(x+w*c.Float64(), y+h*0.6*c.Float64(), 0.0014), st.paper, 0.8)
		}
		s.detail(raster.Circle(x+w*0.72, y+h*0.24, w*0.09), st.paper.blend(st.glow, 0.25), 1)
	}
	ground := st.groundTint(0.5, 0)
	if !st.snowy {
		ground = st.leafTint(0, 0.5)
	}
	var hill []raster.Point
	for i := range 9 {
		f := float64(i) / 8
		hill = append(hill, raster.Point{X: x + w*f, Y: y + h*(0.72+0.05*math.Sin(f*5))})
	}
	hill = append(hill, raster.Point{X: x + w, Y: y + h}, raster.Point{X: x, Y: y + h})
	s.detail(raster.Polygon(hill...), ground, 1)
	for i := range 4 {
		fx, fh := x+w*(0.14+0.24*float64(i)), h*c.in(0.16, 0.30)
		s.detail(raster.Polygon(raster.Point{X: fx - fh*0.26, Y: y + h*0.78}, raster.Point{X: fx, Y: y + h*0.78 - fh}, raster.Point{X: fx + fh*0.26, Y: y + h*0.78}), st.see(fir, -0.02, 0.4), 1)
	}
	if st.weather == "snow" || st.snowy && st.weather == "" {
		for range 22 {
			s.detail(raster.Circle(x+w*c.Float64(), y+h*c.Float64(), 0.0022), st.paper, 0.85)
		}
	}
	if st.weather == "rain" || st.weather == "storm" {
		for range 22 {
			fx, fy := x+w*c.Float64(), y+h*0.94*c.Float64()
			s.detail(raster.Rect(fx, fy, 0.0012, h*0.06), st.paper, 0.5)
		}
	}
	s.body(raster.Rect(x+w*0.5-b*0.35, y, b*0.7, h), frame)
	s.body(raster.Rect(x, y+h*0.45, w, b*0.7), frame)
	s.body(raster.Rect(x-b*2, y+h+b*0.6, w+4*b, b*1.2), frame.lift(0.03))
}

// roomTint is the wall's colour: warm, and lit by lamps after dark.
func (st *stage) roomTint(m tint, l float64) tint {
	t := m.at(l)
	if st.dark {
		return t.at(l-0.16).blend(st.warm.blend(st.deep, 0.4).at(0.35), 0.22)
	}
	return t
}

func backLivingRoom(st *stage) {
	c := st.chance("living")
	base := st.green.blend(st.cool, 0.35).soft(0.8)
	if c.yes(0.5) {
		base = st.warm.blend(st.deep, 0.25).soft(0.6)
	}
	t := st.roomTint(base, 0.56)
	st.wall(t, t.lift(0.03))
	far := st.aspect - st.focusX
	st.paneView(clamp(st.focusX-0.13*st.size(), 0.06, st.aspect-0.06-0.26*st.size()), st.horizon-0.46, 0.26*st.size(), 0.30)
	s := st.sheet("hearth", 0.36)
	st.put(s, "hearth", drawHearth, placing{x: far, y: st.horizon + 0.012, height: 0.40 * st.size(), depth: 0.16})
	if st.dark {
		s.glow(far, st.horizon-0.06, 0.42, st.glow.blend(st.warm, 0.3), 0.36)
	}
}

// drawHearth is a fireplace with stockings and candles on its shelf.
func drawHearth(p *pen) {
	stone, dark := of(brick).up(0.03), of(ink).up(0.08)
	p.rect(stone, -44, 0, 88, 62)
	p.on(func() {
		for row := range 7 {
			for i := range 5 {
				x := -44 + float64(i)*18 + 9*float64(row%2)
				p.rect(stone.down(0.04+0.02*float64((i+row)%2)), x, 2+float64(row)*8.6, 15, 6.6)
			}
		}
		p.blob(dark, -27, 0, -27, 26, -18, 38, 0, 42, 18, 38, 27, 26, 27, 0)
		p.limb(of(bark).up(0.05), -18, 4, 3.6, 18, 6, 3.2)
		p.blob(of(ember), -14, 6, -16, 18, -8, 24, -3, 32, 4, 24, 12, 26, 15, 14, 13, 6)
		p.blob(of(flame), -8, 6, -9, 14, -2, 24, 5, 15, 8, 6)
	})
	p.rect(of(wood), -52, 60, 104, 8)
	for i, x := range []float64{-34, -10, 26} {
		c := []tone{of(ember), of(ivory).down(0.04), of(fir).up(0.08)}[i]
		p.limb(c, x, 60, 4, x, 50, 4, x+1, 46, 4, x+7, 43, 3.4)
		p.on(func() { p.rect(of(ivory), x-4.4, 56, 8.8, 4) })
	}
	for _, x := range []float64{-44, -38, 42} {
		p.rect(of(ivory), x-2, 68, 4, 10)
		p.blob(of(flame), x, 79, x-1.8, 82, x, 87, x+1.8, 82)
		p.shine(flame, x, 83, 16, 0.35)
	}
	p.rect(of(amber).down(0.08), -18, 76, 36, 24)
	p.on(func() {
		p.rect(of(frost).up(0.05), -15, 79, 30, 18)
		p.poly(of(fir), -12, 80, -4, 92, 4, 80)
		p.poly(of(fir).up(0.05), 0, 80, 7, 90, 13, 80)
	})
	p.shine(flame, 0, 18, 60, 0.4)
}

func backKitchen(st *stage) {
	t := st.roomTint(st.paper.blend(st.cool, 0.3), 0.86)
	s := st.wall(t, t.lift(-0.02))
	for row := range 5 {
		y := st.horizon - 0.03 - 0.045*float64(row+1)
		s.detail(raster.Rect(-0.1, y, st.aspect+0.2, 0.0018), t.lift(-0.07), 0.8)
	}
	for x := 0.0; x < st.aspect; x += 0.052 {
		s.detail(raster.Rect(x, st.horizon-0.255, 0.0018, 0.225), t.lift(-0.07), 0.8)
	}
	far := st.aspect - st.focusX
	st.paneView(clamp(far-0.15*st.size(), 0.08, st.aspect-0.08-0.30*st.size()), st.horizon-0.52, 0.30*st.size(), 0.24)
	sh := st.sheet("shelf", 0.4)
	c := st.chance("shelf")
	w := 0.36 * st.size()
	x0 := clamp(st.focusX-w/2, 0.03, st.aspect-w-0.03)
	for row := range 2 {
		y := st.horizon - 0.34 - 0.15*float64(row)
		sh.body(raster.Rect(x0, y, w, 0.011), st.see(wood, 0.03, 0.1))
		for x := x0 + 0.012; x < x0+w-0.04; {
			h := c.in(0.04, 0.085)
			ww := c.in(0.026, 0.045)
			m := []material{ember, ivory, moss, frost, amber}[c.IntN(5)]
			u := st.see(m, -0.04, 0.12)
			sh.body(raster.RoundRect(x, y-h, ww, h, 0.008), u)
			sh.detail(raster.RoundRect(x-0.002, y-h-0.006, ww+0.004, 0.012, 0.004), st.see(wood, -0.05, 0.12), 1)
			sh.detail(raster.Rect(x+ww*0.15, y-h*0.62, ww*0.7, h*0.34), st.see(ivory, 0, 0.12), 0.9)
			x += ww + c.in(0.006, 0.02)
		}
	}
	st.put(st.sheet("stove", 0.3), "stove", func(p *pen) {
		p.round(of(ink).up(0.12), -46, 0, 92, 84, 4)
		p.rect(of(metal).up(0.1), -50, 82, 100, 6)
		p.on(func() {
			p.round(of(window), -30, 18, 60, 32, 4)
			p.line(of(metal).up(0.2), 3, -30, 58, 30, 58)
			for i := range 4 {
				p.dot(of(ember), -30+float64(i)*20, 71, 4)
			}
		})
		p.blob(of(ember), -34, 88, -32, 104, -4, 104, -2, 88)
		p.line(of(ink), 2, -36, 105, 0, 105)
		p.lamp(0, 34, 60)
	}, placing{x: far, y: st.horizon + 0.02, height: 0.21 * st.size(), depth: 0.12})
	if st.dark {
		st.sheet("kitchen-light", 0.4).glow(st.aspect*0.5, 0.05, 0.7, st.glow, 0.30)
	}
}

func backLibrary(st *stage) {
	c := st.chance("library")
	t := st.roomTint(st.warm.blend(st.deep, 0.5).soft(0.6), 0.42)
	st.wall(t, t)
	s := st.sheet("shelves", 0.44)
	bay := 0.30
	for x := -0.04; x < st.aspect; x += bay {
		s.body(raster.Rect(x, -0.1, 0.016, st.horizon+0.1), st.see(wood, -0.10, 0.2))
	}
	for row := range 5 {
		y := st.horizon - 0.012 - 0.125*float64(row)
		s.body(raster.Rect(-0.1, y, st.aspect+0.2, 0.013), st.see(wood, -0.06, 0.2))
		for x := 0.0; x < st.aspect; {
			w, h := c.in(0.009, 0.021), c.in(0.068, 0.102)
			if math.Mod(x+0.04, bay) < 0.022 || c.yes(0.05) {
				x += 0.02
				continue
			}
			m := []material{ember, fir, amber, frost, ivory, brick, water}[c.IntN(7)]
			u := st.see(m, c.in(-0.12, -0.02), 0.34)
			if st.calmAt(x, y) {
				u = st.see(brick, -0.08, 0.3)
			}
			s.body(raster.Rect(x, y-h, w, h), u)
			s.detail(raster.Rect(x, y-h*0.8, w, h*0.06), u.lift(0.12), 0.8)
			x += w + 0.0015
		}
	}
	far := st.aspect - st.focusX
	l := st.sheet("ladder", 0.3)
	wood := st.see(wood, 0.10, 0.1)
	for _, d := range []float64{0, 0.075} {
		l.body(limbPath([]float64{far + d - 0.05, st.horizon + 0.02, 0.005, far + d + 0.01, 0.05, 0.005}), wood)
	}
	for i := range 8 {
		f := (float64(i) + 0.5) / 8
		x, y := mix(far-0.05, far+0.01, f), mix(st.horizon, 0.07, f)
		l.body(raster.Rect(x, y, 0.075, 0.007), wood.lift(-0.03))
	}
	g := st.sheet("library-lamps", 0.3)
	for i := range 2 {
		x := st.aspect * (0.25 + 0.5*float64(i))
		g.detail(raster.Rect(x-0.001, -0.05, 0.002, 0.13), st.see(ink, 0.05, 0), 1)
		g.body(raster.Polygon(raster.Point{X: x - 0.045, Y: 0.115}, raster.Point{X: x - 0.018, Y: 0.075}, raster.Point{X: x + 0.018, Y: 0.075}, raster.Point{X: x + 0.045, Y: 0.115}), st.see(fir, 0.05, 0))
		g.detail(raster.Ellipse(x, 0.116, 0.026, 0.008), st.see(flame, 0, 0), 1)
		g.glow(x, 0.14, 0.34, st.glow, 0.34)
	}
}

// groundFloor is the boards of a room, with a rug that leads to the focus.
func groundFloor(st *stage) {
	s := st.sheet("floor", 0.3)
	s.still = true
	t := st.roomTint(st.warm.blend(st.deep, 0.35).blend(st.glow, 0.25).soft(0.7), 0.56)
	s.add(figureShape{path: raster.Rect(-0.1, st.horizon, st.aspect+0.2, 1.2), fill: t.lift(-0.05), fade: &fade{0, st.horizon, 0, 1, t, 1}})
	for i := range 17 {
		k := (float64(i) - 8) / 8
		x0, x1 := st.aspect*0.5+k*st.aspect*0.62, st.aspect*0.5+k*st.aspect*1.3
		s.detail(raster.Polygon(raster.Point{X: x0, Y: st.horizon}, raster.Point{X: x0 + 0.0015, Y: st.horizon}, raster.Point{X: x1 + 0.003, Y: st.crest + 0.02}, raster.Point{X: x1, Y: st.crest + 0.02}), t.lift(-0.08), 0.7)
	}
	if st.setting == "living-room" {
		r := st.sheet("rug", 0.14)
		r.still = true
		y := mix(st.horizon, st.crest, 0.86)
		for i, m := range []material{ember, ivory, fir, ivory} {
			k := 1 - 0.2*float64(i)
			r.detail(raster.Ellipse(st.aspect*0.5, y, st.aspect*0.40*k, 0.062*k), st.see(m, -0.06, 0.05), 1)
		}
	}
}

func (st *stage) nearFloor() {
	if st.ledge {
		st.nearTable()
		return
	}
	s := st.sheet("near-floor", 0.03)
	s.still = true
	t := st.roomTint(st.warm.blend(st.deep, 0.35).blend(st.glow, 0.25).soft(0.7), 0.54)
	s.add(figureShape{path: raster.Rect(-0.1, st.crest+0.03, st.aspect+0.2, 0.6), fill: t, fade: &fade{0, st.crest, 0, 1, t.lift(-0.05), 1}})
}

// nearTable is the table top that small things stand on.
func (st *stage) nearTable() {
	s := st.sheet("table", 0.03)
	t := st.roomTint(st.warm.blend(st.deep, 0.3).blend(st.glow, 0.2).soft(0.75), 0.50)
	s.wash(raster.Rect(-0.1, st.crest-0.012, st.aspect+0.2, 0.6), t, t.lift(-0.05), st.crest, 1)
	s.detail(raster.Rect(-0.1, st.crest-0.012, st.aspect+0.2, 0.006), t.lift(0.07), 0.8)
	if subjects[st.lead()].tall > 1 {
		return
	}
	c := st.chance("table")
	x := st.focusX
	w := 0.30 * st.size()
	u := st.see([]material{ember, ivory, frost}[c.IntN(3)], -0.02, 0.02)
	s.detail(raster.Polygon(raster.Point{X: x - w*0.8, Y: st.crest - 0.004}, raster.Point{X: x + w*0.8, Y: st.crest - 0.004}, raster.Point{X: x + w, Y: st.crest + 0.034}, raster.Point{X: x - w, Y: st.crest + 0.034}), u, 0.9)
}

func backClouds(st *stage) {
	c := st.chance("sea-of-clouds")
	for i := range 4 {
		d := 0.86 - 0.16*float64(i)
		st.bank(fmt.Sprint("bank", i), c, st.horizon-0.10+0.05*float64(i), 0.05+0.018*float64(i), d)
	}
}

// bank is a row of cloud heads from side to side.
func (st *stage) bank(name string, c chance, y, r, depth float64) {
	s := st.sheet(name, depth)
	t := st.see(snow, 0.01, depth*0.8)
	if !st.dark {
		t = t.blend(st.low(st.palette), 0.25).blend(st.cool.soft(1.2).at(0.80), 0.15+0.45*depth)
	}
	var p raster.Path
	p.Append(raster.Rect(-0.1, y, st.aspect+0.2, 0.5))
	for x := -0.08; x < st.aspect+0.1; {
		q := r * c.in(0.6, 1.35)
		p.Append(raster.Circle(x, y+r*c.in(-0.15, 0.35), q))
		x += q * c.in(0.8, 1.5)
	}
	s.wash(p, t, t.blend(st.mistTint(), 0.5).lift(-0.03), y-r, y+r*2.4)
}

func groundClouds(st *stage) {
	c := st.chance("near-clouds")
	st.bank("bank-mid", c, mix(st.horizon, st.crest, 0.3), 0.085, 0.26)
	st.bank("bank-low", c, mix(st.horizon, st.crest, 0.75), 0.075, 0.14)
}

func (st *stage) nearCloud() {
	c := st.chance("near-cloud")
	st.bank("bank-near", c, st.crest+0.035, 0.062, 0.04)
	s := st.sheet("bank-quiet", 0.03)
	s.still = true
	t := st.see(snow, -0.02, 0.08)
	s.veil(st, t, st.crest+0.02, st.crest+0.09, 0, 0.9)
}
