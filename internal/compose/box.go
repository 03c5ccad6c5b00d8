package compose

import (
	"math"

	"marquee/internal/raster"
)

// Box is a layer's place on the canvas, in canvas pixels: an upright rectangle,
// turned by Rotation degrees clockwise about its centre.
type Box struct {
	X, Y, Width, Height float64
	Rotation            float64
}

// Corners returns the turned box's corners: top left, top right, bottom right,
// bottom left, as they were named before turning.
func (b Box) Corners() [4]raster.Point {
	m := b.matrix()
	return [4]raster.Point{
		m.Apply(raster.Point{X: 0, Y: 0}), m.Apply(raster.Point{X: b.Width, Y: 0}),
		m.Apply(raster.Point{X: b.Width, Y: b.Height}), m.Apply(raster.Point{X: 0, Y: b.Height}),
	}
}

// Bounds returns the smallest upright rectangle around the turned box.
func (b Box) Bounds() (x0, y0, x1, y1 float64) {
	c := b.Corners()
	x0, y0, x1, y1 = c[0].X, c[0].Y, c[0].X, c[0].Y
	for _, p := range c[1:] {
		x0, x1 = min(x0, p.X), max(x1, p.X)
		y0, y1 = min(y0, p.Y), max(y1, p.Y)
	}
	return x0, y0, x1, y1
}

// matrix takes the box's own pixels, 0,0 at its top left, to the canvas.
func (b Box) matrix() raster.Matrix {
	if math.Mod(b.Rotation, 360) == 0 {
		return raster.Translate(b.X, b.Y)
	}
	return raster.RotateAbout(b.Rotation, b.X+b.Width/2, b.Y+b.Height/2).Mul(raster.Translate(b.X, b.Y))
}
