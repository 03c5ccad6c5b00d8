package nsfw

import "math"

// unfold writes for every place of the result what its window sees, row by
// row, so that a convolution becomes a product of matrices. What hangs over the
// edge is 0.
func unfold(patch, in []float32, from, to size, s *step) {
	p := 0
	for y := range to.h {
		for x := range to.w {
			for ky := range s.side {
				iy := y*s.stride + ky - s.before
				for kx := range s.side {
					ix := x*s.stride + kx - s.before
					if iy >= 0 && iy < from.h && ix >= 0 && ix < from.w {
						copy(patch[p:p+from.c], in[(iy*from.w+ix)*from.c:])
					} else {
						clear(patch[p : p+from.c])
					}
					p += from.c
				}
			}
		}
	}
}

// slide runs a 3×3 window over each channel by itself.
func slide(in []float32, from size, out []float32, to size, s *step) {
	c := from.c
	for y := range to.h {
		top := y*s.stride - s.before
		for x := range to.w {
			left := x*s.stride - s.before
			dst := out[(y*to.w+x)*c:][:c]
			if top >= 0 && left >= 0 && top+3 <= from.h && left+3 <= from.w {
				at := func(ky int) []float32 { return in[((top+ky)*from.w+left)*c:][:3*c] }
				nine(dst, at(0), at(1), at(2), s.taps, s.bias)
				continue
			}
			copy(dst, s.bias)
			for ky := range 3 {
				for kx := range 3 {
					iy, ix := top+ky, left+kx
					if iy < 0 || iy >= from.h || ix < 0 || ix >= from.w {
						continue
					}
					src, w := in[(iy*from.w+ix)*c:][:c], s.taps[(ky*3+kx)*c:][:c]
					for q := range dst {
						dst[q] += src[q] * w[q]
					}
				}
			}
		}
	}
}

// nineGo is a whole window at once: a, b and c are its rows of three places.
func nineGo(dst, a, b, c, taps, bias []float32, from int) {
	n := len(dst)
	bias = bias[:n]
	a0, a1, a2 := a[:n], a[n:][:n], a[2*n:][:n]
	b0, b1, b2 := b[:n], b[n:][:n], b[2*n:][:n]
	c0, c1, c2 := c[:n], c[n:][:n], c[2*n:][:n]
	var t [9][]float32
	for i := range t {
		t[i] = taps[i*n:][:n]
	}
	t0, t1, t2, t3, t4, t5, t6, t7, t8 := t[0][:n], t[1][:n], t[2][:n], t[3][:n], t[4][:n], t[5][:n], t[6][:n], t[7][:n], t[8][:n]
	for q := from; q < n; q++ {
		x := bias[q] + a0[q]*t0[q] + a1[q]*t1[q] + a2[q]*t2[q]
		y := b0[q]*t3[q] + b1[q]*t4[q] + b2[q]*t5[q]
		z := c0[q]*t6[q] + c1[q]*t7[q] + c2[q]*t8[q]
		dst[q] = x + y + z
	}
}

// average gives the mean of each channel; out has one number a channel.
func average(in, out []float32) {
	clear(out)
	places := float32(len(in) / len(out))
	for len(in) > 0 {
		for c := range out {
			out[c] += in[c]
		}
		in = in[len(out):]
	}
	for c := range out {
		out[c] /= places
	}
}

// shares turns numbers into shares of 1 (softmax).
func shares(in, out []float32) {
	most := in[0]
	for _, x := range in {
		most = max(most, x)
	}
	var whole float64
	for i, x := range in {
		e := math.Exp(float64(x - most))
		out[i] = float32(e)
		whole += e
	}
	for i := range out {
		out[i] = float32(float64(out[i]) / whole)
	}
}
