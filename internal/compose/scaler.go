package compose

import (
	"image"
	"math"
)

// scaler resamples a picture to w×h, any part of it at a time and each part as
// in the whole: by Hermite's curve as light where it shrinks and by Lanczos
// where it grows. Sums are of whole numbers, so every processor gives the same bytes.
type scaler struct {
	src    *image.NRGBA // at 0,0, of the target's shape
	xs, ys taps         // both empty when nothing is to be resampled
	scale  *scale
	// parts are 3 for an opaque picture, and 4 for one with alpha.
	parts int
}

// taps are, for every output place, the first input place and how much of it
// and of those after it is taken, in 1/2^tapBits.
type taps struct {
	n     int
	first []int32
	share []int16
}

const tapBits = 14

// coverScaler returns what scales a picture to cover w×h, cut evenly on two
// sides. See-through parts are on white.
func coverScaler(img image.Image, w, h int) *scaler {
	src := opaqueView(img)
	b := src.Rect
	if b.Dx() == w && b.Dy() == h {
		return &scaler{src: src}
	}
	// The part of the source that has the target's shape, from the middle.
	k := max(float64(w)/float64(b.Dx()), float64(h)/float64(b.Dy()))
	cw, ch := min(b.Dx(), int(math.Round(float64(w)/k))), min(b.Dy(), int(math.Round(float64(h)/k)))
	x, y := (b.Dx()-cw)/2, (b.Dy()-ch)/2
	src = src.SubImage(image.Rect(x, y, x+max(1, cw), y+max(1, ch))).(*image.NRGBA)
	return newScaler(src, w, h, 3)
}

// newScaler returns what scales all of a picture to w×h.
func newScaler(src *image.NRGBA, w, h, parts int) *scaler {
	for src.Rect.Dx() >= 2*w && src.Rect.Dy() >= 2*h {
		src = halve(src)
	}
	src = &image.NRGBA{Pix: src.Pix[src.PixOffset(src.Rect.Min.X, src.Rect.Min.Y):], Stride: src.Stride, Rect: image.Rect(0, 0, src.Rect.Dx(), src.Rect.Dy())}
	s := &scaler{src: src, scale: asEncoded, parts: parts}
	if src.Rect.Dx() == w && src.Rect.Dy() == h {
		return s
	}
	s.xs, s.ys = newTaps(src.Rect.Dx(), w), newTaps(src.Rect.Dy(), h)
	if w < src.Rect.Dx() {
		s.scale = asLight
	}
	return s
}

func newTaps(from, to int) taps {
	step := float64(from) / float64(to)
	support, kernel := 1.0, hermite
	wide := max(1, step)
	if to > from {
		support, kernel = 3, lanczos
	}
	n := min(from, 2*int(math.Ceil(support*wide))+1)
	t := taps{n: n, first: make([]int32, to), share: make([]int16, to*n)}
	v := make([]float64, n)
	for i := range to {
		at := (float64(i)+0.5)*step - 0.5
		first := max(0, min(from-n, int(math.Ceil(at-support*wide))))
		sum := 0.0
		for k := range n {
			v[k] = kernel((float64(first+k) - at) / wide)
			sum += v[k]
		}
		// What rounding leaves goes to the largest, so that flat stays flat.
		left, largest := int32(1<<tapBits), 0
		for k := range n {
			q := int32(math.Round(v[k] / sum * (1 << tapBits)))
			t.share[i*n+k] = int16(q)
			left -= q
			if v[k] > v[largest] {
				largest = k
			}
		}
		t.share[i*n+largest] += int16(left)
		t.first[i] = int32(first)
	}
	return t
}

// hermite has no lobes below zero: in light they would draw a black ring round
// every star.
func hermite(x float64) float64 {
	if x = math.Abs(x); x < 1 {
		return 1 + x*x*(2*x-3)
	}
	return 0
}

func lanczos(x float64) float64 {
	x = math.Abs(x)
	if x < 1e-9 {
		return 1
	}
	if x >= 3 {
		return 0
	}
	return 3 * math.Sin(math.Pi*x) * math.Sin(math.Pi*x/3) / (math.Pi * math.Pi * x * x)
}

// scalerRows are the source rows that one worker has resampled already.
type scalerRows struct {
	of     *scaler
	x0, x1 int
	row    [][]int16 // by source row modulo the taps
	at     []int
}

