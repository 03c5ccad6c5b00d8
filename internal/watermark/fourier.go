package watermark

import (
	"math"
	"sync"
)

// transform is a Fourier transform of one power of two, in the self-sorting
// form of Stockham: stages of four, and one of two where the power is odd.
type transform struct {
	n     int
	turns []complex64 // e^(-2πi p/n)
}

var (
	transforms     = map[int]*transform{}
	transformsLock sync.Mutex
)

// transformOf gives the transform of n, a power of two.
func transformOf(n int) *transform {
	transformsLock.Lock()
	defer transformsLock.Unlock()
	t := transforms[n]
	if t == nil {
		t = &transform{n: n, turns: make([]complex64, n)}
		for p := range t.turns {
			sin, cos := math.Sincos(-2 * math.Pi * float64(p) / float64(n))
			t.turns[p] = complex(float32(cos), float32(sin))
		}
		transforms[n] = t
	}
	return t
}

// forward transforms side signals at once: sample i of signal q is at
// x[i*side+q]. It uses both slices and gives the one that holds the result.
// The inverse is the forward transform of what is turned round.
func (t *transform) forward(x, y []complex64, side int) []complex64 {
	n, s := t.n, side
	for n >= 4 {
		quarter, step := n/4, t.n/n
		for p := range quarter {
			w1, w2, w3 := t.turns[p*step], t.turns[2*p*step], t.turns[3*p*step]
			a, b := x[s*p:][:s], x[s*(p+quarter):][:s]
			c, d := x[s*(p+2*quarter):][:s], x[s*(p+3*quarter):][:s]
			y0, y1, y2, y3 := y[s*4*p:][:s], y[s*(4*p+1):][:s], y[s*(4*p+2):][:s], y[s*(4*p+3):][:s]
			for q := range a {
				ac, bd := a[q]+c[q], b[q]+d[q]
				m, k := a[q]-c[q], b[q]-d[q]
				j := complex(-imag(k), real(k))
				y0[q] = ac + bd
				y1[q] = w1 * (m - j)
				y2[q] = w2 * (ac - bd)
				y3[q] = w3 * (m + j)
			}
		}
		x, y = y, x
		n /= 4
		s *= 4
	}
	if n == 2 {
		a, b := x[:s], x[s:2*s]
		c, d := y[:s], y[s:2*s]
		for q := range a {
			c[q], d[q] = a[q]+b[q], a[q]-b[q]
		}
		x = y
	}
	return x
}

// square transforms n rows of n complex numbers, in rows and columns.
func square(n int, v []complex64) {
	t := transformOf(n)
	row := make([]complex64, n)
	for y := range n {
		line := v[y*n:][:n]
		if out := t.forward(line, row, 1); &out[0] != &line[0] {
			copy(line, out)
		}
	}
	columns(t, v, n, n)
}

// strip is how many columns are transformed together: enough to read whole
// lines of the cache, few enough to stay in it.
const strip = 16

// columns transforms the first count columns of rows that are wide numbers
// long.
func columns(t *transform, v []complex64, wide, count int) {
	a, b := make([]complex64, t.n*strip), make([]complex64, t.n*strip)
	for x := 0; x < count; x += strip {
		k := min(strip, count-x)
		for y := range t.n {
			copy(a[y*k:][:k], v[y*wide+x:])
		}
		out := t.forward(a[:t.n*k], b[:t.n*k], k)
		for y := range t.n {
			copy(v[y*wide+x:][:k], out[y*k:])
		}
	}
}
