package brand_test

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// bakery is the second kit with fields of its kit.json set anew: each change is
// a path like "marks.0.rights" and a value in JSON.
func bakery(t testing.TB, changes map[string]string) (*brand.Kit, error) {
	t.Helper()
	files := slices.Clone(kornblum().Files())
	var m map[string]any
	if err := json.Unmarshal(files[0].Data, &m); err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(changes)) {
		var value any
		if err := json.Unmarshal([]byte(changes[path]), &value); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		at := any(m)
		steps := strings.Split(path, ".")
		for _, s := range steps[:len(steps)-1] {
			if list, ok := at.([]any); ok {
				at = list[int(s[0]-'0')]
			} else {
				at = at.(map[string]any)[s]
			}
		}
		at.(map[string]any)[steps[len(steps)-1]] = value
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	files[0].Data = data
	return brand.ReadFiles(files)
}

// ruled is the second kit with rules of its own, each written without what all
// have.
func ruled(t testing.TB, changes map[string]string, rules ...string) *brand.Kit {
	t.Helper()
	k, err := bakery(t, withRules(changes, rules...))
	if err != nil {
		f, _ := fault.As(err)
		t.Fatalf("%v %+v", err, f.Fields)
	}
	return k
}

func withRules(changes map[string]string, rules ...string) map[string]string {
	out := maps.Clone(changes)
	if out == nil {
		out = map[string]string{}
	}
	for i, r := range rules {
		if !strings.Contains(r, `"id"`) {
			r = fmt.Sprintf(`"id":"rule-%d",`, i+1) + r
		}
		if !strings.Contains(r, `"severity"`) {
			r += `,"severity":"error"`
		}
		rules[i] = `{` + r + `,"version":1,"reason":{"en":"Because.","de":"Darum."}}`
	}
	if len(rules) > 0 {
		out["rules"] = "[" + strings.Join(rules, ",") + "]"
	}
	return out
}

// even is a ground of one luminance, and split one that is dark on the left and
// light on the right of x.
func even(l float64) brand.Luminances { return func(x, y, w, h float64) float64 { return l } }

func split(at float64) brand.Luminances {
	img := image.NewNRGBA(image.Rect(0, 0, side, 1))
	for x := range side {
		c := color.NRGBA{10, 12, 20, 255}
		if float64(x) >= at {
			c = color.NRGBA{250, 248, 240, 255}
		}
		img.SetNRGBA(x, 0, c)
	}
	return brand.LuminancesOf(img, side, side)
}

