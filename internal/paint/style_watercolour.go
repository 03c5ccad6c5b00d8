package paint

import (
	"context"

	"marquee/internal/raster"
)

var watercolourStyle = style{id: "watercolour", phrase: "as a watercolour", paint: paintWatercolour}

// paintWatercolour lets edges wander and pool with pigment, and keeps the
// paper's white around the picture.
func paintWatercolour(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		g := *f
		if f.role == body && !s.still {
			g.alpha *= 0.90 - 0.10*s.depth
			if f.fade != nil {
				d := *f.fade
				d.toAlpha = g.alpha * 0.92
				g.fade = &d
			}
		}
		b.plain(&g, path)
	}
	if err := b.run(ctx, st, func(f float64) { progress(f * 0.6) }); err != nil {
		return nil, err
	}
	src := b.c
	soft := small(src, 4)
	soft.Blur(0.006 * b.k / 4)
	out := raster.NewCanvas(w, h)
	k := 1000 / float64(h)
	wander := newNoise(st.seed+5, 64)
	pool := newNoise(st.seed+6, 64)
	tooth := newNoise(st.seed+7, 256)
	paper := st.paper.at(0.955).color(1)
	// Water never gets as dark as a night: the whole wash is lifted, and more
	// where a town would else run together.
	lift := float32(0)
	if st.dark {
		lift = 0.13
	}
	amp := float32(0.0050) * float32(h)
	for y := range h {
		if y%64 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		fy := float64(y) * k
		calm := st.calmRow(float64(y) / float64(h))
		for x := range w {
			fx := float64(x) * k
			n1 := wander.fast(fx*0.022, fy*0.022) - 0.5
			n2 := wander.fast(fx*0.022+31, fy*0.022+17) - 0.5
			n3 := wander.fast(fx*0.09+7, fy*0.09+3) - 0.5
			sx := clampInt(x+int((n1*1.6+n3*0.7)*amp), 0, w-1)
			sy := clampInt(y+int((n2*1.6+n3*0.7)*amp), 0, h-1)
			p := src.Pix[(sy*w+sx)*4:]
			sp := soft.Pix[(min(sy/4, soft.H-1)*soft.W+min(sx/4, soft.W-1))*4:]
			tone := pool.at(fx*0.0065, fy*0.0065)*0.65 + pool.at(fx*0.019+5, fy*0.019+9)*0.35 - 0.5
			grain := tooth.fast(fx*0.9, fy*0.9) - 0.5
			// Where colour meets lighter colour, pigment gathers at the rim.
			lum := p[0]*0.3 + p[1]*0.59 + p[2]*0.11
			around := sp[0]*0.3 + sp[1]*0.59 + sp[2]*0.11
			rim := max(0, around-lum) * (0.55 + lift*2.4)
			wash := 0.13 + lift*(1.15-lum) + tone*0.26*calm + (1-lum)*0.05 + grain*0.05*calm
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			margin := min(u, 1-u)*st.aspect*40 - 0.7
			margin = min(margin, min(v, 1-v)*40-0.7)
			cover := min(1, max(0, float32(margin)+n1*1.5+n3*1.0+grain*0.5))
			q := out.Pix[(y*w+x)*4:]
			for i := range 3 {
				base := [3]float32{paper.R, paper.G, paper.B}[i]
				val := p[i] + (base-p[i])*max(0, wash)
				val *= 1 - rim
				val += grain * 0.022 * calm * calm
				q[i] = min(1, max(0, base+(val-base)*cover))
			}
			q[3] = 1
		}
		if y%128 == 0 {
			progress(0.6 + 0.4*float64(y)/float64(h))
		}
	}
	finish(out, st, look{fibre: 0.02})
	return out, nil
}
