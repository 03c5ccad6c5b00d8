package brand

import (
	"math"

	"marquee/internal/compose"
)

// maxMends bounds how many layers of a composition are given another place.
const maxMends = 8

// obstacle is something to keep a distance from.
type obstacle struct {
	box   box
	clear float64
	mark  *Mark // nil for text
}

// room is a canvas with what stands on it already, and what a place has to be
// like for a layer to stand there.
type room struct {
	ruling *ruling
	w, h   float64
	others []obstacle
	// suits tells whether the ground under a box is good for the layer; nil
	// where the ground is not known or does not matter.
	suits func(box) bool
	// taken are the ids of layers that fixes add.
	taken []string
	// left is how much work searches for places may still do; nil bounds each
	// search by itself.
	left *int
}

// mend gives each layer that is against a rule the nearest lawful one. Layers
// that keep the rules stay where they are, and the mended ones keep clear of
// each other: with all of the fixes together the composition is lawful.
func (c *checker) mend() {
	wrong := map[int]bool{}
	for _, f := range c.findings {
		if f.Index >= 0 {
			wrong[f.Index] = true
		}
	}
	if len(c.findings) == 0 {
		return
	}
	left := mendWork
	r := &room{ruling: c.ruling, w: c.w, h: c.h, left: &left}
	for _, p := range c.placed {
		if !wrong[p.index] {
			r.others = append(r.others, obstacle{p.box, p.clear, p.mark})
		}
	}
	fixes := map[int]*compose.Layer{}
	tried := 0
	for _, p := range c.placed {
		if !wrong[p.index] || c.hopeless[p.index] || tried == maxMends {
			continue
		}
		tried++
		if l, o, ok := c.mended(p, r); ok {
			fixes[p.index] = &l
			r.others = append(r.others, o)
		}
	}
	for i := range c.findings {
		f := &c.findings[i]
		switch {
		case f.Fix != nil:
		case f.Rule == "mark_covered":
			f.Fix = c.uncovered(f.Index, r)
		case f.Index < 0 && f.adds != "":
			f.Fix = c.added(f.adds, r)
		case f.Index >= 0:
			f.Fix = fixes[f.Index]
		}
	}
}

// shaped is how a layer may change on the way to a lawful one.
type shaped struct {
	low, high, turn float64
	height, clear   func(width float64) float64
}

func (c *checker) mended(p placed, r *room) (compose.Layer, obstacle, bool) {
	l := c.Doc.Layers[p.index]
	var s shaped
	if p.mark != nil {
		limits := c.ruling.mark(p.mark)
		s = shaped{
			limits.narrow.value(), limits.wide.value(), limits.turn.value(),
			func(w float64) float64 { return w * p.mark.aspect },
			func(w float64) float64 { return w * limits.clear.value() },
		}
		if p.mark.Variant(l.Variant) == nil {
			l.Variant = ""
		}
	} else {
		s = c.shapeOf(p.line)
		if s.low > s.high {
			return l, obstacle{}, false
		}
		if l.Color != "" && !c.lawfulColor(l.Color) {
			l.Color = c.nearestColor(l.Color)
		}
	}
	found, seen, ok := c.suited(&l, p, s, r)
	if !ok {
		return l, obstacle{}, false
	}
	if !seen && found == p.box && l == c.Doc.Layers[p.index] {
		// No place is better, so it stays, and no click would help.
		r.others = append(r.others, obstacle{p.box, p.clear, p.mark})
		return l, obstacle{}, false
	}
	l.X, l.Y, l.Width, l.Rotation = tidy(found.X), tidy(found.Y), widen(found.W), tidy(found.Turn)
	return l, obstacle{found, s.clear(found.W), p.mark}, true
}

func (c *checker) shapeOf(line line) shaped {
	high := c.w
	if most := c.ruling.large.value(); most < line.largest {
		high = min(high, most*line.advance)
	}
	return shaped{
		line.least, high, c.Kit.Text.MaxRotation, line.height,
		func(w float64) float64 { return line.size(w) * c.Kit.Text.ClearSpace },
	}
}

// suited finds a place for a layer whose ground suits it, or where there is
// none a place that is free: a layer that is seen badly is mended as far as it
// can be. The layer's variant or colour follows the ground. Seen is false where
// no ground suited it.
func (c *checker) suited(l *compose.Layer, p placed, s shaped, r *room) (found box, seen, ok bool) {
	defer func() { r.suits = nil }()
	if r.suits = c.suits(*l, p); r.suits != nil {
		if found, ok := r.fit(*l, p, s, false); ok {
			c.wear(l, p, found)
			return found, true, true
		}
	}
	seen, r.suits = r.suits == nil, nil
	if found, ok = r.fit(*l, p, s, true); ok {
		c.wear(l, p, found)
	}
	return found, seen, ok
}

// fit looks for a place at a lawful width, and if it may at smaller ones.
func (r *room) fit(l compose.Layer, p placed, s shaped, smaller bool) (box, bool) {
	centre := p.box.centre()
	turn := clamp(upright(l.Rotation), -s.turn, s.turn)
	for width := clamp(l.Width, s.low, s.high); ; width = max(width*0.85, s.low) {
		b := box{0, 0, width, s.height(width), turn}.at(centre.x, centre.y)
		if found, ok := r.nearest(b, s.clear(width), p.mark); ok {
			return found, true
		}
		if width <= s.low || !smaller {
			return box{}, false
		}
	}
}

// tidy rounds to a hundredth, well inside the slack, for documents that
// people may read.
func tidy(n float64) float64 { return math.Round(n*100) / 100 }

// widen rounds up, for a width that is the least there may be.
func widen(n float64) float64 { return math.Ceil(n*100) / 100 }
