package paint

import (
	"bytes"
	"context"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marquee/internal/compose"
)

var (
	sheetOut    = flag.String("sheet", "", "write a contact sheet to this PNG")
	sheetPrompt = flag.String("prompts", "", "prompts for the sheet, separated by |; empty takes the standing forty")
	sheetStyle  = flag.String("style", "", "one style for the whole sheet")
	sheetTile   = flag.Int("tile", 400, "side of a tile in pixels")
	sheetCols   = flag.Int("cols", 8, "tiles in a row")
	sheetAspect = flag.Float64("aspect", 1, "width of a picture over its height")
	sheetSeed   = flag.Int64("seed", 1, "seed of the first tile")
	sheetsOut   = flag.String("sheets", "", "write a sheet for each style into this folder, for the docs")
	movingOut   = flag.String("moving", "", "write a moving picture to this WebP, for the docs")
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
	f, err := os.Create(*sheetOut)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, contactSheet(t, prompts, *sheetStyle)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// contactSheet paints a picture for each prompt, in rows.
func contactSheet(t *testing.T, prompts []string, style string) *image.NRGBA {
	t.Helper()
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
		pic, err := Paint(context.Background(), Request{Prompt: prompt, Style: style, Width: width, Height: height, Seed: int64(i) + *sheetSeed, Palette: kit}, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%2d %s | missed %v", i, pic.Alt, pic.Missed)
		at := image.Pt(i%cols*tile+4, i/cols*tile+4)
		draw.Draw(out, pic.Image.Bounds().Add(at), pic.Image, image.Point{}, draw.Src)
	}
	return out
}

// TestStyleSheets makes the sheets of docs/pictures/paint:
//
//	go test -tags nodynamic -run TestStyleSheets ./internal/paint -sheets "$PWD/docs/pictures/paint" -tile 268
func TestStyleSheets(t *testing.T) {
	if *sheetsOut == "" {
		t.Skip("give -sheets a folder to make the sheets of the docs")
	}
	for _, id := range Styles() {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			sheet := contactSheet(t, sheetPrompts, id)
			for quality := 84; ; quality -= 6 {
				data, err := compose.Encode(sheet, compose.WebP, quality)
				if err != nil {
					t.Fatal(err)
				}
				if len(data) > maxSheet && quality > 20 {
					continue
				}
				if err := os.WriteFile(filepath.Join(*sheetsOut, id+".webp"), data, 0o644); err != nil {
					t.Fatal(err)
				}
				t.Logf("%s: %d KB at quality %d", id, len(data)/1024, quality)
				return
			}
		})
	}
}

// TestMovingPicture makes the moving picture of docs/pictures/paint:
//
//	go test -tags nodynamic -run TestMovingPicture ./internal/paint -moving "$PWD/docs/pictures/paint/moving.webp"
func TestMovingPicture(t *testing.T) {
	if *movingOut == "" {
		t.Skip("give -moving a file name to make the moving picture of the docs")
	}
	r := Request{Prompt: "a steam train in the mountains at dusk, snow", Style: "poster", Width: 480, Height: 320, Seed: 4, Palette: lumipine}
	a, err := Animate(context.Background(), r, 36, 12, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := a.EncodeWebP(context.Background(), &out, 70); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(*movingOut, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB: %s", out.Len()/1024, a.Alt)
}

// maxSheet is what a sheet of the docs may weigh, in bytes.
const maxSheet = 480 << 10

// sheetPrompts are the standing forty: every family of subjects, places of all
// kinds, the year's four seasons and each hour.
var sheetPrompts = []string{
	"a polar fox beside a lantern in a snowy forest at night",
	"a reindeer in the mountains at dawn",
	"two children under a big tree in a meadow in summer",
	"a red tram in the city at dusk, snow",
	"a lighthouse by the sea at sunset",
	"a cabin in the forest under the northern lights",
	"skaters on a frozen river at noon",
	"a cat at a window at night with a mug of cocoa",
	"an owl in a library in the evening",
	"three hot air balloons over the mountains at golden hour",
	"a winter van with fir trees in a village at dusk",
	"a steam train in the mountains, snow",
	"a swan on a lake at dawn",
	"a couple on a city street at night in the rain",
	"a snowman and a child in a village in the morning",
	"a market stall on a christmas market in the evening",
	"a sailing boat at sea in golden light",
	"an elephant and a giraffe in the savanna at sunset",
	"a robin in the garden in snow",
	"a church in a village under the stars",
	"a wolf in the mountains at night under the moon",
	"a pagoda beside a cherry tree in spring",
	"a campfire and a tent by a lake, starry night",
	"camels and a pyramid in the desert at golden hour",
	"two penguins on a glacier under the aurora",
	"a ferris wheel at a fairground at dusk",
	"a steamship in a fjord in mist",
	"a candle and gifts at a window",
	"a musician in an old town alley at night",
	"a turtle on a beach with palms in summer",
	"a windmill in a wheat field in autumn",
	"a horse on a farm in the morning",
	"geese over a lake at dusk in autumn",
	"a castle in the mountains under a comet",
	"a squirrel beside a mushroom in a birch grove in autumn",
	"a tractor in a vineyard in autumn",
	"a whale in the sea under the moon",
	"a teapot and bread in a kitchen in the morning",
	"a bicycle by a canal in spring",
	"fireworks over a harbour at night",
}
