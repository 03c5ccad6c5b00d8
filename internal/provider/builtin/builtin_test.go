package builtin

import (
	"fmt"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/provider"
	"marquee/internal/provider/providertest"
)

func TestSuite(t *testing.T) {
	t.Parallel()
	providertest.Run(t, providertest.Case{
		New:  func(testing.TB) provider.Pictures { return Painter{} },
		Kind: provider.Painter, Exact: true, Seeded: true, Describes: true, Steps: true,
	})
}

func TestWhatWasMissedIsTold(t *testing.T) {
	t.Parallel()
	r := providertest.Request(256, 256)
	r.Prompt = "a fox with a flurbelgump"
	pic, err := Painter{}.Picture(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(pic.Missed) != 1 || pic.Missed[0] != "flurbelgump" {
		t.Errorf("missed: %q", pic.Missed)
	}
}

func TestSizesOutOfBounds(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{0, 0}, {-1, 512}, {512, 8}, {1 << 20, 512}} {
		_, err := Painter{}.Picture(t.Context(), providertest.Request(size[0], size[1]), nil)
		if !fault.HasCode(err, "picture_size") {
			t.Errorf("%v: %v", size, err)
		}
	}
}

// BenchmarkCandidate is one candidate of 1024×1024, over a dozen prompts as
// people write them. For one core: GOMAXPROCS=1.
func BenchmarkCandidate(b *testing.B) {
	prompts := []string{
		"a polar fox beside a lantern in a snowy forest", "an owl in a birch forest under northern lights", "a train crossing a bridge in the rain, as a linocut",
		"two children skating on a frozen lake, watercolour", "a lighthouse in a storm at night", "a fir tree with candles in front of a cottage, papercut",
		"a red truck on a mountain road at sunset", "a neon city street in winter", "three penguins on the ice, pixel art",
		"stained glass of a robin and holly", "a market square with stalls in the mist", "",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := providertest.Request(1024, 1024)
		r.Prompt, r.Seed = prompts[i%len(prompts)], int64(i)
		if _, err := (Painter{}).Picture(b.Context(), r, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStyles is the same for each style on its own.
func BenchmarkStyles(b *testing.B) {
	for _, style := range []string{"screen print", "linocut", "watercolour", "papercut", "neon", "pixel art", "poster", "stained glass"} {
		b.Run(style, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				r := providertest.Request(1024, 1024)
				r.Prompt, r.Seed = fmt.Sprintf("a polar fox beside a lantern in a snowy forest, %s", style), int64(i)
				if _, err := (Painter{}).Picture(b.Context(), r, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
