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
	saveLabelSheet(t, dir, "languages.png", img)
}

func saveLabelSheet(t *testing.T, dir, name string, img image.Image) {
	t.Helper()
	data, err := Encode(img, PNG, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}
