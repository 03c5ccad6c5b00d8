package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var warmSettings = []setting{
	{wild: true, id: "jungle", season: "summer", view: "a jungle", phrase: "in the jungle", snowPhrase: "in the jungle", horizon: [2]float64{0.54, 0.60}, back: backJungle, ground: groundField, frame: "fronds", company: []string{"elephant", "butterfly", "frog"}},
	{wild: true, id: "savanna", season: "summer", view: "a savanna", phrase: "on the savanna", snowPhrase: "on the savanna", horizon: [2]float64{0.60, 0.66}, soil: func(p palette) tint { return p.glow.blend(p.warm, 0.22).soft(0.75).at(0.72) }, back: backSavanna, ground: groundSavanna, frame: "none", company: []string{"giraffe", "elephant", "lion"}},
	{wild: true, id: "vineyard", season: "autumn", view: "a vineyard", phrase: "in a vineyard", snowPhrase: "in a snowy vineyard", horizon: [2]float64{0.52, 0.58}, snows: true, back: backHills, ground: groundVines, frame: "branches", company: []string{"house", "basket", "tractor"}},
	{wild: true, id: "orchard", season: "autumn", view: "an orchard", phrase: "in an orchard", snowPhrase: "in a snowy orchard", horizon: [2]float64{0.54, 0.60}, snows: true, drifts: true, back: backHills, ground: groundOrchard, frame: "branches", company: []string{"basket", "child", "sheep"}},
	{wild: true, id: "canyon", season: "summer", view: "a canyon", phrase: "in a canyon", snowPhrase: "in a canyon", horizon: [2]float64{0.60, 0.66}, soil: func(p palette) tint { return p.warm.blend(p.glow, 0.45).soft(0.8).at(0.66) }, back: backCanyon, ground: groundField, frame: "none", company: []string{"horse", "person", "astronaut"}},
	{wild: true, id: "volcano", season: "summer", view: "a volcano", phrase: "below a volcano", snowPhrase: "below a volcano", horizon: [2]float64{0.62, 0.67}, soil: func(p palette) tint { return p.deep.blend(p.warm, 0.28).soft(0.7).at(0.46) }, back: backVolcano, ground: groundField, frame: "none", company: []string{"person", "balloon", "tent"}},
	{wild: true, id: "lavender", season: "summer", view: "a lavender field", phrase: "in a lavender field", snowPhrase: "in a snowy field", horizon: [2]float64{0.50, 0.56}, snows: true, back: backHills, ground: groundLavender, frame: "branches", company: []string{"house", "bicycle", "butterfly"}},
	{wild: true, id: "cornfield", season: "summer", view: "a field of wheat", phrase: "in a field of wheat", snowPhrase: "in a snowy field", horizon: [2]float64{0.52, 0.58}, snows: true, soil: func(p palette) tint { return p.glow.blend(p.warm, 0.12).soft(0.95).at(0.78) }, back: backHills, ground: groundWheat, near: (*stage).nearWheat, frame: "none", company: []string{"windmill", "tractor", "wheat"}},
	{wild: true, id: "bamboo", season: "summer", view: "a bamboo grove", phrase: "in a bamboo grove", snowPhrase: "in a snowy bamboo grove", horizon: [2]float64{0.58, 0.62}, snows: true, back: backBamboo, ground: groundField, frame: "stems", company: []string{"pagoda", "lantern", "person"}},
	{wild: true, id: "birch-grove", view: "a birch grove", phrase: "in a birch grove", snowPhrase: "in a snowy birch grove", horizon: [2]float64{0.56, 0.61}, snows: true, drifts: true, back: backBirches, ground: groundBirches, frame: "birches", company: []string{"reindeer", "hare", "fox"}},
}

// canopy is a band of round crowns as one silhouette.
func (st *stage) canopy(name string, base, tall, depth float64, t tint) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	var p raster.Path
	p.Append(raster.Rect(-0.1, base-tall*0.35, st.aspect+0.2, tall*0.35+0.2))
	for x := -0.05; x < st.aspect+0.08; {
		r := tall * c.in(0.26, 0.42)
		p.Append(raster.Circle(x, base-tall*c.in(0.35, 0.68), r))
		p.Append(raster.Circle(x+r*0.8, base-tall*0.34, r*0.7))
		x += r * c.in(0.9, 1.4)
	}
	s.wash(p, t, t.blend(st.mistTint(), 0.35), base-tall, base+0.02)
}

func (st *stage) leafTint(lift, depth float64) tint { return st.see(leaf, lift, depth) }

