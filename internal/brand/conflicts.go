package brand

import (
	"fmt"
	"slices"
)

// conflicts finds rules of which no composition can keep both, where they hold
// together. Rules that only warn are held to it too: advice that can't be
// followed is no advice.
func (v *validator) conflicts() {
	rules := v.kit.Rules
	for i := range rules {
		for j := range i {
			if why := v.clash(&rules[j], &rules[i]); why != "" && together(&rules[i], &rules[j]) {
				v.problems.add(fmt.Sprintf("rules[%d]", i), "rules_contradict", "%s and %s can't both be kept: %s", rules[j].ID, rules[i].ID, why)
			}
		}
		v.againstMarks(i)
	}
}

// together tells whether two rules can hold for one composition.
func together(a, b *Rule) bool {
	share := func(x, y []string) bool {
		return len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
	}
	return share(a.Markets, b.Markets) && share(a.Channels, b.Channels) && dayspan(a.From, a.Until).meet(dayspan(b.From, b.Until))
}

// shared gives a mark that both rules are about; "" if there is none.
func (v *validator) shared(a, b *Rule) string {
	for i := range v.kit.Marks {
		if id := v.kit.Marks[i].ID; a.about(id) && b.about(id) {
			return id
		}
	}
	return ""
}

// clash says why two rules contradict each other; "" if they do not.
func (v *validator) clash(a, b *Rule) string {
	switch {
	case a.Kind == RuleWidth && b.Kind == RuleWidth:
		if id := v.shared(a, b); id != "" {
			if x, y := over(a, b), over(b, a); max(x, y) > 0 {
				return fmt.Sprintf("the one asks for a wider %s than the other allows.", id)
			}
		}
	case a.Kind == RuleTextSize && b.Kind == RuleTextSize:
		if max(over(a, b), over(b, a)) > 0 {
			return "the one asks for larger text than the other allows."
		}
	case a.Kind == RuleGround && b.Kind == RuleGround && a.Ground != b.Ground:
		if id := v.shared(a, b); id != "" {
			return fmt.Sprintf("the one wants %s on a light ground and the other on a dark one.", id)
		}
	case a.colors("text") && b.colors("text"), a.colors("shape") && b.colors("shape"):
		return v.colorsClash(a, b)
	case a.Kind == RuleLegalLine && b.Kind == RuleWords:
		return v.lineClash(a, b)
	case a.Kind == RuleWords && b.Kind == RuleLegalLine:
		return v.lineClash(b, a)
	}
	return ""
}

// over is by how much what a asks for at least is more than b allows at most.
func over(a, b *Rule) float64 {
	if a.Min == nil || b.Max == nil {
		return 0
	}
	return *a.Min - *b.Max
}

// colorsClash tells whether no colour of the one is near enough to one of the
// other. A colour may lie between two that are apart, but the kit has none.
func (v *validator) colorsClash(a, b *Rule) string {
	reach := func(from, to *Rule) bool {
		return slices.ContainsFunc(from.Colors, func(name string) bool {
			_, d := v.kit.colorFor(to, v.kit.Color(name))
			return d <= *to.Tolerance
		})
	}
	if reach(a, b) || reach(b, a) {
		return ""
	}
	return "no colour of the one is within the tolerance of the other."
}

// lineClash tells whether a line that has to be there has, in all its versions,
// a word that may not be.
func (v *validator) lineClash(line, words *Rule) string {
	legal := v.kit.Legal(line.Line)
	if legal == nil || len(legal.Text) == 0 {
		return ""
	}
	found := ""
	for _, l := range sortedKeys(legal.Text) {
		if found = firstOf(words.Words, folded(legal.Text[l])); found == "" {
			return ""
		}
	}
	return fmt.Sprintf("the line that has to be there says %q.", found)
}

// againstMarks holds a rule to the marks' own rules and drawings, which have
// the id of the mark.
func (v *validator) againstMarks(i int) {
	r := &v.kit.Rules[i]
	add := func(m *Mark, format string, args ...any) {
		v.problems.add(fmt.Sprintf("rules[%d]", i), "rules_contradict", "%s and the own rules of the mark %s can't both be kept: %s", r.ID, m.ID, fmt.Sprintf(format, args...))
	}
	for j := range v.kit.Marks {
		m := &v.kit.Marks[j]
		if !r.about(m.ID) {
			continue
		}
		switch r.Kind {
		case RuleWidth:
			if r.Min != nil && *r.Min > m.Rules.MaxWidthShare {
				add(m, "it should be at least %g wide and at most %g.", *r.Min, m.Rules.MaxWidthShare)
			}
			if r.Max != nil && *r.Max < m.Rules.MinWidthShare {
				add(m, "it should be at most %g wide and at least %g.", *r.Max, m.Rules.MinWidthShare)
			}
		case RuleContrast:
			most := 0.0
			for _, variant := range m.Variants {
				most = max(most, m.mostVisible(variant.ID))
			}
			if most < *r.Min {
				add(m, "no variant of it reaches a contrast of %g; the most is %.2f.", *r.Min, most)
			}
		}
	}
	v.againstText(i)
}

// againstText holds a rule to the kit's rules for text.
func (v *validator) againstText(i int) {
	r, t := &v.kit.Rules[i], v.kit.Text
	add := func(why string) {
		v.problems.add(fmt.Sprintf("rules[%d]", i), "rules_contradict", "%s and the kit's text can't both be kept: %s", r.ID, why)
	}
	switch r.Kind {
	case RuleTextSize:
		if r.Min != nil && *r.Min > t.MaxSizeShare || r.Max != nil && *r.Max < t.MinSizeShare {
			add("text.min_size_share and text.max_size_share leave no size for it.")
		}
	case RuleColor:
		if !r.colors("text") {
			return
		}
		for _, g := range []Ground{Light, Dark} {
			if _, d := v.kit.colorFor(r, v.kit.TextColor(g)); d > *r.Tolerance {
				add(fmt.Sprintf("text.colors.%s is not one of its colours.", g))
			}
		}
	case RuleLegalLine:
		line := v.kit.Legal(r.Line)
		if line == nil || len(r.Markets) == 0 || len(line.Markets) == 0 {
			return
		}
		for _, m := range r.Markets {
			if !slices.Contains(line.Markets, m) {
				add(fmt.Sprintf("it asks for %s in %s, where that line is not shown.", r.Line, m))
			}
		}
	}
}
