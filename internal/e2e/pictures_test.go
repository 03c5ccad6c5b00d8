package e2e

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
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
