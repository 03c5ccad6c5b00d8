package brand

import (
	"math"
	"slices"

	"marquee/internal/compose"
)

// Luminances gives the mean relative luminance, 0 to 1, of the picture under a
// rectangle in pixels of the canvas.
type Luminances func(x, y, w, h float64) float64

// anchor is a place for a mark, as shares of the room inside the margin.
type anchor struct{ x, y float64 }

var (
	topLeft     = anchor{0, 0}
	topRight    = anchor{1, 0}
	topMiddle   = anchor{0.5, 0}
	bottomLeft  = anchor{0, 1}
	bottomRight = anchor{1, 1}
	bottomMid   = anchor{0.5, 1}
	centreLeft  = anchor{0, 0.5}
	centreRight = anchor{1, 0.5}
)

// anchors are where a mark of a kind goes first: names and packages stand at
// the foot, where painters keep the picture calm; an emblem is a stamp in a
// corner of the sky.
var anchors = map[string][]anchor{
	"wordmark": {bottomLeft, bottomMid, topLeft, topMiddle, topRight, bottomRight, centreLeft, centreRight},
	"product":  {bottomRight, bottomLeft, topRight, bottomMid, topLeft, centreRight, centreLeft, topMiddle},
	"emblem":   {topRight, topLeft, bottomLeft, bottomRight, bottomMid, topMiddle, centreLeft, centreRight},
	"figure":   {bottomRight, bottomLeft, bottomMid, topRight, topLeft, centreRight, centreLeft, topMiddle},
}

// aims are the sizes of a first layout, as shares of the canvas's shorter side:
// the width of a wordmark, and of all else the side of a square of the same
// area, so that a tall bottle and a flat loaf weigh the same.
var aims = map[string]float64{"wordmark": 0.36, "product": 0.21, "emblem": 0.15, "figure": 0.21}

const margin = 0.05

// Place lays out marks on a canvas of w by h pixels: the same marks always in
// the same places, at a good size, along its foot and top, each in the variant
// that stands out from the ground under it. Ground may be nil: then every mark
// comes in its first variant. A mark that the kit does not have, or that there
// is no room for, is left out. Check has nothing to say about the result.
func Place(k *Kit, marks []string, w, h int, ground Luminances) []compose.Layer {
	cw, ch := float64(w), float64(h)
	short := min(cw, ch)
	var layers []compose.Layer
	g := k.ruling(use{}, short)
	r := &room{ruling: g, w: cw, h: ch}
	// The order is the kit's, so that it does not depend on the order of taps.
	for i := range k.Marks {
		m := &k.Marks[i]
		if !slices.Contains(marks, m.ID) || g.excluded(m, layers) {
			continue
		}
		limits := g.mark(m)
		low, high := limits.narrow.value(), limits.wide.value()
		aim := aims[m.Kind] * short
		if m.Kind != "wordmark" {
			aim /= math.Sqrt(m.aspect)
		}
		for width := clamp(aim, low, high); ; width = max(width*0.85, low) {
			b, ok := r.anchored(m, width, ground)
			if ok {
				l := compose.Layer{ID: m.ID, Kind: compose.Mark, Mark: m.ID, X: tidy(b.X), Y: tidy(b.Y), Width: tidy(b.W)}
				if ground != nil {
					l.Variant = g.variantOn(m, b, ground)
				}
				layers = append(layers, l)
				r.others = append(r.others, obstacle{b, b.W * limits.clear.value(), m})
			}
			if ok || width <= low {
				break
			}
		}
	}
	return layers
}

func (r *room) anchored(m *Mark, width float64, ground Luminances) (box, bool) {
	defer func() { r.suits = nil }()
	if ground != nil && r.ruling.picky(m) {
		r.suits = func(b box) bool { return r.ruling.variantFor(m, b, ground) != "" }
		if b, ok := r.anchor(m, width); ok {
			return b, true
		}
		r.suits = nil
	}
	return r.anchor(m, width)
}

func (r *room) anchor(m *Mark, width float64) (box, bool) {
	edge := margin * min(r.w, r.h)
	b := box{0, 0, width, width * m.aspect, 0}
	clear := width * r.ruling.mark(m).clear.value()
	for _, a := range anchors[m.Kind] {
		b.X, b.Y = edge+a.x*(r.w-2*edge-b.W), edge+a.y*(r.h-2*edge-b.H)
		if b.overhang(r.w, r.h) <= 0 && r.free(b, clear, m) {
			return b, true
		}
	}
	return r.nearest(b, clear, m)
}

// Start is the composition that a participant begins with: the picture, and
// the chosen marks as Place lays them out.
func Start(k *Kit, marks []string, w, h int, ground Luminances) compose.Document {
	picture := compose.Layer{ID: "picture", Kind: compose.Picture, Width: float64(w)}
	return compose.Document{Version: compose.Version, Width: w, Height: h, Layers: append([]compose.Layer{picture}, Place(k, marks, w, h, ground)...)}
}

// PlaceText gives a lawful layer for a line of text on a composition: at the
// top in the middle, or as near to it as the marks leave room; false if it is
// too long for the kit or there is no room. Its colour suits the ground.
func PlaceText(k *Kit, doc compose.Document, text string, ground Luminances) (compose.Layer, bool) {
	w, h := float64(doc.Width), float64(doc.Height)
	short := min(w, h)
	line := k.line(text, short)
	l := compose.Layer{ID: freeIDLike(doc, "text", nil), Kind: compose.Text, Text: text}
	width := clamp(line.advance*0.075*short, line.least, 0.9*w)
	l.Width = widen(max(width, 1))
	l.X, l.Y = tidy((w-width)/2), tidy(margin*short)
	trial := doc
	trial.Layers = append(slices.Clone(doc.Layers), l)
	for _, f := range CheckWith(Context{Doc: trial, Kit: k, Ground: ground}) {
		if f.Index != len(doc.Layers) {
			continue
		}
		if f.Fix == nil {
			return l, false
		}
		l = *f.Fix
		break
	}
	if ground != nil && l.Color == "" {
		l.Color = k.TextOn(ground(l.X, l.Y, l.Width, line.height(l.Width)))
	}
	return l, true
}
