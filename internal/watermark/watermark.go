// Package watermark writes a number into a picture so that no one sees it and
// a reader with the key finds it again after the picture was compressed,
// resized, cropped, recoloured, turned a little or caught in a screenshot.
//
// The number is 40 bits with a keyed checksum of 24. They are coded with a
// polar code and put, two coded bits each, on the waves of a small pattern
// that repeats over the whole picture. Which waves, and what they mean, the key
// decides. The pattern is as large as the picture says, not as its pixels say:
// it repeats eight times along the short side at every size. Its strength
// follows what each place can hide.
//
// The reader evens out the picture, looks for the lattice of the waves in its
// spectrum over all scales and small turns, folds the picture onto one tile
// there, and decodes. docs/watermark.md has the measurements.
package watermark

import (
	"errors"
	"fmt"
	"image"
)

const idBits = 40

// MaxID is the greatest id; the least is 1.
const MaxID = 1<<idBits - 1

// LeastSide is the least short side of a picture that takes a mark, in pixels.
const LeastSide = 512

// mostPixels is how many pixels Detect reads; of more it takes each second,
// third, … in both directions.
const mostPixels = 64e6

// Key is the secret of an installation: what the pattern and the checksum are
// derived from. Who has it can find, forge and remove marks.
type Key [32]byte

// What Embed can't do.
var (
	ErrSmall = errors.New("the picture is too small for a watermark")
	ErrID    = errors.New("the id is out of range for a watermark")
	ErrSpare = errors.New("the mask of spared pixels has not the picture's size")
)

// Embed writes id into img, in place. Where spare's alpha is over 0, and where
// img is fully transparent, no pixel is touched; spare may be nil, else it has
// img's size. The same input gives the same bytes on one kind of processor.
// The errors are ErrSmall, ErrID and ErrSpare.
func Embed(img *image.NRGBA, id uint64, key Key, spare *image.Alpha) error {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	switch {
	case min(w, h) < LeastSide:
		return fmt.Errorf("%w: %d × %d pixels, and it takes %d", ErrSmall, w, h, LeastSide)
	case id == 0 || id > MaxID:
		return fmt.Errorf("%w: %d", ErrID, id)
	case spare != nil && spare.Rect.Size() != img.Rect.Size():
		return fmt.Errorf("%w: %v and %v", ErrSpare, spare.Rect.Size(), img.Rect.Size())
	}
	weave(img, patternOf(key).draw(id), spare)
	return nil
}
