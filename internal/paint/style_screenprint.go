package paint

import (
	"context"
	"math"
	"sort"

	"marquee/internal/raster"
)

var screenPrintStyle = style{id: "screen-print", phrase: "as a screen print", paint: paintScreenPrint}

// inks are the colours of a print, lightest first; the first is the paper.
func (st *stage) inks() []tint {
	all := []tint{
		st.paper.at(0.955),
		st.cool.soft(1.25),
		st.glow,
		st.warm,
		st.green,
		st.deep,
	}
	all = append(all, st.cool.blend(st.deep, 0.45).soft(1.25), st.warm.blend(st.deep, 0.52))
	// Sky and ground are big: they get inks mixed for them.
	for _, t := range []tint{st.top(st.palette), st.mid(st.palette), st.low(st.palette), st.groundTint(0.03, 0)} {
		if t.farFrom(all, 0.07) {
			all = append(all, t)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].l > all[j].l })
	return all
}

// gap is how far two tints look apart, about 0..1.
func gap(t, o tint) float64 {
	a0, b0 := t.ab()
	a1, b1 := o.ab()
	return math.Sqrt((t.l-o.l)*(t.l-o.l) + (a0-a1)*(a0-a1) + (b0-b1)*(b0-b1))
}

func (t tint) farFrom(all []tint, least float64) bool {
	for _, o := range all {
		if gap(t, o) < least {
			return false
		}
	}
	return true
}

// recipe says how a colour is printed: one ink solid, a darker one in dots.
type recipe struct {
	base, over uint8
	part       float32
}

// recipes has an answer for every colour, 32 steps a channel.
func recipes(inks []tint) []recipe {
	type abl struct{ l, a, b float64 }
	pos := make([]abl, len(inks))
	for i, t := range inks {
		a, b := t.ab()
		pos[i] = abl{t.l, a * 1.35, b * 1.35}
	}
	table := make([]recipe, 32*32*32)
	for i := range table {
		c := raster.Color{R: float32(i>>10&31) / 31, G: float32(i>>5&31) / 31, B: float32(i&31) / 31, A: 1}
		l, a, b := c.OKLab()
		p := abl{l, a * 1.35, b * 1.35}
		best, bestD := recipe{}, math.Inf(1)
		for u := range pos {
			for v := u; v < len(pos); v++ {
				d := abl{pos[v].l - pos[u].l, pos[v].a - pos[u].a, pos[v].b - pos[u].b}
				e := abl{p.l - pos[u].l, p.a - pos[u].a, p.b - pos[u].b}
				n := d.l*d.l + d.a*d.a + d.b*d.b
				t := 0.0
				if n > 0 {
					t = clamp((e.l*d.l+e.a*d.a+e.b*d.b)/n, 0, 1)
				}
				q := abl{e.l - d.l*t, e.a - d.a*t, e.b - d.b*t}
				// Far-apart pairs make loud dots; near pairs print calmer.
				dist := q.l*q.l + q.a*q.a + q.b*q.b + n*0.018*t*(1-t)
				if dist < bestD {
					best, bestD = recipe{uint8(u), uint8(v), float32(t)}, dist
				}
			}
		}
		table[i] = best
	}
	return table
}

// shadeOf is a tone's shaded side, far enough off to be another ink.
func shadeOf(t tint) tint {
	if t.l > 0.75 {
		return t.lift(-0.13)
	}
	return t.lift(-0.10)
}

// snapped moves a colour to the nearest solid ink or half tint.
func snapped(t tint, inks []tint, table []recipe) tint {
	c := t.color(1)
	r := table[uint16(c.R*31+0.5)<<10|uint16(c.G*31+0.5)<<5|uint16(c.B*31+0.5)]
	part := math.Round(float64(r.part))
	if gap(inks[r.base], inks[r.over]) < 0.24 && r.part > 0.3 && r.part < 0.7 {
		part = 0.5
	}
	return inks[r.base].blend(inks[r.over], part)
}

