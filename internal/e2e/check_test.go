package e2e

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"marquee/internal/compose"
	"marquee/internal/store"
	"marquee/internal/watermark/attack"
)

// evidence is one file to be checked, and what the page answers.
type evidence struct {
	name string
	data []byte
	// says is the key of the line that the page shows.
	says string
}

// TestCheckPage drops what became of a public work onto the check page: the
// file, a crop, a changed file, and a picture from elsewhere; and the file again
// once it was taken down. With -pictures it takes their pictures, and a
// screenshot's, for docs/pictures/check, on phone and desk.
func TestCheckPage(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	staff := h.staff("reviewer")
	c, entry := h.published(h.participant("winter-lights"), staff, "winter-lights", "Home, late")
	status, file := h.client().do("GET", "/api/v1/creations/"+c+"/image?format=png&width=1024", nil)
	if status != 200 {
		t.Fatalf("download: %d", status)
	}
	picture, err := compose.Decode(bytes.NewReader(file), len(file), 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	all := []evidence{
		{"exact", file, "verify.exact"},
		{"crop", jpegFile(t, attack.Crop(picture, 0.1, 0.1, 0.1, 0.1)), "verify.by.watermark"},
		{"tampered", append(bytes.Clone(file), "more"...), "verify.by.watermark"},
		{"foreign", jpegFile(t, stripes()), "verify.none"},
	}
	screens := []struct {
		name, lang    string
		width, height int64
	}{{"phone", "en", 390, 844}}
	if *pictures != "" {
		// The whole search takes seconds, which a busy machine may not have.
		all = append(all, evidence{"screenshot", pngFile(t, attack.Screenshot(picture, 3)), "verify.by.watermark"})
		screens = append(screens, screens[0], screens[0])
		screens[1].name, screens[1].width, screens[1].height = "desk", 1440, 900
		screens[2].name, screens[2].lang = "phone-ar", "ar"
	}
	for _, s := range screens {
		p := h.browse(s.lang, s.width, s.height)
		p.open("/verify")
		p.sees(p.say("verify.choose"))
		p.keepCheck("start-" + s.name)
		for _, e := range all {
			p.checks(e)
			p.keepCheck(e.name + "-" + s.name)
		}
		p.noFaults()
	}
	staff.must("POST", "/api/v1/review/items/"+staff.item("published", entry)+"/decision", map[string]any{"decision": "takedown", "reason": "Not right"}, 200, nil)
	for _, s := range screens[:min(2, len(screens))] {
		p := h.browse(s.lang, s.width, s.height)
		p.open("/verify")
		p.checks(evidence{"taken-down", file, "verify.note.taken_down"})
		if eval[bool](p, `!!document.querySelector(".way-published img, .verdict a[href*='/w/']")`) {
			t.Error("a work that was taken down shows its picture or its page")
		}
		p.keepCheck("taken-down-" + s.name)
		p.noFaults()
	}
}

// checks drops a file onto the page and waits for the answer.
func (p *Page) checks(e evidence) {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "picture.png")
	if err := os.WriteFile(path, e.data, 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.open("/verify")
	p.sees(p.say("verify.choose"))
	p.upload(path)
	p.until(`document.querySelectorAll(".evidence > li").length === 4`)
	p.sees(p.say(e.says))
	p.until(`[...document.images].every(i => i.complete)`)
	if wide := eval[int](p, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		p.t.Errorf("%s: the page is %d pixels too wide", e.name, wide)
	}
}

// keepCheck keeps the whole page as a picture for docs/pictures/check.
func (p *Page) keepCheck(name string) {
	p.t.Helper()
	if *pictures == "" {
		return
	}
	p.still()
	img, err := png.Decode(bytes.NewReader(p.shot(true)))
	if err != nil {
		p.t.Fatal(err)
	}
	data, err := compose.Encode(img, compose.WebP, 84)
	if err != nil {
		p.t.Fatal(err)
	}
	folder := filepath.Join(*pictures, "check")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".webp"), data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// stripes is a picture that nobody here has made.
func stripes() image.Image {
	const w, h = 90, 80 // too small to carry a mark, so that none is searched for long
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = uint8(i/(4*w)*3) ^ uint8(i%(4*w)/8*7) | 3
	}
	return img
}

func pngFile(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegFile(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
