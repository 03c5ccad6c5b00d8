package compose

import (
	"errors"
	"math"
	"strings"

	"marquee/internal/raster"
)

// SVG reads a brand mark from the strict part of SVG that draws the same
// everywhere: paths, basic shapes, groups, transforms, fills, strokes, linear
// and radial gradients, opacity, one-shape clip paths and a viewBox.
//
// Everything else is refused with a *fault.Error whose sentence names it:
// drawing_too_large (over 1 MB, 20,000 path segments, 5,000 elements or 32
// levels), drawing_unreadable (not well-formed, or a value that means nothing),
// drawing_unsafe (scripts, style sheets, links, embedded or outside content,
// entities) and drawing_unsupported (text, filters, masks and the like).
func SVG(data []byte) (Drawing, error) {
	root, err := readTree(data)
	if err != nil {
		return Drawing{}, err
	}
	b := builder{ids: map[string]*element{}, gradients: map[string]*gradient{}}
	b.index(root)
	origin, err := b.viewport(root)
	if err != nil {
		return Drawing{}, err
	}
	s, err := b.inherit(firstStyle(), root)
	if err != nil {
		return Drawing{}, err
	}
	items, err := b.children(root, s, origin)
	if err != nil {
		return Drawing{}, err
	}
	if items, err = b.wrap(root, items, s, origin); err != nil {
		return Drawing{}, err
	}
	d := Drawing{Width: b.width, Height: b.height, items: items}
	d.overflows = itemsOverflow(items, b.width, b.height)
	return d, nil
}

type builder struct {
	ids           map[string]*element
	gradients     map[string]*gradient
	width, height float64
	segments      int
	groups        int
}

func (b *builder) diagonal() float64 {
	return math.Sqrt((b.width*b.width + b.height*b.height) / 2)
}

func (b *builder) index(e *element) {
	if id := e.attrs["id"]; id != "" && b.ids[id] == nil {
		b.ids[id] = e
	}
	for _, c := range e.children {
		b.index(c)
	}
}

// The sides a drawing's own coordinate system may have.
const (
	minExtent = 0.01
	maxExtent = 100_000
)

// viewport finds the drawing's size and the transform that brings its top left
// to 0,0.
func (b *builder) viewport(root *element) (raster.Matrix, error) {
	if root.attrs["transform"] != "" {
		return raster.Identity, unsupported("a transform on its outermost element")
	}
	plain := func(key string) (float64, bool) { return length(root.attrs[key], math.NaN()) }
	w, okW := plain("width")
	h, okH := plain("height")
	m := raster.Identity
	if v := root.attrs["viewBox"]; v != "" {
		box, ok := numbers(v)
		if !ok || len(box) != 4 {
			return m, notDrawing(errors.New("viewBox"))
		}
		if okW && okH && math.Abs(w*box[3]-h*box[2]) > 0.005*h*box[2] {
			return m, unsupported("a width and height of another shape than its viewBox")
		}
		m = raster.Translate(-box[0], -box[1])
		w, h = box[2], box[3]
	} else if !okW || !okH {
		return m, unsupported("no viewBox and no size in pixels")
	}
	if !(w >= minExtent && h >= minExtent && w <= maxExtent && h <= maxExtent) {
		return m, notDrawing(errors.New("size"))
	}
	b.width, b.height = w, h
	return m, nil
}

