package compose

import (
	"image"
	"math"
)

// Calm tells where a picture is calm and how light it is there, for finding
// room for marks and letters. It is measured once on a small copy, and asked
// for any box in no time.
type Calm struct {
	w, h          int
	sx, sy        float64 // from the canvas's pixels to the copy's
	unrest, light []float64
}

// calmSide bounds the copy's longer side.
const calmSide = 256

// ReadCalm measures a picture as it covers a canvas of w×h pixels.
func ReadCalm(picture image.Image, w, h int) *Calm {
	k := min(1, calmSide/float64(max(w, h)))
	cw, ch := max(4, int(math.Round(float64(w)*k))), max(4, int(math.Round(float64(h)*k)))
	small := image.NewNRGBA(image.Rect(0, 0, cw, ch))
	var rows scalerRows
	coverScaler(picture, cw, ch).draw(&rows, small, small.Rect)
	gray := make([]float64, cw*ch)
	for i := range gray {
		p := small.Pix[i*4:]
		gray[i] = (0.2126*float64(p[0]) + 0.7152*float64(p[1]) + 0.0722*float64(p[2])) / 255
	}
	c := &Calm{w: cw, h: ch, sx: float64(cw) / float64(w), sy: float64(ch) / float64(h)}
	c.light = integral(cw, ch, func(x, y int) float64 { return gray[y*cw+x] })
	squares := integral(cw, ch, func(x, y int) float64 { return gray[y*cw+x] * gray[y*cw+x] })
	at := func(x, y int) float64 { return gray[max(0, min(ch-1, y))*cw+max(0, min(cw-1, x))] }
	c.unrest = integral(cw, ch, func(x, y int) float64 {
		gx := at(x+1, y-1) + 2*at(x+1, y) + at(x+1, y+1) - at(x-1, y-1) - 2*at(x-1, y) - at(x-1, y+1)
		gy := at(x-1, y+1) + 2*at(x, y+1) + at(x+1, y+1) - at(x-1, y-1) - 2*at(x, y-1) - at(x+1, y-1)
		// Local contrast finds texture that has no strong edge.
		x0, y0, x1, y1 := max(0, x-4), max(0, y-4), min(cw, x+5), min(ch, y+5)
		n := float64((x1 - x0) * (y1 - y0))
		mean := boxSum(c.light, cw, x0, y0, x1, y1) / n
		spread := math.Sqrt(max(0, boxSum(squares, cw, x0, y0, x1, y1)/n-mean*mean))
		return min(1, math.Hypot(gx, gy)*0.6+spread*2)
	})
	return c
}

// integral returns sums over all above and to the left, (w+1)×(h+1) of them.
func integral(w, h int, v func(x, y int) float64) []float64 {
	out := make([]float64, (w+1)*(h+1))
	for y := range h {
		row := 0.0
		for x := range w {
			row += v(x, y)
			out[(y+1)*(w+1)+x+1] = out[y*(w+1)+x+1] + row
		}
	}
	return out
}

func boxSum(s []float64, w, x0, y0, x1, y1 int) float64 {
	w++
	return s[y1*w+x1] - s[y0*w+x1] - s[y1*w+x0] + s[y0*w+x0]
}

func (c *Calm) mean(s []float64, x, y, w, h float64) float64 {
	x0 := max(0, min(c.w-1, int(math.Floor(x*c.sx))))
	y0 := max(0, min(c.h-1, int(math.Floor(y*c.sy))))
	x1 := max(x0+1, min(c.w, int(math.Ceil((x+w)*c.sx))))
	y1 := max(y0+1, min(c.h, int(math.Ceil((y+h)*c.sy))))
	return boxSum(s, c.w, x0, y0, x1, y1) / float64((x1-x0)*(y1-y0))
}

// Unrest returns how restless the picture is in a box of canvas pixels: 0 where
// it is even, 1 where it is all edges.
func (c *Calm) Unrest(x, y, w, h float64) float64 { return c.mean(c.unrest, x, y, w, h) }

// Light returns the mean lightness in a box of canvas pixels, of sRGB-encoded
// values from 0 to 1.
func (c *Calm) Light(x, y, w, h float64) float64 { return c.mean(c.light, x, y, w, h) }
