package fingerprint

import (
	"cmp"
	"math"
	"slices"
)

const (
	// printSide is the side of a square with as many pixels as pictures are
	// brought to.
	printSide = 512

	// wordBits and checkBits are the signs of a part's slow waves that it is
	// looked up by and that are compared then.
	wordBits  = 28
	checkBits = 28

	// around is how much of a part's neighbourhood is seen, in sizes from its
	// middle.
	around = 5
	// grid is how many samples that takes on each side.
	grid = 16
	// strong is from when on an extreme is not faint, of 255, and plenty how
	// many of them make the faint ones superfluous.
	strong, plenty = 0.8, 100
	// slowest is how many slow waves a neighbourhood is told by.
	slowest = wordBits + checkBits
)

// waveOrder are the pairs of waves across and down, the slowest first.
var waveOrder = func() (order [slowest][2]int) {
	var all [][2]int
	for i := range grid {
		for j := range grid {
			if i+j > 0 {
				all = append(all, [2]int{i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int {
		return cmp.Or(cmp.Compare(a[0]*a[0]+a[1]*a[1], b[0]*b[0]+b[1]*b[1]), cmp.Compare(a[0], b[0]))
	})
	copy(order[:], all)
	return order
}()

// patchWaves are the waves over a grid, and patchWeight lets what is near the
// middle count most: it is what a small error of place or size moves least.
var (
	patchWaves = func() (c [grid][grid]float64) {
		for k := range grid {
			for i := range grid {
				c[k][i] = math.Cos(math.Pi / grid * (float64(i) + 0.5) * float64(k))
			}
		}
		return c
	}()
	patchWeight = func() (w [grid]float64) {
		for i := range grid {
			d := (float64(i) + 0.5 - grid/2) / (grid / 2)
			w[i] = math.Exp(-d * d / (2 * 0.6 * 0.6))
		}
		return w
	}()
)

// feature is a spot with what is around it: the strengths of its slow waves,
// of which all together are 1.
type feature struct {
	spot
	waves [slowest]float64
}

// features finds the spots of a picture whose neighbourhood lies within it. Those
// that are faint are unsteady, and are only taken where there are few others.
func features(p plane) []feature {
	all := octaves(p)
	var out []feature
	for _, s := range spots(all) {
		if r := s.size * around; s.x < r || s.y < r || s.x > float64(p.w-1)-r || s.y > float64(p.h-1)-r {
			continue
		}
		if f, ok := described(all, s); ok {
			out = append(out, f)
		}
	}
	weak := func(f feature) bool { return f.strength < strong }
	faint := 0
	for _, f := range out {
		if weak(f) {
			faint++
		}
	}
	if len(out)-faint >= plenty {
		out = slices.DeleteFunc(out, weak)
	}
	return out
}

// described looks at the neighbourhood of a spot; false if it is flat.
func described(all []octave, s spot) (feature, bool) {
	p, step := nearest(all, s.size*0.6)
	var seen [grid][grid]float64
	var sum, weight float64
	for i := range grid {
		y := (s.y + s.size*around*(2*(float64(i)+0.5)/grid-1)) / step
		for j := range grid {
			x := (s.x + s.size*around*(2*(float64(j)+0.5)/grid-1)) / step
			w := patchWeight[i] * patchWeight[j]
			seen[i][j] = p.at(x, y)
			sum += w * seen[i][j]
			weight += w
		}
	}
	mean := sum / weight
	for i := range grid {
		for j := range grid {
			seen[i][j] = (seen[i][j] - mean) * patchWeight[i] * patchWeight[j]
		}
	}
	// Waves across each row, then down.
	const kept = 10
	var rows [grid][kept]float64
	for i := range grid {
		for k := range kept {
			for j := range grid {
				rows[i][k] += seen[i][j] * patchWaves[k][j]
			}
		}
	}
	f := feature{spot: s}
	var norm float64
	for n, w := range waveOrder {
		for i := range grid {
			f.waves[n] += rows[i][w[0]] * patchWaves[w[1]][i]
		}
		norm += f.waves[n] * f.waves[n]
	}
	if norm < 1 {
		return f, false
	}
	for n := range f.waves {
		f.waves[n] /= math.Sqrt(norm)
	}
	return f, true
}

// nearest gives the picture of the scale space with a blur next to sigma, and
// how many pixels of the first octave its pixel is.
func nearest(all []octave, sigma float64) (plane, float64) {
	best, off := all[0].blurs[0], math.Inf(1)
	step := 1.0
	for _, o := range all {
		for i := range steps {
			if d := math.Abs(math.Log(level(i) * o.step / sigma)); d < off {
				best, off, step = o.blurs[i], d, o.step
			}
		}
	}
	return best, step
}

// at is the picture between its pixels, by straight lines.
func (p plane) at(x, y float64) float64 {
	x, y = min(max(x, 0), float64(p.w-1)), min(max(y, 0), float64(p.h-1))
	x0, y0 := min(int(x), max(p.w-2, 0)), min(int(y), max(p.h-2, 0))
	x1, y1 := min(x0+1, p.w-1), min(y0+1, p.h-1)
	fx, fy := x-float64(x0), y-float64(y0)
	top := float64(p.v[y0*p.w+x0])*(1-fx) + float64(p.v[y0*p.w+x1])*fx
	bottom := float64(p.v[y1*p.w+x0])*(1-fx) + float64(p.v[y1*p.w+x1])*fx
	return top*(1-fy) + bottom*fy
}

// mirrored is the feature as the mirrored picture of a width has it: every
// second wave across changes its sign.
func (f feature) mirrored(width float64) feature {
	f.x = width - 1 - f.x
	for n, w := range waveOrder {
		if w[0]%2 == 1 {
			f.waves[n] = -f.waves[n]
		}
	}
	return f
}

// wordBit is the bit of a word that the n-th slowest wave's sign is. The quicker
// a wave, the more often its sign turns: these are the lowest bits, so that the
// words a feature may have lie near each other and on one page of an index,
// which is nearly half of the pages that a search reads.
func wordBit(n int) uint32 { return 1 << (wordBits - 1 - n) }

// bits gives the signs of the waves.
func (f *feature) bits() (word, check uint32) {
	for n, v := range f.waves {
		switch {
		case v <= 0:
		case n < wordBits:
			word |= wordBit(n)
		default:
			check |= 1 << (n - wordBits)
		}
	}
	return word, check
}
