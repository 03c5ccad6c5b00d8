package compose

import (
	"image"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// The colours of a label: white on a plate of almost black, 17.4 to 1 by WCAG's
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
	b, err := l.lay(style, size)
	if err != nil {
		return err
	}
	if at.Dx() != b.width || at.Dy() != b.height || !at.In(image.Rectangle{Max: size}) {
		return fault.New(fault.Internal, "label_unknown", "The label is %d×%d pixels and its place %v, on a picture of %v.", b.width, b.height, at, size)
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
