package brand_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/fault"
)

// TestBadInputContradictoryRules names both rules, and lets rules be that
// never meet.
func TestBadInputContradictoryRules(t *testing.T) {
	t.Parallel()
	legal := map[string]string{"legal": `[{"id":"bake","markets":["DE"],"text":{"de":"Billig war gestern.","en":"Never cheap."}}]`}
	for _, c := range []struct {
		name    string
		changes map[string]string
		a, b    string
		clash   bool
		ids     string
	}{
		{"widths", nil, `"kind":"width","min":0.3`, `"kind":"width","max":0.2`, true, "rule-1 rule-2"},
		{"widths that fit", nil, `"kind":"width","min":0.2`, `"kind":"width","max":0.2`, false, ""},
		{"widths of other marks", nil, `"kind":"width","min":0.3,"marks":["loaf"]`, `"kind":"width","max":0.2,"marks":["blossom","wordmark"]`, false, ""},
		{"widths of other markets", nil, `"kind":"width","min":0.3,"markets":["DE"]`, `"kind":"width","max":0.2,"markets":["FR"]`, false, ""},
		{"widths of one market", nil, `"kind":"width","min":0.3,"markets":["DE"]`, `"kind":"width","max":0.2`, true, "rule-1 rule-2"},
		{"widths of other channels", nil, `"kind":"width","min":0.3,"channels":["web"]`, `"kind":"width","max":0.2,"channels":["print"]`, false, ""},
		{"widths of other days", nil, `"kind":"width","min":0.3,"until":"2026-11-30"`, `"kind":"width","max":0.2,"from":"2026-12-01"`, false, ""},
		{"widths of a common day", nil, `"kind":"width","min":0.3,"until":"2026-12-01"`, `"kind":"width","max":0.2,"from":"2026-12-01"`, true, "rule-1 rule-2"},
		{"grounds", nil, `"kind":"ground","ground":"light"`, `"kind":"ground","ground":"dark","marks":["loaf"]`, true, "rule-1 rule-2 loaf"},
		{"sizes of text", nil, `"kind":"text_size","min":0.1`, `"kind":"text_size","max":0.05`, true, "rule-1 rule-2"},
		{"colours of text and of shapes", nil, `"kind":"color","colors":["rye","flour"],"tolerance":3,"layers":["text"]`, `"kind":"color","colors":["violet"],"tolerance":3,"layers":["shape"]`, false, ""},
		{"colours", nil, `"kind":"color","colors":["rye","flour"],"tolerance":3`, `"kind":"color","colors":["violet"],"tolerance":3`, true, "rule-1 rule-2"},
		{"line and words", legal, `"kind":"legal_line","line":"bake"`, `"kind":"words","words":{"de":["billig"],"en":["cheap"]}`, true, "rule-1 rule-2"},
		{"line in one language and words", legal, `"kind":"legal_line","line":"bake"`, `"kind":"words","words":{"en":["cheap"]}`, false, ""},
		{"mark's own width", nil, `"kind":"width","min":0.6,"marks":["blossom"]`, `"kind":"rotation","max":3`, true, "rule-1 blossom"},
		{"a contrast that no ink has", nil, `"kind":"contrast","min":20.9,"marks":["loaf"]`, `"kind":"rotation","max":3`, true, "rule-1 loaf"},
		{"text's own colours", nil, `"kind":"color","colors":["flour","crust"],"tolerance":3`, `"kind":"rotation","max":3`, true, "rule-1 text.colors.light"},
		{"text's own size", nil, `"kind":"text_size","min":0.2`, `"kind":"rotation","max":3`, true, "rule-1 text.min_size_share"},
		{"a line where it is not shown", legal, `"kind":"legal_line","line":"bake","markets":["FR"]`, `"kind":"rotation","max":3`, true, "rule-1 bake"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := bakery(t, withRules(c.changes, c.a, c.b))
			if !c.clash {
				if err != nil {
					f, _ := fault.As(err)
					t.Fatalf("%+v", f.Fields)
				}
				return
			}
			f, ok := fault.As(err)
			if !ok || len(f.Fields) == 0 || f.Fields[0].Code != "rules_contradict" {
				t.Fatalf("%v", err)
			}
			for _, id := range strings.Fields(c.ids) {
				if !strings.Contains(f.Fields[0].Message, id) {
					t.Errorf("%q does not name %s", f.Fields[0].Message, id)
				}
			}
		})
	}
}

func TestBadRulesAreTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, rule, path, code string
	}{
		{"no such kind", `"kind":"sparkle"`, "rules[0].kind", "kind_unknown"},
		{"no measure", `"kind":"width"`, "rules[0]", "field_missing"},
		{"measure of another kind", `"kind":"rotation","max":3,"tolerance":2`, "rules[0].tolerance", "field_foreign"},
		{"out of range", `"kind":"contrast","min":40`, "rules[0].min", "number_range"},
		{"no such mark", `"kind":"width","min":0.2,"marks":["shoe"]`, "rules[0].marks", "mark_unknown"},
		{"not about marks", `"kind":"text_size","min":0.05,"marks":["loaf"]`, "rules[0].marks", "field_foreign"},
		{"no such colour", `"kind":"color","colors":["sea"],"tolerance":1`, "rules[0].colors", "color_unknown"},
		{"no such line", `"kind":"legal_line","line":"none"`, "rules[0].line", "line_unknown"},
		{"no such market", `"kind":"rotation","max":3,"markets":["Germany"]`, "rules[0]", "market_invalid"},
		{"no such channel", `"kind":"rotation","max":3,"channels":["radio"]`, "rules[0]", "channel_unknown"},
		{"not a day", `"kind":"rotation","max":3,"from":"1.12.2026"`, "rules[0].from", "date_invalid"},
		{"ends before it begins", `"kind":"rotation","max":3,"from":"2026-12-02","until":"2026-12-01"`, "rules[0].until", "date_order"},
		{"no such severity", `"kind":"rotation","max":3,"severity":"fatal"`, "rules[0].severity", "severity_unknown"},
		{"one mark apart", `"kind":"apart","marks":["loaf"]`, "rules[0].marks", "field_missing"},
		{"a word of signs", `"kind":"words","words":{"en":["!!"]}`, "rules[0].words", "text_invalid"},
		{"unknown field", `"kind":"rotation","max":3,"colour":"red"`, "rules[0].colour", "field_unknown"},
	} {
		_, err := bakery(t, withRules(nil, c.rule))
		f, ok := fault.As(err)
		if !ok || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Code == c.code && strings.HasPrefix(x.Path, c.path) }) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	if _, err := bakery(t, withRules(nil, `"id":"a","kind":"rotation","max":3`, `"id":"a","kind":"rotation","max":4`)); !strings.Contains(fmt.Sprint(err), "a is there twice") {
		t.Errorf("two rules of one id: %v", err)
	}
}

func TestRulebookIsWhole(t *testing.T) {
	t.Parallel()
	english := brand.Rules()
	for _, r := range brand.Rulebook() {
		if r.Since < 1 || r.Since > brand.RulebookVersion() || r.Severity != brand.Refused {
			t.Errorf("%+v", r)
		}
		if (r.Since == 1) != slices.Contains(english, r.ID) || (r.Since == 1) != (r.Sentence == nil) {
			t.Errorf("%s: its sentences are in the wrong place", r.ID)
		}
		for _, locale := range []string{"en", "de", "es", "fr", "ja", "ar"} {
			if r.Reason[locale] == "" || r.Sentence != nil && (r.Sentence[locale] == "" ||
				strings.Contains(r.Sentence[locale], "{detail}") != strings.Contains(r.Sentence["en"], "{detail}")) {
				t.Errorf("%s has no words in %s", r.ID, locale)
			}
		}
	}
	if len(brand.Rulebook()) < 40 {
		t.Errorf("%d rules", len(brand.Rulebook()))
	}
}
