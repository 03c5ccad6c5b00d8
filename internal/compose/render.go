package compose

import (
	"context"
	"image"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Source gives a composition what its layers name. A function may be nil where
// no layer needs it; it should give a *fault.Error when there is no such thing.
type Source struct {
	// Picture is the background; it is scaled to cover the canvas exactly, and
	// what sticks out on two sides is cut off evenly.
	Picture image.Image
	// Mark returns a mark's drawing; an empty variant asks for the first.
	Mark func(mark, variant string) (Drawing, error)
	// Text is how text layers are set.
	Text TextStyle
	// Sticker returns a sticker's drawing; an empty variant asks for the first.
	Sticker func(sticker, variant string) (Drawing, error)
	// Cutout returns a cut-out's picture by its blob id. It must not change
	// while a render runs.
	Cutout func(id string) (image.Image, error)
}

// Render paints a composition at the size of its canvas.
func Render(ctx context.Context, d Document, src Source) (*image.NRGBA, error) {
	return RenderAt(ctx, d, src, d.Width)
}

// RenderAt paints a composition width pixels wide: marks and letters are drawn
// anew for that size and only pictures are resampled. The result is opaque, and
// the same for the same input. For more than MaxSide pixels see RenderTiles.
//
// Errors: composition_invalid (see Document.Check); size_out_of_range when a
// side of the result would not be 16 to MaxSide pixels; picture_missing; those
// of Boxes; and the context's.
func RenderAt(ctx context.Context, d Document, src Source, width int) (*image.NRGBA, error) {
	s, err := newScene(d, src, width, MaxSide)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := image.NewNRGBA(image.Rect(0, 0, s.width, s.height))
	return out, s.paint(ctx, out)
}

// scene is a composition ready to be painted at one size, the whole or a part.
type scene struct {
	width, height int
	scale         float64 // from the document's pixels to the output's
	ground        *scaler
	layers        []*placed // in the order of painting: marks last
	spans         []image.Rectangle
	// stripRows is how many rows are painted at a time.
	stripRows int
	// brushes are one for each worker, kept from one part to the next.
	brushes []brush
}

func newScene(d Document, src Source, width, most int) (*scene, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	scale := float64(width) / float64(d.Width)
	height := SizeAt(d, width).Y
	if min(width, height) < 16 || max(width, height) > most {
		return nil, fault.New(fault.Invalid, "size_out_of_range",
			"The picture would be %d×%d pixels. Ask for a width that keeps both sides between 16 and %d.", width, height, most)
	}
	if src.Picture == nil || src.Picture.Bounds().Empty() {
		return nil, fault.New(fault.Internal, "picture_missing", "The composition's picture is missing.")
	}
	s := &scene{width: width, height: height, scale: scale, stripRows: stripHeight,
		brushes: make([]brush, max(1, min(runtime.GOMAXPROCS(0), maxWorkers)))}
	var err error
	if s.layers, err = d.prepare(src, scale); err != nil {
		return nil, err
	}
	for _, l := range s.layers {
		x0, y0, x1, y1 := l.reach()
		s.spans = append(s.spans, image.Rect(
			int(math.Floor(x0*scale))-1, int(math.Floor(y0*scale))-1,
			int(math.Ceil(x1*scale))+1, int(math.Ceil(y1*scale))+1).
			Intersect(image.Rect(0, 0, width, height)))
	}
	s.ground = coverScaler(src.Picture, width, height)
	return s, nil
}

// stripHeight is how many rows are painted at a time: the floats of a strip
// stay in the processor's cache, and a billboard needs no more memory than a
// postcard.
const stripHeight = 128

// maxWorkers bounds how many strips of one render are painted at a time, and
// with them its memory.
const maxWorkers = 4

// paint paints the part of the scene that out's rectangle names. One part is
// painted at a time.
func (s *scene) paint(ctx context.Context, out *image.NRGBA) error {
	strips := (out.Rect.Dy() + s.stripRows - 1) / s.stripRows
	var next atomic.Int64
	var wg sync.WaitGroup
	for i := range min(len(s.brushes), strips) {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= strips || ctx.Err() != nil {
					return
				}
				top := out.Rect.Min.Y + n*s.stripRows
				s.strip(&s.brushes[i], out, image.Rect(out.Rect.Min.X, top, out.Rect.Max.X, min(out.Rect.Max.Y, top+s.stripRows)))
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// strip paints one strip, and of it only the columns that some layer reaches
// more than the background.
func (s *scene) strip(b *brush, out *image.NRGBA, area image.Rectangle) {
	s.ground.draw(&b.rows, out, area)
	touched := image.Rectangle{}
	for _, span := range s.spans {
		touched = touched.Union(span.Intersect(area))
	}
	if touched.Empty() {
		return
	}
	area.Min.X, area.Max.X = touched.Min.X, touched.Max.X
	b.load(out, area, s.scale)
	for i, l := range s.layers {
		if s.spans[i].Overlaps(area) {
			l.paint(b)
		}
	}
	b.strip.Store(out, area.Min)
}

// brush is what painting a strip needs; one worker uses it again for each.
type brush struct {
	strip  raster.Canvas
	sheet  raster.Canvas // for layers that are put together before they are laid down
	stamp  raster.Canvas // for masks
	mirror raster.Canvas // for reflections
	rows   scalerRows
	area   image.Rectangle // of the output
	scale  float64
	view   raster.Matrix // from the document's pixels to the strip's
}

func (b *brush) load(out *image.NRGBA, area image.Rectangle, scale float64) {
	b.strip.Load(out, area)
	b.area, b.scale = area, scale
	b.view = raster.Translate(-float64(area.Min.X), -float64(area.Min.Y)).Mul(raster.Scale(scale, scale))
}
