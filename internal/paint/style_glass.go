package paint

import (
	"context"
	"math"

	"marquee/internal/raster"
)

var stainedGlassStyle = style{id: "stained-glass", phrase: "as stained glass", flat: true, paint: paintStainedGlass}

// paintStainedGlass cuts the picture into panes held by lead: shapes keep
// their outlines, and large ones are cut further.
func paintStainedGlass(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	lead := raster.Solid(st.deep.at(0.15).soft(0.6).color(1))
	c := st.chance("glass")
	unit := b.k * st.size()
	outline := func(path raster.Path, width float64) {
		b.c.Fill(raster.Stroke(path, width*unit), lead)
	}
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		if f.role == shade {
			if f.blend == raster.Screen {
				b.flat(f, path, f.fill.soft(1.2), f.alpha*0.8)
			}
			return
		}
		if s.name == "sky" {
			if f.role == body {
				b.plain(f, path)
			}
			return
		}
		if s.name == "clouds" {
			return
		}
		x0, y0, x1, y1 := path.Bounds()
		size := math.Max(x1-x0, y1-y0) / b.k
		rich := *f
		rich.fill = f.fill.soft(1.8)
		if f.fade != nil {
			fd := *f.fade
			fd.to = fd.to.soft(1.8)
			rich.fade = &fd
		}
		if f.role == detail {
			if s.name == "snowfall" || s.name == "rain" || s.name == "wind" || s.name == "drift" || s.name == "frame-foot" || s.name == "ripples" {
				return
			}
			b.plain(&rich, path)
			if thin := math.Min(x1-x0, y1-y0) / b.k; size > 0.05 && thin > 0.012 && f.alpha > 0.6 {
				outline(path, 0.0024)
			}
			return
		}
		b.plain(&rich, path)
		if size > 0.45 && x1-x0 > 0.4*b.k {
			st.crackle(b, c, path, lead, y0, math.Min(y1, b.k))
		}
		width := 0.0042
		if s.depth > 0.45 {
			width = 0.0032
		}
		if size < 0.03 {
			width = 0.0022
		}
		outline(path, width)
	}
	// The sky is cut once all that shines in it is there.
	last := "sky"
	for _, name := range []string{"aurora", "sun"} {
		if hasSheet(st, name) {
			last = name
		}
	}
	b.after = func(s *sheet) {
		if s.name == last {
			st.skyPanes(b, c, lead)
		}
	}
	if err := b.run(ctx, st, progress); err != nil {
		return nil, err
	}
	// Light comes through old glass unevenly.
	finish(b.c, st, look{grain: 0.012, fibre: 0.03, vignette: 0.22})
	edge := 0.012 * unit
	rim := raster.Rect(0, 0, float64(w), float64(h))
	b.c.Fill(raster.Stroke(rim, edge*2), lead)
	return b.c, nil
}

func hasSheet(st *stage, name string) bool {
	for _, s := range st.sheets {
		if s.name == name {
			return true
		}
	}
	return false
}

// skyPanes cuts the sky into rays and rings about the light; each pane takes
// the sky's colour at its middle, a shade off.
func (st *stage) skyPanes(b *brush, c chance, lead raster.Paint) {
	cx, cy := st.sun.X*b.k, st.sun.Y*b.k
	far := 1.6 * math.Max(1, st.aspect) * b.k
	rings := []float64{0.085 * b.k * st.size()}
	for rings[len(rings)-1] < far {
		rings = append(rings, rings[len(rings)-1]*c.in(1.5, 1.75)+0.03*b.k)
	}
	n := 12 + c.IntN(4)
	turnBy := c.Float64()
	sun := st.glow.blend(st.paper, 0.5).at(0.93)
	if st.moon {
		sun = st.paper.blend(st.glow, 0.30).at(0.93)
	}
	for r := 0; r+1 < len(rings); r++ {
		cuts := n
		for i := range cuts {
			shift := turnBy + 0.5*float64(r%2)/float64(cuts)
			a0, a1 := float64(i)/float64(cuts)+shift, float64(i+1)/float64(cuts)+shift
			var pts []raster.Point
			for k := range 5 {
				d := turn(mix(a0, a1, float64(k)/4))
				pts = append(pts, raster.Point{X: cx + d.X*rings[r], Y: cy - d.Y*rings[r]})
			}
			for k := 4; k >= 0; k-- {
				d := turn(mix(a0, a1, float64(k)/4))
				pts = append(pts, raster.Point{X: cx + d.X*rings[r+1], Y: cy - d.Y*rings[r+1]})
			}
			m := turn((a0 + a1) / 2)
			mid := (rings[r] + rings[r+1]) / 2
			px, py := cx+m.X*mid, cy-m.Y*mid
			jitter := c.in(-0.06, 0.06)
			toward, by := st.glow, c.in(0, 0.26)
			if (i+r)%3 == 0 {
				toward = st.cool.soft(1.8)
			} else if (i+r)%3 == 1 {
				toward = st.warm
			}
			if st.dark && r > 0 {
				by *= 0.5
			}
			if px < -0.3*b.k || py < -0.3*b.k || px > float64(b.c.W)+0.3*b.k || py > st.horizon*b.k+0.3*b.k {
				continue
			}
			sample := b.c.At(clampInt(int(px), 0, b.c.W-1), clampInt(int(py), 0, b.c.H-1))
			t := tintOf(sample).soft(1.7).blend(toward.at(sampleL(sample)), by).lift(jitter)
			pane := raster.Polygon(pts...)
			b.c.Fill(pane, raster.Solid(t.color(1)))
			b.c.Fill(raster.Stroke(pane, 0.0030*b.k*st.size()), lead)
		}
	}
	if hasSheet(st, "sun") {
		r := rings[0]
		b.c.Fill(raster.Circle(cx, cy, r), raster.Solid(sun.color(1)))
		b.c.Fill(raster.Stroke(raster.Circle(cx, cy, r), 0.0045*b.k*st.size()), lead)
	}
}

func sampleL(c raster.Color) float64 { return tintOf(c).l }

// crackle cuts a wide shape into upright panes of slightly different tone.
func (st *stage) crackle(b *brush, c chance, path raster.Path, lead raster.Paint, y0, y1 float64) {
	w := float64(b.c.W)
	x := -c.in(0.02, 0.12) * b.k
	for x < w {
		step := c.in(0.11, 0.22) * b.k
		lean := c.in(-0.06, 0.06) * b.k
		pane := raster.Polygon(raster.Point{X: x, Y: y0}, raster.Point{X: x + step, Y: y0}, raster.Point{X: x + step + lean, Y: y1}, raster.Point{X: x - lean*0.4, Y: y1})
		d := c.in(-0.05, 0.05)
		t := st.deep
		if d > 0 {
			t = st.paper
		}
		b.c.Fill(pane, raster.Solid(t.color(math.Abs(d)*1.6)), raster.Clip(path))
		cutLine := raster.Polyline(raster.Point{X: x, Y: y0}, raster.Point{X: x - lean*0.4, Y: y1})
		b.c.Fill(raster.Stroke(cutLine, 0.0030*b.k*st.size()), lead, raster.Clip(path))
		x += step
	}
}
