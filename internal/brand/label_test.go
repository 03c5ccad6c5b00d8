package brand_test

import (
	"context"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

func duty(with ...string) policy.Duty {
	d := policy.Duty{Do: "label", With: map[string]string{}, Rule: "pack/rule"}
	for i := 0; i < len(with); i += 2 {
		d.With[with[i]] = with[i+1]
	}
	return d
}

func TestLabelsOf(t *testing.T) {
	t.Parallel()
	const fully, partly = "trainedAlgorithmicMedia", "compositeSynthetic"
	china := duty("text", "ai-generated", "locale", "zh-Hans", "min_share", "0.05", "burned_in", "true")
	europe := duty("icon", "eu-by-source", "text", "by-source", "burned_in", "true")
	for _, c := range []struct {
		name, source, locale string
		duties               []policy.Duty
		want                 []compose.Label
	}{
		{"nothing", fully, "en", []policy.Duty{{Do: "watermark"}, duty("for", "platforms")}, nil},
		{"all of it", fully, "en", []policy.Duty{europe}, []compose.Label{{Icon: "ai", Text: "AI-generated", Locale: "en"}}},
		{"a part", partly, "de-AT", []policy.Duty{europe}, []compose.Label{{Icon: "ai-part", Text: "Teilweise mit KI erstellt", Locale: "de"}}},
		{"a part of a model's picture", "compositeWithTrainedAlgorithmicMedia", "ar", []policy.Duty{europe}, []compose.Label{{Icon: "ai-part", Text: "أُنشئ جزئيًا بالذكاء الاصطناعي", Locale: "ar"}}},
		{"a law's own language", partly, "en", []policy.Duty{china}, []compose.Label{{Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05}}},
		{"two languages", fully, "fr", []policy.Duty{europe, china}, []compose.Label{{Icon: "ai", Text: "Généré par IA", Locale: "fr"}, {Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05}}},
		{"one for both", partly, "zh", []policy.Duty{europe, china}, []compose.Label{{Icon: "ai-part", Text: "部分AI生成", Locale: "zh-Hans", MinShare: 0.05}}},
		{"said twice", fully, "en", []policy.Duty{europe, duty("icon", "eu-fully-ai"), duty("text", "ai-generated", "min_share", "0.02")}, []compose.Label{{Icon: "ai", Text: "AI-generated", Locale: "en"}}},
		{"an icon alone", fully, "en", []policy.Duty{duty("icon", "eu-partly-ai", "min_share", "0.04")}, []compose.Label{{Icon: "ai-part", MinShare: 0.04}}},
		{"people", fully, "en", []policy.Duty{duty("text", "synthetic-people"), europe}, []compose.Label{{Text: "People made with AI", Locale: "en"}, {Icon: "ai", Text: "AI-generated", Locale: "en"}}},
	} {
		got, err := brand.LabelsOf(c.duties, c.source, c.locale)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
	for _, bad := range []policy.Duty{duty(), duty("text", "hand-made"), duty("icon", "star"), duty("text", "ai-generated", "min_share", "5"), duty("text", "ai-generated", "min_share", "NaN"), duty("text", "ai-generated", "min_share", "0")} {
		if _, err := brand.LabelsOf([]policy.Duty{bad}, fully, "en"); !fault.HasCode(err, "label_unknown") {
			t.Errorf("%v gives %v", bad.With, err)
		}
	}
	if got := brand.BurnedIn([]policy.Duty{china, duty("text", "ai-generated"), {Do: "watermark", With: map[string]string{"burned_in": "true"}}}); len(got) != 1 || got[0].With["locale"] != "zh-Hans" {
		t.Errorf("burned in: %v", got)
	}
	if _, ok, err := brand.SourceLabel("composite", "en"); ok || err != nil {
		t.Errorf("a painter's picture is labelled: %v", err)
	}
	if l, ok, err := brand.SourceLabel(partly, "ja"); !ok || err != nil || l.Text != "一部AI生成" || l.Icon != compose.IconAIPart {
		t.Errorf("beside a picture stands %+v, %v", l, err)
	}
}

// Every label that a shipped pack asks for, of any source and in any market, can
// be made and placed.
func TestShippedPacksAskForLabelsThatThereAre(t *testing.T) {
	t.Parallel()
	packs, err := policy.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, p := range packs {
		for _, r := range p.Rules {
			for _, d := range r.Duties {
				if d.Do != "label" {
					continue
				}
				seen++
				if b := d.With["burned_in"]; d.With["for"] == "" && b != "true" && b != "false" {
					t.Errorf("%s/%s does not say whether its label is burned in", p.ID, r.ID)
				}
				for _, source := range []string{"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"} {
					labels, err := brand.LabelsOf([]policy.Duty{d}, source, "pt-BR")
					if err != nil || d.With["for"] == "" && len(labels) != 1 {
						t.Errorf("%s/%s: %v, %v", p.ID, r.ID, labels, err)
					}
				}
			}
		}
	}
	for _, d := range labelDuties() {
		if labels, err := brand.LabelsOf([]policy.Duty{d}, "compositeSynthetic", "th"); err != nil || len(labels) != 1 {
			t.Errorf("packs may say %v, which gives %v, %v", d.With, labels, err)
		}
	}
	if seen < 6 {
		t.Errorf("only %d duties are labels", seen)
	}
}

// labelDuties are all that a pack may write.
func labelDuties() (out []policy.Duty) {
	for _, text := range policy.LabelTexts {
		out = append(out, duty("text", text))
	}
	for _, icon := range policy.LabelIcons {
		out = append(out, duty("icon", icon))
	}
	return out
}

// Labels stand beside the marks and the space that is kept clear round them, on
// every layout that marks are placed in, and the rules find nothing new with a
// shape in the label's place.
func TestLabelsKeepTheBrandsRules(t *testing.T) {
	t.Parallel()
	labels := []compose.Label{
		{Icon: "ai-part", Text: "Teilweise mit KI erstellt", Locale: "de"},
		{Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05},
	}
	for _, id := range []string{"lumipine", "kornblum"} {
		k := shipped(id)()
		var all []string
		for _, m := range k.Marks {
			all = append(all, m.ID)
		}
		r := random(7)
		for range 60 {
			w, h := 640+r.IntN(1300), 640+r.IntN(1300)
			var chosen []string
			for _, m := range all {
				if r.IntN(2) == 0 {
					chosen = append(chosen, m)
				}
			}
			doc := brand.Start(k, chosen, w, h, nil)
			if l, ok := brand.PlaceText(k, doc, "Winter", nil); ok {
				doc.Layers = append(doc.Layers, l)
			}
			ctx := brand.Context{Doc: doc, Kit: k}
			size := compose.SizeAt(doc, 320+r.IntN(900))
			placed, err := brand.PlaceLabels(ctx, labels, size)
			if err != nil {
				t.Errorf("%s %v on %d×%d: %v", id, chosen, w, h, err)
				continue
			}
			if placed[0].At.Overlaps(placed[1].At) {
				t.Errorf("labels lie on each other: %v, %v", placed[0].At, placed[1].At)
			}
			scale := float64(w) / float64(size.X)
			for n, p := range placed {
				x, y := float64(p.At.Min.X)*scale, float64(p.At.Min.Y)*scale
				pw, ph := float64(p.At.Dx())*scale, float64(p.At.Dy())*scale
				for _, l := range doc.Layers {
					if l.Kind != compose.Mark {
						continue
					}
					m := k.Mark(l.Mark)
					dx := max(l.X-(x+pw), x-(l.X+l.Width), 0)
					dy := max(l.Y-(y+ph), y-(l.Y+l.Width*m.Aspect()), 0)
					if math.Hypot(dx, dy) < l.Width*m.Rules.ClearSpace {
						t.Errorf("%s: the label at %v is %.1f px from %s, which keeps %.1f", id, p.At, math.Hypot(dx, dy), l.Mark, l.Width*m.Rules.ClearSpace)
					}
				}
				ctx.Doc.Version = compose.Version
				ctx.Doc.Layers = append(ctx.Doc.Layers, compose.Layer{ID: fmt.Sprint("label", n), Kind: compose.Shape, Shape: "rect", X: x, Y: y, Width: pw, Height: ph, Fill: &compose.Fill{Color: k.TextColor(brand.Light)}})
			}
			for _, f := range brand.CheckWith(ctx) {
				if strings.HasPrefix(f.Layer, "label") {
					t.Errorf("%s: %s", f.Layer, f.Message)
				}
			}
		}
	}
}

// Burning labels in leaves the marks as the brand drew them.
func TestBurnedLabelsLeaveMarksExact(t *testing.T) {
	t.Parallel()
	k := shipped("lumipine")()
	doc := brand.Start(k, []string{"wordmark", "bottle", "emblem"}, 1024, 768, nil)
	img := rendered(t, k, doc, 1024)
	clean := image.NewNRGBA(img.Rect)
	copy(clean.Pix, img.Pix)
	placed, err := brand.BurnLabels(img, brand.Context{Doc: doc, Kit: k}, []compose.Label{
		{Icon: "ai", Text: "AI-generated", Locale: "en"}, {Text: "AI生成", Locale: "zh-Hans", MinShare: 0.05},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range placed {
		changed := 0
		for y := p.At.Min.Y; y < p.At.Max.Y; y++ {
			for x := p.At.Min.X; x < p.At.Max.X; x++ {
				if img.NRGBAAt(x, y) != clean.NRGBAAt(x, y) {
					changed++
				}
			}
		}
		if changed < p.At.Dx()*p.At.Dy()/2 {
			t.Errorf("%q changed %d pixels of %v", p.Text, changed, p.At)
		}
	}
	proofs, err := brand.Prove(img, doc, k)
	if err != nil {
		t.Fatal(err)
	}
	source, err := k.Source(nil, doc.Width, doc.Height)
	if err != nil {
		t.Fatal(err)
	}
	cover, err := compose.MarkCover(context.Background(), doc, source, 1024)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range cover.Pix {
		x, y := i%cover.Stride, i/cover.Stride
		if a > 0 && img.NRGBAAt(x, y) != clean.NRGBAAt(x, y) {
			t.Fatalf("a label changed a mark's pixel at %d,%d", x, y)
		}
	}
	for _, p := range proofs {
		if !p.Exact() {
			t.Errorf("%s differs by %.1f", p.Mark, p.Max)
		}
	}
}
