package e2e

import (
	"bytes"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestTheWholePathInABrowser walks the main job as people do, by what they read
// on the screen: on both storages, once in English on a desk and once in
// Arabic, from right to left, on a phone.
func TestTheWholePathInABrowser(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *House) {
		staff := h.signIn()
		for _, c := range []struct {
			lang, title   string
			width, height int64
		}{
			{"en", "The light keeper", 1440, 900},
			{"ar", "حارس الضوء", 390, 844},
		} {
			t.Logf("%s at %d by %d", c.lang, c.width, c.height)
			p := h.browse(c.lang, c.width, c.height)
			creation := p.makeAndEnter(c.title)
			staff.approve(c.title)
			h.until("the gallery shows it", func() bool { return h.inGallery(c.title) })

			// The participant is told, and everybody sees it.
			p.open("/c/winter-lights/works")
			p.sees(p.say("works.state.published"))
			visitor := h.browse(c.lang, c.width, c.height)
			visitor.open("/c/winter-lights/gallery")
			visitor.sees(c.title)
			entry := visitor.openWork(c.title)
			visitor.tap(visitor.say("how"))
			visitor.sees(visitor.say("maker.painter"))

			// Whoever made it gives it a heart, once.
			p.open("/c/winter-lights/w/" + entry)
			p.tap(p.say("love.label", "title", c.title))
			p.until(`document.querySelector("button[aria-pressed=true]")`)

			// Anybody checks a download, from the page.
			file := h.download(creation)
			visitor.open("/verify")
			visitor.upload(file)
			visitor.sees(visitor.say("verify.exact"))

			// Taken down, it is gone from its page, its image and the gallery.
			staff.takeDown(c.title)
			h.until("it is gone from the gallery", func() bool { return !h.inGallery(c.title) })
			if status := h.status("/api/v1/creations/" + creation + "/image"); status != http.StatusGone {
				t.Errorf("the image of what was taken down answers %d", status)
			}
			if status := h.status("/c/winter-lights/w/" + entry); status != http.StatusGone {
				t.Errorf("the page of what was taken down answers %d", status)
			}
			visitor.open("/c/winter-lights/w/" + entry)
			visitor.sees(visitor.say("work.gone"))
			p.noFaults()
			visitor.noFaults()
		}
		staff.noFaults()
	})
}

// makeAndEnter walks from the campaign's page to an entry that waits. It gives
// the id of the creation.
func (p *Page) makeAndEnter(title string) string {
	p.t.Helper()
	p.open("/c/winter-lights")
	p.tap(p.say("home.start"))
	p.arrive()
	p.sees(p.say("say.title"))
	p.tap(p.say("say.surprise"))
	p.until(`document.querySelector("#sentence").value.length > 10`)
	p.tap(p.say("say.go"))

	// A reload in the middle loses nothing.
	p.until(`location.search.includes("g=")`)
	p.do(chromedp.Reload())
	p.until(`document.querySelectorAll(".frame-pick img").length === 4`)
	p.tapAt(".frame-pick")
	p.tap(p.say("choose.use"))

	p.until(`document.querySelector("[data-canvas][data-ready]")`)
	p.tap(p.say("canvas.add_text"))
	p.until(`document.querySelectorAll("[data-layer]").length >= 2`)
	p.sees(p.say("canvas.saved"))
	creation := eval[string](p, `new URL(location.href).searchParams.get("w")`)
	p.agrees(creation)
	p.tap(p.say("canvas.done"))

	p.fill("#title", title)
	p.fill("#name", "Ada")
	p.tap(p.say("enter.go"))
	p.sees(p.say("works.state.waiting"))
	return creation
}

// arrive fills the arrival sheet.
func (p *Page) arrive() {
	p.t.Helper()
	p.fill("input[name=bday-year]", "1990")
	p.tapAt("form input[type=checkbox]")
	p.tap(p.say("arrival.go"))
}

