package paint

import (
	"math"

	"marquee/internal/raster"
)

// A picture moves by posing its stage: every shape has a place for each moment
// of the loop, a number from 0 to 1, and stands at 0 where it stands in the
// picture. What moves goes round a whole number of times, so that the end
// meets the beginning.

// sweep is how far the nearest layer goes aside, in the stage's measure. Far
// layers go less, which is what makes the picture deep.
const sweep = 0.012

// wave goes from 0 up, down and back to 0 as t goes round; phase says where it
// stands meanwhile, 0 to 1.
func wave(t float64, turns int, phase float64) float64 {
	return math.Sin(2*math.Pi*(t*float64(turns)+phase)) - math.Sin(2*math.Pi*phase)
}

// spread gives the i-th of many things a phase unlike its neighbours'.
func spread(i int) float64 {
	_, f := math.Modf(float64(i) * 0.6180339887498949)
	return f
}

// posed gives the stage at a moment of the loop. It shares what does not move.
func (st *stage) posed(t float64) *stage {
	out := *st
	out.moment = t
	out.sheets = make([]*sheet, len(st.sheets))
	for i, s := range st.sheets {
		p := *s
		dx, dy := st.glide(s, t)
		p.shapes = make([]figureShape, 0, len(s.shapes))
		for j := 0; j < len(s.shapes); j++ {
			f := s.shapes[j]
			if f.wisp == puffs {
				n := j
				for n < len(s.shapes) && s.shapes[n].wisp == puffs {
					n++
				}
				for _, g := range puffed(s.shapes[j:n], t) {
					p.shapes = append(p.shapes, g.moved(dx, dy))
				}
				j = n - 1
				continue
			}
			p.shapes = append(p.shapes, st.pose(s, f, j, t).moved(dx, dy))
		}
		out.sheets[i] = &p
	}
	return &out
}

// glide is how far a whole sheet is aside: by its depth, and what floats rocks.
func (st *stage) glide(s *sheet, t float64) (dx, dy float64) {
	if !st.place.room && !st.place.indoors {
		dx = sweep * (1 - s.depth) * wave(t, 1, 0)
	}
	switch s.name {
	case "clouds", "big-cloud":
		dx += 0.014 * wave(t, 1, 0)
	case "snowfall", "rain", "wind":
		dx = 0
	}
	if sub, ok := subjects[s.name]; ok {
		switch sub.foot {
		case onWater:
			dy = 0.0035 * wave(t, 2, 0)
		case inAir:
			dy = 0.007 * wave(t, 1, 0)
		}
	}
	if st.style == pixelStyle.id {
		// Half a square aside would make edges crawl.
		dx, dy = math.Round(dx*pixelRows)/pixelRows, math.Round(dy*pixelRows)/pixelRows
	}
	return dx, dy
}

// pose puts one shape where it is at a moment of the loop.
func (st *stage) pose(s *sheet, f figureShape, i int, t float64) figureShape {
	switch {
	case f.role == halo:
		return flickered(s, f, i, t)
	case f.wisp == curls:
		return f.leaned(0.16 * wave(t, 1, spread(i)))
	case f.material == flame && f.role != shade:
		return f.stretched(1 + 0.05*wave(t, 3, spread(i)))
	}
	switch s.name {
	case "snowfall":
		return st.snowed(f, i, t)
	case "rain":
		return st.rained(f, t)
	case "wind":
		return st.blown(f, i, t)
	case "sky":
		if f.role == detail && i%2 == 0 {
			f.alpha = clamp(f.alpha*(1+0.55*wave(t, 1+i%3, spread(i))), 0.02, 1)
		}
	case "aurora":
		f.alpha = clamp(f.alpha*(1+0.22*wave(t, 1, spread(i/5)+float64(i%5)*0.03)), 0.01, 1)
	case "fireworks":
		f.alpha = clamp(f.alpha*(1+0.35*wave(t, 2, spread(i))), 0.05, 1)
	case "garland":
		if f.role == detail {
			f.alpha = clamp(f.alpha*(1+0.18*wave(t, 2, spread(i))), 0.1, 1)
		}
	case "water", "ripples", "foam", "island-surf", "window-light":
		if f.role == detail {
			f = f.moved(0.006*wave(t, 1, spread(i)), 0)
			f.alpha = clamp(f.alpha*(1+0.35*wave(t, 1+i%2, spread(i))), 0.02, 1)
		}
	case "reflection":
		return f.moved(0.0015*wave(t, 2, spread(i)), 0)
	}
	return f
}

// flickered is a halo with its flame's unrest; sun and moon shine evenly.
func flickered(s *sheet, f figureShape, i int, t float64) figureShape {
	switch s.name {
	case "sun", "backlight", "planet", "lightning":
		return f
	}
	f.alpha = clamp(f.alpha*(1+0.10*wave(t, 2, spread(i))+0.05*wave(t, 5, spread(i+7))), 0.01, 1)
	return f
}

// snowed lets a flake fall, near ones faster, round and round.
func (st *stage) snowed(f figureShape, i int, t float64) figureShape {
	x0, y0, x1, y1 := f.path.Bounds()
	turns := 1
	if x1-x0 > 0.005 {
		turns = 2
	}
	const top, span = -0.02, 1.04
	y := (y0 + y1) / 2
	dy := around(y, float64(turns)*span*t, top, span)
	dx := 0.010 * wave(t, 1+i%2, spread(i))
	return st.hushed(f.moved(dx, dy))
}

