package compose

import (
	"context"
	"image"
	"math"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// MarkCover gives where marks have pixels in a composition that is rendered
// width pixels wide, grown by one pixel: 255 where a mark has any ink or is next
// to it, 0 elsewhere. It is what changes of a finished picture, such as a
// watermark, have to spare. The background is not needed and may be missing.
//
// Errors: composition_invalid; size_out_of_range when a side of the picture would
// not be 16 to MaxCanvas pixels; those of Source.Mark; and the context's.
func MarkCover(ctx context.Context, d Document, src Source, width int) (*image.Alpha, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	size := SizeAt(d, width)
	if min(size.X, size.Y) < 16 || max(size.X, size.Y) > MaxCanvas {
		return nil, fault.New(fault.Invalid, "size_out_of_range",
			"The picture would be %d×%d pixels. Ask for a width that keeps both sides between 16 and %d.", size.X, size.Y, MaxCanvas)
	}
	out := image.NewAlpha(image.Rectangle{Max: size})
	scale := float64(width) / float64(d.Width)
	var strip raster.Canvas
	for i, l := range d.Layers {
		if l.Kind != Mark {
			continue
		}
		p, err := d.place(i, src)
		if err != nil {
			return nil, err
		}
		x0, y0, x1, y1 := p.reach()
		span := image.Rect(
			int(math.Floor(x0*scale))-1, int(math.Floor(y0*scale))-1,
			int(math.Ceil(x1*scale))+1, int(math.Ceil(y1*scale))+1).Intersect(out.Rect)
		// In strips, so that a mark on a billboard needs no more than a postcard's.
		for top := span.Min.Y; top < span.Max.Y; top += stripHeight {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			area := image.Rect(span.Min.X, top, span.Max.X, min(span.Max.Y, top+stripHeight))
			strip.Reset(area.Dx(), area.Dy())
			view := raster.Translate(-float64(area.Min.X), -float64(area.Min.Y)).Mul(raster.Scale(scale, scale))
			p.lay(&strip, nil, view)
			cover(out, &strip, area.Min)
		}
	}
	return out, ctx.Err()
}

// cover marks the pixels of a strip that have any ink, and those round them.
func cover(out *image.Alpha, strip *raster.Canvas, at image.Point) {
	for y := range strip.H {
		for x := range strip.W {
			if strip.Pix[(y*strip.W+x)*4+3] <= 0 {
				continue
			}
			px, py := at.X+x, at.Y+y
			x0, x1 := max(px-1, out.Rect.Min.X), min(px+2, out.Rect.Max.X)
			for row := max(py-1, out.Rect.Min.Y); row < min(py+2, out.Rect.Max.Y); row++ {
				line := out.Pix[out.PixOffset(x0, row):]
				for n := range x1 - x0 {
					line[n] = 255
				}
			}
		}
	}
}
