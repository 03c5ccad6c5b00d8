package raster

import "math"

// Cap is how an open line ends.
type Cap uint8

// RoundCap ends with a half circle, ButtCap at the point, SquareCap half a
// width beyond it.
const (
	RoundCap Cap = iota
	ButtCap
	SquareCap
)

// Join is how two segments of a line meet.
type Join uint8

// RoundJoin rounds the corner, MiterJoin makes it sharp (see MiterLimit),
// BevelJoin cuts it.
const (
	RoundJoin Join = iota
	MiterJoin
	BevelJoin
)

type strokeStyle struct {
	cap    Cap
	join   Join
	limit  float64
	dash   []float64
	offset float64
}

// StrokeOption changes how Stroke draws.
type StrokeOption func(*strokeStyle)

// Caps sets how open lines end; the default is RoundCap.
func Caps(c Cap) StrokeOption { return func(s *strokeStyle) { s.cap = c } }

// Joins sets how segments meet; the default is RoundJoin.
func Joins(j Join) StrokeOption { return func(s *strokeStyle) { s.join = j } }

// MiterLimit sets how many half widths a sharp corner may reach before it is
// cut instead; the default is 4.
func MiterLimit(l float64) StrokeOption { return func(s *strokeStyle) { s.limit = max(1, l) } }

// Dash draws the line in pieces: lengths of line and gap in turn, in pixels,
// beginning offset pixels into the pattern. Lengths that are not positive in
// sum are ignored.
func Dash(offset float64, lengths ...float64) StrokeOption {
	return func(s *strokeStyle) { s.offset, s.dash = offset, lengths }
}

// Stroke returns the outline of the line along p, width pixels wide, to be
// filled by the nonzero rule.
func Stroke(p Path, width float64, opts ...StrokeOption) Path {
	st := strokeStyle{limit: 4}
	for _, o := range opts {
		o(&st)
	}
	var out Path
	if !(width > 0) || math.IsInf(width, 0) {
		return out
	}
	lines, closed := p.Polylines(flatTolerance)
	if len(st.dash) > 0 {
		lines, closed = dashed(lines, closed, st.dash, st.offset)
	}
	for i, l := range lines {
		l = withoutRepeats(l, closed[i])
		s := stroker{out: &out, r: width / 2, style: st}
		s.run(l, closed[i])
	}
	return out
}

// withoutRepeats drops points that lie on the one before: they have no
// direction.
func withoutRepeats(l []Point, closed bool) []Point {
	out := l[:0:0]
	for _, q := range l {
		if n := len(out); n == 0 || q.Sub(out[n-1]).Len() > 1e-9 {
			out = append(out, q)
		}
	}
	for closed && len(out) > 1 && out[0].Sub(out[len(out)-1]).Len() <= 1e-9 {
		out = out[:len(out)-1]
	}
	return out
}

type stroker struct {
	out   *Path
	r     float64
	style strokeStyle
	begun bool // the current outline has its first point
}

func normal(a, b Point, r float64) Point {
	d := b.Sub(a)
	l := d.Len()
	return Point{-d.Y / l * r, d.X / l * r}
}

func (s *stroker) run(l []Point, closed bool) {
	switch {
	case len(l) == 0:
		return
	case len(l) == 1:
		s.dot(l[0])
		return
	}
	back := make([]Point, len(l))
	for i := range l {
		back[i] = l[len(l)-1-i]
	}
	if closed && len(l) > 2 {
		s.side(l, true)
		s.finish()
		s.side(back, true)
		s.finish()
		return
	}
	s.side(l, false)
	s.end(l[len(l)-2], l[len(l)-1])
	s.side(back, false)
	s.end(l[1], l[0])
	s.finish()
}

func (s *stroker) dot(q Point) {
	switch s.style.cap {
	case RoundCap:
		s.out.Append(Circle(q.X, q.Y, s.r))
	case SquareCap:
		s.out.Append(Rect(q.X-s.r, q.Y-s.r, 2*s.r, 2*s.r))
	}
}

func (s *stroker) to(q Point) {
	if !s.begun {
		s.begun = true
		s.out.MoveTo(q.X, q.Y)
		return
	}
	s.out.LineTo(q.X, q.Y)
}

func (s *stroker) finish() {
	s.out.Close()
	s.begun = false
}

// side draws the line's left side, seen along it.
func (s *stroker) side(l []Point, closed bool) {
	n := len(l)
	if closed {
		for i := range l {
			s.corner(l[(i+n-1)%n], l[i], l[(i+1)%n])
		}
		return
	}
	s.to(l[0].Sub(normal(l[0], l[1], s.r)))
	for i := 1; i+1 < n; i++ {
		s.corner(l[i-1], l[i], l[i+1])
	}
	s.to(l[n-1].Sub(normal(l[n-2], l[n-1], s.r)))
}