func paintScreenPrint(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	inks := st.inks()
	table := recipes(inks)
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		if f.role == shade || s.name == "sky" || s.name == "sun" {
			b.plain(f, path)
			return
		}
		// Shapes print in a solid ink where one is near, or in an even tint.
		t := f.fill
		if f.fade != nil && f.role == body {
			t = t.blend(f.fade.to, 0.45)
		}
		if s.rim && f.role == body && f.alpha > 0.9 {
			// The side away from the light gets an ink of its own, in register.
			d := 0.013 * b.k * st.size()
			b.flat(f, path, snapped(shadeOf(t), inks, table), 1)
			b.c.Fill(path.Transform(raster.Translate(st.from*d, -d*0.5)), raster.Solid(snapped(t, inks, table).color(1)), raster.Clip(path))
			return
		}
		b.flat(f, path, snapped(t, inks, table), f.alpha)
	}
	if err := b.run(ctx, st, func(f float64) { progress(f * 0.6) }); err != nil {
		return nil, err
	}
	n := w * h
	index := make([]uint16, n)
	for i := range n {
		p := b.c.Pix[i*4 : i*4+3 : i*4+3]
		index[i] = uint16(p[0]*31+0.5)<<10 | uint16(p[1]*31+0.5)<<5 | uint16(p[2]*31+0.5)
	}
	c := st.chance("register")
	out := b.c
	paper := inks[0].color(1)
	out.Clear(paper)
	cell := float64(h) / 190
	tooth := newNoise(st.seed+9, 256)
	for k := 1; k < len(inks); k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		col := inks[k].color(1)
		// No press is perfect: every ink sits a little beside its place.
		dx := int(c.in(-1, 1) * 0.0034 * float64(h))
		dy := int(c.in(-1, 1) * 0.0030 * float64(h))
		s, co := math.Sincos(0.26 + float64(k)*0.52)
		f := math.Pi / cell
		screen := newScreen(float32(s*f), float32(co*f))
		for y := range h {
			sy := clampInt(y+dy, 0, h-1)
			calm := st.calmRow(float64(y) / float64(h))
			row := out.Pix[y*w*4 : (y+1)*w*4]
			for x := range w {
				sx := clampInt(x+dx, 0, w-1)
				r := &table[index[sy*w+sx]]
				var a float32
				switch {
				case int(r.base) == k:
					a = 1
				case int(r.over) == k:
					part := r.part
					switch {
					case part < 0.10:
						continue
					case part > 0.90:
						a = 1
					default:
						if calm < 1 {
							// Dots shrink to an even tone where marks will sit.
							a = part*0.6 + 0.4*screen.at(x, y, part)
						} else {
							a = screen.at(x, y, part)
						}
					}
				default:
					continue
				}
				if a <= 0 {
					continue
				}
				a *= 0.90 + 0.10*tooth.fast(float64(x)*0.7*1400/float64(h), float64(y)*0.7*1400/float64(h))
				q := row[x*4 : x*4+3 : x*4+3]
				q[0] += (col.R - q[0]) * a
				q[1] += (col.G - q[1]) * a
				q[2] += (col.B - q[2]) * a
			}
		}
		progress(0.6 + 0.4*float64(k)/float64(len(inks)))
	}
	finish(out, st, look{grain: 0.030, fibre: 0.02})
	return out, nil
}

// screen is a rotated grid of round dots.
type screen struct {
	s, c float32
	wave [1024]float32
}

func newScreen(s, c float32) *screen {
	out := &screen{s: s, c: c}
	for i := range out.wave {
		out.wave[i] = float32(math.Cos(float64(i) / 1024 * 2 * math.Pi))
	}
	return out
}

const turnsTo1024 = 1024 / (2 * math.Pi)

// at gives how much ink a pixel gets for a part of tone.
func (g *screen) at(x, y int, part float32) float32 {
	u := (float32(x)*g.c - float32(y)*g.s) * 2
	v := (float32(x)*g.s + float32(y)*g.c) * 2
	d := (g.wave[int(u*turnsTo1024)&1023]+g.wave[int(v*turnsTo1024)&1023])*0.25 + 0.5
	return min(1, max(0, (part-d)*5+0.5))
}
