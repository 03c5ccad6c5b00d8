package paint

import (
	"math"

	"marquee/internal/raster"
)

// figureShape is one coloured shape on the stage. The stage's measure: y runs
// from 0 at the top to 1 at the bottom and x from 0 to the aspect, so that the
// same picture comes out at every size.
type figureShape struct {
	path  raster.Path
	fill  tint
	alpha float64
	role  role
	// With fade set the fill goes to another tint and alpha along a line.
	fade *fade
	soft float64 // blur of the edge
	// For halos: a circle of light.
	x, y, r float64
	blend   raster.BlendMode
	material
	wisp wisp
}

type fade struct {
	x0, y0, x1, y1 float64
	to             tint
	toAlpha        float64
}

// shade marks soft tone laid over a sheet: mist, cast shadows, sheen. Flat
// styles leave out what they can't print.
const shade role = 10

// sheet is a layer of the picture: things at one depth that hide what is
// behind them.
type sheet struct {
	name   string
	depth  float64
	shapes []figureShape
	// rim tells that its bodies are lit along one edge.
	rim bool
	// lit tells that what stands here is asked for and near enough to matter.
	lit bool
	// still sheets (sky, ground) cast no shadow in styles made of cut paper.
	still bool
}

// stage is where a scene is set up before any style paints it.
type stage struct {
	air
	scene
	seed    uint64
	aspect  float64
	sheets  []*sheet
	calm    []Area
	horizon float64 // y where the ground begins
	crest   float64 // y of the near ground on which the focus stands
	focusX  float64
	focusY  float64
	sun     raster.Point // where the light stands in the sky
	from    float64      // side the light comes from: -1 left, 1 right
	place   setting
	snowy   bool
	flat    bool // the style wants shapes, not washes
	water   bool
	ledge   bool
	drifts  bool         // feet sink into soft snow
	pale    bool         // the focus is near white and wants a darker ground
	busy    [][2]float64 // x spans already taken near the front
	moment  float64      // where in its loop a moving picture is, 0 to 1
}

func (st *stage) chance(name string) chance { return newChance(st.seed, name) }

func (st *stage) sheet(name string, depth float64) *sheet {
	s := &sheet{name: name, depth: depth}
	st.sheets = append(st.sheets, s)
	return s
}

func (s *sheet) add(f figureShape) {
	if f.alpha == 0 {
		f.alpha = 1
	}
	s.shapes = append(s.shapes, f)
}

func (s *sheet) body(p raster.Path, t tint) { s.add(figureShape{path: p, fill: t}) }

func (s *sheet) detail(p raster.Path, t tint, alpha float64) {
	s.add(figureShape{path: p, fill: t, alpha: alpha, role: detail})
}

// wash is a body that changes from t at y0 to u at y1.
func (s *sheet) wash(p raster.Path, t, u tint, y0, y1 float64) {
	s.add(figureShape{path: p, fill: t, fade: &fade{0, y0, 0, y1, u, 1}})
}

// veil is a soft layer of air from y0 (alpha a0) to y1 (alpha a1).
func (s *sheet) veil(st *stage, t tint, y0, y1, a0, a1 float64) {
	s.add(figureShape{
		path: raster.Rect(-0.1, math.Min(y0, y1), st.aspect+0.2, math.Abs(y1-y0)),
		fill: t, alpha: math.Max(a0, 1e-4), role: shade,
		fade: &fade{0, y0, 0, y1, t, a1},
	})
}

// glow is light added about a point.
func (s *sheet) glow(x, y, r float64, t tint, alpha float64) {
	s.add(figureShape{role: halo, x: x, y: y, r: r, fill: t, alpha: alpha})
}

// placing says where and how large a drawing stands.
type placing struct {
	x, y, height float64 // feet and full height on the stage
	mirror       bool
	depth        float64
	shadow       bool
	plain        bool   // no lamps lit: for crowds of far things
	colour       string // a colour asked for by name
	lit          bool   // the focus, which gets a little more light
}

// put draws a subject onto a sheet.
func (st *stage) put(s *sheet, stream string, draw func(*pen), at placing) {
	p := st.pen(stream, at.colour)
	p.dark = p.dark && !at.plain
	draw(p)
	k := at.height / 100
	kx := k
	if at.mirror {
		kx = -k
	}
	m := raster.Translate(at.x, at.y).Mul(raster.Scale(kx, -k))
	x0, x1 := math.Inf(1), math.Inf(-1)
	for _, q := range p.parts {
		if q.role != body {
			continue
		}
		a, _, b, _ := q.path.Bounds()
		x0, x1 = math.Min(x0, a), math.Max(x1, b)
	}
	if at.shadow {
		st.castShadow(s, p.parts, m, at)
	}
	air, apart := st.air, 0.0
	if at.lit {
		air = air.spot()
		apart = st.apart(air, p.parts, at.depth)
	}
	left, right := at.x+x0*k, at.x+x1*k
	if at.mirror {
		left, right = at.x-x1*k, at.x-x0*k
	}
	for _, q := range p.parts {
		if q.role == halo {
			c := m.Apply(raster.Point{X: q.gx, Y: q.gy})
			s.glow(c.X, c.Y, q.glowR*k, st.see(q.tone.m, q.tone.lift, 0), q.alpha*(1-at.depth*0.5))
			continue
		}
		f := figureShape{path: q.path.Transform(m), fill: air.see(q.tone.m, q.tone.lift, at.depth), alpha: q.alpha, role: q.role, material: q.tone.m, wisp: q.wisp}
		if q.tone.m != flame && q.tone.m != window && q.tone.m != ink {
			f.fill = f.fill.lift(apart)
		}
		if q.role == body && q.tone.m != flame && q.tone.m != window {
			// One side of every thing looks at the light.
			lit, dim := 0.035*(1-at.depth), -0.045*(1-at.depth)
			f.fill = f.fill.lift(lit)
			f.fade = &fade{left, at.y - at.height*0.5, right, at.y, f.fill.lift(dim - lit), q.alpha}
			if st.from > 0 {
				f.fade.x0, f.fade.x1 = right, left
			}
		}
		s.add(f)
	}
}

