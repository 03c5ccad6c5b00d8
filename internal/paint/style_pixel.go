package paint

import (
	"context"
	"math"

	"marquee/internal/raster"
)

var pixelStyle = style{id: "pixel", phrase: "as pixel art", flat: true, paint: paintPixel}

// pixelRows is how many pixels tall the little picture is.
const pixelRows = 168

// paintPixel paints small, keeps to the palette's steps and enlarges the
// result in hard squares.
func paintPixel(ctx context.Context, st *stage, w, h int, progress func(float64)) (*raster.Canvas, error) {
	rows := pixelRows
	cols := max(1, int(math.Round(float64(rows)*st.aspect)))
	const over = 3
	b := newBrush(cols*over, rows*over)
	b.fill = func(s *sheet, f *figureShape, path raster.Path) { b.plain(f, path) }
	if err := b.run(ctx, st, func(f float64) { progress(f * 0.8) }); err != nil {
		return nil, err
	}
	steps := st.steps()
	type pos struct{ l, a, b float64 }
	at := make([]pos, len(steps))
	colours := make([]raster.Color, len(steps))
	for i, t := range steps {
		a, bb := t.ab()
		at[i] = pos{t.l, a, bb}
		colours[i] = t.color(1)
	}
	bayer := [4][4]float64{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}
	grid := make([]raster.Color, cols*rows)
	for y := range rows {
		for x := range cols {
			// The median-like middle sample keeps edges hard where an average
			// would smear them; the average keeps thin things from vanishing.
			mid := b.c.At(x*over+1, y*over+1)
			var r, g, bl float32
			for j := range over {
				for i := range over {
					c := b.c.At(x*over+i, y*over+j)
					r, g, bl = r+c.R, g+c.G, bl+c.B
				}
			}
			c := raster.Color{R: (mid.R + r/9) / 2, G: (mid.G + g/9) / 2, B: (mid.B + bl/9) / 2, A: 1}
			l, a, bb := c.OKLab()
			d := (bayer[y&3][x&3]/16 - 0.47) * 0.035
			if st.calmAt(float64(x)/float64(rows), float64(y)/float64(rows)) {
				d = 0
			}
			best, bestD := 0, math.Inf(1)
			for i, p := range at {
				e := (p.l-l-d)*(p.l-l-d) + 1.6*((p.a-a)*(p.a-a)+(p.b-bb)*(p.b-bb))
				if e < bestD {
					best, bestD = i, e
				}
			}
			grid[y*cols+x] = colours[best]
		}
	}
	out := raster.NewCanvas(w, h)
	for y := range h {
		gy := min(y*rows/h, rows-1)
		for x := range w {
			c := grid[gy*cols+min(x*cols/w, cols-1)]
			q := out.Pix[(y*w+x)*4:]
			q[0], q[1], q[2], q[3] = c.R, c.G, c.B, 1
		}
	}
	progress(1)
	return out, nil
}

// steps are the fixed colours of a small machine's screen, made of the
// palette under this light.
func (st *stage) steps() []tint {
	var out []tint
	ramp := func(t tint, ls ...float64) {
		for _, l := range ls {
			out = append(out, t.at(l))
		}
	}
	cool := st.cool.soft(1.3)
	ramp(st.deep, 0.19, 0.25, 0.31)
	ramp(st.deep.blend(cool, 0.4).soft(1.2), 0.36, 0.43, 0.50)
	ramp(cool, 0.58, 0.66, 0.74, 0.82, 0.88)
	ramp(st.paper, 0.80, 0.88, 0.94, 0.97)
	ramp(st.warm, 0.36, 0.45, 0.54, 0.62)
	ramp(st.warm.blend(st.glow, 0.5), 0.55, 0.66, 0.75)
	ramp(st.glow, 0.70, 0.79, 0.86, 0.91)
	ramp(st.green, 0.26, 0.33, 0.40, 0.48, 0.57)
	ramp(st.warm.blend(st.deep, 0.5).soft(0.7), 0.28, 0.36, 0.45)
	ramp(st.mistTint(), st.mistTint().l)
	ramp(st.top(st.palette), st.top(st.palette).l)
	ramp(st.mid(st.palette), st.mid(st.palette).l)
	ramp(st.low(st.palette), st.low(st.palette).l)
	return out
}
