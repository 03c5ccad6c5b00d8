package policy

import (
	"fmt"
	"slices"
	"strconv"
)

// What the duty "label" may say. Who makes labels has to know all of these.
var (
	// LabelTexts are the words: how much a model made of a picture, by the rule's
	// own word or by the picture's digital source type, or that people are shown.
	LabelTexts = []string{"ai-generated", "partly-ai", "by-source", "synthetic-people"}
	// LabelIcons are those of the EU's code of practice on marking and labelling.
	LabelIcons = []string{"eu-fully-ai", "eu-partly-ai", "eu-by-source"}
)

// MaxLabelShare is the greatest height of a label's letters that a rule may ask
// for, as a share of the picture's shorter side.
const MaxLabelShare = 0.2

// labelProblems tells what is wrong with a pack's duties "label": nothing that
// they ask for may be found out only when a picture has to go out. One that is
// "for" somebody else, such as platforms, is declared to them and stands on no
// picture.
func (p *Pack) labelProblems() (all []error) {
	for _, r := range p.Rules {
		for _, d := range r.Duties {
			if d.Do != "label" || d.With["for"] != "" {
				continue
			}
			if what := d.wrongLabel(); what != "" {
				all = append(all, Problem{"rule " + r.ID, what})
			}
		}
	}
	return all
}

func (d Duty) wrongLabel() string {
	text, icon, burned, share := d.With["text"], d.With["icon"], d.With["burned_in"], d.With["min_share"]
	switch {
	case text == "" && icon == "":
		return "a label has a `text` or an `icon`"
	case text != "" && !slices.Contains(LabelTexts, text):
		return fmt.Sprintf("a label's `text` is one of %v, not %q", LabelTexts, text)
	case icon != "" && !slices.Contains(LabelIcons, icon):
		return fmt.Sprintf("a label's `icon` is one of %v, not %q", LabelIcons, icon)
	case burned != "" && burned != "true" && burned != "false":
		return fmt.Sprintf("a label's `burned_in` is true or false, not %q", burned)
	case share != "":
		if n, err := strconv.ParseFloat(share, 64); err != nil || !(n > 0 && n <= MaxLabelShare) {
			return fmt.Sprintf("a label's `min_share` is a share of the shorter side up to %g, not %q", MaxLabelShare, share)
		}
	}
	return ""
}
