package raster

import "math"

type verb uint8

const (
	verbMove verb = iota
	verbLine
	verbQuad
	verbCube
	verbClose
)

// Path is a sequence of subpaths made of lines and Bézier curves. The zero
// value is an empty path, ready to use. Filling closes every subpath by itself.
// A segment drawn before any MoveTo starts at the origin.
type Path struct {
	verbs []verb
	pts   []Point
	start Point
	last  Point
}

// MoveTo starts a new subpath at x, y.
func (p *Path) MoveTo(x, y float64) {
	p.start = Point{x, y}
	p.last = p.start
	p.verbs = append(p.verbs, verbMove)
	p.pts = append(p.pts, p.start)
}

func (p *Path) begin() {
	if n := len(p.verbs); n == 0 || p.verbs[n-1] == verbClose {
		p.MoveTo(p.start.X, p.start.Y)
	}
}

// LineTo draws a straight line to x, y.
func (p *Path) LineTo(x, y float64) {
	p.begin()
	p.last = Point{x, y}
	p.verbs = append(p.verbs, verbLine)
	p.pts = append(p.pts, p.last)
}

// QuadTo draws a quadratic curve to x, y with the control point cx, cy.
func (p *Path) QuadTo(cx, cy, x, y float64) {
	p.begin()
	p.last = Point{x, y}
	p.verbs = append(p.verbs, verbQuad)
	p.pts = append(p.pts, Point{cx, cy}, p.last)
}

// CubeTo draws a cubic curve to x, y with the control points c1 and c2.
func (p *Path) CubeTo(c1x, c1y, c2x, c2y, x, y float64) {
	p.begin()
	p.last = Point{x, y}
	p.verbs = append(p.verbs, verbCube)
	p.pts = append(p.pts, Point{c1x, c1y}, Point{c2x, c2y}, p.last)
}

// Close joins the current subpath's end to its start. The next segment starts
// there unless a MoveTo comes first.
func (p *Path) Close() {
	if n := len(p.verbs); n == 0 || p.verbs[n-1] == verbClose {
		return
	}
	p.verbs = append(p.verbs, verbClose)
	p.last = p.start
}

// Append adds all of q's subpaths after p's own.
func (p *Path) Append(q Path) {
	if len(q.verbs) == 0 {
		return
	}
	p.verbs = append(p.verbs, q.verbs...)
	p.pts = append(p.pts, q.pts...)
	p.start, p.last = q.start, q.last
}

// Current returns the point where the next segment starts.
func (p Path) Current() Point { return p.last }

// Empty reports whether nothing has been drawn.
func (p Path) Empty() bool { return len(p.verbs) == 0 }

// Segments returns the number of moves, lines, curves and closings.
func (p Path) Segments() int { return len(p.verbs) }

// Clone returns a copy that shares no memory with p.
func (p Path) Clone() Path {
	p.verbs = append([]verb(nil), p.verbs...)
	p.pts = append([]Point(nil), p.pts...)
	return p
}

// Transform returns a copy of p with every point moved by m.
func (p Path) Transform(m Matrix) Path {
	q := Path{verbs: p.verbs[:len(p.verbs):len(p.verbs)], pts: make([]Point, len(p.pts))}
	for i, pt := range p.pts {
		q.pts[i] = m.Apply(pt)
	}
	q.start, q.last = m.Apply(p.start), m.Apply(p.last)
	return q
}

// Bounds returns the box around all points of p, control points included: it
// always contains the shape and may be larger. An empty path gives zeros.
func (p Path) Bounds() (x0, y0, x1, y1 float64) {
	if len(p.pts) == 0 {
		return 0, 0, 0, 0
	}
	x0, y0 = p.pts[0].X, p.pts[0].Y
	x1, y1 = x0, y0
	for _, q := range p.pts[1:] {
		x0, x1 = min(x0, q.X), max(x1, q.X)
		y0, y1 = min(y0, q.Y), max(y1, q.Y)
	}
	return x0, y0, x1, y1
}

