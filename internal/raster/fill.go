package raster

import "math"

type settings struct {
	mode    BlendMode
	opacity float32
	evenOdd bool
	blur    float64
	clips   []clipPath
	mask    *Mask
	invert  bool
	light   bool
}

type clipPath struct {
	path    Path
	evenOdd bool
}

// Option changes how Fill and Draw put their pixels on the canvas.
type Option func(*settings)

// Blend mixes the shape into what is below by the given mode.
func Blend(m BlendMode) Option { return func(s *settings) { s.mode = m } }

// Opacity multiplies the shape's alpha by a, 0 to 1. Given twice, both count.
func Opacity(a float64) Option {
	return func(s *settings) { s.opacity *= float32(max(0, min(1, a))) }
}

// EvenOdd fills by the even-odd rule instead of the nonzero one: where subpaths
// overlap an even number of times there is a hole.
func EvenOdd() Option { return func(s *settings) { s.evenOdd = true } }

// Blur softens the shape's edge with a Gaussian of the given standard deviation
// in pixels (up to 1000). The paint itself is not blurred: a gradient stays
// where it is and only the coverage is soft.
func Blur(sigma float64) Option {
	return func(s *settings) { s.blur = max(0, min(1000, sigma)) }
}

// Clip keeps only what lies inside p (nonzero rule, anti-aliased). Given
// several times, all must contain it. Clips are not softened by Blur.
func Clip(p Path) Option {
	return func(s *settings) { s.clips = append(s.clips, clipPath{p, false}) }
}

// ClipEvenOdd is Clip by the even-odd rule.
func ClipEvenOdd(p Path) Option {
	return func(s *settings) { s.clips = append(s.clips, clipPath{p, true}) }
}

// ClipMask multiplies the shape with a mask that lies over the canvas from its
// top left; outside the mask nothing is painted.
func ClipMask(m *Mask) Option { return func(s *settings) { s.mask, s.invert = m, false } }

// ClipOutside paints only where the mask is empty.
func ClipOutside(m *Mask) Option { return func(s *settings) { s.mask, s.invert = m, true } }

// maxCoordinate bounds coordinates, so that no sum overflows; a path reaching
// farther is not painted.
const maxCoordinate = 1e7

// Fill paints the inside of p by the nonzero rule (see EvenOdd), anti-aliased
// by exact area coverage. A path with a coordinate that is not a number, or
// beyond ten million pixels, paints nothing.
func (c *Canvas) Fill(p Path, paint Paint, opts ...Option) {
	s := settings{opacity: 1}
	for _, o := range opts {
		o(&s)
	}
	c.fill(p, &paint, &s)
}

// Draw paints another canvas through the transform m, which takes src's pixels
// to this canvas's. Its edges are anti-aliased, enlarging is bilinear, reducing
// averages, and a move by whole pixels copies exactly. The options are Fill's.
func (c *Canvas) Draw(src *Canvas, m Matrix, opts ...Option) {
	if src == nil || src.W == 0 || src.H == 0 {
		return
	}
	c.Fill(Rect(0, 0, float64(src.W), float64(src.H)).Transform(m), Pattern(src, m), opts...)
}

type box struct{ x0, y0, x1, y1 int }

func (b box) empty() bool { return b.x0 >= b.x1 || b.y0 >= b.y1 }

func (b box) and(o box) box {
	return box{max(b.x0, o.x0), max(b.y0, o.y0), min(b.x1, o.x1), min(b.y1, o.y1)}
}

// pathBox returns the whole pixels a path can touch, and false when it has
// coordinates that cannot be painted.
func pathBox(p Path, pad float64) (box, bool) {
	x0, y0, x1, y1 := p.Bounds()
	if !(x0 >= -maxCoordinate && y0 >= -maxCoordinate && x1 <= maxCoordinate && y1 <= maxCoordinate) {
		return box{}, false
	}
	return box{int(math.Floor(x0 - pad)), int(math.Floor(y0 - pad)),
		int(math.Ceil(x1 + pad)), int(math.Ceil(y1 + pad))}, true
}

func (c *Canvas) fill(p Path, paint *Paint, s *settings) {
	if p.Empty() || s.opacity <= 0 || (paint.kind == paintSolid && paint.solid[3] <= 0) {
		return
	}
	pad := 0.0
	if s.blur > 0 {
		pad = math.Ceil(blurReach(s.blur))
	}
	b, ok := pathBox(p, pad)
	b = b.and(box{0, 0, c.W, c.H})
	if !ok || b.empty() {
		return
	}
	for _, q := range s.clips {
		qb, ok := pathBox(q.path, 0)
		if b = b.and(qb); !ok || b.empty() {
			return
		}
	}
	if s.mask != nil && !s.invert {
		if b = b.and(box{0, 0, s.mask.W, s.mask.H}); b.empty() {
			return
		}
	}
	w, h := b.x1-b.x0, b.y1-b.y0
	c.line, c.clipL, c.paint = grow(c.line, w), grow(c.clipL, w), grow(c.paint, w*4)

	var soft *Mask
	var clip *Mask
	if s.blur > 0 {
		soft = c.softCoverage(p, b, s)
	} else {
		c.cov.reset(w, h)
		c.cov.add(p, float64(b.x0), float64(b.y0))
	}
	if len(s.clips) > 1 {
		clip = c.clipCoverage(s.clips, b)
	} else if len(s.clips) == 1 {
		c.clipC.reset(w, h)
		c.clipC.add(s.clips[0].path, float64(b.x0), float64(b.y0))
	}
	for y := range h {
		line := c.line
		x0, x1 := 0, w
		if soft != nil {
			line = soft.Pix[y*w : (y+1)*w]
		} else {
			x0, x1 = c.cov.row(y, s.evenOdd, line)
		}
		if clip != nil {
			times(line[x0:x1], clip.Pix[y*w+x0:])
		} else if len(s.clips) == 1 {
			q0, q1 := c.clipC.row(y, s.clips[0].evenOdd, c.clipL)
			x0, x1 = max(x0, q0), min(x1, q1)
			if x0 < x1 {
				times(line[x0:x1], c.clipL[x0:])
			}
		}
		if x0 >= x1 {
			continue
		}
		if s.mask != nil {
			s.mask.times(line[x0:x1], b.x0+x0, b.y0+y, s.invert)
		}
		c.spans(line[x0:x1], b.x0+x0, b.y0+y, paint, s)
	}
}

// times multiplies coverage by coverage.
func times(line, by []float32) {
	by = by[:len(line)]
	for i := range line {
		line[i] *= by[i]
	}
}

// spans paints the runs of a row that are covered at all.
func (c *Canvas) spans(line []float32, x, y int, paint *Paint, s *settings) {
	for i := 0; i < len(line); {
		if line[i] == 0 {
			i++
			continue
		}
		j := i + 1
		for j < len(line) && line[j] != 0 {
			j++
		}
		at := (y*c.W + x + i) * 4
		dst := c.Pix[at : at+(j-i)*4]
		asLight := s.light && s.mode == Normal
		if paint.kind == paintSolid && s.mode == Normal && !asLight {
			blendSolid(dst, line[i:j], paint.solid, s.opacity)
		} else {
			src := c.paint[:(j-i)*4]
			paint.row(src, x+i, y)
			if asLight {
				blendLight(dst, src, line[i:j], s.opacity)
			} else {
				blendRow(dst, src, line[i:j], s.opacity, s.mode)
			}
		}
		i = j
	}
}
