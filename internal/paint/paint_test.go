package paint

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"marquee/internal/fault"
)

func paintOne(t *testing.T, r Request) *Picture {
	t.Helper()
	p, err := Paint(context.Background(), r, nil)
	if err != nil {
		t.Fatalf("%q: %v", r.Prompt, err)
	}
	return p
}

func square(prompt string, seed int64, side int) Request {
	return Request{Prompt: prompt, Width: side, Height: side, Seed: seed, Palette: lumipine}
}

func TestSameRequestSameBytes(t *testing.T) {
	t.Parallel()
	for _, id := range Styles() {
		r := square("two foxes beside a cabin in the mountains, snow", 5, 256)
		r.Style = id
		a, b := paintOne(t, r), paintOne(t, r)
		if sha256.Sum256(a.Image.Pix) != sha256.Sum256(b.Image.Pix) {
			t.Errorf("%s: the same request gave two pictures", id)
		}
		if a.Alt != b.Alt {
			t.Errorf("%s: two sentences: %q, %q", id, a.Alt, b.Alt)
		}
	}
}

// difference is the mean difference of two pictures' pixels, 0..255.
func difference(a, b *image.NRGBA) float64 {
	var sum float64
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

func TestSeedsGiveOtherPictures(t *testing.T) {
	t.Parallel()
	for _, prompt := range []string{"a polar fox in a snowy forest at night, poster", "a cabin by a lake at dawn, poster", ""} {
		var pics []*image.NRGBA
		for seed := range int64(4) {
			pics = append(pics, paintOne(t, square(prompt, seed, 256)).Image)
		}
		for i := range pics {
			for j := range i {
				if d := difference(pics[i], pics[j]); d < 5 {
					t.Errorf("%q: seeds %d and %d differ by only %.1f", prompt, i, j, d)
				}
			}
		}
	}
}

func TestSamePictureAtTwiceTheSize(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"poster", "paper-cut", "stained-glass"} {
		r := square("a lighthouse by the sea at dusk", 3, 256)
		r.Style = id
		small := paintOne(t, r).Image
		r.Width, r.Height = 512, 512
		large := paintOne(t, r).Image
		half := image.NewNRGBA(small.Rect)
		for y := range 256 {
			for x := range 256 {
				for c := range 4 {
					sum := 0
					for _, o := range []int{0, 4, large.Stride, large.Stride + 4} {
						sum += int(large.Pix[y*2*large.Stride+x*8+c+o])
					}
					half.Pix[y*half.Stride+x*4+c] = uint8(sum / 4)
				}
			}
		}
		if d := difference(small, half); d > 6 {
			t.Errorf("%s: the picture changes with its size, by %.1f", id, d)
		}
	}
}

func TestSeasonsLookDifferent(t *testing.T) {
	t.Parallel()
	var pics []*image.NRGBA
	seasons := []string{"winter", "spring", "summer", "autumn"}
	for _, s := range seasons {
		pics = append(pics, paintOne(t, square("a child under a big tree in a meadow at noon in "+s+", poster", 4, 256)).Image)
	}
	for i := range pics {
		for j := range i {
			if d := difference(pics[i], pics[j]); d < 4 {
				t.Errorf("%s and %s differ by only %.1f", seasons[i], seasons[j], d)
			}
		}
	}
}

func TestGreyAnimalStandsOutAtNight(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"wolf", "elephant", "mouse", "seal", "whale"} {
		for _, hour := range []string{"night", "starry", "aurora"} {
			st := newStage(scene{cast: []actor{{id: id, count: 1}}, hour: hour}, Request{Width: 512, Height: 512, Palette: lumipine})
			st.build()
			for _, s := range st.sheets {
				if s.name != id {
					continue
				}
				var sum, area float64
				for _, f := range s.shapes {
					if f.role != body {
						continue
					}
					x0, y0, x1, y1 := f.path.Bounds()
					sum += (x1 - x0) * (y1 - y0) * f.fill.l
					area += (x1 - x0) * (y1 - y0)
				}
				if d := math.Abs(sum/area - st.mistTint().l); d < 0.07 {
					t.Errorf("%s, %s: only %.3f of lightness from the air behind it", id, hour, d)
				}
			}
		}
	}
}

func TestWideFormatsGetASecondAccent(t *testing.T) {
	t.Parallel()
	for _, place := range []string{"forest", "mountains", "meadow", "lake", "village"} {
		st := newStage(scene{cast: []actor{{id: "wolf", count: 1}}, setting: place, season: "winter"}, Request{Width: 1200, Height: 500})
		st.build()
		if len(st.busy) < 2 {
			t.Errorf("%s: a wide picture has only its focus", place)
		}
	}
}

func TestThereIsEnoughToPaint(t *testing.T) {
	t.Parallel()
	if len(subjects) < 120 || len(settings) < 40 || len(lights) < 8 || len(weatherIDs) < 6 || len(styles) < 8 {
		t.Errorf("%d subjects, %d settings, %d lights, %d weathers, %d styles", len(subjects), len(settings), len(lights), len(weatherIDs), len(styles))
	}
}

func TestEverySubjectPaints(t *testing.T) {
	t.Parallel()
	for id, s := range subjects {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			p := paintOne(t, square(formOf(t, id), 1, 256))
			alt := strings.ToLower(p.Alt)
			if s.foot != inSky && !strings.Contains(alt, strings.ToLower(s.one)) && !strings.Contains(alt, strings.ToLower(s.many)) {
				t.Errorf("alt %q does not name %q", p.Alt, s.one)
			}
		})
	}
}

