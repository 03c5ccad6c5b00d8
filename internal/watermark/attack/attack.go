// Package attack does to pictures what the world does to them: it compresses,
// resizes, crops, recolours and turns them, and takes screenshots of pages that
// show them. The watermark's tests and its measurement share it.
package attack

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"github.com/gen2brain/webp"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// Attack is one thing, or several in a row, that happens to a picture.
type Attack struct {
	Name string
	// Full says that only the full search promises to find the mark after it.
	Full bool
	// Do gives the picture after it; in is not changed. chance varies what
	// varies from case to case.
	Do func(in image.Image, chance uint64) (image.Image, error)
}

// Singles are the attacks that the watermark must outlive in at least 95 of
// 100 pictures each.
func Singles() []Attack {
	return []Attack{
		{"none", false, func(in image.Image, _ uint64) (image.Image, error) { return in, nil }},
		{"JPEG q50", false, still(func(in image.Image) (image.Image, error) { return JPEG(in, 50) })},
		{"resize to 50 %", false, still(func(in image.Image) (image.Image, error) { return Resize(in, 0.5), nil })},
		{"crop 10 % on each side", false, still(func(in image.Image) (image.Image, error) { return Crop(in, 0.1, 0.1, 0.1, 0.1), nil })},
		{"WebP q75", false, still(func(in image.Image) (image.Image, error) { return WebP(in, 75) })},
		{"brightness +10 %", false, still(func(in image.Image) (image.Image, error) { return Recolour(in, [3]float64{1.1, 1.1, 1.1}), nil })},
		{"brightness −10 %", false, still(func(in image.Image) (image.Image, error) { return Recolour(in, [3]float64{0.9, 0.9, 0.9}), nil })},
		{"colour shift of 10 %", false, still(func(in image.Image) (image.Image, error) { return Recolour(in, [3]float64{1.1, 1, 0.9}), nil })},
	}
}

// Combined are several at once.
func Combined() []Attack {
	return []Attack{
		{"resize to 50 %, JPEG q50", false, still(func(in image.Image) (image.Image, error) { return JPEG(Resize(in, 0.5), 50) })},
		{"crop 10 %, JPEG q50", false, still(func(in image.Image) (image.Image, error) { return JPEG(Crop(in, 0.1, 0.1, 0.1, 0.1), 50) })},
		{"resize to 50 %, WebP q75", false, still(func(in image.Image) (image.Image, error) { return WebP(Resize(in, 0.5), 75) })},
		{"crop 10 %, colours, resize to 50 %, JPEG q50", false, still(func(in image.Image) (image.Image, error) {
			return JPEG(Resize(Recolour(Crop(in, 0.1, 0.1, 0.1, 0.1), [3]float64{1.1, 1, 0.9}), 0.5), 50)
		})},
		{"screenshot with borders, PNG", true, func(in image.Image, chance uint64) (image.Image, error) {
			return Screenshot(in, chance), nil
		}},
		{"screenshot with borders, JPEG q70", true, func(in image.Image, chance uint64) (image.Image, error) {
			return JPEG(Screenshot(in, chance), 70)
		}},
		{"turned by up to ±3°", true, func(in image.Image, chance uint64) (image.Image, error) {
			return Turn(in, angle(chance)), nil
		}},
		{"turned by up to ±3°, JPEG q70", true, func(in image.Image, chance uint64) (image.Image, error) {
			return JPEG(Turn(in, angle(chance)), 70)
		}},
	}
}

// angle is −3° to 3°, and never so little that it would not count.
func angle(chance uint64) float64 {
	a := 0.5 + 2.5*float64(chance%101)/100
	if chance/101%2 == 1 {
		return -a
	}
	return a
}

func still(f func(image.Image) (image.Image, error)) func(image.Image, uint64) (image.Image, error) {
	return func(in image.Image, _ uint64) (image.Image, error) { return f(in) }
}

// flatten gives a picture over white, in the form that the drawing and encoding
// packages are quick with.
func flatten(in image.Image) *image.RGBA {
	switch m := in.(type) {
	case *image.RGBA:
		return m
	case *image.NRGBA:
		if m.Opaque() {
			return &image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
		}
	}
	out := image.NewRGBA(in.Bounds())
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, in, out.Rect.Min, draw.Over)
	return out
}

// JPEG compresses with the quality, 1 to 100, and reads it again.
func JPEG(in image.Image, quality int) (image.Image, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, flatten(in), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("compressing: %w", err)
	}
	return jpeg.Decode(&b)
}

// WebP compresses with the quality, 1 to 100, and reads it again.
func WebP(in image.Image, quality int) (image.Image, error) {
	var b bytes.Buffer
	if err := webp.Encode(&b, flatten(in), webp.Options{Quality: quality, Method: 2}); err != nil {
		return nil, fmt.Errorf("compressing: %w", err)
	}
	return webp.Decode(&b)
}

