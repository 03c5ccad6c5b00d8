package compose

import (
	"math"

	"marquee/internal/raster"
)

// gradient is a paint server of a drawing, in its own units.
type gradient struct {
	paint     raster.Paint
	transform raster.Matrix
	// boxed gradients have coordinates from 0 to 1 over the shape's box.
	boxed bool
}

// over returns the paint for a shape with the given box, in the shape's units;
// false when the shape has no extent to stretch the gradient over.
func (g *gradient) over(x0, y0, x1, y1 float64) (raster.Paint, bool) {
	m := g.transform
	if g.boxed {
		if x1 <= x0 || y1 <= y0 {
			return raster.Paint{}, false
		}
		m = raster.Matrix{x1 - x0, 0, 0, y1 - y0, x0, y0}.Mul(m)
	}
	return g.paint.Transform(m), true
}

// maxInherited bounds how many gradients may stand on one another.
const maxInherited = 8

// gradient reads a gradient and what it inherits through href.
func (b *builder) gradient(e *element) (*gradient, error) {
	chain := []*element{e}
	for at := e; at.attrs["href"] != ""; {
		next := b.ids[at.attrs["href"][1:]]
		if next == nil || len(chain) > maxInherited || next.name != "linearGradient" && next.name != "radialGradient" {
			return nil, unsupported("a gradient that refers to another in a way that leads nowhere")
		}
		chain = append(chain, next)
		at = next
	}
	attr := func(key string) string {
		for i, c := range chain {
			// Coordinates are inherited only from the same kind of gradient.
			if v := c.attrs[key]; v != "" && (c.name == e.name || i == 0 || key == "gradientUnits" || key == "gradientTransform" || key == "spreadMethod") {
				return v
			}
		}
		return ""
	}
	g := &gradient{transform: raster.Identity, boxed: true}
	switch attr("gradientUnits") {
	case "", "objectBoundingBox":
	case "userSpaceOnUse":
		g.boxed = false
	default:
		return nil, notDrawing(nil)
	}
	if t := attr("gradientTransform"); t != "" {
		m, ok := transform(t)
		if !ok {
			return nil, notDrawing(nil)
		}
		g.transform = m
	}
	var stops []raster.Stop
	for _, c := range chain {
		s, err := b.stops(c)
		if err != nil {
			return nil, err
		}
		if len(s) > 0 {
			stops = s
			break
		}
	}
	w, h := 1.0, 1.0
	if !g.boxed {
		w, h = b.width, b.height
	}
	good := true
	get := func(key, normal string, whole float64) float64 {
		s := attr(key)
		if s == "" {
			s = normal
		}
		v, ok := length(s, whole)
		good = good && ok
		return v
	}
	if e.name == "linearGradient" {
		from := raster.Point{X: get("x1", "0%", w), Y: get("y1", "0%", h)}
		to := raster.Point{X: get("x2", "100%", w), Y: get("y2", "0%", h)}
		g.paint = raster.Linear(from, to, stops...)
	} else {
		center := raster.Point{X: get("cx", "50%", w), Y: get("cy", "50%", h)}
		r := get("r", "50%", math.Sqrt((w*w+h*h)/2))
		focus := center
		if attr("fx") != "" {
			focus.X = get("fx", "", w)
		}
		if attr("fy") != "" {
			focus.Y = get("fy", "", h)
		}
		g.paint = raster.RadialFocus(center, r, focus, stops...)
	}
	switch attr("spreadMethod") {
	case "", "pad":
	case "repeat":
		g.paint = g.paint.WithSpread(raster.Repeat)
	case "reflect":
		g.paint = g.paint.WithSpread(raster.Reflect)
	default:
		good = false
	}
	if !good {
		return nil, notDrawing(nil)
	}
	return g, nil
}

func (b *builder) stops(e *element) ([]raster.Stop, error) {
	var out []raster.Stop
	least := 0.0
	for _, c := range e.children {
		if c.name != "stop" {
			continue
		}
		at, ok := share(or(c.attrs["offset"], "0"))
		col, ok2 := colour(or(c.attrs["stop-color"], "black"))
		alpha, ok3 := share(or(c.attrs["stop-opacity"], "1"))
		if !ok || !ok2 || !ok3 {
			return nil, notDrawing(nil)
		}
		// An offset below the one before it counts as the same place.
		least = max(least, at)
		out = append(out, raster.Stop{At: least, Color: col.WithAlpha(float64(col.A) * alpha)})
	}
	return out, nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
