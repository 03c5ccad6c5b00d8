package compose

import (
	"bytes"
	"context"
	"testing"
)

// A final render: the picture, three marks and a line of text at 1024×1024, to
// a WebP file. The picture is decoded already; see BenchmarkDecodePicture1024.
func BenchmarkFinalRender1024(b *testing.B) {
	src, d := winter(b)
	var size int
	for b.Loop() {
		m, err := Render(context.Background(), d, src)
		if err != nil {
			b.Fatal(err)
		}
		data, err := Encode(m, WebP, 0)
		if err != nil {
			b.Fatal(err)
		}
		size = len(data)
	}
	b.ReportMetric(float64(size), "bytes")
}

// The render alone, to pixels.
func BenchmarkRender(b *testing.B) {
	src, d := winter(b)
	for _, tc := range []struct {
		name  string
		width int
	}{{"1024", 1024}, {"480", 480}, {"4096", 4096}} {
		b.Run(tc.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := RenderAt(context.Background(), d, src, tc.width); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEncode1024(b *testing.B) {
	src, d := winter(b)
	m, err := Render(context.Background(), d, src)
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range []Format{WebP, PNG, JPEG} {
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				if _, err := Encode(m, f, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDecodePicture1024(b *testing.B) {
	src, _ := winter(b)
	for _, f := range []Format{WebP, PNG, JPEG} {
		data, err := Encode(src.Picture, f, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(string(f), func(b *testing.B) {
			for b.Loop() {
				if _, err := Decode(bytes.NewReader(data), 1<<23, 1<<21); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkResize(b *testing.B) {
	src, _ := winter(b)
	for b.Loop() {
		Resize(src.Picture, 480)
	}
}

func BenchmarkSetLine(b *testing.B) {
	s := kitStack()
	for b.Loop() {
		if _, err := s.Set("Ein Licht im Fenster 冬", "de"); err != nil {
			b.Fatal(err)
		}
	}
}