func backJungle(st *stage) {
	st.mountains("far", st.horizon-0.08, 0.24, 0.84, 0.5)
	st.canopy("canopy3", st.horizon-0.05, 0.24, 0.72, st.leafTint(-0.10, 0.66))
	st.mistBand(st.horizon-0.16, st.horizon, 0.34)
	c := st.chance("jungle-palms")
	s := st.sheet("jungle-palms", 0.5)
	for i := range 6 {
		x := st.aspect * (float64(i) + c.in(0.1, 0.9)) / 6
		st.put(s, fmt.Sprint("jungle-palm", i), drawPalm, placing{x: x, y: st.horizon + 0.01, height: c.in(0.26, 0.40), depth: 0.46, mirror: c.yes(0.5)})
	}
	st.canopy("canopy2", st.horizon+0.02, 0.14, 0.42, st.leafTint(-0.14, 0.36))
	st.mistBand(st.horizon-0.06, st.horizon+0.03, 0.26)
}

// drawAcacia is the flat-topped tree of dry grassland.
func drawAcacia(p *pen) {
	t := of(bark)
	p.limb(t, 0, 0, 4, 2, 30, 3, -2, 52, 2.6)
	for _, q := range [][2]float64{{-44, 78}, {-18, 84}, {12, 86}, {42, 79}} {
		p.limb(t, -1, 46, 2.2, q[0]*0.5, 64, 1.6, q[0], q[1], 0.8)
	}
	c := of(moss).down(0.12)
	p.blob(c, -74, 78, -58, 88, -24, 92, 4, 90, 0, 82, -36, 76)
	p.blob(c.up(0.03), -20, 90, 6, 98, 40, 97, 72, 86, 62, 80, 20, 83)
}

func backSavanna(st *stage) {
	st.mountains("far", st.horizon-0.01, 0.13, 0.86, 0.7)
	backHills(st)
	c := st.chance("acacias")
	s := st.sheet("acacias", 0.55)
	for i := range 5 {
		x := st.aspect * (float64(i) + c.in(0.1, 0.9)) / 5
		if math.Abs(x-st.focusX) < 0.12 {
			continue
		}
		st.put(s, fmt.Sprint("acacia", i), drawAcacia, placing{x: x, y: st.horizon + 0.012, height: c.in(0.10, 0.17), depth: 0.5, mirror: c.yes(0.5)})
	}
}

func groundSavanna(st *stage) {
	groundField(st)
	c := st.chance("savanna")
	far := st.aspect - st.focusX
	s := st.sheet("acacia-near", 0.22)
	st.put(s, "acacia-near", drawAcacia, placing{x: far + c.in(-0.1, 0.1), y: mix(st.horizon, st.crest, 0.45), height: 0.36 * st.size(), depth: 0.22, mirror: c.yes(0.5), shadow: true})
	st.tufts(c, st.groundTint(0.1, -0.10))
}

// tufts are clumps of grass on open ground.
func (st *stage) tufts(c chance, t tint) {
	s := st.sheet("tufts", 0.1)
	for range int(26 * math.Max(1, st.aspect)) {
		f := c.in(0.25, 1)
		x, y := c.in(0, st.aspect), mix(st.horizon, st.crest+0.01, f)
		if st.calmAt(x, y) {
			continue
		}
		h := 0.026 * f * st.size()
		for k := range 4 {
			d := (float64(k) - 1.5) * h * 0.32
			s.detail(limbPath([]float64{x + d*0.3, y, h * 0.06, x + d*0.7, y - h*0.6, h * 0.05, x + d*1.5, y - h*c.in(0.8, 1.1), h * 0.012}), t, 0.9)
		}
	}
}

// rows run to one point on the horizon; each is drawn by f from its far end
// to its near one, with the width a thing has there.
func (st *stage) rows(n int, f func(i int, far, near raster.Point, wide float64)) {
	c := st.chance("rows")
	vx := st.aspect * c.in(0.35, 0.65)
	y0, y1 := st.horizon+0.015, st.crest+0.02
	for i := range n {
		k := (float64(i) - float64(n-1)/2) / (float64(n-1) / 2)
		f(i, raster.Point{X: vx + k*st.aspect*0.50, Y: y0}, raster.Point{X: vx + k*st.aspect*1.55, Y: y1}, st.aspect*1.55/float64(n))
	}
}

