package watermark

import (
	"cmp"
	"math"
	"slices"
)

const evenness = 1.5
const bound = 2
const outshout = 4

// prepare evens a picture out: what is left is its fine structure beside how
// lively it is there, so that no edge speaks louder than a sky.
func prepare(luma plane) plane {
	soft := luma.box(4)
	out, energy := newPlane(luma.w, luma.h), newPlane(luma.w, luma.h)
	for i, v := range luma.v {
		d := v - soft.v[i]
		out.v[i] = d
		energy.v[i] = d * d
	}
	energy = energy.box(5)
	const far = 5
	for y := range out.h {
		to, here := out.row(y), energy.row(y)
		up, low := energy.row(max(y-far, 0)), energy.row(min(y+far, out.h-1))
		for x, v := range to {
			l, r := max(x-far, 0), min(x+far, out.w-1)
			size := float32(math.Sqrt(float64(max(here[x], 0)))) + evenness
			d := v / size
			quiet := min(up[l], up[r], low[l], low[r], here[x])
			to[x] = min(max(d, -bound), bound) * (float32(math.Sqrt(float64(max(quiet, 0)))) + evenness) / size
		}
	}
	return out
}

// taper fades a plane out towards its edges, so that they make no lines in the
// spectrum.
func taper(p plane) plane {
	across, down := fade(p.w), fade(p.h)
	out := newPlane(p.w, p.h)
	for y := range p.h {
		in, to := p.row(y), out.row(y)
		for x, v := range in {
			to[x] = v * across[x] * down[y]
		}
	}
	return out
}

func fade(n int) []float32 {
	out := make([]float32, n)
	edge := max(1, n/16)
	for i := range out {
		k := min(float64(min(i, n-1-i))+0.5, float64(edge)) / float64(edge)
		out[i] = float32(0.5 - 0.5*math.Cos(math.Pi*k))
	}
	return out
}

// folds is the side of a folded tile.
const folds = 128

// fold adds up a plane on one tile of a grid and gives its spectrum, folds ×
// folds.
func fold(p plane, g grid) []complex64 {
	sums := make([]complex64, folds*folds)
	sum := make([]float32, folds*folds)
	const k = folds / tile
	// Fixed point: 16 bits behind the point, and as many tiles as fit before it.
	const one = 1 << 16
	dx, dy := int32(math.Round(g.xx*k*one)), int32(math.Round(g.yx*k*one))
	// From the middle, so that a grid that is moved a little stays where it is.
	left := 0.5 - float64(p.w)/2
	for y := range p.h {
		top := float64(y) + 0.5 - float64(p.h)/2
		ax := int32(int64(math.Round((g.xx*left+g.xy*top)*k*one)) & (folds*one - 1))
		ay := int32(int64(math.Round((g.yx*left+g.yy*top)*k*one)) & (folds*one - 1))
		for _, v := range p.row(y) {
			sum[(ay>>16&(folds-1))*folds+(ax>>16&(folds-1))] += v
			ax += dx
			ay += dy
		}
	}
	for i, v := range sum {
		sums[i] = complex(v, 0)
	}
	square(folds, sums)
	return sums
}

// heard is what a folded tile says at each wave, beside the noise there.
type heard struct {
	waves []complex64 // as p.waves
	noise []float32   // the mean power of silent waves about each
}

// listen takes the waves from a folded tile.
func (p *pattern) listen(tile []complex64) heard {
	at := func(w wave) complex64 { return tile[w.y*folds+(w.x+folds)%folds] }
	power := make([]float32, len(p.silent))
	for i, w := range p.silent {
		v := at(w)
		power[i] = real(v)*real(v) + imag(v)*imag(v)
	}
	h := heard{make([]complex64, len(p.waves)), make([]float32, len(p.waves))}
	for i, w := range p.waves {
		h.waves[i] = at(w)
		var sum, count float32
		for _, n := range p.near[i] {
			sum += power[n]
			count++
		}
		h.noise[i] = sum/count + 1e-9
	}
	return h
}

// shift is where in the tile a picture begins, in units, with the pilots' say.
type shift struct {
	x, y  float64
	score float64
}

