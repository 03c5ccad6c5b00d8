package compose

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"math"
	"runtime"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// fox is a cut-out: a figure with soft edges on nothing.
func fox() *image.NRGBA {
	c := raster.NewCanvas(300, 360)
	c.Fill(raster.Ellipse(150, 230, 80, 125), raster.Linear(raster.Point{X: 60}, raster.Point{X: 240},
		raster.Stop{At: 0, Color: raster.Hex("#E9EEF2")}, raster.Stop{At: 1, Color: raster.Hex("#8FA9B8")}))
	c.Fill(raster.Circle(150, 90, 70), raster.Solid(raster.Hex("#F4F7F9")))
	for _, x := range []float64{100, 200} {
		c.Fill(raster.Polygon(raster.Point{X: x - 30, Y: 60}, raster.Point{X: x + (x-150)/3, Y: 2}, raster.Point{X: x + 30, Y: 60}), raster.Solid(raster.Hex("#E9EEF2")))
		c.Fill(raster.Circle(150+(x-150)/2, 85, 7), raster.Solid(raster.Hex("#12202B")))
	}
	c.Fill(raster.Circle(150, 112, 9), raster.Solid(raster.Hex("#12202B")))
	return c.Image()
}

// richSource has all that the rich document names.
func richSource(t testing.TB) Source {
	t.Helper()
	src, _ := winter(t)
	star, err := SVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><g opacity=".95"><path d="M50 3 61 38 98 38 68 60 79 96 50 74 21 96 32 60 2 38 39 38Z" fill="#F2B14B"/><circle cx="50" cy="52" r="12" fill="#fff" opacity=".6"/></g></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	mark := flat(t)
	src.Mark = func(string, string) (Drawing, error) { return mark, nil }
	src.Sticker = func(name, variant string) (Drawing, error) {
		if name != "star" {
			return Drawing{}, fault.New(fault.Invalid, "sticker_unknown", "There is no such sticker.")
		}
		return star, nil
	}
	cut := fox()
	src.Cutout = func(id string) (image.Image, error) {
		if id != "b1946ac9" {
			return nil, fault.New(fault.Invalid, "cutout_unknown", "There is no such cut-out.")
		}
		return cut, nil
	}
	return src
}

