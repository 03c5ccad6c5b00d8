package paint

import (
	"context"

	"marquee/internal/raster"
)

// brush paints a stage's sheets onto pixels in order. A style changes what it
// needs to and inherits the rest.
type brush struct {
	c *raster.Canvas
	k float64 // pixels a unit of the stage
	// fill paints one shape whose path is in pixels; nil paints it plainly.
	fill func(s *sheet, f *figureShape, path raster.Path)
	// before and after run around each sheet.
	before, after func(s *sheet)
}

func newBrush(w, h int) *brush {
	return &brush{c: raster.NewCanvas(w, h), k: float64(h)}
}

func (b *brush) run(ctx context.Context, st *stage, progress func(float64)) error {
	m := raster.Scale(b.k, b.k)
	for i, s := range st.sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if b.before != nil {
			b.before(s)
		}
		for j := range s.shapes {
			f := &s.shapes[j]
			if f.role == halo {
				b.halo(f)
				continue
			}
			path := f.path.Transform(m)
			if b.fill != nil {
				b.fill(s, f, path)
			} else {
				b.plain(f, path)
			}
		}
		if b.after != nil {
			b.after(s)
		}
		progress(float64(i+1) / float64(len(st.sheets)))
	}
	return nil
}

// paintOf gives a shape's own paint, gradient and all.
func (b *brush) paintOf(f *figureShape) raster.Paint {
	if f.fade == nil {
		return raster.Solid(f.fill.color(f.alpha))
	}
	d := f.fade
	mid := f.fill.blend(d.to, 0.5)
	return raster.Linear(
		raster.Point{X: d.x0 * b.k, Y: d.y0 * b.k}, raster.Point{X: d.x1 * b.k, Y: d.y1 * b.k},
		raster.Stop{At: 0, Color: f.fill.color(f.alpha)},
		raster.Stop{At: 0.5, Color: mid.color((f.alpha + d.toAlpha) / 2)},
		raster.Stop{At: 1, Color: d.to.color(d.toAlpha)},
	)
}

func (b *brush) plain(f *figureShape, path raster.Path) {
	var opts []raster.Option
	if f.soft > 0 {
		opts = append(opts, raster.Blur(f.soft*b.k))
	}
	if f.blend != raster.Normal {
		opts = append(opts, raster.Blend(f.blend))
	}
	b.c.Fill(path, b.paintOf(f), opts...)
}

// flat paints a shape in one even colour.
func (b *brush) flat(f *figureShape, path raster.Path, t tint, alpha float64) {
	b.c.Fill(path, raster.Solid(t.color(alpha)))
}

func (b *brush) halo(f *figureShape) {
	at := raster.Point{X: f.x * b.k, Y: f.y * b.k}
	r := f.r * b.k
	c := func(a float64) raster.Color { return f.fill.color(a * f.alpha) }
	b.c.Fill(raster.Circle(at.X, at.Y, r), raster.Radial(at, r,
		raster.Stop{At: 0, Color: c(1)},
		raster.Stop{At: 0.18, Color: c(0.62)},
		raster.Stop{At: 0.42, Color: c(0.26)},
		raster.Stop{At: 0.72, Color: c(0.07)},
		raster.Stop{At: 1, Color: c(0)},
	), raster.Blend(raster.Screen))
}