// align finds the likeliest shifts: where the pilots' phases agree.
func (p *pattern) align(h heard, keep int) []shift {
	const n = tile * fine
	v := make([]complex64, n*n)
	total := 0.0
	for i := range pilots {
		w, q := p.waves[i], quarters[p.phase[i]]
		k := complex(w.size/h.noise[i], 0)
		at := h.waves[i] * complex(real(q), -imag(q)) * k
		// A picture that begins at r has the phase -2π k·r: forward undoes it.
		v[w.y*n+(w.x+n)%n] = at
		total += float64(w.size * w.size / h.noise[i])
	}
	// Only the first rows hold waves.
	t, spare := transformOf(n), make([]complex64, n)
	for y := range tile / 2 {
		line := v[y*n:][:n]
		if out := t.forward(line, spare, 1); &out[0] != &line[0] {
			copy(line, out)
		}
	}
	columns(t, v, n, n)
	var best []shift
	for i, c := range v {
		score := float64(real(c)) / math.Sqrt(total/2+1e-12)
		if len(best) == keep && score <= best[keep-1].score {
			continue
		}
		best = noteShift(best, shift{float64(i%n) / fine, float64(i/n) / fine, score}, keep)
	}
	return best
}

func noteShift(best []shift, s shift, keep int) []shift {
	for i, b := range best {
		if apart(b.x, s.x) < 1.5 && apart(b.y, s.y) < 1.5 {
			if b.score >= s.score {
				return best
			}
			best = slices.Delete(best, i, i+1)
			break
		}
	}
	at, _ := slices.BinarySearchFunc(best, s, func(a, b shift) int { return cmp.Compare(b.score, a.score) })
	best = slices.Insert(best, at, s)
	return best[:min(len(best), keep)]
}

// apart is the distance of two places on the tile's circle.
func apart(a, b float64) float64 {
	d := math.Abs(a - b)
	return min(d, tile-d)
}

// soften gives the likelihood of each place's sign, for one shift.
func (p *pattern) soften(h heard, s shift) [places]float32 {
	// How much of the mark is left at each length of wave: what the pilots of
	// about that length say together.
	var out [places]float32
	turned := func(i int) complex64 {
		w := p.waves[i]
		sin, cos := math.Sincos(-2 * math.Pi * (float64(w.x)*s.x + float64(w.y)*s.y) / tile)
		return h.waves[i] * complex(float32(cos), float32(sin))
	}
	var left [pilots]float32
	for i := range pilots {
		q := quarters[p.phase[i]]
		left[i] = real(turned(i)*complex(real(q), -imag(q))) / p.waves[i].size
	}
	for i := pilots; i < pilots+bearers; i++ {
		w := p.waves[i]
		var sum, count float32
		for n := range pilots {
			d := float32(p.waves[n].length()-w.length()) / 0.05
			k := 1 / (1 + d*d*d*d) * p.waves[n].size * p.waves[n].size / h.noise[n]
			sum += k * left[n]
			count += k
		}
		strength := max(sum/count, 0) * w.size
		v := turned(i) * complex(limit(h.waves[i], h.noise[i])*strength/h.noise[i], 0)
		out[2*(i-pilots)], out[2*(i-pilots)+1] = real(v), imag(v)
	}
	return out
}

// limit is the factor that keeps a wave from outshouting the others: past so
// many times the noise, what is heard is the picture's own, or the same
// rounding in each tile, as likely as the mark.
func limit(v complex64, noise float32) float32 {
	power := (real(v)*real(v) + imag(v)*imag(v)) / noise
	if power <= outshout {
		return 1
	}
	return float32(math.Sqrt(float64(outshout / power)))
}

// join adds up the places of each bit of the code word.
func (p *pattern) join(soft *[places]float32) *[codeBits]float32 {
	var out [codeBits]float32
	for i, v := range soft {
		if p.flip[i] {
			v = -v
		}
		out[p.bit[i]] += v
	}
	return &out
}

// agree says how far a word and what was heard agree: z counts standard
// deviations above chance, part is 1 where all agrees and 0 at chance.
func agree(signs, soft *[places]float32) (z, part float64) {
	sum, squares, sizes := 0.0, 0.0, 0.0
	for i, v := range soft {
		sum += float64(v * signs[i])
		squares += float64(v) * float64(v)
		sizes += math.Abs(float64(v))
	}
	if squares == 0 {
		return 0, 0
	}
	return sum / math.Sqrt(squares), sum / sizes
}
