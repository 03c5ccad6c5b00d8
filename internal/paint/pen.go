package paint

import (
	"math"

	"marquee/internal/raster"
)

// tone is a material with a lift in lightness, which is how shade and light
// sides of one thing are told apart.
type tone struct {
	m    material
	lift float64
}

func of(m material) tone { return tone{m: m} }

func (t tone) up(d float64) tone   { t.lift += d; return t }
func (t tone) down(d float64) tone { t.lift -= d; return t }

// role says how styles treat a part.
type role int

const (
	body   role = iota // part of the silhouette: casts shadows, gets outlines
	detail             // lies on a body: eyes, bands, windows
	halo               // light around a lamp: added, never outlined
)

// part is one shape of a subject in the subject's own measure.
type part struct {
	path  raster.Path
	tone  tone
	role  role
	alpha float64
	glowR float64 // radius of a halo about gx, gy
	gx    float64
	gy    float64
	wisp  wisp
}

// wisp says how smoke and steam go when the picture moves.
type wisp int

const (
	solid wisp = iota // no smoke at all
	curls             // a thread that leans to and fro over its foot
	puffs             // one of a row of clouds, each becoming the next
)

// pen draws a subject. Its measure: the subject is 100 high, x is 0 at its
// middle and grows to the right, y is 0 on the ground and grows upwards.
// Animals and vehicles look to the right; whoever places them mirrors them.
type pen struct {
	chance
	parts []part
	dark  bool // lamps and windows are lit
	snowy bool // roofs and branches carry snow
	warm  bool // people go without coats
	role  role
	alpha float64
	wisp  wisp
	// dye is the colour asked for by name, nil if none was.
	dye *tone
}

// dyed gives the colour asked for, or t where none was.
func (p *pen) dyed(t tone) tone {
	if p.dye != nil {
		return *p.dye
	}
	return t
}

// dyes are the colours that a prompt may ask for by name.
var dyes = map[string]tone{
	"ember": of(ember),
	"fir":   of(fir).up(0.06),
	"amber": of(amber),
	"ivory": of(ivory).down(0.03),
	"frost": of(water).up(0.02),
	"ink":   of(ink).up(0.05),
	"wood":  of(wood),
}

func points(xy []float64) []raster.Point {
	pts := make([]raster.Point, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		pts = append(pts, raster.Point{X: xy[i], Y: xy[i+1]})
	}
	return turned(pts)
}

// turned gives every outline the same turning sense, because shapes that are
// filled together must add up and never cut holes into each other.
func turned(pts []raster.Point) []raster.Point {
	var area float64
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		area += p.X*q.Y - q.X*p.Y
	}
	if area < 0 {
		for i, j := 0, len(pts)-1; i < j; i, j = i+1, j-1 {
			pts[i], pts[j] = pts[j], pts[i]
		}
	}
	return pts
}

func (p *pen) add(t tone, path raster.Path) {
	a := p.alpha
	if a == 0 {
		a = 1
	}
	p.parts = append(p.parts, part{path: path, tone: t, role: p.role, alpha: a, wisp: p.wisp})
}

// on draws what f draws as details instead of as silhouette.
func (p *pen) on(f func()) {
	was := p.role
	p.role = detail
	f()
	p.role = was
}

// faint draws what f draws with an alpha.
func (p *pen) faint(alpha float64, f func()) {
	was := p.alpha
	p.alpha = alpha
	p.on(f)
	p.alpha = was
}

// blob is a smooth closed shape through the points x, y, x, y, …
func (p *pen) blob(t tone, xy ...float64) { p.add(t, raster.Curve(points(xy), true)) }

// poly is a closed polygon through the points.
func (p *pen) poly(t tone, xy ...float64) { p.add(t, raster.Polygon(points(xy)...)) }

func (p *pen) oval(t tone, cx, cy, rx, ry float64) { p.add(t, raster.Ellipse(cx, cy, rx, ry)) }

func (p *pen) dot(t tone, cx, cy, r float64) { p.add(t, raster.Ellipse(cx, cy, r, r)) }

// rect goes from the lower left corner x, y up and to the right.
func (p *pen) rect(t tone, x, y, w, h float64) { p.add(t, raster.Rect(x, y, w, h)) }

func (p *pen) round(t tone, x, y, w, h, r float64) { p.add(t, raster.RoundRect(x, y, w, h, r)) }

// smoke draws what f draws as smoke or steam, with an alpha.
func (p *pen) smoke(w wisp, alpha float64, f func()) {
	p.wisp = w
	p.faint(alpha, f)
	p.wisp = solid
}

// line is a smooth stroke of one width through the points.
func (p *pen) line(t tone, width float64, xy ...float64) {
	l := make([]float64, 0, len(xy)*3/2)
	for i := 0; i+1 < len(xy); i += 2 {
		l = append(l, xy[i], xy[i+1], width/2)
	}
	p.limb(t, l...)
}

