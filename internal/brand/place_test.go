package brand_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
)

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// TestPlaceIsLawful takes every choice of marks in every format and many sizes
// of both kits.
func TestPlaceIsLawful(t *testing.T) {
	t.Parallel()
	for _, k := range []*brand.Kit{lumipine(), kornblum()} {
		for _, size := range [][2]int{{1024, 1024}, {1024, 1280}, {1280, 1024}, {1024, 1536}, {1536, 1024}, {1344, 768}, {768, 1344}, {512, 512}, {4096, 4096}, {320, 480}} {
			for chosen := range 1 << len(k.Marks) {
				var marks []string
				for i, m := range k.Marks {
					if chosen>>i&1 == 1 {
						marks = append(marks, m.ID)
					}
				}
				t.Run(fmt.Sprintf("%s %v %v", k.ID, size, marks), func(t *testing.T) {
					doc := brand.Start(k, marks, size[0], size[1], nil)
					if got := len(doc.Layers) - 1; got != len(marks)-tooMany(k, marks) {
						t.Errorf("%d of %d marks have a place", got, len(marks))
					}
					if found := brand.Check(doc, k, marks); len(marks) > 0 && found != nil {
						t.Errorf("%+v", found)
					}
					slices.Reverse(marks)
					if again := brand.Start(k, marks, size[0], size[1], nil); !reflect.DeepEqual(again, doc) {
						t.Error("the order of the choice changes the layout")
					}
				})
			}
		}
	}
}

// tooMany is how many of some marks may not be with the others.
func tooMany(k *brand.Kit, marks []string) (n int) {
	for _, r := range k.Rules {
		if r.Kind == brand.RuleApart {
			both := 0
			for _, m := range marks {
				if slices.Contains(r.Marks, m) {
					both++
				}
			}
			n += max(0, both-1)
		}
	}
	return n
}

// TestPlaceIsLawfulOnAGround lays marks out on a picture that is dark above and
// bright below, and asks all rules.
func TestPlaceIsLawfulOnAGround(t *testing.T) {
	t.Parallel()
	k := lumipine()
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			v := uint8(8 + 236*min(1, max(0, float64(y-20)/24)))
			img.SetNRGBA(x, y, color.NRGBA{v, v, uint8(min(255, int(v)+12)), 255})
		}
	}
	for _, size := range [][2]int{{1024, 1024}, {1024, 1280}, {1344, 768}} {
		ground := brand.LuminancesOf(img, size[0], size[1])
		for _, marks := range [][]string{{"wordmark"}, {"emblem"}, {"wordmark", "bottle", "emblem"}, {"wordmark", "bottle", "emblem", "polar-fox", "lantern"}} {
			doc := brand.Start(k, marks, size[0], size[1], ground)
			if found := brand.CheckWith(brand.Context{Kit: k, Doc: doc, Ground: ground, Market: "DE", Channel: "web", Generated: true, Date: day("2026-12-01T00:00:00Z")}); found != nil {
				t.Errorf("%v %v: %+v", size, marks, found)
			}
			l, ok := brand.PlaceText(k, doc, "Light the long night", ground)
			if !ok {
				t.Errorf("%v %v: no room for a line", size, marks)
				continue
			}
			doc.Layers = append(doc.Layers, l)
			if found := brand.CheckWith(brand.Context{Kit: k, Doc: doc, Ground: ground, Market: "DE"}); found != nil {
				t.Errorf("%v %v with text: %+v", size, marks, found)
			}
		}
	}
}

func TestPlaceLeavesOutWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	if got := brand.Place(lumipine(), []string{"loaf", "emblem", "emblem"}, 1024, 1024, nil); len(got) != 1 || got[0].Mark != "emblem" {
		t.Errorf("got %+v", got)
	}
	if got := brand.Place(lumipine(), []string{"wordmark"}, 64, 64, nil); got != nil {
		t.Errorf("a wordmark has no room on 64 pixels, got %+v", got)
	}
}

