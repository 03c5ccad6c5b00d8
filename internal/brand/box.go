package brand

import "math"

type point struct{ x, y float64 }

// box is a rectangle turned about its centre: X and Y are the top left corner
// before it is turned, Turn is in degrees clockwise.
type box struct{ X, Y, W, H, Turn float64 }

func (b box) centre() point { return point{b.X + b.W/2, b.Y + b.H/2} }

// corners are in order round the box.
func (b box) corners() [4]point {
	sin, cos := math.Sincos(b.Turn * math.Pi / 180)
	c := b.centre()
	var out [4]point
	for i, s := range [4]point{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		dx, dy := s.x*b.W/2, s.y*b.H/2
		out[i] = point{c.x + dx*cos - dy*sin, c.y + dx*sin + dy*cos}
	}
	return out
}

// extent is half the width and height of the upright rectangle round the box.
func (b box) extent() (float64, float64) {
	sin, cos := math.Sincos(b.Turn * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	return (b.W*cos + b.H*sin) / 2, (b.W*sin + b.H*cos) / 2
}

// overhang is how far the box reaches over the edge of a canvas, in pixels;
// 0 or less if it is inside.
func (b box) overhang(w, h float64) float64 {
	ex, ey := b.extent()
	c := b.centre()
	return max(ex-c.x, c.x+ex-w, ey-c.y, c.y+ey-h)
}

// pushedInside moves the box to the nearest place inside the canvas; false if
// it is too large for it.
func (b box) pushedInside(w, h float64) (box, bool) {
	ex, ey := b.extent()
	if 2*ex > w+slack || 2*ey > h+slack {
		return b, false
	}
	c := b.centre()
	return b.at(clamp(c.x, ex, w-ex), clamp(c.y, ey, h-ey)), true
}

// at moves the box's centre.
func (b box) at(x, y float64) box {
	b.X, b.Y = x-b.W/2, y-b.H/2
	return b
}

func clamp(n, low, high float64) float64 {
	if low > high {
		return (low + high) / 2
	}
	return min(max(n, low), high)
}

// apart is less than the distance between two boxes, or it; it costs next to
// nothing, and tells enough for most pairs.
func apart(a, b box) float64 {
	ca, cb := a.centre(), b.centre()
	return math.Hypot(ca.x-cb.x, ca.y-cb.y) - math.Hypot(a.W, a.H)/2 - math.Hypot(b.W, b.H)/2
}

// gap is the distance between two boxes in pixels; 0 if they touch or overlap.
func gap(a, b box) float64 {
	return between(a.corners(), b.corners())
}

// between is gap for the corners of boxes.
func between(p, q [4]point) float64 {
	if !separated(p, q) && !separated(q, p) {
		return 0
	}
	best := math.Inf(1)
	for i := range 4 {
		for j := range 4 {
			best = min(best, toEdge(p[i], q[j], q[(j+1)%4]), toEdge(q[i], p[j], p[(j+1)%4]))
		}
	}
	return math.Sqrt(best)
}

// separated tells whether an edge of p has all of q on its outer side.
func separated(p, q [4]point) bool {
	for i := range 4 {
		a, b := p[i], p[(i+1)%4]
		outside := true
		for _, c := range q {
			if (b.x-a.x)*(c.y-a.y)-(b.y-a.y)*(c.x-a.x) > 0 {
				outside = false
				break
			}
		}
		if outside {
			return true
		}
	}
	return false
}

// toEdge is the square of a point's distance from an edge.
func toEdge(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = clamp(((p.x-a.x)*dx+(p.y-a.y)*dy)/l, 0, 1)
	}
	ex, ey := p.x-a.x-t*dx, p.y-a.y-t*dy
	return ex*ex + ey*ey
}

// upright brings degrees into -180 to 180, so that 359 is one degree to the
// left and not almost a full turn.
func upright(degrees float64) float64 {
	d := math.Mod(degrees, 360)
	switch {
	case d > 180:
		return d - 360
	case d < -180:
		return d + 360
	}
	return d
}
