package raster

import (
	"math/rand/v2"
	"testing"
)

// mixedScene paints n shapes as a poster has them: sizes from small to a third
// of the canvas, gradients, strokes, blend modes, soft shadows, clips.
func mixedScene(c *Canvas, n int) {
	rng := rand.New(rand.NewPCG(42, 7))
	size := float64(min(c.W, c.H))
	c.Clear(Hex("#f4f1ea"))
	for i := range n {
		x, y := rng.Float64()*size, rng.Float64()*size
		r := size * (0.01 + 0.12*rng.Float64()*rng.Float64())
		col := OKLCH(0.3+0.6*rng.Float64(), 0.15, rng.Float64()*360).WithAlpha(0.4 + 0.6*rng.Float64())
		other := OKLCH(0.8, 0.1, rng.Float64()*360)
		blob := make([]Point, 7)
		for k := range blob {
			blob[k] = Polar(r*(0.6+0.6*rng.Float64()), float64(k)*360/7).Add(Point{x, y})
		}
		shape := Curve(blob, true)
		switch {
		case i%25 == 0:
			c.Fill(shape, Solid(col), Blur(6))
		case i%25 == 1:
			c.Fill(shape, Solid(col), Blend([]BlendMode{Multiply, Screen, Overlay, SoftLight}[i/25%4]))
		case i%5 == 2:
			c.Fill(shape, Linear(Point{x - r, y}, Point{x + r, y + r}, Stop{0, col}, Stop{1, other}))
		case i%5 == 3:
			c.Fill(Circle(x, y, r), Radial(Point{x, y}, r, Stop{0, other}, Stop{1, col}))
		case i%5 == 4:
			c.Fill(Stroke(shape, 3+r/20), Solid(col))
		case i%10 == 5:
			c.Fill(shape, Solid(col), Clip(Circle(x, y, r*0.8)))
		default:
			c.Fill(shape, Solid(col))
		}
	}
}

func BenchmarkFill500(b *testing.B) {
	c := NewCanvas(1024, 1024)
	for b.Loop() {
		mixedScene(c, 500)
	}
}

func BenchmarkFillWholeCanvas(b *testing.B) {
	c := NewCanvas(1024, 1024)
	all := Rect(0, 0, 1024, 1024)
	for name, p := range map[string]Paint{
		"solid":  Solid(Hex("#1f6f5c80")),
		"linear": Linear(Point{0, 0}, Point{300, 1024}, Stop{0, Black}, Stop{1, White}),
		"radial": Radial(Point{500, 500}, 700, Stop{0, Black}, Stop{1, White}),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Fill(all, p)
			}
		})
	}
	b.Run("softlight", func(b *testing.B) {
		for b.Loop() {
			c.Fill(all, Solid(Hex("#8090a0")), Blend(SoftLight), Opacity(0.3))
		}
	})
	b.Run("soft60", func(b *testing.B) {
		for b.Loop() {
			c.Fill(Circle(500, 500, 300), Solid(Hex("#8090a0")), Blur(60))
		}
	})
	b.Run("image", func(b *testing.B) {
		for b.Loop() {
			c.Image()
		}
	})
}
