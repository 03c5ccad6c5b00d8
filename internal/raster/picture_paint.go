package raster

import (
	"image"
	"math"
)

// PatternImage is Pattern for an 8-bit picture that stays as it is: it takes a
// quarter of the memory of a canvas. Shrinking by more than half should be done
// before; here it averages no blocks. The picture must not change while the
// paint is in use.
func PatternImage(src *image.NRGBA, m Matrix) Paint {
	inv, ok := m.Invert()
	if !ok || src == nil || src.Rect.Empty() {
		return Paint{}
	}
	return Paint{kind: paintPicture, inv: inv, img: src}
}

// DrawImage paints an 8-bit picture through the transform m, which takes its
// pixels, 0,0 at its top left, to the canvas's. See PatternImage and Draw.
func (c *Canvas) DrawImage(src *image.NRGBA, m Matrix, opts ...Option) {
	if src == nil || src.Rect.Empty() {
		return
	}
	w, h := float64(src.Rect.Dx()), float64(src.Rect.Dy())
	c.Fill(Rect(0, 0, w, h).Transform(m), PatternImage(src, m), opts...)
}

// sampleImageRow is sampleRow for an 8-bit picture.
func sampleImageRow(dst []float32, m *image.NRGBA, u, v, du, dv float64) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	at := func(x, y int) (r, g, b, a float32) {
		p := (*[4]uint8)(m.Pix[y*m.Stride+x*4:])
		a = unit[p[3]]
		return unit[p[0]] * a, unit[p[1]] * a, unit[p[2]] * a, a
	}
	// Whole steps need no mixing.
	whole := du == 1 && dv == 0 && u == math.Floor(u) && v == math.Floor(v)
	for i := 0; i+3 < len(dst); i += 4 {
		x, y := max(0, min(float64(w-1), u)), max(0, min(float64(h-1), v))
		x0, y0 := int(x), int(y)
		d := (*[4]float32)(dst[i:])
		u += du
		v += dv
		if whole {
			d[0], d[1], d[2], d[3] = at(x0, y0)
			continue
		}
		fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
		x1, y1 := min(x0+1, w-1), min(y0+1, h-1)
		ar, ag, ab, aa := at(x0, y0)
		br, bg, bb, ba := at(x1, y0)
		er, eg, eb, ea := at(x0, y1)
		fr, fg, fb, fa := at(x1, y1)
		d[0] = mix4(ar, br, er, fr, fx, fy)
		d[1] = mix4(ag, bg, eg, fg, fx, fy)
		d[2] = mix4(ab, bb, eb, fb, fx, fy)
		d[3] = mix4(aa, ba, ea, fa, fx, fy)
	}
}

func mix4(a, b, e, f, fx, fy float32) float32 {
	p := a + (b-a)*fx
	q := e + (f-e)*fx
	return p + (q-p)*fy
}
