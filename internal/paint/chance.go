package paint

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// chance is a stream of decisions. Each part of a picture draws from its own
// stream, named for the part, so that adding a star never moves a tree.
type chance struct{ *rand.Rand }

func newChance(seed uint64, name string) chance {
	h := fnv.New64a()
	h.Write([]byte(name)) // never fails: a hash has no errors to give
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// in gives a number from lo to hi.
func (c chance) in(lo, hi float64) float64 { return lo + (hi-lo)*c.Float64() }

// about gives a number near 0 that seldom leaves ±1.
func (c chance) about() float64 { return (c.Float64() + c.Float64() + c.Float64() - 1.5) / 1.5 * 1.3 }

// yes is true with probability p.
func (c chance) yes(p float64) bool { return c.Float64() < p }

// side is -1 or 1.
func (c chance) side() float64 {
	if c.yes(0.5) {
		return -1
	}
	return 1
}

// ridge is a smooth line of hills: a sum of waves with phases of its own.
type ridge struct {
	amp, freq, phase []float64
	sharp            float64
}

func (c chance) ridge(base float64, octaves int, sharp float64) ridge {
	r := ridge{sharp: sharp}
	a, f := 1.0, base
	for range octaves {
		r.amp = append(r.amp, a)
		r.freq = append(r.freq, f*c.in(0.85, 1.15))
		r.phase = append(r.phase, c.in(0, 2*math.Pi))
		a *= 0.5
		f *= 2.1
	}
	return r
}

// at gives the height at x, about -1..1; sharp 1 makes peaks, 0 makes waves.
func (r ridge) at(x float64) float64 {
	var v, sum float64
	for i, a := range r.amp {
		w := math.Sin(x*r.freq[i] + r.phase[i])
		p := 1 - 2*math.Abs(math.Mod(x*r.freq[i]/(2*math.Pi)+r.phase[i]+64, 1)*2-1)
		v += a * mix(w, p, r.sharp)
		sum += a
	}
	return v / sum
}