// Resize scales by a factor, with the filter that most programs use.
func Resize(in image.Image, by float64) *image.RGBA {
	b := in.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, int(math.Round(float64(b.Dx())*by)), int(math.Round(float64(b.Dy())*by))))
	draw.CatmullRom.Scale(out, out.Rect, flatten(in), b, draw.Src, nil)
	return out
}

// Crop takes parts of the width and height off each side.
func Crop(in image.Image, left, top, right, bottom float64) *image.RGBA {
	b := in.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	cut := image.Rect(b.Min.X+int(w*left), b.Min.Y+int(h*top), b.Min.X+int(w*(1-right)), b.Min.Y+int(h*(1-bottom)))
	out := image.NewRGBA(image.Rect(0, 0, cut.Dx(), cut.Dy()))
	draw.Draw(out, out.Rect, flatten(in), cut.Min, draw.Src)
	return out
}

// Recolour multiplies red, green and blue.
func Recolour(in image.Image, by [3]float64) *image.RGBA {
	out := Crop(in, 0, 0, 0, 0)
	for i := range out.Pix {
		if c := i % 4; c < 3 {
			out.Pix[i] = uint8(math.Round(min(255, float64(out.Pix[i])*by[c])))
		}
	}
	return out
}

// Turn turns a picture by degrees and keeps the largest upright part that lies
// within it, as a straightening tool does.
func Turn(in image.Image, degrees float64) *image.RGBA {
	b := in.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	s := math.Abs(sin)
	// Of the picture's own shape, scaled so that its corners stay inside.
	k := 1 / max(cos+s*h/w, cos+s*w/h)
	out := image.NewRGBA(image.Rect(0, 0, int(w*k), int(h*k)))
	cx, cy := w/2+float64(b.Min.X), h/2+float64(b.Min.Y)
	ox, oy := float64(out.Rect.Dx())/2, float64(out.Rect.Dy())/2
	to := f64.Aff3{cos, -sin, ox - cos*cx + sin*cy, sin, cos, oy - sin*cx - cos*cy}
	draw.CatmullRom.Transform(out, to, flatten(in), b, draw.Src, nil)
	return out
}

// Screenshot puts a picture on a page with a bar, lines of text and another
// small picture beside it, as a browser on a desk or a phone shows it.
func Screenshot(in image.Image, chance uint64) *image.RGBA {
	b := in.Bounds()
	page := image.Rect(0, 0, 1440, 900)
	if chance%2 == 1 {
		page = image.Rect(0, 0, 1080, 1920)
	}
	back := color.NRGBA{250, 249, 246, 255}
	ink := color.NRGBA{60, 60, 64, 255}
	if chance/2%2 == 1 {
		back, ink = color.NRGBA{24, 26, 30, 255}, color.NRGBA{190, 190, 186, 255}
	}
	out := image.NewRGBA(page)
	draw.Draw(out, page, image.NewUniform(back), image.Point{}, draw.Src)
	bar := 56
	draw.Draw(out, image.Rect(0, 0, page.Dx(), bar), image.NewUniform(color.NRGBA{46, 82, 120, 255}), image.Point{}, draw.Src)
	// The picture takes 80 to 96 % of the room.
	room := image.Rect(24, bar+24, page.Dx()-24, page.Dy()-150)
	k := min(float64(room.Dx())/float64(b.Dx()), float64(room.Dy())/float64(b.Dy()))
	k *= 0.8 + 0.16*float64(chance/4%17)/16
	w, h := int(float64(b.Dx())*k), int(float64(b.Dy())*k)
	x, y := room.Min.X+(room.Dx()-w)/2, room.Min.Y+int(chance/68%16)
	at := image.Rect(x, y, x+w, y+h)
	draw.CatmullRom.Scale(out, at, flatten(in), b, draw.Src, nil)
	// Words are short bars of letters' height, in a fixed disorder.
	seed := chance*2654435761 + 12345
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed >> 33 % uint64(n))
	}
	write := func(area image.Rectangle) {
		for ly := area.Min.Y; ly+12 < area.Max.Y; ly += 22 {
			for lx := area.Min.X; lx < area.Max.X; {
				letters := 2 + next(8)
				for range letters {
					if lx+7 < area.Max.X {
						draw.Draw(out, image.Rect(lx, ly+next(4), lx+2+next(4), ly+10+next(3)), image.NewUniform(ink), image.Point{}, draw.Src)
					}
					lx += 8
				}
				lx += 8
			}
		}
	}
	write(image.Rect(40, at.Max.Y+16, page.Dx()-40, page.Dy()-16))
	write(image.Rect(40, 20, 400, 44))
	if at.Min.X > 160 {
		write(image.Rect(16, bar+40, at.Min.X-24, at.Max.Y))
	}
	return out
}