// rained lets a drop fall along its own slant.
func (st *stage) rained(f figureShape, t float64) figureShape {
	x0, y0, x1, y1 := f.path.Bounds()
	const top, span = -0.06, 1.12
	dy := around(y0, 4*span*t, top, span)
	dx := -dy * (x1 - x0) / math.Max(y1-y0, 1e-6)
	return st.hushed(f.moved(dx, dy))
}

// blown lets a streak or a flake fly by.
func (st *stage) blown(f figureShape, i int, t float64) figureShape {
	x0, _, _, _ := f.path.Bounds()
	left, span := -0.4, st.aspect+0.5
	dx := around(x0, float64(1+i%2)*span*t, left, span)
	return f.moved(dx, 0)
}

// around is how far something at v goes when it is pushed by d and comes back
// in at the start of a span where it leaves at the end.
func around(v, d, start, span float64) float64 {
	at := math.Mod(v-start+d, span)
	if at < 0 {
		at += span
	}
	if d == 0 {
		return 0
	}
	return start + at - v
}

// hushed fades what falls into an area that is kept quiet.
func (st *stage) hushed(f figureShape) figureShape {
	x0, y0, x1, y1 := f.path.Bounds()
	x, y := (x0+x1)/2/st.aspect, (y0+y1)/2
	const soft = 0.03
	for _, a := range st.calm {
		in := math.Min(math.Min(x-a.X, a.X+a.W-x), math.Min(y-a.Y, a.Y+a.H-y))
		f.alpha *= 1 - smooth(0, soft, in)
	}
	f.alpha = math.Max(f.alpha, 1e-4)
	return f
}

// puffed moves a row of clouds on by one: each goes to the next one's place,
// the last melts, and a new one grows out of the foot.
func puffed(row []figureShape, t float64) []figureShape {
	if t == 0 || len(row) < 2 {
		return row
	}
	out := make([]figureShape, 0, len(row)+1)
	first := row[0]
	grown := first.scaled(math.Max(t, 0.01))
	grown.alpha = math.Max(first.alpha*t, 1e-4)
	out = append(out, grown)
	for i, f := range row {
		if i+1 < len(row) {
			g := f.scaled(mix(1, ratio(f, row[i+1]), t))
			x0, y0 := f.middle()
			x1, y1 := row[i+1].middle()
			g = g.moved((x1-x0)*t, (y1-y0)*t)
			g.alpha = mix(f.alpha, row[i+1].alpha, t)
			g.fill = f.fill.blend(row[i+1].fill, t)
			out = append(out, g)
			continue
		}
		x0, y0 := row[i-1].middle()
		x1, y1 := f.middle()
		g := f.scaled(1+0.15*t).moved((x1-x0)*t, (y1-y0)*t)
		g.alpha = math.Max(f.alpha*(1-t), 1e-4)
		out = append(out, g)
	}
	return out
}

func ratio(a, b figureShape) float64 {
	x0, _, x1, _ := a.path.Bounds()
	u0, _, u1, _ := b.path.Bounds()
	return (u1 - u0) / math.Max(x1-x0, 1e-6)
}

func (f figureShape) middle() (x, y float64) {
	x0, y0, x1, y1 := f.path.Bounds()
	return (x0 + x1) / 2, (y0 + y1) / 2
}

// transformed is the shape under a matrix, gradient and all.
func (f figureShape) transformed(m raster.Matrix) figureShape {
	f.path = f.path.Transform(m)
	if f.fade != nil {
		d := *f.fade
		a, b := m.Apply(raster.Point{X: d.x0, Y: d.y0}), m.Apply(raster.Point{X: d.x1, Y: d.y1})
		d.x0, d.y0, d.x1, d.y1 = a.X, a.Y, b.X, b.Y
		f.fade = &d
	}
	return f
}

// moved is the shape somewhere else.
func (f figureShape) moved(dx, dy float64) figureShape {
	if dx == 0 && dy == 0 {
		return f
	}
	if f.role == halo {
		f.x, f.y = f.x+dx, f.y+dy
		return f
	}
	return f.transformed(raster.Translate(dx, dy))
}

// scaled is the shape larger or smaller about its middle.
func (f figureShape) scaled(by float64) figureShape {
	x, y := f.middle()
	return f.transformed(raster.Translate(x, y).Mul(raster.Scale(by, by)).Mul(raster.Translate(-x, -y)))
}

// leaned is the shape leaning aside over its foot, by so much a unit of height.
func (f figureShape) leaned(by float64) figureShape {
	if by == 0 {
		return f
	}
	_, _, _, foot := f.path.Bounds()
	return f.transformed(raster.Matrix{1, 0, -by, 1, by * foot, 0})
}

// stretched is the shape taller or lower over its foot.
func (f figureShape) stretched(by float64) figureShape {
	if by == 1 {
		return f
	}
	_, _, _, foot := f.path.Bounds()
	return f.transformed(raster.Matrix{1, 0, 0, by, 0, foot * (1 - by)})
}

// gleam lets a band of light pass behind glass, from one side to the other
// within the loop.
func gleam(c *raster.Canvas, t float64) {
	const wide, strong = 0.22, 0.20
	w, h := float64(c.W), float64(c.H)
	mid := mix(-2.2*wide, 1+2.2*wide+0.35, t)
	for y := range c.H {
		row := c.Pix[y*c.W*4 : (y+1)*c.W*4]
		lean := 0.35 * float64(y) / h
		for x := range c.W {
			d := (float64(x)/w + lean - mid) / wide
			if d*d > 4 {
				continue
			}
			k := 1 - d*d/4
			m := float32(1 + strong*k*k)
			p := row[x*4 : x*4+3 : x*4+3]
			for i := range p {
				p[i] = min(1, p[i]*m)
			}
		}
	}
}
