// Package provider holds what answers for Marquee: small capability interfaces
// (pictures, edits, text, moderation), the classes in which a call fails, and
// one adapter a folder. Only generate may call a provider.
package provider

import (
	"context"
)

// Kind says what sort of maker answers; it decides how a picture is labelled.
type Kind string

// The kinds of makers.
const (
	// Painter is the built-in painter, which is no AI model.
	Painter Kind = "painter"
	// Model is a generative model, or one that judges.
	Model Kind = "model"
)

// Maker names who answered.
type Maker struct {
	Kind     Kind
	Provider string
	Model    string
	Version  string
}

// Caller is what every capability has in common. Its methods are safe for many
// goroutines.
type Caller interface {
	// Maker says who will answer, before a call.
	Maker() Maker
	// Paid tells whether a call costs the campaign's budget.
	Paid() bool
	// Check tells whether the provider answers, for doctor; it costs nothing.
	Check(ctx context.Context) error
}

// Usage is what a call consumed, as the provider counted it.
type Usage struct {
	// InputTokens and OutputTokens are tokens of text and of pictures.
	InputTokens, OutputTokens int64
	// Pictures were made, each of Width by Height pixels.
	Pictures      int
	Width, Height int
	// Known is false if the provider did not say; tokens are 0 then, and the
	// cost counts as it was reserved.
	Known bool
}

// Set holds the configured providers of each capability, by the name that
// campaigns use.
type Set struct {
	Pictures   map[string]Pictures
	Edits      map[string]Edits
	Texts      map[string]Texts
	Moderators map[string]Moderators
}
