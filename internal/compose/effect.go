package compose

import (
	"math"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// effect is an effect layer ready to be painted. Many goroutines may paint it,
// each with a brush of its own.
type effect interface {
	// reach returns what it may touch, in the document's pixels.
	reach() (x0, y0, x1, y1 float64)
	// paint works on the brush's strip, within the mask unless that is nil.
	paint(b *brush, mask *raster.Mask)
}

// usual returns v, or what stands for it when it was left out.
func usual(v, otherwise float64) float64 {
	if v == 0 {
		return otherwise
	}
	return v
}

// tint returns the layer's colour, or the usual one.
func (p *placed) tint(otherwise string) raster.Color {
	if c, err := raster.ParseHex(p.layer.Color); err == nil {
		return c
	}
	return raster.Hex(otherwise)
}

// work makes the layer's effect; what it belongs to is placed already.
func (p *placed) work(scale float64) error {
	l := p.layer
	strength := usual(l.Strength, 0.5)
	all := whole{p.box.Width, p.box.Height}
	switch l.Effect {
	case ShadowEffect, ReflectionEffect:
		if p.of == nil {
			return fault.New(fault.Invalid, "layer_unknown", "The layer that the effect belongs to is missing.")
		}
		if l.Effect == ShadowEffect {
			p.effect = newShadow(p, strength, scale)
		} else {
			p.effect = newReflection(p, strength, scale)
		}
	case SnowEffect:
		p.effect = newSnow(p, strength)
	case GrainEffect:
		p.effect = &grain{whole: all, strength: strength, size: usual(l.Size, 1.5), seed: uint32(l.Seed)}
	case VignetteEffect:
		p.effect = &vignette{whole: all, strength: strength, size: usual(l.Size, 0.6), color: p.tint("#000000")}
	case GradeEffect:
		g := &grade{whole: all, strength: strength}
		stops, err := l.Fill.ramp()
		if err != nil {
			return fault.New(fault.Invalid, "color_invalid", "A colour is written like #1f6f5c.").Because(err)
		}
		g.bake(stops)
		p.effect = g
	}
	return nil
}

// whole is an effect's reach over all of the canvas.
type whole struct{ w, h float64 }

func (a whole) reach() (x0, y0, x1, y1 float64) { return 0, 0, a.w, a.h }

// silhouette is the alpha of a layer, coarse, and where it stands.
type silhouette struct {
	canvas *raster.Canvas
	// view takes the document's pixels to the canvas.
	view raster.Matrix
	// top and foot are the highest and the lowest row with something on it, and
	// left and right the columns at the foot, all in the document's pixels.
	top, foot, left, right float64
	empty                  bool
}

// silhouetteSide bounds a silhouette's pixels: what is made of it is blurred.
const silhouetteSide = 384

// silhouette draws the layer with its mask on a small canvas.
func (p *placed) silhouette(scale float64) silhouette {
	x0, y0, x1, y1 := p.reach()
	g := min(scale, silhouetteSide/max(x1-x0, y1-y0, 1))
	w, h := max(1, int(math.Ceil((x1-x0)*g))), max(1, int(math.Ceil((y1-y0)*g)))
	var b brush
	b.strip.Reset(w, h)
	s := silhouette{canvas: &b.strip, view: raster.Scale(g, g).Mul(raster.Translate(-x0, -y0)), empty: true}
	var opts []raster.Option
	if m := b.mask(p, s.view); m != nil {
		opts = append(opts, raster.ClipMask(m))
	}
	p.lay(s.canvas, &b, s.view, opts...)
	const solid = 0.25
	first, last := -1, -1
	for y := range h {
		for x := range w {
			if s.canvas.Pix[(y*w+x)*4+3] > solid {
				if first < 0 {
					first = y
				}
				last = y
				break
			}
		}
	}
	if first < 0 {
		return s
	}
	s.empty = false
	s.top, s.foot = y0+float64(first)/g, y0+float64(last+1)/g
	// The foot's width is looked for a little higher up: round bottoms touch the
	// ground in one point.
	lo, hi := w, -1
	for y := last; y >= max(first, last-(last-first)/10); y-- {
		for x := range w {
			if s.canvas.Pix[(y*w+x)*4+3] > solid {
				lo, hi = min(lo, x), max(hi, x)
			}
		}
	}
	s.left, s.right = x0+float64(lo)/g, x0+float64(hi+1)/g
	return s
}