func groundVines(st *stage) {
	groundField(st)
	s := st.sheet("vines", 0.16)
	c := st.chance("vines")
	st.rows(9, func(i int, far, near raster.Point, wide float64) {
		for k := range 13 {
			f := float64(k) / 12
			f = f * f * 0.85
			x, y := mix(far.X, near.X, f), mix(far.Y, near.Y, f)
			if x < -0.1 || x > st.aspect+0.1 || st.calmAt(x, y) {
				continue
			}
			r := mix(0.006, wide*0.34, f)
			d := 0.45 * (1 - f)
			s.body(raster.Rect(x-r*0.08, y-r*1.6, r*0.16, r*1.6), st.see(wood, -0.04, d))
			if st.snowy {
				s.body(raster.Ellipse(x, y-r*1.5, r*0.9, r*0.34), st.see(bark, 0.05, d))
				s.detail(raster.Ellipse(x, y-r*1.75, r*0.8, r*0.22), st.see(snow, 0, d), 1)
				continue
			}
			s.body(raster.Ellipse(x, y-r*1.15, r, r*0.72), st.leafTint(c.in(-0.10, 0.0), d))
			s.body(raster.Ellipse(x+r*0.3, y-r*1.5, r*0.6, r*0.5), st.leafTint(c.in(-0.04, 0.05), d))
			s.detail(raster.Circle(x-r*0.3, y-r*0.9, r*0.16), st.see(ember, -0.08, d), 0.9)
		}
	})
}

// drawFruitTree is a low round tree with apples, in its season's dress.
func drawFruitTree(p *pen) {
	p.limb(of(bark).up(0.03), 0, 0, 5, 1, 24, 4, -2, 44, 3)
	p.limb(of(bark).up(0.03), 0, 34, 2.6, 18, 56, 1.6)
	if p.snowy {
		for _, q := range [][2]float64{{-34, 74}, {-16, 88}, {8, 92}, {30, 80}, {40, 62}, {-40, 56}} {
			p.limb(of(bark).up(0.06), -1, 42, 2.2, q[0]*0.6, q[1]*0.8, 1.4, q[0], q[1], 0.5)
			p.on(func() { p.limb(of(snow), q[0]*0.6, q[1]*0.8+1, 0.6, q[0], q[1]+1, 1.1) })
		}
		return
	}
	for i, q := range [][3]float64{{-24, 58, 20}, {24, 60, 20}, {0, 74, 26}, {-10, 54, 18}, {12, 52, 18}} {
		p.dot(of(leaf).down(0.03*float64(i%3)), q[0], q[1], q[2])
	}
	p.on(func() {
		for range 9 {
			a, r := turn(p.Float64()), p.in(2, 30)
			p.dot(of(ember), a.X*r, 64+a.Y*r*0.8, 3)
		}
	})
}

func groundOrchard(st *stage) {
	groundField(st)
	c := st.chance("orchard")
	for row := range 3 {
		f := 0.10 + 0.27*float64(row)
		s := st.sheet(fmt.Sprint("orchard", row), 0.42-0.13*float64(row))
		n := 7 - row
		for i := range n {
			x := st.aspect*(float64(i)+0.5)/float64(n) + c.in(-0.02, 0.02)
			if row > 0 && math.Abs(x-st.focusX) < 0.10+0.07*float64(row) {
				continue
			}
			st.put(s, fmt.Sprint("fruit", row, i), drawFruitTree, placing{x: x, y: mix(st.horizon, st.crest, f), height: (0.10 + 0.075*float64(row)) * st.size(), depth: 0.42 - 0.13*float64(row), mirror: c.yes(0.5), shadow: true})
		}
	}
}

func backCanyon(st *stage) {
	c := st.chance("canyon")
	for layer := range 3 {
		d := 0.84 - 0.22*float64(layer)
		s := st.sheet(fmt.Sprint("mesa", layer), d)
		t := st.surface(st.warm.blend(st.glow, 0.35-0.1*float64(layer)).at(0.62-0.05*float64(layer)), d*0.85)
		for range 3 {
			x, w, h := c.in(-0.05, st.aspect+0.05), c.in(0.12, 0.26), c.in(0.14, 0.32)*(1-0.16*float64(layer))
			if layer == 2 && math.Abs(x-st.focusX) < 0.22 {
				x = st.aspect - st.focusX
			}
			y := st.horizon + 0.01*float64(layer)
			steps := []float64{1, 0.86, 0.80, 0.66, 0.61, 0.5}
			var left, right []raster.Point
			for i, k := range steps {
				yy := y + 0.03 - (h+0.03)*float64(i)/float64(len(steps)-1)
				left = append(left, raster.Point{X: x - w*k + c.in(-0.008, 0.008), Y: yy})
				right = append(right, raster.Point{X: x + w*k + c.in(-0.008, 0.008), Y: yy})
			}
			s.wash(raster.Polygon(append(left, reverse(right)...)...), t, t.blend(st.mistTint(), 0.4), y-h, y+0.03)
			// Bands of stone, paler and darker in turn.
			for i := range 5 {
				f := (float64(i) + 0.5) / 5
				k := mix(0.92, 0.52, f)
				s.detail(raster.Rect(x-w*k, y-h*f, 2*w*k, h*0.045), t.lift([]float64{0.06, -0.05}[i%2]), 0.6)
			}
		}
		st.mistBand(st.horizon-0.08, st.horizon+0.02, 0.25)
	}
}