func (b *builder) children(e *element, s style, m raster.Matrix) ([]item, error) {
	var out []item
	for _, c := range e.children {
		items, err := b.element(c, s, m)
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	return out, nil
}

func (b *builder) element(e *element, s style, m raster.Matrix) ([]item, error) {
	switch e.name {
	case "defs", "title", "desc", "metadata", "linearGradient", "radialGradient", "stop", "clipPath":
		return nil, nil
	}
	if e.attrs["display"] == "none" {
		return nil, nil
	}
	if t := e.attrs["transform"]; t != "" {
		n, ok := transform(t)
		if !ok {
			return nil, notDrawing(errors.New("transform"))
		}
		m = m.Mul(n)
	}
	s, err := b.inherit(s, e)
	if err != nil {
		return nil, err
	}
	var items []item
	if e.name == "g" {
		items, err = b.children(e, s, m)
	} else {
		items, err = b.shape(e, s, m)
	}
	if err != nil {
		return nil, err
	}
	return b.wrap(e, items, s, m)
}

// wrap gives items the opacity and clip path of the element they came from.
func (b *builder) wrap(e *element, items []item, s style, m raster.Matrix) ([]item, error) {
	opacity := 1.0
	if v := e.attrs["opacity"]; v != "" {
		var ok bool
		if opacity, ok = share(v); !ok {
			return nil, notDrawing(errors.New("opacity"))
		}
	}
	clip := e.attrs["clip-path"]
	if len(items) == 0 || opacity == 1 && (clip == "" || clip == "none") {
		return items, nil
	}
	g := group{opacity: opacity, items: items}
	if clip != "" && clip != "none" {
		p, evenOdd, err := b.clipPath(clip, s, m)
		if err != nil {
			return nil, err
		}
		g.clip, g.clipped, g.clipEvenOdd = p, true, evenOdd
	}
	if len(items) == 1 && opacity < 1 {
		// One shape alone needs no picture of its own to be faded.
		if one, ok := items[0].(shape); ok {
			one.opacity *= opacity
			g.items, g.opacity = []item{one}, 1
		}
	}
	if g.opacity < 1 {
		if b.groups++; b.groups > maxGroups {
			return nil, tooComplex("more than 64 see-through groups")
		}
	}
	return []item{g}, nil
}

func (b *builder) clipPath(v string, s style, m raster.Matrix) (raster.Path, bool, error) {
	id, rest, ok := reference(v)
	e := b.ids[id]
	if !ok || rest != "" || e == nil || e.name != "clipPath" {
		return raster.Path{}, false, unsupported("a clip path that is not in the same file")
	}
	if u := e.attrs["clipPathUnits"]; u != "" && u != "userSpaceOnUse" || e.attrs["clip-path"] != "" {
		return raster.Path{}, false, unsupported("a clip path in units of the shape's box")
	}
	var only *element
	for _, c := range e.children {
		switch c.name {
		case "title", "desc", "metadata":
		default:
			if only != nil || c.name == "g" {
				return raster.Path{}, false, unsupported("a clip path of more than one shape")
			}
			only = c
		}
	}
	if only == nil {
		return raster.Path{}, false, nil
	}
	for _, x := range []*element{e, only} {
		if t := x.attrs["transform"]; t != "" {
			n, ok := transform(t)
			if !ok {
				return raster.Path{}, false, notDrawing(errors.New("transform"))
			}
			m = m.Mul(n)
		}
	}
	for _, x := range []*element{e, only} {
		var err error
		if s, err = b.inherit(s, x); err != nil {
			return raster.Path{}, false, err
		}
	}
	p, err := b.outline(only)
	if err != nil {
		return raster.Path{}, false, err
	}
	return p.Transform(m), s.clipEvenOdd, nil
}

func (b *builder) shape(e *element, s style, m raster.Matrix) ([]item, error) {
	p, err := b.outline(e)
	if err != nil || p.Empty() || s.hidden {
		return nil, err
	}
	var out []item
	paint := func(i ink, alpha float64) (raster.Paint, bool) {
		if i.gradient != nil {
			return i.gradient.over(p.TightBounds())
		}
		return raster.Solid(i.color), i.color.A > 0 && alpha > 0
	}
	if !s.fill.none {
		if c, ok := paint(s.fill, s.fillOpacity); ok {
			out = append(out, shape{path: p, matrix: m, paint: c, opacity: s.fillOpacity, evenOdd: s.evenOdd})
		}
	}
	if !s.stroke.none && s.width > 0 {
		if c, ok := paint(s.stroke, s.strokeOpacity); ok {
			// Each dash is an outline of its own.
			if b.segments += 4 * dashes(p, s.dash); b.segments > MaxDrawingSegments {
				return nil, tooComplex("too many dashes")
			}
			out = append(out, shape{path: p, matrix: m, paint: c, opacity: s.strokeOpacity, line: &line{
				width: s.width, limit: s.limit, cap: s.cap, join: s.join, dash: s.dash, offset: s.dashOffset}})
		}
	}
	return out, nil
}

// dashes returns how many pieces a dashed line falls into.
func dashes(p raster.Path, dash []float64) int {
	sum, length := 0.0, 0.0
	for _, v := range dash {
		sum += v
	}
	if !(sum > 0) {
		return 0
	}
	x0, y0, x1, y1 := p.Bounds()
	lines, _ := p.Polylines(max(x1-x0, y1-y0) / 1000)
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			length += l[i].Sub(l[i-1]).Len()
		}
	}
	return int(min(length/sum*float64(len(dash)), MaxDrawingSegments))
}

// outline returns the path of a shape element, in its own units.
func (b *builder) outline(e *element) (raster.Path, error) {
	var p raster.Path
	ok := true
	get := func(key string, whole float64) float64 {
		v := e.attrs[key]
		if v == "" {
			return 0
		}
		n, good := length(v, whole)
		ok = ok && good
		return n
	}
	w, h, d := b.width, b.height, b.diagonal()
	switch e.name {
	case "path":
		p, ok = pathData(strings.TrimSpace(e.attrs["d"]), MaxDrawingSegments)
		if !ok && p.Segments() > MaxDrawingSegments {
			return p, tooComplex("more than 20,000 path segments")
		}
	case "rect":
		x, y, rw, rh := get("x", w), get("y", h), get("width", w), get("height", h)
		rx, ry := get("rx", w), get("ry", h)
		if e.attrs["rx"] == "" || e.attrs["rx"] == "auto" {
			rx = ry
		}
		if e.attrs["ry"] == "" || e.attrs["ry"] == "auto" {
			ry = rx
		}
		if rw > 0 && rh > 0 {
			p = raster.RoundRectXY(x, y, rw, rh, rx, ry)
		}
	case "circle":
		if r := get("r", d); r > 0 {
			p = raster.Circle(get("cx", w), get("cy", h), r)
		}
	case "ellipse":
		if rx, ry := get("rx", w), get("ry", h); rx > 0 && ry > 0 {
			p = raster.Ellipse(get("cx", w), get("cy", h), rx, ry)
		}
	case "line":
		p.MoveTo(get("x1", w), get("y1", h))
		p.LineTo(get("x2", w), get("y2", h))
	case "polyline", "polygon":
		var a []float64
		a, ok = numbers(e.attrs["points"])
		for i := 0; i+1 < len(a); i += 2 {
			if i == 0 {
				p.MoveTo(a[0], a[1])
			} else {
				p.LineTo(a[i], a[i+1])
			}
		}
		if e.name == "polygon" {
			p.Close()
		}
	default:
		return p, unsupported("<" + e.name + "> in this place")
	}
	if !ok {
		return p, notDrawing(errors.New("a number of <" + e.name + ">"))
	}
	if b.segments += p.Segments(); b.segments > MaxDrawingSegments {
		return p, tooComplex("more than 20,000 path segments")
	}
	return p, nil
}
