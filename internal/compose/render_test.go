package compose

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// flat is a mark that fills its whole box, 2 wide and 1 high.
func flat(t testing.TB) Drawing {
	t.Helper()
	d, err := SVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#ff0000"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func paper(w, h int, c color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return m
}

var (
	blue = color.NRGBA{0, 0, 255, 255}
	red  = color.NRGBA{255, 0, 0, 255}
)

func source(t testing.TB) Source {
	d := flat(t)
	return Source{
		Picture: paper(400, 300, blue),
		Mark: func(mark, variant string) (Drawing, error) {
			if mark != "flat" {
				return Drawing{}, fault.New(fault.Invalid, "mark_unknown", "There is no such mark.")
			}
			return d, nil
		},
		Text: kitStyle(),
	}
}

func document(w, h int, layers ...Layer) Document {
	return Document{Version: 1, Width: w, Height: h,
		Layers: append([]Layer{{ID: "bg", Kind: Picture, Width: float64(w)}}, layers...)}
}

// A mark covers exactly the box that its numbers say, at every size and turn:
// whatever is a pixel inside is the mark, whatever is a pixel outside is not.
func TestMarkCoversItsBox(t *testing.T) {
	t.Parallel()
	src := source(t)
	for _, l := range []Layer{
		{X: 40, Y: 30, Width: 100},
		{X: 40.5, Y: 30.25, Width: 99.5, Rotation: 360},
		{X: 120, Y: 80, Width: 160, Rotation: 30},
		{X: 120, Y: 80, Width: 160, Rotation: -90},
		{X: 220, Y: 100, Width: 60, Rotation: 181.5},
		{X: -30, Y: -20, Width: 120, Rotation: 12},
		{X: 350, Y: 250, Width: 200, Rotation: 45},
	} {
		l.ID, l.Kind, l.Mark = "m", Mark, "flat"
		d := document(400, 300, l)
		boxes, err := d.Boxes(src)
		if err != nil {
			t.Fatal(err)
		}
		if boxes[1].Height != l.Width/2 {
			t.Errorf("the box is %g high, want %g", boxes[1].Height, l.Width/2)
		}
		for _, width := range []int{200, 400, 1000} {
			m, err := RenderAt(context.Background(), d, src, width)
			if err != nil {
				t.Fatal(err)
			}
			k := float64(width) / 400
			s, c := math.Sincos(-l.Rotation * math.Pi / 180)
			cx, cy := l.X+l.Width/2, l.Y+l.Width/4
			for y := range m.Rect.Dy() {
				for x := range width {
					dx, dy := (float64(x)+0.5)/k-cx, (float64(y)+0.5)/k-cy
					u, v := math.Abs(c*dx-s*dy)-l.Width/2, math.Abs(s*dx+c*dy)-l.Width/4
					inside := max(u, v) * k
					got := m.NRGBAAt(x, y)
					if inside < -1 && got != red || inside > 1 && got != blue {
						t.Fatalf("%+v at width %d: pixel %d,%d, %.2f px inside, is %v", l, width, x, y, -inside, got)
					}
				}
			}
		}
	}
}

func TestBoxCorners(t *testing.T) {
	t.Parallel()
	b := Box{X: 10, Y: 20, Width: 40, Height: 20, Rotation: 90}
	want := [4]raster.Point{{X: 40, Y: 10}, {X: 40, Y: 50}, {X: 20, Y: 50}, {X: 20, Y: 10}}
	for i, p := range b.Corners() {
		if p.Sub(want[i]).Len() > 1e-9 {
			t.Errorf("corner %d is %v, want %v", i, p, want[i])
		}
	}
	if x0, y0, x1, y1 := b.Bounds(); math.Abs(x0-20)+math.Abs(y0-10)+math.Abs(x1-40)+math.Abs(y1-50) > 1e-9 {
		t.Errorf("bounds %g,%g to %g,%g", x0, y0, x1, y1)
	}
}

