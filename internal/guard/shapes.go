package guard

import (
	"context"

	"marquee/internal/guard/fold"
	"marquee/internal/guard/personal"
	"marquee/internal/policy"
)

// shapes finds personal data, secrets and links.
type shapes struct{}

func (shapes) Name() string { return "personal/2" }

func (d shapes) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	var out []policy.Finding
	for _, h := range personal.Find(t, base(c.Locale), c.Market) {
		out = append(out, policy.Finding{Detector: d.Name(), Kind: h.Kind, Start: h.Start, End: h.End, Score: h.Score, Evidence: h.What})
	}
	return out, nil
}