// pen gives a pen that knows the scene's hour, season and colour.
func (st *stage) pen(stream, colour string) *pen {
	p := &pen{chance: st.chance(stream), dark: st.dark, snowy: st.snowy, warm: st.season != "winter" && !st.snowy}
	if t, ok := dyes[colour]; ok {
		p.dye = &t
	}
	return p
}

// apart is the lift in lightness that parts a figure from the air behind it:
// a grey animal on a grey night would else melt away.
func (st *stage) apart(a air, parts []part, depth float64) float64 {
	var sum, area float64
	for _, q := range parts {
		if q.role != body || q.alpha < 0.9 {
			continue
		}
		x0, y0, x1, y1 := q.path.Bounds()
		w := (x1 - x0) * (y1 - y0)
		sum += w * a.see(q.tone.m, q.tone.lift, depth).l
		area += w
	}
	if area == 0 {
		return 0
	}
	const enough = 0.17
	gap := sum/area - st.mistTint().lift(0.02).l
	switch {
	case st.pale && !st.dark && sum/area > 0.72:
		// White stays white: what lies behind it is darker instead.
		return 0.03
	case math.Abs(gap) >= enough:
		return 0
	case st.dark && gap > -0.06:
		return math.Min(enough-gap, 0.10)
	case st.dark:
		return -math.Min(enough+gap, 0.08)
	case gap > 0.08:
		return math.Min(enough-gap, 0.06)
	}
	return -math.Min(enough+gap, 0.12)
}

// castShadow lays the silhouette down on the ground, away from the light.
func (st *stage) castShadow(s *sheet, parts []part, m raster.Matrix, at placing) {
	var all raster.Path
	for _, q := range parts {
		if q.role == body && q.alpha > 0.9 {
			all.Append(q.path)
		}
	}
	long := 0.55
	if st.sun.Y < st.horizon-0.3 {
		long = 0.32
	}
	slant := -st.from * (0.35 + long)
	// Height goes into length along the ground; the ground leans to us.
	flatten := raster.Translate(at.x, at.y).Mul(raster.Matrix{1, 0, -slant, -long * 0.32, 0, 0}).Mul(raster.Translate(-at.x, -at.y))
	path := all.Transform(flatten.Mul(m))
	t := st.shadowTint(at.depth)
	alpha := 0.34
	if st.dark {
		alpha = 0.42
	}
	s.add(figureShape{
		path: path, fill: t, alpha: alpha, role: shade, soft: 0.0022,
		fade: &fade{at.x, at.y, at.x - slant*at.height*0.9, at.y, t, alpha * 0.25},
	})
}

func (st *stage) shadowTint(depth float64) tint {
	t := st.deep.blend(st.cool, 0.45).soft(1.3).at(0.44)
	if st.dark {
		t = st.deep.at(0.17)
	}
	return t.blend(st.mistTint(), depth*0.7)
}

// hill is the path of everything below a line of heights.
func (st *stage) hill(y func(x float64) float64, step float64) raster.Path {
	var pts []raster.Point
	for x := -0.06; x < st.aspect+0.06+step; x += step {
		pts = append(pts, raster.Point{X: x, Y: y(x)})
	}
	p := raster.Curve(pts, false)
	p.LineTo(st.aspect+0.2, 1.1)
	p.LineTo(-0.2, 1.1)
	p.Close()
	return p
}

// taken tells how far the span from x-half to x+half runs into figures that
// stand near the front; 0 when it is clear of them.
func (st *stage) taken(x, half float64) float64 {
	deep := 0.0
	for _, b := range st.busy {
		deep = math.Max(deep, math.Min(b[1], x+half)-math.Max(b[0], x-half))
	}
	return deep
}

// size is the shorter side in stage measure: sizes are shares of it, so that
// a tall format doesn't blow its subjects up.
func (st *stage) size() float64 { return math.Min(1, 0.35+0.65*st.aspect) }

// groundTint is the ground's colour at a depth, for the season.
func (st *stage) groundTint(depth, lift float64) tint {
	switch {
	case st.snowy:
		if st.pale && !st.dark {
			lift -= 0.075
		}
		return st.see(snow, lift, depth)
	case st.place.soil != nil:
		return st.surface(st.place.soil(st.palette).lift(lift), depth)
	case st.season == "autumn":
		return st.surface(st.glow.blend(st.green, 0.35).soft(0.8).at(0.62+lift), depth)
	case st.season == "spring":
		return st.surface(st.green.blend(st.glow, 0.40).soft(1.75).at(0.69+lift), depth)
	}
	return st.surface(st.green.blend(st.glow, 0.30).soft(1.6).at(0.60+lift), depth)
}
