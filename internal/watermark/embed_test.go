package watermark_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"marquee/internal/watermark"
)

func psnr(a, b *image.NRGBA) float64 {
	sum := 0.0
	for i := range a.Pix {
		d := float64(a.Pix[i]) - float64(b.Pix[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255/(sum/float64(len(a.Pix)/4*3)))
}

func TestMarkIsQuiet(t *testing.T) {
	t.Parallel()
	flat := image.NewNRGBA(image.Rect(0, 0, 900, 700))
	draw.Draw(flat, flat.Rect, image.NewUniform(color.NRGBA{120, 150, 190, 255}), image.Point{}, draw.Src)
	loud := scene(700, 700)
	for i := range loud.Pix {
		if i%4 < 3 {
			loud.Pix[i] = byte(i * i * 7919 >> 7)
		}
	}
	for name, c := range map[string]struct {
		m     *image.NRGBA
		least float64
	}{"scene": {scene(1024, 1024), 42}, "flat": {flat, 46}, "noise": {loud, 38}} {
		if got := psnr(c.m, marked(t, c.m, 3)); got < c.least {
			t.Errorf("%s: %.1f dB, and at least %v are promised", name, got, c.least)
		}
	}
	// On a flat picture no pixel moves by more than an eye could find.
	m := marked(t, flat, 3)
	for i := range m.Pix {
		if d := int(m.Pix[i]) - int(flat.Pix[i]); d < -4 || d > 4 {
			t.Fatalf("value %d moved by %d", i, d)
		}
	}
}

// The flat side of a sharp edge gets no more than any flat place.
func TestEdgesHaveNoHalo(t *testing.T) {
	t.Parallel()
	m := image.NewNRGBA(image.Rect(0, 0, 1024, 1024))
	draw.Draw(m, m.Rect, image.NewUniform(color.NRGBA{90, 90, 90, 255}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(512, 0, 1024, 1024), image.NewUniform(color.NRGBA{220, 220, 220, 255}), image.Point{}, draw.Src)
	out := marked(t, m, 3)
	power := func(x0, x1 int) float64 {
		sum := 0.0
		for y := range 1024 {
			for x := x0; x < x1; x++ {
				d := float64(out.NRGBAAt(x, y).R) - float64(m.NRGBAAt(x, y).R)
				sum += d * d
			}
		}
		return sum / float64(1024*(x1-x0))
	}
	away, beside := power(100, 400), max(power(480, 505), power(519, 544))
	if beside > 1.5*away {
		t.Errorf("beside an edge the mark has a power of %.2f, away from it %.2f", beside, away)
	}
}

func TestSparedPixelsAreUntouched(t *testing.T) {
	t.Parallel()
	m := scene(800, 600)
	spare := image.NewAlpha(m.Rect)
	draw.Draw(spare, image.Rect(500, 100, 780, 300), image.NewUniform(color.Alpha{1}), image.Point{}, draw.Src)
	hole := image.Rect(20, 400, 200, 560)
	draw.Draw(m, hole, image.Transparent, image.Point{}, draw.Src)
	out := image.NewNRGBA(m.Rect)
	copy(out.Pix, m.Pix)
	if err := watermark.Embed(out, 31337, key, spare); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for y := range 600 {
		for x := range 800 {
			if m.NRGBAAt(x, y) == out.NRGBAAt(x, y) {
				continue
			}
			changed++
			if spare.AlphaAt(x, y).A > 0 || image.Pt(x, y).In(hole) {
				t.Fatalf("pixel %d, %d is spared and was changed", x, y)
			}
			if out.NRGBAAt(x, y).A != m.NRGBAAt(x, y).A {
				t.Fatalf("pixel %d, %d has another alpha", x, y)
			}
		}
	}
	if changed < 800*600/4 {
		t.Errorf("only %d pixels were changed", changed)
	}
	mustFind(t, out, 31337, watermark.Upright)
}

func TestEmbedRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h  int
		id    uint64
		spare *image.Alpha
		want  error
	}{
		{511, 2000, 1, nil, watermark.ErrSmall},
		{2000, 511, 1, nil, watermark.ErrSmall},
		{0, 0, 1, nil, watermark.ErrSmall},
		{512, 512, 0, nil, watermark.ErrID},
		{512, 512, watermark.MaxID + 1, nil, watermark.ErrID},
		{512, 512, 1, image.NewAlpha(image.Rect(0, 0, 512, 511)), watermark.ErrSpare},
		{512, 512, watermark.MaxID, image.NewAlpha(image.Rect(9, 9, 521, 521)), nil},
	} {
		m := scene(c.w, c.h)
		before := bytes.Clone(m.Pix)
		if err := watermark.Embed(m, c.id, key, c.spare); !errors.Is(err, c.want) {
			t.Errorf("%d × %d, id %d: %v, wanted %v", c.w, c.h, c.id, err, c.want)
		}
		if c.want != nil && !bytes.Equal(before, m.Pix) {
			t.Errorf("%d × %d, id %d: refused, and the picture changed", c.w, c.h, c.id)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	t.Parallel()
	m := scene(700, 513)
	if a, b := marked(t, m, 12), marked(t, m, 12); !bytes.Equal(a.Pix, b.Pix) {
		t.Error("two runs differ")
	}
	if a, b := marked(t, m, 12), marked(t, m, 13); bytes.Equal(a.Pix, b.Pix) {
		t.Error("two ids give the same bytes")
	}
	// A part of a larger picture is marked as it would be by itself.
	large := image.NewNRGBA(image.Rect(-5, -5, 900, 800))
	at := image.Rect(30, 40, 730, 553)
	draw.Draw(large, at, m, image.Point{}, draw.Src)
	part := large.SubImage(at).(*image.NRGBA)
	if err := watermark.Embed(part, 12, key, nil); err != nil {
		t.Fatal(err)
	}
	a := marked(t, m, 12)
	for y := range 513 {
		if !bytes.Equal(a.Pix[y*a.Stride:][:700*4], part.Pix[y*part.Stride:][:700*4]) {
			t.Fatalf("row %d differs", y)
		}
	}
}
