package e2e

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marquee/internal/compose"
	"marquee/internal/store"
)

var pictures = flag.String("pictures", "", "folder to write the pictures of docs/pictures to; empty for none")

// wall is what hangs in the gallery when the pictures are taken.
var wall = []struct{ prompt, title, name string }{
	{"a polar fox beside a lantern in a snowy forest at night, poster", "The light keeper", "Ada"},
	{"a red cabin under the northern lights, paper-cut", "Home, late", "Mio"},
	{"two children skating on a frozen lake at dusk, screen print", "First ice", "Noor"},
	{"a steam train in the mountains at golden hour, poster", "The last train up", "Jonas"},
	{"an owl in a birch forest, linocut", "Who goes there", "Lea"},
	{"a sailing boat in the harbour at dawn, stained glass", "Out before breakfast", "Tomás"},
	{"a hot air balloon over a village in the snow, noon", "Higher", "Yuki"},
	{"a reindeer by a campfire at night, neon", "Warm enough", "Sami"},
	{"a market square with lanterns in the snow, watercolour", "Half past four", "Greta"},
}

// TestPictures takes the pictures of the documentation again. It is run by
// `make pictures`, not by the tests.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder was given: make pictures takes them")
	}
	h := open(t, store.SQLite)
	staffKey := h.staff("reviewer")
	studio := h.signIn()
	author := h.participant("winter-lights")
	var first string
	for i, w := range wall {
		g := author.ended(author.generate("winter-lights", map[string]any{
			"prompt": w.prompt, "aspect": []string{"square", "portrait", "landscape"}[i%3], "seed": i * 17, "marks": []string{"wordmark"},
		}))
		var c, e struct{ ID string }
		author.must("POST", "/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[i%4].ID}, 201, &c)
		author.must("POST", "/api/v1/creations/"+c.ID+"/entry", map[string]any{"title": w.title, "display_name": w.name}, 201, &e)
		if i < len(wall)-2 { // the last two wait
			staffKey.must("POST", "/api/v1/review/items/"+staffKey.waiting(e.ID)+"/decision", map[string]any{"decision": "approve"}, 200, nil)
		}
		if i == 0 {
			first = e.ID
		}
	}
	for range 5 {
		h.participant("winter-lights").must("PUT", "/api/v1/entries/"+first+"/vote", nil, 200, nil)
	}

	studio.open("/studio/kits")
	studio.sees("Lumipine")
	studio.upload(nextKit(t, func(kit map[string]any) {
		kit["rules"] = slices.DeleteFunc(kit["rules"].([]any), func(r any) bool { return r.(map[string]any)["id"] == "one-fox" })
		mark := kit["marks"].([]any)[0].(map[string]any)["rules"].(map[string]any)
		mark["min_width_share"] = 0.61
	}))
	studio.sees("Lumipine 1.2.0 holds.")
	studio.resize(1440, 900)
	studio.still()
	studio.tap("Store version 1.2.0")
	studio.until(`location.search.includes("version=1.2.0") && location.search.includes("since=")`)

	for _, s := range []struct {
		name          string
		width, height int64
	}{{"phone", 390, 844}, {"desk", 1440, 900}} {
		p := h.browse("en", s.width, s.height)
		keep := func(page *Page, name string, full bool) {
			if full {
				eval[int](page, `[...document.images].map(i => i.loading = "eager").length`)
				page.until(`[...document.images].every(i => i.complete)`)
			}
			page.still()
			img, err := png.Decode(bytes.NewReader(page.shot(full)))
			if err != nil {
				t.Fatal(err)
			}
			data, err := compose.Encode(img, compose.WebP, 84)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(*pictures, name+"-"+s.name+".webp")
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			t.Log(path)
		}
		p.open("/c/winter-lights")
		p.sees(p.say("home.start"))
		keep(p, "campaign", false)
		keep(p, "campaign-whole", true)
		p.tap(p.say("home.start"))
		p.sees(p.say("arrival.go"))
		keep(p, "arrival", false)
		p.arrive()
		p.sees(p.say("say.title"))
		keep(p, "builder", false)
		p.fill("#sentence", "a polar fox beside a lantern under the northern lights")
		p.tap(p.say("say.go"))
		p.until(`document.querySelectorAll(".frame-pick img").length >= 2`)
		keep(p, "candidates-coming", false)
		p.until(`document.querySelectorAll(".frame-pick img").length === 4`)
		p.tapAt(".frame-pick")
		keep(p, "candidates", false)
		p.tap(p.say("choose.use"))
		p.until(`document.querySelector("[data-canvas][data-ready]")`)
		p.tap(p.say("canvas.add_text"))
		p.sees(p.say("canvas.saved"))
		keep(p, "canvas", false)
		p.onTheCanvas(func(name string, full bool) { keep(p, name, full) })
		p.tap(p.say("canvas.done"))
		p.until(`document.querySelector("#title")`)
		keep(p, "hand-in", false)
		p.open("/c/winter-lights/gallery")
		p.sees(wall[0].title)
		keep(p, "gallery", false)
		p.open("/c/winter-lights/w/" + first)
		p.sees(wall[0].title)
		keep(p, "work", false)
		p.tap(p.say("how"))
		keep(p, "how", false)
		p.open("/c/winter-lights/works")
		p.sees(p.say("mine"))
		keep(p, "works", false)
		p.tap(p.say("works.download", "title", p.say("works.untitled")))
		p.sees(p.say("save.pdf"))
		keep(p, "downloads", false)
		p.open("/verify")
		p.upload(h.download(h.creationOf(first)))
		p.sees(p.say("verify.exact"))
		keep(p, "check", false)

		studio.resize(s.width, s.height)
		studio.open("/studio/review")
		studio.sees(wall[len(wall)-2].title)
		keep(studio, "review", false)
		if s.name == "desk" {
			studio.open("/studio/campaigns/winter-lights")
			studio.sees("Winter Lights")
			keep(studio, "campaign-form", false)
			studio.open("/studio/kits")
			studio.sees("Lumipine")
			keep(studio, "kits", false)
			studio.open("/studio/ledger")
			studio.sees("entry.handed_in")
			keep(studio, "ledger", false)
		}
		studio.ofAKit(func(name string, full bool) { keep(studio, name, full) })
		law := h.browse("fr", s.width, s.height)
		law.from("FR")
		law.place(h, "wordmark", "emblem")
		line := `[...document.querySelectorAll("[data-layer]")].find(e => e.getAttribute("aria-label").includes("bougez"))`
		law.until(line)
		law.tapExpression(line)
		law.sees(law.say("canvas.legal"))
		keep(law, "canvas-law", false)
		law.noFaults()
		arabic := h.browse("ar", s.width, s.height)
		arabic.place(h, "wordmark", "emblem")
		arabic.onTheCanvas(func(name string, full bool) { keep(arabic, name+"-ar", full) })
		arabic.noFaults()
		for _, l := range []string{"ar", "ja", "de", "fr", "es"} {
			other := h.browse(l, s.width, s.height)
			other.open("/c/winter-lights")
			other.sees(other.say("home.start"))
			keep(other, "campaign-"+l, false)
		}
		p.noFaults()
	}
	studio.noFaults()
}

