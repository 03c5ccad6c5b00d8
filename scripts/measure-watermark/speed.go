package main

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	"marquee/internal/paint"
	"marquee/internal/watermark"
)

// speed measures processor time on a picture of the painter, 1024 × 1024.
func speed(ctx context.Context) (string, error) {
	p, err := paint.Paint(ctx, paint.Request{Prompt: prompts[0], Width: 1024, Height: 1024, Seed: 5}, nil)
	if err != nil {
		return "", err
	}
	plain, marked := p.Image, image.NewNRGBA(p.Image.Rect)
	copy(marked.Pix, plain.Pix)
	if err := watermark.Embed(marked, 1, key, nil); err != nil {
		return "", err
	}
	work := image.NewNRGBA(plain.Rect)
	detect := func(m image.Image, e watermark.Effort) func() error {
		return func() error {
			_, _, err := watermark.Detect(ctx, m, key, e)
			return err
		}
	}
	var b strings.Builder
	fmt.Fprintln(&b, "| 1024 × 1024 | promised | median | fastest |\n|---|---:|---:|---:|")
	for _, c := range []struct {
		name, promised string
		do             func() error
	}{
		{"embed", "60 ms", func() error {
			copy(work.Pix, plain.Pix)
			return watermark.Embed(work, 2, key, nil)
		}},
		{"detect upright, marked", "250 ms", detect(marked, watermark.Upright)},
		{"detect upright, unmarked", "250 ms", detect(plain, watermark.Upright)},
		{"detect full, marked", "2 s", detect(marked, watermark.Full)},
		{"detect full, unmarked", "2 s", detect(plain, watermark.Full)},
	} {
		var times []time.Duration
		for range 15 {
			from, err := cpu()
			if err != nil {
				return "", err
			}
			if err := c.do(); err != nil {
				return "", err
			}
			to, err := cpu()
			if err != nil {
				return "", err
			}
			times = append(times, to-from)
		}
		slices.Sort(times)
		fmt.Fprintf(&b, "| %s | %s | %.0f ms | %.0f ms |\n", c.name, c.promised, times[len(times)/2].Seconds()*1000, times[0].Seconds()*1000)
	}
	return b.String(), nil
}
