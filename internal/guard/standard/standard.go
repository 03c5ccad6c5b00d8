// Package standard puts together the guard that Marquee runs: the built-in
// detectors, the trained classifier, the check for languages that nobody has a
// list for, and the policy packs that come with it.
package standard

import (
	"context"

	"marquee/internal/guard"
	"marquee/internal/guard/classify"
	"marquee/internal/guard/language"
	"marquee/internal/policy"
)

// New makes a guard with all built-in detectors and the given further ones for
// pictures.
func New(pictures ...guard.PictureDetector) (*guard.Guard, error) {
	g, err := guard.New(pictures...)
	if err != nil {
		return nil, err
	}
	d, err := classify.NewDetector()
	if err != nil {
		return nil, err
	}
	return g.With(d), nil
}

// surely is how sure a guess of a language must be to be believed.
const surely = 0.1

// Judge judges texts as a campaign's prompts are, by the packs that come with
// Marquee.
type Judge struct{ guard *guard.Guard }

// NewJudge makes a judge of a guard.
func NewJudge(g *guard.Guard) *Judge { return &Judge{g} }

// Text judges a text in a locale. If that is "" the text's language is guessed,
// and taken for English where nothing tells.
func (j *Judge) Text(ctx context.Context, text, locale string) policy.Verdict {
	if locale == "" {
		locale = Locale(text)
	}
	found := j.guard.Text(ctx, text, guard.Context{Locale: locale})
	if text != "" && !j.guard.Covered(locale) && !uncovered(found) {
		found = append(found, policy.Finding{Detector: "language/1", Kind: "uncovered_language", Start: 0, End: len(text), Score: 1, Evidence: locale})
	}
	return policy.Decide(policy.Prompt, found)
}

// Locale guesses the locale of a text: "en" where nothing tells.
func Locale(text string) string {
	if tag, sure := language.Guess(text); sure >= surely {
		return tag
	}
	return "en"
}

func uncovered(found []policy.Finding) bool {
	for _, f := range found {
		if f.Kind == "uncovered_language" {
			return true
		}
	}
	return false
}
