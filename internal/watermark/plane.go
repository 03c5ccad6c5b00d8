package watermark

import (
	"context"
	"image"
	"image/draw"
	"math"
)

// plane is one number for each pixel, in rows.
type plane struct {
	w, h int
	v    []float32
}

func newPlane(w, h int) plane { return plane{w, h, make([]float32, w*h)} }

func (p plane) row(y int) []float32 { return p.v[y*p.w:][:p.w] }

// box gives the mean of the (2r+1)² pixels about each; at the edges, of those
// that there are.
func (p plane) box(r int) plane {
	across, out := newPlane(p.w, p.h), newPlane(p.w, p.h)
	share := shares(p.w, r)
	for y := range p.h {
		in, to := p.row(y), across.row(y)
		var sum float32
		for x := range min(r, p.w) {
			sum += in[x]
		}
		for x := range to {
			if x+r < p.w {
				sum += in[x+r]
			}
			if x > r {
				sum -= in[x-r-1]
			}
			to[x] = sum * share[x]
		}
	}
	share = shares(p.h, r)
	sums := make([]float32, p.w)
	for y := range min(r, p.h) {
		for x, v := range across.row(y) {
			sums[x] += v
		}
	}
	for y := range p.h {
		if y+r < p.h {
			for x, v := range across.row(y + r) {
				sums[x] += v
			}
		}
		if y > r {
			for x, v := range across.row(y - r - 1) {
				sums[x] -= v
			}
		}
		to, k := out.row(y), share[y]
		for x, v := range sums {
			to[x] = v * k
		}
	}
	return out
}

// shares gives one over the count of neighbours within r, for each of n.
func shares(n, r int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = 1 / float32(min(i+r, n-1)-max(i-r, 0)+1)
	}
	return out
}

// The weights of luma, of ITU-R BT.601, as JPEG has them.
const (
	lumaRed   = 0.299
	lumaGreen = 0.587
	lumaBlue  = 0.114
)

// lines reads an image's luma row by row, 0 to 255, over white where it is
// transparent. Of an image of too many pixels it reads each step-th row and
// column.
type lines struct {
	img   image.Image
	at    image.Rectangle
	step  int
	w, h  int
	strip *image.RGBA
}

func linesOf(img image.Image, at image.Rectangle) *lines {
	l := &lines{img: img, at: at, step: 1}
	if area := float64(at.Dx()) * float64(at.Dy()); area > mostPixels {
		l.step = int(math.Ceil(math.Sqrt(area / mostPixels)))
	}
	l.w, l.h = (at.Dx()+l.step-1)/l.step, (at.Dy()+l.step-1)/l.step
	return l
}

// read writes the luma of row y into to.
func (l *lines) read(y int, to []float32) {
	y = l.at.Min.Y + y*l.step
	switch m := l.img.(type) {
	case *image.YCbCr:
		at := m.YOffset(l.at.Min.X, y)
		for x := range to {
			to[x] = float32(m.Y[at+x*l.step])
		}
	case *image.Gray:
		at := m.PixOffset(l.at.Min.X, y)
		for x := range to {
			to[x] = float32(m.Pix[at+x*l.step])
		}
	case *image.NRGBA:
		at := m.PixOffset(l.at.Min.X, y)
		for x := range to {
			p := m.Pix[at+x*4*l.step:][:4:4]
			v := lumaRed*float32(p[0]) + lumaGreen*float32(p[1]) + lumaBlue*float32(p[2])
			if p[3] != 255 {
				v = 255 + (v-255)*float32(p[3])/255
			}
			to[x] = v
		}
	default:
		if l.strip == nil {
			l.strip = image.NewRGBA(image.Rect(0, 0, l.at.Dx(), 1))
		}
		draw.Draw(l.strip, l.strip.Rect, l.img, image.Pt(l.at.Min.X, y), draw.Src)
		for x := range to {
			p := l.strip.Pix[x*4*l.step:][:4:4]
			to[x] = lumaRed*float32(p[0]) + lumaGreen*float32(p[1]) + lumaBlue*float32(p[2]) + 255 - float32(p[3])
		}
	}
}

// shrink reads the luma within at and gives it at w × h, no larger than at:
// each pixel is the mean of the area that it stands for. The error is ctx's.
func shrink(ctx context.Context, img image.Image, at image.Rectangle, w, h int) (plane, error) {
	in := linesOf(img, at)
	w, h = min(w, in.w), min(h, in.h)
	out := newPlane(w, h)
	line := make([]float32, in.w)
	if w == in.w && h == in.h {
		for y := range h {
			in.read(y, out.row(y))
		}
		return out, ctx.Err()
	}
	first, part := spread(in.w, w)
	down, share := spread(in.h, h)
	narrow := make([]float32, w+1)
	for y := range in.h {
		if y%256 == 0 && ctx.Err() != nil {
			return plane{}, ctx.Err()
		}
		in.read(y, line)
		clear(narrow)
		for x, v := range line {
			i, k := first[x], part[x]
			narrow[i] += v * k
			narrow[i+1] += v * (1 - k)
		}
		i, k := down[y], share[y]
		to := out.row(i)
		for x := range to {
			to[x] += narrow[x] * k
		}
		if k < 1 && i+1 < h {
			to = out.row(i + 1)
			for x := range to {
				to[x] += narrow[x] * (1 - k)
			}
		}
	}
	k := float32(w) / float32(in.w) * float32(h) / float32(in.h)
	for i := range out.v {
		out.v[i] *= k
	}
	return out, ctx.Err()
}

// spread tells for each of from pixels the first of to pixels that it covers,
// and with what part of itself; the rest is the next one's.
func spread(from, to int) ([]int, []float32) {
	first, part := make([]int, from), make([]float32, from)
	for i := range first {
		a, b := float64(i)*float64(to)/float64(from), float64(i+1)*float64(to)/float64(from)
		first[i] = min(int(a), to-1)
		if edge := float64(first[i] + 1); b > edge && first[i]+1 < to {
			part[i] = float32((edge - a) / (b - a))
		} else {
			part[i] = 1
		}
	}
	return first, part
}
