package watermark

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// The error-correcting code: a polar code (Arıkan 2009) of 512 bits that
// carries 64, decoded as a list of the likeliest words (Tal and Vardy 2015).
// The checksum among the 64 bits picks the word, if any is right.
const (
	codeBits    = 512
	codeLevels  = 9
	messageBits = 64
	listLength  = 16
)

// free names the positions that carry message bits: those of the greatest
// polarisation weight (He et al. 2017, β = 2^¼), which needs no model of the
// channel. The other positions are zero.
var free = sync.OnceValue(func() []int {
	weight := func(i int) float64 {
		sum := 0.0
		for bit := range codeLevels {
			if i>>bit&1 == 1 {
				sum += math.Pow(2, float64(bit)/4)
			}
		}
		return sum
	}
	all := make([]int, codeBits)
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	best := all[:messageBits]
	slices.Sort(best)
	return best
})

// encode gives the code word of a message, a 0 or 1 in each place.
func encode(message uint64) [codeBits]uint8 {
	var word [codeBits]uint8
	for i, at := range free() {
		word[at] = uint8(message >> i & 1)
	}
	for half := 1; half < codeBits; half *= 2 {
		for i := 0; i < codeBits; i += 2 * half {
			for k := i; k < i+half; k++ {
				word[k] ^= word[k+half]
			}
		}
	}
	return word
}

// path is one way through the decoder's tree.
type path struct {
	// soft holds the likelihoods of each level: level d's are the 2^d from 2^d on.
	soft [2 * codeBits]float32
	// hard holds the left child's bits of each level, kept until its sibling is known.
	hard [2 * codeBits]uint8
	// cost grows with each decision against the likelihoods.
	cost    float32
	message uint64
}

// decoder holds what one decoding needs, for use again.
type decoder struct {
	paths, spare []*path
}

func newDecoder() *decoder {
	d := &decoder{}
	for range listLength {
		d.paths, d.spare = append(d.paths, &path{}), append(d.spare, &path{})
	}
	return d
}

// decode gives up to listLength messages, the likeliest first. soft[i] is over
// 0 where bit i is likelier a 0, and the surer the farther from it; only the
// ratios of its values matter.
func (d *decoder) decode(soft *[codeBits]float32) []uint64 {
	live := d.paths[:1]
	first := live[0]
	first.cost, first.message = 0, 0
	copy(first.soft[codeBits:], soft[:])
	carries := free()
	next := 0
	for i := range codeBits {
		for _, p := range live {
			p.descend(i)
		}
		if next < len(carries) && carries[next] == i {
			live = d.fork(live, next, i)
			next++
			continue
		}
		for _, p := range live {
			if v := p.soft[1]; v < 0 {
				p.cost -= v
			}
			p.settle(i, 0)
		}
	}
	slices.SortStableFunc(live, func(a, b *path) int { return cmp.Compare(a.cost, b.cost) })
	out := make([]uint64, len(live))
	for i, p := range live {
		out[i] = p.message
	}
	return out
}

// descend works out the likelihood of bit i from the levels above that are
// still good.
func (p *path) descend(i int) {
	level := codeLevels
	if i > 0 {
		// The lowest set bit tells the level at which a right child begins.
		low := 0
		for i>>low&1 == 0 {
			low++
		}
		half := 1 << low
		above, below, left := p.soft[2*half:][:2*half], p.soft[half:][:half], p.hard[half:][:half]
		for k := range below {
			a, b := above[k], above[k+half]
			if left[k] == 1 {
				a = -a
			}
			below[k] = b + a
		}
		level = low
	}
	for level--; level >= 0; level-- {
		half := 1 << level
		above, below := p.soft[2*half:][:2*half], p.soft[half:][:half]
		for k := range below {
			below[k] = gentler(above[k], above[k+half])
		}
	}
}

// gentler is the likelihood of the sum of two bits: the lesser size, with the
// product of the signs.
func gentler(a, b float32) float32 {
	x, y := math.Float32bits(a), math.Float32bits(b)
	sign := (x ^ y) & (1 << 31)
	return math.Float32frombits(min(x&^(1<<31), y&^(1<<31)) | sign)
}

// settle notes that bit i is v and joins what is complete.
func (p *path) settle(i int, v uint8) {
	var a, b [codeBits]uint8
	now, other := a[:], b[:]
	now[0] = v
	level := 0
	for ; i>>level&1 == 1; level++ {
		half := 1 << level
		left := p.hard[half:][:half]
		for k := range left {
			other[k] = left[k] ^ now[k]
			other[k+half] = now[k]
		}
		now, other = other, now
	}
	if level < codeLevels {
		copy(p.hard[1<<level:][:1<<level], now)
	}
}

// fork lets each path go both ways at message bit n and keeps the cheapest.
func (d *decoder) fork(live []*path, n, i int) []*path {
	type way struct {
		from *path
		bit  uint8
		cost float32
	}
	ways := make([]way, 0, 2*listLength)
	for _, p := range live {
		v := p.soft[1]
		size := float32(math.Abs(float64(v)))
		likely := uint8(0)
		if v < 0 {
			likely = 1
		}
		ways = append(ways, way{p, likely, p.cost}, way{p, 1 - likely, p.cost + size})
	}
	slices.SortStableFunc(ways, func(a, b way) int { return cmp.Compare(a.cost, b.cost) })
	ways = ways[:min(len(ways), listLength)]
	out := d.spare[:0]
	for k, w := range ways {
		to := d.spare[k]
		*to = *w.from
		to.cost = w.cost
		to.message |= uint64(w.bit) << n
		to.settle(i, w.bit)
		out = append(out, to)
	}
	d.paths, d.spare = d.spare, d.paths
	return out
}