// agrees compares the browser's canvas with the server's render, in each
// layer's box: SSIM at least 0.95.
func (p *Page) agrees(creation string) {
	p.t.Helper()
	preview := p.canvas()
	cookie := p.cookies()
	req, err := http.NewRequest(http.MethodGet, p.base+"/api/v1/creations/"+creation+"/image?format=png", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Cookie", cookie)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	truth, _, err := image.Decode(resp.Body)
	if err != nil {
		p.t.Fatalf("%d: %v", resp.StatusCode, err)
	}
	for _, b := range p.boxes() {
		if s := ssim(preview, truth, b.rect); !(s >= 0.95) {
			p.t.Errorf("layer %s in %v: SSIM %.3f; see %s", b.id, b.rect, s, p.keep(preview, truth))
		} else {
			p.t.Logf("layer %s: SSIM %.3f", b.id, s)
		}
		if dx, dy := shift(preview, truth, b.rect); dx != 0 || dy != 0 {
			p.t.Errorf("layer %s stands %d, %d pixels off", b.id, dx, dy)
		}
	}
}

// openWork goes from the gallery to a work's page and gives its entry's id.
func (p *Page) openWork(title string) string {
	p.t.Helper()
	p.tap(title)
	p.until(`location.pathname.includes("/w/")`)
	path := eval[string](p, `location.pathname`)
	return path[strings.LastIndex(path, "/")+1:]
}

// upload gives a file to the page's file field.
func (p *Page) upload(path string) {
	p.t.Helper()
	p.until(`document.querySelector("input[type=file]")`)
	p.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{path}, chromedp.NodeReady))
}

// signIn opens the Studio by the first one-time link.
func (h *House) signIn() *Page {
	h.t.Helper()
	p := h.browse("en", 1440, 900)
	p.open(h.SignIn)
	p.fill("input[name=name]", "Rosa")
	p.tap("Sign in")
	p.until(`location.pathname.startsWith("/studio/review")`)
	return p
}

// approve approves the waiting entry of a title from the keyboard.
func (p *Page) approve(title string) {
	p.t.Helper()
	p.open("/studio/review")
	p.sees(title)
	p.press("a", "Approve", `!document.body.innerText.includes(`+quote(title)+`)`)
}

// press presses a key of the review until it was heard, as a person would who
// was quicker than the page. The effect is an expression that is true then.
func (p *Page) press(key, button, effect string) {
	p.t.Helper()
	p.until(`[...document.querySelectorAll("button")].some(b => b.innerText.includes(` + quote(button) + `) && !b.disabled)`)
	p.still()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		p.do(chromedp.KeyEvent(key))
		for again := time.Now().Add(5 * time.Second); time.Now().Before(again); time.Sleep(50 * time.Millisecond) {
			if eval[bool](p, `Boolean(`+effect+`)`) {
				return
			}
		}
	}
	p.fail("the key %q was not heard", key)
}

// takeDown takes a public entry down from the keyboard, with a reason.
func (p *Page) takeDown(title string) {
	p.t.Helper()
	p.open("/studio/review")
	p.tap("Published")
	p.sees(title)
	p.press("t", "Take down", `document.querySelector("[role=dialog]")`)
	p.press("1", "Take down", `!document.body.innerText.includes(`+quote(title)+`)`)
}

// download saves a public picture and gives the file's path.
func (h *House) download(creation string) string {
	h.t.Helper()
	status, data := h.client().do("GET", "/api/v1/creations/"+creation+"/image?format=jpeg&width=640", nil)
	if status != http.StatusOK || !bytes.HasPrefix(data, []byte("\xff\xd8")) {
		h.t.Fatalf("download: %d", status)
	}
	path := filepath.Join(h.t.TempDir(), "work.jpeg")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

// until waits for something that another process does on its own time: the
// Studio holds an approval back for a moment, so that it can be undone.
func (h *House) until(what string, done func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("waited in vain until %s\n%s", what, h.log)
		}
	}
}

func (h *House) inGallery(title string) bool {
	h.t.Helper()
	_, data := h.client().do("GET", "/api/v1/campaigns/winter-lights/gallery", nil)
	return bytes.Contains(data, []byte(quote(title)))
}

func (h *House) status(path string) int {
	h.t.Helper()
	status, _ := h.client().do("GET", path, nil)
	return status
}