// draw writes an area of the result into dst, whose rectangle names the part of
// the whole that it is.
func (s *scaler) draw(r *scalerRows, dst *image.NRGBA, area image.Rectangle) {
	w := area.Dx()
	if s.xs.n == 0 {
		for y := area.Min.Y; y < area.Max.Y; y++ {
			copy(dst.Pix[dst.PixOffset(area.Min.X, y):][:w*4], s.src.Pix[s.src.PixOffset(area.Min.X, y):])
		}
		return
	}
	n := s.ys.n
	if r.of != s || r.x0 != area.Min.X || r.x1 != area.Max.X {
		*r = scalerRows{of: s, x0: area.Min.X, x1: area.Max.X, row: make([][]int16, n), at: make([]int, n)}
		for i := range r.row {
			r.row[i], r.at[i] = make([]int16, w*s.parts), -1
		}
	}
	rows := make([][]int16, n)
	acc := make([]int32, w*s.parts)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		first := int(s.ys.first[y])
		for k := range n {
			slot := (first + k) % n
			if r.at[slot] != first+k {
				s.across(r.row[slot], first+k, area.Min.X)
				r.at[slot] = first + k
			}
			rows[k] = r.row[slot]
		}
		s.down(dst.Pix[dst.PixOffset(area.Min.X, y):][:w*4], rows, s.ys.share[y*n:(y+1)*n], acc)
	}
}

// across resamples one source row to the columns from x0 on.
func (s *scaler) across(dst []int16, y, x0 int) {
	if s.parts == 4 {
		s.acrossAlpha(dst, y, x0)
		return
	}
	n, in := s.xs.n, &s.scale.in
	src := s.src.Pix[y*s.src.Stride:]
	for i := range len(dst) / 3 {
		x := x0 + i
		share := s.xs.share[x*n : (x+1)*n]
		p := src[int(s.xs.first[x])*4:]
		p = p[:n*4]
		var r, g, b int32
		for k, v := range share {
			q := p[k*4 : k*4+3 : k*4+3]
			r += in[q[0]] * int32(v)
			g += in[q[1]] * int32(v)
			b += in[q[2]] * int32(v)
		}
		const half = 1 << (tapBits - 1)
		d := dst[i*3 : i*3+3 : i*3+3]
		d[0] = int16((r + half) >> tapBits)
		d[1] = int16((g + half) >> tapBits)
		d[2] = int16((b + half) >> tapBits)
	}
}

// acrossAlpha is across for colours that count as much as their alpha.
func (s *scaler) acrossAlpha(dst []int16, y, x0 int) {
	n, in := s.xs.n, &s.scale.in
	src := s.src.Pix[y*s.src.Stride:]
	for i := range len(dst) / 4 {
		x := x0 + i
		p := src[int(s.xs.first[x])*4:]
		var sum [4]int32
		for k, v := range s.xs.share[x*n : (x+1)*n] {
			q := (*[4]uint8)(p[k*4:])
			a := int32(q[3])
			for c := range 3 {
				sum[c] += (in[q[c]]*a + 127) / 255 * int32(v)
			}
			sum[3] += ((a<<lightBits + 127) / 255) * int32(v)
		}
		d := (*[4]int16)(dst[i*4:])
		for c := range d {
			d[c] = int16((sum[c] + 1<<(tapBits-1)) >> tapBits)
		}
	}
}

// down mixes rows into one row of pixels.
func (s *scaler) down(dst []uint8, rows [][]int16, share []int16, acc []int32) {
	clear(acc)
	for k, row := range rows {
		v := int32(share[k])
		if v == 0 {
			continue
		}
		row = row[:len(acc)]
		for i, q := range row {
			acc[i] += int32(q) * v
		}
	}
	const half, one = 1 << (tapBits - 1), 1 << lightBits
	out := &s.scale.out
	if s.parts == 4 {
		for i := range len(acc) / 4 {
			p, d := (*[4]int32)(acc[i*4:]), (*[4]uint8)(dst[i*4:])
			*d = [4]uint8{}
			a := max(0, min(one, (p[3]+half)>>tapBits))
			if d[3] = uint8((a*255 + one/2) >> lightBits); d[3] == 0 {
				continue
			}
			for c := range 3 {
				d[c] = out[max(0, min(one, ((p[c]+half)>>tapBits)*one/a))]
			}
		}
		return
	}
	for i := range len(acc) / 3 {
		a := (*[3]int32)(acc[i*3:])
		d := (*[4]uint8)(dst[i*4:])
		d[0] = out[max(0, min(one, (a[0]+half)>>tapBits))]
		d[1] = out[max(0, min(one, (a[1]+half)>>tapBits))]
		d[2] = out[max(0, min(one, (a[2]+half)>>tapBits))]
		d[3] = 255
	}
}

// all returns the whole result.
func (s *scaler) all(w, h int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	sideBySide(h, func(y0, y1 int) {
		var rows scalerRows
		s.draw(&rows, out, image.Rect(0, y0, w, y1))
	})
	return out
}
