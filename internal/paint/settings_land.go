package paint

import (
	"fmt"
	"math"

	"marquee/internal/raster"
)

var landSettings = []setting{
	{wild: true, id: "forest", view: "a forest", phrase: "in a forest", snowPhrase: "in a snowy forest", horizon: [2]float64{0.54, 0.62}, snows: true, drifts: true, back: backForest, ground: groundField, frame: "firs"},
	{wild: true, id: "mountains", view: "mountains", phrase: "in the mountains", snowPhrase: "in snowy mountains", horizon: [2]float64{0.60, 0.66}, snows: true, drifts: true, back: backMountains, ground: groundField, frame: "firs"},
	{wild: true, id: "meadow", view: "open fields", phrase: "in a meadow", snowPhrase: "in a snowy field", horizon: [2]float64{0.56, 0.64}, snows: true, drifts: true, back: backHills, ground: groundField, frame: "branches"},
	{wild: true, id: "garden", view: "a garden", phrase: "in a garden", snowPhrase: "in a snowy garden", horizon: [2]float64{0.54, 0.60}, snows: true, drifts: true, back: backGarden, ground: groundGarden, frame: "branches"},
	{wild: true, id: "desert", season: "summer", soil: func(p palette) tint { return p.base(amber).lift(0.06) }, view: "a desert", phrase: "in the desert", snowPhrase: "in the desert", horizon: [2]float64{0.56, 0.64}, back: backDesert, ground: groundField, frame: "none"},
	{wild: true, id: "hilltop", view: "a hill under a wide sky", phrase: "under a wide sky", snowPhrase: "on a snowy hill under a wide sky", horizon: [2]float64{0.70, 0.74}, snows: true, drifts: true, back: backHills, ground: groundField, frame: "none"},
}

// mountains paints a range with lit and shaded faces and snow on its heads.
func (st *stage) mountains(name string, base, tall, depth, width float64) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	rock := st.surface(st.deep.blend(st.cool, 0.42).at(0.52), depth)
	dark := st.surface(st.deep.blend(st.cool, 0.30).at(0.42), depth)
	white := st.see(snow, 0, depth*0.75)
	dim := st.see(snow, -0.13, depth*0.8).blend(rock, 0.18)
	if !st.snowy && st.season != "winter" {
		tall *= 0.85
	}
	x := -width * c.in(0.2, 0.6)
	type peak struct{ x, y, l, r float64 }
	var peaks []peak
	for x < st.aspect+width*0.5 {
		h := tall * c.in(0.55, 1)
		w := width * c.in(0.75, 1.2)
		peaks = append(peaks, peak{x, base - h, w * c.in(0.5, 0.62), w * c.in(0.5, 0.62)})
		x += w * c.in(0.48, 0.72)
	}
	// The lowest first, so that high peaks rise behind low ones.
	for _, high := range []bool{true, false} {
		for i, k := range peaks {
			if (base-k.y > tall*0.78) != high {
				continue
			}
			h := base - k.y
			foot := base + 0.3
			grow := (foot - k.y) / h
			wob := func(f float64) float64 { return (hashf(i, f) - 0.5) * h * 0.10 }
			left := []raster.Point{{X: k.x, Y: k.y}, {X: k.x - k.l*0.22 + wob(1), Y: k.y + h*0.20}, {X: k.x - k.l*0.52 + wob(2), Y: k.y + h*0.54}, {X: k.x - k.l, Y: base}, {X: k.x - k.l*grow, Y: foot}}
			right := []raster.Point{{X: k.x, Y: k.y}, {X: k.x + k.r*0.20 + wob(3), Y: k.y + h*0.22}, {X: k.x + k.r*0.58 + wob(4), Y: k.y + h*0.52}, {X: k.x + k.r, Y: base}, {X: k.x + k.r*grow, Y: foot}}
			fold := []raster.Point{{X: k.x, Y: k.y}, {X: k.x + wob(5)*0.5 + k.r*0.04, Y: k.y + h*0.18}, {X: k.x - k.l*0.06 + wob(6)*0.6, Y: k.y + h*0.38}, {X: k.x + k.r*0.14 + wob(7), Y: k.y + h*0.62}, {X: k.x + k.r*0.05, Y: base}, {X: k.x, Y: foot}}
			lf, rf := rock, dark
			ls, rs := white, dim
			if st.from > 0 {
				lf, rf, ls, rs = dark, rock, dim, white
			}
			whole := append(append([]raster.Point{}, left...), reverse(right)...)
			s.body(raster.Polygon(whole...), lf)
			s.detail(raster.Polygon(append(append([]raster.Point{}, fold...), reverse(right)...)...), rf, 1)
			if st.snowy || h > tall*0.6 {
				line := k.y + h*c.in(0.40, 0.58)
				s.detail(snowCap(left, fold, line, h, i), ls, 1)
				s.detail(snowCap(fold, right, line, h, i+50), rs, 1)
			}
		}
	}
	s.veil(st, st.mistTint(), base-tall*0.55, base+0.02, 0, 0.75)
}

