package compose

import (
	"image"
	"math"

	"marquee/internal/raster"
)

// Drawing is a mark ready to be drawn at any size: shapes read from SVG, or a
// picture. It may be used by many goroutines at once. The zero value draws
// nothing.
type Drawing struct {
	// Width and Height are the drawing's own size, in its own units.
	Width, Height float64

	items     []item
	overflows bool
	// picture is a mark of pixels, and each that follows is half as wide.
	picture []*image.NRGBA
}

// PictureDrawing makes a drawing of a picture, such as a mark that exists as
// PNG only. It is as sharp as its pixels, and made smaller as light. An empty
// picture is the zero Drawing; the picture must not change afterwards.
func PictureDrawing(img image.Image) Drawing {
	if img.Bounds().Empty() {
		return Drawing{}
	}
	m := plain(img)
	d := Drawing{Width: float64(m.Rect.Dx()), Height: float64(m.Rect.Dy()), picture: []*image.NRGBA{m}}
	for min(m.Rect.Dx(), m.Rect.Dy()) >= 2*leastPicture {
		m = halve(m)
		d.picture = append(d.picture, m)
	}
	return d
}

// leastPicture is the shorter side from which a picture is halved no further.
const leastPicture = 8

// drawPicture draws the smallest of the pictures that is not to be enlarged.
func (d Drawing) drawPicture(c *raster.Canvas, m raster.Matrix) {
	k := m.MeanScale()
	i := 0
	for i+1 < len(d.picture) && float64(d.picture[i+1].Rect.Dx()) >= d.Width*k {
		i++
	}
	p := d.picture[i]
	c.DrawImage(p, m.Mul(raster.Scale(d.Width/float64(p.Rect.Dx()), d.Height/float64(p.Rect.Dy()))))
}

// Aspect returns the height for a width of 1, or 0 for an empty drawing.
func (d Drawing) Aspect() float64 {
	if d.Width <= 0 {
		return 0
	}
	return d.Height / d.Width
}

// Shapes returns how many fills and strokes the drawing is made of.
func (d Drawing) Shapes() int {
	if d.picture != nil {
		return 1
	}
	return countShapes(d.items)
}

// Render draws on a transparent canvas of its own that is width pixels wide (at
// least 1, at most MaxSide) and as high as the aspect asks (rounded, at least 1,
// at most 4·MaxSide).
func (d Drawing) Render(width int) *raster.Canvas {
	width = max(1, min(width, MaxSide))
	height := max(1, min(int(math.Round(float64(width)*d.Aspect())), 4*MaxSide))
	c := raster.NewCanvas(width, height)
	if d.Width > 0 && d.Height > 0 {
		d.Draw(c, raster.Scale(float64(width)/d.Width, float64(height)/d.Height))
	}
	return c
}

// Draw draws onto a canvas through m, which takes the drawing's own units
// (0,0 to Width,Height) to the canvas's pixels. Nothing outside the drawing's
// own box is painted.
func (d Drawing) Draw(c *raster.Canvas, m raster.Matrix) {
	if d.picture != nil {
		d.drawPicture(c, m)
		return
	}
	var clips []raster.Option
	if d.overflows {
		clips = append(clips, raster.Clip(raster.Rect(0, 0, d.Width, d.Height).Transform(m)))
	}
	for _, i := range d.items {
		i.draw(c, m, clips)
	}
}

// item is a shape or a group of them.
type item interface {
	draw(c *raster.Canvas, m raster.Matrix, clips []raster.Option)
	// print draws on a printed page as vectors.
	print(page *pdfPage, m raster.Matrix)
	// bounds returns the box that holds all that is painted.
	bounds(m raster.Matrix) (x0, y0, x1, y1 float64)
}

// line is how a shape is stroked.
type line struct {
	width, limit float64
	cap          raster.Cap
	join         raster.Join
	dash         []float64
	offset       float64
}

// shape is one fill, or one stroke when it has a line.
type shape struct {
	path    raster.Path
	matrix  raster.Matrix // from the shape's units to the drawing's
	paint   raster.Paint
	opacity float64
	evenOdd bool
	line    *line
}