func backVolcano(st *stage) {
	c := st.chance("volcano")
	s := st.sheet("volcano", 0.66)
	x := st.aspect - st.focusX + c.in(-0.06, 0.06)
	y, h, w := st.horizon+0.01, 0.40, 0.46
	rock := st.surface(st.deep.blend(st.warm, 0.25).at(0.40), 0.48)
	hot := st.see(flame, 0, 0)
	top := y - h
	sm := st.sheet("volcano-smoke", 0.7)
	for i := range 7 {
		f := float64(i)
		puff := raster.Circle(x+st.from*-0.022*f*f*0.5+c.in(-0.01, 0.01), top-0.012-0.036*f, 0.026+0.011*f)
		sm.add(figureShape{path: puff, fill: st.mistTint().lift(-0.06 + 0.015*f), alpha: 0.8, role: detail, wisp: puffs})
	}
	s.glow(x, top, 0.24, st.glow.blend(st.warm, 0.4), 0.5)
	cone := raster.Curve([]raster.Point{{X: x - w, Y: y + 0.02}, {X: x - w*0.5, Y: y - h*0.36}, {X: x - w*0.24, Y: y - h*0.78}, {X: x - w*0.14, Y: top}}, false)
	cone.LineTo(x+w*0.14, top)
	cone.CurveThrough(raster.Point{X: x + w*0.24, Y: y - h*0.78}, raster.Point{X: x + w*0.5, Y: y - h*0.36}, raster.Point{X: x + w, Y: y + 0.02})
	cone.Close()
	s.wash(cone, rock, rock.blend(st.mistTint(), 0.5), top, y)
	s.detail(raster.Ellipse(x, top, w*0.14, 0.012), hot, 1)
	for i := range 3 {
		f := float64(i) - 1
		s.detail(limbPath([]float64{x + f*0.03, top, 0.010, x + f*0.055 + c.in(-0.01, 0.01), top + h*0.2, 0.006, x + f*0.08, top + h*0.36, 0.004, x + f*0.13 + c.in(-0.02, 0.02), top + h*c.in(0.5, 0.72), 0.001}), st.see(ember, 0.10, 0), 1)
	}
	st.mistBand(st.horizon-0.10, st.horizon+0.02, 0.32)
}

func groundLavender(st *stage) {
	groundField(st)
	if st.snowy {
		return
	}
	s := st.sheet("lavender", 0.16)
	s.still = true
	c := st.chance("lavender")
	violet := st.warm.blend(st.cool, 0.5).turned(-1.25).soft(1.6)
	st.rows(15, func(i int, far, near raster.Point, wide float64) {
		w0, w1 := 0.006, wide*0.40
		t0, t1 := st.surface(violet.at(0.66), 0.42), st.surface(violet.at(0.55+0.03*float64(i%2)), 0.05)
		p := raster.Polygon(raster.Point{X: far.X - w0, Y: far.Y}, raster.Point{X: far.X + w0, Y: far.Y}, raster.Point{X: near.X + w1, Y: near.Y}, raster.Point{X: near.X - w1, Y: near.Y})
		s.add(figureShape{path: p, fill: t0, role: detail, fade: &fade{0, far.Y, 0, near.Y, t1, 1}})
		for k := range 22 {
			f := float64(k) / 22
			f *= f
			x, y := mix(far.X, near.X, f), mix(far.Y, near.Y, f)
			if x < 0 || x > st.aspect || st.calmAt(x, y) {
				continue
			}
			r := mix(0.003, wide*0.20, f)
			s.detail(raster.Ellipse(x+c.in(-1, 1)*r, y-r*0.2, r*0.8, r), t1.lift(c.in(-0.05, 0.10)), 0.85)
		}
	})
}

