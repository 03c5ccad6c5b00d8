package raster

import "testing"

func TestSmoke(t *testing.T) {
	t.Parallel()
	c := NewCanvas(20, 10)
	c.Clear(White)
	c.Fill(Rect(2.5, 2, 10, 4), Solid(RGB(255, 0, 0)))
	if got := c.At(2, 3); got.R != 1 || got.G != 0.5 {
		t.Fatalf("half covered pixel is %+v", got)
	}
	if got := c.At(5, 3); got != (RGB(255, 0, 0)) {
		t.Fatalf("covered pixel is %+v", got)
	}
}
