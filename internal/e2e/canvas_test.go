package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"marquee/internal/store"
)

// place makes a creation over the API with the browser's own session, and
// opens its canvas.
func (p *Page) place(h *House, marks ...string) (creation string) {
	p.t.Helper()
	if !eval[bool](p, `location.pathname.endsWith("/create")`) {
		p.open("/c/winter-lights/create")
	}
	p.arrive()
	p.sees(p.say("say.title"))
	c := p.own(h)
	g := c.ended(c.generate("winter-lights", map[string]any{
		"prompt": "a quiet lake under the northern lights", "marks": marks, "aspect": "portrait", "seed": 5,
	}))
	if len(g.Candidates) == 0 {
		p.t.Fatalf("%+v", g)
	}
	var made struct{ ID string }
	c.must("POST", "/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[0].ID}, 201, &made)
	p.open("/c/winter-lights/create?w=" + made.ID)
	p.until(`document.querySelector("[data-canvas][data-ready]")`)
	return made.ID
}

// keys presses keys one after the other.
func (p *Page) keys(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

func (p *Page) layers() int { return eval[int](p, `document.querySelectorAll("[data-layer]").length`) }

// TestThePageOfTheCanvas plays with the canvas as a participant does: stickers
// by touch and by keys, what is against a rule and what mends it, other
// layouts, and the way back.
func TestThePageOfTheCanvas(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	for _, c := range []struct {
		lang          string
		width, height int64
	}{{"en", 1440, 900}, {"ar", 390, 844}} {
		p := h.browse(c.lang, c.width, c.height)
		creation := p.place(h, "wordmark")
		kit := h.client()
		kit.Lang = c.lang
		var campaign struct{ Stickers []struct{ Name string } }
		kit.must("GET", "/api/v1/campaigns/winter-lights?locale="+c.lang, nil, 200, &campaign)
		if len(campaign.Stickers) < 3 {
			t.Fatalf("the kit offers %d stickers", len(campaign.Stickers))
		}
		star := p.say("canvas.add_one", "name", campaign.Stickers[1].Name)

		// A sticker, moved, turned and sized by keys, shows as the server draws it.
		p.tap(star)
		p.until(`document.querySelector("[data-layer=star][data-selected]")`)
		eval[bool](p, `(document.querySelector("[data-layer=star]").focus(), true)`)
		before := eval[float64](p, `parseFloat(document.querySelector("[data-layer=star]").style.top)`)
		p.keys(strings.Repeat("]", 12) + strings.Repeat("+", 4) + strings.Repeat(kb.ArrowDown, 8))
		p.until(fmt.Sprintf(`parseFloat(document.querySelector("[data-layer=star]").style.top) !== %g`, before))
		p.sees(p.say("canvas.saved"))
		p.agrees(creation)

		// Removed by a key, and back by another.
		count := p.layers()
		p.keys(kb.Delete)
		p.until(fmt.Sprintf(`document.querySelectorAll("[data-layer]").length === %d`, count-1))
		p.tap(p.say("canvas.undo"))
		p.until(fmt.Sprintf(`document.querySelectorAll("[data-layer]").length === %d`, count))
		p.sees(p.say("canvas.saved"))

		// Over the wordmark it is against a rule: the page says what and why it
		// waits, doesn't go on, and mends it.
		p.over("star", "wordmark")
		p.until(`document.querySelector(".finding-error")`)
		if n := eval[string](p, `document.querySelector("[data-layer=star] .handle-number").textContent`); n != "1" {
			t.Errorf("the sticker bears the number %q", n)
		}
		p.tapExpression(`document.querySelector("[data-finish]")`)
		p.until(`document.activeElement.id === "findings"`)
		if got := eval[string](p, `location.search`); strings.Contains(got, "step=enter") {
			t.Errorf("the page went on with an error: %s", got)
		}
		p.tapIn(".finding", p.say("canvas.fix.change"))
		p.until(`!document.querySelector(".finding-error")`)
		p.sees(p.say("canvas.saved"))
		p.agrees(creation)
		p.tap(p.say("canvas.undo"))
		p.until(`document.querySelector(".finding-error")`)
		p.tap(p.say("canvas.redo"))
		p.sees(p.say("canvas.saved"))

		// Other layouts apply on tap and go back by undo.
		eval[bool](p, `(document.activeElement.blur(), true)`)
		p.rest()
		p.tap(p.say("canvas.layouts"))
		p.until(`document.querySelector("button.layout canvas[width]")`)
		if n := eval[int](p, `document.querySelectorAll("button.layout").length`); n < 1 || n > 3 {
			t.Errorf("%d layouts are offered", n)
		}
		where := `[...document.querySelectorAll("[data-layer]")].map(e => e.style.cssText).join()`
		old := eval[string](p, where)
		p.tapAt("button.layout")
		p.until(where + " !== " + quote(old))
		p.sees(p.say("canvas.saved"))
		p.agrees(creation)
		p.tap(p.say("canvas.undo"))
		p.until(where + " === " + quote(old))
		p.sees(p.say("canvas.saved"))

		// It can be taken along in five formats before it is handed in.
		p.open("/c/winter-lights/works")
		p.tap(p.say("works.download", "title", p.say("works.untitled")))
		p.sees(p.say("save.pdf"))
		for _, url := range eval[[]string](p, `[...document.querySelectorAll("a.save")].map(a => a.getAttribute("href"))`) {
			status, data := p.own(h).do("GET", url, nil)
			if status != http.StatusOK || len(data) < 1000 {
				t.Errorf("%s: %d, %d bytes", url, status, len(data))
			}
		}
		p.noFaults()
	}
}

// TestALegalLineStays makes a work for a market that asks for a line of small
// print: it is there from the start, it moves, and nobody rewrites it or takes
// it away.
func TestALegalLineStays(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	p := h.browse("en", 390, 844)
	p.from("FR")
	creation := p.place(h, "wordmark")
	line := `[...document.querySelectorAll("[data-layer]")].find(e => e.getAttribute("aria-label").includes("bougez"))`
	p.until(line)
	p.tapExpression(line)
	p.sees(p.say("canvas.legal"))
	if eval[bool](p, `Boolean(document.querySelector("#canvas-text"))`) {
		t.Error("the legal line can be rewritten")
	}
	count := p.layers()
	eval[bool](p, `(`+line+`.focus(), true)`)
	p.keys(kb.Delete)
	p.keys(kb.ArrowUp)
	p.sees(p.say("canvas.saved"))
	if n := p.layers(); n != count {
		t.Errorf("of %d layers %d are left", count, n)
	}
	p.agrees(creation)
	p.rest()
	p.tap(p.say("canvas.add_text")) // it is no line of the participant's own
	p.noFaults()
}

// own gives a client with the browser's session.
func (p *Page) own(h *House) *Client {
	c := h.client()
	c.Cookie = p.cookies()
	return c
}

// rest chooses nothing, by touching the picture where no layer is.
func (p *Page) rest() {
	p.t.Helper()
	at := eval[[]float64](p, `(() => {
  const f = document.querySelector("[data-canvas]");
  f.scrollIntoView({ block: "center", behavior: "instant" });
  const r = f.getBoundingClientRect();
  const boxes = [...document.querySelectorAll("[data-layer]")].map(e => e.getBoundingClientRect());
  for (let y = 0.1; y < 0.95; y += 0.1) for (let x = 0.1; x < 0.95; x += 0.1) {
    const px = r.x + r.width * x, py = r.y + r.height * y;
    if (!boxes.some(b => px > b.left - 50 && px < b.right + 50 && py > b.top - 50 && py < b.bottom + 50)) return [px, py];
  }
  return [r.x + 3, r.y + 3];
})()`)
	p.do(chromedp.MouseClickXY(at[0], at[1]))
	p.until(`!document.querySelector("[data-layer][data-selected]")`)
}

// over drags a layer onto another one.
func (p *Page) over(layer, other string) {
	p.t.Helper()
	at := eval[[]float64](p, fmt.Sprintf(`(async () => {
  document.querySelector("[data-canvas]").scrollIntoView({ block: "center", behavior: "instant" });
  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
  return [%q, %q].flatMap(id => { const r = document.querySelector("[data-layer=" + id + "]").getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; });
})()`, layer, other))
	p.do(chromedp.DragAndDropXY(at[0], at[1], at[2], at[3], 8))
}
