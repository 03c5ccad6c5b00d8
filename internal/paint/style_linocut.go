package paint

import (
	"context"
	"math"

	"marquee/internal/raster"
)

var linocutStyle = style{id: "linocut", phrase: "as a linocut", flat: true, paint: paintLinocut}

// paintLinocut prints one dark ink over paper and two rolled-on colours. Mid
// tones are carved as lines, dark ones are left standing with a few flecks.
func paintLinocut(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	white := raster.Solid(st.paper.at(0.97).color(1))
	black := raster.Solid(st.deep.at(0.12).color(1))
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		if f.role == shade || s.name == "sky" {
			b.plain(f, path)
			return
		}
		g := *f
		if !s.still || f.role == detail || s.depth <= 0.05 {
			g.fade = nil
			g.fill = st.cutTone(f, s)
		}
		b.plain(&g, path)
		if f.role == body && !s.still {
			// A carved line keeps dark shapes apart, an inked one light shapes.
			line := white
			if g.fill.l > 0.70 {
				line = black
			}
			b.c.Fill(raster.Stroke(path, (0.0012+0.0020*(1-s.depth))*b.k*st.size()), line)
		}
	}
	if err := b.run(ctx, st, func(f float64) { progress(f * 0.7) }); err != nil {
		return nil, err
	}
	carve(b.c, st)
	return b.c, nil
}

// cutTone is what a knife can make of a tone: ink, paper, or one of two
// grounds that carve turns into lines; colours that are rolled on stay.
func (st *stage) cutTone(f *figureShape, s *sheet) tint {
	t := f.fill
	if sky := st.mid(st.palette); s.lit && f.role == body && t.c > 0.085 && sky.c > 0.085 && math.Abs(math.Remainder(t.h-sky.h, 2*math.Pi)) < 0.35 {
		// In the colour of the sky behind it the focus would be lost.
		return tint{0.16, 0.01, t.h}
	}
	if t.c > 0.085 && hueGap(t.h, 1.0) < 0.75 {
		return t.at(clamp(t.l, 0.42, 0.85))
	}
	l := t.l
	if s.lit && f.material == ink {
		return tint{0.16, 0.01, t.h}
	}
	if s.lit && l > 0.30 && st.stretched(st.groundTint(0.02, 0).l) < inkGround {
		// On a ground of ink the focus is cut out light, or it would be lost.
		return tint{0.97, 0.01, t.h}
	}
	l = st.stretched(l)
	if s.depth <= 0.05 && !s.rim && s.name != "frame-firs" && s.name != "frame-branch" {
		// The near ground is one or the other: marks will sit on it.
		if l < inkGround {
			return tint{0.14, 0.01, t.h}
		}
		return tint{0.97, 0.01, t.h}
	}
	near := s.depth < 0.3
	switch {
	case l < 0.50:
		return tint{0.16, 0.01, t.h}
	case l < 0.66 && near:
		return tint{0.16, 0.01, t.h}
	case l < 0.78:
		return tint{0.52, math.Min(t.c, 0.04), t.h}
	case l < 0.86 && !near:
		return tint{0.74, math.Min(t.c, 0.04), t.h}
	}
	return tint{0.97, 0.01, t.h}
}

// inkGround is the lightness below which the near ground stays uncut.
const inkGround = 0.74

// stretched opens up the narrow tones of a dark hour.
func (st *stage) stretched(l float64) float64 {
	if st.dark {
		return clamp((l-0.18)*1.42, 0, 1)
	}
	return l
}

// carve turns the painted tones into a print.
func carve(c *raster.Canvas, st *stage) {
	ink := st.deep.at(0.23).color(1)
	paper := st.paper.at(0.945).color(1)
	warm, glow, cool := st.warm.color(1), st.glow.color(1), st.cool.blend(st.paper, 0.25).color(1)
	k := 1000 / float64(c.H)
	warp := newNoise(st.seed+3, 64)
	fleck := newNoise(st.seed+4, 256)
	const table = 1024
	var wave [table]float32
	for i := range wave {
		wave[i] = float32(math.Cos(2 * math.Pi * float64(i) / table))
	}
	// Night skies are mostly ink, days mostly paper: stretch around the light.
	low, high := float32(0.10), float32(0.90)
	for y := range c.H {
		fy := float64(y) * k
		calm := st.calmRow(float64(y)/float64(c.H)) < 1
		row := c.Pix[y*c.W*4 : (y+1)*c.W*4]
		for x := range c.W {
			p := row[x*4 : x*4+3 : x*4+3]
			fx := float64(x) * k
			l := (p[0]*0.30 + p[1]*0.59 + p[2]*0.11)
			tone := (l - low) / (high - low)
			bend := warp.fast(fx*0.006+3, fy*0.008)
			bend2 := warp.fast(fx*0.028, fy*0.034+11)
			phase := float32(fy)*0.27 + bend*13 + bend2*1.6
			v := wave[int(phase*table/(2*math.Pi)*1.45)&(table-1)]
			rough := fleck.fast(fx*0.8, fy*0.8) - 0.5
			edge := 0.5 + v*0.44 + rough*0.16
			var a float32
			switch {
			case tone > 0.94:
				a = 0
			case tone < 0.05:
				a = 1
			default:
				if calm {
					edge = 0.5 + (edge-0.5)*0.35
				}
				a = min(1, max(0, (edge-tone)*7+0.5))
			}
			// A worn roller: pin-holes in the solid ink, specks on the paper.
			if n := fleck.fast(fx*0.55+40, fy*0.55+9); n > 0.86 && a > 0 {
				a *= 1 - (n-0.86)*4
			}
			under := paper
			hi, lo := max(p[0], p[1], p[2]), min(p[0], p[1], p[2])
			if sat := hi - lo; sat > 0.22 && p[0] >= p[1] && p[1] >= p[2]*0.9 {
				if p[1] > p[0]*0.58 {
					under = glow
				} else {
					under = warm
				}
				// Colour is rolled on flat: let it shine through the carving.
				a *= 0.30
				if tone < 0.30 {
					a = min(1, a*3)
				}
			} else if sat > 0.05 && p[2] > p[0] && tone > 0.30 {
				under = cool
			}
			p[0] = under.R + (ink.R-under.R)*a
			p[1] = under.G + (ink.G-under.G)*a
			p[2] = under.B + (ink.B-under.B)*a
		}
	}
	finish(c, st, look{grain: 0.03, fibre: 0.02})
}
