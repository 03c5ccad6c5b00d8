package compose

import (
	"context"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// formats are the sizes that one composition is adapted to.
var formats = []struct {
	name string
	size image.Point
}{
	{"Square 1:1", image.Pt(1080, 1080)},
	{"Feed 4:5", image.Pt(1080, 1350)},
	{"Story 9:16", image.Pt(1080, 1920)},
	{"Film 16:9", image.Pt(1920, 1080)},
	{"Header 2:1", image.Pt(1600, 800)},
	{"Leaderboard 728×90", image.Pt(728, 90)},
	{"Skyscraper 300×600", image.Pt(300, 600)},
	{"A3, 300 dpi", image.Pt(3508, 4961)},
	{"4K 3840×2160", image.Pt(3840, 2160)},
	{"Billboard 10,000×3,500", image.Pt(10000, 3500)},
}

// onCanvas is the source for a canvas of another size.
func onCanvas(src Source, size image.Point) Source {
	k := math.Sqrt(float64(size.X) * float64(size.Y))
	src.Text.MinSize, src.Text.MaxSize = min(0.024*k, 0.3*float64(size.Y)), 0.13*k
	return src
}

// houseRules are rules such as a brand has: everything on the canvas, marks
// apart, not too small.
func houseRules(t *testing.T, src Source) Rules {
	return func(d Document) (out []Problem) {
		boxes, err := d.Boxes(src)
		if err != nil {
			t.Errorf("the rules were asked of a document without boxes: %v", err)
			return nil
		}
		type area struct{ x0, y0, x1, y1, room float64 }
		var seen []area
		for i, l := range d.Layers {
			if l.Kind != Mark && l.Kind != Text {
				continue
			}
			x0, y0, x1, y1 := boxes[i].Bounds()
			if x0 < 0 || y0 < 0 || x1 > float64(d.Width) || y1 > float64(d.Height) {
				out = append(out, Problem{Layer: l.ID, Rule: "inside"})
			}
			if l.Kind == Mark && l.Width < 0.1*float64(min(d.Width, d.Height)) {
				out = append(out, Problem{Layer: l.ID, Rule: "large-enough"})
			}
			a := area{x0, y0, x1, y1, 0}
			if l.Kind == Mark {
				a.room = 0.12 * min(x1-x0, y1-y0)
			}
			for _, b := range seen {
				room := max(a.room, b.room)
				if overlap(a.x0, a.y0, a.x1-a.x0, a.y1-a.y0, b.x0, b.y0, b.x1-b.x0, b.y1-b.y0, room) > 0 {
					out = append(out, Problem{Layer: l.ID, Rule: "apart"})
				}
			}
			seen = append(seen, a)
		}
		return out
	}
}

// poster is the work that is adapted: a panel with a line on it, three marks, a
// headline of two lines, snow and a vignette.
func poster(t testing.TB) (Source, Document) {
	src, d := winter(t)
	d.Version = 2
	d.Layers[4] = Layer{ID: "t", Kind: Text, Text: "A light in every window", Lines: 2, Align: "start", Color: "#F6EFE0", X: 250, Y: 90, Width: 520, Rotation: -3}
	d.Layers = append(d.Layers,
		Layer{ID: "snow", Kind: Effect, Effect: SnowEffect, Strength: 0.25, Angle: -15, Seed: 4},
		Layer{ID: "edge", Kind: Effect, Effect: VignetteEffect, Strength: 0.5, Color: "#07131b"})
	return src, d
}

func TestAdapt(t *testing.T) {
	t.Parallel()
	src, d := poster(t)
	for _, f := range formats {
		on := onCanvas(src, f.size)
		rules := houseRules(t, on)
		got, err := Adapt(d, on, f.size, rules)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if got.Width != f.size.X || got.Height != f.size.Y || len(got.Layers) != len(d.Layers) || got.Check() != nil {
			t.Errorf("%s: %+v", f.name, got)
		}
		if p := rules(got); len(p) > 0 {
			t.Errorf("%s breaks %v", f.name, p)
		}
		again, err := Adapt(d, on, f.size, rules)
		if err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("%s: adapted again it differs", f.name)
		}
		for i, l := range got.Layers {
			if l.ID != d.Layers[i].ID || l.Mark != d.Layers[i].Mark || l.Text != d.Layers[i].Text {
				t.Errorf("%s: layer %d became %+v", f.name, i, l)
			}
		}
	}
	same, err := Adapt(d, onCanvas(src, image.Pt(1024, 1024)), image.Pt(1024, 1024), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range same.Layers[1:4] {
		if o := d.Layers[i+1]; math.Hypot(l.X-o.X, l.Y-o.Y) > 120 || math.Abs(l.Width-o.Width) > 1 {
			t.Errorf("on its own canvas %s went from %g,%g to %g,%g", l.ID, o.X, o.Y, l.X, l.Y)
		}
	}
}

func TestAdaptRefuses(t *testing.T) {
	t.Parallel()
	src, d := poster(t)
	never := func(d Document) []Problem { return []Problem{{Layer: "w", Rule: "no-wordmarks"}} }
	best, err := Adapt(d, src, image.Pt(1080, 1080), never)
	f, ok := fault.As(err)
	if !ok || f.Code != "layout_impossible" || !reflect.DeepEqual(f.Args["rules"], []string{"no-wordmarks"}) || best.Check() != nil || best.Width != 1080 {
		t.Errorf("rules that can't be kept: %v, %+v", err, best)
	}
	for _, size := range []image.Point{{}, {63, 500}, {-5, 100}, {MaxCanvas + 1, 100}, {MaxCanvas, MaxCanvas}} {
		if _, err := Adapt(d, src, size, nil); !fault.HasCode(err, "composition_invalid") {
			t.Errorf("%v: %v", size, err)
		}
	}
	src.Picture = nil
	if _, err := Adapt(d, src, image.Pt(500, 500), nil); !fault.HasCode(err, "picture_missing") {
		t.Errorf("no picture: %v", err)
	}
}

// A fix that a rule offers is taken, if it helps.
func TestFixesAreTaken(t *testing.T) {
	t.Parallel()
	src, d := poster(t)
	size := image.Pt(1080, 1350)
	rules := func(d Document) []Problem {
		for _, l := range d.Layers {
			if l.ID == "e" && l.Rotation != 0 {
				l.Rotation = 0
				return []Problem{{Layer: "e", Rule: "upright", Fix: &l}}
			}
		}
		return nil
	}
	got, err := Adapt(d, onCanvas(src, size), size, rules)
	if err != nil || got.Layers[3].Rotation != 0 {
		t.Errorf("%+v, %v", got.Layers, err)
	}
}

// Suggestions stand on the calm half of a picture, differ, keep the rules, and
// are mirrored for the other direction of reading.
func TestSuggest(t *testing.T) {
	t.Parallel()
	src, d := poster(t)
	busy := paper(1024, 1024, color.NRGBA{30, 60, 80, 255})
	for y := range 1024 {
		for x := 600; x < 1024; x++ {
			if (x/13+y/13)%2 == 0 {
				busy.SetNRGBA(x, y, color.NRGBA{240, 230, 210, 255})
			}
		}
	}
	on := onCanvas(src, image.Pt(1024, 1024))
	rules := houseRules(t, on)
	for name, picture := range map[string]image.Image{"winter": src.Picture, "half busy": busy} {
		on.Picture = picture
		for _, rtl := range []bool{false, true} {
			got, err := Suggest(d, on, 3, rtl, rules)
			if err != nil || len(got) == 0 || len(got) > 3 {
				t.Errorf("%s: %d layouts, %v", name, len(got), err)
				continue
			}
			for i, s := range got {
				if p := rules(s); len(p) > 0 {
					t.Errorf("%s %d breaks %v", name, i, p)
				}
				for _, o := range got[:i] {
					if alike(s, o) {
						t.Errorf("%s: %d is like another", name, i)
					}
				}
				m, err := Render(context.Background(), s, on)
				if err != nil {
					t.Fatal(err)
				}
				if !rtl {
					keep(t, "suggest-"+name+string(rune('1'+i)), m)
				}
			}
			if name == "half busy" {
				l := got[0].Layers[4]
				if !rtl && l.X+l.Width > 720 {
					t.Errorf("the text stands on the busy half: %g to %g", l.X, l.X+l.Width)
				}
			}
		}
	}
	none, err := Suggest(d, on, 3, false, func(Document) []Problem { return []Problem{{Rule: "never"}} })
	if err != nil || len(none) != 0 {
		t.Errorf("%d layouts, %v", len(none), err)
	}
}

func TestCalm(t *testing.T) {
	t.Parallel()
	m := paper(400, 200, color.NRGBA{128, 128, 128, 255})
	for y := range 200 {
		for x := 200; x < 400; x++ {
			if (x/4+y/4)%2 == 0 {
				m.SetNRGBA(x, y, color.NRGBA{255, 255, 255, 255})
			}
		}
	}
	c := ReadCalm(m, 800, 400)
	if l, r := c.Unrest(0, 0, 380, 400), c.Unrest(420, 0, 380, 400); l > 0.01 || r < 0.3 {
		t.Errorf("unrest %.3f on the left, %.3f on the right", l, r)
	}
	if l, r := c.Light(0, 0, 380, 400), c.Light(420, 0, 380, 400); math.Abs(l-128.0/255) > 0.01 || math.Abs(r-0.76) > 0.03 {
		t.Errorf("light %.3f on the left, %.3f on the right", l, r)
	}
	for _, v := range []float64{c.Unrest(-50, -50, 10, 10), c.Light(5000, 0, 1, 1), c.Light(0, 0, 0, 0)} {
		if math.IsNaN(v) || v < 0 || v > 1 {
			t.Errorf("outside: %g", v)
		}
	}
}

// sheetFolder is where contact sheets are kept, when COMPOSE_SHEETS is set.
func sheetFolder(t *testing.T) string {
	t.Helper()
	if os.Getenv("COMPOSE_SHEETS") == "" {
		t.Skip("COMPOSE_SHEETS is not set")
	}
	dir := "../../docs/pictures/compositor"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// label writes a small line on a sheet.
func label(t *testing.T, c *raster.Canvas, text string, x, y, size float64, color string) {
	t.Helper()
	f, err := loadFont("lumipine", "figtree-600.woff")
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewStack(f)
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Set(text, "en")
	if err != nil {
		t.Fatal(err)
	}
	c.Fill(l.Path(size).Transform(raster.Translate(x, y)), raster.Solid(raster.Hex(color)))
}

func saveSheet(t *testing.T, name string, c *raster.Canvas) {
	t.Helper()
	data, err := Encode(c.Image(), PNG, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(sheetFolder(t), name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestTenFormatsSheet draws one composition in ten formats for the documents.
func TestTenFormatsSheet(t *testing.T) {
	sheetFolder(t)
	src, d := poster(t)
	c := raster.NewCanvas(1800, 1480)
	c.Clear(raster.Hex("#EFEDE8"))
	label(t, c, "One composition, ten formats", 40, 62, 34, "#12202B")
	at := []struct{ x, y, w float64 }{
		{40, 110, 360}, {420, 110, 370}, {810, 110, 285}, {40, 690, 560}, {620, 690, 560},
		{1060, 1075, 700}, {1495, 110, 255}, {1115, 110, 360}, {1200, 690, 560}, {40, 1075, 1000},
	}
	for i, f := range formats {
		on := onCanvas(src, f.size)
		got, err := Adapt(d, on, f.size, houseRules(t, on))
		if err != nil {
			t.Fatalf("%s: %v", f.name, err)
		}
		m, err := RenderAt(context.Background(), got, on, int(at[i].w))
		if err != nil {
			t.Fatal(err)
		}
		c.Draw(raster.FromImage(m), raster.Translate(at[i].x, at[i].y+22))
		label(t, c, f.name, at[i].x, at[i].y+12, 17, "#4a5a63")
	}
	saveSheet(t, "ten-formats.png", c)
}
