package raster

// Step is one piece of a path, for writers of other vector formats.
type Step uint8

// The steps. A quadratic curve is told as a cubic.
const (
	StepMove  Step = iota // one point
	StepLine              // one point
	StepCube              // two control points and the end
	StepClose             // none
)

// Walk calls visit for each step of the path, in order. The points are valid
// during the call only.
func (p Path) Walk(visit func(s Step, pts []Point)) {
	var cur, start Point
	i := 0
	for _, v := range p.verbs {
		switch v {
		case verbMove:
			cur = p.pts[i]
			start = cur
			visit(StepMove, p.pts[i:i+1])
			i++
		case verbLine:
			cur = p.pts[i]
			visit(StepLine, p.pts[i:i+1])
			i++
		case verbQuad:
			c, end := p.pts[i], p.pts[i+1]
			visit(StepCube, []Point{cur.Lerp(c, 2.0/3), end.Lerp(c, 2.0/3), end})
			cur = end
			i += 2
		case verbCube:
			cur = p.pts[i+2]
			visit(StepCube, p.pts[i:i+3])
			i += 3
		case verbClose:
			cur = start
			visit(StepClose, nil)
		}
	}
}

// PaintKind says what a Paint is made of.
type PaintKind uint8

// The kinds of a paint.
const (
	SolidPaint PaintKind = iota
	LinearPaint
	RadialPaint
	PicturePaint
)

// Kind returns what the paint is made of.
func (p Paint) Kind() PaintKind {
	switch p.kind {
	case paintLinear:
		return LinearPaint
	case paintRadial:
		return RadialPaint
	case paintPattern, paintPicture:
		return PicturePaint
	}
	return SolidPaint
}

// Color returns the colour of a solid paint.
func (p Paint) Color() Color { return straight(p.solid) }

// Gradient tells how a linear or radial paint runs, for writers of other vector
// formats. In the gradient's own space a linear one runs along X from 0 to 1; a
// radial one from focus, with radius 0, to the unit circle about 0,0. The matrix
// takes that space to the shape's. It is false for other paints, and for a
// gradient that has no extent.
func (p Paint) Gradient() (toShape Matrix, focus Point, spread Spread, ok bool) {
	if p.kind != paintLinear && p.kind != paintRadial || len(p.lut) == 0 {
		return Matrix{}, Point{}, 0, false
	}
	if p.kind == paintLinear {
		// Only one direction of it is known; the other is taken across.
		nx, ny := p.inv[0], p.inv[2]
		n2 := nx*nx + ny*ny
		if n2 == 0 {
			return Matrix{}, Point{}, 0, false
		}
		dx, dy, k := nx/n2, ny/n2, -p.inv[4]
		return Matrix{dx, dy, -dy, dx, dx * k, dy * k}, Point{}, p.spread, true
	}
	m, ok := p.inv.Invert()
	return m, p.focus, p.spread, ok
}

// ColorAt returns the colour of a gradient at t, from 0 to 1, as its stops give
// it; a spread does not count.
func (p Paint) ColorAt(t float64) Color {
	if len(p.lut) == 0 {
		return p.Color()
	}
	p.spread = Pad
	return straight(p.lut[p.index(t)])
}

func straight(c [4]float32) Color {
	if c[3] <= 0 {
		return Color{}
	}
	return Color{c[0] / c[3], c[1] / c[3], c[2] / c[3], c[3]}
}