func hashf(i int, f float64) float64 { return float64(hash2(uint32(i+7), uint32(f*64), 77)) }

func reverse(p []raster.Point) []raster.Point {
	out := make([]raster.Point, len(p))
	for i, q := range p {
		out[len(p)-1-i] = q
	}
	return out
}

// along gives the x of a downward line at height y.
func along(line []raster.Point, y float64) float64 {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if y <= b.Y {
			return mix(a.X, b.X, clamp((y-a.Y)/math.Max(1e-9, b.Y-a.Y), 0, 1))
		}
	}
	return line[len(line)-1].X
}

// snowCap is the snow between two downward lines, with a ragged lower edge.
func snowCap(a, b []raster.Point, y, h float64, seed int) raster.Path {
	pts := []raster.Point{a[0]}
	for _, q := range a[1:] {
		if q.Y < y {
			pts = append(pts, q)
		}
	}
	const teeth = 7
	for i := range teeth + 1 {
		f := float64(i) / teeth
		d := (hashf(seed, float64(i)) - 0.35) * h * 0.16
		if i%2 == 0 {
			d += h * 0.10
		}
		yy := y + d
		if i == 0 || i == teeth {
			yy = y
		}
		pts = append(pts, raster.Point{X: mix(along(a, yy), along(b, yy), f), Y: yy})
	}
	for i := len(b) - 1; i > 0; i-- {
		if b[i].Y < y {
			pts = append(pts, b[i])
		}
	}
	return raster.Polygon(pts...)
}

// treeLine paints a band of firs as one silhouette, for far away.
func (st *stage) treeLine(name string, base, tall, depth float64, density float64) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	t := st.see(fir, -0.02, depth)
	low := t.blend(st.mistTint(), 0.35)
	r := c.ridge(3.1, 3, 0)
	var band raster.Path
	band.MoveTo(-0.1, base+0.2)
	band.LineTo(-0.1, base)
	for x := -0.06; x < st.aspect+0.06; {
		h := tall * (0.62 + 0.22*r.at(x) + c.in(-0.2, 0.25))
		w := h * c.in(0.26, 0.36)
		y := base + 0.006*r.at(x*2)
		const tiers = 4
		for k := range tiers {
			f := float64(k) / tiers
			band.LineTo(x+w*(0.5*f-0.5)*1.0, y-h*f*0.96-h*0.05)
			band.LineTo(x+w*(0.5*f-0.5)*0.52, y-h*(f+0.16))
		}
		band.LineTo(x, y-h)
		for k := tiers - 1; k >= 0; k-- {
			f := float64(k) / tiers
			band.LineTo(x-w*(0.5*f-0.5)*0.52, y-h*(f+0.16))
			band.LineTo(x-w*(0.5*f-0.5)*1.0, y-h*f*0.96-h*0.05)
		}
		x += w * mix(1.5, 0.62, density) * c.in(0.8, 1.2)
	}
	band.LineTo(st.aspect+0.1, base)
	band.LineTo(st.aspect+0.1, base+0.2)
	band.Close()
	s.wash(band, t, low, base-tall*0.7, base+0.01)
}

