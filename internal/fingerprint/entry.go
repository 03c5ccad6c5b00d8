package fingerprint

import (
	"encoding/binary"
	"fmt"
	"math"
)

const (
	// bands are the pieces that a whole hash is looked up by, of pieceBits each.
	// Neighbouring bits go to different pieces, for what changes one wave often
	// changes the next.
	bands     = 10
	pieceBits = 25

	// mostWord is the greatest word of a part; those of wholes follow.
	mostWord = 1<<wordBits - 1
)

// Entry is a row of the register's index: a word that is looked up exactly, and
// what is known of the part that has it.
type Entry struct {
	// Word is 0 to 1<<30 - 1.
	Word int32
	// Place packs a part's Check, X, Y and Size; 0 for a piece of the whole.
	Place int64
}

// Entries are the rows that a print is found by, at most Indexed parts and ten
// pieces of the whole, without those for whose word common is true. A word is
// there once.
func (p Print) Entries(common func(word int32) bool) []Entry {
	var all []Entry
	have := map[int32]bool{}
	add := func(e Entry) {
		if !have[e.Word] && !common(e.Word) {
			have[e.Word] = true
			all = append(all, e)
		}
	}
	if p.Quality >= Enough {
		for b := range bands {
			add(Entry{Word: wholeWord(b, piece(p.Whole, b))})
		}
	}
	wholes := len(all)
	for _, part := range p.Parts {
		if len(all) < wholes+Indexed {
			add(Entry{Word: int32(part.Word), Place: part.place()})
		}
	}
	return all
}

// Words are those that any of a print's entries may have.
func (p Print) Words() []int32 {
	var all []int32
	for b := range bands {
		all = append(all, wholeWord(b, piece(p.Whole, b)))
	}
	for _, part := range p.Parts {
		all = append(all, int32(part.Word))
	}
	return all
}

func wholeWord(band int, piece uint32) int32 {
	return int32(mostWord + 1 + uint32(band)<<pieceBits + piece)
}

// pieceBit is the bit of a piece that the i-th slowest of its waves is: as with
// wordBit, what turns easily is lowest.
func pieceBit(i int) uint32 { return 1 << (pieceBits - 1 - i) }

// piece gives the bits of a hash that belong to a band.
func piece(h Hash, band int) uint32 {
	var v uint32
	for i := range pieceBits {
		k := band + i*bands
		v |= uint32(h[3-k/64]>>(k%64)&1) * pieceBit(i)
	}
	return v
}

// Places are kept to a quarter of a unit and sizes to a sixth of an octave.
const (
	placeBits, placeUnit = 13, 4
	sizeBits, sizeUnit   = 6, 6
	mostPlace            = float64(1<<placeBits-1) / placeUnit
)

// place packs what is known of a part besides its word.
func (p Part) place() int64 {
	x, y := int64(math.Round(p.X*placeUnit)), int64(math.Round(p.Y*placeUnit))
	size := int64(math.Round(math.Log2(p.Size) * sizeUnit))
	bound := func(v, bits int64) int64 { return min(max(v, 0), 1<<bits-1) }
	return int64(p.Check)<<(2*placeBits+sizeBits) | bound(x, placeBits)<<(placeBits+sizeBits) |
		bound(y, placeBits)<<sizeBits | bound(size, sizeBits)
}

// placedCheck is the Check in a place.
func placedCheck(v int64) uint32 { return uint32(v >> (2*placeBits + sizeBits) & (1<<checkBits - 1)) }

// placed is the opposite of place.
func placed(word int32, v int64) Part {
	return Part{
		Word: uint32(word), Check: placedCheck(v),
		X:    float64(v>>(placeBits+sizeBits)&(1<<placeBits-1)) / placeUnit,
		Y:    float64(v>>sizeBits&(1<<placeBits-1)) / placeUnit,
		Size: math.Pow(2, float64(v&(1<<sizeBits-1))/sizeUnit),
	}
}

// partBytes is what a part takes when it is packed.
const partBytes = 12

// Pack writes the whole and the parts as bytes, at most 608.
func (p Print) Pack() []byte {
	var out []byte
	for _, w := range p.Whole {
		out = binary.BigEndian.AppendUint64(out, w)
	}
	for _, part := range p.Parts {
		out = binary.BigEndian.AppendUint32(out, part.Word)
		out = binary.BigEndian.AppendUint64(out, uint64(part.place()))
	}
	return out
}

// Unpack reads what Pack wrote, places to a quarter of a unit; it fails for what
// Pack did not write.
func Unpack(data []byte, quality int) (Print, error) {
	const whole = 32
	if len(data) < whole || (len(data)-whole)%partBytes != 0 || len(data) > whole+MostParts*partBytes {
		return Print{}, fmt.Errorf("a print does not have %d bytes", len(data))
	}
	p := Print{Quality: quality}
	for i := range p.Whole {
		p.Whole[i] = binary.BigEndian.Uint64(data[8*i:])
	}
	for data = data[whole:]; len(data) > 0; data = data[partBytes:] {
		p.Parts = append(p.Parts, placed(int32(binary.BigEndian.Uint32(data)), int64(binary.BigEndian.Uint64(data[4:]))))
	}
	return p, nil
}