// limb is a smooth stroke through x, y, radius, x, y, radius, …: with it
// spines, legs, tails and branches grow thick and thin like living things.
func (p *pen) limb(t tone, xyr ...float64) { p.add(t, limbPath(xyr)) }

func limbPath(xyr []float64) raster.Path {
	n := len(xyr) / 3
	at := func(i int) (x, y, r float64) {
		i = max(0, min(i, n-1)) * 3
		return xyr[i], xyr[i+1], xyr[i+2]
	}
	const steps = 7
	type knot struct{ x, y, r float64 }
	var spine []knot
	for i := 0; i < n-1; i++ {
		ax, ay, ar := at(i - 1)
		bx, by, br := at(i)
		cx, cy, cr := at(i + 1)
		dx, dy, dr := at(i + 2)
		for k := range steps {
			t := float64(k) / steps
			spine = append(spine, knot{
				catmull(ax, bx, cx, dx, t), catmull(ay, by, cy, dy, t),
				math.Max(catmull(ar, br, cr, dr, t), 0.2*math.Min(br, cr)),
			})
		}
	}
	x, y, r := at(n - 1)
	spine = append(spine, knot{x, y, r})
	if len(spine) == 1 {
		return raster.Circle(x, y, r)
	}
	side := func(i int) (nx, ny float64) {
		a, b := spine[max(0, i-1)], spine[min(len(spine)-1, i+1)]
		dx, dy := b.x-a.x, b.y-a.y
		l := math.Hypot(dx, dy)
		if l == 0 {
			return 0, 1
		}
		return -dy / l, dx / l
	}
	var pts []raster.Point
	for i, k := range spine {
		nx, ny := side(i)
		pts = append(pts, raster.Point{X: k.x - nx*k.r, Y: k.y - ny*k.r})
	}
	arc := func(k knot, nx, ny float64) {
		from := math.Atan2(-ny, -nx)
		for j := 1; j < 8; j++ {
			s, c := math.Sincos(from + math.Pi*float64(j)/8)
			pts = append(pts, raster.Point{X: k.x + c*k.r, Y: k.y + s*k.r})
		}
	}
	last := len(spine) - 1
	nx, ny := side(last)
	arc(spine[last], nx, ny)
	for i := last; i >= 0; i-- {
		nx, ny := side(i)
		pts = append(pts, raster.Point{X: spine[i].x + nx*spine[i].r, Y: spine[i].y + ny*spine[i].r})
	}
	nx, ny = side(0)
	arc(spine[0], -nx, -ny)
	return raster.Polygon(pts...)
}

func catmull(a, b, c, d, t float64) float64 {
	return b + 0.5*t*(c-a+t*(2*a-5*b+4*c-d+t*(3*(b-c)+d-a)))
}

// lamp is the halo of a light of radius r, seen only after dark.
func (p *pen) lamp(cx, cy, r float64) {
	if p.dark {
		p.parts = append(p.parts, part{role: halo, tone: of(flame), alpha: 0.55, gx: cx, gy: cy, glowR: r})
	}
}

// shine is a halo at any hour.
func (p *pen) shine(m material, cx, cy, r, alpha float64) {
	p.parts = append(p.parts, part{role: halo, tone: of(m), alpha: alpha, gx: cx, gy: cy, glowR: r})
}

// within draws what f draws in a frame of its own: shifted, scaled and, with
// a negative sx, mirrored.
func (p *pen) within(x, y, sx, sy float64, f func()) {
	start := len(p.parts)
	f()
	m := raster.Translate(x, y).Mul(raster.Scale(sx, sy))
	p.transform(start, m)
}

// tilted turns what f draws by deg degrees, counterclockwise, about x, y.
func (p *pen) tilted(deg, x, y float64, f func()) {
	start := len(p.parts)
	f()
	p.transform(start, raster.RotateAbout(deg, x, y))
}

func (p *pen) transform(start int, m raster.Matrix) {
	for i := start; i < len(p.parts); i++ {
		q := &p.parts[i]
		if q.role == halo {
			at := m.Apply(raster.Point{X: q.gx, Y: q.gy})
			q.gx, q.gy = at.X, at.Y
			q.glowR *= m.MeanScale()
			continue
		}
		q.path = mapped(q.path, m)
	}
}

// mapped transforms a path and keeps its turning sense when m mirrors.
func mapped(path raster.Path, m raster.Matrix) raster.Path {
	out := path.Transform(m)
	if m.Det() >= 0 {
		return out
	}
	return reversed(out)
}

func reversed(path raster.Path) raster.Path {
	lines, _ := path.Polylines(0.01)
	var out raster.Path
	for _, l := range lines {
		for i, j := 0, len(l)-1; i < j; i, j = i+1, j-1 {
			l[i], l[j] = l[j], l[i]
		}
		out.Append(raster.Polygon(l...))
	}
	return out
}

// turn gives the direction that is f of a full turn clockwise from upright.
func turn(f float64) raster.Point {
	s, c := math.Sincos(2 * math.Pi * f)
	return raster.Point{X: s, Y: c}
}
