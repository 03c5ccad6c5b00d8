package raster

import (
	"image"
	"image/color"
	"image/draw"
)

// bayer is the 8×8 ordered dither, as fractions of an 8-bit step just short of
// ±½: a value that 8 bits can hold exactly is never changed by it.
var bayer = func() (m [8][8]float32) {
	for y := range 8 {
		for x := range 8 {
			v := 0
			for bit := range 3 {
				xb, yb := x>>bit&1, y>>bit&1
				v |= (xb ^ yb) << (5 - 2*bit)
				v |= yb << (4 - 2*bit)
			}
			m[y][x] = ((float32(v)+0.5)/64 - 0.5) * 0.98
		}
	}
	return
}()

func to8(v, dither float32) uint8 {
	v = v*255 + 0.5 + dither
	if v <= 0 {
		return 0
	}
	if v >= 255 {
		return 255
	}
	return uint8(v)
}

// Image returns the canvas as 8-bit sRGB with straight alpha. Values between
// two steps are dithered, always in the same way; flat colours that 8 bits can
// hold come out exactly.
func (c *Canvas) Image() *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, c.W, c.H))
	c.Store(m, image.Point{})
	return m
}

// Load makes the canvas a copy of the part of an 8-bit picture inside area,
// which is cut to the picture's bounds. What was on the canvas is gone; its
// memory is used again.
func (c *Canvas) Load(src *image.NRGBA, area image.Rectangle) {
	area = area.Intersect(src.Rect)
	c.W, c.H = area.Dx(), area.Dy()
	c.Pix = grow(c.Pix, c.W*c.H*4)
	for y := range c.H {
		c.fromNRGBA(y, src.Pix[src.PixOffset(area.Min.X, area.Min.Y+y):])
	}
}

// Store writes the canvas into an 8-bit picture with its top left at the given
// point, as Image would; what lies outside the picture is left out. The dither
// follows the picture's own pixels, so that parts stored one by one fit.
func (c *Canvas) Store(dst *image.NRGBA, at image.Point) {
	area := image.Rect(at.X, at.Y, at.X+c.W, at.Y+c.H).Intersect(dst.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := c.Pix[((y-at.Y)*c.W+area.Min.X-at.X)*4:]
		storeRow(dst.Pix[dst.PixOffset(area.Min.X, y):], row, area.Dx(), area.Min.X, y)
	}
}

func storeRow(dst []uint8, src []float32, n, x0, y int) {
	th := &bayer[y&7]
	for x := range n {
		s, d, t := (*[4]float32)(src[x*4:]), (*[4]uint8)(dst[x*4:]), th[(x0+x)&7]
		switch a := s[3]; {
		case a >= 1:
			d[0], d[1], d[2], d[3] = to8(s[0], t), to8(s[1], t), to8(s[2], t), 255
		case a > 0:
			k := 1 / a
			d[0], d[1], d[2], d[3] = to8(s[0]*k, t), to8(s[1]*k, t), to8(s[2]*k, t), to8(a, t)
		default:
			*d = [4]uint8{}
		}
	}
}

// RGBA is Image with premultiplied alpha, as many encoders and image/draw like
// it best.
func (c *Canvas) RGBA() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, c.W, c.H))
	for y := range c.H {
		src, dst := c.Pix[y*c.W*4:(y+1)*c.W*4], m.Pix[y*m.Stride:]
		th := &bayer[y&7]
		for x := range c.W {
			s, d, t := (*[4]float32)(src[x*4:]), (*[4]uint8)(dst[x*4:]), th[x&7]
			a := to8(s[3], t)
			d[0], d[1], d[2], d[3] = min(a, to8(s[0], t)), min(a, to8(s[1], t)), min(a, to8(s[2], t)), a
		}
	}
	return m
}

// FromImage copies any picture onto a new canvas, its top left to 0,0.
func FromImage(src image.Image) *Canvas {
	b := src.Bounds()
	c := NewCanvas(b.Dx(), b.Dy())
	switch m := src.(type) {
	case *image.NRGBA:
		for y := range c.H {
			c.fromNRGBA(y, m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.RGBA:
		for y := range c.H {
			c.fromRGBA(y, m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}
	case *image.Paletted, *image.NRGBA64:
		for y := range c.H {
			for x := range c.W {
				p := color.NRGBA64Model.Convert(src.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA64)
				c.Set(x, y, Color{float32(p.R) / 65535, float32(p.G) / 65535, float32(p.B) / 65535, float32(p.A) / 65535})
			}
		}
	default:
		line := image.NewRGBA(image.Rect(0, 0, c.W, 1))
		for y := range c.H {
			draw.Draw(line, line.Rect, src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
			c.fromRGBA(y, line.Pix)
		}
	}
	return c
}

func (c *Canvas) fromNRGBA(y int, src []uint8) {
	dst := c.Pix[y*c.W*4 : (y+1)*c.W*4]
	for i := 0; i+3 < len(dst); i += 4 {
		a := unit[src[i+3]]
		dst[i], dst[i+1], dst[i+2], dst[i+3] = unit[src[i]]*a, unit[src[i+1]]*a, unit[src[i+2]]*a, a
	}
}

func (c *Canvas) fromRGBA(y int, src []uint8) {
	dst := c.Pix[y*c.W*4 : (y+1)*c.W*4]
	for i := range dst {
		dst[i] = unit[src[i]]
	}
}

var unit = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(i) / 255
	}
	return
}()
