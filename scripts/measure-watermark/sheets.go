package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"

	"marquee/internal/watermark"
	"marquee/internal/watermark/attack"
)

// sheets makes the page's pictures: the same part of a few pictures without and
// with the mark, and what was added, enlarged; and a picture after each attack.
func sheets(ctx context.Context, folder string, all []picture) (string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	// A flat sky, a print with screens, a photograph with leaves, one with a sky.
	chosen := []int{0, 32, len(all)/2 + 8, len(all)/2 + 24}
	var say strings.Builder
	fmt.Fprintln(&say, "![Parts of four pictures: without the mark, with it, and the difference 24 times as strong](pictures/watermark/without-and-with.webp)")
	fmt.Fprintln(&say)
	for i, n := range chosen {
		fmt.Fprintf(&say, "%d. %s\n", i+1, all[n%len(all)].name)
	}
	fmt.Fprintln(&say, "\nThe first of them after each attack, in rows of four, each as large beside the others as it then is:\n\n![A picture after each attack](pictures/watermark/attacks.webp)")
	fmt.Fprintln(&say)
	const side, gap = 320, 8
	sheet := image.NewNRGBA(image.Rect(0, 0, 3*(side+gap)-gap, len(chosen)*(side+gap)-gap))
	draw.Draw(sheet, sheet.Rect, image.White, image.Point{}, draw.Src)
	var first *image.NRGBA
	for row, i := range chosen {
		p := all[i%len(all)]
		original, err := p.make(ctx)
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.name, err)
		}
		marked := image.NewNRGBA(original.Rect)
		copy(marked.Pix, original.Pix)
		if err := watermark.Embed(marked, uint64(i)+1, key, nil); err != nil {
			return "", err
		}
		if first == nil {
			first = marked
		}
		from := image.Pt(original.Rect.Dx()/8, original.Rect.Dy()/8)
		for column, m := range []*image.NRGBA{original, marked, added(original, marked)} {
			at := image.Rect(0, 0, side, side).Add(image.Pt(column*(side+gap), row*(side+gap)))
			draw.Draw(sheet, at, m, from, draw.Src)
		}
	}
	// Lossless: the sheet is there to be looked at closely.
	if err := save(filepath.Join(folder, "without-and-with.webp"), sheet, webp.Options{Lossless: true, Method: 4}); err != nil {
		return "", err
	}
	attacks := append(attack.Singles(), attack.Combined()...)
	const small, columns = 240, 4
	rows := (len(attacks) + columns - 1) / columns
	strip := image.NewNRGBA(image.Rect(0, 0, columns*(small+gap)-gap, rows*(small+gap)-gap))
	draw.Draw(strip, strip.Rect, image.NewUniform(color.NRGBA{230, 230, 230, 255}), image.Point{}, draw.Src)
	for i, a := range attacks {
		fmt.Fprintf(&say, "%d. %s\n", i+1, a.Name)
		after, err := a.Do(first, 7+uint64(i))
		if err != nil {
			return "", err
		}
		// As large beside each other as they are, so that a resized picture looks it.
		b := after.Bounds()
		k := min(float64(small)/1024, small/float64(max(b.Dx(), b.Dy())))
		w, h := int(float64(b.Dx())*k), int(float64(b.Dy())*k)
		x, y := i%columns*(small+gap)+(small-w)/2, i/columns*(small+gap)+(small-h)/2
		draw.CatmullRom.Scale(strip, image.Rect(x, y, x+w, y+h), after, b, draw.Src, nil)
	}
	if err := save(filepath.Join(folder, "attacks.webp"), strip, webp.Options{Quality: 85, Method: 4}); err != nil {
		return "", err
	}
	return say.String(), nil
}

// added shows what the mark added, 24 times as strong, on grey.
func added(a, b *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(a.Rect)
	for i := range out.Pix {
		out.Pix[i] = uint8(min(max(128+24*(int(b.Pix[i])-int(a.Pix[i])), 0), 255))
		if i%4 == 3 {
			out.Pix[i] = 255
		}
	}
	return out
}

func save(name string, m image.Image, o webp.Options) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := webp.Encode(f, m, o); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return f.Close()
}
