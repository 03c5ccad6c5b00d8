package compose

import "strconv"

func (c *layerCheck) shape() {
	l := c.l
	c.oneOf("shape", l.Shape, "rect", "ellipse", "path")
	if l.Radius != 0 {
		if l.Shape != "rect" {
			c.add(c.path+".radius", "not_for_kind", "Only a rect has a radius.")
		}
		c.within(c.path+".radius", l.Radius, 0, MaxCanvas)
	}
	c.outline("path", l.Path, l.Shape == "path")
	if l.Fill == nil {
		c.add(c.path+".fill", "required", "This field is missing.")
		return
	}
	c.fill(*l.Fill, false)
}

// outline checks a path where there has to be one, and that there is none where
// it would mean nothing.
func (c *layerCheck) outline(field, data string, wanted bool) {
	path := c.path + "." + field
	switch {
	case !wanted && data != "":
		c.add(path, "not_for_kind", "Only a shape of the kind path has a path.")
	case !wanted:
	case data == "":
		c.add(path, "required", "This field is missing.")
	case len(data) > MaxPathBytes:
		c.add(path, "too_long", "A path has at most 8,192 characters.")
	default:
		if _, ok := pathIn(data, 1, 1); !ok {
			c.add(path, "path_invalid", "It must be an SVG path of at most 512 segments, from -1000 to 1000.")
		}
	}
}

// fill checks a shape's fill, or a grade's ramp.
func (c *layerCheck) fill(f Fill, ramp bool) {
	switch {
	case ramp:
		if f.Color != "" || f.Gradient != "" || f.Angle != 0 {
			c.add(c.path+".fill", "not_for_kind", "A grade's fill has stops only.")
		}
	case f.Color != "" && (f.Gradient != "" || len(f.Stops) > 0 || f.Angle != 0):
		c.add(c.path+".fill", "fill_ambiguous", "A fill has either a colour or a gradient.")
		return
	case f.Color != "":
		c.color("fill.color", f.Color, len("#rrggbbaa"))
		return
	default:
		c.oneOf("fill.gradient", f.Gradient, "linear", "radial")
		if f.Gradient == "radial" && f.Angle != 0 {
			c.add(c.path+".fill.angle", "not_for_kind", "A radial gradient has no angle.")
		}
		c.within(c.path+".fill.angle", f.Angle, -MaxRotation, MaxRotation)
	}
	if len(f.Stops) < 2 || len(f.Stops) > MaxStops {
		c.add(c.path+".fill.stops", "out_of_range", "A gradient has 2 to 8 stops.")
		return
	}
	last := 0.0
	for i, s := range f.Stops {
		at := "fill.stops[" + strconv.Itoa(i) + "]"
		if c.within(c.path+"."+at+".at", s.At, 0, 1) && s.At < last {
			c.add(c.path+"."+at+".at", "not_ascending", "Stops are given in ascending order.")
		}
		last = max(last, s.At)
		if s.Color == "" {
			c.add(c.path+"."+at+".color", "required", "It must not be empty.")
		}
		c.color(at+".color", s.Color, len("#rrggbbaa"))
	}
}

// sizes are the least and the greatest Size of each effect that has one.
var sizes = map[string][2]float64{
	ShadowEffect:     {-1, 1},
	ReflectionEffect: {0, 1},
	SnowEffect:       {0.25, 4},
	GrainEffect:      {0.5, 16},
	VignetteEffect:   {0.1, 1},
}

func (c *layerCheck) effect() {
	l := c.l
	if !c.oneOf("effect", l.Effect, ShadowEffect, ReflectionEffect, SnowEffect, GrainEffect, VignetteEffect, GradeEffect) {
		return
	}
	if of := l.Effect == ShadowEffect || l.Effect == ReflectionEffect; of && l.Of == "" {
		c.add(c.path+".of", "required", "It must name the layer that this belongs to.")
	}
	c.within(c.path+".strength", l.Strength, 0, 1)
	if r, ok := sizes[l.Effect]; ok && l.Size != 0 {
		c.within(c.path+".size", l.Size, r[0], r[1])
	}
	c.within(c.path+".soft", l.Soft, 0, 0.5)
	c.within(c.path+".angle", l.Angle, -80, 80)
	if l.Seed < 0 || l.Seed > maxSeed {
		c.add(c.path+".seed", "out_of_range", "A seed is 0 to 1073741824.")
	}
	c.color("color", l.Color, len("#rrggbb"))
	if l.Effect == GradeEffect {
		if l.Fill == nil {
			c.add(c.path+".fill", "required", "This field is missing.")
		} else {
			c.fill(*l.Fill, true)
		}
	}
}

// look checks blend mode, opacity and mask.
func (c *layerCheck) look() {
	l := c.l
	if _, ok := blendModes[l.Blend]; !ok {
		c.oneOf("blend", l.Blend, Blends()...)
	}
	c.within(c.path+".opacity", l.Opacity, 0, 1)
	m := l.Mask
	if m == nil {
		return
	}
	path := c.path + ".mask"
	c.oneOf("mask.shape", m.Shape, "rect", "ellipse", "path", "fade")
	c.within(path+".x", m.X, -2, 3)
	c.within(path+".y", m.Y, -2, 3)
	c.within(path+".width", m.Width, 0, 5)
	c.within(path+".height", m.Height, 0, 5)
	c.outline("mask.path", m.Path, m.Shape == "path")
	if m.Angle != 0 && m.Shape != "fade" {
		c.add(path+".angle", "not_for_kind", "Only a fade has an angle.")
	}
	c.within(path+".angle", m.Angle, -MaxRotation, MaxRotation)
	if m.Feather != 0 && m.Shape == "fade" {
		c.add(path+".feather", "not_for_kind", "A fade has no feather.")
	}
	c.within(path+".feather", m.Feather, 0, 0.5)
}
