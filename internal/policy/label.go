package policy

import (
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

// labelProblems tells what is wrong with a duty "label": nothing that it asks for
// may be found out only when a picture has to go out. One that is "for" somebody
// else, such as platforms, is declared to them and stands on no picture.
func labelProblems(where string, d Duty, say func(where, format string, args ...any)) {
	with := d.With
	if with["for"] != "" {
		return
	}
	if with["text"] == "" && with["icon"] == "" {
		say(where, "a label has a `text` or an `icon`")
	}
	if t := with["text"]; t != "" && !slices.Contains(LabelTexts, t) {
		say(where, "a label's `text` is one of %v, not %q", LabelTexts, t)
	}
	if i := with["icon"]; i != "" && !slices.Contains(LabelIcons, i) {
		say(where, "a label's `icon` is one of %v, not %q", LabelIcons, i)
	}
	if b := with["burned_in"]; b != "" && b != "true" && b != "false" {
		say(where, "a label's `burned_in` is true or false, not %q", b)
	}
	if s := with["min_share"]; s != "" {
		if n, err := strconv.ParseFloat(s, 64); err != nil || !(n > 0 && n <= MaxLabelShare) {
			say(where, "a label's `min_share` is a share of the shorter side up to %g, not %q", MaxLabelShare, s)
		}
	}
}
