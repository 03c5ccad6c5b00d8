package gallery

import (
	"context"
	"slices"
	"strings"

	"marquee/internal/brand"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

// secondReviewer is the duty that has two people approve a work.
const secondReviewer = "second_reviewer"

// Publication is what policy is asked about making a work public, supposed that
// a person approves.
func (s *Service) Publication(ctx context.Context, c create.Creation, findings []brand.Finding) (policy.Input, error) {
	return s.Create.Publication(ctx, c, findings)
}

// heldBack is a fault if a policy stands against making a work public.
func heldBack(v policy.Verdict) error {
	if v.Outcome == policy.Allow {
		return nil
	}
	because := v.Why()
	return fault.New(fault.Invalid, "publication_held_back", "A policy holds this work back: %s", because).With("because", because)
}

// dutiesOf names the duties of a verdict, for the ledger.
func dutiesOf(v policy.Verdict) string {
	var names []string
	for _, d := range v.Duties {
		if !slices.Contains(names, d.Do) {
			names = append(names, d.Do)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
