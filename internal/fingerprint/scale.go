package fingerprint

import "math"

// The scale space is Lowe's ("Distinctive Image Features from Scale-Invariant
// Keypoints", 2004): differences of ever more blurred pictures, whose extremes
// are found again at other sizes.
const (
	steps     = 3   // sizes between a size and its double
	finest    = 1.6 // blur of an octave's first picture, in its pixels
	inherent  = 0.5 // blur that every picture has by itself
	contrast  = 0.3 // least strength of an extreme, of 255
	edgeRatio = 10  // most of a curvature over the other, above which it is an edge
	margin    = 5   // pixels at an octave's edge without extremes
	smallest  = 24  // least side of an octave
	octavesUp = 6   // bounds the octaves
)

// octave is a picture at one size with ever more blur.
type octave struct {
	step  float64 // its pixel in pixels of the first octave
	blurs []plane // steps+3 of them; blurs[i] has blur finest·2^(i/steps)
}

// octaves builds the scale space of a picture.
func octaves(p plane) []octave {
	var all []octave
	base := blur(p, math.Sqrt(finest*finest-inherent*inherent))
	for step := 1.0; min(base.w, base.h) >= smallest && len(all) < octavesUp; step *= 2 {
		o := octave{step: step, blurs: []plane{base}}
		for i := 1; i < steps+3; i++ {
			from, to := level(i-1), level(i)
			o.blurs = append(o.blurs, blur(o.blurs[i-1], math.Sqrt(to*to-from*from)))
		}
		all = append(all, o)
		base = halved(o.blurs[steps])
	}
	return all
}

// level is the blur of an octave's picture i, in its pixels.
func level(i int) float64 { return finest * math.Pow(2, float64(i)/steps) }

// halved takes every second pixel.
func halved(p plane) plane {
	out := plane{w: p.w / 2, h: p.h / 2}
	out.v = make([]float32, out.w*out.h)
	for y := range out.h {
		for x := range out.w {
			out.v[y*out.w+x] = p.v[2*y*p.w+2*x]
		}
	}
	return out
}

// blur is a Gaussian blur; beyond an edge the picture goes on as its last pixel.
func blur(p plane, sigma float64) plane {
	reach := int(math.Ceil(3 * sigma))
	kernel := make([]float32, reach+1)
	sum := 0.0
	for i := range kernel {
		v := math.Exp(-float64(i*i) / (2 * sigma * sigma))
		kernel[i] = float32(v)
		sum += v
		if i > 0 {
			sum += v
		}
	}
	for i := range kernel {
		kernel[i] /= float32(sum)
	}
	// Both ways a whole row at a time: two neighbours share a weight.
	across := plane{w: p.w, h: p.h, v: make([]float32, len(p.v))}
	line := make([]float32, p.w+2*reach)
	for y := range p.h {
		row := p.v[y*p.w : (y+1)*p.w]
		for i := range reach {
			line[i], line[reach+p.w+i] = row[0], row[p.w-1]
		}
		copy(line[reach:], row)
		out := across.v[y*p.w : (y+1)*p.w]
		scaled(out, row, kernel[0])
		for i := 1; i <= reach; i++ {
			added(out, line[reach-i:], line[reach+i:], kernel[i])
		}
	}
	down := plane{w: p.w, h: p.h, v: make([]float32, len(p.v))}
	at := func(y int) []float32 {
		y = min(max(y, 0), p.h-1)
		return across.v[y*p.w : (y+1)*p.w]
	}
	for y := range p.h {
		out := down.v[y*p.w : (y+1)*p.w]
		scaled(out, at(y), kernel[0])
		for i := 1; i <= reach; i++ {
			added(out, at(y-i), at(y+i), kernel[i])
		}
	}
	return down
}

func scaled(out, in []float32, by float32) {
	in = in[:len(out)]
	for x := range out {
		out[x] = by * in[x]
	}
}

// added adds two rows with one weight.
func added(out, a, b []float32, by float32) {
	a, b = a[:len(out)], b[:len(out)]
	for x := range out {
		out[x] += by * (a[x] + b[x])
	}
}

// spot is an extreme of the scale space, in pixels of the first octave.
type spot struct {
	x, y, size float64
	strength   float64 // 0 to 255
}

