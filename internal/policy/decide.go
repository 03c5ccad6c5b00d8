package policy

import (
	"slices"
)

// Decide judges an input by all packs that apply. No rule that fires means
// allow. A finding of a kind that no rule knows is held, because nobody has
// said that it is harmless; so is what a rule could not be evaluated on.
func (ps *Packs) Decide(in Input) Verdict {
	v := Verdict{Outcome: Allow, Findings: in.Findings}
	kinds := in.kindsOf()
	vars := in.activation(kinds)
	sufficient := false
	for i := range ps.packs {
		p := &ps.packs[i]
		if !p.applies(&in) {
			continue
		}
		v.addPack(p.Key())
		sufficient = sufficient || slices.Contains(p.Sufficient, in.Stage)
		for j := range p.rules {
			p.rules[j].judge(&v, &in, kinds, vars)
		}
	}
	ps.guard(&v, in.Findings, sufficient)
	return v
}

// guard holds what the packs have no say on.
func (ps *Packs) guard(v *Verdict, findings []Finding, sufficient bool) {
	for _, f := range findings {
		switch {
		case f.Kind == FailedKind:
			v.add(Reason{Rule: "platform/check-failed", Kind: f.Kind, To: Hold, Because: "A check that did not run never allows."})
		case f.Kind == ModeratorDownKind:
			if !sufficient {
				v.add(Reason{Rule: "platform/moderator-down", Kind: f.Kind, To: Hold, Because: "A hosted moderator did not answer, and no pack says that the built-in checks suffice."})
			}
		case !ps.known[f.Kind]:
			v.add(Reason{Rule: "platform/unknown-kind", Kind: f.Kind, To: Hold, Because: "No rule knows this kind of finding."})
		}
	}
}

func (p *compiled) applies(in *Input) bool {
	switch p.Layer {
	case Brand:
		if !slices.Contains(p.For, in.Brand) {
			return false
		}
	case Campaign:
		if !slices.Contains(p.For, in.Campaign) {
			return false
		}
	}
	return len(p.Markets) == 0 || slices.Contains(p.Markets, in.Market)
}

// judge asks a rule: once for each of its kinds that was found, or once if it
// is about none.
func (c *condition) judge(v *Verdict, in *Input, kinds map[string]float64, vars map[string]any) {
	if len(c.Stages) > 0 && !slices.Contains(c.Stages, in.Stage) {
		return
	}
	if len(c.Kinds) == 0 {
		c.ask(v, "", 0, vars)
		return
	}
	for _, k := range c.Kinds {
		if score, ok := kinds[k]; ok {
			c.ask(v, k, score, vars)
		}
	}
}

func (c *condition) ask(v *Verdict, kind string, score float64, vars map[string]any) {
	if c.program != nil {
		vars["kind"], vars["score"] = kind, score
		out, _, err := c.program.Eval(vars)
		if err != nil {
			v.add(Reason{Rule: c.name, Kind: kind, To: Hold, Because: "The rule's condition could not be evaluated."})
			return
		}
		if holds, ok := out.Value().(bool); !ok || !holds {
			return
		}
	}
	then := c.Then
	if then == "" {
		then = Allow
	}
	v.add(Reason{Rule: c.name, Kind: kind, To: then, Because: c.Because})
	for _, d := range c.Duties {
		d.Rule = c.name
		v.Duties = append(v.Duties, d)
	}
}
