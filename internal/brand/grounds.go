package brand

import (
	"math"
	"slices"

	"marquee/internal/compose"
)

// largeText is the size in pixels from which WCAG 2.2 calls text large (18
// points) and asks for less contrast.
const largeText = 24

// hairContrast is what rounding may take from a contrast.
const hairContrast = 0.005

// picky tells whether a rule holds the mark to its ground.
func (g *ruling) picky(m *Mark) bool {
	l := g.mark(m)
	return l.contrast.value() > 1 || len(l.grounds) > 0
}

// variantFor gives the variant of a mark that stands lawfully in a box on a
// ground, the one with the best contrast; "" if none does.
func (g *ruling) variantFor(m *Mark, b box, ground Luminances) string {
	l := g.mark(m)
	if !l.on(b, ground) {
		return ""
	}
	best, most := "", 0.0
	for _, v := range m.Variants {
		if seen := m.visible(v.ID, b, ground); seen > most && seen >= l.contrast.value()-hairContrast {
			best, most = v.ID, seen
		}
	}
	return best
}

// variantOn is variantFor where a rule holds the mark to its ground, and else
// the variant that suits it best.
func (g *ruling) variantOn(m *Mark, b box, ground Luminances) string {
	suits := m.On(ground(b.X, b.Y, b.W, b.H)).ID
	l := g.mark(m)
	if !g.picky(m) || m.visible(suits, b, ground) >= l.contrast.value()-hairContrast {
		return suits
	}
	if v := g.variantFor(m, b, ground); v != "" {
		return v
	}
	return suits
}

// on tells whether the rules on grounds allow a place.
func (l *limits) on(b box, ground Luminances) bool {
	return !slices.ContainsFunc(l.grounds, func(r *Rule) bool { return b.shareOn(r.Ground, ground) < seen-1e-9 })
}

// shareOn is how much of the box lies on a kind of ground, 0 to 1.
func (b box) shareOn(kind Ground, ground Luminances) float64 {
	const parts = 5
	sin, cos := math.Sincos(b.Turn * math.Pi / 180)
	c := b.centre()
	w, h := b.W/parts, b.H/parts
	n := 0
	for j := range parts {
		for i := range parts {
			dx, dy := (float64(i)+0.5)*w-b.W/2, (float64(j)+0.5)*h-b.H/2
			if GroundOf(ground(c.x+dx*cos-dy*sin-w/2, c.y+dx*sin+dy*cos-h/2, w, h)) == kind {
				n++
			}
		}
	}
	return float64(n) / (parts * parts)
}

// contrasts holds marks and text to what is measured behind them.
func (c *checker) contrasts() {
	if c.Ground == nil {
		return
	}
	for _, p := range c.placed {
		l := c.Doc.Layers[p.index]
		if p.mark == nil {
			c.textContrast(p, l)
			continue
		}
		limits := c.ruling.mark(p.mark)
		v := p.mark.Variant(l.Variant)
		if v == nil || !c.ruling.picky(p.mark) {
			continue
		}
		for _, r := range limits.grounds {
			if share := p.box.shareOn(r.Ground, c.Ground); share < seen-1e-9 {
				c.byRule(p.index, "mark_ground", share, bound{seen, r.ID, r.Severity}).Detail = string(r.Ground)
			}
		}
		seen := p.mark.visible(v.ID, p.box, c.Ground)
		if b, broken := limits.contrast.broken(seen, hairContrast); broken {
			c.byRule(p.index, "mark_contrast", seen, b)
		}
	}
}

func (c *checker) textContrast(p placed, l compose.Layer) {
	seen := standsOut(c.inkOf(l), p.box, c.Ground)
	asked := c.askedOf(p.line, p.box.W)
	if b, broken := asked.broken(seen, hairContrast); broken {
		c.byRule(p.index, "text_contrast", seen, b)
	}
}

// askedOf is the contrast that text in a box of a width has to have.
func (c *checker) askedOf(l line, width float64) *limit {
	if l.size(width) >= largeText {
		return &c.ruling.contrastLarge
	}
	return &c.ruling.contrastSmall
}

// inkOf is the colour of a text layer.
func (c *checker) inkOf(l compose.Layer) string {
	if l.Color != "" {
		return l.Color
	}
	return c.Kit.TextColor(Dark)
}

// inks are the colours that text may have, the kit's two first.
func (c *checker) inks() []string {
	var out []string
	add := func(hex string) {
		if c.lawfulColor(hex) && !slices.Contains(out, hex) {
			out = append(out, hex)
		}
	}
	add(c.Kit.TextColor(Dark))
	add(c.Kit.TextColor(Light))
	for _, r := range c.ruling.colors {
		for _, name := range r.Colors {
			add(c.Kit.Color(name))
		}
	}
	return out
}

// nearestColor is the lawful colour that differs least; "" for the kit's own
// where there is none.
func (c *checker) nearestColor(hex string) string {
	best, least := "", 0.0
	for _, ink := range c.inks() {
		if d := ColorDifference(ink, hex); best == "" || d < least {
			best, least = ink, d
		}
	}
	return best
}

// suits gives what tells whether the ground of a place is good for a layer; nil
// if no rule asks.
func (c *checker) suits(l compose.Layer, p placed) func(box) bool {
	switch {
	case c.Ground == nil:
		return nil
	case p.mark != nil && c.ruling.picky(p.mark):
		return func(b box) bool { return c.ruling.variantFor(p.mark, b, c.Ground) != "" }
	case p.mark == nil && max(c.ruling.contrastLarge.value(), c.ruling.contrastSmall.value()) > 1:
		inks := c.inks()
		return func(b box) bool { _, ok := c.readable(inks, p.line, b); return ok }
	}
	return nil
}

// readable gives the first of some inks that is read well in a box.
func (c *checker) readable(inks []string, l line, b box) (string, bool) {
	asked := c.askedOf(l, b.W).value()
	for _, ink := range inks {
		if standsOut(ink, b, c.Ground) >= asked-hairContrast {
			return ink, true
		}
	}
	return "", false
}

// wear gives a layer the variant or the colour that the ground of its new place
// asks for, if the one that it has does not do.
func (c *checker) wear(l *compose.Layer, p placed, at box) {
	if c.Ground == nil {
		return
	}
	if p.mark != nil {
		v := p.mark.Variant(l.Variant)
		limits := c.ruling.mark(p.mark)
		if c.ruling.picky(p.mark) && p.mark.visible(v.ID, at, c.Ground) < limits.contrast.value()-hairContrast {
			l.Variant = c.ruling.variantOn(p.mark, at, c.Ground)
		}
		return
	}
	if standsOut(c.inkOf(*l), at, c.Ground) < c.askedOf(p.line, at.W).value()-hairContrast {
		if ink, ok := c.readable(c.inks(), p.line, at); ok {
			l.Color = ink
		}
	}
}