// spots finds the extremes of all octaves.
func spots(all []octave) []spot {
	var out []spot
	for _, o := range all {
		var d [steps + 2]plane
		for i := range d {
			a, b := o.blurs[i], o.blurs[i+1]
			d[i] = plane{w: a.w, h: a.h, v: make([]float32, len(a.v))}
			for k := range a.v {
				d[i].v[k] = b.v[k] - a.v[k]
			}
		}
		for i := 1; i <= steps; i++ {
			out = append(out, o.extremes(&d, i)...)
		}
	}
	return out
}

// extremes finds those of one difference among itself and its two neighbours.
func (o octave) extremes(d *[steps + 2]plane, i int) []spot {
	var out []spot
	p := d[i]
	for y := margin; y < p.h-margin; y++ {
		for x := margin; x < p.w-margin; x++ {
			v := p.v[y*p.w+x]
			if v < contrast/2 && v > -contrast/2 || !extreme(d, i, x, y, v) {
				continue
			}
			if s, ok := o.refined(d, i, x, y); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

func extreme(d *[steps + 2]plane, i, x, y int, v float32) bool {
	w := d[i].w
	at := y*w + x
	for _, p := range [3][]float32{d[i].v, d[i-1].v, d[i+1].v} {
		for _, k := range [9]int{at - 1, at + 1, at - w, at + w, at - w - 1, at - w + 1, at + w - 1, at + w + 1, at} {
			if v > 0 && p[k] > v || v < 0 && p[k] < v {
				return false
			}
		}
	}
	return true
}

// refined moves an extreme to the top of the parabola through its neighbours.
func (o octave) refined(d *[steps + 2]plane, i, x, y int) (spot, bool) {
	w := d[i].w
	for range 4 {
		get := func(di, dx, dy int) float64 { return float64(d[i+di].v[(y+dy)*w+x+dx]) }
		v := get(0, 0, 0)
		gx, gy, gs := (get(0, 1, 0)-get(0, -1, 0))/2, (get(0, 0, 1)-get(0, 0, -1))/2, (get(1, 0, 0)-get(-1, 0, 0))/2
		xx, yy, ss := get(0, 1, 0)+get(0, -1, 0)-2*v, get(0, 0, 1)+get(0, 0, -1)-2*v, get(1, 0, 0)+get(-1, 0, 0)-2*v
		xy := (get(0, 1, 1) - get(0, -1, 1) - get(0, 1, -1) + get(0, -1, -1)) / 4
		xs := (get(1, 1, 0) - get(1, -1, 0) - get(-1, 1, 0) + get(-1, -1, 0)) / 4
		ys := (get(1, 0, 1) - get(1, 0, -1) - get(-1, 0, 1) + get(-1, 0, -1)) / 4
		det := xx*(yy*ss-ys*ys) - xy*(xy*ss-ys*xs) + xs*(xy*ys-yy*xs)
		if det == 0 {
			return spot{}, false
		}
		// Cramer's rule for the step to where all slopes are 0.
		ox := -(gx*(yy*ss-ys*ys) - xy*(gy*ss-ys*gs) + xs*(gy*ys-yy*gs)) / det
		oy := -(xx*(gy*ss-gs*ys) - gx*(xy*ss-ys*xs) + xs*(xy*gs-gy*xs)) / det
		os := -(xx*(yy*gs-ys*gy) - xy*(xy*gs-gy*xs) + gx*(xy*ys-yy*xs)) / det
		if math.Abs(ox) <= 0.6 && math.Abs(oy) <= 0.6 && math.Abs(os) <= 0.6 {
			strength := math.Abs(v + (gx*ox+gy*oy+gs*os)/2)
			flat := xx*yy - xy*xy
			if strength < contrast || flat <= 0 || (xx+yy)*(xx+yy)*edgeRatio >= (edgeRatio+1)*(edgeRatio+1)*flat {
				return spot{}, false
			}
			return spot{
				x: (float64(x) + ox) * o.step, y: (float64(y) + oy) * o.step,
				size: finest * math.Pow(2, (float64(i)+os)/steps) * o.step, strength: strength,
			}, true
		}
		if !(math.Abs(ox) < 8 && math.Abs(oy) < 8 && math.Abs(os) < 8) {
			return spot{}, false
		}
		x, y, i = x+int(math.Round(ox)), y+int(math.Round(oy)), i+int(math.Round(os))
		if i < 1 || i > steps || x < margin || y < margin || x >= w-margin || y >= d[i].h-margin {
			return spot{}, false
		}
	}
	return spot{}, false
}
