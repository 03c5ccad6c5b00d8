package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var waterSettings = []setting{
	{wild: true, id: "lake", view: "a lake", phrase: "by a lake", snowPhrase: "by a winter lake", horizon: [2]float64{0.50, 0.56}, snows: true, drifts: true, back: backLake, ground: groundWater, frame: "branches"},
	{wild: true, id: "river", view: "a frozen river", phrase: "on a river", snowPhrase: "on a frozen river", horizon: [2]float64{0.52, 0.58}, snows: true, back: backForest, ground: groundRiver, near: (*stage).nearIce, frame: "firs"},
	{wild: true, id: "seaside", soil: func(p palette) tint { return p.base(ivory).lift(-0.08) }, view: "the sea", phrase: "by the sea", snowPhrase: "by the winter sea", horizon: [2]float64{0.52, 0.58}, back: backSea, ground: groundWater, frame: "none"},
	{wild: true, id: "harbour", view: "a harbour", phrase: "in a harbour", snowPhrase: "in a winter harbour", horizon: [2]float64{0.52, 0.57}, snows: true, back: backHarbour, ground: groundHarbour, near: (*stage).nearQuay, frame: "none"},
}

// waterTint mirrors the sky overhead, a little darker.
func (st *stage) waterTint(depth float64) tint {
	t := st.top(st.palette).blend(st.cool.blend(st.deep, 0.35).soft(1.3), 0.40)
	if st.dark {
		t = st.top(st.palette).blend(st.mid(st.palette), 0.35).lift(0.05)
	} else if st.pale {
		t = t.lift(-0.10)
	}
	return t.blend(st.low(st.palette), depth*0.45)
}

func backLake(st *stage) {
	st.mountains("far", st.horizon-0.02, 0.30, 0.78, 0.56)
	st.treeLine("shore", st.horizon+0.006, 0.11, 0.48, 0.8)
	st.mistBand(st.horizon-0.05, st.horizon+0.01, 0.3)
}

func backSea(st *stage) {
	c := st.chance("headland")
	s := st.sheet("headland", 0.66)
	side := st.from
	t := st.surface(st.deep.blend(st.cool, 0.45).at(0.52), 0.62)
	r := c.ridge(6, 3, 0.3)
	var pts []raster.Point
	for i := range 16 {
		f := float64(i) / 15
		x := f * st.aspect * 0.46
		if side > 0 {
			x = st.aspect - x
		}
		pts = append(pts, raster.Point{X: x, Y: st.horizon + 0.004 - 0.085*(1-f)*(1-f*0.3) - 0.012*(1-f)*r.at(x)})
	}
	edge := -0.1
	if side > 0 {
		edge = st.aspect + 0.1
	}
	pts = append(pts, raster.Point{X: edge, Y: st.horizon + 0.02})
	s.body(raster.Polygon(pts...), t)
}

// groundHarbour is water with boats at their moorings.
func groundHarbour(st *stage) {
	groundWater(st)
	c := st.chance("moorings")
	if st.dark {
		// Lit windows lie in the water as long streaks.
		s := st.sheet("window-light", 0.4)
		s.still = true
		for range int(18 * math.Max(1, st.aspect)) {
			x, y, l := c.in(0, st.aspect), st.horizon+0.008, c.in(0.05, 0.15)
			t := st.see(window, 0, 0.2)
			s.add(figureShape{path: raster.RoundRect(x, y, c.in(0.004, 0.009), l, 0.003), fill: t, alpha: 0.55, role: detail, fade: &fade{0, y, 0, y + l, t, 0.02}})
		}
	}
	for i := range 3 {
		x := st.aspect * (0.14 + 0.34*float64(i) + c.in(-0.06, 0.06))
		y := mix(st.horizon, st.crest, c.in(0.28, 0.62))
		f := (y - st.horizon) / (st.crest - st.horizon)
		if math.Abs(x-st.focusX) < 0.15 {
			continue
		}
		sub := subjects["sailing-boat"]
		st.stand(stand{subject: sub, stream: fmt.Sprint("moored", i), placing: placing{x: x, y: y, height: mix(0.13, 0.24, f), depth: 0.30 - 0.12*f, mirror: c.yes(0.5)}})
	}
}

func backHarbour(st *stage) {
	st.mountains("far", st.horizon-0.03, 0.20, 0.80, 0.5)
	st.houseRow("quay-houses", st.horizon+0.012, 0.22, 0.46, false)
}

