package paint

import (
	"context"

	"marquee/internal/raster"
)

var neonStyle = style{id: "neon", phrase: "in neon lights", flat: true, dark: true, paint: paintNeon}

// paintNeon bends every silhouette from a glowing tube over near-dark shapes;
// the tubes' light is blurred and added, and lies on the wet-looking ground.
func paintNeon(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	tubes := raster.NewCanvas(w, h)
	night := st.deep.at(0.155).soft(1.1)
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		if f.role == shade {
			if f.blend == raster.Screen {
				tubes.Fill(path, raster.Solid(f.fill.soft(1.4).color(f.alpha*0.22)), raster.Blend(raster.Screen), raster.Blur(0.006*b.k))
			}
			return
		}
		if s.name == "sky" {
			if f.role == body {
				b.flat(f, path, night, 1)
			} else {
				b.flat(f, path, f.fill, f.alpha*0.8)
			}
			return
		}
		if s.name == "sun" || s.name == "comet" || s.name == "fireworks" || s.name == "garland" || s.name == "rainbow" {
			tubes.Fill(path, raster.Solid(f.fill.soft(1.2).color(f.alpha*0.9)))
			return
		}
		dim := night.blend(f.fill, 0.10).at(0.15 + 0.05*(1-s.depth)*f.fill.l + 0.05*s.depth)
		bright := neonTint(st, s, f)
		if f.role == detail {
			if f.material == flame || f.material == window {
				b.flat(f, path, f.fill.at(0.8), f.alpha*0.8)
				tubes.Fill(path, raster.Solid(f.fill.color(0.55*f.alpha)), raster.Blend(raster.Screen))
				return
			}
			b.flat(f, path, dim.blend(bright, 0.22).at(0.30), f.alpha*0.9)
			return
		}
		b.flat(f, path, dim, f.alpha)
		tubes.Fill(path, raster.Solid(raster.Color{A: 1}), raster.Blend(raster.Erase))
		line := (0.0024 + 0.0018*(1-s.depth)) * b.k
		a := (0.30 + 0.70*(1-s.depth)) * f.alpha
		if s.still {
			a *= 0.5
		}
		tubes.Fill(raster.Stroke(path, line), raster.Solid(bright.color(a)))
	}
	if err := b.run(ctx, st, progress); err != nil {
		return nil, err
	}
	wide := small(tubes, 4)
	near := small(tubes, 2)
	near.Blur(0.004 * b.k / 2)
	wide.Blur(0.020 * b.k / 4)
	b.c.Draw(wide, raster.Scale(float64(w)/float64(wide.W), float64(h)/float64(wide.H)), raster.Blend(raster.Add), raster.Opacity(0.85))
	b.c.Draw(near, raster.Scale(float64(w)/float64(near.W), float64(h)/float64(near.H)), raster.Blend(raster.Screen), raster.Opacity(0.9))
	b.c.Draw(tubes, raster.Identity, raster.Blend(raster.Screen))
	finish(b.c, st, look{grain: 0.02, vignette: 0.25})
	return b.c, nil
}

// neonTint is the gas in a tube: the shape's own hue, or for what has none one
// of the kit's that the thing keeps wherever it is drawn.
func neonTint(st *stage, s *sheet, f *figureShape) tint {
	t := f.fill
	if t.c >= 0.06 && f.material != snow {
		return t.soft(1.9).at(clamp(t.l+0.28, 0.68, 0.86))
	}
	ice := st.cool.soft(2.6).at(0.84)
	mint := st.green.blend(st.cool, 0.35).soft(2.6).at(0.76)
	rose := st.warm.turned(-0.4).soft(1.15).at(0.70)
	gold := st.glow.at(0.82)
	if f.material == snow {
		return ice
	}
	if s.rim {
		return [...]tint{rose, gold, ice}[int(f.material)%3]
	}
	return [...]tint{mint, ice, rose, ice, mint}[(int(f.material)+len(s.name))%5]
}

// small is a canvas drawn at 1/div of its size.
func small(c *raster.Canvas, div int) *raster.Canvas {
	s := raster.NewCanvas(max(1, c.W/div), max(1, c.H/div))
	s.Draw(c, raster.Scale(float64(s.W)/float64(c.W), float64(s.H)/float64(c.H)))
	return s
}
