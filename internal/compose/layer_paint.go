package compose

import (
	"image"
	"math"

	"marquee/internal/raster"
)

// gradientReach is how far from the middle of a box of w×h a linear gradient at
// an angle begins and ends, so that its ends meet the corners as CSS's do.
func gradientReach(w, h, angle float64) float64 {
	s, c := math.Sincos(angle * math.Pi / 180)
	return (w*math.Abs(c) + h*math.Abs(s)) / 2
}

// prepare places every layer but the picture for a render at a scale, in the
// order of painting: marks come last, so that no layer and no effect ever
// touches their pixels.
func (d Document) prepare(src Source, scale float64) ([]*placed, error) {
	byID := make(map[string]*placed, len(d.Layers))
	var below, marks []*placed
	for i := 1; i < len(d.Layers); i++ {
		p, err := d.place(i, src)
		if err != nil {
			return nil, err
		}
		if p.cutout != nil {
			p.picture = atMost(p.cutout, p.box.Width*scale, p.box.Height*scale)
			p.cutout = nil
		}
		byID[p.layer.ID] = &p
		if p.layer.Kind == Mark {
			marks = append(marks, &p)
		} else {
			below = append(below, &p)
		}
	}
	for _, p := range below {
		if p.layer.Kind == Effect {
			p.of = byID[p.layer.Of]
			if err := p.work(scale); err != nil {
				return nil, err
			}
		}
	}
	return append(below, marks...), nil
}

// atMost returns the picture halved while it is twice as fine as w×h or more.
func atMost(img image.Image, w, h float64) *image.NRGBA {
	m := plain(img)
	for float64(m.Rect.Dx()) >= 2*w && float64(m.Rect.Dy()) >= 2*h && min(m.Rect.Dx(), m.Rect.Dy()) >= 2 {
		m = halve(m)
	}
	return m
}

// paint puts the layer on the brush's strip.
func (p *placed) paint(b *brush) {
	if p.layer.Kind == Effect {
		p.effect.paint(b, b.mask(p, b.view))
		return
	}
	p.lay(&b.strip, b, b.view, p.options(b, b.view)...)
}

// options are the layer's blend mode, opacity and mask as painting takes them.
// Marks have none.
func (p *placed) options(b *brush, view raster.Matrix) []raster.Option {
	var opts []raster.Option
	if mode := blendModes[p.layer.Blend]; mode != raster.Normal {
		opts = append(opts, raster.Blend(mode))
	}
	if p.layer.Opacity > 0 && p.layer.Opacity < 1 {
		opts = append(opts, raster.Opacity(p.layer.Opacity))
	}
	if m := b.mask(p, view); m != nil {
		opts = append(opts, raster.ClipMask(m))
	}
	return opts
}

// lay puts what the layer shows on a canvas; view takes the document's pixels
// to it. The brush's sheet is used where several shapes need options together.
func (p *placed) lay(c *raster.Canvas, b *brush, view raster.Matrix, opts ...raster.Option) {
	m := view.Mul(p.box.matrix())
	switch {
	case !p.outline.Empty():
		c.Fill(p.outline.Transform(m), p.ink.Transform(m), opts...)
	case p.picture != nil:
		r := p.picture.Rect
		c.DrawImage(p.picture, m.Mul(raster.Scale(p.box.Width/float64(r.Dx()), p.box.Height/float64(r.Dy()))), opts...)
	case p.drawing.Width > 0:
		m = m.Mul(raster.Scale(p.box.Width/p.drawing.Width, p.box.Height/p.drawing.Height))
		if len(opts) == 0 {
			p.drawing.Draw(c, m)
			return
		}
		b.sheet.Reset(c.W, c.H)
		p.drawing.Draw(&b.sheet, m)
		c.Draw(&b.sheet, raster.Identity, opts...)
	}
}

// reach returns what the layer may touch, in the document's pixels. Letters and
// paths may stand out of their box; marks never do.
func (p *placed) reach() (x0, y0, x1, y1 float64) {
	if p.layer.Kind == Effect {
		return p.effect.reach()
	}
	x0, y0, x1, y1 = p.box.Bounds()
	if !p.outline.Empty() {
		a, b, c, d := p.outline.Transform(p.box.matrix()).Bounds()
		x0, y0, x1, y1 = min(x0, a), min(y0, b), max(x1, c), max(y1, d)
	}
	return x0, y0, x1, y1
}

// mask returns a layer's mask on the strip, or nil when it has none.
func (b *brush) mask(p *placed, view raster.Matrix) *raster.Mask {
	if p.layer.Mask == nil {
		return nil
	}
	b.stamp.Reset(b.strip.W, b.strip.H)
	return p.layer.Mask.on(&b.stamp, p.box, view)
}

// on paints the mask of a layer with the given box on a cleared canvas and
// returns it.
func (k *Mask) on(c *raster.Canvas, box Box, view raster.Matrix) *raster.Mask {
	m := view.Mul(box.matrix())
	w, h := box.Width, box.Height
	x, y := k.X*w, k.Y*h
	kw, kh := w, h
	if k.Width > 0 {
		kw *= k.Width
	}
	if k.Height > 0 {
		kh *= k.Height
	}
	white := raster.Solid(raster.White)
	var outline raster.Path
	switch k.Shape {
	case "fade":
		mid, d := raster.Point{X: x + kw/2, Y: y + kh/2}, raster.Polar(gradientReach(kw, kh, k.Angle), k.Angle)
		ramp := raster.Linear(mid.Sub(d), mid.Add(d),
			raster.Stop{At: 0, Color: raster.White}, raster.Stop{At: 1, Color: raster.White.WithAlpha(0)})
		c.Fill(raster.Rect(0, 0, float64(c.W), float64(c.H)), ramp.Transform(m))
	case "ellipse":
		outline = raster.Ellipse(x+kw/2, y+kh/2, kw/2, kh/2)
	case "path":
		if p, ok := pathIn(k.Path, kw, kh); ok {
			outline = p.Transform(raster.Translate(x, y))
		}
	default:
		outline = raster.Rect(x, y, kw, kh)
	}
	if !outline.Empty() {
		c.Fill(outline.Transform(m), white, raster.Blur(k.Feather*w*m.MeanScale()))
	}
	out := c.Alpha()
	if k.Invert {
		for i, v := range out.Pix {
			out.Pix[i] = 1 - v
		}
	}
	return out
}
