package brand_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

const side = 1024

func picture() compose.Layer {
	return compose.Layer{ID: "picture", Kind: compose.Picture, Width: side}
}

func mark(id string, x, y, width, turn float64) compose.Layer {
	return compose.Layer{ID: id, Kind: compose.Mark, Mark: id, X: x, Y: y, Width: width, Rotation: turn}
}

func text(s string, x, y, width, turn float64) compose.Layer {
	return compose.Layer{ID: "text", Kind: compose.Text, Text: s, X: x, Y: y, Width: width, Rotation: turn}
}

func document(layers ...compose.Layer) compose.Document {
	return compose.Document{Version: 1, Width: side, Height: side, Layers: layers}
}

// layerPair is a composition just inside a rule and one just outside of it.
type layerPair struct {
	name            string
	rule            string
	inside, outside []compose.Layer
}

// ownRules are the rules that hold for every kit.
func ownRules(k *brand.Kit) []layerPair {
	word, bottle, emblem := k.Mark("wordmark"), k.Mark("bottle"), k.Mark("emblem")
	least, most := word.Rules.MinWidthShare*side, word.Rules.MaxWidthShare*side
	high := 200 * emblem.Aspect()
	room := 200 * emblem.Rules.ClearSpace
	// Half the width of the upright rectangle round an emblem turned by 12°.
	sin, cos := math.Sincos(12 * math.Pi / 180)
	reach := (200*cos + high*sin) / 2
	turned := reach - 100
	bottleRoom := max(room, 100*bottle.Rules.ClearSpace)
	brandText := k.TextColor(brand.Light)

	return []layerPair{
		{"left edge", "mark_outside", []compose.Layer{mark("emblem", 0, 100, 200, 0)}, []compose.Layer{mark("emblem", -1, 100, 200, 0)}},
		{"right edge", "mark_outside", []compose.Layer{mark("emblem", 824, 100, 200, 0)}, []compose.Layer{mark("emblem", 825, 100, 200, 0)}},
		{"top edge", "mark_outside", []compose.Layer{mark("emblem", 100, 0, 200, 0)}, []compose.Layer{mark("emblem", 100, -1, 200, 0)}},
		{"foot", "mark_outside", []compose.Layer{mark("emblem", 100, side-high, 200, 0)}, []compose.Layer{mark("emblem", 100, side-high+1, 200, 0)}},
		{"turned at the edge", "mark_outside", []compose.Layer{mark("emblem", turned, 300, 200, 12)}, []compose.Layer{mark("emblem", turned-1, 300, 200, 12)}},
		{"far away", "mark_outside", []compose.Layer{mark("emblem", 10, 10, 200, 0)}, []compose.Layer{mark("emblem", 9000, -9000, 200, 0)}},
		{"least width", "mark_too_small", []compose.Layer{mark("wordmark", 100, 100, least, 0)}, []compose.Layer{mark("wordmark", 100, 100, least-1, 0)}},
		{"greatest width", "mark_too_large", []compose.Layer{mark("wordmark", 100, 100, most, 0)}, []compose.Layer{mark("wordmark", 100, 100, most+1, 0)}},
		{"tilt", "mark_rotated", []compose.Layer{mark("emblem", 300, 300, 200, 12)}, []compose.Layer{mark("emblem", 300, 300, 200, 12.1)}},
		{"tilt the other way", "mark_rotated", []compose.Layer{mark("emblem", 300, 300, 200, 348)}, []compose.Layer{mark("emblem", 300, 300, 200, -12.1)}},
		{"a full turn", "mark_rotated", []compose.Layer{mark("emblem", 300, 300, 200, 720)}, []compose.Layer{mark("emblem", 300, 300, 200, 180)}},
		{"room beside", "mark_crowded", []compose.Layer{mark("emblem", 100, 100, 200, 0), mark("bottle", 300+bottleRoom, 100, 100, 0)}, []compose.Layer{mark("emblem", 100, 100, 200, 0), mark("bottle", 299+bottleRoom, 100, 100, 0)}},
		{"overlap", "mark_overlap", []compose.Layer{mark("emblem", 100, 100, 200, 0), mark("bottle", 400, 100, 100, 0)}, []compose.Layer{mark("emblem", 100, 100, 200, 0), mark("bottle", 290, 100, 100, 0)}},
		{"mark of another brand", "mark_unknown", []compose.Layer{mark("emblem", 100, 100, 200, 0)}, []compose.Layer{mark("loaf", 100, 100, 200, 0)}},
		{"variant", "mark_variant_unknown", []compose.Layer{with(mark("emblem", 100, 100, 200, 0), func(l *compose.Layer) { l.Variant = "on-dark" })}, []compose.Layer{with(mark("emblem", 100, 100, 200, 0), func(l *compose.Layer) { l.Variant = "pink" })}},
		{"twice", "mark_repeated", []compose.Layer{mark("emblem", 100, 100, 200, 0)}, []compose.Layer{mark("emblem", 100, 100, 200, 0), with(mark("emblem", 600, 100, 200, 0), func(l *compose.Layer) { l.ID = "again" })}},
		{"letters", "text_too_long", []compose.Layer{text(strings.Repeat("i", 48), 10, 500, 1000, 0)}, []compose.Layer{text(strings.Repeat("i", 49), 10, 500, 1000, 0)}},
		{"empty", "text_empty", []compose.Layer{text("A", 100, 100, 300, 0)}, []compose.Layer{text("  ", 100, 100, 300, 0)}},
		{"text at the edge", "text_outside", []compose.Layer{text("Snow", 0, 100, 300, 0)}, []compose.Layer{text("Snow", -1, 100, 300, 0)}},
		{"text tilt", "text_rotated", []compose.Layer{text("Snow", 300, 300, 300, -8)}, []compose.Layer{text("Snow", 300, 300, 300, -8.1)}},
		{"text colour", "text_color", []compose.Layer{with(text("Snow", 300, 300, 300, 0), func(l *compose.Layer) { l.Color = brandText })}, []compose.Layer{with(text("Snow", 300, 300, 300, 0), func(l *compose.Layer) { l.Color = "#ff00ff" })}},
		{"text over a mark", "text_over_mark", []compose.Layer{mark("emblem", 100, 100, 200, 0), text("Snow", 400, 600, 300, 0)}, []compose.Layer{mark("emblem", 100, 100, 200, 0), text("Snow", 250, 200, 300, 0)}},
		{"text near a mark", "text_crowded", []compose.Layer{mark("emblem", 100, 100, 200, 0), text("Snow", 100, 100+high+30, 300, 0)}, []compose.Layer{mark("emblem", 100, 100, 200, 0), text("Snow", 100, 100+high+10, 300, 0)}},
		{"two texts", "text_repeated", []compose.Layer{text("Snow", 100, 100, 300, 0)}, []compose.Layer{text("Snow", 100, 100, 300, 0), with(text("Ice", 100, 600, 300, 0), func(l *compose.Layer) { l.ID = "more" })}},
		{"text at its least size", "text_too_small", []compose.Layer{text("A long winter's night", 300, 300, 420, 0)}, []compose.Layer{text("A long winter's night", 300, 300, 120, 0)}},
		{"letters of the kit", "text_glyphs", []compose.Layer{text("Snow", 100, 100, 300, 0)}, []compose.Layer{text("Snow \u200d❄\ufe0f", 100, 100, 300, 0)}},
		{"a second picture", "picture_repeated", nil, []compose.Layer{with(picture(), func(l *compose.Layer) { l.ID = "p" })}},
		{"text wider than the canvas", "text_too_wide", []compose.Layer{text("Snow", 0, 100, 1024, 0)}, []compose.Layer{text("Snow", -1, 100, 1025.6, 0)}},
	}
}

