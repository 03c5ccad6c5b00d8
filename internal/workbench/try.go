package workbench

import (
	"context"
	"image"
	"time"

	"marquee/internal/guard"
	"marquee/internal/guard/standard"
	"marquee/internal/policy"
)

// Trial is a text that is tried, and where it would stand.
type Trial struct {
	Text string
	// Locale is a BCP 47 tag; "" has it guessed.
	Locale string
	// Market is an ISO 3166-1 code; "" is none.
	Market string
	// Role and Source are as guard.Context has them.
	Role, Source string
	// Campaign and Brand have packs of those layers asked as well.
	Campaign, Brand string
}

// stage is where such a text is judged: what a model says is an answer.
func (t Trial) stage() policy.Stage {
	if t.Role == "model" {
		return policy.Answer
	}
	return policy.Prompt
}

// Tried is what came of a trial.
type Tried struct {
	Verdict policy.Verdict
	// Locale is the one that was judged by, Guessed tells that nobody gave it.
	Locale  string
	Guessed bool
	// Covered tells that there is a list of slurs for the language.
	Covered bool
	// Suggestion is a softer text, where the verdict is to rewrite.
	Suggestion string
	Timings    []guard.Timing
	// Took is the time of the detectors, folding and rules together.
	Took    time.Duration
	Version Version
}

// Try judges a text as a participant's, a model's or a member of staff's would
// be, by the built-in checks and the packs in force. Nothing of it is kept.
func (s *Service) Try(ctx context.Context, t Trial) Tried {
	out := Tried{Locale: t.Locale, Version: s.Version(ctx)}
	if out.Locale == "" {
		out.Locale, out.Guessed = standard.Locale(t.Text), true
	}
	out.Covered = s.Guard.Covered(out.Locale)
	begin := time.Now()
	found, timings := s.Guard.TimedText(ctx, t.Text, guard.Context{Locale: out.Locale, Market: t.Market, Role: t.Role, Source: t.Source})
	in := policy.Input{Stage: t.stage(), Campaign: t.Campaign, Brand: t.Brand, Market: t.Market, Locale: out.Locale, Findings: s.withCover(t.Text, out.Locale, found)}
	out.Verdict = s.Rules.Consider(ctx, in)
	out.Took, out.Timings = time.Since(begin), timings
	if out.Verdict.Outcome == policy.Rewrite {
		out.Suggestion, _ = s.Rules.Soften(ctx, t.Text, out.Locale, out.Verdict)
	}
	return out
}

// TryPicture judges a picture as a model's would be for a campaign.
func (s *Service) TryPicture(ctx context.Context, img image.Image, market string) Tried {
	out := Tried{Version: s.Version(ctx)}
	begin := time.Now()
	found, timings := s.Guard.TimedPicture(ctx, img)
	out.Verdict = s.Rules.Consider(ctx, policy.Input{Stage: policy.Picture, Market: market, Findings: found})
	out.Took, out.Timings = time.Since(begin), timings
	return out
}

// judge is a corpus's judge: prompts in every market.
func (s *Service) judge(ctx context.Context, text, locale string) policy.Verdict {
	if locale == "" {
		locale = standard.Locale(text)
	}
	found := s.Guard.Text(ctx, text, guard.Context{Locale: locale})
	return s.Rules.Consider(ctx, policy.Input{Stage: policy.Prompt, Locale: locale, Findings: s.withCover(text, locale, found)})
}

// withCover adds that nobody has a list of slurs for a language, as
// standard.Judge does.
func (s *Service) withCover(text, locale string, found []policy.Finding) []policy.Finding {
	if text == "" || s.Guard.Covered(locale) {
		return found
	}
	for _, f := range found {
		if f.Kind == "uncovered_language" {
			return found
		}
	}
	return append(found, policy.Finding{Detector: "language/1", Kind: "uncovered_language", End: len(text), Score: 1, Evidence: locale})
}
