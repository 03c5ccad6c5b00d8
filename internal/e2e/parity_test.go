package e2e

import (
	"testing"

	"marquee/internal/store"
)

// TestCanvasAndServerAgree shows the same compositions in the browser's canvas
// and from the server: marks turned and sized, text in each script that the kit
// has type for.
func TestCanvasAndServerAgree(t *testing.T) {
	t.Parallel()
	h := open(t, store.SQLite)
	p := h.browse("en", 1440, 900)
	p.open("/c/winter-lights/create")
	p.arrive()
	p.sees(p.say("say.title"))
	c := h.client()
	c.Cookie = p.cookies()
	g := c.ended(c.generate("winter-lights", map[string]any{
		"prompt": "a cabin in the mountains at dusk", "marks": []string{"wordmark", "bottle", "emblem"}, "aspect": "portrait", "seed": 11,
	}))
	if len(g.Candidates) == 0 {
		t.Fatalf("%+v", g)
	}
	var made struct {
		ID          string
		Composition map[string]any
	}
	c.must("POST", "/api/v1/creations", map[string]any{"generation_id": g.ID, "candidate_id": g.Candidates[0].ID}, 201, &made)
	layers := made.Composition["layers"].([]any)
	for _, text := range []struct {
		name, line string
		width      float64
		rotation   float64
	}{
		{"latin", "Light up the dark", 620, 0},
		{"turned", "Fjords & Föhn, AVATAR", 560, 8},
		{"german", "Süße Grüße aus dem Schnee", 700, 0},
		{"greek", "Φως στο σκοτάδι", 520, 0},
		{"cyrillic", "Свет в темноте", 520, 0},
		{"arabic", "أضئ الليل الطويل", 520, 0},
		{"arabic and latin", "ضوء Lumipine في الليل", 600, -5},
		{"japanese", "冬の夜に光を", 520, 0},
	} {
		doc := map[string]any{"version": 1, "width": made.Composition["width"], "height": made.Composition["height"]}
		doc["layers"] = append(append([]any{}, layers...), map[string]any{
			"id": "line", "kind": "text", "text": text.line, "x": (1024 - text.width) / 2, "y": 420, "width": text.width, "rotation": text.rotation,
		})
		c.must("PUT", "/api/v1/creations/"+made.ID+"/composition", doc, 200, nil)
		t.Log(text.name)
		p.open("/c/winter-lights/create?w=" + made.ID)
		p.until(`document.querySelector("[data-canvas][data-ready]")`)
		p.until(`document.querySelector("[data-layer=line]")`)
		p.until(`document.fonts.status === "loaded"`)
		p.agrees(made.ID)
	}
	p.noFaults()
}
