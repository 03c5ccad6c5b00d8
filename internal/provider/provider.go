// Package provider holds what makes pictures: small capability interfaces,
// and one adapter a folder. Only generate may call a provider.
package provider

import (
	"context"
	"image"
)

// Kind says what sort of maker answers; it decides how a picture is labelled.
type Kind string

// The kinds of makers.
const (
	// Painter is the built-in painter, which is no AI model.
	Painter Kind = "painter"
	// Model is a generative model.
	Model Kind = "model"
)

// Maker names who made a picture.
type Maker struct {
	Kind     Kind
	Provider string
	Model    string
	Version  string
}

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
}

// Pictures makes pictures.
type Pictures interface {
	// Maker says who will answer, before a call.
	Maker() Maker
	// Paid tells whether a call costs the campaign's budget.
	Paid() bool
	// Picture makes one picture. progress is called with 0 to 1, from the
	// calling goroutine; it may be nil. The error is a fault of kind Invalid with
	// code "provider_refused" if the maker will not make this, Unavailable if
	// it can't at the moment.
	Picture(ctx context.Context, r PictureRequest, progress func(float64)) (*Picture, error)
	// Check tells whether the provider answers, for doctor; it costs nothing.
	Check(ctx context.Context) error
}
