package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

// paintFrame lets something near lean in from the sides, which gives the eye
// a place to stand. It keeps clear of the focus and of quiet areas.
func (st *stage) paintFrame(set setting) {
	c := st.chance("frame")
	frame := set.frame
	if frame == "firs" {
		frame = pick(c, "firs", "firs", "fir", "birches", "branches")
	}
	switch frame {
	case "firs":
		st.frameFirs(c, 2)
	case "fir":
		st.frameFirs(c, 1)
	case "birches":
		st.frameBirches(c)
	case "branches":
		if st.season == "winter" || c.yes(0.3) {
			st.frameBranch(c)
		} else {
			st.frameLeaves(c)
		}
	case "garland":
		st.frameGarland(c)
	case "fronds":
		st.frameFronds(c)
	case "palm":
		st.framePalm(c)
	case "stems":
		st.bambooStems("frame-bamboo", 7, 0.012*st.size(), 0.06)
	}
}

// frameBirches sets near trunks at the side, their crowns out of sight.
func (st *stage) frameBirches(c chance) {
	s := st.sheet("frame-birches", 0.01)
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	for i := range 2 + c.IntN(2) {
		x := st.aspect*0.5 + side*st.aspect*(0.475-0.085*float64(i)+c.in(-0.015, 0.015))
		w := (0.021 - 0.004*float64(i)) * st.size() * c.in(0.9, 1.15)
		if st.taken(x, w+0.015) > 0 {
			continue
		}
		lean := c.in(-0.02, 0.02)
		y := st.crest + 0.02 - 0.008*float64(i)
		t := st.see(birch, -0.03, 0.03*float64(i))
		s.body(limbPath([]float64{x, y, w * 1.25, x + lean*0.4, 0.5, w, x + lean, -0.06, w * 0.85}), t)
		s.detail(limbPath([]float64{x - st.from*w*0.75, y, w * 0.5, x - st.from*w*0.62 + lean*0.4, 0.5, w * 0.38, x - st.from*w*0.5 + lean, -0.06, w * 0.34}), t.lift(-0.13), 0.9)
		dark := st.see(ink, 0.06, 0.03)
		for k := range 13 {
			yy := mix(0, y, (float64(k)+c.in(0.1, 0.9))/13)
			xx := x + lean*(1-yy/y)
			e := c.side()
			l := w * c.in(0.5, 1.2)
			s.detail(limbPath([]float64{xx + e*w*0.98, yy, w * 0.13, xx + e*(w-l*0.6), yy + 0.0015, w * 0.17, xx + e*(w-l), yy, w * 0.03}), dark, 0.9)
		}
		for k := range 3 {
			yy := c.in(0.02, 0.34)
			e := -side
			if k == 2 {
				e = side
			}
			l := c.in(0.08, 0.17) * st.size()
			s.body(limbPath([]float64{x, yy, w * 0.26, x + e*l*0.55, yy - l*0.34, w * 0.16, x + e*l, yy - l*0.78, w * 0.05}), dark)
		}
	}
}

// frameLeaves hangs a leafy bough in from the upper corner.
func (st *stage) frameLeaves(c chance) {
	s := st.sheet("frame-leaves", 0.01)
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	edge := st.aspect*0.5 + side*(st.aspect*0.5+0.03)
	twig := st.see(bark, -0.03, 0)
	green := st.see(fir, 0, 0)
	if st.season == "autumn" {
		green = st.surface(st.warm.blend(st.glow, 0.45).at(0.60), 0)
	}
	for i := range 3 {
		y0 := -0.02 + 0.07*float64(i)
		l := c.in(0.26, 0.40) * (1 - 0.2*float64(i)) * st.size()
		x1, y1 := edge-side*l, y0+l*c.in(0.22, 0.4)
		s.body(limbPath([]float64{edge, y0, 0.006, mix(edge, x1, 0.5), mix(y0, y1, 0.4), 0.004, x1, y1, 0.0012}), twig)
		for k := range 15 {
			f := (float64(k) + 0.8) / 15
			x, y := mix(edge, x1, f), mix(y0, y1, f)-0.012*math.Sin(f*math.Pi)
			a := c.in(-0.9, 0.9) + 0.5
			if k%2 == 0 {
				a = -a
			}
			r := 0.030 * st.size() * c.in(0.8, 1.2)
			dx, dy := -side*math.Cos(a)*r, math.Sin(a)*r
			s.body(limbPath([]float64{x, y, r * 0.06, x + dx*0.5, y + dy*0.5, r * 0.30, x + dx, y + dy, r * 0.04}), green.lift(c.in(-0.05, 0.06)))
		}
	}
}