// TightBounds returns the smallest box around the shape itself, to within a
// five-thousandth of its longer side, at any scale.
func (p Path) TightBounds() (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = p.Bounds()
	first := true
	p.flatten(max(x1-x0, y1-y0)/5000, func(a, b Point) {
		if first {
			x0, y0, x1, y1 = a.X, a.Y, a.X, a.Y
			first = false
		}
		x0, x1 = min(x0, a.X, b.X), max(x1, a.X, b.X)
		y0, y1 = min(y0, a.Y, b.Y), max(y1, a.Y, b.Y)
	})
	return x0, y0, x1, y1
}

// flatTolerance is how far, in pixels, a chord may lie from its curve: well
// under what 8-bit coverage can show.
const flatTolerance = 0.0125

// maxPieces bounds the chords of one curve, whatever its size.
const maxPieces = 512

func pieces(deviation, tolerance float64) int {
	n := math.Ceil(math.Sqrt(deviation / tolerance))
	if !(n >= 1) {
		return 1
	}
	return int(min(n, maxPieces))
}

// flatten calls line for every chord of the path, closing each subpath.
func (p Path) flatten(tolerance float64, line func(a, b Point)) {
	var start, cur Point
	i := 0
	for _, v := range p.verbs {
		switch v {
		case verbMove:
			if cur != start {
				line(cur, start)
			}
			start = p.pts[i]
			cur = start
			i++
		case verbLine:
			line(cur, p.pts[i])
			cur = p.pts[i]
			i++
		case verbQuad:
			a, b, c := cur, p.pts[i], p.pts[i+1]
			i += 2
			quadPoints(a, b, c, tolerance, func(q Point) { line(cur, q); cur = q })
		case verbCube:
			a, b, c, d := cur, p.pts[i], p.pts[i+1], p.pts[i+2]
			i += 3
			cubePoints(a, b, c, d, tolerance, func(q Point) { line(cur, q); cur = q })
		case verbClose:
			if cur != start {
				line(cur, start)
			}
			cur = start
		}
	}
	if cur != start {
		line(cur, start)
	}
}

// quadPoints yields the points of a flattened quadratic after its first.
func quadPoints(a, b, c Point, tolerance float64, yield func(Point)) {
	// The chord error of n equal steps is at most |a-2b+c| / (4n²).
	n := pieces(math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y)/4, tolerance)
	for k := 1; k < n; k++ {
		t := float64(k) / float64(n)
		u := 1 - t
		yield(Point{u*u*a.X + 2*u*t*b.X + t*t*c.X, u*u*a.Y + 2*u*t*b.Y + t*t*c.Y})
	}
	yield(c)
}

// cubePoints yields the points of a flattened cubic after its first.
func cubePoints(a, b, c, d Point, tolerance float64, yield func(Point)) {
	// The chord error of n equal steps is at most 3/4·max second difference / n².
	m := max(math.Hypot(a.X-2*b.X+c.X, a.Y-2*b.Y+c.Y), math.Hypot(b.X-2*c.X+d.X, b.Y-2*c.Y+d.Y))
	n := pieces(0.75*m, tolerance)
	for k := 1; k < n; k++ {
		t := float64(k) / float64(n)
		u := 1 - t
		w0, w1, w2, w3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		yield(Point{w0*a.X + w1*b.X + w2*c.X + w3*d.X, w0*a.Y + w1*b.Y + w2*c.Y + w3*d.Y})
	}
	yield(d)
}

// Polylines returns the path as lists of points, one a subpath, curves cut into
// chords that lie within tolerance pixels of them. closed tells for each list
// whether its subpath was closed.
func (p Path) Polylines(tolerance float64) (lines [][]Point, closed []bool) {
	if !(tolerance > 0) {
		tolerance = flatTolerance
	}
	var cur []Point
	end := func(c bool) {
		if len(cur) > 0 {
			lines, closed = append(lines, cur), append(closed, c)
		}
		cur = nil
	}
	add := func(q Point) { cur = append(cur, q) }
	i := 0
	for _, v := range p.verbs {
		switch v {
		case verbMove:
			end(false)
			add(p.pts[i])
			i++
		case verbLine:
			add(p.pts[i])
			i++
		case verbQuad:
			quadPoints(cur[len(cur)-1], p.pts[i], p.pts[i+1], tolerance, add)
			i += 2
		case verbCube:
			cubePoints(cur[len(cur)-1], p.pts[i], p.pts[i+1], p.pts[i+2], tolerance, add)
			i += 3
		case verbClose:
			end(true)
		}
	}
	end(false)
	return lines, closed
}
