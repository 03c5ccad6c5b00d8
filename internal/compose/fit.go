package compose

import (
	"strings"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// LineHeight is the height of a text's box for a size of 1.
const LineHeight = 1.25

// TextStyle is how a composition's texts are set.
type TextStyle struct {
	// Fonts are looked through in order; the first also places the baseline.
	Fonts *Stack
	// MinSize and MaxSize bound the size, in canvas pixels; 0 < MinSize ≤ MaxSize.
	MinSize, MaxSize float64
	// Color is used where a layer names none.
	Color raster.Color
	// Language is a BCP 47 tag that chooses between forms of letters, or empty.
	Language string
}

// Fitted is a line of text at the size at which it fills its box. Lengths are
// canvas pixels, measured from the box's top left corner.
type Fitted struct {
	Line
	// Size is the font size, and Height the box's height: Size·LineHeight.
	Size, Height float64
	// Left is where the line begins: 0 when it fills the width, more when it is
	// held at the largest size and centred.
	Left float64
	// Baseline is (Height − (ascent+descent)·Size)/2 + ascent·Size, with the
	// metrics of the first font.
	Baseline float64
}

// Outline returns the line's outlines in the box.
func (f Fitted) Outline() raster.Path {
	return f.Path(f.Size).Transform(raster.Translate(f.Left, f.Baseline))
}

// Fit finds the size at which a line's advance fills width canvas pixels, held
// between the style's sizes. Besides Set's errors it gives text_too_long when
// the line is wider than its box at the smallest size (the argument "width" is
// what it needs), and text_unsupported when the fonts lack a character (the
// argument "characters" lists them).
func (t TextStyle) Fit(text string, width float64) (Fitted, error) {
	if !t.valid() {
		return Fitted{}, fault.New(fault.Internal, "text_style_invalid", "The text style has no fonts or no sizes.")
	}
	l, err := t.Fonts.Set(text, t.Language)
	if err != nil {
		return Fitted{}, err
	}
	if len(l.Missing) > 0 {
		return Fitted{}, unsupportedText(l.Missing)
	}
	size := t.MaxSize
	if l.Advance > 0 {
		size = width / l.Advance
	}
	// A hair's breadth must not decide: a document saved at the smallest size
	// has to be accepted again after its numbers went through JSON.
	if size < t.MinSize*(1-1e-6) {
		return Fitted{}, fault.New(fault.Invalid, "text_too_long",
			"The text is too long for its width. Shorten it or make it wider.").With("width", l.Advance*t.MinSize)
	}
	size = max(t.MinSize, min(t.MaxSize, size))
	f := Fitted{Line: l, Size: size, Height: size * LineHeight}
	f.Left = max(0, (width-l.Advance*size)/2)
	m := t.Fonts.Metrics()
	f.Baseline = (f.Height-(m.Ascent+m.Descent)*size)/2 + m.Ascent*size
	return f, nil
}

func unsupportedText(missing []rune) error {
	list := missingList(missing)
	return fault.New(fault.Invalid, "text_unsupported",
		"These characters can't be drawn in the type of this campaign: %s. Leave them out.", list).With("characters", list)
}

func missingList(missing []rune) string {
	var b strings.Builder
	for i, r := range missing {
		if i == 8 {
			b.WriteString(" …")
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
