package e2e

import (
	"strings"
	"testing"

	"marquee/internal/store"
)

// TestASecondCampaignFromNothing makes the bakery's campaign as the docs say:
// a kit and a file are added by two commands while the program runs.
func TestASecondCampaignFromNothing(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	h.run("kit", "add", "../../brands/kornblum")
	h.run("campaign", "add", "--state", "open", "../../brands/kornblum/campaigns/first-window.json")

	p, staff := h.participant("first-window"), h.staff("reviewer")
	creation, _ := h.published(p, staff, "first-window", "Fresh loaves")
	var work struct {
		Composition struct {
			Layers []struct{ Kind, Mark string }
		}
	}
	p.must("GET", "/api/v1/creations/"+creation, nil, 200, &work)
	marks := 0
	for _, l := range work.Composition.Layers {
		if l.Kind == "mark" {
			marks++
		}
	}
	if marks == 0 {
		t.Error("the work has none of the bakery's marks")
	}

	// A mark of the other brand is refused.
	status, data := p.do("POST", "/api/v1/campaigns/first-window/generations", map[string]any{"prompt": "bread", "marks": []string{"bottle"}, "aspect": "square"})
	if status != 422 || !strings.Contains(string(data), "mark_unknown") {
		t.Errorf("a mark of another brand: %d %s", status, data)
	}

	// Another kit makes another site: the pages share no colour.
	_, ours := p.do("GET", "/c/first-window/theme.css", nil)
	_, theirs := p.do("GET", "/c/winter-lights/theme.css", nil)
	for _, token := range []string{"--color-ground", "--color-ink", "--color-accent", "--font-display"} {
		a, b := property(string(ours), token), property(string(theirs), token)
		if a == "" || b == "" {
			t.Errorf("%s is missing: %q, %q", token, a, b)
		}
		if token != "--font-display" && a == b {
			t.Errorf("both sites have %s: %s", token, a)
		}
	}
	_, page := p.do("GET", "/c/first-window", nil)
	if strings.Contains(string(page), "Lumipine") || strings.Contains(string(page), "Winter Lights") {
		t.Error("the bakery's page names the other brand")
	}
}

// property gives the value of a custom property in a style sheet.
func property(css, name string) string {
	_, rest, ok := strings.Cut(css, name+":")
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(rest, ";")
	return strings.TrimSpace(value)
}