// standOfFirs sets single firs, drawn in full, along a line.
func (st *stage) standOfFirs(name string, base, tall, depth float64, n int, clear float64) {
	c := st.chance(name)
	s := st.sheet(name, depth)
	for i := range n {
		x := (float64(i) + c.in(0.1, 0.9)) / float64(n) * (st.aspect + 0.2)
		x -= 0.1
		h := tall * c.in(0.72, 1.15)
		if d := math.Abs(x - st.focusX); d < clear {
			if d < clear*0.5 {
				continue
			}
			h *= 0.7
		}
		draw := drawFir
		if st.season != "winter" && c.yes(0.3) || c.yes(0.10) {
			draw = drawBirch
		}
		st.put(s, fmt.Sprint(name, i), draw, placing{x: x, y: base + c.in(-0.008, 0.012), height: h, depth: depth, mirror: c.yes(0.5), shadow: depth < 0.4})
	}
}

func backForest(st *stage) {
	if st.chance("range").yes(0.6) {
		st.mountains("range", st.horizon-0.02, 0.26, 0.82, 0.52)
	}
	st.treeLine("wood3", st.horizon-0.015, 0.20, 0.74, 0.8)
	st.mistBand(st.horizon-0.10, st.horizon+0.02, 0.42)
	st.treeLine("wood2", st.horizon+0.004, 0.25, 0.52, 0.7)
	st.mistBand(st.horizon-0.07, st.horizon+0.03, 0.34)
}

func backMountains(st *stage) {
	st.mountains("far", st.horizon-0.06, 0.30, 0.84, 0.46)
	st.mountains("mid", st.horizon-0.005, 0.36, 0.58, 0.66)
	st.treeLine("wood", st.horizon+0.012, 0.10, 0.42, 0.75)
	st.mistBand(st.horizon-0.05, st.horizon+0.03, 0.35)
}

func backHills(st *stage) {
	c := st.chance("hills")
	for i := range 3 {
		r := c.ridge(2.2+float64(i), 3, 0)
		d := 0.85 - 0.2*float64(i)
		y := st.horizon - 0.055 + 0.03*float64(i)
		s := st.sheet(fmt.Sprint("hill", i), d)
		p := st.hill(func(x float64) float64 { return y - 0.045*r.at(x) }, 0.05)
		s.wash(p, st.groundTint(d, 0.01), st.groundTint(d, 0.01).blend(st.mistTint(), 0.45), y-0.05, y+0.07)
		if i == 1 {
			st.copses(r, y, 0.045, d)
		}
	}
}

// copses are small groups of trees on a far ridge.
func (st *stage) copses(r ridge, y, amp, depth float64) {
	c := st.chance("copses")
	s := st.sheet("copses", depth-0.05)
	t := st.see(fir, -0.01, depth-0.08)
	for range 4 {
		x0 := c.in(0, st.aspect)
		for range 3 + c.IntN(4) {
			x := x0 + c.in(-0.07, 0.07)
			h := c.in(0.03, 0.062)
			yy := y - amp*r.at(x) + 0.004
			s.body(raster.Polygon(raster.Point{X: x - h*0.2, Y: yy}, raster.Point{X: x, Y: yy - h}, raster.Point{X: x + h*0.2, Y: yy}), t)
		}
	}
}

func backGarden(st *stage) {
	backHills(st)
	st.treeLine("hedge", st.horizon+0.01, 0.12, 0.5, 1)
}

func groundGarden(st *stage) {
	groundField(st)
	st.standOfFirs("garden-trees", mix(st.horizon, st.crest, 0.25), 0.36, 0.34, 3, 0.28)
	s := st.sheet("fence", 0.20)
	y0 := mix(st.horizon, st.crest, 0.55)
	t := st.see(ivory, -0.03, 0.30)
	for x := -0.02; x < st.aspect+0.05; x += 0.034 {
		s.body(raster.Polygon(raster.Point{X: x, Y: y0 + 0.07}, raster.Point{X: x, Y: y0 - 0.02}, raster.Point{X: x + 0.0085, Y: y0 - 0.034}, raster.Point{X: x + 0.017, Y: y0 - 0.02}, raster.Point{X: x + 0.017, Y: y0 + 0.07}), t)
	}
	for _, y := range []float64{0, 0.042} {
		s.body(raster.Rect(-0.1, y0+y, st.aspect+0.2, 0.011), t.lift(-0.04))
	}
}