// TestRules holds each rule to its edge: just inside there is nothing to say,
// just outside there is that rule and no other.
func TestRules(t *testing.T) {
	t.Parallel()
	k := lumipine()
	for _, c := range ownRules(k) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := brand.Check(document(append([]compose.Layer{picture()}, c.inside...)...), k, nil); got != nil {
				t.Errorf("inside the rule: %+v", got)
			}
			got := brand.Check(document(append([]compose.Layer{picture()}, c.outside...)...), k, nil)
			if len(got) == 0 || got[0].Rule != c.rule {
				t.Fatalf("outside the rule: %+v", got)
			}
			if last := c.outside[len(c.outside)-1].ID; got[0].Layer != last || got[0].Message == "" || strings.Contains(got[0].Message, "%") {
				t.Errorf("it is about layer %q and says %q", got[0].Layer, got[0].Message)
			}
		})
	}
}

func with(l compose.Layer, change func(*compose.Layer)) compose.Layer {
	change(&l)
	return l
}

func TestSmallText(t *testing.T) {
	t.Parallel()
	k := lumipine()
	doc := document(picture(), text("A long winter's night", 300, 300, 40, 0))
	got := brand.Check(doc, k, nil)
	if len(got) != 1 || got[0].Rule != "text_too_small" || got[0].Fix == nil {
		t.Fatalf("got %+v", got)
	}
	doc.Layers[1] = *got[0].Fix
	if again := brand.Check(doc, k, nil); again != nil || doc.Layers[1].Width < got[0].Allowed-0.5 {
		t.Errorf("mended to %+v, of which %+v", doc.Layers[1], again)
	}
}

