package compose

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/disintegration/imaging"
)

// Resize returns the picture at another width, its height following (rounded,
// at least 1). Reducing averages light first and then resamples, so fine patterns
// neither flicker nor darken; enlarging is sharp. A width below 1 counts as 1, and both sides
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
	src, parts := plain(img), 3
	if !src.Opaque() {
		parts = 4
	}
	return newScaler(src, width, height, parts).all(width, height)
}

// halve averages the light of blocks of 2×2 pixels, weighted by their alpha. An
// odd last row or column is left out.
func halve(src *image.NRGBA) *image.NRGBA {
	w, h := src.Rect.Dx()/2, src.Rect.Dy()/2
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	sideBySide(h, func(y0, y1 int) {
		for y := y0; y < y1; y++ {
			halveRow(out.Pix[y*out.Stride:(y+1)*out.Stride],
				src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y+2*y):],
				src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y+2*y+1):])
		}
	})
	return out
}

func halveRow(dst, above, below []uint8) {
	in, encoded := &asLight.in, &asLight.out
	for x := range len(dst) / 4 {
		a, b := (*[8]uint8)(above[x*8:]), (*[8]uint8)(below[x*8:])
		d := (*[4]uint8)(dst[x*4:])
		if a[3]&a[7]&b[3]&b[7] == 255 {
			d[0] = encoded[(in[a[0]]+in[a[4]]+in[b[0]]+in[b[4]]+2)>>2]
			d[1] = encoded[(in[a[1]]+in[a[5]]+in[b[1]]+in[b[5]]+2)>>2]
			d[2] = encoded[(in[a[2]]+in[a[6]]+in[b[2]]+in[b[6]]+2)>>2]
			d[3] = 255
			continue
		}
		w0, w1, w2, w3 := int32(a[3]), int32(a[7]), int32(b[3]), int32(b[7])
		sum := w0 + w1 + w2 + w3
		if sum == 0 {
			continue
		}
		for k := range 3 {
			d[k] = encoded[(in[a[k]]*w0+in[a[k+4]]*w1+in[b[k]]*w2+in[b[k+4]]*w3+sum/2)/sum]
		}
		d[3] = uint8((sum + 2) / 4)
	}
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
