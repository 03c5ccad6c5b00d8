package brand_test

import (
	"sync"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
)

// contextPair is a composition just inside a rule and one just outside of it,
// with all that is known of where they are shown.
type contextPair struct {
	name, rule, by  string
	kit             *brand.Kit
	inside, outside brand.Context
}

var (
	kitRulesOnce sync.Once
	kitRulesMade []contextPair
)

// kitRules are the rules that a kit can set, and those on rights. Each has a kit
// of its own, so they are made once for all tests.
func kitRules(t *testing.T) []contextPair {
	t.Helper()
	kitRulesOnce.Do(func() { kitRulesMade = makeKitRules(t) })
	if len(kitRulesMade) == 0 {
		t.Fatal("the kits could not be made")
	}
	return kitRulesMade
}

func makeKitRules(t *testing.T) []contextPair {
	t.Helper()
	word := func(x, y, w float64) compose.Layer { return mark("wordmark", x, y, w, 0) }
	flower := func(x, y, w, turn float64) compose.Layer { return mark("blossom", x, y, w, turn) }
	loaf := func(x, y, w float64) compose.Layer { return mark("loaf", x, y, w, 0) }
	on := func(l compose.Layer, variant string) compose.Layer { l.Variant = variant; return l }
	colored := func(c string) compose.Layer { l := text("Bread", 300, 300, 300, 0); l.Color = c; return l }
	legal := map[string]string{"legal": `[{"id":"bake","markets":["DE"],"text":{"de":"Heute gebacken.","en":"Baked today."}}]`}
	claims := map[string]string{"voice.claims": `[{"id":"organic","words":{"en":["organic"],"de":["Bio"]},"footnote":{"en":"Organic flour, DE-ÖKO-001","de":"Mehl aus Ökobau, DE-ÖKO-001"}}]`}
	rights := func(r string) map[string]string {
		return map[string]string{"marks.1.rights": `{"owner":"Kornblum","licence":"house","with_generated":true` + r + `}`}
	}
	small := func(s string) compose.Layer {
		l := text(s, 200, 900, 560, 0)
		l.ID = "small"
		return l
	}

	// For a contrast of 3 the ink of the flower decides the ground.
	strict := ruled(t, nil, `"kind":"contrast","min":3,"marks":["blossom"]`)
	edge := groundFor(t, strict, "mark_contrast", on(flower(300, 300, 200, 0), "on-light"), 3)
	reads := ruled(t, nil, `"kind":"text_contrast","min":4.5,"min_large":3`)
	large := groundFor(t, reads, "text_contrast", colored("#33231B"), 3)

	return []contextPair{
		{"width at least", "mark_too_small", "rule-1", ruled(t, nil, `"kind":"width","min":0.2,"marks":["blossom"]`),
			brand.Context{Doc: document(picture(), flower(300, 300, 0.2*side, 0))}, brand.Context{Doc: document(picture(), flower(300, 300, 0.2*side-1, 0))}},
		{"width at most", "mark_too_large", "rule-1", ruled(t, nil, `"kind":"width","max":0.2`),
			brand.Context{Doc: document(picture(), flower(300, 300, 0.2*side, 0))}, brand.Context{Doc: document(picture(), flower(300, 300, 0.2*side+1, 0))}},
		{"rotation", "mark_rotated", "rule-1", ruled(t, nil, `"kind":"rotation","max":15,"marks":["blossom"]`),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, -15))}, brand.Context{Doc: document(picture(), flower(300, 300, 200, 15.1))}},
		{"clear space", "mark_crowded", "", ruled(t, nil, `"kind":"clear_space","min":0.5,"marks":["blossom"]`),
			brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), loaf(400, 300, 200))}, brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), loaf(399, 300, 200))}},
		{"distance", "mark_distance", "rule-1", ruled(t, nil, `"kind":"distance","min":0.25`),
			brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), loaf(300+0.25*side, 300, 200))}, brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), loaf(299+0.25*side, 300, 200))}},
		{"apart", "mark_not_together", "rule-1", ruled(t, nil, `"kind":"apart","marks":["blossom","loaf"]`),
			brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), word(100, 800, 400))}, brand.Context{Doc: document(picture(), flower(100, 300, 200, 0), loaf(600, 300, 200))}},
		{"contrast", "mark_contrast", "rule-1", strict,
			brand.Context{Doc: document(picture(), on(flower(300, 300, 200, 0), "on-light")), Ground: even(edge + 0.001)},
			brand.Context{Doc: document(picture(), on(flower(300, 300, 200, 0), "on-light")), Ground: even(edge - 0.002)}},
		{"contrast in one part", "mark_contrast", "rule-1", strict,
			brand.Context{Doc: document(picture(), on(flower(300, 300, 200, 0), "on-light")), Ground: split(310)},
			brand.Context{Doc: document(picture(), on(flower(300, 300, 200, 0), "on-light")), Ground: split(400)}},
		{"ground", "mark_ground", "rule-1", ruled(t, nil, `"kind":"ground","ground":"light","marks":["blossom"]`),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0)), Ground: even(0.18)}, brand.Context{Doc: document(picture(), flower(300, 300, 200, 0)), Ground: even(0.178)}},
		{"colour of text", "text_color", "rule-1", ruled(t, nil, `"kind":"color","colors":["rye","flour","crust"],"tolerance":2`),
			brand.Context{Doc: document(picture(), colored("#C97B30"))}, brand.Context{Doc: document(picture(), colored("#C78A2E"))}},
		{"colour of a shape", "layer_color", "rule-1", ruled(t, nil, `"kind":"color","colors":["rye","flour","crust"],"tolerance":2`),
			brand.Context{Doc: document(picture(), shape("panel", "#C7792E80", 0, 800, 1024, 200))}, brand.Context{Doc: document(picture(), shape("panel", "#2e79C780", 0, 800, 1024, 200))}},
		{"colour of a shape only", "layer_color", "rule-1", ruled(t, nil, `"kind":"color","colors":["crust"],"tolerance":2,"layers":["shape"]`),
			brand.Context{Doc: document(picture(), shape("panel", "#C7792E80", 0, 800, 1024, 200), colored("#33231B"))}, brand.Context{Doc: document(picture(), shape("panel", "#33231B", 0, 800, 1024, 200))}},
		{"size of text at least", "text_too_small", "rule-1", ruled(t, nil, `"kind":"text_size","min":0.08`),
			brand.Context{Doc: document(picture(), text("Bread and salt", 100, 300, 640, 0))}, brand.Context{Doc: document(picture(), text("Bread and salt", 100, 300, 500, 0))}},
		{"size of text at most", "text_too_large", "rule-1", ruled(t, nil, `"kind":"text_size","max":0.08`),
			brand.Context{Doc: document(picture(), text("Bread and salt", 100, 300, 540, 0))}, brand.Context{Doc: document(picture(), text("Bread and salt", 100, 300, 720, 0))}},
		{"contrast of text", "text_contrast", "rule-1", reads,
			brand.Context{Doc: document(picture(), colored("#33231B")), Ground: even(large + 0.001)}, brand.Context{Doc: document(picture(), colored("#33231B")), Ground: even(large - 0.002)}},
		{"words", "text_words", "rule-1", ruled(t, nil, `"kind":"words","words":{"en":["diet"],"de":["Diät"]}`),
			brand.Context{Doc: document(picture(), text("Dieters welcome", 100, 300, 600, 0))}, brand.Context{Doc: document(picture(), text("My DIÉT bread", 100, 300, 600, 0))}},
		{"legal line", "legal_line_missing", "rule-1", ruled(t, legal, `"kind":"legal_line","line":"bake"`),
			brand.Context{Market: "DE", Doc: document(picture(), text("Bread", 300, 300, 300, 0), small("Heute gebacken."))}, brand.Context{Market: "DE", Doc: document(picture(), text("Bread", 300, 300, 300, 0))}},
		{"legal line elsewhere", "legal_line_missing", "rule-1", ruled(t, legal, `"kind":"legal_line","line":"bake"`),
			brand.Context{Market: "AT", Doc: document(picture())}, brand.Context{Market: "DE", Doc: document(picture())}},
		{"claim", "claim_without_footnote", "", ruled(t, claims),
			brand.Context{Doc: document(picture(), text("Organic bread", 100, 300, 500, 0), small("Organic flour, DE-ÖKO-001"))}, brand.Context{Doc: document(picture(), text("Organic bread", 100, 300, 500, 0))}},
		{"over a mark", "mark_covered", "", kornblum(),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0), shape("panel", "#ffffff", 500, 300, 100, 100))}, brand.Context{Doc: document(picture(), flower(300, 300, 200, 0), shape("panel", "#ffffff", 498, 300, 100, 100))}},
		{"under a mark", "mark_covered", "", kornblum(),
			brand.Context{Doc: document(picture(), shape("panel", "#ffffff", 200, 200, 400, 400), flower(300, 300, 200, 0))}, brand.Context{Doc: document(picture(), flower(300, 300, 200, 0), shape("panel", "#ffffff", 200, 200, 400, 400))}},
		{"sticker", "sticker_unknown", "", lumipine(),
			brand.Context{Doc: document(picture(), compose.Layer{ID: "s", Kind: compose.Sticker, Sticker: "snowflake", X: 300, Y: 300, Width: 200})}, brand.Context{Doc: document(picture(), compose.Layer{ID: "s", Kind: compose.Sticker, Sticker: "loaf", X: 300, Y: 300, Width: 200})}},
		{"sticker on a mark", "mark_covered", "", lumipine(),
			brand.Context{Doc: document(picture(), mark("emblem", 300, 300, 200, 0), compose.Layer{ID: "s", Kind: compose.Sticker, Sticker: "snowflake", X: 500, Y: 300, Width: 200})}, brand.Context{Doc: document(picture(), mark("emblem", 300, 300, 200, 0), compose.Layer{ID: "s", Kind: compose.Sticker, Sticker: "snowflake", X: 490, Y: 300, Width: 200})}},
		{"territory", "rights_territory", "", ruled(t, rights(`,"territories":["DE","AT"]`)),
			brand.Context{Market: "AT", Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Market: "CH", Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"channel", "rights_channel", "", ruled(t, rights(`,"channels":["web","social"]`)),
			brand.Context{Channel: "web", Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Channel: "outdoor", Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"first day", "rights_not_yet", "", ruled(t, rights(`,"from":"2026-11-01"`)),
			brand.Context{Date: day("2026-11-01T00:00:00Z"), Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Date: day("2026-10-31T23:59:59Z"), Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"last day", "rights_expired", "", ruled(t, rights(`,"until":"2027-01-06"`)),
			brand.Context{Date: day("2027-01-06T23:59:59Z"), Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Date: day("2027-01-07T00:00:00Z"), Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"with a generated picture", "rights_generated", "", ruled(t, map[string]string{"marks.1.rights": `{"owner":"K","licence":"house","with_generated":false}`}),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Generated: true, Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"rule of a market", "mark_too_small", "rule-1", ruled(t, nil, `"kind":"width","min":0.3,"marks":["blossom"],"markets":["JP"]`),
			brand.Context{Market: "DE", Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Market: "JP", Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"rule of a channel", "mark_too_small", "rule-1", ruled(t, nil, `"kind":"width","min":0.3,"marks":["blossom"],"channels":["outdoor"]`),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Channel: "outdoor", Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"rule of some days", "mark_too_small", "rule-1", ruled(t, nil, `"kind":"width","min":0.3,"marks":["blossom"],"from":"2026-12-24","until":"2026-12-26"`),
			brand.Context{Date: day("2026-12-27T00:00:00Z"), Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Date: day("2026-12-26T12:00:00Z"), Doc: document(picture(), flower(300, 300, 200, 0))}},
		{"picture there", "picture_missing", "", kornblum(),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Doc: document(flower(300, 300, 200, 0))}},
		{"picture in its place", "picture_changed", "", kornblum(),
			brand.Context{Doc: document(with(picture(), func(l *compose.Layer) { l.X = 0.4 }))}, brand.Context{Doc: document(with(picture(), func(l *compose.Layer) { l.X = 0.6 }))}},
		{"picture below all", "picture_not_first", "", kornblum(),
			brand.Context{Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Doc: document(flower(300, 300, 200, 0), picture())}},
		{"marks of the campaign", "mark_not_allowed", "", kornblum(),
			brand.Context{Allowed: []string{"blossom"}, Doc: document(picture(), flower(300, 300, 200, 0))}, brand.Context{Allowed: []string{"loaf"}, Doc: document(picture(), flower(300, 300, 200, 0))}},
	}
}

// TestEveryRuleHasAPair lists the rules that no composition stands just inside
// and just outside of.
func TestEveryRuleHasAPair(t *testing.T) {
	t.Parallel()
	paired, kinds := map[string]bool{}, map[brand.RuleKind]bool{}
	for _, c := range ownRules(lumipine()) {
		paired[c.rule] = true
	}
	for _, c := range kitRules(t) {
		paired[c.rule] = true
		// A mark that is too near breaks the mark's own clear space as a kit's rule
		// has changed it.
		for _, r := range c.kit.Rules {
			kinds[r.Kind] = true
		}
	}
	for _, r := range brand.Rulebook() {
		if !paired[r.ID] {
			t.Errorf("no pair of compositions holds the rule %s to its edge", r.ID)
		}
		delete(paired, r.ID)
	}
	for id := range paired {
		t.Errorf("the rule %s is not in the rulebook", id)
	}
	for _, k := range brand.RuleKinds() {
		if !kinds[k] {
			t.Errorf("no pair of compositions holds a kit's rule of the kind %s to its edge", k)
		}
	}
}
