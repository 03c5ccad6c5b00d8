package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"marquee/internal/compose"
	"marquee/internal/fingerprint"
	"marquee/internal/settings"
)

// guardHash prints a picture's line for a list of known pictures.
func guardHash(_ context.Context, t terminal, _ *settings.Settings, words []string) error {
	f, err := os.Open(words[0])
	if err != nil {
		return fmt.Errorf("the picture: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, longestPicture+1))
	if err != nil {
		return fmt.Errorf("the picture: %w", err)
	}
	img, err := compose.Decode(bytes.NewReader(data), longestPicture, mostPixels)
	if err != nil {
		return err
	}
	h, quality := fingerprint.HashOf(img)
	if quality < fingerprint.Enough {
		return fmt.Errorf("there is too little in this picture to know it again: quality %d of 100, and %d is needed", quality, fingerprint.Enough)
	}
	t.say("%s quality %d", h, quality)
	return nil
}
