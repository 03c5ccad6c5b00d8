package compose

import (
	"bytes"
	"context"
	"runtime"
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
			// The larger of the composition's canvas and the output's.
			k := max(1, float64(tc.width)/float64(d.Width))
			b.ReportMetric(allocated(b, d, src, tc.width)/(float64(d.Width*d.Height*4)*k*k), "canvases")
		})
	}
}

// allocated is how many bytes one render takes from first to last, freed or not:
// it never holds more.
func allocated(t testing.TB, d Document, src Source, width int) float64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := RenderAt(context.Background(), d, src, width); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// A render of the composing benchmark takes no more than four times its canvas
// in RGBA, the result and all that is freed on the way among it. It does not run
// beside other tests, whose memory would count.
func TestMemoryOfARender(t *testing.T) {
	src, d := winter(t)
	d.Width, d.Height = 2*d.Width, 2*d.Height
	for i := range d.Layers {
		l := &d.Layers[i]
		l.X, l.Y, l.Width = 2*l.X, 2*l.Y, 2*l.Width
	}
	src.Text.MinSize, src.Text.MaxSize = 2*src.Text.MinSize, 2*src.Text.MaxSize
	src.Picture = photo(d.Width, d.Height)
	canvas := float64(d.Width * d.Height * 4)
	for _, width := range []int{d.Width, d.Width / 2} {
		if got := allocated(t, d, src, width) / canvas; got > 4 {
			t.Errorf("a canvas of %d×%d at %d takes %.2f times its RGBA", d.Width, d.Height, width, got)
		} else {
			t.Logf("a canvas of %d×%d at %d takes %.2f times its RGBA", d.Width, d.Height, width, got)
		}
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
