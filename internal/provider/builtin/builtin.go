// Package builtin answers with Marquee's own painter: always there, free, and
// no AI model.
package builtin

import (
	"context"

	"marquee/internal/paint"
	"marquee/internal/provider"
)

// Painter is the built-in painter as a provider.
type Painter struct{}

// Maker names the painter.
func (Painter) Maker() provider.Maker {
	return provider.Maker{Kind: provider.Painter, Provider: "builtin", Model: paint.Model, Version: paint.Version}
}

// Paid is false: the painter costs nothing.
func (Painter) Paid() bool { return false }

// Picture paints.
func (p Painter) Picture(ctx context.Context, r provider.PictureRequest, progress func(float64)) (*provider.Picture, error) {
	ask := paint.Request{Prompt: r.Prompt, Width: r.Width, Height: r.Height, Seed: r.Seed, Palette: r.Palette}
	for _, a := range r.Calm {
		ask.Calm = append(ask.Calm, paint.Area{X: a.X, Y: a.Y, W: a.Width, H: a.Height})
	}
	pic, err := paint.Paint(ctx, ask, progress)
	if err != nil {
		return nil, err
	}
	return &provider.Picture{Image: pic.Image, Alt: pic.Alt, Missed: pic.Missed, Maker: p.Maker()}, nil
}

// Check always succeeds.
func (Painter) Check(context.Context) error { return nil }
