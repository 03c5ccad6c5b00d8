package provider

import (
	"context"
	"image"
)

// PictureRequest asks for one picture.
type PictureRequest struct {
	// Prompt is in the participant's words, already checked.
	Prompt string
	// Width and Height are the pixels wanted; the picture given has them.
	Width, Height int
	// Seed makes the picture repeatable where the provider can.
	Seed int64
	// Palette are colours of the brand kit as #rrggbb, for makers that heed it.
	Palette []string
	// Calm are the areas where marks will sit, for makers that can keep them
	// quiet; shares of the picture.
	Calm []Area
	// User is a pseudonym for the provider's own abuse checks.
	User string
}

// Area is a part of a picture, as shares of its width and height, 0 to 1.
type Area struct{ X, Y, Width, Height float64 }

// Picture is what a maker gives. Width and Height may differ from what was
// asked for; generate fits it.
type Picture struct {
	Image image.Image
	// Alt describes what is to be seen, in English; "" if the maker can't say.
	Alt string
	// Missed are words that the maker did not understand.
	Missed []string
	Maker  Maker
	// Usage is what the call consumed.
	Usage Usage
}

// Pictures makes pictures.
type Pictures interface {
	Caller
	// Picture makes one picture. progress is called with 0 to 1, from the
	// calling goroutine; it may be nil. The error is of one of the classes of
	// this package (see Retryable and MayHaveCost), or the context's own if it
	// was cancelled.
	Picture(ctx context.Context, r PictureRequest, progress func(float64)) (*Picture, error)
}

// EditKind says what is to be done with a picture.
type EditKind string

// The kinds of edits.
const (
	// Inpaint makes the masked part of a picture anew, by the prompt.
	Inpaint EditKind = "inpaint"
	// Outpaint places a picture on a larger ground, which is the mask, and
	// fills the ground.
	Outpaint EditKind = "outpaint"
	// Variation makes another picture like it; the prompt may be empty.
	Variation EditKind = "variation"
)

// EditRequest asks for a changed picture.
type EditRequest struct {
	Kind EditKind
	// Image is what to begin with. For Outpaint it has the size of the whole
	// ground already.
	Image image.Image
	// Mask has the size of Image; where its alpha is 0 the picture is made
	// anew, elsewhere it is kept. nil for Variation.
	Mask image.Image
	// Prompt is in the participant's words, already checked.
	Prompt string
	// Width and Height are the pixels wanted.
	Width, Height int
	// Seed makes the edit repeatable where the provider can.
	Seed int64
	// User is a pseudonym for the provider's own abuse checks.
	User string
}

// Edits changes pictures. Models redraw the whole picture more or less: who
// wants the kept part untouched lays it over the answer.
type Edits interface {
	Caller
	// Kinds are the edits that this maker can do.
	Kinds() []EditKind
	// Edit makes one changed picture, with progress and errors as Picture has
	// them. A kind that is not among Kinds is a "provider_request".
	Edit(ctx context.Context, r EditRequest, progress func(float64)) (*Picture, error)
}
