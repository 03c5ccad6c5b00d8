package brand

import (
	"math"

	"marquee/internal/compose"
)

// The bounds of the search for a lawful place.
const (
	maxMends   = 8
	directions = 24
	steps      = 120
)

// obstacle is something to keep a distance from.
type obstacle struct {
	box   box
	clear float64
}

// free tells whether a box that keeps a distance of clear is far enough from
// all of the others.
func free(b box, clear float64, others []obstacle) bool {
	for _, o := range others {
		if near(b, o.box, max(clear, o.clear)) {
			return false
		}
	}
	return true
}

// nearest looks for the place nearest to b that is inside the canvas and free:
// it goes outwards in circles, and then back along the way that was found.
func nearest(b box, clear float64, others []obstacle, w, h float64) (box, bool) {
	start, ok := b.pushedInside(w, h)
	if !ok {
		return b, false
	}
	if free(start, clear, others) {
		return start, true
	}
	c := start.centre()
	try := func(distance float64, direction int) (box, bool) {
		sin, cos := math.Sincos(2 * math.Pi * float64(direction) / directions)
		moved, _ := start.at(c.x+distance*cos, c.y+distance*sin).pushedInside(w, h)
		return moved, free(moved, clear, others)
	}
	step := math.Hypot(w, h) / steps
	for i := 1; i <= steps; i++ {
		for d := range directions {
			found, ok := try(step*float64(i), d)
			if !ok {
				continue
			}
			near, far := step*float64(i-1), step*float64(i)
			for range 8 {
				middle := (near + far) / 2
				if closer, ok := try(middle, d); ok {
					found, far = closer, middle
				} else {
					near = middle
				}
			}
			return found, true
		}
	}
	return b, false
}

// mend gives each layer that is against a rule the nearest lawful one. Layers
// that keep the rules stay where they are, and the mended ones keep clear of
// each other: with all of the fixes together the composition is lawful.
func (c *checker) mend() {
	wrong := map[int]bool{}
	for _, f := range c.findings {
		if f.Index >= 0 && f.Severity == Refused {
			wrong[f.Index] = true
		}
	}
	var settled []obstacle
	for _, p := range c.placed {
		if !wrong[p.index] {
			settled = append(settled, obstacle{p.box, p.clear})
		}
	}
	fixes := map[int]*compose.Layer{}
	tried := 0
	for _, p := range c.placed {
		if !wrong[p.index] || c.hopeless[p.index] || tried == maxMends {
			continue
		}
		tried++
		if l, o, ok := c.mended(p, settled); ok {
			fixes[p.index] = &l
			settled = append(settled, o)
		}
	}
	for i := range c.findings {
		if f := &c.findings[i]; f.Fix == nil {
			f.Fix = fixes[f.Index]
		}
	}
}

func (c *checker) mended(p placed, others []obstacle) (compose.Layer, obstacle, bool) {
	l := c.doc.Layers[p.index]
	var low, high, most float64
	var height func(width float64) float64
	var clear func(width float64) float64
	if p.mark != nil {
		low, high = p.mark.widths(c.short())
		most = p.mark.Rules.MaxRotation
		height = func(w float64) float64 { return w * p.mark.aspect }
		clear = func(w float64) float64 { return w * p.mark.Rules.ClearSpace }
		if p.mark.Variant(l.Variant) == nil {
			l.Variant = ""
		}
	} else {
		line := c.kit.line(l.Text, c.short())
		low, high = line.least, c.w
		most = c.kit.Text.MaxRotation
		height = func(w float64) float64 { return line.size(w) * compose.LineHeight }
		clear = func(w float64) float64 { return line.size(w) * c.kit.Text.ClearSpace }
		if low > high {
			return l, obstacle{}, false
		}
		if l.Color != "" && c.kit.textInk(l.Color) == "" {
			l.Color = ""
		}
	}
	centre := p.box.centre()
	turn := clamp(upright(l.Rotation), -most, most)
	for width := clamp(l.Width, low, high); ; width = max(width*0.85, low) {
		b := box{0, 0, width, height(width), turn}.at(centre.x, centre.y)
		if found, ok := nearest(b, clear(width), others, c.w, c.h); ok {
			l.X, l.Y, l.Width, l.Rotation = tidy(found.X), tidy(found.Y), widen(found.W), tidy(turn)
			return l, obstacle{found, clear(width)}, true
		}
		if width <= low {
			return l, obstacle{}, false
		}
	}
}

// tidy rounds to a hundredth, well inside the slack, for documents that
// people may read.
func tidy(n float64) float64 { return math.Round(n*100) / 100 }

// widen rounds up, for a width that is the least there may be.
func widen(n float64) float64 { return math.Ceil(n*100) / 100 }
