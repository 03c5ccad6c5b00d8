package paint

import (
	"context"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"strings"
	"testing"
)

var (
	sheetOut    = flag.String("sheet", "", "write a contact sheet to this PNG")
	sheetPrompt = flag.String("prompts", "", "prompts for the sheet, separated by |; empty takes the standing forty")
	sheetStyle  = flag.String("style", "", "one style for the whole sheet")
	sheetTile   = flag.Int("tile", 400, "side of a tile in pixels")
	sheetCols   = flag.Int("cols", 8, "tiles in a row")
	sheetAspect = flag.Float64("aspect", 1, "width of a picture over its height")
	sheetSeed   = flag.Int64("seed", 1, "seed of the first tile")
	sheetKit    = flag.String("kit", "", "kit colours, separated by commas; empty takes Lumipine's")
)

var lumipine = []string{"#0F3D33", "#F6EFE0", "#D8452E", "#F2B14B", "#BFDCE5", "#12202B"}

// TestContactSheet makes the sheet that the painter's art is judged by:
//
//	go test -tags nodynamic -run TestContactSheet ./internal/paint -sheet out.png
func TestContactSheet(t *testing.T) {
	if *sheetOut == "" {
		t.Skip("give -sheet a file name to make the contact sheet")
	}
	prompts := sheetPrompts
	if *sheetPrompt != "" {
		prompts = strings.Split(*sheetPrompt, "|")
	}
	kit := lumipine
	if *sheetKit != "" {
		kit = strings.Split(*sheetKit, ",")
	}
	tile, cols := *sheetTile, *sheetCols
	width, height := tile-8, tile-8
	if *sheetAspect > 1 {
		height = int(float64(width) / *sheetAspect)
	} else {
		width = int(float64(height) * *sheetAspect)
	}
	rows := (len(prompts) + cols - 1) / cols
	out := image.NewNRGBA(image.Rect(0, 0, cols*tile, rows*tile))
	for i, prompt := range prompts {
		pic, err := Paint(context.Background(), Request{Prompt: prompt, Style: *sheetStyle, Width: width, Height: height, Seed: int64(i) + *sheetSeed, Palette: kit}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%2d %s | missed %v", i, pic.Alt, pic.Missed)
		at := image.Pt(i%cols*tile+4, i/cols*tile+4)
		draw.Draw(out, pic.Image.Bounds().Add(at), pic.Image, image.Point{}, draw.Src)
	}
	f, err := os.Create(*sheetOut)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, out); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

var sheetPrompts = []string{
	"a polar fox beside a lantern in a snowy forest at night, poster",
	"a reindeer in the mountains at dawn, paper cut",
	"two children under a big tree at golden hour, poster",
	"a red tram in the city at dusk, snow, poster",
	"a lighthouse by the sea at sunset, stained glass",
	"a cabin in the forest under the northern lights, poster",
	"skaters on a frozen river at noon, paper cut",
	"a cat at a window at night with a mug of cocoa, poster",
	"an owl in the forest, linocut",
	"three hot air balloons over the mountains at golden hour, screen print",
	"a winter van with fir trees in a village at dusk, poster",
	"a steam train in the mountains, snow, paper cut",
	"a swan on a lake at dawn, watercolour",
	"a couple in the city at night, neon",
	"a snowman and a child in a village, pixel art",
	"a market stall on a christmas market in the evening, poster",
	"a sailing boat at sea in golden light, linocut",
	"a bear and a hare in the forest in mist, paper cut",
	"a robin in the garden in snow, stained glass",
	"a church in a village under the stars, paper cut",
	"a wolf howling at the moon in the mountains, poster",
	"a skier in the mountains on a clear day, screen print",
	"a campfire and a tent by a lake at night, poster",
	"camels in the desert at sunset, poster",
	"two penguins on the ice under the aurora, poster",
	"a family with a sledge in the snow, linocut",
	"a lighthouse and a ship in a harbour at dusk, watercolour",
	"a candle and gifts at a window, stained glass",
	"a polar bear on a frozen river at dawn, screen print",
	"a street lamp in the city in the rain, neon",
	"a windmill in a meadow in autumn, poster",
	"a horse in a meadow in summer, linocut",
	"wild geese over a lake at dusk, poster",
	"a castle in the mountains under a comet, paper cut",
	"a squirrel beside a mushroom in an autumn forest, poster",
	"a bridge over a frozen river at night, poster",
	"a whale in the sea under the moon, paper cut",
	"a snow globe at a window, poster",
	"a bicycle in the city in spring, screen print",
	"fireworks over a harbour at night, pixel art",
}
