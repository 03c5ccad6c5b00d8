// Package fingerprint knows a picture again by what it looks like, after its
// credential and its watermark were stripped: by a hash of the whole, which
// survives pressing and resizing, and by hashes of parts, which survive a crop,
// a border, a mirror and a small turn as well.
//
// It holds no picture and knows no database. A Print is what a register keeps
// of a picture, as numbers that an index can look up exactly; a Query is what a
// picture is searched by, with numbers for what may have become of it.
package fingerprint

import (
	"fmt"
	"image"
)

const (
	// MostParts bounds the parts of a print.
	MostParts = 48
	// Indexed is how many of the parts are looked up by: the first whose words
	// are not common in the register. The others only confirm.
	Indexed = 32
)

// Print is all hashes of one picture.
type Print struct {
	// Whole is the hash of the whole picture, Quality how much there is to see
	// in it, 0 to 100. Below Enough the whole is not looked up.
	Whole   Hash
	Quality int
	// Parts are at most MostParts places that would be found again in a crop,
	// none in a picture with nothing to hold on to.
	Parts []Part
}

// Part is the neighbourhood of one blob or corner.
type Part struct {
	// Word is what the part is looked up by, 0 to 1<<wordBits - 1.
	Word uint32
	// Check tells apart what has the same Word: 28 bits, a few of which may
	// differ between two copies.
	Check uint32
	// X and Y are where the part is and Size its radius, in units in which the
	// picture has an area of 512×512.
	X, Y, Size float64
}

// tooSmall is the error for a picture without anything to hash.
func tooSmall(img image.Image) error {
	if b := img.Bounds(); b.Dx() < least || b.Dy() < least {
		return fmt.Errorf("a picture of %d×%d pixels has no fingerprint: it needs %d on each side", b.Dx(), b.Dy(), least)
	}
	return nil
}

// Of gives the print of a picture. It fails only for one with a side under five
// pixels.
func Of(img image.Image) (Print, error) {
	if err := tooSmall(img); err != nil {
		return Print{}, err
	}
	full := grey(img)
	small := full.resized(printSide)
	s, quality := full.waves()
	p := Print{Whole: s.hash(), Quality: quality}
	for _, f := range best(features(small), float64(small.w), float64(small.h), MostParts) {
		word, check := f.bits()
		p.Parts = append(p.Parts, Part{Word: word, Check: check, X: f.x, Y: f.y, Size: f.size})
	}
	return p, nil
}