func backDesert(st *stage) {
	c := st.chance("dunes")
	s := st.sheet("mesa", 0.8)
	t := st.surface(st.warm.blend(st.glow, 0.35).at(0.60), 0.72)
	for range 3 {
		x, w, h := c.in(0, st.aspect), c.in(0.10, 0.24), c.in(0.07, 0.17)
		y := st.horizon
		s.body(raster.Polygon(raster.Point{X: x - w, Y: y + 0.03}, raster.Point{X: x - w*0.62, Y: y - h*0.5}, raster.Point{X: x - w*0.5, Y: y - h}, raster.Point{X: x + w*0.45, Y: y - h}, raster.Point{X: x + w*0.6, Y: y - h*0.55}, raster.Point{X: x + w, Y: y + 0.03}), t)
	}
	for i := range 2 {
		r := c.ridge(2.4+float64(i), 2, 0)
		y := st.horizon + 0.01 + 0.035*float64(i)
		d := 0.6 - 0.22*float64(i)
		sh := st.sheet(fmt.Sprint("dune", i), d)
		p := st.hill(func(x float64) float64 { return y - 0.05*r.at(x) }, 0.05)
		sh.wash(p, st.groundTint(d, 0.02), st.groundTint(d, -0.06), y-0.05, y+0.08)
	}
}

// mistBand lays air between two layers.
func (st *stage) mistBand(y0, y1, alpha float64) {
	s := st.sheet("mist", 0.6)
	s.still = true
	a := alpha * (1 + 0.7*st.haze)
	s.veil(st, st.mistTint(), y0, y1, 0, math.Min(a, 0.9))
}

// groundField is the open ground from the horizon to the near edge, with the
// middle trees and long shadows that give it depth.
func groundField(st *stage) {
	c := st.chance("field")
	r := c.ridge(2.6, 3, 0)
	s := st.sheet("field", 0.40)
	y := st.horizon + 0.012
	far, near := st.groundTint(0.50, 0), st.groundTint(0.08, -0.01)
	s.wash(st.hill(func(x float64) float64 { return y - 0.012*r.at(x) }, 0.05), far, near, y, st.crest)
	if st.setting == "forest" {
		st.standOfFirs("trees-far", st.horizon+0.045, 0.30, 0.36, 6, 0.14)
	}
	for i := range 2 {
		q := c.ridge(2.9, 2, 0)
		yy := mix(st.horizon, st.crest, 0.40+0.28*float64(i))
		d := 0.28 - 0.12*float64(i)
		b := st.sheet(fmt.Sprint("swell", i), d)
		t := st.groundTint(d, 0.012-0.014*float64(i))
		b.wash(st.hill(func(x float64) float64 { return yy - 0.018*q.at(x) }, 0.05), t, t.lift(-0.035), yy-0.015, yy+0.12)
	}
	if !st.snowy && st.setting == "meadow" && st.season != "spring" {
		st.furrows(c)
	}
	st.sprinkle()
	switch st.setting {
	case "forest":
		st.standOfFirs("trees-mid", mix(st.horizon, st.crest, 0.62), 0.44, 0.20, 4, 0.25)
	case "meadow", "hilltop":
		st.farm(c)
	case "mountains":
		st.standOfFirs("trees-mid", mix(st.horizon, st.crest, 0.5), 0.17, 0.24, 8, 0.16)
	case "desert":
		sh := st.sheet("cacti", 0.2)
		for i := range 3 {
			st.put(sh, fmt.Sprint("cactus", i), drawCactus, placing{x: c.in(0, st.aspect), y: mix(st.horizon, st.crest, c.in(0.4, 0.8)), height: c.in(0.06, 0.13), depth: 0.22, shadow: true})
		}
	}
}

