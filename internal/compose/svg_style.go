package compose

import (
	"strings"

	"marquee/internal/raster"
)

// ink is what a fill or stroke is done with: nothing, a colour or a gradient.
type ink struct {
	none     bool
	color    raster.Color
	gradient *gradient
}

// style is the part of an element's look that its children inherit.
type style struct {
	fill, stroke               ink
	fillOpacity, strokeOpacity float64
	evenOdd, clipEvenOdd       bool
	width, limit               float64
	cap                        raster.Cap
	join                       raster.Join
	dash                       []float64
	dashOffset                 float64
	hidden                     bool
	current                    raster.Color
}

func firstStyle() style {
	return style{
		fill: ink{color: raster.Black}, stroke: ink{none: true},
		fillOpacity: 1, strokeOpacity: 1, width: 1, limit: 4,
		cap: raster.ButtCap, join: raster.MiterJoin, current: raster.Black,
	}
}

var caps = map[string]raster.Cap{"butt": raster.ButtCap, "round": raster.RoundCap, "square": raster.SquareCap}

var joins = map[string]raster.Join{"miter": raster.MiterJoin, "round": raster.RoundJoin, "bevel": raster.BevelJoin}

var rules = map[string]bool{"nonzero": false, "evenodd": true}

// inherit returns the style of an element inside one with the style s.
func (b *builder) inherit(s style, e *element) (style, error) {
	diagonal := b.diagonal()
	if v := e.attrs["color"]; v != "" && v != "inherit" {
		c, ok := colour(v)
		if !ok {
			return s, unsupported("the colour “" + clip(v) + "”")
		}
		s.current = c
	}
	var err error
	for key, to := range map[string]*ink{"fill": &s.fill, "stroke": &s.stroke} {
		if v := e.attrs[key]; v != "" && v != "inherit" {
			if *to, err = b.ink(v, s.current); err != nil {
				return s, err
			}
		}
	}
	good := true
	given := func(key string) (string, bool) {
		v := e.attrs[key]
		return v, v != "" && v != "inherit"
	}
	for key, to := range map[string]*float64{"fill-opacity": &s.fillOpacity, "stroke-opacity": &s.strokeOpacity} {
		if v, ok := given(key); ok {
			*to, ok = share(v)
			good = good && ok
		}
	}
	for key, to := range map[string]*float64{"stroke-width": &s.width, "stroke-miterlimit": &s.limit, "stroke-dashoffset": &s.dashOffset} {
		if v, ok := given(key); ok {
			*to, ok = length(v, diagonal)
			good = good && ok
		}
	}
	for key, to := range map[string]*bool{"fill-rule": &s.evenOdd, "clip-rule": &s.clipEvenOdd} {
		if v, ok := given(key); ok {
			*to, ok = rules[v]
			good = good && ok
		}
	}
	if v, ok := given("stroke-linecap"); ok {
		s.cap, ok = caps[v]
		good = good && ok
	}
	if v, ok := given("stroke-linejoin"); ok {
		s.join, ok = joins[v]
		good = good && ok
	}
	if v, ok := given("stroke-dasharray"); ok {
		s.dash = nil
		if v != "none" {
			s.dash, ok = numbers(strings.ReplaceAll(v, "px", ""))
			good = good && ok
		}
	}
	if v, ok := given("visibility"); ok {
		s.hidden = v != "visible"
	}
	if !good {
		return s, notDrawing(nil)
	}
	return s, nil
}

func (b *builder) ink(v string, current raster.Color) (ink, error) {
	switch {
	case v == "none":
		return ink{none: true}, nil
	case v == "currentColor":
		return ink{color: current}, nil
	case strings.HasPrefix(v, "url("):
		id, rest, ok := reference(v)
		e := b.ids[id]
		if !ok || rest != "" || e == nil || e.name != "linearGradient" && e.name != "radialGradient" {
			return ink{}, unsupported("a paint that is not a gradient of the same file")
		}
		if g := b.gradients[id]; g != nil {
			return ink{gradient: g}, nil
		}
		g, err := b.gradient(e)
		if err != nil {
			return ink{}, err
		}
		b.gradients[id] = g
		return ink{gradient: g}, nil
	}
	c, ok := colour(v)
	if !ok {
		return ink{}, unsupported("the colour “" + clip(v) + "”")
	}
	return ink{color: c}, nil
}

// reference takes url(#id) apart and returns what follows it.
func reference(v string) (id, rest string, ok bool) {
	inner, rest, ok := strings.Cut(strings.TrimPrefix(v, "url("), ")")
	inner = strings.Trim(strings.TrimSpace(inner), `'"`)
	id, hash := strings.CutPrefix(inner, "#")
	return id, strings.TrimSpace(rest), ok && hash && id != ""
}
