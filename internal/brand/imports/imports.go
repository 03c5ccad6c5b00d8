// Package imports gets the beginnings of a brand kit out of files that a brand
// has already: design tokens as Style Dictionary, Figma or the W3C's format
// write them, and a first palette and logo candidates out of a picture or a PDF.
//
// Nothing that it finds is a kit yet; a person looks at it. What could not be
// read is always said, with the reason.
package imports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"strings"

	"marquee/internal/fault"
)

// The bounds of a file.
const (
	MaxBytes  = 32 << 20
	maxTokens = 400 // as many as a kit has
	maxNotes  = 60
)

// Source is the kind of a file that was read.
type Source string

// The kinds of files.
const (
	DesignTokens    Source = "design tokens"
	StyleDictionary Source = "Style Dictionary"
	TokensStudio    Source = "Tokens Studio for Figma"
	FigmaVariables  Source = "Figma variables"
	Picture         Source = "picture"
	Drawing         Source = "SVG"
	PDF             Source = "PDF"
)

// Found is what a file gave.
type Found struct {
	Source Source `json:"source"`
	// Tokens are design tokens as kit.json has them under "tokens"; nil if the
	// file has none. Count is how many.
	Tokens json.RawMessage `json:"tokens,omitempty"`
	Count  int             `json:"count,omitempty"`
	// Palette are the colours that a picture is made of, the most frequent first.
	Palette []Swatch `json:"palette,omitempty"`
	// Logos are parts of a picture that may be marks, the likeliest first.
	Logos []Logo `json:"logos,omitempty"`
	// Unread says what could not be read; it is never silently left out.
	Unread []Note `json:"unread,omitempty"`
}

// Swatch is one colour of a palette.
type Swatch struct {
	// Hex is "#rrggbb" and Name a first word for it, such as "deep-green".
	Hex  string `json:"hex"`
	Name string `json:"name"`
	// Share is how much of the picture has it, 0 to 1.
	Share float64 `json:"share"`
	// OKLCH are lightness 0 to 1, chroma and hue in degrees.
	OKLCH [3]float64 `json:"oklch"`
}

// Logo is a part of a picture that may be a mark.
type Logo struct {
	// Bounds is where it is in the picture, in pixels.
	Bounds image.Rectangle `json:"bounds"`
	// Page tells which picture of a file with several it is from, from 1.
	Page int `json:"page"`
	// Score is how likely it is, 0 to 1.
	Score float64 `json:"score"`
	// Image is the part without its background.
	Image *image.NRGBA `json:"-"`
}

// Note says what could not be read, where and why.
type Note struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

type notes struct {
	list []Note
	more int
}

func (n *notes) add(path, reason string, args ...any) {
	if len(n.list) == maxNotes {
		n.more++
		return
	}
	if len(path) > 120 {
		path = path[:120]
	}
	n.list = append(n.list, Note{strings.ToValidUTF8(path, "?"), fmt.Sprintf(reason, args...)})
}

func (n *notes) all() []Note {
	if n.more > 0 {
		return append(n.list, Note{"", fmt.Sprintf("%d more things could not be read.", n.more)})
	}
	return n.list
}

// Read gets out of a file what it can. The file's kind is told from its bytes,
// not from its name. Errors are a *fault.Error: too large, of a kind that can't
// be read, damaged, or without anything to take.
func Read(data []byte) (Found, error) {
	if len(data) > MaxBytes {
		return Found{}, fault.New(fault.TooLarge, "file_too_large", "The file is larger than %d MB. Give a smaller one.", MaxBytes>>20).With("max", MaxBytes>>20)
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		return Tokens(data)
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return FromPDF(data)
	case bytes.HasPrefix(head, []byte("<")):
		return FromSVG(data)
	case len(data) == 0:
		return Found{}, unreadable("it is empty")
	default:
		return FromPicture(data)
	}
}

func unreadable(why string, args ...any) *fault.Error {
	return fault.New(fault.Malformed, "kit_unreadable", "This file can't be taken in: %s.", fmt.Sprintf(why, args...))
}
