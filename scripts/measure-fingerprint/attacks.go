package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"

	"github.com/disintegration/imaging"
)

// attack is what may become of a picture in the world.
type attack struct {
	name string
	do   func(img image.Image) image.Image
}

// attacks are the rows of the table.
var attacks = []attack{
	{"JPEG q50", func(img image.Image) image.Image { return pressed(img, 50) }},
	{"resize to 25 %, JPEG q50", func(img image.Image) image.Image { return pressed(resized(img, 0.25), 50) }},
	{"brighter, more contrast and colour, 10 % each", func(img image.Image) image.Image {
		return imaging.AdjustSaturation(imaging.AdjustContrast(imaging.AdjustBrightness(img, 10), 10), 10)
	}},
	{"crop of 10 % on each side", func(img image.Image) image.Image { return cropped(img, 0.1, 0.1, 0.1, 0.1) }},
	{"crop of 25 % on each side", func(img image.Image) image.Image { return cropped(img, 0.25, 0.25, 0.25, 0.25) }},
	{"a corner: a quarter of the area", func(img image.Image) image.Image { return cropped(img, 0.5, 0.5, 0, 0) }},
	{"crop 10 %, resize to 50 %, JPEG q50", func(img image.Image) image.Image {
		return pressed(resized(cropped(img, 0.1, 0.1, 0.1, 0.1), 0.5), 50)
	}},
	{"crop 25 %, resize to 70 %, JPEG q50", func(img image.Image) image.Image {
		return pressed(resized(cropped(img, 0.25, 0.25, 0.25, 0.25), 0.7), 50)
	}},
	{"screenshot with borders, JPEG q80", func(img image.Image) image.Image { return screenshot(img) }},
	{"mirrored", func(img image.Image) image.Image { return imaging.FlipH(img) }},
	{"mirrored, crop 10 %, JPEG q50", func(img image.Image) image.Image {
		return pressed(cropped(imaging.FlipH(img), 0.1, 0.1, 0.1, 0.1), 50)
	}},
	{"turned by 3°, corners cut off", func(img image.Image) image.Image { return turned(img, 3) }},
	{"a line of text over a sixth of it", func(img image.Image) image.Image { return banner(img) }},
}

func pressed(img image.Image, quality int) image.Image {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err) // writing to memory a picture of a size that JPEG has
	}
	back, err := jpeg.Decode(&out)
	if err != nil {
		panic(err)
	}
	return back
}

func resized(img image.Image, by float64) image.Image {
	b := img.Bounds()
	return imaging.Resize(img, int(math.Round(float64(b.Dx())*by)), int(math.Round(float64(b.Dy())*by)), imaging.Lanczos)
}

// cropped cuts parts of the sides off, an odd pixel more at two of them.
func cropped(img image.Image, left, top, right, bottom float64) image.Image {
	b := img.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	return imaging.Crop(img, image.Rect(b.Min.X+int(w*left)+1, b.Min.Y+int(h*top)+3, b.Max.X-int(w*right), b.Max.Y-int(h*bottom)))
}

// turned turns a picture and cuts off what that left empty.
func turned(img image.Image, degrees float64) image.Image {
	b := img.Bounds()
	big := imaging.Rotate(img, degrees, color.Black)
	lost := math.Sin(math.Abs(degrees) * math.Pi / 180)
	w, h := float64(b.Dx()), float64(b.Dy())
	return imaging.CropCenter(big, int(w-h*lost-2), int(h-w*lost-2))
}

// screenshot shows a picture as a phone does: on a page with a bar above, lines
// of text below and a border on all sides, at six tenths of its size.
func screenshot(img image.Image) image.Image {
	small := resized(img, 0.61)
	b := small.Bounds()
	w, h := b.Dx()+60, b.Dy()+420
	page := imaging.New(w, h, color.NRGBA{R: 250, G: 250, B: 252, A: 255})
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(page, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(image.Rect(0, 0, w, 90), color.NRGBA{R: 30, G: 60, B: 120, A: 255})
	fill(image.Rect(24, 30, 56, 62), color.White)
	fill(image.Rect(80, 38, 300, 54), color.White)
	draw.Draw(page, image.Rect(30, 120, 30+b.Dx(), 120+b.Dy()), small, b.Min, draw.Src)
	ink := color.NRGBA{R: 40, G: 42, B: 48, A: 255}
	for line := range 6 {
		y := 150 + b.Dy() + 40*line
		for x := 30; x < w-60-37*line; x += 13 + (x*7+line*5)%11 {
			fill(image.Rect(x, y+(x%3)*4, x+8+(x%5), y+18), ink)
		}
	}
	return pressed(page, 80)
}

// banner lays a bar with letters over the picture's lower part.
func banner(img image.Image) image.Image {
	out := imaging.Clone(img)
	b := out.Bounds()
	top := b.Max.Y - b.Dy()/6
	draw.Draw(out, image.Rect(0, top, b.Max.X, b.Max.Y), image.NewUniform(color.Black), image.Point{}, draw.Src)
	for x := 40; x < b.Max.X-80; x += 34 + (x*5)%17 {
		draw.Draw(out, image.Rect(x, top+50, x+22, top+90+(x%4)*5), image.NewUniform(color.White), image.Point{}, draw.Src)
	}
	return out
}
