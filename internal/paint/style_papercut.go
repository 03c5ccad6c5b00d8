package paint

import (
	"context"
	"math"

	"marquee/internal/raster"
)

var paperCutStyle = style{id: "paper-cut", phrase: "as a paper cut", flat: true, paint: paintPaperCut}

// paintPaperCut stacks sheets of coloured paper: every sheet is even in
// colour, throws a soft shadow on the ones behind and shows a light cut edge.
func paintPaperCut(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	b := newBrush(w, h)
	b.before = func(s *sheet) {
		if s.still || len(s.shapes) == 0 {
			return
		}
		castSheet(b, st, s, (1-s.depth*0.75)*st.size())
	}
	b.fill = func(s *sheet, f *figureShape, path raster.Path) {
		if s.name == "drift" || s.name == "frame-foot" {
			// Cut figures stand on their sheet; nothing sinks into paper.
			return
		}
		if f.role == shade {
			if f.blend == raster.Screen {
				b.flat(f, path, f.fill, f.alpha*0.55)
			}
			return
		}
		t := f.fill
		if f.fade != nil && f.role == body && !s.still {
			t = f.fill.blend(f.fade.to, 0.4)
		}
		if s.still && f.fade != nil {
			b.plain(f, path)
			return
		}
		if f.role == body && f.alpha > 0.9 && s.depth < 0.75 {
			d := max(1, 0.0014*b.k)
			b.flat(f, path, t.lift(0.055), f.alpha)
			b.c.Fill(path.Transform(raster.Translate(-st.from*d, d)), raster.Solid(t.color(1)), raster.Clip(path))
			return
		}
		b.flat(f, path, t, f.alpha)
	}
	if err := b.run(ctx, st, progress); err != nil {
		return nil, err
	}
	finish(b.c, st, look{grain: 0.035, fibre: 0.026, vignette: 0.12})
	return b.c, nil
}

// shadowScale is how many pixels of the picture share one of a shadow, whose
// softness needs no more.
const shadowScale = 4

// castSheet draws the shadow of a sheet's bodies on what lies behind: a near
// dark one and a wide faint one, as one.
func castSheet(b *brush, st *stage, s *sheet, lay float64) {
	w, h := (b.c.W+shadowScale-1)/shadowScale, (b.c.H+shadowScale-1)/shadowScale
	k := b.k / shadowScale
	off := 0.012 * lay * k
	near, wide := raster.NewCanvas(w, h), raster.NewCanvas(w, h)
	black := raster.Solid(raster.Color{A: 1})
	x0, y0, x1, y1 := float64(w), float64(h), 0.0, 0.0
	for i := range s.shapes {
		f := &s.shapes[i]
		if f.role != body || f.alpha < 0.5 {
			continue
		}
		p := f.path.Transform(raster.Scale(k, k))
		near.Fill(p.Transform(raster.Translate(-st.from*off*0.5, off*0.55)), black)
		wide.Fill(p.Transform(raster.Translate(-st.from*off*1.4, off*1.7)), black)
		a, c, d, e := p.Bounds()
		x0, y0, x1, y1 = math.Min(x0, a), math.Min(y0, c), math.Max(x1, d), math.Max(y1, e)
	}
	if x0 >= x1 {
		return
	}
	mn, mw := near.Alpha(), wide.Alpha()
	mn.Blur(math.Max(0.6, 0.0045*lay*k))
	mw.Blur(math.Max(0.9, 0.013*lay*k))
	for i, v := range mn.Pix {
		mn.Pix[i] = 1 - (1-v*0.36)*(1-mw.Pix[i]*0.30)
	}
	reach := off*2 + 0.045*lay*k + 2
	darken(b.c, mn, st.deep.at(0.17).color(1), box{
		clampInt(int(x0-reach), 0, w), clampInt(int(y0-reach), 0, h),
		clampInt(int(x1+reach)+1, 0, w), clampInt(int(y1+reach)+1, 0, h),
	})
}

// box is a rectangle of pixels, its right and lower edges outside.
type box struct{ x0, y0, x1, y1 int }

// darken lays a colour over the canvas through a mask shadowScale times
// smaller, within a box of the mask's pixels.
func darken(c *raster.Canvas, m *raster.Mask, col raster.Color, in box) {
	const s = shadowScale
	for y := in.y0 * s; y < min(in.y1*s, c.H); y++ {
		fy := (float32(y)+0.5)/s - 0.5
		r0 := clampInt(int(fy), 0, m.H-1)
		r1 := min(r0+1, m.H-1)
		ty := max(0, fy-float32(r0))
		up, low := m.Pix[r0*m.W:(r0+1)*m.W], m.Pix[r1*m.W:(r1+1)*m.W]
		row := c.Pix[y*c.W*4 : (y+1)*c.W*4]
		for mx := in.x0; mx < in.x1; mx++ {
			a := up[mx] + (low[mx]-up[mx])*ty
			n := min(mx+1, m.W-1)
			e := up[n] + (low[n]-up[n])*ty
			if a+e < 0.004 {
				continue
			}
			step := (e - a) / s
			v := a + step*0.5
			// Mask pixel centres lie half a mask pixel in.
			for x := mx*s + s/2; x < min(mx*s+s/2+s, c.W); x++ {
				p := row[x*4 : x*4+3 : x*4+3]
				p[0] += (col.R - p[0]) * v
				p[1] += (col.G - p[1]) * v
				p[2] += (col.B - p[2]) * v
				v += step
			}
		}
		if in.x0 == 0 {
			v := up[0] + (low[0]-up[0])*ty
			for x := range min(s/2, c.W) {
				p := row[x*4 : x*4+3 : x*4+3]
				p[0] += (col.R - p[0]) * v
				p[1] += (col.G - p[1]) * v
				p[2] += (col.B - p[2]) * v
			}
		}
	}
}
