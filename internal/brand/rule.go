package brand

import (
	"slices"
	"time"
)

// RuleKind is what a rule of a kit holds to. Each kind has fields of its own;
// see Rule.
type RuleKind string

// The kinds of rules that a kit can set, beside those that hold for every kit.
const (
	// RuleWidth bounds the width of marks: Min and Max are shares of the
	// canvas's shorter side.
	RuleWidth RuleKind = "width"
	// RuleRotation bounds how far marks are turned: Max is in degrees.
	RuleRotation RuleKind = "rotation"
	// RuleClearSpace is the room round marks: Min is a share of their width.
	RuleClearSpace RuleKind = "clear_space"
	// RuleContrast is the contrast of marks against what is measured behind
	// them: Min is a WCAG ratio, 1 to 21.
	RuleContrast RuleKind = "contrast"
	// RuleGround is the kind of ground that marks may stand on, as measured.
	RuleGround RuleKind = "ground"
	// RuleColor names the colours that text and shapes, or one of the two as
	// Layers says, may have: within Tolerance, a ΔE2000, of one of Colors.
	RuleColor RuleKind = "color"
	// RuleDistance is the least distance of two marks: Min is a share of the
	// canvas's shorter side.
	RuleDistance RuleKind = "distance"
	// RuleApart names marks of which only one may be on a composition.
	RuleApart RuleKind = "apart"
	// RuleLegalLine asks for one of the kit's legal lines, in the line's markets.
	RuleLegalLine RuleKind = "legal_line"
	// RuleTextSize bounds the size of text: Min and Max are shares of the
	// canvas's shorter side.
	RuleTextSize RuleKind = "text_size"
	// RuleTextContrast is the contrast of text against what is measured behind
	// it: Min for text under 24 pixels and MinLarge for larger, as WCAG has it.
	RuleTextContrast RuleKind = "text_contrast"
	// RuleWords names words that a headline may not contain, by locale; they
	// are looked for in text of any language.
	RuleWords RuleKind = "words"
)

// Rule is one rule of a kit, as data. A rule without Markets, Channels or dates
// holds always; one with them holds where they are met, and not where they are
// unknown.
type Rule struct {
	// ID is the kit's own name for it, and Version counts its changes from 1.
	ID      string   `json:"id"`
	Version int      `json:"version"`
	Kind    RuleKind `json:"kind"`
	// Severity is "error" or "warning".
	Severity Severity `json:"severity"`
	// Reason says by locale why the rule is there, to people who come up
	// against it.
	Reason map[string]string `json:"reason"`

	// Marks are those that it is about; none stands for all.
	Marks []string `json:"marks,omitempty"`
	// Markets are codes like "DE", Channels are "web", "social", "print",
	// "outdoor" and "film"; none stands for all.
	Markets  []string `json:"markets,omitempty"`
	Channels []string `json:"channels,omitempty"`
	// From and Until are its first and last day, like "2026-12-24" (UTC).
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`

	// The measures; see RuleKind for what each kind has.
	Min       *float64            `json:"min,omitempty"`
	MinLarge  *float64            `json:"min_large,omitempty"`
	Max       *float64            `json:"max,omitempty"`
	Ground    Ground              `json:"ground,omitempty"`
	Colors    []string            `json:"colors,omitempty"`
	Tolerance *float64            `json:"tolerance,omitempty"`
	Layers    []string            `json:"layers,omitempty"`
	Line      string              `json:"line,omitempty"`
	Words     map[string][]string `json:"words,omitempty"`
}

// Rule finds a rule of the kit by its id; nil if the kit has none.
func (k *Kit) Rule(id string) *Rule {
	for i := range k.Rules {
		if k.Rules[i].ID == id {
			return &k.Rules[i]
		}
	}
	return nil
}

// about tells whether the rule is about a mark.
func (r *Rule) about(mark string) bool {
	return len(r.Marks) == 0 || slices.Contains(r.Marks, mark)
}

// colors tells whether the rule is about the colours of "text" or of "shape".
func (r *Rule) colors(layers string) bool {
	return r.Kind == RuleColor && (len(r.Layers) == 0 || slices.Contains(r.Layers, layers))
}

// holds tells whether the rule holds where a composition is shown.
func (r *Rule) holds(market, channel string, date time.Time) bool {
	if len(r.Markets) > 0 && !slices.Contains(r.Markets, market) {
		return false
	}
	if len(r.Channels) > 0 && !slices.Contains(r.Channels, channel) {
		return false
	}
	if r.From == "" && r.Until == "" {
		return true
	}
	return !date.IsZero() && dayspan(r.From, r.Until).has(date)
}

// days is a span of time by its first and last day; the zero time is open.
type days struct{ from, until time.Time }

// dayspan reads two days that were checked when the kit was read; "" is open.
func dayspan(from, until string) days {
	var d days
	if t, err := time.Parse(time.DateOnly, from); err == nil {
		d.from = t
	}
	if t, err := time.Parse(time.DateOnly, until); err == nil {
		d.until = t.AddDate(0, 0, 1)
	}
	return d
}

func (d days) has(t time.Time) bool { return !d.before(t) && !d.after(t) }

// before tells whether a time lies before the first day.
func (d days) before(t time.Time) bool { return !d.from.IsZero() && t.Before(d.from) }

// after tells whether a time lies after the last day.
func (d days) after(t time.Time) bool { return !d.until.IsZero() && !t.Before(d.until) }

// meet tells whether two spans have a day in common.
func (d days) meet(e days) bool {
	return (d.from.IsZero() || e.until.IsZero() || d.from.Before(e.until)) &&
		(e.from.IsZero() || d.until.IsZero() || e.from.Before(d.until))
}
