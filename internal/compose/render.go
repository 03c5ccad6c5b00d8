package compose

import (
	"context"
	"image"
	"math"
	"strconv"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Source gives a composition what its layers name.
type Source struct {
	// Picture is the background; it is scaled to cover the canvas exactly, and
	// what sticks out on two sides is cut off evenly.
	Picture image.Image
	// Mark returns a mark's drawing; an empty variant asks for the first. It
	// should give a *fault.Error when there is none.
	Mark func(mark, variant string) (Drawing, error)
	// Text is how text layers are set.
	Text TextStyle
}

// Boxes returns the place of every layer, in the order of the document. Errors
// are those of Source.Mark and TextStyle.Fit, with the layer's field.
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
	box     Box
	drawing Drawing
	text    raster.Path
	color   raster.Color
}

func (d Document) place(i int, src Source) (placed, error) {
	l := d.Layers[i]
	p := placed{box: Box{X: l.X, Y: l.Y, Width: l.Width, Rotation: l.Rotation}}
	field := func(name string, err error) error {
		path := "layers[" + strconv.Itoa(i) + "]." + name
		if f, ok := fault.As(err); ok && f.Kind != fault.Internal {
			e := fault.New(f.Kind, f.Code, f.Detail).Because(f.Cause).With("path", path)
			for k, v := range f.Args {
				e = e.With(k, v)
			}
			e.Fields = []fault.Field{{Path: path, Code: f.Code, Message: f.Detail}}
			return e
		}
		return err
	}
	switch l.Kind {
	case Picture:
		p.box = Box{Width: float64(d.Width), Height: float64(d.Height)}
	case Mark:
		if src.Mark == nil {
			return p, field("mark", fault.New(fault.Invalid, "mark_unknown", "There is no such mark."))
		}
		drawing, err := src.Mark(l.Mark, l.Variant)
		if err != nil {
			return p, field("mark", err)
		}
		p.drawing = drawing
		p.box.Height = l.Width * drawing.Aspect()
	case Text:
		f, err := src.Text.Fit(l.Text, l.Width)
		if err != nil {
			return p, field("text", err)
		}
		p.box.Height = f.Height
		p.text = f.Outline()
		p.color = src.Text.Color
		if l.Color != "" {
			if p.color, err = raster.ParseHex(l.Color); err != nil {
				return p, field("color", fault.New(fault.Invalid, "color_invalid", "A colour is written like #1f6f5c."))
			}
		}
	}
	return p, nil
}

// paint puts the layer on a canvas; view takes the document's pixels to it.
func (p *placed) paint(c *raster.Canvas, view raster.Matrix) {
	m := view.Mul(p.box.matrix())
	if !p.text.Empty() {
		c.Fill(p.text.Transform(m), raster.Solid(p.color))
	}
	if p.drawing.Width > 0 {
		p.drawing.Draw(c, m.Mul(raster.Scale(p.box.Width/p.drawing.Width, p.box.Height/p.drawing.Height)))
	}
}

// reach returns what the layer may touch, in the document's pixels. Letters may
// stand out of their box; marks never do.
func (p *placed) reach() (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = p.box.Bounds()
	if !p.text.Empty() {
		a, b, c, d := p.text.Transform(p.box.matrix()).Bounds()
		x0, y0, x1, y1 = min(x0, a), min(y0, b), max(x1, c), max(y1, d)
	}
	return x0, y0, x1, y1
}

// Render paints a composition at the size of its canvas.
func Render(ctx context.Context, d Document, src Source) (*image.NRGBA, error) {
	return RenderAt(ctx, d, src, d.Width)
}

// RenderAt paints a composition width pixels wide: marks and letters are drawn
// anew for that size and only the background is resampled. The result is
// opaque, and the same for the same input.
//
// Errors: composition_invalid (see Document.Check); size_out_of_range when a
// side of the result would not be 16 to MaxSide pixels; picture_missing; those
// of Boxes; and the context's.
func RenderAt(ctx context.Context, d Document, src Source, width int) (*image.NRGBA, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	scale := float64(width) / float64(d.Width)
	height := int(math.Round(float64(d.Height) * scale))
	if min(width, height) < 16 || max(width, height) > MaxSide {
		return nil, fault.New(fault.Invalid, "size_out_of_range",
			"The picture would be %d×%d pixels. Ask for a width that keeps both sides between 16 and %d.", width, height, MaxSide)
	}
	if src.Picture == nil || src.Picture.Bounds().Empty() {
		return nil, fault.New(fault.Internal, "picture_missing", "The composition's picture is missing.")
	}
	layers := make([]placed, 0, len(d.Layers))
	for i := range d.Layers {
		p, err := d.place(i, src)
		if err != nil {
			return nil, err
		}
		layers = append(layers, p)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := cover(src.Picture, width, height)
	return out, paintLayers(ctx, out, layers[1:], scale)
}

// stripHeight is how many rows are painted at a time: the floats of a strip
// stay in the processor's cache, and a billboard needs no more memory than a
// postcard.
const stripHeight = 128

// paintLayers paints onto the finished background, strip by strip, and within a
// strip only the columns that some layer reaches.
func paintLayers(ctx context.Context, out *image.NRGBA, layers []placed, scale float64) error {
	w, h := out.Rect.Dx(), out.Rect.Dy()
	type span struct{ x0, y0, x1, y1 int }
	spans := make([]span, len(layers))
	for i := range layers {
		x0, y0, x1, y1 := layers[i].reach()
		spans[i] = span{
			max(0, int(math.Floor(x0*scale))-1), max(0, int(math.Floor(y0*scale))-1),
			min(w, int(math.Ceil(x1*scale))+1), min(h, int(math.Ceil(y1*scale))+1),
		}
	}
	strip := raster.NewCanvas(0, 0)
	for top := 0; top < h; top += stripHeight {
		if err := ctx.Err(); err != nil {
			return err
		}
		bottom := min(h, top+stripHeight)
		left, right := w, 0
		for _, s := range spans {
			if s.x0 < s.x1 && s.y0 < bottom && s.y1 > top {
				left, right = min(left, s.x0), max(right, s.x1)
			}
		}
		if left >= right {
			continue
		}
		area := image.Rect(left, top, right, bottom)
		strip.Load(out, area)
		view := raster.Translate(-float64(left), -float64(top)).Mul(raster.Scale(scale, scale))
		for i := range layers {
			if s := spans[i]; s.x0 < s.x1 && s.y0 < bottom && s.y1 > top {
				layers[i].paint(strip, view)
			}
		}
		strip.Store(out, area.Min)
	}
	return nil
}
