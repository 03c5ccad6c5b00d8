package compose

import (
	"image"
	"strconv"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Boxes returns the place of every layer, in the order of the document; an
// effect's is the canvas. Errors are those of the Source's functions and of
// TextStyle.FitLines, with the layer's field.
func (d Document) Boxes(src Source) ([]Box, error) {
	out := make([]Box, len(d.Layers))
	for i := range d.Layers {
		p, err := d.place(i, src)
		if err != nil {
			return nil, err
		}
		out[i] = p.box
	}
	return out, nil
}

// placed is a layer with all that painting it needs.
type placed struct {
	layer   Layer
	box     Box
	drawing Drawing      // of a mark or a sticker
	cutout  image.Image  // as it was given
	picture *image.NRGBA // the cut-out, no finer than it is shown
	outline raster.Path  // of a text or a shape, in the box
	ink     raster.Paint // of the outline, in the box
	of      *placed
	effect  effect
}

// field puts a layer's field into an error that came from elsewhere.
func (d Document) field(i int, name string, err error) error {
	path := "layers[" + strconv.Itoa(i) + "]." + name
	f, ok := fault.As(err)
	if !ok || f.Kind == fault.Internal {
		return err
	}
	e := fault.New(f.Kind, f.Code, "%s", f.Detail).Because(f.Cause).With("path", path)
	for k, v := range f.Args {
		e = e.With(k, v)
	}
	e.Fields = []fault.Field{{Path: path, Code: f.Code, Message: f.Detail}}
	return e
}

func (d Document) place(i int, src Source) (placed, error) {
	l := d.Layers[i]
	p := placed{layer: l, box: Box{X: l.X, Y: l.Y, Width: l.Width, Height: l.Height, Rotation: l.Rotation}}
	var err error
	switch l.Kind {
	case Picture, Effect:
		p.box = Box{Width: float64(d.Width), Height: float64(d.Height)}
	case Mark:
		p.drawing, err = named(src.Mark, l.Mark, l.Variant, "mark_unknown", "There is no such mark.")
		if err != nil {
			return p, d.field(i, "mark", err)
		}
		p.box.Height = l.Width * p.drawing.Aspect()
	case Sticker:
		p.drawing, err = named(src.Sticker, l.Sticker, l.Variant, "sticker_unknown", "There is no such sticker.")
		if err != nil {
			return p, d.field(i, "sticker", err)
		}
		p.box.Height = l.Width * p.drawing.Aspect()
	case Cutout:
		if err := p.cut(src); err != nil {
			return p, d.field(i, "cutout", err)
		}
	case Shape:
		if err := p.trace(); err != nil {
			return p, d.field(i, "shape", err)
		}
	case Text:
		f, err := src.Text.FitLines(l.Text, l.Width, l.Lines, l.Align)
		if err != nil {
			return p, d.field(i, "text", err)
		}
		p.box.Height = f.Height
		p.outline = f.Outline()
		color := src.Text.Color
		if l.Color != "" {
			if color, err = raster.ParseHex(l.Color); err != nil {
				return p, d.field(i, "color", fault.New(fault.Invalid, "color_invalid", "A colour is written like #1f6f5c."))
			}
		}
		p.ink = raster.Solid(color)
	}
	return p, nil
}

func named(get func(name, variant string) (Drawing, error), name, variant, code, message string) (Drawing, error) {
	if get == nil {
		return Drawing{}, fault.New(fault.Invalid, code, "%s", message)
	}
	return get(name, variant)
}

func (p *placed) cut(src Source) error {
	if src.Cutout == nil {
		return fault.New(fault.Invalid, "cutout_unknown", "There is no such cut-out.")
	}
	img, err := src.Cutout(p.layer.Cutout)
	if err != nil {
		return err
	}
	if img == nil || img.Bounds().Empty() {
		return fault.New(fault.Invalid, "cutout_empty", "The cut-out has no pixels.")
	}
	p.cutout = img
	b := img.Bounds()
	p.box.Height = p.box.Width * float64(b.Dy()) / float64(b.Dx())
	return nil
}

// trace makes a shape's outline and its paint, in the box.
func (p *placed) trace() error {
	l, w, h := p.layer, p.box.Width, p.box.Height
	switch l.Shape {
	case "rect":
		p.outline = raster.RoundRect(0, 0, w, h, min(l.Radius, w/2, h/2))
	case "ellipse":
		p.outline = raster.Ellipse(w/2, h/2, w/2, h/2)
	case "path":
		var ok bool
		if p.outline, ok = pathIn(l.Path, w, h); !ok {
			return fault.New(fault.Invalid, "path_invalid", "It must be an SVG path of at most 512 segments, from -1000 to 1000.")
		}
	}
	var err error
	p.ink, err = l.Fill.paint(w, h)
	return err
}

// paint returns the fill over a box of w×h.
func (f *Fill) paint(w, h float64) (raster.Paint, error) {
	invalid := fault.New(fault.Invalid, "color_invalid", "A colour is written like #1f6f5c.")
	if f == nil {
		return raster.Paint{}, invalid
	}
	if f.Color != "" {
		c, err := raster.ParseHex(f.Color)
		if err != nil {
			return raster.Paint{}, invalid
		}
		return raster.Solid(c), nil
	}
	stops, err := f.ramp()
	if err != nil {
		return raster.Paint{}, invalid
	}
	center := raster.Point{X: w / 2, Y: h / 2}
	if f.Gradient == "radial" {
		// The ellipse touches the sides of the box; what is outside has the last colour.
		m := raster.Matrix{w / 2, 0, 0, h / 2, center.X, center.Y}
		return raster.Radial(raster.Point{}, 1, stops...).Transform(m), nil
	}
	half := gradientReach(w, h, f.Angle)
	d := raster.Polar(half, f.Angle)
	return raster.Linear(center.Sub(d), center.Add(d), stops...), nil
}

func (f *Fill) ramp() ([]raster.Stop, error) {
	stops := make([]raster.Stop, len(f.Stops))
	for i, s := range f.Stops {
		c, err := raster.ParseHex(s.Color)
		if err != nil {
			return nil, err
		}
		stops[i] = raster.Stop{At: s.At, Color: c}
	}
	return stops, nil
}
