package brand

import "marquee/internal/compose"

// covers holds other layers off the marks. The compositor paints marks last, so
// that nothing can lie on one; but a sticker that is put over a mark and comes
// out behind it is still a mark that is crowded. What lies under a mark from
// the start, as a panel does, is its ground.
func (c *checker) covers() {
	for j, l := range c.Doc.Layers {
		over, ok := c.solid(l)
		if !ok {
			continue
		}
		over = box{over.X + slack, over.Y + slack, max(over.W-2*slack, 0), max(over.H-2*slack, 0), over.Turn}
		for _, p := range c.placed {
			if p.mark == nil || p.index > j || apart(over, p.box) > 0 || gap(over, p.box) > 0 {
				continue
			}
			c.add(j, "mark_covered", 0, 0).Other = c.Doc.Layers[p.index].ID
			break
		}
	}
}

// stickers holds stickers to the kit and to their rights.
func (c *checker) stickers() {
	for i, l := range c.Doc.Layers {
		if l.Kind != compose.Sticker {
			continue
		}
		s := c.Kit.Sticker(l.Sticker)
		if s == nil {
			c.add(i, "sticker_unknown", 0, 0)
			continue
		}
		if rule, detail := s.Rights.against(c.use); rule != "" {
			c.add(i, rule, 0, 0, detail).Detail = detail
		}
	}
}

// solid gives the box of a layer that is neither picture, mark nor text and can
// hide something. A cut-out's picture is not known here: it is taken to be a
// square.
func (c *checker) solid(l compose.Layer) (box, bool) {
	switch l.Kind {
	case compose.Shape:
		return box{l.X, l.Y, l.Width, l.Height, l.Rotation}, true
	case compose.Sticker:
		if s := c.Kit.Sticker(l.Sticker); s != nil {
			return box{l.X, l.Y, l.Width, l.Width * s.aspect, l.Rotation}, true
		}
	case compose.Cutout:
		return box{l.X, l.Y, l.Width, l.Width, l.Rotation}, true
	}
	return box{}, false
}

// uncovered gives a covering layer the nearest place beside all marks; nil if
// there is none.
func (c *checker) uncovered(index int, r *room) *compose.Layer {
	l := c.Doc.Layers[index]
	over, ok := c.solid(l)
	if !ok {
		return nil
	}
	aside := &room{ruling: r.ruling, w: r.w, h: r.h, left: r.left}
	for _, o := range r.others {
		if o.mark != nil {
			aside.others = append(aside.others, obstacle{box: o.box, clear: 1})
		}
	}
	found, ok := aside.nearest(over, 1, nil)
	if !ok {
		return nil
	}
	l.X, l.Y = tidy(found.X), tidy(found.Y)
	return &l
}

// shapeColors holds the colours of shapes to the rules on colours.
func (c *checker) shapeColors() {
	if len(c.ruling.fills) == 0 {
		return
	}
	for i, l := range c.Doc.Layers {
		if l.Kind != compose.Shape || l.Fill == nil {
			continue
		}
		used := []string{}
		if l.Fill.Color != "" {
			used = append(used, l.Fill.Color)
		}
		for _, s := range l.Fill.Stops {
			used = append(used, s.Color)
		}
		for _, r := range c.ruling.fills {
			c.shapeColor(i, l, r, used)
		}
	}
}

func (c *checker) shapeColor(i int, l compose.Layer, r *Rule, used []string) {
	worst := 0.0
	for _, hex := range used {
		if _, d := c.Kit.colorFor(r, hex); d > worst {
			worst = d
		}
	}
	if worst <= *r.Tolerance {
		return
	}
	fixed := l
	fill := *l.Fill
	if fill.Color != "" {
		fill.Color = c.withAlphaOf(r, fill.Color)
	}
	fill.Stops = make([]compose.Stop, len(l.Fill.Stops))
	for n, s := range l.Fill.Stops {
		s.Color = c.withAlphaOf(r, s.Color)
		fill.Stops[n] = s
	}
	if len(fill.Stops) == 0 {
		fill.Stops = nil
	}
	fixed.Fill = &fill
	c.byRule(i, "layer_color", worst, bound{*r.Tolerance, r.ID, r.Severity}).Fix = &fixed
}

// withAlphaOf is the nearest of a rule's colours, as see-through as the old one.
func (c *checker) withAlphaOf(r *Rule, hex string) string {
	nearest, _ := c.Kit.colorFor(r, hex)
	if len(hex) == 9 && len(nearest) == 7 {
		return nearest + hex[7:]
	}
	return nearest
}
