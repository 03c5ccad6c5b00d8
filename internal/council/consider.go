package council

import (
	"context"

	"marquee/internal/policy"
)

// Consider is Decide for what nobody asked for in earnest: what staff try out,
// or want to know beforehand, is not remembered, so that a dry run looks at real
// decisions alone.
func (s *Service) Consider(ctx context.Context, in policy.Input) policy.Verdict {
	packs, err := s.current(ctx)
	if packs == nil {
		s.Log.ErrorContext(ctx, "the policy packs can't be read, so everything is held", "cause", err)
		return policy.Held(in.Findings, "The policy packs could not be read.")
	}
	return packs.Decide(in)
}
