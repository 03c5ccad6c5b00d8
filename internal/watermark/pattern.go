package watermark

import (
	"cmp"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
)

// The pattern repeats every tile units in both directions; a unit is the
// reference-th part of the picture's short side. Its waves lie between lowest
// and highest, in cycles a unit: below, they would be seen as clouds; above,
// they would not outlive a picture at half its size.
const (
	tile      = 64
	reference = 502
	lowest    = 0.07
	highest   = 0.33
	// Of the waves of that band, pilots are known to the reader beforehand and
	// tell it where it is; bearers carry the message, two bits of the code word
	// each. The others are left out: the key decides which, so that the reader
	// can tell the lattice from its own echoes, and see how loud the picture is
	// by itself.
	pilots  = 96
	bearers = 288
	places  = 2 * bearers
)

// wave is one frequency of the pattern, in cycles a tile.
type wave struct {
	x, y int
	// size is its amplitude beside the others'.
	size float32
}

func (w wave) length() float64 { return math.Hypot(float64(w.x), float64(w.y)) / tile }

// pattern is what a key decides.
type pattern struct {
	key Key
	// waves are the pilots, then the bearers; silent are the frequencies of the
	// band that were left out.
	waves, silent []wave
	// near names for each wave the silent ones about it.
	near [][]int
	// phase is the pilots', as quarter turns.
	phase [pilots]uint8
	// bit names the bit of the code word that a place carries, and flip turns it.
	bit  [places]int
	flip [places]bool
}

// quarters are the quarter turns, from the diagonal.
var quarters = [4]complex64{
	complex(math.Sqrt2/2, math.Sqrt2/2), complex(-math.Sqrt2/2, math.Sqrt2/2),
	complex(-math.Sqrt2/2, -math.Sqrt2/2), complex(math.Sqrt2/2, -math.Sqrt2/2),
}

// pilotSize is how much louder a pilot is than a bearer.
const pilotSize = 1.35

// derive gives 32 bytes of the key for one use.
func (k Key) derive(use string) [32]byte {
	out, err := hkdf.Key(sha256.New, k[:], nil, "marquee watermark 1: "+use, 32)
	if err != nil {
		// 32 bytes are within what HKDF gives, with every key.
		panic(err)
	}
	return [32]byte(out)
}

// below gives a number below n, evenly, from a stream whose bytes are specified
// and will not change under marks that are in the world.
func below(from *rand.ChaCha8, n int) int {
	high, _ := bits.Mul64(from.Uint64(), uint64(n))
	return int(high)
}

func shuffle[T any](from *rand.ChaCha8, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := below(from, i+1)
		list[i], list[j] = list[j], list[i]
	}
}

var (
	patterns     = map[Key]*pattern{}
	patternsLock sync.Mutex
)

// mostPatterns bounds how many keys' patterns are kept: an installation has
// one, or two while it changes keys.
const mostPatterns = 8

// patternOf gives the pattern of a key.
func patternOf(key Key) *pattern {
	patternsLock.Lock()
	defer patternsLock.Unlock()
	p := patterns[key]
	if p == nil {
		if len(patterns) >= mostPatterns {
			clear(patterns)
		}
		p = newPattern(key)
		patterns[key] = p
	}
	return p
}

func newPattern(key Key) *pattern {
	p := &pattern{key: key}
	from := rand.NewChaCha8(key.derive("pattern"))
	band := allWaves()
	shuffle(from, band)
	p.waves, p.silent = band[:pilots+bearers], band[pilots+bearers:]
	for i := range band {
		band[i].size = tilt(band[i].length())
	}
	for i := range p.waves {
		if i < pilots {
			p.waves[i].size *= pilotSize
			p.phase[i] = uint8(below(from, 4))
		}
	}
	for _, w := range p.waves {
		p.near = append(p.near, nearest(w, p.silent))
	}
	// Each bit of the code word has one place; the places left over repeat some.
	order := make([]int, codeBits)
	for i := range order {
		order[i] = i
	}
	for i := range p.bit {
		if i%codeBits == 0 {
			shuffle(from, order)
		}
		p.bit[i] = order[i%codeBits]
		p.flip[i] = below(from, 2) == 1
	}
	return p
}