func (st *stage) frameFirs(c chance, n int) {
	s := st.sheet("frame-firs", 0.01)
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	for i := range n {
		x := st.aspect*0.5 + side*st.aspect*(0.50+0.05*c.Float64())
		h := c.in(0.70, 0.92)
		if i == 1 {
			x = st.aspect*0.5 - side*st.aspect*(0.53+0.03*c.Float64())
			h = c.in(0.40, 0.55)
		}
		y := st.crest + 0.012
		// The widest skirts must not cover anyone.
		out := 1.0
		if x < st.aspect/2 {
			out = -1
		}
		x += out * st.taken(x, h*0.31)
		if math.Abs(x-st.aspect/2) > st.aspect/2+h*0.24 {
			continue
		}
		st.put(s, fmt.Sprint("frame-fir", i), func(p *pen) { firTiers(p, of(fir).down(0.07), 6, 1.15) },
			placing{x: x, y: y, height: h, depth: 0, mirror: c.yes(0.5)})
		foot := st.sheet("frame-foot", 0.01)
		foot.still = true
		foot.detail(raster.Ellipse(x, y+0.004, h*0.16, 0.014), st.groundTint(0.02, -0.008), 1)
	}
}

func (st *stage) frameBranch(c chance) {
	s := st.sheet("frame-branch", 0.01)
	side := 1.0
	if st.focusX > st.aspect/2 {
		side = -1
	}
	edge := st.aspect*0.5 + side*(st.aspect*0.5+0.04)
	bark := st.see(bark, -0.04, 0)
	leafTint := st.see(fir, -0.05, 0)
	white := st.see(snow, 0, 0)
	for i := range 3 {
		y0 := -0.03 + 0.085*float64(i) + c.in(-0.01, 0.02)
		l := c.in(0.30, 0.42) * (1 - 0.22*float64(i)) * st.size()
		x1, y1 := edge-side*l, y0+l*c.in(0.16, 0.30)
		at := func(f float64) (x, y float64) {
			return mix(edge, x1, f), mix(y0, y1, f) + 0.030*math.Sin(f*math.Pi)*l
		}
		mx, my := at(0.5)
		s.body(limbPath([]float64{edge, y0, 0.009 * st.size(), mx, my, 0.005 * st.size(), x1, y1, 0.0015}), bark)
		// Needles stand close on both sides, leaning to the tip.
		n := 34
		d := 0.060 * st.size()
		for k := range n {
			f := (float64(k) + 0.5) / float64(n)
			x, y := at(f)
			for _, up := range []float64{-1, 1} {
				len := d * (0.55 + 0.45*math.Sin(math.Min(1, f*1.15)*math.Pi*0.62+0.9)) * c.in(0.8, 1.1)
				ex, ey := x-side*len*0.82, y+up*len*0.42+len*0.20
				s.body(raster.Polygon(raster.Point{X: x, Y: y - 0.0028}, raster.Point{X: ex, Y: ey}, raster.Point{X: x, Y: y + 0.0028}), leafTint.lift(0.022*float64(k%3)))
			}
			if st.snowy && k%5 == 2 && f < 0.92 {
				w := d * c.in(0.30, 0.5)
				s.detail(limbPath([]float64{x + w*0.5, y - 0.006, 0.003, x, y - 0.010, 0.0075 * st.size(), x - w*0.6, y - 0.003, 0.003}), white, 1)
			}
		}
	}
}

func (st *stage) frameGarland(c chance) {
	s := st.sheet("garland", 0.01)
	y0 := c.in(0.05, 0.10)
	wire := st.see(ink, 0.05, 0)
	for k := range 2 {
		sag := c.in(0.07, 0.11)
		y := y0 + 0.07*float64(k)
		at := func(f float64) raster.Point {
			return raster.Point{X: f*(st.aspect+0.2) - 0.1, Y: y + sag*math.Sin(f*2*math.Pi+float64(k)*1.4)*0.3 + sag*math.Abs(math.Sin(f*2*math.Pi))}
		}
		var pts []raster.Point
		for i := range 25 {
			pts = append(pts, at(float64(i)/24))
		}
		s.detail(raster.Stroke(raster.Curve(pts, false), 0.0028), wire, 1)
		n := int(14 * math.Max(1, st.aspect))
		for i := range n {
			q := at((float64(i) + 0.5) / float64(n))
			r := 0.0078 * st.size()
			t := []tint{st.see(flame, 0, 0), st.see(ember, 0.06, 0), st.see(flame, 0.04, 0)}[i%3]
			s.detail(raster.Ellipse(q.X, q.Y+r*1.4, r, r*1.25), t, 1)
			if st.dark {
				s.glow(q.X, q.Y+r*1.4, r*6, t, 0.34)
			}
		}
	}
}
