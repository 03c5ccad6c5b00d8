package house

import (
	"context"

	"marquee/internal/guard"
	"marquee/internal/guard/sight"
	"marquee/internal/guard/standard"
	"marquee/internal/settings"
)

// Eyes opens what pictures are checked with.
func Eyes(ctx context.Context, s *settings.Settings) (*sight.Eyes, error) {
	return sight.Open(ctx, sight.Config{Reader: s.TextReader, Known: s.KnownPictures})
}

// Watch makes the guard of an installation: the built-in detectors for texts,
// the classifier, and the eyes.
func Watch(ctx context.Context, s *settings.Settings) (*guard.Guard, error) {
	g, err := standard.New()
	if err != nil {
		return nil, err
	}
	eyes, err := Eyes(ctx, s)
	if err != nil {
		return nil, err
	}
	return eyes.Watch(g), nil
}
