package brand_test

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/raster"
)

// broken are compositions that are each against one rule, the whole of it: what
// the check says of them is on the sheet.
func broken(t *testing.T) []contextPair {
	t.Helper()
	k := lumipine()
	var out []contextPair
	for _, name := range []string{
		"right edge", "least width", "greatest width", "a full turn", "room beside", "overlap", "mark of another brand", "twice", "letters", "text at the edge", "text tilt", "text colour", "text over a mark", "text near a mark",
	} {
		i := slices.IndexFunc(ownRules(k), func(c layerPair) bool { return c.name == name })
		if i < 0 {
			t.Fatalf("there is no pair %q", name)
		}
		c := ownRules(k)[i]
		layers := slices.Clone(c.outside)
		switch name {
		case "right edge":
			layers[0].X += 60
		case "text at the edge":
			layers[0].X -= 120
		case "text tilt":
			layers[0].Rotation = -24
		case "least width":
			layers[0].Width *= 0.5
		case "letters":
			layers[0].Text = "Light the long winter night in every window of the town"
		}
		out = append(out, contextPair{name: c.name, rule: c.rule, kit: k, outside: brand.Context{Doc: document(append([]compose.Layer{picture()}, layers...)...)}})
	}
	kits := kitRules(t)
	for _, name := range []string{"ground", "contrast", "apart", "distance", "words", "over a mark"} {
		i := slices.IndexFunc(kits, func(c contextPair) bool { return c.name == name })
		if i < 0 {
			t.Fatalf("there is no pair %q", name)
		}
		out = append(out, kits[i])
	}
	return out
}

// Each of the twenty has the finding that the sheet shows.
func TestBrokenCompositions(t *testing.T) {
	t.Parallel()
	all := broken(t)
	if len(all) != 20 {
		t.Errorf("%d compositions", len(all))
	}
	for _, c := range all {
		ctx := c.outside
		ctx.Kit = c.kit
		if got := brand.CheckWith(ctx); len(got) == 0 || got[0].Rule != c.rule {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestBrokenSheet draws them for the documents: BRAND_SHEETS=1.
func TestBrokenSheet(t *testing.T) {
	if os.Getenv("BRAND_SHEETS") == "" {
		t.Skip("BRAND_SHEETS is not set")
	}
	const small, gap, foot, columns = 300, 28, 96, 5
	sheet := raster.NewCanvas(columns*(small+gap)+gap, 4*(small+foot)+120)
	sheet.Clear(raster.Hex("#EFEDE8"))
	stack, err := compose.NewStack(lumipine().Stack("text")...)
	if err != nil {
		t.Fatal(err)
	}
	write := func(s string, x, y, width, size float64, lines int, color string) {
		style := compose.TextStyle{Fonts: stack, MinSize: size * 0.7, MaxSize: size}
		b, err := style.FitLines(s, width, lines, "start")
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		sheet.Fill(b.Outline().Transform(raster.Translate(x, y)), raster.Solid(raster.Hex(color)))
	}
	write("Twenty compositions against a rule: red is what is said of, green the fix that a click applies", gap, 34, 1400, 34, 1, "#12202B")
	for i, c := range broken(t) {
		ctx := c.outside
		ctx.Kit = c.kit
		f := brand.CheckWith(ctx)[0]
		ground := []string{"#16323F", "#EAF1F3"}
		if c.kit.ID == "kornblum" {
			ground = []string{"#E9D9BC", "#F6EFE0"}
		}
		// A picture of its kind: what is behind a mark where the rule measures it.
		at := func(x float64) float64 { return 0.03 + 0.3*x }
		if ctx.Ground != nil {
			at = func(x float64) float64 { return ctx.Ground(x*side, side/2, 1, 1) }
			ground = []string{"#000000", "#000000"}
		}
		back := raster.NewCanvas(64, 64)
		back.Fill(raster.Rect(0, 0, 64, 64), raster.Linear(raster.Point{}, raster.Point{Y: 64}, raster.Stop{At: 0, Color: raster.Hex(ground[0])}, raster.Stop{At: 1, Color: raster.Mix(raster.Hex(ground[0]), raster.Hex(ground[1]), 0.45)}))
		if ctx.Ground != nil {
			for x := range 64 {
				v := raster.FromLight(float32(at(float64(x) / 64)))
				for y := range 64 {
					back.Set(x, y, raster.Color{R: v, G: v, B: v, A: 1})
				}
			}
		}
		doc := ctx.Doc
		doc.Version = compose.Version
		doc.Layers = slices.Clone(doc.Layers)
		doc.Layers = slices.DeleteFunc(doc.Layers, func(l compose.Layer) bool { return l.Kind == compose.Mark && c.kit.Mark(l.Mark) == nil })
		for j := range doc.Layers {
			l := &doc.Layers[j]
			if l.Kind == compose.Mark && l.Variant == "" && c.kit.ID == "lumipine" {
				l.Variant = "on-dark"
			}
			if l.Kind == compose.Text && l.Color == "" && c.kit.ID == "kornblum" {
				l.Color = c.kit.TextColor(brand.Light)
			}
		}
		src, err := c.kit.Source(back.Image(), side, side)
		if err != nil {
			t.Fatal(err)
		}
		src.Text.MinSize = 4
		m, err := compose.RenderAt(context.Background(), doc, src, small)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		x, y := float64(gap+i%columns*(small+gap)), float64(100+i/columns*(small+foot))
		sheet.Draw(raster.FromImage(m), raster.Translate(x, y))
		frame := func(b compose.Box, width float64, color string) {
			const k = float64(small) / side
			turn := raster.Translate(x, y).Mul(raster.Scale(k, k)).Mul(raster.RotateAbout(b.Rotation, b.X+b.Width/2, b.Y+b.Height/2))
			sheet.Fill(raster.Stroke(raster.Rect(b.X, b.Y, b.Width, b.Height).Transform(turn), width),
				raster.Solid(raster.Hex(color)), raster.Clip(raster.Rect(x-gap/2, y-4, small+gap, small+8)))
		}
		boxes, err := doc.Boxes(src)
		if err != nil {
			t.Fatal(err)
		}
		wrong := ctx.Doc.Layers[f.Index]
		j := slices.IndexFunc(doc.Layers, func(l compose.Layer) bool { return l.ID == wrong.ID })
		if j < 0 { // a mark of another brand can't be drawn
			frame(compose.Box{X: wrong.X, Y: wrong.Y, Width: wrong.Width, Height: wrong.Width}, 2.5, "#FF5A3C")
		} else {
			frame(boxes[j], 2.5, "#FF5A3C")
			if f.Fix != nil {
				doc.Layers[j] = *f.Fix
				if boxes, err = doc.Boxes(src); err != nil {
					t.Fatal(err)
				}
				frame(boxes[j], 2, "#3DBE7B")
			}
		}
		write(f.Rule, x, y+small+10, small, 17, 1, "#B3361E")
		write(strings.TrimSpace(brand.Say(f, "en")), x, y+small+34, small, 15, 3, "#33454F")
	}
	path := filepath.Join("..", "..", "docs", "pictures", "brand", "broken.png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(out, sheet.Image()); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