func TestVariantSuitsTheGround(t *testing.T) {
	t.Parallel()
	// The upper half of the picture is night and the lower half is snow.
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			c := color.NRGBA{18, 32, 43, 255}
			if y >= 32 {
				c = color.NRGBA{246, 239, 224, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	ground := brand.LuminancesOf(img, side, side)
	if got := ground(0, 0, side, side); math.Abs(got-(0.8655+0.0137)/2) > 0.01 {
		t.Errorf("mean luminance %.3f", got)
	}
	for _, l := range brand.Place(lumipine(), []string{"wordmark", "bottle", "emblem"}, side, side, ground) {
		want := "on-dark"
		if l.Y > side/2 {
			want = "on-light"
		}
		if l.Variant != want {
			t.Errorf("%s at y %.0f is %s", l.Mark, l.Y, l.Variant)
		}
	}
	doc := brand.Start(lumipine(), nil, side, side, ground)
	l, ok := brand.PlaceText(lumipine(), doc, "Snow tonight", ground)
	if !ok || l.Color != "#F6EFE0" {
		t.Errorf("text on the night is %q", l.Color)
	}
}

// TestVariantHasTheBetterContrast goes through all greys: the ink that is
// chosen is never the one that is harder to see.
func TestVariantHasTheBetterContrast(t *testing.T) {
	t.Parallel()
	word := lumipine().Mark("wordmark")
	last := brand.Dark
	for i := range 256 {
		grey := fmt.Sprintf("#%02x%02x%02x", i, i, i)
		ground := brand.Luminance(grey)
		onLight, onDark := brand.Contrast("#0F3D33", grey), brand.Contrast("#F6EFE0", grey)
		got := word.On(ground).Ground
		if got == brand.Light && onDark > onLight*1.4 || got == brand.Dark && onLight > onDark*1.4 {
			t.Errorf("on %s it is %s, where the contrasts are %.1f and %.1f", grey, got, onLight, onDark)
		}
		if got == brand.Dark && last == brand.Light {
			t.Errorf("on %s it goes back to dark", grey)
		}
		last = got
		ink := lumipine().TextOn(ground)
		if c := brand.Contrast(ink, grey); c < 3.5 {
			t.Errorf("text on %s has a contrast of %.2f", grey, c)
		}
	}
	// The bottle's inks are alike: there the kit's own word counts.
	if b := lumipine().Mark("bottle"); b.On(0.01).Ground != brand.Dark || b.On(0.9).Ground != brand.Light {
		t.Error("the bottle does not follow the ground")
	}
}

// TestCheckedTextCanBeSet holds Check to the compositor: what the one takes,
// the other draws, in a box of the same size.
func TestCheckedTextCanBeSet(t *testing.T) {
	t.Parallel()
	k := lumipine()
	rnd := random(3)
	words := []string{"Snow", "Ein Licht für dich", "冬のあかり", "أضواء الشتاء", "Свет зимы", "ฤดูหนาว", "!", "A long, long winter's night at home"}
	src, err := k.Source(image.NewNRGBA(image.Rect(0, 0, 8, 8)), side, side)
	if err != nil {
		t.Fatal(err)
	}
	taken := 0
	for range 400 {
		l := text(words[rnd.IntN(len(words))], 0, 100, 10+rnd.Float64()*900, 0)
		doc := document(picture(), l)
		found := brand.Check(doc, k, nil)
		boxes, err := doc.Boxes(src)
		if (found == nil) != (err == nil) {
			t.Fatalf("%+v: the rules say %+v, the compositor %v", l, found, err)
		}
		if found != nil {
			continue
		}
		taken++
		// A pixel lower than the rest of the canvas allows, the box is outside.
		doc.Layers[1].Y = side - boxes[1].Height
		if found := brand.Check(doc, k, nil); found != nil {
			t.Fatalf("%+v at the foot: %+v", l, found)
		}
		doc.Layers[1].Y++
		if found := brand.Check(doc, k, nil); len(found) != 1 || found[0].Rule != "text_outside" {
			t.Fatalf("%+v under the foot: %+v", l, found)
		}
	}
	if taken < 100 {
		t.Errorf("only %d of 400 lines were taken", taken)
	}
}

func TestPlaceTextIsLawful(t *testing.T) {
	t.Parallel()
	for _, k := range []*brand.Kit{lumipine(), kornblum()} {
		var all []string
		for _, m := range k.Marks {
			all = append(all, m.ID)
		}
		for _, size := range [][2]int{{1024, 1024}, {1024, 1280}, {1344, 768}, {512, 512}} {
			for _, s := range []string{"A", "Light the long night", "Ein Licht für die lange, lange Nacht"} {
				doc := brand.Start(k, all, size[0], size[1], nil)
				l, ok := brand.PlaceText(k, doc, s, nil)
				if !ok {
					t.Errorf("%s %v: no room for %q", k.ID, size, s)
					continue
				}
				doc.Layers = append(doc.Layers, l)
				if found := brand.Check(doc, k, nil); found != nil {
					t.Errorf("%s %v %q: %+v", k.ID, size, s, found)
				}
			}
		}
	}
	taken := document(picture(), with(mark("emblem", 100, 100, 200, 0), func(l *compose.Layer) { l.ID = "text" }))
	if l, ok := brand.PlaceText(lumipine(), taken, "Snow", nil); !ok || l.ID == "text" {
		t.Errorf("the new layer is called %q", l.ID)
	}
}
