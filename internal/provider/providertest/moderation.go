package providertest

import (
	"image"
	"strings"
	"testing"

	"marquee/internal/provider"
)

// Vile tells what the suite's servers take for vile.
func Vile(text string) bool { return strings.Contains(text, "vile") }

// ModerationCase is a moderator with what is to be expected of it.
type ModerationCase struct {
	// New makes one that works, at the address (scheme and host) of Upstream.
	New func(t testing.TB) provider.Moderators
	// Texts and Pictures tell what it can judge.
	Texts, Pictures bool
	// Hate is true if what is vile is found to be hate.
	Hate bool
}

// RunModeration runs the suite.
func RunModeration(t *testing.T, c ModerationCase) {
	m := c.New(t)
	if texts, pictures := m.Judges(); texts != c.Texts || pictures != c.Pictures {
		t.Errorf("it judges texts: %t, pictures: %t", texts, pictures)
	}
	gray := image.NewGray(image.Rect(0, 0, 64, 64))
	for name, one := range map[string]struct {
		request provider.ModerationRequest
		can     bool
		flagged bool
	}{
		"a kind text":    {provider.ModerationRequest{Text: "a lantern in the harbour"}, c.Texts, false},
		"a vile text":    {provider.ModerationRequest{Text: "something vile about them"}, c.Texts, true},
		"in Arabic":      {provider.ModerationRequest{Text: "فانوس في الميناء 🏮", Locale: "ar"}, c.Texts, false},
		"a picture":      {provider.ModerationRequest{Picture: gray}, c.Pictures, false},
		"both":           {provider.ModerationRequest{Text: "vile", Picture: gray}, c.Texts && c.Pictures, true},
		"nothing":        {provider.ModerationRequest{}, false, false},
		"a vast picture": {provider.ModerationRequest{Picture: image.NewGray(image.Rect(0, 0, 5000, 40))}, c.Pictures, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := m.Moderate(t.Context(), one.request)
			if !one.can {
				Wants(t, err, Fault{Name: "what can't be judged", Code: "provider_request"})
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Flagged != one.flagged || len(got.Categories) == 0 || got.Maker != m.Maker() {
				t.Errorf("%+v", got)
			}
			for name, score := range got.Categories {
				if !(score >= 0 && score <= 1) {
					t.Errorf("%s has a score of %v", name, score)
				}
			}
			if one.flagged && c.Hate && got.Categories[provider.Hate] < 0.5 {
				t.Errorf("hate: %v", got.Categories)
			}
		})
	}
	if err := m.Check(t.Context()); err != nil {
		t.Errorf("the check says %v", err)
	}
}