func day(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func shape(id, fill string, x, y, w, h float64) compose.Layer {
	return compose.Layer{ID: id, Kind: compose.Shape, Shape: "rect", X: x, Y: y, Width: w, Height: h, Fill: &compose.Fill{Color: fill}}
}

// luminanceFor is the even ground on which a mark's edge has a contrast.
func groundFor(t *testing.T, k *brand.Kit, rule string, l compose.Layer, contrast float64) float64 {
	t.Helper()
	low, high := 0.0, 1.0 // dark ink: the contrast grows with the ground
	for range 40 {
		middle := (low + high) / 2
		found := brand.CheckWith(brand.Context{Kit: k, Doc: document(picture(), l), Ground: even(middle)})
		if len(found) > 0 && found[0].Rule == rule && found[0].Measured < contrast {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// TestKitRules holds each kind of rule that a kit can set to its edge: just
// inside there is nothing to say, just outside that rule and no other, with what
// was measured and what is allowed.
func TestKitRules(t *testing.T) {
	t.Parallel()
	for _, c := range kitRules(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.inside.Kit, c.outside.Kit = c.kit, c.kit
			if got := brand.CheckWith(c.inside); got != nil {
				t.Errorf("inside the rule: %+v", got)
			}
			got := brand.CheckWith(c.outside)
			if len(got) != 1 || got[0].Rule != c.rule || got[0].By != c.by {
				t.Fatalf("outside the rule: %+v", got)
			}
			f := got[0]
			for _, locale := range []string{"en", "de", "es", "fr", "ja", "ar"} {
				if s := brand.Say(f, locale); s == "" || strings.ContainsAny(s, "{%") {
					t.Errorf("in %s it says %q", locale, s)
				}
				if c.kit.Why(f, locale) == "" {
					t.Errorf("in %s it gives no reason", locale)
				}
			}
			if f.Fix == nil {
				return
			}
			// Whoever follows the fix is done.
			doc := c.outside.Doc
			doc.Layers = slices.Clone(doc.Layers)
			if f.Index < 0 {
				doc.Layers = append(doc.Layers, *f.Fix)
			} else {
				doc.Layers[f.Index] = *f.Fix
			}
			after := c.outside
			after.Doc = doc
			if left := brand.CheckWith(after); left != nil {
				t.Errorf("after the fix %+v: %+v", *f.Fix, left)
			}
		})
	}
}

// TestFixesOffer names the kinds of findings that a click can mend.
func TestFixesOffer(t *testing.T) {
	t.Parallel()
	k := ruled(t, nil, `"kind":"contrast","min":3,"marks":["blossom"]`, `"kind":"ground","ground":"light","marks":["loaf"]`, `"kind":"text_contrast","min":4.5`,
		`"kind":"color","colors":["rye","flour"],"tolerance":1`)
	check := func(ground brand.Luminances, l compose.Layer) *compose.Layer {
		got := brand.CheckWith(brand.Context{Kit: k, Doc: document(picture(), l), Ground: ground})
		if len(got) != 1 {
			t.Fatalf("%+v", got)
		}
		return got[0].Fix
	}
	// The other variant does, so the mark stays where it is.
	if fix := check(even(0.01), mark("blossom", 300, 300, 200, 0)); fix == nil || fix.Variant != "on-dark" || fix.X != 300 || fix.Y != 300 {
		t.Errorf("a dark mark on the night: %+v", fix)
	}
	// A mark that wants a light ground goes to the nearest one.
	if fix := check(split(700), mark("loaf", 300, 300, 200, 0)); fix == nil || fix.X < 620 || fix.X > 720 || fix.Width != 200 {
		t.Errorf("a mark on the wrong side: %+v", fix)
	}
	if fix := check(even(0.9), with(text("Bread", 300, 300, 300, 0), func(l *compose.Layer) { l.Color = "#FFFDF8" })); fix == nil || fix.Color != "#33231B" || fix.X != 300 {
		t.Errorf("pale text on snow: %+v", fix)
	}
	if fix := check(nil, with(text("Bread", 300, 300, 300, 0), func(l *compose.Layer) { l.Color = "#443322" })); fix == nil || fix.Color != "#33231B" {
		t.Errorf("a colour of another brand: %+v", fix)
	}
	// In a grey where nothing is seen well there is no lawful place.
	grey := ruled(t, nil, `"kind":"contrast","min":6,"marks":["blossom"]`)
	got := brand.CheckWith(brand.Context{Kit: grey, Doc: document(picture(), mark("blossom", 300, 300, 200, 0)), Ground: even(0.18)})
	if len(got) != 1 || got[0].Fix != nil && got[0].Fix.X != 300 {
		t.Errorf("in the fog: %+v", got)
	}
}

// TestWarningsDoNotHideRefusals has a rule that warns ask for more than one
// that refuses.
func TestWarningsDoNotHideRefusals(t *testing.T) {
	t.Parallel()
	k := ruled(t, nil, `"kind":"width","min":0.2,"marks":["blossom"],"severity":"warning"`, `"kind":"distance","min":0.2,"severity":"warning"`)
	for width, want := range map[float64]brand.Severity{0.21 * side: "", 0.1 * side: brand.Warned, 0.04 * side: brand.Refused} {
		got := brand.CheckWith(brand.Context{Kit: k, Doc: document(picture(), mark("blossom", 300, 300, width, 0))})
		if want == "" && got != nil || want != "" && (len(got) != 1 || got[0].Severity != want || got[0].Fix == nil) {
			t.Errorf("%g wide: %+v", width, got)
		}
		if err := brand.Refusal(got); (err != nil) != (want == brand.Refused) {
			t.Errorf("%g wide: %v", width, err)
		}
	}
	near := brand.CheckWith(brand.Context{Kit: k, Doc: document(picture(), mark("blossom", 100, 300, 220, 0), mark("loaf", 325, 300, 200, 0))})
	if len(near) != 1 || near[0].Rule != "mark_crowded" || near[0].Severity != brand.Refused {
		t.Errorf("within the clear space: %+v", near)
	}
}

func TestWordsAreFoundHoweverWritten(t *testing.T) {
	t.Parallel()
	k := ruled(t, nil, `"kind":"words","words":{"en":["cheap","guilt-free"],"de":["Diät"],"ja":["激安"],"ar":["رخيص"],"th":["ถูก"]}`)
	for s, want := range map[string]bool{
		"cheap": true, "CHEAP!": true, "ｃｈｅａｐ": true, "che\u200bap": true, "chéap": true, "so cheap, so good": true,
		"cheaper": false, "Guilt free": true, "guilt–free": true, "guiltfree": false, "DIÄT": true, "Dia\u0308t": true, "diat": true,
		"本日激安です": true, "رخــيص": true, "رخيصة": false, "ราคาถูกมาก": true, "cheape": false, "": false,
	} {
		found := slices.ContainsFunc(brand.CheckWith(brand.Context{Kit: k, Doc: document(picture(), text(s, 100, 300, 800, 0))}), func(f brand.Finding) bool { return f.Rule == "text_words" })
		if found != want {
			t.Errorf("%q: %v", s, found)
		}
	}
}

// TestBehindSeesWhatIsUnderAMark puts a pale panel under a dark mark on a dark
// picture: the mark is seen on the panel.
func TestBehindSeesWhatIsUnderAMark(t *testing.T) {
	t.Parallel()
	k := ruled(t, nil, `"kind":"contrast","min":3,"marks":["blossom"]`)
	night := image.NewNRGBA(image.Rect(0, 0, 8, 8))
	for i := range night.Pix {
		night.Pix[i] = []uint8{8, 10, 20, 255}[i%4]
	}
	dark := mark("blossom", 300, 300, 200, 0)
	dark.Variant = "on-light"
	bare, panel := document(picture(), dark), document(picture(), shape("panel", "#fffdf8", 250, 250, 300, 300), dark)
	panel.Version = compose.Version
	for name, c := range map[string]struct {
		doc  compose.Document
		want int
	}{"on the night": {bare, 1}, "on a panel": {panel, 0}} {
		ground, err := brand.Behind(t.Context(), c.doc, k, night)
		if err != nil {
			t.Fatal(err)
		}
		if got := brand.CheckWith(brand.Context{Kit: k, Doc: c.doc, Ground: ground}); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestLuminancesAreMeans(t *testing.T) {
	t.Parallel()
	img := backdrop(700, 300)
	ground := brand.LuminancesOf(img, 1400, 600)
	rnd := random(5)
	for range 25 {
		x, y := rnd.Float64()*1300, rnd.Float64()*500
		w, h := 20+rnd.Float64()*(1380-x), 20+rnd.Float64()*(580-y)
		sum, n := 0.0, 0
		for py := int(y / 2); py < int((y+h)/2); py++ {
			for px := int(x / 2); px < int((x+w)/2); px++ {
				c := img.NRGBAAt(px, py)
				sum += brand.Luminance(fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B))
				n++
			}
		}
		if got := ground(x, y, w, h); math.Abs(got-sum/float64(n)) > 0.05 {
			t.Fatalf("at %.0f %.0f, %.0f by %.0f: %.3f, not %.3f", x, y, w, h, got, sum/float64(n))
		}
	}
	for _, r := range [][4]float64{{-500, -500, 10, 10}, {5000, 5000, 10, 10}, {10, 10, 0, 0}, {-1e9, -1e9, 2e9, 2e9}} {
		if got := ground(r[0], r[1], r[2], r[3]); !(got >= 0 && got <= 1) {
			t.Errorf("%v: %g", r, got)
		}
	}
}

// TestWrappedTextIsMeasured holds Check to the compositor for texts of several
// lines, as TestCheckedTextCanBeSet does for one.
func TestWrappedTextIsMeasured(t *testing.T) {
	t.Parallel()
	k := lumipine()
	src, err := k.Source(image.NewNRGBA(image.Rect(0, 0, 8, 8)), side, side)
	if err != nil {
		t.Fatal(err)
	}
	rnd := random(9)
	taken := 0
	for range 150 {
		l := text([]string{"A long winter's night at home", "冬のあかり、長い夜。", "Snow\ntonight", "أضواء الشتاء"}[rnd.IntN(4)], 0, 50, 40+rnd.Float64()*900, 0)
		l.Lines = 2 + rnd.IntN(2)
		doc := document(picture(), l)
		doc.Version = compose.Version
		found := brand.Check(doc, k, nil)
		boxes, err := doc.Boxes(src)
		if (found == nil) != (err == nil) {
			t.Fatalf("%+v: the rules say %+v, the compositor %v", l, found, err)
		}
		if found != nil {
			if fix := found[0].Fix; fix != nil {
				doc.Layers[1] = *fix
				if left := brand.Check(doc, k, nil); left != nil {
					t.Fatalf("%+v: the fix %+v leaves %+v", l, *fix, left)
				}
			}
			continue
		}
		taken++
		doc.Layers[1].Y = side - boxes[1].Height
		if found := brand.Check(doc, k, nil); found != nil {
			t.Fatalf("%+v at the foot: %+v", l, found)
		}
		doc.Layers[1].Y++
		if found := brand.Check(doc, k, nil); len(found) != 1 || found[0].Rule != "text_outside" {
			t.Fatalf("%+v under the foot: %+v", l, found)
		}
	}
	if taken < 50 {
		t.Errorf("only %d were taken", taken)
	}
}
