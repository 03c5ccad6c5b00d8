package compose

import (
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"testing"

	"marquee/internal/raster"
)

// labelFolder is where the pictures of docs/labels.md are kept, when
// COMPOSE_SHEETS is set.
func labelFolder(t *testing.T) string {
	t.Helper()
	sheetFolder(t)
	dir := "../../docs/pictures/labels"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestLabelLanguagesSheet draws the labels of every language for docs/labels.md.
func TestLabelLanguagesSheet(t *testing.T) {
	dir := labelFolder(t)
	style := labelStyle(t)
	const columns, wide, high = 3, 425, 72
	rows := (len(languages) + columns - 1) / columns
	c := raster.NewCanvas(columns*wide+40, rows*high+30)
	c.Clear(raster.Hex("#EFEDE8"))
	img := c.Image()
	size := image.Pt(1080, 1080)
	for n, lang := range languages {
		what, icon := "ai-generated", IconAI
		if n%2 == 1 {
			what, icon = "partly-ai", IconAIPart
		}
		text, locale, err := LabelWords(what, lang)
		if err != nil {
			t.Fatal(err)
		}
		l := Label{Icon: icon, Text: text, Locale: locale, MinShare: 0.0175}
		b, err := l.lay(style, size)
		if err != nil {
			t.Fatal(err)
		}
		whole := image.NewNRGBA(image.Rectangle{Max: size})
		draw.Draw(whole, whole.Rect, image.NewUniform(color.NRGBA{0xEF, 0xED, 0xE8, 255}), image.Point{}, draw.Src)
		at := image.Rect(0, 0, b.width, b.height)
		if err := DrawLabel(whole, size, at, l, style); err != nil {
			t.Fatal(err)
		}
		draw.Draw(img, at.Add(image.Pt(30+n%columns*wide, 24+n/columns*high)), whole, image.Point{}, draw.Src)
	}
	saveLabelSheet(t, dir, "languages.webp", img)
}

func saveLabelSheet(t *testing.T, dir, name string, img image.Image) {
	t.Helper()
	data, err := Encode(img, WebP, 86)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestLabelWorksSheet draws labels on one composition in several formats for
// docs/labels.md, off the marks and the space that is kept clear round them.
func TestLabelWorksSheet(t *testing.T) {
	dir := labelFolder(t)
	style := labelStyle(t)
	src, d := poster(t)
	said := func(what, icon, lang string, share float64) Label {
		text, locale, err := LabelWords(what, lang)
		if err != nil {
			t.Fatal(err)
		}
		return Label{Icon: icon, Text: text, Locale: locale, MinShare: share}
	}
	part, china := said("partly-ai", IconAIPart, "en", 0), said("ai-generated", "", "zh", 0.05)
	c := raster.NewCanvas(1660, 1120)
	c.Clear(raster.Hex("#EFEDE8"))
	img := c.Image()
	for _, panel := range []struct {
		at     image.Point
		size   image.Point
		labels []Label
	}{
		{image.Pt(30, 30), image.Pt(520, 520), []Label{part}},
		{image.Pt(570, 30), image.Pt(520, 520), []Label{china}},
		{image.Pt(1110, 30), image.Pt(520, 520), []Label{part, china}},
		{image.Pt(30, 570), image.Pt(292, 520), []Label{said("partly-ai", IconAIPart, "ar", 0)}},
		{image.Pt(342, 570), image.Pt(292, 520), []Label{china}},
		{image.Pt(654, 570), image.Pt(700, 394), []Label{said("synthetic-people", "", "en", 0), said("partly-ai", IconAIPart, "de", 0)}},
		{image.Pt(1374, 570), image.Pt(256, 394), []Label{said("partly-ai", IconAIPart, "th", 0)}},
	} {
		on := onCanvas(src, panel.size)
		doc := d
		if panel.size.X != panel.size.Y {
			var err error
			if doc, err = Adapt(d, on, panel.size.Mul(2), houseRules(t, onCanvas(src, panel.size.Mul(2)))); err != nil {
				t.Fatal(err)
			}
			on = onCanvas(src, panel.size.Mul(2))
		} else {
			on = src
		}
		m, err := RenderAt(t.Context(), doc, on, panel.size.X)
		if err != nil {
			t.Fatal(err)
		}
		boxes, err := doc.Boxes(on)
		if err != nil {
			t.Fatal(err)
		}
		var avoid []Box
		for i, l := range doc.Layers {
			if clear := 0.12 * l.Width; l.Kind == Mark {
				avoid = append(avoid, Box{boxes[i].X - clear, boxes[i].Y - clear, boxes[i].Width + 2*clear, boxes[i].Height + 2*clear, l.Rotation})
			}
		}
		size := m.Rect.Size()
		k := float64(doc.Width) / float64(size.X)
		for _, l := range panel.labels {
			at, err := PlaceLabel(doc, on, l, style, size, avoid...)
			if err != nil {
				t.Fatal(err)
			}
			if err := DrawLabel(m, size, at, l, style); err != nil {
				t.Fatal(err)
			}
			avoid = append(avoid, Box{X: float64(at.Min.X-4) * k, Y: float64(at.Min.Y-4) * k, Width: float64(at.Dx()+8) * k, Height: float64(at.Dy()+8) * k})
		}
		draw.Draw(img, m.Rect.Add(panel.at), m, image.Point{}, draw.Src)
	}
	saveLabelSheet(t, dir, "works.webp", img)
}
