package compose

import (
	"image"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// The colours of a label: white on a plate of almost black, 17.8 to 1 by WCAG's
// formula whatever the picture is, and a hairline round the plate that shows its
// edge on dark pictures. They are the same on every tile of a billboard.
var (
	labelPlate = raster.Hex("#14181d")
	labelInk   = raster.White
	labelRim   = raster.White.WithAlpha(0.34)
)

// DrawLabel burns a label into a picture of a size, at the place that PlaceLabel
// gave for the same size. The image may be all of it or a part, such as a tile:
// its rectangle says which. No pixel outside of at is touched. Faults are those
// of PlaceLabel, and label_unknown if the label does not fit at.
func DrawLabel(img *image.NRGBA, size image.Point, at image.Rectangle, l Label, style TextStyle) error {
	b, err := l.at(at, style, size)
	if err != nil {
		return err
	}
	part := at.Intersect(img.Rect)
	if part.Empty() {
		return nil
	}
	var c raster.Canvas
	c.Load(img, part)
	b.paint(&c, raster.Translate(float64(at.Min.X-part.Min.X), float64(at.Min.Y-part.Min.Y)))
	c.Store(img, part.Min)
	return nil
}

// labels puts labels on a printed page as vectors; view takes the pixels of the
// picture that they were placed on to points.
func (p *pdfPage) labels(labels []PlacedLabel, size image.Point, view raster.Matrix) error {
	if len(labels) == 0 {
		return nil
	}
	style, err := LabelStyle()
	if err != nil {
		return err
	}
	for _, l := range labels {
		b, err := l.Label.at(l.At, style, size)
		if err != nil {
			return err
		}
		m := view.Mul(raster.Translate(float64(l.At.Min.X), float64(l.At.Min.Y)))
		for _, s := range b.shapes() {
			p.fill(s.path.Transform(m), raster.Solid(s.color), 1, s.evenOdd)
		}
	}
	return p.err
}

// at lays a label out for the place that it was given.
func (l Label) at(at image.Rectangle, style TextStyle, size image.Point) (labelBox, error) {
	b, err := l.lay(style, size)
	if err == nil && (at.Dx() != b.width || at.Dy() != b.height || !at.In(image.Rectangle{Max: size})) {
		err = fault.New(fault.Internal, "label_unknown", "The label is %d×%d pixels and its place %v, on a picture of %v.", b.width, b.height, at, size)
	}
	return b, err
}

// paint paints the label through a matrix that takes its plate to the canvas.
func (b labelBox) paint(c *raster.Canvas, m raster.Matrix) {
	for _, p := range b.shapes() {
		var opts []raster.Option
		if p.evenOdd {
			opts = append(opts, raster.EvenOdd())
		}
		c.Fill(p.path.Transform(m), raster.Solid(p.color), opts...)
	}
}

// labelShape is one fill of a label.
type labelShape struct {
	path    raster.Path
	color   raster.Color
	evenOdd bool
}

// shapes are the label's fills in the order of painting.
func (b labelBox) shapes() []labelShape {
	w, h := float64(b.width), float64(b.height)
	rim := max(1, h/48)
	ring := raster.RoundRect(0, 0, w, h, b.radius)
	ring.Append(raster.RoundRect(rim, rim, w-2*rim, h-2*rim, b.radius-rim))
	out := []labelShape{
		{raster.RoundRect(0, 0, w, h, b.radius), labelPlate, false},
		{ring, labelRim, true},
	}
	if b.icon != "" {
		out = append(out, labelShape{labelIcon(b.icon, b.side).Transform(raster.Translate(b.iconX, b.iconY)), labelInk, true})
	}
	return append(out, labelShape{b.words, labelInk, false})
}
