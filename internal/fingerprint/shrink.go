package fingerprint

import (
	"image"
	"image/color"
)

// widest is the longest side that is filtered. A larger picture is first made
// smaller by a whole number, so that time and memory are bounded.
const widest = 1024

// plane is a picture of numbers from 0 to 255.
type plane struct {
	w, h int
	v    []float32
}

// grey gives the luminance of a picture, as means of squares of pixels if it is
// larger than widest. What is transparent is black, as the reference sees it.
func grey(img image.Image) plane {
	b := img.Bounds()
	by := (max(b.Dx(), b.Dy()) + widest - 1) / widest
	p := plane{w: (b.Dx() + by - 1) / by, h: (b.Dy() + by - 1) / by}
	p.v = make([]float32, p.w*p.h)
	at := func(x, y int) color.RGBA64 {
		r, g, b, a := img.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
	if fast, ok := img.(image.RGBA64Image); ok {
		at = fast.RGBA64At
	}
	for y := range p.h {
		for x := range p.w {
			var sum float32
			n := 0
			for iy := b.Min.Y + y*by; iy < min(b.Min.Y+(y+1)*by, b.Max.Y); iy++ {
				for ix := b.Min.X + x*by; ix < min(b.Min.X+(x+1)*by, b.Max.X); ix++ {
					c := at(ix, iy)
					sum += 0.299*float32(c.R>>8) + 0.587*float32(c.G>>8) + 0.114*float32(c.B>>8)
					n++
				}
			}
			p.v[y*p.w+x] = sum / float32(n)
		}
	}
	return p
}

// shrink gives a square of 64×64 numbers: means over windows, twice in each
// direction, then one number out of many.
func shrink(p plane) *[field][field]float32 {
	other := make([]float32, len(p.v))
	along, down := window(p.w), window(p.h)
	for range 2 {
		for y := range p.h {
			smooth(p.v[y*p.w:], other[y*p.w:], p.w, 1, along)
		}
		for x := range p.w {
			smooth(other[x:], p.v[x:], p.h, p.w, down)
		}
	}
	out := new([field][field]float32)
	for i := range field {
		y := (2*i + 1) * p.h / (2 * field)
		for j := range field {
			out[i][j] = p.v[y*p.w+(2*j+1)*p.w/(2*field)]
		}
	}
	return out
}

// window is half of what one number of the square stands for, rounded up.
func window(side int) int { return (side + 2*field - 1) / (2 * field) }

// smooth writes means over so wide a window of n numbers, which stand stride
// apart. At the edges the window is cut off.
func smooth(in, out []float32, n, stride, wide int) {
	ahead := (wide+2)/2 - 1
	behind := wide - 1 - ahead
	var sum float32
	have := 0
	for i := range min(ahead, n) {
		sum += in[i*stride]
		have++
	}
	for i := range n {
		if i+ahead < n {
			sum += in[(i+ahead)*stride]
			have++
		}
		if gone := i - behind - 1; gone >= 0 {
			sum -= in[gone*stride]
			have--
		}
		out[i*stride] = sum / float32(have)
	}
}