func richDocument(t testing.TB) Document {
	t.Helper()
	d, err := Parse([]byte(rich))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Nothing that a document can say changes a pixel that a mark covers: every
// effect, blend mode and layer lies over the whole mark here, before it and
// after it.
func TestNothingTouchesAMark(t *testing.T) {
	t.Parallel()
	src := richSource(t)
	mark := Layer{ID: "m", Kind: Mark, Mark: "flat", X: 150, Y: 150, Width: 150, Rotation: 15}
	over := func(l Layer) Layer {
		l.X, l.Y, l.Width = 100, 100, 250
		if l.Kind == Shape {
			l.Height = 200
		}
		return l
	}
	others := map[string]Layer{
		"text":    over(Layer{Kind: Text, Text: "Over it", Color: "#00ff00"}),
		"cutout":  over(Layer{Kind: Cutout, Cutout: "b1946ac9"}),
		"sticker": over(Layer{Kind: Sticker, Sticker: "star"}),
		"grain":   {Kind: Effect, Effect: GrainEffect, Strength: 1, Size: 4},
		"snow":    {Kind: Effect, Effect: SnowEffect, Strength: 1, Size: 4},
		"edge":    {Kind: Effect, Effect: VignetteEffect, Strength: 1, Size: 1},
		"grade":   {Kind: Effect, Effect: GradeEffect, Strength: 1, Fill: &Fill{Stops: []Stop{{0, "#00ff00"}, {1, "#0000ff"}}}},
		"shadow":  {Kind: Effect, Effect: ShadowEffect, Of: "thing", Strength: 1, Size: 1, Angle: 40},
		"mirror":  {Kind: Effect, Effect: ReflectionEffect, Of: "thing", Strength: 1, Size: 1},
	}
	for _, mode := range Blends() {
		others["blend "+mode] = over(Layer{Kind: Shape, Shape: "rect", Fill: &Fill{Color: "#3388cc"}, Blend: mode})
	}
	thing := Layer{ID: "thing", Kind: Shape, Shape: "ellipse", X: 125, Y: 75, Width: 200, Height: 125, Fill: &Fill{Color: "#12202B"}}
	// What the mark covers fully is the same on any ground.
	var alone [2]*image.NRGBA
	for i, ground := range []color.NRGBA{{0, 0, 0, 255}, {255, 255, 255, 255}} {
		on := src
		on.Picture = paper(10, 8, ground)
		m, err := Render(context.Background(), document2(500, 400, mark), on)
		if err != nil {
			t.Fatal(err)
		}
		alone[i] = m
	}
	bare, err := Render(context.Background(), document2(500, 400), src)
	if err != nil {
		t.Fatal(err)
	}
	for name, l := range others {
		l.ID = "other"
		for order, layers := range [][]Layer{{thing, l, mark}, {thing, mark, l}, {mark, l, thing}} {
			got, err := Render(context.Background(), document2(500, 400, layers...), src)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			covered, elsewhere := 0, 0
			for i := 0; i < len(got.Pix); i += 4 {
				if own := alone[0].Pix[i : i+3]; bytes.Equal(own, alone[1].Pix[i:i+3]) {
					covered++
					if !bytes.Equal(got.Pix[i:i+3], own) {
						t.Fatalf("%s in order %d: the mark's pixel %d,%d is %v", name, order, i/4%500, i/2000, got.Pix[i:i+3])
					}
				} else if !bytes.Equal(got.Pix[i:i+3], bare.Pix[i:i+3]) {
					elsewhere++
				}
			}
			if covered < 10000 || elsewhere < 250 {
				t.Errorf("%s in order %d: %d pixels of the mark, %d changed elsewhere", name, order, covered, elsewhere)
			}
		}
	}
}

func document2(w, h int, layers ...Layer) Document {
	d := document(w, h, layers...)
	d.Version = 2
	return d
}

// Opacity and blend modes mix as CSS says, for each kind that has them.
func TestOpacityAndBlend(t *testing.T) {
	t.Parallel()
	src := richSource(t)
	src.Picture = paper(200, 200, color.NRGBA{100, 150, 200, 255})
	square := paper(10, 10, color.NRGBA{200, 100, 50, 255})
	src.Cutout = func(string) (image.Image, error) { return square, nil }
	full, err := SVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#c86432"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	src.Sticker = func(string, string) (Drawing, error) { return full, nil }
	mix := func(mode string, b, s float64) float64 {
		b, s = b/255, s/255
		switch mode {
		case "multiply":
			return 255 * b * s
		case "screen":
			return 255 * (b + s - b*s)
		case "darken":
			return 255 * min(b, s)
		case "lighten":
			return 255 * max(b, s)
		case "plus-lighter":
			return 255 * min(1, b+s)
		}
		return 255 * s
	}
	for _, l := range []Layer{
		{Kind: Shape, Shape: "rect", Height: 100, Fill: &Fill{Color: "#c86432"}},
		{Kind: Cutout, Cutout: "a"}, {Kind: Sticker, Sticker: "a"},
	} {
		for _, mode := range []string{"", "normal", "multiply", "screen", "darken", "lighten", "plus-lighter"} {
			for _, opacity := range []float64{0, 0.5, 1} {
				l.ID, l.X, l.Y, l.Width, l.Blend, l.Opacity = "l", 50, 50, 100, mode, opacity
				m, err := Render(context.Background(), document2(200, 200, l), src)
				if err != nil {
					t.Fatal(err)
				}
				got := m.NRGBAAt(100, 100)
				k := usual(opacity, 1)
				for i, v := range [][2]float64{{100, 200}, {150, 100}, {200, 50}} {
					want := v[0] + (mix(mode, v[0], v[1])-v[0])*k
					if mode == "plus-lighter" {
						want = min(255, v[0]+v[1]*k)
					}
					have := float64([]uint8{got.R, got.G, got.B}[i])
					if math.Abs(have-want) > 1.2 {
						t.Errorf("%s %q at %g: channel %d is %g, want %.1f", l.Kind, mode, opacity, i, have, want)
					}
				}
			}
		}
	}
}

// A mask hides what is outside it, wherever the layer is turned to.
func TestMasks(t *testing.T) {
	t.Parallel()
	src := richSource(t)
	src.Picture = paper(200, 200, blue)
	base := Layer{ID: "l", Kind: Shape, Shape: "rect", X: 50, Y: 50, Width: 100, Height: 100, Fill: &Fill{Color: "#ff0000"}}
	shown := func(m Mask, turn float64, x, y int) float64 {
		l := base
		l.Mask, l.Rotation = &m, turn
		out, err := Render(context.Background(), document2(200, 200, l), src)
		if err != nil {
			t.Fatal(err)
		}
		return float64(out.NRGBAAt(x, y).R) / 255
	}
	left := Mask{Shape: "rect", Width: 0.5, Height: 1}
	for name, tc := range map[string]struct {
		m        Mask
		turn     float64
		x, y     int
		least, w float64
	}{
		"inside":            {left, 0, 70, 100, 0.999, 1},
		"outside":           {left, 0, 130, 100, 0, 0.001},
		"turned inside":     {left, 180, 130, 100, 0.999, 1},
		"turned outside":    {left, 180, 70, 100, 0, 0.001},
		"inverted":          {Mask{Shape: "rect", Width: 0.5, Invert: true}, 0, 130, 100, 0.999, 1},
		"ellipse's corner":  {Mask{Shape: "ellipse"}, 0, 55, 55, 0, 0.001},
		"ellipse's middle":  {Mask{Shape: "ellipse"}, 0, 100, 100, 0.999, 1},
		"path":              {Mask{Shape: "path", Path: "M0 0H100L0 100Z"}, 0, 140, 140, 0, 0.001},
		"fade's beginning":  {Mask{Shape: "fade"}, 0, 52, 100, 0.95, 1},
		"fade's middle":     {Mask{Shape: "fade"}, 0, 100, 100, 0.48, 0.52},
		"fade's end":        {Mask{Shape: "fade"}, 0, 148, 100, 0, 0.05},
		"fade downwards":    {Mask{Shape: "fade", Angle: 90}, 0, 100, 147, 0, 0.05},
		"feather's middle":  {Mask{Shape: "rect", Width: 0.5, Feather: 0.1}, 0, 100, 100, 0.4, 0.6},
		"feather's outside": {Mask{Shape: "rect", Width: 0.5, Feather: 0.1}, 0, 106, 100, 0.1, 0.4},
	} {
		if got := shown(tc.m, tc.turn, tc.x, tc.y); got < tc.least || got > tc.w {
			t.Errorf("%s: %.3f is shown, want %g to %g", name, got, tc.least, tc.w)
		}
	}
}

// The rich document renders to the same bytes whatever the number of
// processors, and looks the same at every size.
func TestRichDocument(t *testing.T) {
	src, d := richSource(t), richDocument(t)
	big, err := RenderAt(context.Background(), d, src, 1500)
	if err != nil {
		t.Fatal(err)
	}
	small, err := RenderAt(context.Background(), d, src, 500)
	if err != nil {
		t.Fatal(err)
	}
	made := Resize(big, 500)
	sum := 0.0
	for i := range small.Pix {
		sum += math.Abs(float64(small.Pix[i]) - float64(made.Pix[i]))
	}
	// Edges are mixed as encoded where they are painted, and as light where they
	// are reduced.
	if mean := sum / float64(len(small.Pix)); mean > 2 {
		t.Errorf("the small and the reduced large render differ by %.2f of 255 on the average", mean)
	}
	old := runtime.GOMAXPROCS(1)
	alone, err := RenderAt(context.Background(), d, src, 500)
	runtime.GOMAXPROCS(old)
	if err != nil || !bytes.Equal(alone.Pix, small.Pix) {
		t.Errorf("one processor gives another picture, %v", err)
	}
	keep(t, "rich", big)
}

func TestThingsThatAreMissing(t *testing.T) {
	t.Parallel()
	src := richSource(t)
	for name, tc := range map[string]struct {
		change func(*Source, *Document)
		code   string
		path   string
	}{
		"no cut-outs":     {func(s *Source, d *Document) { s.Cutout = nil }, "cutout_unknown", "layers[7].cutout"},
		"another cut-out": {func(s *Source, d *Document) { d.Layers[7].Cutout = "x" }, "cutout_unknown", "layers[7].cutout"},
		"an empty cut-out": {func(s *Source, d *Document) {
			s.Cutout = func(string) (image.Image, error) { return &image.NRGBA{}, nil }
		}, "cutout_empty", "layers[7].cutout"},
		"no stickers":     {func(s *Source, d *Document) { s.Sticker = nil }, "sticker_unknown", "layers[8].sticker"},
		"another sticker": {func(s *Source, d *Document) { d.Layers[8].Sticker = "x" }, "sticker_unknown", "layers[8].sticker"},
		"too much text":   {func(s *Source, d *Document) { d.Layers[9].Width = 20 }, "text_too_long", "layers[9].text"},
	} {
		s, d := src, richDocument(t)
		tc.change(&s, &d)
		_, err := Render(context.Background(), d, s)
		f, ok := fault.As(err)
		if !ok || f.Code != tc.code || len(f.Fields) == 0 || f.Fields[0].Path != tc.path {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzRender(f *testing.F) {
	f.Add([]byte(rich))
	for _, tc := range newDocuments() {
		f.Add([]byte(tc.json))
	}
	src := richSource(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Parse(data)
		if err != nil {
			return
		}
		width := 48
		if d.Height > d.Width*8 || d.Width > d.Height*3 {
			return
		}
		if _, err := RenderAt(context.Background(), d, src, width); err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("%v is no fault", err)
			}
		}
	})
}
