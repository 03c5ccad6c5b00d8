package raster

import "math"

// kappa places the control points of a cubic so that it stays within 0.03 % of
// a quarter circle.
const kappa = 0.5522847498307936

// Circle returns a circle of radius r about cx, cy.
func Circle(cx, cy, r float64) Path { return Ellipse(cx, cy, r, r) }

// Ellipse returns an upright ellipse about cx, cy with the radii rx and ry.
func Ellipse(cx, cy, rx, ry float64) Path {
	kx, ky := rx*kappa, ry*kappa
	var p Path
	p.MoveTo(cx+rx, cy)
	p.CubeTo(cx+rx, cy+ky, cx+kx, cy+ry, cx, cy+ry)
	p.CubeTo(cx-kx, cy+ry, cx-rx, cy+ky, cx-rx, cy)
	p.CubeTo(cx-rx, cy-ky, cx-kx, cy-ry, cx, cy-ry)
	p.CubeTo(cx+kx, cy-ry, cx+rx, cy-ky, cx+rx, cy)
	p.Close()
	return p
}

// Rect returns the rectangle with its top left corner at x, y.
func Rect(x, y, w, h float64) Path {
	return Polygon(Point{x, y}, Point{x + w, y}, Point{x + w, y + h}, Point{x, y + h})
}

// RoundRect returns a rectangle with corners of radius r, which is reduced to
// half the shorter side when it is larger than that.
func RoundRect(x, y, w, h, r float64) Path {
	r = max(0, min(r, w/2, h/2))
	return RoundRectXY(x, y, w, h, r, r)
}

// RoundRectXY is RoundRect with elliptical corners of radii rx and ry.
func RoundRectXY(x, y, w, h, rx, ry float64) Path {
	rx, ry = max(0, min(rx, w/2)), max(0, min(ry, h/2))
	if rx == 0 || ry == 0 {
		return Rect(x, y, w, h)
	}
	kx, ky := rx*(1-kappa), ry*(1-kappa)
	var p Path
	p.MoveTo(x+rx, y)
	p.LineTo(x+w-rx, y)
	p.CubeTo(x+w-kx, y, x+w, y+ky, x+w, y+ry)
	p.LineTo(x+w, y+h-ry)
	p.CubeTo(x+w, y+h-ky, x+w-kx, y+h, x+w-rx, y+h)
	p.LineTo(x+rx, y+h)
	p.CubeTo(x+kx, y+h, x, y+h-ky, x, y+h-ry)
	p.LineTo(x, y+ry)
	p.CubeTo(x, y+ky, x+kx, y, x+rx, y)
	p.Close()
	return p
}

// Polygon returns the closed polygon through pts.
func Polygon(pts ...Point) Path {
	p := Polyline(pts...)
	p.Close()
	return p
}

// Polyline returns the open line through pts.
func Polyline(pts ...Point) Path {
	var p Path
	for i, q := range pts {
		if i == 0 {
			p.MoveTo(q.X, q.Y)
		} else {
			p.LineTo(q.X, q.Y)
		}
	}
	return p
}

// Star returns a star of n points (at least 3) with the outer radius r and the
// inner radius inner, its first point deg degrees clockwise from the top.
func Star(cx, cy, r, inner float64, n int, deg float64) Path {
	n = max(n, 3)
	pts := make([]Point, 0, 2*n)
	for i := range 2 * n {
		k := r
		if i%2 == 1 {
			k = inner
		}
		pts = append(pts, Polar(k, deg-90+float64(i)*180/float64(n)).Add(Point{cx, cy}))
	}
	return Polygon(pts...)
}

// Curve returns a smooth curve through all of pts (a Catmull-Rom spline as
// cubics). When closed, the curve also runs smoothly from the last point back
// to the first.
func Curve(pts []Point, closed bool) Path {
	var p Path
	n := len(pts)
	if n == 0 {
		return p
	}
	p.MoveTo(pts[0].X, pts[0].Y)
	p.curveThrough(pts, closed)
	if closed {
		p.Close()
	}
	return p
}

// CurveThrough continues the path from its current point smoothly through pts.
func (p *Path) CurveThrough(pts ...Point) {
	all := make([]Point, 0, len(pts)+1)
	all = append(append(all, p.last), pts...)
	p.begin()
	p.curveThrough(all, false)
}

func (p *Path) curveThrough(pts []Point, closed bool) {
	n := len(pts)
	at := func(i int) Point {
		if closed {
			return pts[((i%n)+n)%n]
		}
		return pts[max(0, min(i, n-1))]
	}
	last := n - 1
	if closed {
		last = n
	}
	for i := range last {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		p.CubeTo(b.X+(c.X-a.X)/6, b.Y+(c.Y-a.Y)/6, c.X-(d.X-b.X)/6, c.Y-(d.Y-b.Y)/6, c.X, c.Y)
	}
}

// ArcTo draws the elliptical arc of SVG's A command from the current point to
// x, y: radii rx and ry, the ellipse turned by rotDeg degrees, the larger of
// the two arcs when large, in the direction of growing angles when sweep.
// Radii too small to reach are scaled up; a zero radius gives a line.
func (p *Path) ArcTo(rx, ry, rotDeg float64, large, sweep bool, x, y float64) {
	from, to := p.last, Point{x, y}
	rx, ry = math.Abs(rx), math.Abs(ry)
	if from == to {
		return
	}
	if rx == 0 || ry == 0 {
		p.LineTo(x, y)
		return
	}
	s, c := math.Sincos(rotDeg * math.Pi / 180)
	dx, dy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x1, y1 := c*dx+s*dy, -s*dx+c*dy
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		k := math.Sqrt(l)
		rx, ry = rx*k, ry*k
	}
	den := rx*rx*y1*y1 + ry*ry*x1*x1
	k := math.Sqrt(max(0, (rx*rx*ry*ry-den)/den))
	if large == sweep {
		k = -k
	}
	cx1, cy1 := k*rx*y1/ry, -k*ry*x1/rx
	cx, cy := c*cx1-s*cy1+(from.X+to.X)/2, s*cx1+c*cy1+(from.Y+to.Y)/2
	a0 := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	a1 := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx)
	da := a1 - a0
	if sweep && da < 0 {
		da += 2 * math.Pi
	} else if !sweep && da > 0 {
		da -= 2 * math.Pi
	}
	if math.IsNaN(da) || math.IsInf(da, 0) {
		p.LineTo(x, y)
		return
	}
	m := Matrix{c * rx, s * rx, -s * ry, c * ry, cx, cy}
	n := max(1, int(math.Ceil(math.Abs(da)/(math.Pi/2)-1e-9)))
	step := da / float64(n)
	h := 4.0 / 3 * math.Tan(step/4)
	for i := range n {
		s0, c0 := math.Sincos(a0 + float64(i)*step)
		s1, c1 := math.Sincos(a0 + float64(i+1)*step)
		p1 := m.Apply(Point{c0 - h*s0, s0 + h*c0})
		p2 := m.Apply(Point{c1 + h*s1, s1 - h*c1})
		p3 := m.Apply(Point{c1, s1})
		if i == n-1 {
			p3 = to
		}
		p.CubeTo(p1.X, p1.Y, p2.X, p2.Y, p3.X, p3.Y)
	}
}
