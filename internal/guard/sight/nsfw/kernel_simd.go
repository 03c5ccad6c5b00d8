//go:build goexperiment.simd && amd64

package nsfw

import "simd/archsimd"

// wide tells whether this processor has what the fast kernels need.
var wide = archsimd.X86.AVX2() && archsimd.X86.FMA()

// columnsSIMD is the width of a panel: two registers of eight numbers.
const columnsSIMD = 16

// Kernel names how the arithmetic is done: "plain", or "simd" in a build with
// GOEXPERIMENT=simd on a processor with AVX2 and FMA.
func Kernel() string {
	if wide {
		return "simd"
	}
	return "plain"
}

func pack(weights []float32, k, n int) matrix {
	if wide {
		return packBy(columnsSIMD, weights, k, n)
	}
	return packBy(columnsGo, weights, k, n)
}

func (m *matrix) times(a []float32, rows int, bias, out []float32) {
	if wide {
		m.timesSIMD(a, rows, bias, out)
		return
	}
	m.timesGo(a, rows, bias, out)
}

// timesSIMD gives out = a·m + bias, four rows by sixteen columns at once.
func (m *matrix) timesSIMD(a []float32, rows int, bias, out []float32) {
	k, n := m.k, m.n
	var sums [4][columnsSIMD]float32
	for i := 0; i < rows; i += 4 {
		row := func(r int) []float32 { return a[min(i+r, rows-1)*k:][:k] }
		r0, r1, r2, r3 := row(0), row(1), row(2), row(3)
		r1, r2, r3 = r1[:len(r0)], r2[:len(r0)], r3[:len(r0)]
		for j := 0; j < n; j += columnsSIMD {
			panel := m.panels[j*k:][:columnsSIMD*k]
			var c00, c01, c10, c11, c20, c21, c30, c31 archsimd.Float32x8
			for x := range r0 {
				q := (*[columnsSIMD]float32)(panel[x*columnsSIMD:])
				b0 := archsimd.LoadFloat32x8((*[8]float32)(q[:8]))
				b1 := archsimd.LoadFloat32x8((*[8]float32)(q[8:]))
				v := archsimd.BroadcastFloat32x8(r0[x])
				c00, c01 = v.MulAdd(b0, c00), v.MulAdd(b1, c01)
				v = archsimd.BroadcastFloat32x8(r1[x])
				c10, c11 = v.MulAdd(b0, c10), v.MulAdd(b1, c11)
				v = archsimd.BroadcastFloat32x8(r2[x])
				c20, c21 = v.MulAdd(b0, c20), v.MulAdd(b1, c21)
				v = archsimd.BroadcastFloat32x8(r3[x])
				c30, c31 = v.MulAdd(b0, c30), v.MulAdd(b1, c31)
			}
			keep(&sums[0], c00, c01)
			keep(&sums[1], c10, c11)
			keep(&sums[2], c20, c21)
			keep(&sums[3], c30, c31)
			for r := range min(4, rows-i) {
				dst := out[(i+r)*n+j : (i+r)*n+min(j+columnsSIMD, n)]
				for s := range dst {
					dst[s] = sums[r][s] + bias[j+s]
				}
			}
		}
	}
}

func keep(to *[columnsSIMD]float32, a, b archsimd.Float32x8) {
	a.Store((*[8]float32)(to[:8]))
	b.Store((*[8]float32)(to[8:]))
}

// nine is a whole 3×3 window at once; a, b and c are its rows of three places.
func nine(dst, a, b, c, taps, bias []float32) {
	n := len(dst)
	q := 0
	if wide {
		for ; q+8 <= n; q += 8 {
			sum := eight(bias, q)
			for i, row := range [3][]float32{a, b, c} {
				for x := range 3 {
					sum = eight(row, x*n+q).MulAdd(eight(taps, (i*3+x)*n+q), sum)
				}
			}
			sum.Store((*[8]float32)(dst[q:]))
		}
	}
	nineGo(dst, a, b, c, taps, bias, q)
}

func eight(s []float32, at int) archsimd.Float32x8 {
	return archsimd.LoadFloat32x8((*[8]float32)(s[at:]))
}
