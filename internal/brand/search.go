package brand

import "math"

// The bounds of the search for a lawful place. A search looks at rings round the
// place that was asked for, coarse ones first, and then more closely at the
// narrow band in which it found something.
const (
	directions = 24
	coarse     = 30 // rings up to the canvas's diagonal
	fine       = 4  // rings within one of them
	halvings   = 8
	// mendWork bounds all searches of one check together: places looked at,
	// where measuring the ground under one counts groundWork times.
	mendWork   = 5000
	groundWork = 16
)

// hurdle is an obstacle with what deciding about it quickly needs.
type hurdle struct {
	centre           point
	corners          [4]point
	outer, inner     float64 // radii of the circles round it and in it
	distance         float64 // to be kept
	halfW, halfH     float64
	upright          bool
	farther, tighter float64 // of the box being placed: see blocks
}

// hurdles are the obstacles as they stand in the way of a box of a mark, or nil
// for text, that keeps a distance of clear.
func (r *room) hurdles(b box, clear float64, mark *Mark) []hurdle {
	out := make([]hurdle, len(r.others))
	outer, inner := math.Hypot(b.W, b.H)/2, min(b.W, b.H)/2
	for i, o := range r.others {
		far := r.ruling.between(mark, o.mark)
		h := &out[i]
		*h = hurdle{centre: o.box.centre(), corners: o.box.corners(), outer: math.Hypot(o.box.W, o.box.H) / 2,
			inner: min(o.box.W, o.box.H) / 2, distance: max(clear, o.clear, far.value()),
			halfW: o.box.W / 2, halfH: o.box.H / 2, upright: o.box.Turn == 0 && b.Turn == 0}
		h.farther, h.tighter = h.outer+outer+h.distance, h.inner+inner+h.distance
	}
	return out
}

// blocks tells whether a box is nearer than the hurdle lets it. Most pairs are
// decided by the circles round them and in them.
func (h *hurdle) blocks(b box) bool {
	c := b.centre()
	dx, dy := math.Abs(c.x-h.centre.x), math.Abs(c.y-h.centre.y)
	switch d := dx*dx + dy*dy; {
	case h.distance <= 0 || d >= h.farther*h.farther:
		return false
	case d < h.tighter*h.tighter:
		return true
	case h.upright:
		dx, dy = max(0, dx-h.halfW-b.W/2), max(0, dy-h.halfH-b.H/2)
		return dx*dx+dy*dy < h.distance*h.distance
	}
	return between(b.corners(), h.corners) < h.distance
}

func clearOf(hurdles []hurdle, b box) bool {
	for i := range hurdles {
		if hurdles[i].blocks(b) {
			return false
		}
	}
	return true
}

// free tells whether a box of a mark, or nil for text, that keeps a distance of
// clear is far enough from all that is there, on ground that suits it.
func (r *room) free(b box, clear float64, mark *Mark) bool {
	return clearOf(r.hurdles(b, clear, mark), b) && r.suited(b)
}

// suited tells whether the ground under a box is good for it; false as well
// where there is no work left to measure it.
func (r *room) suited(b box) bool {
	if r.suits == nil {
		return true
	}
	return r.work(groundWork) && r.suits(b)
}

// work takes some of the work that is left; false if there is not enough.
func (r *room) work(n int) bool {
	if r.left == nil {
		return true
	}
	if *r.left < max(n, 1) {
		*r.left = 0
		return false
	}
	*r.left -= n
	return true
}

// nearest looks for the place nearest to b that is inside the canvas and free:
// it goes outwards in circles, and then back along the way that was found.
func (r *room) nearest(b box, clear float64, mark *Mark) (box, bool) {
	start, ok := b.pushedInside(r.w, r.h)
	if !ok {
		return b, false
	}
	hurdles := r.hurdles(b, clear, mark)
	if clearOf(hurdles, start) && r.suited(start) {
		return start, true
	}
	c := start.centre()
	ex, ey := start.extent()
	ex, ey = min(ex, r.w/2), min(ey, r.h/2)
	place := func(distance float64, direction int) box {
		x, y := c.x+distance*round[direction].x, c.y+distance*round[direction].y
		return start.at(min(max(x, ex), r.w-ex), min(max(y, ey), r.h-ey))
	}
	try := func(distance float64, direction int) (box, bool) {
		moved := place(distance, direction)
		return moved, r.work(1) && clearOf(hurdles, moved) && r.suited(moved)
	}
	ring := func(distance float64) (int, bool) {
		for d := range directions {
			if _, ok := try(distance, d); ok {
				return d, true
			}
		}
		return 0, false
	}
	step := math.Hypot(r.w, r.h) / coarse
	for i := 1; i <= coarse && r.work(0); i++ {
		far := step * float64(i)
		direction, ok := ring(far)
		if !ok {
			continue
		}
		near := far - step
		for k := 1; k < fine; k++ {
			at := near + step*float64(k)/fine
			if d, ok := ring(at); ok {
				direction, far, near = d, at, at-step/fine
				break
			}
		}
		found := place(far, direction)
		for range halvings {
			middle := (near + far) / 2
			if closer, ok := try(middle, direction); ok {
				found, far = closer, middle
			} else {
				near = middle
			}
		}
		return found, true
	}
	return b, false
}

// round are the directions of a search.
var round = func() (out [directions]point) {
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / directions)
		out[i] = point{cos, sin}
	}
	return
}()
