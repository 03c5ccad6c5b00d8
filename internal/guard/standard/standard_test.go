package standard

import (
	"context"
	"testing"

	"marquee/internal/guard/corpus"
	"marquee/internal/policy"
)

func judge(t testing.TB) *Judge {
	t.Helper()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return NewJudge(g)
}

// TestMarkedTexts keeps mistakes that staff marked from coming back.
func TestMarkedTexts(t *testing.T) {
	t.Parallel()
	j := judge(t)
	marked, err := corpus.MarkedCases()
	if err != nil {
		t.Fatal(err)
	}
	if len(marked) < 10 {
		t.Fatalf("only %d marked texts were read", len(marked))
	}
	for _, m := range marked {
		if v := j.Text(context.Background(), m.Text, m.Locale); !m.Right(v.Outcome) {
			t.Errorf("%s again (%s): %q is %s: %+v", m.Marked, m.Why, m.Text, v.Outcome, v.Findings)
		}
	}
}

// TestHarmlessPrompts bounds false alarms on the half that is for development.
func TestHarmlessPrompts(t *testing.T) {
	t.Parallel()
	cases, err := corpus.Harmless(corpus.A)
	if err != nil {
		t.Fatal(err)
	}
	r, err := corpus.Measure(context.Background(), cases, judge(t).Text, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range r.Alarms {
		t.Logf("%s %s %v: %s", a.Outcome, a.Locale, a.Kinds, a.Text)
	}
	if r.Total.Harmless.Texts != 1000 || r.Failed > 0 {
		t.Errorf("%d texts, checks failed on %d", r.Total.Harmless.Texts, r.Failed)
	}
	if r.Total.FalseAlarms() > 0.005 {
		t.Errorf("%.2f %% of the harmless prompts are stopped, at most 0.5 %% may be", 100*r.Total.FalseAlarms())
	}
}

func TestUncoveredLanguageIsHeld(t *testing.T) {
	t.Parallel()
	j := judge(t)
	for _, c := range []struct {
		text, locale string
		want         policy.Outcome
	}{
		{"αλεπού στο χιόνι", "el", policy.Hold},
		{"αλεπού στο χιόνι", "", policy.Hold},
		{"", "el", policy.Allow},
		{"a fox in the snow", "", policy.Allow},
		{"ein Fuchs im Schnee und eine Gans", "", policy.Allow},
	} {
		if v := j.Text(context.Background(), c.text, c.locale); v.Outcome != c.want {
			t.Errorf("%q in %q: %s %+v", c.text, c.locale, v.Outcome, v.Findings)
		}
	}
}

func TestLocale(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "en", "lol": "en", "der Fuchs ist nicht hier": "de", "きつね": "ja"} {
		if got := Locale(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
