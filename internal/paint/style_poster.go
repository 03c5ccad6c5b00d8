package paint

import (
	"context"

	"marquee/internal/raster"
)

var posterStyle = style{id: "poster", phrase: "poster style", paint: paintPoster}

// paintPoster is the house style: soft washes, clear silhouettes, a lit edge
// on what matters, a little grain.
func paintPoster(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		b.plain(f, path)
		if s.rim && f.role == body && f.alpha > 0.9 {
			rimLight(b, st, f, path)
		}
	}
	if err := b.run(ctx, st, progress); err != nil {
		return nil, err
	}
	finish(b.c, st, look{grain: 0.026, vignette: 0.10})
	return b.c, nil
}

// rimLight shades all of a body but a thin edge towards the light.
func rimLight(b *brush, st *stage, f *figureShape, path raster.Path) {
	if f.material == flame || f.material == window {
		return
	}
	d := 0.0045 * b.k * st.size()
	moved := path.Transform(raster.Translate(-st.from*d, d*0.8))
	by := 0.055
	if st.dark {
		by = 0.075
	}
	t := f.fill.lift(-by)
	b.c.Fill(moved, raster.Solid(t.color(0.55)), raster.Clip(path))
}
