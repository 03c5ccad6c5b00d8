package e2e

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"marquee/internal/store"
)

// TestHowThisWasMade reads a public work as a visitor does: the label is beside
// the title where a model made the picture, and one tap tells how. The sheet
// keeps the focus, closes with Escape and leads to the check and to a report.
func TestHowThisWasMade(t *testing.T) {
	h := open(t, store.SQLite)
	p, staff := h.participant("winter-lights"), h.staff("reviewer")
	painted, first := h.published(p, staff, "winter-lights", "The light keeper")
	modelled, second := h.published(p, staff, "winter-lights", "Home, late")
	h.byModel(modelled, "openai", "gpt-image-1", "2026-04")

	page := h.browse("en", 390, 844)
	page.open("/c/winter-lights/w/" + first)
	page.sees("The light keeper")
	if eval[bool](page, `!!document.querySelector(".ai-label")`) {
		t.Errorf("what the painter made (%s) is labelled as AI", painted)
	}
	page.tap(page.say("how"))
	page.sees(page.say("how.none"))

	page.open("/c/winter-lights/w/" + second)
	page.sees("Partly made with AI")
	if top := eval[float64](page, `document.querySelector(".ai-label").getBoundingClientRect().bottom`); top > 844 {
		t.Errorf("the label is %g px down: it has to be hunted for", top)
	}
	page.tapAt(".ai-label")
	for _, key := range []string{"how.partly", "how.credential", "how.credential.file", "how.watermark.yes", "how.packs", "how.check", "report"} {
		page.sees(page.say(key))
	}
	page.sees("California SB 942 and AB 853") // the default market's
	page.sees("openai · gpt-image-1 · 2026-04")
	if !eval[bool](page, `document.querySelector("dialog[open]").contains(document.activeElement) && !!document.querySelector("dialog[open][aria-labelledby]")`) {
		t.Error("the focus is not in the sheet")
	}
	page.do(chromedp.KeyEvent(kb.Escape))
	page.until(`!document.querySelector("dialog[open]")`)
	if !eval[bool](page, `document.activeElement.classList.contains("ai-label")`) {
		t.Error("the focus does not come back to the label")
	}
	page.tapAt(".ai-label")
	page.tapIn("dialog[open]", page.say("report"))
	page.sees(page.say("report.why"))
	page.noFaults()
}

// byModel has the database say that a model made a work's picture: the house of
// these tests has no provider but the painter.
func (h *House) byModel(creation, provider, model, version string) {
	h.t.Helper()
	at := ""
	for i, a := range h.args {
		if a == "--database" {
			at = h.args[i+1]
		}
	}
	db, err := sql.Open("sqlite", strings.TrimPrefix(at, "sqlite://")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		h.t.Fatal(err)
	}
	defer db.Close()
	done, err := db.Exec(`UPDATE creations SET provider = $1, model = $2, model_version = $3 WHERE id = $4`, provider, model, version, creation)
	if err != nil {
		h.t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		h.t.Fatal(n, err)
	}
}