func (s shape) draw(c *raster.Canvas, m raster.Matrix, clips []raster.Option) {
	t := m.Mul(s.matrix)
	opts := append([]raster.Option{raster.Opacity(s.opacity)}, clips...)
	if s.line == nil {
		if s.evenOdd {
			opts = append(opts, raster.EvenOdd())
		}
		c.Fill(s.path.Transform(t), s.paint.Transform(t), opts...)
		return
	}
	if outline := s.stroked(m); !outline.Empty() {
		c.Fill(outline, s.paint.Transform(t), opts...)
	}
}

// stroked returns the outline of a stroke. It is made at the final scale, where
// its tolerance is meant, and then only stretched by what is uneven in the
// transform.
func (s shape) stroked(m raster.Matrix) raster.Path {
	t := m.Mul(s.matrix)
	k := t.MeanScale()
	if !(k > 0) {
		return raster.Path{}
	}
	dash := make([]float64, len(s.line.dash))
	for i, v := range s.line.dash {
		dash[i] = v * k
	}
	outline := raster.Stroke(s.path.Transform(raster.Scale(k, k)), s.line.width*k,
		raster.Caps(s.line.cap), raster.Joins(s.line.join), raster.MiterLimit(s.line.limit),
		raster.Dash(s.line.offset*k, dash...))
	return outline.Transform(t.Mul(raster.Scale(1/k, 1/k)))
}

func (s shape) bounds(m raster.Matrix) (x0, y0, x1, y1 float64) {
	p := s.path
	x0, y0, x1, y1 = p.Bounds()
	if s.line != nil {
		reach := s.line.width / 2
		if s.line.join == raster.MiterJoin {
			reach *= max(1, s.line.limit)
		} else {
			reach *= math.Sqrt2
		}
		x0, y0, x1, y1 = x0-reach, y0-reach, x1+reach, y1+reach
	} else {
		x0, y0, x1, y1 = p.Transform(m.Mul(s.matrix)).Bounds()
		return x0, y0, x1, y1
	}
	return raster.Rect(x0, y0, x1-x0, y1-y0).Transform(m.Mul(s.matrix)).Bounds()
}

// group is items that are clipped or faded together.
type group struct {
	items       []item
	opacity     float64
	clip        raster.Path
	clipped     bool
	clipEvenOdd bool
}

func (g group) draw(c *raster.Canvas, m raster.Matrix, clips []raster.Option) {
	if g.opacity <= 0 {
		return
	}
	if g.clipped {
		p := g.clip.Transform(m)
		add := raster.Clip(p)
		if g.clipEvenOdd {
			add = raster.ClipEvenOdd(p)
		}
		clips = append(clips[:len(clips):len(clips)], add)
	}
	if g.opacity >= 1 {
		for _, i := range g.items {
			i.draw(c, m, clips)
		}
		return
	}
	x0, y0, x1, y1 := g.bounds(m)
	left, top := math.Floor(max(0, x0)), math.Floor(max(0, y0))
	w, h := int(math.Ceil(min(float64(c.W), x1))-left), int(math.Ceil(min(float64(c.H), y1))-top)
	if w <= 0 || h <= 0 {
		return
	}
	sheet := raster.NewCanvas(w, h)
	for _, i := range g.items {
		i.draw(sheet, raster.Translate(-left, -top).Mul(m), nil)
	}
	c.Draw(sheet, raster.Translate(left, top), append([]raster.Option{raster.Opacity(g.opacity)}, clips...)...)
}

func (g group) bounds(m raster.Matrix) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, i := range g.items {
		a, b, c, d := i.bounds(m)
		x0, y0, x1, y1 = min(x0, a), min(y0, b), max(x1, c), max(y1, d)
	}
	return x0, y0, x1, y1
}

// itemsOverflow tells whether something may be painted outside the drawing's
// box, so that only such drawings pay for a clip.
func itemsOverflow(items []item, w, h float64) bool {
	if len(items) == 0 {
		return false
	}
	x0, y0, x1, y1 := group{items: items}.bounds(raster.Identity)
	e := 1e-6 * max(w, h)
	return x0 < -e || y0 < -e || x1 > w+e || y1 > h+e
}

func countShapes(items []item) (n int) {
	for _, i := range items {
		if g, ok := i.(group); ok {
			n += countShapes(g.items)
		} else {
			n++
		}
	}
	return n
}
