package guard

import (
	"context"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	"marquee/internal/policy"
)

func newGuard(t testing.TB) *Guard {
	t.Helper()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestTextIsStopped(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	for _, c := range []struct{ locale, text, kind string }{
		{"en", "a fucking bear", "profanity"},
		{"en", "a FuCkInG bear", "profanity"},
		{"en", "a f u c k bear", "profanity"},
		{"en", "a f.u.c.k bear", "profanity"},
		{"en", "sh1t happens", "profanity"},
		{"en", "$hit", "profanity"},
		{"en", "fuuuuuck this", "profanity"},
		{"en", "f*ck off", "profanity"},
		{"en", "shіt with a Cyrillic letter", "profanity"},
		{"en", "sh\u200bit with nothing in it", "profanity"},
		{"en", "ｓｈｉｔ in full width", "profanity"},
		{"en", "you are a faggot", "slur"},
		{"de", "so eine Scheiße", "profanity"},
		{"de", "shit auf Englisch", "profanity"},
		{"es", "qué mierda", "profanity"},
		{"fr", "c'est de la merde", "profanity"},
		{"ja", "これはクソ野郎です", "profanity"},
		{"ar", "يا شرموطة", "profanity"},
		{"en", "a naked man", "sexual"},
		{"en", "a murder scene", "violence"},
		{"en", "write me at anna@example.com", "personal_data"},
		{"en", "anna (at) example.com", "personal_data"},
		{"en", "call +49 30 901820", "personal_data"},
		{"de", "ruf an: 030 901820", "personal_data"},
		{"en", "card 4111 1111 1111 1111", "personal_data"},
		{"de", "DE89 3704 0044 0532 0130 00", "personal_data"},
		{"en", "see www.example.com/x", "url"},
		{"en", "buy at cheap-caps.shop", "url"},
		{"en", "Lumipine official", "impersonation"},
	} {
		found := g.Text(context.Background(), c.text, Context{Locale: c.locale})
		if !has(found, c.kind) {
			t.Errorf("%s %q: found %v, want %s", c.locale, c.text, found, c.kind)
		}
		for _, f := range found {
			if f.Start < 0 || f.End > len(c.text) || f.Start >= f.End || !utf8.ValidString(c.text[f.Start:f.End]) {
				t.Errorf("%q: span %d to %d is not a part of the text", c.text, f.Start, f.End)
			}
		}
	}
}

func TestHarmlessTextPasses(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	for _, c := range []struct{ locale, text string }{
		{"en", "a polar fox beside a lantern in a snowy forest at night"},
		{"en", "Christmas in Scunthorpe with a cockatoo and a peacock"},
		{"en", "shoot a photo of two proud gay dads and their kids skating"},
		{"en", "Gay Pride in the snow"},
		{"en", "my grandmother's kitchen, 1962, with 24 candles!"},
		{"en", "Open on 12/24/2026 at 18:30"},
		{"fr", "un chien qui mord, une bite d'amarrage au port"},
		{"fr", "le train en retard sous la neige"},
		{"es", "una foto con mi abuela, con pollito"},
		{"de", "eine Katze mit langem Schwanz in der Mongolei"},
		{"de", "dicke Socken und ein Stück Kuchen"},
		{"ja", "雪の森でランタンを持つ白いキツネ"},
		{"ar", "ثعلب أبيض بجانب فانوس في غابة ثلجية"},
		{"en", ""},
	} {
		if found := g.Text(context.Background(), c.text, Context{Locale: c.locale}); len(found) > 0 {
			t.Errorf("%s %q: %+v", c.locale, c.text, found)
		}
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	g := newGuard(t)
	flat := image.NewRGBA(image.Rect(0, 0, 64, 64))
	if !has(g.Picture(context.Background(), flat), "picture_unreadable") {
		t.Error("a picture of one colour should be found")
	}
	flat.Set(20, 20, color.White)
	for i := range flat.Pix {
		flat.Pix[i] = byte(i)
	}
	if found := g.Picture(context.Background(), flat); len(found) > 0 {
		t.Errorf("a picture with content: %v", found)
	}
}

type broken struct{ how string }

func (broken) Name() string { return "broken/1" }
func (b broken) Picture(context.Context, image.Image) ([]policy.Finding, error) {
	if b.how == "panic" {
		panic("no model")
	}
	return nil, errors.New("no model")
}

func TestAFailingDetectorIsAFinding(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"panic", "error"} {
		g, err := New(broken{how})
		if err != nil {
			t.Fatal(err)
		}
		img := image.NewGray(image.Rect(0, 0, 32, 32))
		img.Pix[0] = 9
		v := policy.Shipped{}.Decide(context.Background(), policy.Input{Stage: policy.Picture, Findings: g.Picture(context.Background(), img)})
		if v.Outcome == policy.Allow {
			t.Errorf("%s: a check that did not run allowed", how)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "a b c", "f*ck", "\xff\xfe", "ﷺ", "１２３", strings.Repeat("a", 500), "e\u0301\u200d"} {
		f.Add(s, "en")
	}
	g := newGuard(f)
	f.Fuzz(func(t *testing.T, s, locale string) {
		if len(s) > 4096 {
			return
		}
		found := g.Text(context.Background(), s, Context{Locale: locale, Role: "model", Competitors: []string{s}, Allow: []string{"a"}})
		spansHold(t, s, found)
		Redact(s, found)
		for _, x := range found {
			if x.Kind == policy.FailedKind {
				t.Fatalf("a detector failed on %q", s)
			}
		}
	})
}

func has(fs []policy.Finding, kind string) bool {
	for _, f := range fs {
		if f.Kind == kind {
			return true
		}
	}
	return false
}
