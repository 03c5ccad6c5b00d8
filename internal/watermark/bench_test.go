package watermark_test

import (
	"image"
	"testing"

	"marquee/internal/watermark"
)

func BenchmarkEmbed1024(b *testing.B) {
	m := scene(1024, 1024)
	for b.Loop() {
		if err := watermark.Embed(m, 123456789, key, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// The picture without a mark is the slow one: nothing ends the search early.
func BenchmarkDetect1024(b *testing.B) {
	plain, marked := scene(1024, 1024), scene(1024, 1024)
	if err := watermark.Embed(marked, 123456789, key, nil); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		img    *image.NRGBA
		effort watermark.Effort
		found  bool
	}{
		{"upright/marked", marked, watermark.Upright, true},
		{"upright/unmarked", plain, watermark.Upright, false},
		{"full/marked", marked, watermark.Full, true},
		{"full/unmarked", plain, watermark.Full, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				_, ok, err := watermark.Detect(b.Context(), c.img, key, c.effort)
				if err != nil || ok != c.found {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
