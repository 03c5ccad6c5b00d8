package compose

import (
	"context"
	"testing"

	"marquee/internal/raster"
)

// TestEffectsSheet draws every effect, and some blend modes and masks, over the
// same scene for the documents. The mark is the same in all of them.
func TestEffectsSheet(t *testing.T) {
	sheetFolder(t)
	src, _ := winter(t)
	rich := richSource(t)
	src.Cutout, src.Sticker = rich.Cutout, rich.Sticker
	src.Text.Fonts = kitStack()
	fox := Layer{ID: "fox", Kind: Cutout, Cutout: "b1946ac9", X: 300, Y: 330, Width: 400}
	ground := Layer{ID: "ground", Kind: Shape, Shape: "path", Path: "M0 30Q50 -10 100 30V100H0Z", X: 0, Y: 680, Width: 1000, Height: 320, Fill: &Fill{Color: "#E9F1F4"}}
	logo := Layer{ID: "logo", Kind: Mark, Mark: "wordmark", X: 60, Y: 60, Width: 420}
	effect := func(l Layer) Layer { l.ID, l.Kind = "e", Effect; return l }
	sun := Layer{ID: "sun", Kind: Shape, Shape: "ellipse", X: 560, Y: 150, Width: 480, Height: 480, Blend: "screen",
		Fill: &Fill{Gradient: "radial", Stops: []Stop{{0, "#FFD58Aff"}, {0.4, "#F2B14B99"}, {1, "#F2B14B00"}}}}
	star := Layer{ID: "star", Kind: Sticker, Sticker: "star", X: 60, Y: 300, Width: 260, Rotation: -12, Opacity: 0.85}
	panel := Layer{ID: "panel", Kind: Shape, Shape: "rect", X: 0, Y: 0, Width: 1000, Height: 1000, Blend: "multiply",
		Fill: &Fill{Gradient: "linear", Angle: 60, Stops: []Stop{{0, "#D8452E"}, {1, "#1F6F5C"}}}, Mask: &Mask{Shape: "fade", Angle: 180}}
	masked := fox
	masked.Mask = &Mask{Shape: "ellipse", X: 0.08, Y: 0, Width: 0.84, Height: 0.72, Feather: 0.06}
	panels := []struct {
		name   string
		layers []Layer
	}{
		{"A cut-out, by itself", []Layer{ground, fox, logo}},
		{"Shadow on the ground", []Layer{ground, effect(Layer{Effect: ShadowEffect, Of: "fox", Size: 0.3, Angle: 50, Color: "#12324a", Strength: 0.6}), fox, logo}},
		{"Reflection", []Layer{ground, effect(Layer{Effect: ReflectionEffect, Of: "fox", Size: 0.5, Strength: 0.6}), fox, logo}},
		{"Snow in front", []Layer{ground, fox, effect(Layer{Effect: SnowEffect, Strength: 0.6, Angle: -14, Seed: 3}), logo}},
		{"Grain", []Layer{ground, fox, effect(Layer{Effect: GrainEffect, Strength: 0.6, Size: 2.5}), logo}},
		{"Vignette", []Layer{ground, fox, effect(Layer{Effect: VignetteEffect, Strength: 0.7, Size: 0.6, Color: "#07131b"}), logo}},
		{"Grade to the kit", []Layer{ground, fox, effect(Layer{Effect: GradeEffect, Strength: 0.9, Fill: &Fill{Stops: []Stop{{0, "#0F3D33"}, {0.55, "#D8452E"}, {1, "#F6EFE0"}}}}), logo}},
		{"Screen, and a sticker", []Layer{ground, sun, fox, star, logo}},
		{"Multiply, faded by a mask", []Layer{ground, fox, panel, logo}},
		{"A soft mask", []Layer{ground, masked, logo}},
	}
	const side, gap = 330, 26
	sheet := raster.NewCanvas(5*side+6*gap, 2*(side+54)+110)
	sheet.Clear(raster.Hex("#EFEDE8"))
	label(t, sheet, "Effects, blend modes and masks: the mark stays as it is", gap, 62, 32, "#12202B")
	for i, p := range panels {
		m, err := RenderAt(context.Background(), document2(1000, 1000, p.layers...), src, side)
		if err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		x, y := float64(gap+i%5*(side+gap)), float64(100+i/5*(side+54))
		sheet.Draw(raster.FromImage(m), raster.Translate(x, y))
		label(t, sheet, p.name, x, y+side+24, 18, "#4a5a63")
	}
	saveSheet(t, "effects.png", sheet)
}
