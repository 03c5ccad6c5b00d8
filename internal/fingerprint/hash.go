package fingerprint

import (
	"encoding/hex"
	"fmt"
	"image"
	"math"
	"math/bits"
	"slices"
)

// Hash is a PDQ hash of 256 bits, the highest word first as it is written. PDQ
// is by Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ
// Image-Hashing Algorithm" (2019), whose steps and constants are followed here.
type Hash [4]uint64

// Near is the distance up to which two hashes are of the same picture, as the
// authors recommend.
const Near = 31

// Enough is the quality, 0 to 100, below which the authors advise not to use a
// hash: a picture with nothing in it is like every other such picture.
const Enough = 50

// Distance is how many bits differ, 0 to 256.
func (h Hash) Distance(o Hash) int {
	d := 0
	for i := range h {
		d += bits.OnesCount64(h[i] ^ o[i])
	}
	return d
}

// String writes a hash as 64 hexadecimal digits.
func (h Hash) String() string {
	return fmt.Sprintf("%016x%016x%016x%016x", h[0], h[1], h[2], h[3])
}

// ParseHash reads 64 hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	if len(s) != 64 {
		return Hash{}, fmt.Errorf("a hash has 64 hexadecimal digits, not %d", len(s))
	}
	raw, err := hex.DecodeString(s)
	if err != nil {
		return Hash{}, fmt.Errorf("a hash has 64 hexadecimal digits, and nothing else")
	}
	var h Hash
	for i, b := range raw {
		h[i/8] = h[i/8]<<8 | uint64(b)
	}
	return h, nil
}

const (
	field = 64 // side of the square that the cosine transform sees
	waves = 16 // side of what is kept of it
)

// cosines are the rows 1 to 16 of the discrete cosine transform of 64 numbers.
var cosines = func() (d [waves][field]float32) {
	for i := range waves {
		for j := range field {
			d[i][j] = float32(math.Sqrt(2.0/field) * math.Cos(math.Pi/2/field*float64(i+1)*float64(2*j+1)))
		}
	}
	return d
}()

// spectrum is a picture's lowest frequencies.
type spectrum [waves][waves]float32

// least is the shortest side that the authors have tried; a hash of less is
// worth nothing.
const least = 5

// HashOf gives the hash of a picture and its quality, 0 to 100, which is 0 where
// a side has fewer than five pixels.
func HashOf(img image.Image) (Hash, int) {
	s, quality := analyse(img)
	return s.hash(), quality
}

// Turned gives the hashes of a picture as it is, turned by quarters, and
// mirrored: eight in all, and the quality, 0 to 100. The first is as it is.
func Turned(img image.Image) ([8]Hash, int) {
	s, quality := analyse(img)
	var out [8]Hash
	for i := range out {
		turned := s.turned(i&1 != 0, i&2 != 0, i&4 != 0)
		out[i] = turned.hash()
	}
	return out, quality
}

func analyse(img image.Image) (spectrum, int) {
	if b := img.Bounds(); b.Dx() < least || b.Dy() < least {
		return spectrum{}, 0
	}
	return grey(img).waves()
}

// waves gives the lowest frequencies and the quality, and uses the plane up.
func (p plane) waves() (spectrum, int) {
	f := shrink(p)
	// First the columns, then the rows: cosines · f · cosinesᵀ.
	var half [waves][field]float32
	for i := range waves {
		for k := range field {
			c := cosines[i][k]
			for j := range field {
				half[i][j] += c * f[k][j]
			}
		}
	}
	var s spectrum
	for i := range waves {
		for j := range waves {
			for k := range field {
				s[i][j] += half[i][k] * cosines[j][k]
			}
		}
	}
	return s, quality(f)
}

// turned gives the spectrum of the picture mirrored left to right, upside down,
// or over its diagonal: mirroring a picture changes the sign of every second
// wave.
func (s spectrum) turned(sideways, upside, across bool) spectrum {
	var out spectrum
	for i := range waves {
		for j := range waves {
			v := s[i][j]
			if sideways && j%2 == 0 {
				v = -v
			}
			if upside && i%2 == 0 {
				v = -v
			}
			if across {
				out[j][i] = v
			} else {
				out[i][j] = v
			}
		}
	}
	return out
}

// hash has a bit for each wave that is stronger than the median; the first wave
// is the lowest bit of the last word.
func (s *spectrum) hash() Hash {
	all := make([]float32, 0, waves*waves)
	for i := range s {
		all = append(all, s[i][:]...)
	}
	sorted := slices.Sorted(slices.Values(all))
	median := sorted[len(sorted)/2-1]
	var h Hash
	for k, v := range all {
		if v > median {
			h[3-k/64] |= 1 << (k % 64)
		}
	}
	return h
}

// quality says how much there is to see: the sum of the steps between
// neighbours, in hundredths of full contrast.
func quality(f *[field][field]float32) int {
	sum := 0
	step := func(a, b float32) {
		d := int((a - b) * 100 / 255)
		sum += max(d, -d)
	}
	for i := range field {
		for j := range field {
			if i+1 < field {
				step(f[i][j], f[i+1][j])
			}
			if j+1 < field {
				step(f[i][j], f[i][j+1])
			}
		}
	}
	return min(sum/90, 100)
}
