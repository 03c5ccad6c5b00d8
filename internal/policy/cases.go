package policy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Tried is what came of one example of a pack.
type Tried struct {
	Case string
	// Wrong says what differs from what was wanted; "" if nothing does.
	Wrong string
}

// Try runs a pack's own examples. A market's pack is tried in the market that
// the example names. A pack that asks for labels which nobody can make is told so
// here, as joined Problems, and not when it is read: one that is in force already
// must stay readable.
func (p *Pack) Try() ([]Tried, error) {
	if err := errors.Join(p.labelProblems()...); err != nil {
		return nil, err
	}
	packs, err := Compile(p)
	if err != nil {
		return nil, err
	}
	var out []Tried
	for _, c := range p.Cases {
		// Kinds that only other packs know would be held alone.
		known := *packs
		known.known = map[string]bool{}
		for _, f := range c.Input.Findings {
			known.known[f.Kind] = true
		}
		out = append(out, Tried{c.Name, c.compare(p.ID, known.Decide(c.Input))})
	}
	return out, nil
}

// compare says how a verdict differs from what the example wants: the outcome,
// exactly the rules where it names any, and at least the duties it names.
func (c *Case) compare(pack string, v Verdict) string {
	if v.Outcome != c.Outcome {
		return fmt.Sprintf("it gave %s, not %s", v.Outcome, c.Outcome)
	}
	var fired []string
	for _, r := range v.Reasons {
		if id, ours := strings.CutPrefix(r.Rule, pack+"/"); ours && !slices.Contains(fired, id) {
			fired = append(fired, id)
		}
	}
	want := slices.Clone(c.Rules)
	slices.Sort(want)
	slices.Sort(fired)
	if !slices.Equal(fired, want) {
		return fmt.Sprintf("the rules %v fired, not %v", fired, want)
	}
	for _, d := range c.Duties {
		if !v.Owes(d) {
			return fmt.Sprintf("the duty %q is missing", d)
		}
	}
	return ""
}