// Text stands on its baseline, in its box, as wide as the box, for every script.
func TestTextFillsItsBox(t *testing.T) {
	t.Parallel()
	src := source(t)
	for _, tc := range lines {
		l := Layer{ID: "t", Kind: Text, Text: tc.text, Color: "#ff0000", X: 20, Y: 60, Width: 360}
		d := document(400, 300, l)
		m, err := Render(context.Background(), d, src)
		if err != nil {
			t.Errorf("%s: %v", tc.text, err)
			continue
		}
		f, err := src.Text.Fit(l.Text, l.Width)
		if err != nil {
			t.Fatal(err)
		}
		ink := image.Rectangle{}
		for y := range 300 {
			for x := range 400 {
				if m.NRGBAAt(x, y).R > 128 {
					ink = ink.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		lo, hi := 20+f.Left-0.1*f.Size, 380-f.Left+0.1*f.Size
		if float64(ink.Min.X) < lo || float64(ink.Max.X) > hi || float64(ink.Dx()) < 0.8*(hi-lo) {
			t.Errorf("%s: ink from %d to %d, want about %.0f to %.0f", tc.text, ink.Min.X, ink.Max.X, lo, hi)
		}
		base := 60 + f.Baseline
		if float64(ink.Min.Y) > base || float64(ink.Max.Y) < base-0.1*f.Size ||
			float64(ink.Min.Y) < 60-0.15*f.Size || float64(ink.Max.Y) > 60+f.Height+0.15*f.Size {
			t.Errorf("%s: ink from %d down to %d, baseline %.1f, box 60 to %.1f", tc.text, ink.Min.Y, ink.Max.Y, base, 60+f.Height)
		}
	}
}

// Strips, the column window and the order of layers must not show.
func TestRenderOfManyLayers(t *testing.T) {
	t.Parallel()
	src := source(t)
	src.Picture = paper(1024, 768, blue)
	var layers []Layer
	for i := range 39 {
		layers = append(layers, Layer{ID: fmt.Sprint(i), Kind: Mark, Mark: "flat",
			X: float64(i*53%900) - 40, Y: float64(i * 19), Width: float64(60 + i*7), Rotation: float64(i * 23)})
	}
	d := document(1024, 768, layers...)
	got, err := Render(context.Background(), d, src)
	if err != nil {
		t.Fatal(err)
	}
	want := raster.FromImage(src.Picture)
	for _, l := range layers {
		drawing, _ := src.Mark("flat", "")
		b := Box{l.X, l.Y, l.Width, l.Width / 2, l.Rotation}
		drawing.Draw(want, b.matrix().Mul(raster.Scale(b.Width/200, b.Height/100)))
	}
	if worst := worstDifference(got, want.Image()); worst > 2 {
		t.Errorf("painted in strips it differs by %d of 255", worst)
	}
	if !got.Opaque() {
		t.Error("the render is not opaque")
	}
	again, err := Render(context.Background(), d, src)
	if err != nil || !bytes.Equal(got.Pix, again.Pix) {
		t.Errorf("the second render differs, %v", err)
	}
}

func worstDifference(a, b *image.NRGBA) (worst int) {
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		worst = max(worst, d, -d)
	}
	return worst
}

// Untouched background stays bit for bit what it was.
func TestRenderKeepsTheBackground(t *testing.T) {
	t.Parallel()
	src := source(t)
	bg := image.NewNRGBA(image.Rect(0, 0, 400, 300))
	for i := range bg.Pix {
		bg.Pix[i] = uint8(i * 7)
		if i%4 == 3 {
			bg.Pix[i] = 255
		}
	}
	src.Picture = bg
	m, err := Render(context.Background(), document(400, 300, Layer{ID: "m", Kind: Mark, Mark: "flat", X: 100, Y: 100, Width: 100, Rotation: 45}), src)
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i := range m.Pix {
		if m.Pix[i] == bg.Pix[i] {
			same++
		}
	}
	if same < len(m.Pix)-4*5200 {
		t.Errorf("only %d of %d values are as before", same, len(m.Pix))
	}
	bg.Pix[0]++
	if m.Pix[0] == bg.Pix[0] {
		t.Error("the render shares the picture's memory")
	}
}

// The picture covers the canvas: scaled evenly, cut evenly, nothing left bare.
func TestPictureCovers(t *testing.T) {
	t.Parallel()
	wide := paper(800, 200, blue)
	for y := range 200 {
		for x := range 100 {
			wide.SetNRGBA(x, y, red)
			wide.SetNRGBA(799-x, y, red)
		}
	}
	seeThrough := paper(50, 50, color.NRGBA{0, 0, 0, 0})
	for name, tc := range map[string]struct {
		in    image.Image
		wants map[image.Point]color.NRGBA
	}{
		"wide, its ends cut":      {wide, map[image.Point]color.NRGBA{{2, 2}: blue, {197, 197}: blue}},
		"another origin":          {wide.SubImage(image.Rect(0, 0, 100, 100)), map[image.Point]color.NRGBA{{2, 2}: red, {197, 197}: red}},
		"larger than canvas":      {paper(1000, 1000, red), map[image.Point]color.NRGBA{{0, 0}: red, {199, 199}: red}},
		"smaller than canvas":     {paper(10, 10, red), map[image.Point]color.NRGBA{{0, 0}: red, {199, 199}: red}},
		"see-through is on white": {seeThrough, map[image.Point]color.NRGBA{{100, 100}: {255, 255, 255, 255}}},
		"one pixel":               {paper(1, 1, red), map[image.Point]color.NRGBA{{0, 0}: red, {199, 199}: red}},
		"one row":                 {paper(3000, 1, red), map[image.Point]color.NRGBA{{0, 0}: red, {199, 199}: red}},
	} {
		m, err := Render(context.Background(), document(200, 200), Source{Picture: tc.in})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for p, want := range tc.wants {
			if got := m.NRGBAAt(p.X, p.Y); got != want {
				t.Errorf("%s: %v is %v, want %v", name, p, got, want)
			}
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	src := source(t)
	mark := Layer{ID: "m", Kind: Mark, Mark: "flat", Width: 50}
	text := Layer{ID: "t", Kind: Text, Text: "Winter Lights", Width: 300}
	change := func(l Layer, f func(*Layer)) Document { f(&l); return document(400, 300, l) }
	for name, tc := range map[string]struct {
		d     Document
		width int
		code  string
		path  string
	}{
		"unknown mark":    {change(mark, func(l *Layer) { l.Mark = "x" }), 400, "mark_unknown", "layers[1].mark"},
		"text too long":   {change(text, func(l *Layer) { l.Width = 40 }), 400, "text_too_long", "layers[1].text"},
		"no such letters": {change(text, func(l *Layer) { l.Text = "𒀀" }), 400, "text_unsupported", "layers[1].text"},
		"bad document":    {change(mark, func(l *Layer) { l.Width = math.NaN() }), 400, "composition_invalid", "layers[1].width"},
		"too small":       {document(400, 300), 12, "size_out_of_range", ""},
		"too large":       {document(400, 300), 4097, "size_out_of_range", ""},
		"too high":        {document(64, 4096), 128, "size_out_of_range", ""},
		"negative":        {document(400, 300), -1, "size_out_of_range", ""},
	} {
		_, err := RenderAt(context.Background(), tc.d, src, tc.width)
		f, ok := fault.As(err)
		if !ok || f.Code != tc.code || tc.path != "" && (len(f.Fields) == 0 || f.Fields[0].Path != tc.path) {
			t.Errorf("%s: got %v (%+v), want %s at %s", name, err, f, tc.code, tc.path)
		}
	}
	if _, err := Render(context.Background(), document(400, 300), Source{}); !fault.HasCode(err, "picture_missing") {
		t.Errorf("without a picture: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Render(ctx, document(400, 300, mark), src); !errors.Is(err, context.Canceled) {
		t.Errorf("after the context's end: %v", err)
	}
}

// Larger renders show the same picture, only finer.
func TestRenderAtAnySizeIsTheSamePicture(t *testing.T) {
	t.Parallel()
	src, d := winter(t)
	small, err := RenderAt(context.Background(), d, src, 512)
	if err != nil {
		t.Fatal(err)
	}
	big, err := RenderAt(context.Background(), d, src, 2048)
	if err != nil {
		t.Fatal(err)
	}
	made := Resize(big, 512)
	sum := 0.0
	for i := range small.Pix {
		sum += math.Abs(float64(small.Pix[i]) - float64(made.Pix[i]))
	}
	if mean := sum / float64(len(small.Pix)); mean > 0.6 {
		t.Errorf("the small and the reduced large render differ by %.2f of 255 on the average", mean)
	}
}

// winter is a whole work: a picture, the demonstration kit's three marks and a
// line of text.
func winter(t testing.TB) (Source, Document) {
	t.Helper()
	c := raster.NewCanvas(1024, 1024)
	c.Fill(raster.Rect(0, 0, 1024, 1024), raster.Linear(raster.Point{}, raster.Point{X: 200, Y: 1024},
		raster.Stop{At: 0, Color: raster.Hex("#12202B")}, raster.Stop{At: 0.6, Color: raster.Hex("#2d5a66")}, raster.Stop{At: 1, Color: raster.Hex("#BFDCE5")}))
	for i := range 60 {
		x, y := float64(i*389%1024), float64(i*i*71%900)
		c.Fill(raster.Circle(x, y, 2+float64(i%5)), raster.Solid(raster.Hex("#ffffffb0")), raster.Blur(float64(i%3)))
	}
	for i := range 7 {
		x, h := float64(i)*170-20, 300+float64(i*97%200)
		c.Fill(raster.Polygon(raster.Point{X: x, Y: 1024}, raster.Point{X: x + 90, Y: 1024 - h}, raster.Point{X: x + 180, Y: 1024}),
			raster.Solid(raster.Hex("#0F3D33").Adjust(float64(i%3)*0.04, 1, 0)))
	}
	marks := map[string]Drawing{}
	for _, name := range []string{"wordmark", "bottle", "emblem"} {
		data, err := os.ReadFile(filepath.Join("../../brands/lumipine/marks", name+"-on-dark.svg"))
		if err != nil {
			t.Fatal(err)
		}
		if marks[name], err = SVG(data); err != nil {
			t.Fatal(err)
		}
	}
	src := Source{Picture: c.Image(), Text: kitStyle(), Mark: func(mark, _ string) (Drawing, error) {
		d, ok := marks[mark]
		if !ok {
			return d, fault.New(fault.Invalid, "mark_unknown", "There is no such mark.")
		}
		return d, nil
	}}
	return src, document(1024, 1024,
		Layer{ID: "w", Kind: Mark, Mark: "wordmark", X: 60, Y: 820, Width: 420},
		Layer{ID: "b", Kind: Mark, Mark: "bottle", X: 760, Y: 420, Width: 170, Rotation: 8},
		Layer{ID: "e", Kind: Mark, Mark: "emblem", X: 90, Y: 70, Width: 120, Rotation: -6},
		Layer{ID: "t", Kind: Text, Text: "Ein Licht im Fenster 冬", Color: "#F6EFE0", X: 250, Y: 100, Width: 620, Rotation: -3})
}
