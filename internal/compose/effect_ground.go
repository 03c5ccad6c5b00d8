package compose

import (
	"math"

	"marquee/internal/raster"
)

// shadow lies on the ground: what a layer casts, leaning and fading, and a
// darker touch where it stands. It is made once, as small as its blur allows.
type shadow struct {
	sprite *raster.Canvas
	// at takes the sprite's pixels to the document's.
	at             raster.Matrix
	x0, y0, x1, y1 float64
}

const spriteSide = 512

func newShadow(p *placed, strength, scale float64) *shadow {
	of := p.of
	s := of.silhouette(scale)
	if s.empty {
		return &shadow{}
	}
	l := p.layer
	length := usual(l.Size, 0.25)
	lean := math.Abs(length) * math.Tan(l.Angle*math.Pi/180)
	sigma := usual(l.Soft, 0.04) * of.box.Width
	// From the layer to the ground: heights above the foot become lengths.
	cast := raster.Matrix{1, 0, -lean, -length, s.foot * lean, s.foot + s.foot*length}
	x0, _, x1, _ := of.reach()
	x0, y0, x1, y1 := raster.Rect(x0, s.top, x1-x0, s.foot-s.top).Transform(cast).Bounds()
	flat := 0.05 * of.box.Width
	pad := 3*sigma + 2
	x0, x1 = min(x0, s.left)-pad, max(x1, s.right)+pad
	y0, y1 = min(y0, s.foot-flat)-pad, max(y1, s.foot+flat)+pad
	g := min(scale, spriteSide/max(x1-x0, y1-y0, 1))
	w, h := max(1, int(math.Ceil((x1-x0)*g))), max(1, int(math.Ceil((y1-y0)*g)))
	c := raster.NewCanvas(w, h)
	view := raster.Scale(g, g).Mul(raster.Translate(-x0, -y0))
	if inv, ok := s.view.Invert(); ok {
		c.Draw(s.canvas, view.Mul(cast).Mul(inv))
	}
	for y := range h {
		away := (y0 + (float64(y)+0.5)/g - s.foot) / ((s.foot - s.top) * length)
		k := float32(1 - 0.85*max(0, min(1, away)))
		for i := y * w * 4; i < (y+1)*w*4; i++ {
			c.Pix[i] *= k
		}
	}
	touch := raster.Ellipse((s.left+s.right)/2, s.foot, max((s.right-s.left)/2, flat), flat)
	c.Fill(touch.Transform(view), raster.Solid(raster.Black.WithAlpha(0.8)))
	c.Blur(max(sigma*g, 0.7))
	t := p.tint("#000000")
	if m := of.layer.Opacity; m > 0 {
		strength *= m
	}
	dark := deep(float32(strength))
	for i := 0; i+3 < len(c.Pix); i += 4 {
		a := c.Pix[i+3] * dark
		c.Pix[i], c.Pix[i+1], c.Pix[i+2], c.Pix[i+3] = t.R*a, t.G*a, t.B*a, a
	}
	inv, _ := view.Invert()
	return &shadow{sprite: c, at: inv, x0: x0, y0: y0, x1: x1, y1: y1}
}

func (s *shadow) reach() (x0, y0, x1, y1 float64) { return s.x0, s.y0, s.x1, s.y1 }

func (s *shadow) paint(b *brush, mask *raster.Mask) {
	if s.sprite == nil {
		return
	}
	b.strip.Draw(s.sprite, b.view.Mul(s.at), append(within(mask), raster.AsLight())...)
}

func within(mask *raster.Mask) []raster.Option {
	if mask == nil {
		return nil
	}
	return []raster.Option{raster.ClipMask(mask)}
}

// reflection mirrors a layer at its foot and fades it downwards.
type reflection struct {
	of             *placed
	mirror         raster.Matrix
	foot, end      float64
	strength       float64
	x0, y0, x1, y1 float64
}

func newReflection(p *placed, strength, scale float64) *reflection {
	s := p.of.silhouette(scale)
	if s.empty {
		return &reflection{}
	}
	if m := p.of.layer.Opacity; m > 0 {
		strength *= m
	}
	r := &reflection{of: p.of, foot: s.foot, strength: strength,
		mirror: raster.Matrix{1, 0, 0, -1, 0, 2 * s.foot}}
	r.end = s.foot + (s.foot-s.top)*usual(p.layer.Size, 0.4)
	r.x0, _, r.x1, _ = p.of.reach()
	r.y0, r.y1 = s.foot, r.end
	return r
}

func (r *reflection) reach() (x0, y0, x1, y1 float64) { return r.x0, r.y0, r.x1, r.y1 }

func (r *reflection) paint(b *brush, mask *raster.Mask) {
	if r.of == nil {
		return
	}
	view := b.view.Mul(r.mirror)
	own := b.mask(r.of, view)
	b.mirror.Reset(b.strip.W, b.strip.H)
	r.of.lay(&b.mirror, b, view, within(own)...)
	b.stamp.Reset(b.strip.W, b.strip.H)
	ramp := raster.Linear(raster.Point{Y: r.foot}, raster.Point{Y: r.end},
		raster.Stop{At: 0, Color: raster.White}, raster.Stop{At: 1, Color: raster.White.WithAlpha(0)})
	// Above the foot there is no mirror.
	ground := raster.Rect(r.x0, r.foot, r.x1-r.x0, r.end-r.foot)
	b.stamp.Fill(ground.Transform(b.view), ramp.Transform(b.view), within(mask)...)
	b.strip.Draw(&b.mirror, raster.Identity, raster.Opacity(r.strength), raster.ClipMask(b.stamp.Alpha()), raster.AsLight())
}
