package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
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

// TestACampaignThatAsksForProofOfWork lets a browser do the work, and nobody
// without it in.
func TestACampaignThatAsksForProofOfWork(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	data, err := os.ReadFile("../../brands/lumipine/campaigns/winter-lights.json")
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	file["slug"], file["proof_of_work"] = "guarded", true
	if data, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "guarded.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("campaign", "add", "--state", "open", path)

	arrival := map[string]any{"birth_year": 1990, "locale": "en", "consents": []string{"terms"}}
	for name, proof := range map[string]string{"none": "", "nonsense": "eyJ4IjoxfQ=="} {
		if proof != "" {
			arrival["altcha"] = proof
		}
		status, body := h.client().do("POST", "/api/v1/campaigns/guarded/participants", arrival)
		if status < 400 || status >= 500 || !strings.Contains(string(body), "proof") {
			t.Errorf("with %s: %d %s", name, status, body)
		}
	}
	p := h.browse("en", 390, 844)
	p.open("/c/guarded/create")
	p.arrive()
	p.sees(p.say("say.title"))
	p.noFaults()
}