func TestUnknownLettersAreTold(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int{
		"Ein schöner Abend": 0, "Noël à l’heure d’été": 0, "¡Qué ilusión, señor!": 0, "冬のあかり、長い夜。": 0, "أضواء الشتاء": 0,
		"Свет зимы": 0, "Φως του χειμώνα": 0, "Snow \u200d❄\ufe0f": 1, "សួស្តី": 1,
		"ฤดูหนาว น้ำค้าง": 0, "חורף ארוך": 0, "सर्दियों की रोशनी": 0, "겨울의 불빛": 0, "冬日灯光，鑫婷": 0,
	} {
		got := brand.Check(document(picture(), text(s, 100, 100, 800, 0)), lumipine(), nil)
		if len(got) != want || want == 1 && (got[0].Rule != "text_glyphs" || got[0].Fix != nil) {
			t.Errorf("%s: %+v", s, got)
		}
	}
}

func TestPictureStaysAsItIs(t *testing.T) {
	t.Parallel()
	k := lumipine()
	for name, c := range map[string]struct {
		rule   string
		layers []compose.Layer
	}{
		"missing":   {"picture_missing", []compose.Layer{mark("emblem", 100, 100, 200, 0)}},
		"moved":     {"picture_changed", []compose.Layer{with(picture(), func(l *compose.Layer) { l.X = 3 })}},
		"turned":    {"picture_changed", []compose.Layer{with(picture(), func(l *compose.Layer) { l.Rotation = 1 })}},
		"shrunk":    {"picture_changed", []compose.Layer{with(picture(), func(l *compose.Layer) { l.Width = 1000 })}},
		"not first": {"picture_not_first", []compose.Layer{mark("emblem", 100, 100, 200, 0), picture()}},
		"twice":     {"picture_repeated", []compose.Layer{picture(), with(picture(), func(l *compose.Layer) { l.ID = "p" })}},
	} {
		if got := brand.Check(document(c.layers...), k, nil); len(got) != 1 || got[0].Rule != c.rule {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestCampaignChoosesMarks(t *testing.T) {
	t.Parallel()
	doc := document(picture(), mark("emblem", 100, 100, 200, 0))
	if got := brand.Check(doc, lumipine(), []string{"emblem"}); got != nil {
		t.Errorf("a mark that the campaign offers: %+v", got)
	}
	for _, allowed := range [][]string{{"wordmark"}, {}} {
		got := brand.Check(doc, lumipine(), allowed)
		if len(got) != 1 || got[0].Rule != "mark_not_allowed" || got[0].Fix != nil {
			t.Errorf("a mark that it does not offer: %+v", got)
		}
	}
}

func TestRefusal(t *testing.T) {
	t.Parallel()
	if err := brand.Refusal(nil); err != nil {
		t.Error(err)
	}
	if err := brand.Refusal([]brand.Finding{{Rule: "mark_small", Severity: brand.Warned}}); err != nil {
		t.Errorf("a warning stands in the way: %v", err)
	}
	doc := document(picture(), mark("loaf", 0, 0, 200, 0), mark("emblem", -50, 10, 200, 0))
	f, ok := fault.As(brand.Refusal(brand.Check(doc, lumipine(), nil)))
	if !ok || f.Kind != fault.Invalid || f.Code != "composition_against_rules" || len(f.Fields) != 2 {
		t.Fatalf("got %+v", f)
	}
	if f.Fields[0].Path != "layers[1]" || f.Fields[0].Code != "mark_unknown" || f.Fields[1].Path != "layers[2]" || f.Fields[1].Code != "mark_outside" {
		t.Errorf("got %+v", f.Fields)
	}
}

func TestEveryRuleHasASentence(t *testing.T) {
	t.Parallel()
	rules := brand.Rules()
	if !slices.IsSorted(rules) || len(rules) < 20 {
		t.Errorf("rules: %v", rules)
	}
}

// TestFixesAreLawful takes random compositions, follows all of the fixes at
// once, and asks for an end without findings.
func TestFixesAreLawful(t *testing.T) {
	t.Parallel()
	k := lumipine()
	rnd := random(7)
	for n := range 300 {
		doc := compose.Document{Version: 1, Width: 1024, Height: 768, Layers: []compose.Layer{{ID: "picture", Kind: compose.Picture, Width: 1024}}}
		for _, id := range []string{"wordmark", "bottle", "emblem"} {
			doc.Layers = append(doc.Layers, mark(id, rnd.NormFloat64()*700, rnd.NormFloat64()*700, rnd.Float64()*500+1, rnd.NormFloat64()*40))
		}
		doc.Layers = append(doc.Layers, text("Light the long night", rnd.NormFloat64()*600, rnd.NormFloat64()*600, rnd.Float64()*700+1, rnd.NormFloat64()*20))
		start := fmt.Sprintf("%+v", doc.Layers)
		before := slices.Clone(doc.Layers)
		first := brand.Check(doc, k, nil)
		for _, f := range first {
			if f.Fix == nil {
				t.Fatalf("%d: no way out of %+v\nof %s", n, f, start)
			}
			if f.Fix.ID != f.Layer {
				t.Fatalf("the fix of %s is for %s", f.Layer, f.Fix.ID)
			}
			doc.Layers[f.Index] = *f.Fix
		}
		if found := brand.Check(doc, k, nil); found != nil {
			t.Fatalf("%d: still %+v\nfrom %s\nto %+v", n, found, start, doc.Layers)
		}
		for i, l := range doc.Layers {
			if l != before[i] && !slices.ContainsFunc(first, func(f brand.Finding) bool { return f.Index == i }) {
				t.Fatalf("%d: layer %s had no finding", n, l.ID)
			}
		}
	}
}

func TestFixMovesNoFurtherThanNeeded(t *testing.T) {
	t.Parallel()
	got := brand.Check(document(picture(), mark("emblem", -30, 1000, 200, 0)), lumipine(), nil)
	want := mark("emblem", 0, 1024-200*lumipine().Mark("emblem").Aspect(), 200, 0)
	if len(got) != 1 || got[0].Fix == nil || math.Abs(got[0].Fix.X-want.X) > 0.01 || math.Abs(got[0].Fix.Y-want.Y) > 0.01 || got[0].Fix.Width != 200 {
		t.Errorf("got %+v, want a fix of %+v", got, want)
	}
}

func BenchmarkCheckLawful(b *testing.B) {
	k := lumipine()
	doc := brand.Start(k, []string{"wordmark", "bottle", "emblem"}, 1024, 1024, nil)
	for b.Loop() {
		brand.Check(doc, k, nil)
	}
}

func BenchmarkCheckHopeless(b *testing.B) {
	k := lumipine()
	doc := document(picture())
	for _, m := range []string{"wordmark", "bottle", "emblem"} {
		doc.Layers = append(doc.Layers, mark(m, 100, 100, 5000, 80))
	}
	for i := range 36 {
		doc.Layers = append(doc.Layers, with(text("Light the long night", 100, 100, 900, 45), func(l *compose.Layer) { l.ID = fmt.Sprint(i) }))
	}
	for b.Loop() {
		brand.Check(doc, k, nil)
	}
}

// crowd is a composition of 30 layers with every kind of rule to judge.
func crowd(b testing.TB, lawful bool) brand.Context {
	k := ruled(b, map[string]string{"legal": `[{"id":"bake","markets":["DE"],"text":{"de":"Heute gebacken."}}]`},
		`"kind":"contrast","min":1.5`, `"kind":"distance","min":0.05`, `"kind":"apart","marks":["blossom","loaf"],"channels":["film"]`,
		`"kind":"text_contrast","min":4.5,"min_large":3`, `"kind":"color","colors":["rye","flour","crust","butter"],"tolerance":3`,
		`"kind":"words","words":{"en":["cheap","diet","gluten"],"de":["billig","Diät","Figur"]}`, `"kind":"legal_line","line":"bake"`)
	doc := brand.Start(k, []string{"wordmark", "blossom", "loaf"}, side, side, nil)
	for i := range 24 {
		doc.Layers = slices.Insert(doc.Layers, 1, shape(fmt.Sprint("panel-", i), "#F6DE9B80", float64(i*20), 300, 300, 200))
	}
	doc.Layers = append(doc.Layers, text("Warm bread", 100, 400, 500, 0), with(text("Heute gebacken.", 100, 600, 400, 0), func(l *compose.Layer) { l.ID = "legal" }))
	if !lawful {
		for i := range doc.Layers {
			if l := &doc.Layers[i]; l.Kind != compose.Picture {
				l.X, l.Y, l.Rotation = l.X*0.3, l.Y*0.2+300, 30
			}
		}
	}
	return brand.Context{Kit: k, Doc: doc, Market: "DE", Channel: "web", Date: day("2026-12-01T00:00:00Z"), Generated: true, Ground: brand.LuminancesOf(backdrop(512, 512), side, side)}
}

func TestCrowdIsJudged(t *testing.T) {
	t.Parallel()
	if ctx := crowd(t, true); len(ctx.Doc.Layers) != 30 {
		t.Errorf("%d layers", len(ctx.Doc.Layers))
	} else if got := brand.CheckWith(brand.Context{Kit: ctx.Kit, Doc: ctx.Doc, Market: "DE"}); got != nil {
		t.Errorf("%+v", got)
	}
	if got := brand.CheckWith(crowd(t, false)); len(got) < 5 {
		t.Errorf("%+v", got)
	}
}

// The bound is 2 ms for 30 layers.
func BenchmarkCheck30(b *testing.B) {
	ctx := crowd(b, true)
	ctx.Ground = nil
	for b.Loop() {
		brand.CheckWith(ctx)
	}
}

func BenchmarkCheck30OnAGround(b *testing.B) {
	ctx := crowd(b, true)
	ctx.Ground = even(0.9)
	for b.Loop() {
		brand.CheckWith(ctx)
	}
}

func BenchmarkCheck30Mended(b *testing.B) {
	ctx := crowd(b, false)
	for b.Loop() {
		brand.CheckWith(ctx)
	}
}

// hunted is a crowd on a ground on which no mark and no text can be seen well:
// every place there is gets measured.
func hunted(b testing.TB) brand.Context {
	ctx := crowd(b, false)
	strict := *ctx.Kit
	strict.Rules = slices.Clone(strict.Rules)
	most := 14.0
	for i := range strict.Rules {
		if r := &strict.Rules[i]; r.Kind == brand.RuleContrast || r.Kind == brand.RuleTextContrast {
			r.Min, r.MinLarge = &most, nil
		}
	}
	ctx.Kit = &strict
	return ctx
}

// The worst that can be asked: nothing suits anywhere.
func BenchmarkCheck30Hunted(b *testing.B) {
	ctx := hunted(b)
	for b.Loop() {
		brand.CheckWith(ctx)
	}
}