// formOf is the first English word for a subject.
func formOf(t *testing.T, id string) string {
	t.Helper()
	v := vocabularyOf(t, "en")
	if len(v.Subjects[id]) == 0 {
		t.Fatalf("no English word for %s", id)
	}
	return strings.TrimSuffix(v.Subjects[id][0], "+")
}

func TestEverySettingLightWeatherAndStylePaints(t *testing.T) {
	t.Parallel()
	sizes := [][2]int{{256, 256}, {256, 400}, {480, 256}}
	for i, id := range Styles() {
		for _, s := range sizes {
			p := paintOne(t, Request{Prompt: "an owl", Style: id, Width: s[0], Height: s[1], Seed: int64(i)})
			if p.Image.Rect.Dx() != s[0] || p.Image.Rect.Dy() != s[1] {
				t.Errorf("%s: asked for %v, got %v", id, s, p.Image.Rect)
			}
		}
	}
	k := int64(0)
	for id := range settings {
		for _, season := range []string{"winter", "summer"} {
			k++
			st := newStage(scene{setting: id, season: season, hour: lights[int(k)%len(lights)].id}, Request{Width: sizes[k%3][0], Height: sizes[k%3][1], Seed: k})
			st.build()
			if _, err := posterStyle.paint(context.Background(), st, 256, 256, func(float64) {}); err != nil {
				t.Errorf("%s in %s: %v", id, season, err)
			}
		}
	}
	for _, w := range weatherIDs {
		paintOne(t, square("a child in a meadow in "+w, 2, 256))
	}
}

func TestPictureIsOpaque(t *testing.T) {
	t.Parallel()
	for _, id := range Styles() {
		r := square("a swan on a lake", 1, 256)
		r.Style = id
		p := paintOne(t, r).Image
		for i := 3; i < len(p.Pix); i += 4 {
			if p.Pix[i] != 255 {
				t.Fatalf("%s: a pixel has alpha %d", id, p.Pix[i])
			}
		}
	}
}

func TestCancelEndsBetweenLayers(t *testing.T) {
	t.Parallel()
	for _, id := range Styles() {
		ctx, cancel := context.WithCancel(context.Background())
		r := square("a village", 1, 256)
		r.Style = id
		_, err := Paint(ctx, r, func(f float64) {
			if f > 0.2 {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: cancelled half way, got %v", id, err)
		}
	}
}

func TestProgressGrowsToOne(t *testing.T) {
	t.Parallel()
	last := 0.0
	if _, err := Paint(context.Background(), square("a bear", 1, 256), func(f float64) {
		if f < last || f > 1 {
			t.Errorf("progress went from %g to %g", last, f)
		}
		last = f
	}); err != nil {
		t.Fatal(err)
	}
	if last != 1 {
		t.Errorf("progress ended at %g", last)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r    Request
		code string
	}{
		{Request{Width: 255, Height: 512}, "picture_size"},
		{Request{Width: 512, Height: 4097}, "picture_size"},
		{Request{Width: -1, Height: -1}, "picture_size"},
		{Request{Width: 512, Height: 512, Style: "oil"}, "style_unknown"},
	} {
		if _, err := Paint(context.Background(), c.r, nil); !fault.HasCode(err, c.code) {
			t.Errorf("%+v: got %v, want %s", c.r, err, c.code)
		}
	}
}

func TestOddRequestsStillPaint(t *testing.T) {
	t.Parallel()
	for _, r := range []Request{
		{Prompt: strings.Repeat("fox ", 30000), Width: 256, Height: 256},
		{Prompt: "\x00\x01\u202e\ufeff", Width: 256, Height: 256},
		{Prompt: "🦊🦊🌲", Width: 256, Height: 256},
		{Prompt: "nine nine nine reindeer beside nine bears under nine trees", Width: 256, Height: 256},
		{Prompt: "a train", Width: 256, Height: 2048, Seed: -9e18},
		{Prompt: "a train", Width: 2048, Height: 256, Palette: []string{"", "red", "#zzz", "#123"}},
		{Width: 256, Height: 256, Calm: []Area{{math.NaN(), 0, 1, 1}, {-5, -5, 100, 100}, {0, 0, 0, 0}}},
	} {
		paintOne(t, r)
	}
}

func TestPaletteKeepsTheFamily(t *testing.T) {
	t.Parallel()
	// A kit of blues must not give a warm picture.
	r := square("a cabin in the forest by day, poster", 2, 256)
	r.Palette = []string{"#0b1b3a", "#2a5caa", "#9cc3f0", "#eef4fb"}
	p := paintOne(t, r).Image
	var red, blue float64
	for i := 0; i < len(p.Pix); i += 4 {
		red += float64(p.Pix[i])
		blue += float64(p.Pix[i+2])
	}
	if red > blue {
		t.Errorf("a kit of blues gave red %.0f over blue %.0f", red, blue)
	}
}

func TestCompoundSentence(t *testing.T) {
	t.Parallel()
	p := paintOne(t, square("Two children under a big tree in the snow at dusk, linocut", 1, 256))
	want := "Two children under a big tree in a snowy village at dusk in falling snow, as a linocut"
	if p.Alt != want {
		t.Errorf("alt is %q, want %q", p.Alt, want)
	}
}

func BenchmarkPaint(b *testing.B) {
	for _, id := range Styles() {
		for _, side := range []int{320, 1024} {
			b.Run(fmt.Sprintf("%s/%d", id, side), func(b *testing.B) {
				b.ReportAllocs()
				for i := range b.N {
					r := square("a polar fox beside a lantern in a snowy forest at dusk, snow", int64(i), side)
					r.Style = id
					if _, err := Paint(context.Background(), r, nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
