package brand

import "math"

// bound is a limit of a measure with the rule that sets it; "" is the mark's or
// the text's own.
type bound struct {
	value    float64
	by       string
	severity Severity
}

// limit is what all rules together allow of a measure. A rule that only warns
// may ask for more than one that refuses, so both are kept.
type limit struct {
	// least tells that the measure may not be under the bounds, and not over.
	least      bool
	hard, soft bound
}

func atLeast(value float64) limit {
	return limit{true, bound{value, "", Refused}, bound{value, "", Refused}}
}
func atMost(value float64) limit {
	return limit{false, bound{value, "", Refused}, bound{value, "", Refused}}
}

// tighten takes a rule's value where it allows less than what is there.
func (l *limit) tighten(value float64, r *Rule) {
	stricter := func(than float64) bool { return l.least && value > than || !l.least && value < than }
	if r.Severity == Refused && stricter(l.hard.value) {
		l.hard = bound{value, r.ID, r.Severity}
	}
	if stricter(l.soft.value) {
		l.soft = bound{value, r.ID, r.Severity}
	}
}

// value is the strictest: what keeps to it keeps to all.
func (l *limit) value() float64 { return l.soft.value }

// scaled is the limit of another measure that goes along with this one.
func (l limit) scaled(k float64) limit {
	l.hard.value *= k
	l.soft.value *= k
	return l
}

// broken gives the bound that a measure is over by more than a slack, a refusal
// before a warning.
func (l *limit) broken(measured, slack float64) (bound, bool) {
	for _, b := range []bound{l.hard, l.soft} {
		if l.least && measured < b.value-slack || !l.least && measured > b.value+slack {
			return b, true
		}
	}
	return bound{}, false
}

// limits are what all rules together allow a mark on a canvas.
type limits struct {
	narrow, wide limit // the width, in pixels
	turn         limit // degrees
	clear        limit // a share of the width
	contrast     limit // a WCAG ratio; 1 asks for nothing
	grounds      []*Rule
}

// ruling is a kit's rules as they hold for a use, on a canvas.
type ruling struct {
	kit   *Kit
	rules []*Rule
	short float64
	marks map[string]*limits

	// Of text: its size in pixels, and its contrast as a WCAG ratio.
	small, large                 limit
	contrastSmall, contrastLarge limit
	colors, fills                []*Rule // of text and of shapes
}

// ruling gathers the rules that hold on a canvas whose shorter side is short.
func (k *Kit) ruling(u use, short float64) *ruling {
	g := &ruling{
		kit: k, short: short, marks: make(map[string]*limits, len(k.Marks)),
		small: atLeast(k.Text.MinSizeShare * short), large: atMost(k.Text.MaxSizeShare * short),
		contrastSmall: atLeast(1), contrastLarge: atLeast(1),
	}
	for i := range k.Rules {
		r := &k.Rules[i]
		if !r.holds(u.market, u.channel, u.date) {
			continue
		}
		g.rules = append(g.rules, r)
		switch r.Kind {
		case RuleTextSize:
			if r.Min != nil {
				g.small.tighten(*r.Min*short, r)
			}
			if r.Max != nil {
				g.large.tighten(*r.Max*short, r)
			}
		case RuleTextContrast:
			g.contrastSmall.tighten(*r.Min, r)
			if r.MinLarge != nil {
				g.contrastLarge.tighten(*r.MinLarge, r)
			} else {
				g.contrastLarge.tighten(*r.Min, r)
			}
		case RuleColor:
			if r.colors("text") {
				g.colors = append(g.colors, r)
			}
			if r.colors("shape") {
				g.fills = append(g.fills, r)
			}
		}
	}
	return g
}

// mark gives the limits of a mark, worked out when first asked for.
func (g *ruling) mark(m *Mark) *limits {
	if l := g.marks[m.ID]; l != nil {
		return l
	}
	own := m.Rules
	l := &limits{
		narrow: atLeast(max(own.MinWidthPx, own.MinWidthShare*g.short)), wide: atMost(own.MaxWidthShare * g.short),
		turn: atMost(own.MaxRotation), clear: atLeast(own.ClearSpace), contrast: atLeast(1),
	}
	for _, r := range g.rules {
		if !r.about(m.ID) {
			continue
		}
		switch r.Kind {
		case RuleWidth:
			if r.Min != nil {
				l.narrow.tighten(*r.Min*g.short, r)
			}
			if r.Max != nil {
				l.wide.tighten(*r.Max*g.short, r)
			}
		case RuleRotation:
			l.turn.tighten(*r.Max, r)
		case RuleClearSpace:
			l.clear.tighten(*r.Min, r)
		case RuleContrast:
			l.contrast.tighten(*r.Min, r)
		case RuleGround:
			l.grounds = append(l.grounds, r)
		}
	}
	// On a small canvas the least width in pixels outweighs the greatest share.
	l.wide.hard.value = max(l.wide.hard.value, l.narrow.hard.value)
	l.wide.soft.value = max(l.wide.soft.value, l.narrow.soft.value)
	g.marks[m.ID] = l
	return l
}

// between is the distance in pixels that rules ask two marks to keep beyond
// their clear space. Either may be nil, for text, which no such rule is about.
func (g *ruling) between(a, b *Mark) limit {
	l := atLeast(0)
	if a == nil || b == nil {
		return l
	}
	for _, r := range g.rules {
		if r.Kind == RuleDistance && r.about(a.ID) && r.about(b.ID) {
			l.tighten(*r.Min*g.short, r)
		}
	}
	return l
}

// colorFor gives the nearest of a rule's colours and its ΔE2000.
func (k *Kit) colorFor(r *Rule, hex string) (nearest string, difference float64) {
	difference = math.Inf(1)
	for _, name := range r.Colors {
		value := k.Color(name)
		if d := ColorDifference(value, hex); d < difference {
			nearest, difference = value, d
		}
	}
	return nearest, difference
}
