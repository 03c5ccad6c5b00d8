package watermark_test

import (
	"image"
	"math"
	"testing"

	"marquee/internal/watermark"
)

var key = watermark.Key{7, 1, 9}

// scene is a picture with a flat sky, a slope, grain and hard edges.
func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint64(w*31 + h)
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			r, g, b := 150-60*v, 180-50*v, 220-20*v
			if v > 0.6+0.1*math.Sin(9*u) {
				seed = seed*6364136223846793005 + 1442695040888963407
				grain := float64(seed>>40%41) - 20
				r, g, b = 60+grain+40*math.Sin(60*u), 110+grain, 70+grain
			}
			if math.Hypot(u-0.7, v-0.3) < 0.12 {
				r, g, b = 240, 200, 60
			}
			p := m.Pix[m.PixOffset(x, y):]
			p[0], p[1], p[2], p[3] = uint8(r), uint8(g), uint8(b), 255
		}
	}
	return m
}

func TestMarkIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, id := range []uint64{1, 0x5a5a5a5a5a, watermark.MaxID} {
		m := scene(640, 512)
		if err := watermark.Embed(m, id, key, nil); err != nil {
			t.Fatal(err)
		}
		found, ok, err := watermark.Detect(t.Context(), m, key, watermark.Upright)
		if err != nil || !ok || found.ID != id {
			t.Errorf("id %d was read as %v, %v, %v", id, found, ok, err)
		}
	}
}
