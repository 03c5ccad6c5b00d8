// Package raster paints vector shapes, gradients and pictures onto pixels.
//
// It is pure arithmetic on memory: no files, no fonts, no brands. Colours are
// blended on their sRGB-encoded values, the way every browser canvas does, so
// that a preview in a browser and a render on the server agree. Canvases hold
// 32-bit floats so that deep gradients and many thin layers do not band; the
// single rounding to 8 bits, with an ordered dither, happens in Canvas.Image.
//
// A Canvas is not safe for concurrent use. Paths, paints, colours and masks
// may be shared between goroutines once they are built.
package raster

import "math"

// Point is a place on the plane, in pixels: X grows to the right, Y downwards.
type Point struct{ X, Y float64 }

// Add returns p moved by q.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Sub returns the way from q to p.
func (p Point) Sub(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Mul returns p scaled by k about the origin.
func (p Point) Mul(k float64) Point { return Point{p.X * k, p.Y * k} }

// Len returns the distance from the origin.
func (p Point) Len() float64 { return math.Hypot(p.X, p.Y) }

// Lerp returns the point at t between p (t=0) and q (t=1).
func (p Point) Lerp(q Point, t float64) Point {
	return Point{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t}
}

// Polar returns the point at distance r from the origin, deg degrees clockwise
// from the positive X axis (Y points down).
func Polar(r, deg float64) Point {
	s, c := math.Sincos(deg * math.Pi / 180)
	return Point{r * c, r * s}
}

// Matrix is an affine transform a b c d e f in SVG's order:
// x' = a·x + c·y + e and y' = b·x + d·y + f.
type Matrix [6]float64

// Identity leaves every point where it is.
var Identity = Matrix{1, 0, 0, 1, 0, 0}

// Translate moves by x, y pixels.
func Translate(x, y float64) Matrix { return Matrix{1, 0, 0, 1, x, y} }

// Scale scales about the origin; a negative factor mirrors.
func Scale(x, y float64) Matrix { return Matrix{x, 0, 0, y, 0, 0} }

// Rotate turns by deg degrees clockwise (as seen with Y down) about the origin.
func Rotate(deg float64) Matrix {
	s, c := math.Sincos(deg * math.Pi / 180)
	return Matrix{c, s, -s, c, 0, 0}
}

// RotateAbout turns by deg degrees clockwise about x, y.
func RotateAbout(deg, x, y float64) Matrix {
	return Translate(x, y).Mul(Rotate(deg)).Mul(Translate(-x, -y))
}

// Skew slants by degrees along X and along Y.
func Skew(xDeg, yDeg float64) Matrix {
	return Matrix{1, math.Tan(yDeg * math.Pi / 180), math.Tan(xDeg * math.Pi / 180), 1, 0, 0}
}

// Mul returns the transform that applies n first and then m, as nested SVG
// groups do (m outside, n inside).
func (m Matrix) Mul(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[2]*n[1],
		m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3],
		m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4],
		m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// Apply returns where p goes.
func (m Matrix) Apply(p Point) Point {
	return Point{m[0]*p.X + m[2]*p.Y + m[4], m[1]*p.X + m[3]*p.Y + m[5]}
}

// Det returns the factor by which areas grow; negative when the transform
// mirrors, zero when it flattens the plane to a line.
func (m Matrix) Det() float64 { return m[0]*m[3] - m[1]*m[2] }

// Invert returns the transform that undoes m, and false when there is none.
func (m Matrix) Invert() (Matrix, bool) {
	d := m.Det()
	if d == 0 || math.IsNaN(d) || math.IsInf(d, 0) {
		return Identity, false
	}
	return Matrix{
		m[3] / d, -m[1] / d,
		-m[2] / d, m[0] / d,
		(m[2]*m[5] - m[3]*m[4]) / d,
		(m[1]*m[4] - m[0]*m[5]) / d,
	}, true
}

// MeanScale returns the square root of the area factor: by how much lengths
// grow on the average.
func (m Matrix) MeanScale() float64 { return math.Sqrt(math.Abs(m.Det())) }
