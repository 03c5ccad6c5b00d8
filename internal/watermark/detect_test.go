package watermark_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"marquee/internal/paint"
	"marquee/internal/watermark"
	"marquee/internal/watermark/attack"
)

var key = watermark.Key{7, 1, 9}

// scene is a picture with a flat sky, a slope, grain and hard edges.
func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	seed := uint64(w*31 + h)
	shore := make([]float64, w)
	waves := make([]float64, w)
	for x := range w {
		u := float64(x) / float64(w)
		shore[x], waves[x] = 0.6+0.1*math.Sin(9*u), 40*math.Sin(60*u)
	}
	for y := range h {
		for x := range w {
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			r, g, b := 150-60*v, 180-50*v, 220-20*v
			if v > shore[x] {
				seed = seed*6364136223846793005 + 1442695040888963407
				grain := float64(seed>>40%41) - 20
				r, g, b = 60+grain+waves[x], 110+grain, 70+grain
			}
			if (u-0.7)*(u-0.7)+(v-0.3)*(v-0.3) < 0.0144 {
				r, g, b = 240, 200, 60
			}
			p := m.Pix[m.PixOffset(x, y):]
			p[0], p[1], p[2], p[3] = uint8(r), uint8(g), uint8(b), 255
		}
	}
	return m
}

// marked gives a copy with a mark.
func marked(t testing.TB, m *image.NRGBA, id uint64) *image.NRGBA {
	t.Helper()
	out := image.NewNRGBA(m.Rect)
	copy(out.Pix, m.Pix)
	if err := watermark.Embed(out, id, key, nil); err != nil {
		t.Fatal(err)
	}
	return out
}

// mustFind fails unless the id is read from a picture.
func mustFind(t *testing.T, m image.Image, id uint64, effort watermark.Effort) watermark.Found {
	t.Helper()
	found, ok, err := watermark.Detect(t.Context(), m, key, effort)
	if err != nil || !ok || found.ID != id {
		t.Errorf("id %d was read as %+v, %v, %v", id, found, ok, err)
	}
	return found
}

func TestMarkIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, id := range []uint64{1, 0x5a5a5a5a5a, watermark.MaxID} {
		found := mustFind(t, marked(t, scene(640, 512), id), id, watermark.Upright)
		if found.Score < 0.9 || found.Score > 1 || math.Abs(found.Scale-1) > 0.01 || math.Abs(found.Angle) > 0.1 {
			t.Errorf("an untouched picture is told of as %+v", found)
		}
	}
}

