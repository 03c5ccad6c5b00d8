package house_test

import (
	"context"
	"image"
	"image/color"
	"sync"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// scripted is a paid maker of pictures that does what a test tells it. Without
// a script it makes a small picture of two colours.
type scripted struct {
	mu    sync.Mutex
	calls []provider.PictureRequest
	do    func(ctx context.Context, n int, r provider.PictureRequest) (*provider.Picture, error)
}

// script says what the maker does from now on; n counts its calls from 0.
func (s *scripted) script(do func(ctx context.Context, n int, r provider.PictureRequest) (*provider.Picture, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.do, s.calls = do, nil
}

// called gives the calls since the last script.
func (s *scripted) called() []provider.PictureRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]provider.PictureRequest(nil), s.calls...)
}

var scriptedMaker = provider.Maker{Kind: provider.Model, Provider: "scripted", Model: "two-colours", Version: "1"}

func (s *scripted) Maker() provider.Maker       { return scriptedMaker }
func (s *scripted) Paid() bool                  { return true }
func (s *scripted) Check(context.Context) error { return nil }

func (s *scripted) Picture(ctx context.Context, r provider.PictureRequest, _ func(float64)) (*provider.Picture, error) {
	s.mu.Lock()
	n, do := len(s.calls), s.do
	s.calls = append(s.calls, r)
	s.mu.Unlock()
	if do != nil {
		return do(ctx, n, r)
	}
	return twoColours(r), nil
}

// twoColours makes a picture that differs by its seed.
func twoColours(r provider.PictureRequest) *provider.Picture {
	seed := uint64(r.Seed)*0x9E3779B97F4A7C15 + 1
	img := image.NewPaletted(image.Rect(0, 0, r.Width, r.Height), color.Palette{
		color.RGBA{0x10, 0x20, uint8(seed >> 56), 0xff}, color.RGBA{uint8(seed >> 48), 0x80, 0xa0, 0xff},
	})
	for i := range img.Pix {
		if i%img.Stride > img.Stride/2 {
			img.Pix[i] = 1
		}
	}
	return &provider.Picture{Image: img, Alt: "Two colours.", Maker: scriptedMaker}
}

// flat is a picture that the guard does not let out.
func flat(r provider.PictureRequest) *provider.Picture {
	return &provider.Picture{Image: image.NewPaletted(image.Rect(0, 0, r.Width, r.Height), color.Palette{color.Black}), Maker: scriptedMaker}
}

var (
	errAway    = fault.New(fault.Unavailable, "provider_timeout", "The picture service does not answer.")
	errRefused = fault.New(fault.Invalid, "provider_refused", "The picture service will not make this.")
)
