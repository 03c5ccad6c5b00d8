package nsfw

import (
	"image"
	"image/color"
)

// Side is how many pixels wide and high the model sees a picture.
const Side = 224

// shrink fills in with a picture as the model was made to see it: squeezed into
// a square by bilinear sampling whose corners are the picture's corners (as
// nsfwjs does it), red, green and blue from 0 to 1. What is transparent shows
// white behind it.
func shrink(img image.Image, in []float32) {
	b := img.Bounds()
	at := pixels(img)
	sy, sx := ratio(b.Dy()), ratio(b.Dx())
	p := 0
	for y := range Side {
		fy := float32(y) * sy
		y0 := int(fy)
		y1 := min(y0+1, b.Dy()-1)
		ty := fy - float32(y0)
		for x := range Side {
			fx := float32(x) * sx
			x0 := int(fx)
			x1 := min(x0+1, b.Dx()-1)
			tx := fx - float32(x0)
			a, c := at(b.Min.X+x0, b.Min.Y+y0), at(b.Min.X+x1, b.Min.Y+y0)
			d, e := at(b.Min.X+x0, b.Min.Y+y1), at(b.Min.X+x1, b.Min.Y+y1)
			for i := range 3 {
				top, bottom := a[i]+(c[i]-a[i])*tx, d[i]+(e[i]-d[i])*tx
				in[p] = top + (bottom-top)*ty
				p++
			}
		}
	}
}

func ratio(side int) float32 { return float32(side-1) / (Side - 1) }

// pixels gives a reader of one pixel, without an allocation for each where the
// picture allows it.
func pixels(img image.Image) func(x, y int) [3]float32 {
	if wide, ok := img.(image.RGBA64Image); ok {
		return func(x, y int) [3]float32 { return onWhite(wide.RGBA64At(x, y)) }
	}
	return func(x, y int) [3]float32 {
		r, g, b, a := img.At(x, y).RGBA()
		return onWhite(color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)})
	}
}

// onWhite lays a colour, which is multiplied with its alpha, on white.
func onWhite(c color.RGBA64) [3]float32 {
	rest := 0xffff - uint32(c.A)
	return [3]float32{share(uint32(c.R) + rest), share(uint32(c.G) + rest), share(uint32(c.B) + rest)}
}

func share(v uint32) float32 { return float32(v>>8) / 255 }
