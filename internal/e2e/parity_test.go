package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"testing"

	"marquee/brands"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/store"
)

// TestCanvasAndServerAgree paints the same compositions in the browser's canvas
// and with the server's compositor: ten scripts, several lines, turned and
// sized, marks, stickers, shapes, cut-outs, blend modes, masks and effects.
func TestCanvasAndServerAgree(t *testing.T) {
	t.Parallel()
	files, err := fs.Sub(brands.FS, "lumipine")
	if err != nil {
		t.Fatal(err)
	}
	kit, err := brand.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	h := open(t, store.SQLite)
	p := h.browse("en", 1440, 900)
	p.open("/c/winter-lights/create")
	p.arrive()
	p.sees(p.say("say.title"))
	c := h.client()
	c.Cookie = p.cookies()
	g := c.ended(c.generate("winter-lights", map[string]any{
		"prompt": "a cabin in the mountains at dusk", "marks": []string{"wordmark"}, "aspect": "portrait", "seed": 11,
	}))
	if len(g.Candidates) == 0 {
		t.Fatalf("%+v", g)
	}
	var made struct {
		ID            string
		BackgroundURL string `json:"background_url"`
	}
	c.must("POST", "/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[0].ID}, 201, &made)
	background := c.picture(made.BackgroundURL + "?format=png")
	p.open("/c/winter-lights/create?w=" + made.ID)
	p.until(`document.querySelector("[data-canvas][data-ready]")`)

	moon, url := cutout(t)
	compared := 0
	for _, one := range parityDocs() {
		src, err := kit.Source(background, one.doc.Width, one.doc.Height)
		if err != nil {
			t.Fatal(err)
		}
		src.Cutout = func(string) (image.Image, error) { return moon, nil }
		truth, err := compose.Render(context.Background(), one.doc, src)
		if err != nil {
			t.Fatalf("%s: %v", one.name, err)
		}
		boxes, err := one.doc.Boxes(src)
		if err != nil {
			t.Fatalf("%s: %v", one.name, err)
		}
		doc, err := json.Marshal(one.doc)
		if err != nil {
			t.Fatal(err)
		}
		preview := p.exported(fmt.Sprintf(`document.querySelector("[data-canvas]").exportPNG(%s, {moon: %s})`, doc, quote(url)))
		if preview.Bounds() != truth.Bounds() {
			t.Fatalf("%s: the canvas is %v, the server's picture %v", one.name, preview.Bounds(), truth.Bounds())
		}
		worst := 1.0
		for i, l := range one.doc.Layers[1:] {
			x0, y0, x1, y1 := boxes[i+1].Bounds()
			r := image.Rect(int(x0), int(y0), int(math.Ceil(x1)), int(math.Ceil(y1))).Intersect(truth.Bounds())
			s := ssim(preview, truth, r)
			worst = min(worst, s)
			if !(s >= 0.95) {
				t.Errorf("%s: layer %s in %v: SSIM %.3f; see %s", one.name, l.ID, r, s, p.keep(preview, truth))
			}
			if dx, dy := shift(preview, truth, r); dx != 0 || dy != 0 {
				t.Errorf("%s: layer %s stands %d, %d pixels off", one.name, l.ID, dx, dy)
			}
		}
		t.Logf("%.3f %s", worst, one.name)
		compared++
	}
	if compared < 60 {
		t.Errorf("only %d documents were compared", compared)
	}
	p.noFaults()
}

// cutout is a picture with alpha, and its data address: a moon with a soft edge.
func cutout(t *testing.T) (image.Image, string) {
	t.Helper()
	const w, h = 220, 260
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dx, dy := (float64(x)-w/2)/(w/2), (float64(y)-h/2)/(h/2)
			a := min(1, max(0, (0.95-math.Hypot(dx, dy))*12))
			light := 0.75 + 0.2*math.Sin(float64(x)/9)*math.Cos(float64(y)/13)
			img.SetNRGBA(x, y, color.NRGBA{R: uint8(255 * light), G: uint8(240 * light), B: uint8(200 * light), A: uint8(255 * a)})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return img, "data:image/png;base64," + base64.StdEncoding.EncodeToString(buf.Bytes())
}