func groundWheat(st *stage) {
	groundField(st)
	if st.snowy {
		return
	}
	c := st.chance("wheat")
	s := st.sheet("wheat", 0.14)
	for row := range 9 {
		f := float64(row+1) / 9
		y := mix(st.horizon+0.02, st.crest, f)
		t := st.groundTint(0.4*(1-f), 0.03-0.09*float64(row%2))
		h := 0.008 + 0.022*f
		for x := -0.02 + c.in(0, 0.01); x < st.aspect+0.02; x += h * 0.55 {
			s.detail(limbPath([]float64{x, y, h * 0.06, x + h*0.1, y - h*0.5, h * 0.12, x + h*0.22*c.in(0.6, 1.4), y - h*c.in(0.85, 1.15), h * 0.02}), t, 0.8)
		}
	}
}

// nearWheat is the standing corn's edge; its foot stays quiet.
func (st *stage) nearWheat() {
	st.nearBank()
	if st.snowy {
		return
	}
	c := st.chance("near-wheat")
	s := st.sheet("near-wheat", 0.02)
	for x := 0.0; x < st.aspect; x += 0.016 {
		if math.Abs(x-st.focusX) < 0.2 || c.yes(0.35) {
			continue
		}
		y, h := st.crest+0.012, c.in(0.06, 0.11)*st.size()
		l := c.in(-0.2, 0.2)
		t := st.see(amber, c.in(-0.06, 0.05), 0.03)
		s.body(limbPath([]float64{x, y, 0.0012, x + l*h*0.4, y - h*0.6, 0.0011, x + l*h, y - h, 0.0006}), t.lift(-0.06))
		s.body(raster.Ellipse(x+l*h, y-h, 0.0042, 0.013), t)
	}
}

func (st *stage) bambooStems(name string, n int, w, depth float64) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	base := mix(st.horizon+0.02, st.crest, 1-depth*1.3)
	for i := range n {
		x := st.aspect * (float64(i) + c.in(0.1, 0.9)) / float64(n)
		if depth < 0.4 && math.Abs(x-st.focusX) < 0.17 {
			continue
		}
		ww := w * c.in(0.8, 1.2)
		t := st.surface(st.green.blend(st.glow, 0.30).at(0.60+c.in(-0.05, 0.05)), depth)
		lean := c.in(-0.02, 0.02)
		s.body(limbPath([]float64{x, base, ww, x + lean*0.5, base * 0.5, ww * 0.92, x + lean, -0.06, ww * 0.85}), t)
		for y := base - c.in(0.02, 0.08); y > 0; y -= 0.085 {
			xx := x + lean*(1-y/base)
			s.detail(raster.Rect(xx-ww*1.05, y, ww*2.1, 0.003+ww*0.18), t.lift(-0.11), 0.9)
			if c.yes(0.3) {
				e := c.side()
				for k := range 3 {
					l := w * c.in(5, 8)
					dy := l * (0.25 + 0.2*float64(k))
					s.body(limbPath([]float64{xx, y, ww * 0.08, xx + e*l*0.5, y + dy*0.3 - 0.01, ww * 0.42, xx + e*l, y + dy*0.6, ww * 0.03}), t.lift(0.03*float64(k)))
				}
			}
		}
	}
}

func backBamboo(st *stage) {
	st.mountains("far", st.horizon-0.04, 0.22, 0.86, 0.5)
	st.bambooStems("bamboo3", 26, 0.005, 0.74)
	st.mistBand(st.horizon-0.30, st.horizon+0.02, 0.38)
	st.bambooStems("bamboo2", 15, 0.0075, 0.50)
	st.mistBand(st.horizon-0.16, st.horizon+0.03, 0.30)
}

func backBirches(st *stage) {
	st.treeLine("wood3", st.horizon-0.01, 0.18, 0.76, 0.8)
	st.mistBand(st.horizon-0.12, st.horizon+0.02, 0.40)
	st.birches("birches3", 15, st.horizon+0.012, 0.34, 0.56)
	st.mistBand(st.horizon-0.08, st.horizon+0.03, 0.30)
}

func (st *stage) birches(name string, n int, y, tall, depth float64) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	for i := range n {
		x := st.aspect * (float64(i) + c.in(0.05, 0.95)) / float64(n)
		if depth < 0.4 && math.Abs(x-st.focusX) < 0.2 {
			continue
		}
		st.put(s, fmt.Sprint(name, i), drawBirch, placing{x: x, y: y + c.in(-0.006, 0.012), height: tall * c.in(0.8, 1.2), depth: depth, mirror: c.yes(0.5), shadow: depth < 0.4})
	}
}

func groundBirches(st *stage) {
	groundField(st)
	st.birches("birches2", 7, mix(st.horizon, st.crest, 0.3), 0.44, 0.34)
	st.birches("birches1", 5, mix(st.horizon, st.crest, 0.66), 0.58, 0.18)
}