// neighbours is how many silent waves tell the noise about one.
const neighbours = 16

// nearest names the waves of a list that are nearest to w.
func nearest(w wave, list []wave) []int {
	all := make([]int, len(list))
	for i := range all {
		all[i] = i
	}
	far := func(i int) int {
		dx, dy := list[i].x-w.x, list[i].y-w.y
		return dx*dx + dy*dy
	}
	slices.SortStableFunc(all, func(a, b int) int { return far(a) - far(b) })
	return all[:min(len(all), neighbours)]
}

// tilt makes long waves louder than short ones: those outlive compression.
func tilt(length float64) float32 { return float32(math.Pow(length/lowest, -0.25)) }

// allWaves lists the band in a fixed order, one of each pair of opposite
// frequencies.
func allWaves() []wave {
	var out []wave
	for y := 0; y < tile/2; y++ {
		for x := -tile / 2; x < tile/2; x++ {
			w := wave{x: x, y: y}
			if l := w.length(); (y > 0 || x > 0) && l >= lowest && l <= highest {
				out = append(out, w)
			}
		}
	}
	slices.SortFunc(out, func(a, b wave) int { return cmp.Or(a.y-b.y, a.x-b.x) })
	return out
}

// word gives the message of an id: its 40 bits and 24 of a keyed checksum.
func (p *pattern) word(id uint64) uint64 {
	return id | uint64(p.check(id))<<idBits
}

// check is the checksum: the first 24 bits of an HMAC of the id.
func (p *pattern) check(id uint64) uint32 {
	key := p.key.derive("checksum")
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte{byte(id), byte(id >> 8), byte(id >> 16), byte(id >> 24), byte(id >> 32)})
	sum := mac.Sum(nil)
	return uint32(sum[0]) | uint32(sum[1])<<8 | uint32(sum[2])<<16
}

// id takes a message apart; false if its checksum is wrong or the id is none.
func (p *pattern) id(message uint64) (uint64, bool) {
	id := message & MaxID
	return id, id > 0 && uint64(p.check(id)) == message>>idBits
}

// signs gives the sign of each place for a code word.
func (p *pattern) signs(word *[codeBits]uint8) [places]float32 {
	var out [places]float32
	for i := range out {
		out[i] = 1
		if (word[p.bit[i]] == 1) != p.flip[i] {
			out[i] = -1
		}
	}
	return out
}

// turn gives the phase of wave i as a number of size 1.
func (p *pattern) turn(i int, signs *[places]float32) complex64 {
	if i < pilots {
		return quarters[p.phase[i]]
	}
	k := 2 * (i - pilots)
	return complex(signs[k]*math.Sqrt2/2, signs[k+1]*math.Sqrt2/2)
}

// fine is how many samples a unit of the drawn tile has in each direction.
const fine = 4

// draw gives one tile of the pattern that carries an id, tile*fine samples
// square, with a root mean square of 1.
func (p *pattern) draw(id uint64) []float32 {
	const n = tile * fine
	word := encode(p.word(id))
	signs := p.signs(&word)
	v := make([]complex64, n*n)
	power := 0.0
	for i, w := range p.waves {
		// Opposite frequencies make a real wave. Forward stands for inverse: the
		// frequency is turned round.
		at := p.turn(i, &signs) * complex(w.size, 0)
		v[(n-w.y)%n*n+(n-w.x)%n] += at
		v[w.y*n+(w.x+n)%n] += complex(real(at), -imag(at))
		power += 2 * float64(w.size) * float64(w.size)
	}
	square(n, v)
	k := float32(1 / math.Sqrt(power))
	out := make([]float32, n*n)
	for i := range out {
		out[i] = real(v[i]) * k
	}
	return out
}
