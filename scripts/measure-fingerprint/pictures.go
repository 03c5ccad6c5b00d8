package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // photographs
	_ "image/png"  // photographs
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/disintegration/imaging"

	"marquee/internal/paint"
)

// side is that of the pictures.
const side = 640

// what and where make the painter's prompts: each pair is one.
var (
	what = []string{"a polar fox", "a red tram", "a lighthouse", "an owl", "three hot air balloons", "a steam train", "two children",
		"a swan", "a snowman", "a sailing boat", "a windmill", "a cat", "a castle", "a reindeer", "a teapot and bread", "penguins",
		"a ferris wheel", "a tractor", "a whale", "a couple", "a campfire and a tent", "a cherry tree", "a church", "a horse", "a candle and gifts"}
	where = []string{"in a snowy forest at night", "in the mountains at dawn", "by the sea at sunset", "in the city at dusk", "in a village in the morning",
		"in a meadow in summer", "on a frozen lake at noon", "in the desert at golden hour", "under the northern lights", "in autumn rain"}
)

// scene is the n-th of the painter's works. No two have the same seed, as those
// of two people have not; prompts and styles come again.
func scene(n int) paint.Request {
	styles := paint.Styles()
	return paint.Request{
		Prompt: what[n%len(what)] + " " + where[(n/len(what)+n)%len(where)],
		Style:  styles[n%len(styles)], Seed: int64(n)*7919 + 13, Width: side, Height: side,
	}
}

// rival is a work like the n-th: of the same seed and style, and so of the same
// scene, with another subject in it.
func rival(n int) paint.Request {
	r := scene(n)
	r.Prompt = what[(n+7)%len(what)] + " " + where[(n/len(what)+n)%len(where)]
	return r
}

// painted paints a work of the set, with the mark that all works of a campaign
// carry: what they share must not be taken for what they are.
func painted(ctx context.Context, r paint.Request) (image.Image, error) {
	p, err := paint.Paint(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	marked(p.Image)
	return p.Image, nil
}

// marked draws a mark into the lower right corner, a fifth of the picture wide:
// a ring, a disc in it and a word of bars.
func marked(img *image.NRGBA) {
	b := img.Bounds()
	unit := float64(b.Dx()) / 100
	ink := color.NRGBA{R: 0xf6, G: 0xef, B: 0xe0, A: 255}
	cx, cy := float64(b.Max.X)-23*unit, float64(b.Max.Y)-8*unit
	for y := b.Max.Y - int(14*unit); y < b.Max.Y; y++ {
		for x := b.Max.X - int(30*unit); x < b.Max.X; x++ {
			d := math.Hypot(float64(x)-cx, float64(y)-cy) / unit
			right := (float64(x) - cx) / unit
			down := math.Abs(float64(y)-cy) / unit
			bar := right > 5 && right < 20 && math.Mod(right*1.7+math.Floor(right/4), 3) < 1.6 && down < 1.5+math.Mod(math.Floor(right/3), 2)
			if d < 1.4 || d > 2.6 && d < 3.6 || bar {
				img.SetNRGBA(x, y, ink)
			}
		}
	}
}

// photographs lists the pictures of a folder, in order.
func photographs(folder string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := strings.ToLower(filepath.Ext(path)); slices.Contains([]string{".jpg", ".jpeg", ".png"}, ext) && !strings.Contains(path, "3840x") && !strings.Contains(path, "5640x") {
			all = append(all, path)
		}
		return nil
	})
	return all, err
}

// photograph reads one at most side high or wide.
func photograph(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return imaging.Fit(img, side*3/2, side*3/2, imaging.Box), nil
}