// onTheCanvas shows what the canvas does: stickers, what is against a rule, and
// other layouts. It leaves the work as it was.
func (p *Page) onTheCanvas(keep func(name string, full bool)) {
	p.t.Helper()
	p.rest()
	p.until(`document.querySelectorAll("button.sticker:not(.sticker-mark)").length > 2`)
	p.tapExpression(`document.querySelectorAll("button.sticker:not(.sticker-mark)")[1]`)
	p.until(`document.querySelector("[data-layer=star][data-selected]")`)
	p.sees(p.say("canvas.saved"))
	keep("canvas-stickers", false)
	p.over("star", "wordmark")
	p.until(`document.querySelector(".finding-error")`)
	p.tapExpression(`document.querySelector("[data-finish]")`)
	p.until(`document.activeElement.id === "findings"`)
	keep("canvas-finding", false)
	p.tapIn(".finding", p.say("canvas.fix.change"))
	p.until(`!document.querySelector(".finding-error")`)
	p.sees(p.say("canvas.saved"))
	eval[bool](p, `(document.activeElement.blur(), true)`)
	p.rest()
	p.tap(p.say("canvas.layouts"))
	p.until(`document.querySelector("button.layout canvas[width]")`)
	eval[bool](p, `(document.querySelector("button.layout").scrollIntoView({block: "center", behavior: "instant"}), true)`)
	keep("canvas-layouts", false)
	p.sees(p.say("canvas.saved"))
}

// ofAKit shows a kit's pages in the Studio, what differs between two versions,
// and what moving a campaign would break.
func (p *Page) ofAKit(keep func(name string, full bool)) {
	p.t.Helper()
	for _, part := range []string{"marks", "colours", "type", "voice", "rules", "rights", "versions"} {
		p.open("/studio/kits/lumipine?version=1.2.0&part=" + part)
		p.sees("Lumipine")
		p.until(`document.querySelectorAll(".mantine-Skeleton-root, [aria-busy=true]").length === 0`)
		// Pictures inside of drawings are none of the document's own.
		eval[bool](p, `Promise.all([...document.querySelectorAll("svg image")].map(i => { const m = new Image(); m.src = i.href.baseVal; return m.decode(); })).then(() => true)`)
		keep("kit-"+part, false)
	}
	p.tap("Move to 1.2.0")
	p.sees("would break a rule")
	keep("kit-move", false)
	p.open("/studio/kits/lumipine?version=1.2.0&part=versions&since=1.1.0")
	p.sees("What differs in 1.2.0")
	keep("kit-diff", false)
	p.open("/studio/kit-import")
	p.until(`document.querySelector("input[type=file]")`)
	mark, err := filepath.Abs(filepath.Join("..", "..", "brands", "lumipine", "marks", "polar-fox-on-light.svg"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.upload(mark)
	p.until(`document.body.innerText.includes("#")`)
	keep("kit-import", false)
}

// from says that the visitor is in a market.
func (p *Page) from(market string) {
	p.t.Helper()
	p.open("/c/winter-lights/create")
	p.until(`document.querySelector("select[id$=-market]")`)
	eval[bool](p, `(() => { const s = document.querySelector("select[id$=-market]");
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(s, `+quote(market)+`);
  return s.dispatchEvent(new Event("change", { bubbles: true })); })()`)
}

// creationOf gives the creation that a public entry shows.
func (h *House) creationOf(entry string) string {
	h.t.Helper()
	var e struct {
		CreationID string `json:"creation_id"`
	}
	h.client().must("GET", "/api/v1/entries/"+entry, nil, 200, &e)
	if strings.TrimSpace(e.CreationID) == "" {
		h.t.Fatalf("entry %s names no creation", entry)
	}
	return e.CreationID
}
