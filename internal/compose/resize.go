package compose

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/disintegration/imaging"
)

// Resize returns the picture at another width, its height following (rounded,
// at least 1). Reducing averages first and then resamples, so fine patterns do
// not flicker; enlarging is sharp. A width below 1 counts as 1, and both sides
// are held to MaxSide. The result is a new picture, with its alpha kept.
func Resize(img image.Image, width int) *image.NRGBA {
	b := img.Bounds()
	if b.Empty() {
		return image.NewNRGBA(image.Rectangle{})
	}
	width = max(1, min(width, MaxSide))
	height := max(1, min(MaxSide, int(math.Round(float64(b.Dy())*float64(width)/float64(b.Dx())))))
	if b.Dx() == width && b.Dy() == height {
		return imaging.Clone(img)
	}
	return resample(plain(img), width, height)
}

// resample may return src itself when nothing is to be done.
func resample(src *image.NRGBA, w, h int) *image.NRGBA {
	for src.Rect.Dx() >= 2*w && src.Rect.Dy() >= 2*h {
		src = halve(src)
	}
	if src.Rect.Dx() == w && src.Rect.Dy() == h {
		return plain(src)
	}
	filter := imaging.CatmullRom
	if src.Rect.Dx() < w {
		filter = imaging.Lanczos
	}
	return imaging.Resize(src, w, h, filter)
}

// halve averages blocks of 2×2 pixels, colours weighted by their alpha. An odd
// last row or column is left out.
func halve(src *image.NRGBA) *image.NRGBA {
	w, h := src.Rect.Dx()/2, src.Rect.Dy()/2
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		r0 := src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y+2*y):]
		r1 := src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y+2*y+1):]
		dst := out.Pix[y*out.Stride : (y+1)*out.Stride]
		for x := range w {
			a, b := (*[8]uint8)(r0[x*8:]), (*[8]uint8)(r1[x*8:])
			d := (*[4]uint8)(dst[x*4:])
			if a[3]&a[7]&b[3]&b[7] == 255 {
				for k := range 3 {
					d[k] = uint8((uint32(a[k]) + uint32(a[k+4]) + uint32(b[k]) + uint32(b[k+4]) + 2) / 4)
				}
				d[3] = 255
				continue
			}
			w0, w1, w2, w3 := uint32(a[3]), uint32(a[7]), uint32(b[3]), uint32(b[7])
			sum := w0 + w1 + w2 + w3
			if sum == 0 {
				continue
			}
			for k := range 3 {
				d[k] = uint8((uint32(a[k])*w0 + uint32(a[k+4])*w1 + uint32(b[k])*w2 + uint32(b[k+4])*w3 + sum/2) / sum)
			}
			d[3] = uint8((sum + 2) / 4)
		}
	}
	return out
}

// plain returns the picture as NRGBA at 0,0 with rows one after another, shared
// with img where it is like that already.
func plain(img image.Image) *image.NRGBA {
	if m, ok := img.(*image.NRGBA); ok && m.Rect.Min == (image.Point{}) && m.Stride == 4*m.Rect.Dx() {
		return m
	}
	if isOpaque(img) {
		return opaque(img)
	}
	return imaging.Clone(img)
}

func isOpaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// opaque returns a copy of the picture on white paper, at 0,0.
func opaque(img image.Image) *image.NRGBA {
	b := img.Bounds()
	r := image.Rect(0, 0, b.Dx(), b.Dy())
	out := image.NewNRGBA(r)
	if m, ok := img.(*image.NRGBA); ok && m.Opaque() {
		for y := range r.Dy() {
			copy(out.Pix[y*out.Stride:(y+1)*out.Stride], m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}
		return out
	}
	// Without transparency RGBA and NRGBA are the same bytes, and drawing is
	// fastest onto RGBA.
	sheet := &image.RGBA{Pix: out.Pix, Stride: out.Stride, Rect: r}
	op := draw.Src
	if !isOpaque(img) {
		draw.Draw(sheet, r, image.NewUniform(color.White), image.Point{}, draw.Src)
		op = draw.Over
	}
	if m, ok := img.(*image.NYCbCrA); ok && op == draw.Src {
		img = &m.YCbCr
	}
	draw.Draw(sheet, r, img, b.Min, op)
	return out
}