// groundWater is open water with the sky's light lying on it.
func groundWater(st *stage) {
	st.water = true
	c := st.chance("water")
	s := st.sheet("water", 0.5)
	s.still = true
	y := st.horizon + 0.004
	// The sky upside down: its low light first, its height at our feet.
	far, mid := st.low(st.palette).lift(-0.07), st.mid(st.palette).lift(-0.06)
	if st.pale && !st.dark {
		far, mid = far.lift(-0.08).soft(1.25), mid.blend(st.cool.soft(1.6), 0.4).lift(-0.13)
	}
	turnAt := mix(y, st.crest, 0.42)
	s.add(figureShape{path: raster.Rect(-0.1, y, st.aspect+0.2, 1.2), fill: far, fade: &fade{0, y, 0, turnAt, mid, 1}})
	s.add(figureShape{path: raster.Rect(-0.1, turnAt, st.aspect+0.2, 1.2), fill: mid, fade: &fade{0, turnAt, 0, st.crest + 0.03, st.waterTint(0), 1}})
	// What stands on the far shore lies in the water too, as a dark band.
	s.add(figureShape{path: raster.Rect(-0.1, y, st.aspect+0.2, 0.13), fill: st.see(fir, -0.05, 0.5), alpha: 0.42, role: shade,
		fade: &fade{0, y, 0, y + 0.12, st.waterTint(0.3), 0.01}})
	light := st.glow.blend(st.paper, 0.45)
	if st.light.id == "noon" {
		light = st.paper
	}
	if st.aurora {
		light = st.green.blend(st.cool, 0.4).soft(1.8).at(0.75)
	}
	for i := range 46 {
		f := c.Float64()
		yy := y + 0.006 + (st.crest-y)*f*f
		w := (0.012 + 0.075*f) * c.in(0.4, 1.3)
		x := c.in(-0.02, st.aspect+0.02)
		t, a := st.waterTint(0).lift(0.07), 0.5
		if i%5 == 0 {
			t = st.waterTint(0).lift(-0.06)
		}
		if i < 24 {
			// The path of light under sun or moon.
			x = st.sun.X + c.about()*(0.02+0.075*f)
			t, a = light, 0.62
			w *= 0.75
		}
		s.detail(raster.RoundRect(x-w/2, yy, w, 0.0018+0.0032*f, 0.0016), t, a)
	}
}

// groundRiver is a frozen bend between snowy banks.
func groundRiver(st *stage) {
	c := st.chance("river")
	side := c.side()
	s := st.sheet("banks", 0.40)
	y := st.horizon + 0.008
	s.wash(raster.Rect(-0.1, y, st.aspect+0.2, 1.2), st.groundTint(0.5, 0), st.groundTint(0.1, -0.01), y, st.crest)
	ice := st.sheet("ice", 0.30)
	ice.still = true
	var left, right []raster.Point
	for i := range 13 {
		f := float64(i) / 12
		yy := mix(y+0.004, st.crest+0.04, f)
		mid := st.aspect*0.5 + side*st.aspect*0.22*math.Sin((1-f)*2.6)*(1-f*0.6)
		w := mix(0.045, st.aspect*0.62, f*f*0.7+f*0.3)
		left = append(left, raster.Point{X: mid - w, Y: yy})
		right = append(right, raster.Point{X: mid + w, Y: yy})
	}
	path := raster.Curve(left, false)
	rev := reverse(right)
	path.LineTo(rev[0].X, rev[0].Y)
	path.CurveThrough(rev[1:]...)
	path.Close()
	far := st.low(st.palette).blend(st.see(frost, 0, 0.3), 0.45)
	near := st.see(frost, -0.045, 0)
	ice.add(figureShape{path: path, fill: far, fade: &fade{0, y, 0, st.crest, near, 1}})
	st.standOfFirs("trees-mid", mix(st.horizon, st.crest, 0.12), 0.22, 0.34, 9, 0.30)
}

// nearIce is the ice at our feet: quiet, with a few long strokes of skates.
func (st *stage) nearIce() {
	c := st.chance("near-ice")
	s := st.sheet("near-ice", 0.03)
	s.still = true
	t := st.see(frost, -0.045, 0)
	s.add(figureShape{path: raster.Rect(-0.1, st.crest+0.03, st.aspect+0.2, 0.5), fill: t, fade: &fade{0, st.crest, 0, 1, t.lift(0.03), 1}})
	for range 9 {
		x, y := c.in(0, st.aspect), c.in(st.crest-0.05, st.crest+0.05)
		w := c.in(0.08, 0.3)
		p := raster.Curve([]raster.Point{{X: x, Y: y}, {X: x + w*0.5, Y: y + c.in(-0.016, 0.016)}, {X: x + w, Y: y + c.in(-0.006, 0.02)}}, false)
		s.detail(raster.Stroke(p, 0.0019), t.lift(0.09), 0.55)
	}
}

// nearQuay is the planked edge of a harbour.
func (st *stage) nearQuay() {
	s := st.sheet("quay", 0.03)
	t := st.surface(st.warm.blend(st.deep, 0.55).soft(0.55).at(0.42), 0.02)
	s.wash(raster.Rect(-0.1, st.crest, st.aspect+0.2, 0.5), t, t.lift(-0.05), st.crest, 1)
	cap := t.lift(0.06)
	if st.snowy {
		cap = st.see(snow, -0.02, 0.02)
	}
	s.body(raster.Rect(-0.1, st.crest-0.006, st.aspect+0.2, 0.022), cap)
	for i := range 5 {
		y := st.crest + 0.035 + float64(i)*0.042
		s.detail(raster.Rect(-0.1, y, st.aspect+0.2, 0.0018), t.lift(-0.05), 0.5)
	}
	c := st.chance("bollards")
	for i := range 2 {
		x := st.aspect * (0.16 + 0.66*float64(i) + c.in(-0.05, 0.05))
		if math.Abs(x-st.focusX) < 0.12 {
			continue
		}
		st.put(s, fmt.Sprint("bollard", i), func(p *pen) {
			p.round(of(ink).up(0.06), -20, 0, 40, 80, 8)
			p.round(of(ink).up(0.10), -28, 70, 56, 26, 12)
			if p.snowy {
				p.on(func() { p.limb(of(snow), -20, 96, 5, 0, 100, 7, 20, 96, 5) })
			}
		}, placing{x: x, y: st.crest + 0.004, height: 0.055, depth: 0.03})
	}
}
