package compose

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"marquee/internal/fault"
)

// MaxTile is the largest side of a tile, in pixels.
const MaxTile = 2048

// SizeAt is how large a composition is that is rendered width pixels wide.
func SizeAt(d Document, width int) image.Point {
	if d.Width <= 0 {
		return image.Point{}
	}
	return image.Pt(width, int(math.Round(float64(d.Height)*float64(width)/float64(d.Width))))
}

// RenderTiles paints a composition width pixels wide, up to MaxCanvas a side,
// tile by tile: from left to right and from the top down, each at most size
// pixels wide and high (16 to MaxTile). Each tile's rectangle says where it
// lies. Put together they are what RenderAt would give, and the memory needed
// beside the sources is less than four tiles. A tile's pixels are used again for
// the next one: done must not keep them. An error of done ends the work and is
// returned; the others are those of RenderAt.
func RenderTiles(ctx context.Context, d Document, src Source, width, size int, done func(tile *image.NRGBA) error) error {
	if size < 16 || size > MaxTile {
		return fault.New(fault.Invalid, "size_out_of_range", "A tile has 16 to %d pixels a side.", MaxTile)
	}
	s, err := newScene(d, src, width, MaxCanvas)
	if err != nil {
		return err
	}
	// A strip of floats, a sheet, a stamp and a mirror for each of two workers
	// come to two tiles, and the tile itself is the third.
	s.brushes, s.stripRows = s.brushes[:min(2, len(s.brushes))], max(8, size/16)
	pix := make([]uint8, size*size*4)
	for y := 0; y < s.height; y += size {
		for x := 0; x < s.width; x += size {
			r := image.Rect(x, y, min(s.width, x+size), min(s.height, y+size))
			tile := &image.NRGBA{Pix: pix[:r.Dx()*r.Dy()*4], Stride: r.Dx() * 4, Rect: r}
			if err := s.paint(ctx, tile); err != nil {
				return err
			}
			if err := done(tile); err != nil {
				return err
			}
		}
	}
	return nil
}

// RenderTo writes a composition of any size up to MaxCanvas a side as a PNG or a
// JPEG, in the memory of a band of it. Quality is Encode's. Errors are those of
// RenderAt and of the writer; format_unknown for other formats.
func RenderTo(ctx context.Context, w io.Writer, d Document, src Source, width int, f Format, quality int) error {
	s, err := newScene(d, src, width, MaxCanvas)
	if err != nil {
		return err
	}
	b := &bandImage{ctx: ctx, scene: s}
	switch f {
	case PNG:
		out := &headWriter{w: w, n: 33, change: profiledPNG}
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(out, b)
	case JPEG:
		out := &headWriter{w: w, n: 2, change: profiledJPEG}
		err = jpeg.Encode(out, b, &jpeg.Options{Quality: or100(quality, JPEGQuality)})
	default:
		return fault.New(fault.Invalid, "format_unknown", "A picture of this size comes as png or jpeg. Ask for one of these.")
	}
	if b.err != nil {
		return b.err
	}
	return err
}

// headWriter changes the first n bytes of what is written.
type headWriter struct {
	w      io.Writer
	n      int
	change func([]byte) ([]byte, error)
	head   []byte
}

func (h *headWriter) Write(p []byte) (int, error) {
	if h.change == nil {
		return h.w.Write(p)
	}
	h.head = append(h.head, p...)
	if len(h.head) < h.n {
		return len(p), nil
	}
	out, err := h.change(h.head)
	if err != nil {
		return 0, err
	}
	h.change, h.head = nil, nil
	if _, err := io.Copy(h.w, bytes.NewReader(out)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// bandHeight is how many rows a bandImage keeps; encoders walk down blocks of
// 16 rows.
const bandHeight = 256

// bandImage is a scene as an image that is painted while it is read, from the
// top down. It is opaque and belongs to one goroutine.
type bandImage struct {
	ctx   context.Context
	scene *scene
	band  *image.NRGBA
	err   error
}

func (b *bandImage) ColorModel() color.Model { return color.NRGBAModel }
func (b *bandImage) Bounds() image.Rectangle { return image.Rect(0, 0, b.scene.width, b.scene.height) }
func (b *bandImage) Opaque() bool            { return true }

func (b *bandImage) At(x, y int) color.Color { return b.NRGBAAt(x, y) }

// NRGBAAt is At without an allocation.
func (b *bandImage) NRGBAAt(x, y int) color.NRGBA {
	if b.band == nil || y < b.band.Rect.Min.Y || y >= b.band.Rect.Max.Y {
		b.load(y)
	}
	return b.band.NRGBAAt(x, y)
}

func (b *bandImage) load(y int) {
	top := int(math.Floor(float64(y)/bandHeight)) * bandHeight
	r := image.Rect(0, top, b.scene.width, min(b.scene.height, top+bandHeight))
	if b.band == nil {
		b.band = image.NewNRGBA(image.Rect(0, 0, b.scene.width, bandHeight))
	}
	b.band = &image.NRGBA{Pix: b.band.Pix[:cap(b.band.Pix)][:r.Dx()*r.Dy()*4], Stride: r.Dx() * 4, Rect: r}
	if b.err == nil {
		b.err = b.scene.paint(b.ctx, b.band)
	}
}