func TestMarkOutlivesAttacks(t *testing.T) {
	t.Parallel()
	painted, err := paint.Paint(t.Context(), paint.Request{Prompt: "a red fox under the northern lights", Style: "poster", Width: 1024, Height: 1024, Seed: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*image.NRGBA{"scene": marked(t, scene(1024, 1024), 77), "painted": marked(t, painted.Image, 77)} {
		for i, a := range append(attack.Singles(), attack.Combined()...) {
			t.Run(name+"/"+a.Name, func(t *testing.T) {
				t.Parallel()
				after, err := a.Do(m, uint64(i)*7)
				if err != nil {
					t.Fatal(err)
				}
				effort := watermark.Upright
				if a.Full {
					effort = watermark.Full
				}
				if name == "painted" && a.Name == tooMuch {
					if found, ok, err := watermark.Detect(t.Context(), after, key, effort); err != nil || ok && found.ID != 77 {
						t.Errorf("read as %+v, %v", found, err)
					}
					return
				}
				mustFind(t, after, 77, effort)
			})
		}
	}
}

// tooMuch is the attack that the mark outlives in only about half of all
// pictures (docs/watermark.md), and not in the painted one here: of that it is
// asked only that no other id is read.
const tooMuch = "resize to 50 %, WebP q75"

func TestFoundTellsCropAndTurn(t *testing.T) {
	t.Parallel()
	m := marked(t, scene(1024, 1024), 5)
	if found := mustFind(t, attack.Crop(m, 0.1, 0.1, 0.1, 0.1), 5, watermark.Upright); math.Abs(found.Scale-1.25) > 0.01 {
		t.Errorf("a crop to 80 %% was told of as scale %.3f", found.Scale)
	}
	for _, angle := range []float64{-2.4, 1.7, 3} {
		if found := mustFind(t, attack.Turn(m, angle), 5, watermark.Full); math.Abs(found.Angle-angle) > 0.1 {
			t.Errorf("a turn of %v° was told of as %.2f°", angle, found.Angle)
		}
	}
}

// A large download that a social network shrinks still reads.
func TestLargePictureShrunk(t *testing.T) {
	t.Parallel()
	m := marked(t, scene(4096, 2304), 123)
	small, err := attack.JPEG(attack.Resize(m, 1080.0/4096), 75)
	if err != nil {
		t.Fatal(err)
	}
	mustFind(t, small, 123, watermark.Upright)
}

func TestNothingIsFoundWhereNothingIs(t *testing.T) {
	t.Parallel()
	m := scene(512, 640)
	flat := image.NewNRGBA(m.Rect)
	draw.Draw(flat, flat.Rect, image.NewUniform(color.NRGBA{200, 190, 180, 255}), image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{"unmarked": m, "flat": flat} {
		if found, ok, err := watermark.Detect(t.Context(), img, key, watermark.Full); ok || err != nil {
			t.Errorf("%s: found %+v, %v", name, found, err)
		}
	}
	m = marked(t, m, 42)
	var others []watermark.Key
	for i := range 4 {
		others = append(others, watermark.Key{31: byte(i)})
	}
	if found, at, ok, err := watermark.DetectAny(t.Context(), m, others, watermark.Upright); ok || err != nil {
		t.Errorf("key %d found %+v, %v", at, found, err)
	}
	found, at, ok, err := watermark.DetectAny(t.Context(), m, append(others, key), watermark.Upright)
	if err != nil || !ok || at != len(others) || found.ID != 42 {
		t.Errorf("with the right key last: %+v by key %d, %v, %v", found, at, ok, err)
	}
}

// Every kind of picture that the decoders give reads alike.
func TestKindsOfPicture(t *testing.T) {
	t.Parallel()
	m := marked(t, scene(640, 640), 9)
	grey := image.NewGray(m.Rect)
	rgba := image.NewRGBA(m.Rect)
	deep := image.NewNRGBA64(m.Rect)
	for _, to := range []draw.Image{grey, rgba, deep} {
		draw.Draw(to, m.Rect, m, image.Point{}, draw.Src)
	}
	ycbcr, err := attack.JPEG(m, 95)
	if err != nil {
		t.Fatal(err)
	}
	moved := image.NewNRGBA(image.Rect(-100, 50, 900, 1000))
	at := image.Rect(17, 111, 17+640, 111+640)
	draw.Draw(moved, at, m, image.Point{}, draw.Src)
	for name, img := range map[string]image.Image{"grey": grey, "rgba": rgba, "16 bits": deep, "ycbcr": ycbcr, "part of a picture": moved.SubImage(at)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mustFind(t, img, 9, watermark.Upright)
		})
	}
}

func TestSmallAndHugePictures(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{{0, 0}, {1, 1}, {95, 4000}, {4000, 95}, {96, 96}, {97, 3001}, {700, 1}} {
		m := image.NewNRGBA(image.Rect(0, 0, size.X, size.Y))
		if found, ok, err := watermark.Detect(t.Context(), m, key, watermark.Full); ok || err != nil {
			t.Errorf("%v: found %+v, %v", size, found, err)
		}
	}
	// Two thousand million pixels on a side, and no memory for them.
	if found, ok, err := watermark.Detect(t.Context(), image.NewUniform(color.White), key, watermark.Upright); ok || err != nil {
		t.Errorf("without bounds: found %+v, %v", found, err)
	}
}

// ending is a context that ends after it was asked so many times.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestDetectEndsWithItsContext(t *testing.T) {
	t.Parallel()
	m := scene(640, 640)
	asked := &ending{context.Background(), 1 << 30}
	if _, _, err := watermark.Detect(asked, m, key, watermark.Full); err != nil {
		t.Fatal(err)
	}
	all := 1<<30 - asked.left
	if all < 20 {
		t.Errorf("a full search asked only %d times whether to go on", all)
	}
	for left := 0; left < all; left += 1 + all/8 {
		if _, ok, err := watermark.Detect(&ending{context.Background(), left}, m, key, watermark.Full); ok || !errors.Is(err, context.Canceled) {
			t.Errorf("ended after %d questions, it gave %v, %v", left, ok, err)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add(uint16(512), uint16(512), byte(0), []byte("seed"))
	f.Add(uint16(97), uint16(1400), byte(1), []byte{0, 255, 3})
	f.Add(uint16(1200), uint16(100), byte(2), []byte{})
	f.Add(uint16(1), uint16(1), byte(3), []byte{9})
	f.Fuzz(func(t *testing.T, w, h uint16, kind byte, data []byte) {
		r := image.Rect(0, 0, int(w)%1500, int(h)%1500).Add(image.Pt(int(kind), -int(kind)))
		m := image.NewNRGBA(r)
		for i := range m.Pix {
			if len(data) > 0 {
				m.Pix[i] = data[i%len(data)] ^ byte(i>>8)*kind
			}
		}
		var img image.Image = m
		if kind%3 == 1 {
			grey := image.NewGray(r)
			draw.Draw(grey, r, m, r.Min, draw.Src)
			img = grey
		}
		before := img.Bounds()
		found, ok, err := watermark.Detect(t.Context(), img, key, watermark.Effort(kind%2))
		if err != nil {
			t.Fatal(err)
		}
		// Chance could find a mark in one of 100,000; a fuzzer does not wait for it.
		if ok {
			t.Errorf("%v has mark %+v", before, found)
		}
	})
}