func (s *stroker) corner(a, b, c Point) {
	n0, n1 := normal(a, b, s.r), normal(b, c, s.r)
	from, to := b.Sub(n0), b.Sub(n1)
	cross := n0.X*n1.Y - n0.Y*n1.X
	r2 := s.r * s.r
	// The cosines, squared, of half the turn; 0 for a turn on the spot.
	cos2 := (1 + (n0.X*n1.X+n0.Y*n1.Y)/r2) / 2
	if cross <= 0 && !(cross == 0 && cos2 < 0.5) {
		s.inner(a, b, c, from, to, n0.Add(n1), cos2)
		return
	}
	switch {
	case s.r*(1-cos2) < flatTolerance:
		// So slight a turn that no kind of join shows: the points of a curve.
		s.to(b.Sub(n0.Add(n1).Mul(1 / (2 * cos2))))
		return
	case s.style.join == MiterJoin && cos2 > 0 && 1/cos2 <= s.style.limit*s.style.limit:
		s.to(b.Sub(n0.Add(n1).Mul(1 / (2 * cos2))))
		return
	case s.style.join == RoundJoin:
		s.to(from)
		s.out.ArcTo(s.r, s.r, 0, false, true, to.X, to.Y)
		return
	default:
		s.to(from)
	}
	s.to(to)
}

// inner draws the inner side of a corner: where the two sides meet, when both
// segments are long enough to get there, and else through the corner itself, so
// that short segments cannot turn the outline inside out. Sides that merely
// overlapped would count twice in the pixels on the edge.
func (s *stroker) inner(a, b, c, from, to, sum Point, cos2 float64) {
	reach := s.r * math.Sqrt(max(0, 1-cos2)/max(cos2, 1e-12))
	if reach <= min(b.Sub(a).Len(), c.Sub(b).Len()) {
		s.to(b.Sub(sum.Mul(1 / (2 * cos2))))
		return
	}
	s.to(from)
	s.to(b)
	s.to(to)
}

func (s *stroker) end(a, b Point) {
	off := normal(a, b, s.r)
	from, to := b.Sub(off), b.Add(off)
	switch s.style.cap {
	case RoundCap:
		d := Point{off.Y, -off.X}
		tip := b.Add(d)
		s.out.ArcTo(s.r, s.r, 0, false, true, tip.X, tip.Y)
		s.out.ArcTo(s.r, s.r, 0, false, true, to.X, to.Y)
	case SquareCap:
		d := Point{off.Y, -off.X}
		s.to(from.Add(d))
		s.to(to.Add(d))
	default:
		s.to(to)
	}
}

// maxDashes bounds the pieces of one stroke.
const maxDashes = 20000

func dashed(lines [][]Point, closed []bool, dash []float64, offset float64) ([][]Point, []bool) {
	total := 0.0
	for _, d := range dash {
		if !(d >= 0) || math.IsInf(d, 0) {
			return lines, closed
		}
		total += d
	}
	if !(total > 0) {
		return lines, closed
	}
	if len(dash)%2 == 1 {
		dash = append(append([]float64(nil), dash...), dash...)
		total *= 2
	}
	var out [][]Point
	for li, l := range lines {
		if closed[li] && len(l) > 0 {
			l = append(append([]Point(nil), l...), l[0])
		}
		left := math.Mod(math.Mod(offset, total)+total, total)
		k := 0
		for left >= dash[k] && left > 0 {
			left -= dash[k]
			k = (k + 1) % len(dash)
		}
		left = dash[k] - left
		var cur []Point
		for i := range l {
			if i == 0 {
				if k%2 == 0 {
					cur = append(cur, l[0])
				}
				continue
			}
			a, b := l[i-1], l[i]
			seg := b.Sub(a).Len()
			at := 0.0
			for seg-at > left {
				at += left
				q := a.Lerp(b, at/seg)
				if k%2 == 0 {
					out = append(out, append(cur, q))
					cur = nil
				} else {
					cur = []Point{q}
				}
				if len(out) >= maxDashes {
					return out, make([]bool, len(out))
				}
				k = (k + 1) % len(dash)
				left = dash[k]
			}
			left -= seg - at
			if k%2 == 0 {
				cur = append(cur, b)
			}
		}
		if len(cur) > 1 {
			out = append(out, cur)
		}
	}
	return out, make([]bool, len(out))
}

// Ribbon returns the outline of a smooth line through pts whose width at each
// point is given (in pixels; a missing width repeats the last): brush strokes,
// tails, rivers. Both ends are round.
func Ribbon(pts []Point, widths ...float64) Path {
	if len(pts) < 2 || len(widths) == 0 {
		return Path{}
	}
	at := func(i int) float64 { return max(0, widths[min(i, len(widths)-1)]) / 2 }
	left, right := make([]Point, len(pts)), make([]Point, len(pts))
	for i, q := range pts {
		a, b := pts[max(0, i-1)], pts[min(len(pts)-1, i+1)]
		if a == b {
			left[i], right[len(pts)-1-i] = q, q
			continue
		}
		n := normal(a, b, at(i))
		left[i], right[len(pts)-1-i] = q.Sub(n), q.Add(n)
	}
	p := Curve(left, false)
	r := at(len(pts) - 1)
	p.ArcTo(r, r, 0, false, true, right[0].X, right[0].Y)
	p.CurveThrough(right[1:]...)
	r = at(0)
	p.ArcTo(r, r, 0, false, true, left[0].X, left[0].Y)
	p.Close()
	return p
}