// farm gives open land its marks: a homestead, a hedge of firs, a fence.
func (st *stage) farm(c chance) {
	far := st.aspect - st.focusX
	if st.setting == "meadow" && subjects[st.lead()].tall < 6 {
		s := st.sheet("farm", 0.34)
		y := mix(st.horizon, st.crest, 0.20)
		x := far + c.in(-0.10, 0.10)
		st.put(s, "farm", drawCabin, placing{x: x, y: y, height: 0.095, depth: 0.36, mirror: c.yes(0.5), shadow: true})
		st.put(s, "farm-tree", drawTree, placing{x: x + c.side()*0.11, y: y + 0.004, height: 0.16, depth: 0.34, shadow: true})
		st.put(s, "farm-fir", drawFir, placing{x: x - 0.085, y: y + 0.006, height: 0.12, depth: 0.34, shadow: true})
	}
	g := st.sheet("grove", 0.26)
	x0 := far + c.in(-0.22, 0.22)
	for i := range 4 + c.IntN(3) {
		x := x0 + c.about()*0.22
		if math.Abs(x-st.focusX) < 0.14 {
			continue
		}
		st.put(g, fmt.Sprint("grove", i), drawFir, placing{x: x, y: mix(st.horizon, st.crest, 0.42) + 0.012*float64(i), height: c.in(0.11, 0.19), depth: 0.27, shadow: true, mirror: c.yes(0.5)})
	}
	if c.yes(0.6) {
		f := st.sheet("rail-fence", 0.12)
		t := st.see(wood, -0.03, 0.14)
		side := 1.0
		if st.focusX > st.aspect/2 {
			side = -1
		}
		at := func(k float64) (x, y float64) {
			return st.aspect*0.5 + side*st.aspect*mix(0.02, 0.56, k), mix(st.horizon, st.crest, mix(0.62, 0.96, k))
		}
		for k := range 8 {
			q := float64(k) / 7
			x, y := at(q)
			h := mix(0.030, 0.062, q)
			f.body(raster.Rect(x-h*0.07, y-h, h*0.14, h*1.06), t)
			if k > 0 {
				px, py := at(q - 1.0/7)
				ph := mix(0.030, 0.062, q-1.0/7)
				for _, v := range []float64{0.42, 0.80} {
					f.body(raster.Polygon(raster.Point{X: px, Y: py - ph*v}, raster.Point{X: x, Y: y - h*v}, raster.Point{X: x, Y: y - h*(v-0.13)}, raster.Point{X: px, Y: py - ph*(v-0.13)}), t.lift(0.02))
				}
			}
			if st.snowy {
				f.detail(raster.Ellipse(x, y-h, h*0.13, h*0.06), st.see(snow, 0, 0.1), 1)
			}
		}
	}
}

// furrows are the rows of a field, running to one point on the horizon.
func (st *stage) furrows(c chance) {
	s := st.sheet("furrows", 0.14)
	s.still = true
	vx := st.aspect * c.in(0.3, 0.7)
	y0, y1 := mix(st.horizon, st.crest, 0.30), st.crest+0.03
	for i := range 15 {
		f := (float64(i) - 7) / 7
		w := st.aspect * 0.036
		x0, x1 := vx+f*st.aspect*0.42, vx+f*st.aspect*1.35
		t := st.groundTint(0.12, -0.05)
		if i%3 == 0 {
			t = st.surface(st.glow.blend(st.green, 0.28).at(0.68), 0.12)
		}
		p := raster.Polygon(raster.Point{X: x0 - w*0.28, Y: y0}, raster.Point{X: x0 + w*0.28, Y: y0}, raster.Point{X: x1 + w, Y: y1}, raster.Point{X: x1 - w, Y: y1})
		s.add(figureShape{path: p, fill: t, alpha: 0.12, role: detail, fade: &fade{0, y0, 0, y1, t, 0.75}})
	}
}

// nearBank is the rise on which the focus stands and on which marks will sit:
// quiet on purpose.
func (st *stage) nearBank() {
	c := st.chance("bank")
	s := st.sheet("bank", 0.03)
	lean := c.in(-0.012, 0.012)
	r := c.ridge(2.0, 2, 0)
	line := func(x float64) float64 {
		return st.crest + lean*(x/st.aspect*2-1) - 0.006*r.at(x)
	}
	t := st.groundTint(0.02, 0.012)
	s.wash(st.hill(line, 0.06), t, t.lift(-0.05), st.crest-0.01, 1)
}
