// Package policy turns findings into a verdict by rules. The rules are data:
// packs of them, one above the other, with a condition in CEL each, compiled
// once. Deciding is pure: the same input always gives the same verdict, and
// nothing is read or written.
package policy

import (
	"context"
	"slices"
	"strings"
)

// Outcome is what a verdict says shall be done.
type Outcome string

// The outcomes, from mildest to strictest.
const (
	Allow   Outcome = "allow"
	Rewrite Outcome = "rewrite"
	Hold    Outcome = "hold"
	Deny    Outcome = "deny"
)

var strictness = map[Outcome]int{Allow: 0, Rewrite: 1, Hold: 2, Deny: 3}

// Stage says what is being judged.
type Stage string

// The stages.
const (
	// Prompt is what a participant asks a picture for.
	Prompt Stage = "prompt"
	// CanvasTxt is text that stands in a composition.
	CanvasTxt Stage = "canvas_text"
	Title     Stage = "title"
	Name      Stage = "display_name"
	// Report is what someone writes when reporting an entry.
	Report Stage = "report"
	// Picture is a picture that a maker gave.
	Picture Stage = "picture"
	// Upload is a picture or file that a participant brings.
	Upload Stage = "upload"
	// Turn is what a participant says in a conversation, Answer what a model
	// says.
	Turn   Stage = "turn"
	Answer Stage = "answer"
	// Publication is a work on its way to the public.
	Publication Stage = "publication"
)

// Stages are all of them, in the order of a work's way.
var Stages = []Stage{Prompt, Turn, Upload, Answer, Picture, CanvasTxt, Title, Name, Report, Publication}

// Finding is what a detector saw in a text or picture.
type Finding struct {
	// Detector is who saw it, with its version: "words/1".
	Detector string `json:"detector" cel:"detector"`
	// Kind is what it is: "slur", "profanity", "personal_data", "url",
	// "detector_failed".
	Kind string `json:"kind" cel:"kind"`
	// Start and End are byte offsets in the original text; both 0 for a picture.
	Start int `json:"start" cel:"start"`
	End   int `json:"end" cel:"end"`
	// Score is the detector's certainty, 0 to 1.
	Score float64 `json:"score" cel:"score"`
	// Evidence says what it rests on, for staff: a rule's name or a word of a
	// list. Never personal data and never a secret.
	Evidence string `json:"evidence,omitempty" cel:"evidence"`
}

// Reason is one rule that fired.
type Reason struct {
	// Rule is "pack/rule".
	Rule string `json:"rule"`
	// Kind is the kind of finding that it is about; "" if it is about none.
	Kind string  `json:"kind"`
	To   Outcome `json:"outcome"`
	// Because says why there is such a rule, in English.
	Because string `json:"because,omitempty"`
}

// Duty is what a rule asks to be done with a thing that may pass.
type Duty struct {
	// Do is what: "notice", "label", "footnote", "metadata", "watermark",
	// "second_reviewer", "helpful_answer", "consent".
	Do string `json:"do" enum:"notice,label,footnote,metadata,watermark,second_reviewer,helpful_answer,consent"`
	// With holds its details, such as the smallest size of a label.
	With map[string]string `json:"with,omitempty"`
	// Rule is "pack/rule".
	Rule string `json:"rule"`
}

// Verdict is the decision, with why.
type Verdict struct {
	Outcome  Outcome   `json:"outcome"`
	Reasons  []Reason  `json:"reasons,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
	Duties   []Duty    `json:"duties,omitempty"`
	// Packs are the packs that were asked, as "id@version".
	Packs []string `json:"packs,omitempty"`
}

// Kind gives the kind of finding behind the verdict's outcome, for choosing
// the sentence that a person reads; "" if it allows.
func (v Verdict) Kind() string {
	for _, r := range v.Reasons {
		if r.To == v.Outcome && r.To != Allow {
			return r.Kind
		}
	}
	return ""
}

// Why gives what the rules behind the outcome say, each sentence once; "" if it
// allows.
func (v Verdict) Why() string {
	if v.Outcome == Allow {
		return ""
	}
	var why []string
	for _, r := range v.Reasons {
		if r.To == v.Outcome && !slices.Contains(why, r.Because) {
			why = append(why, r.Because)
		}
	}
	return strings.Join(why, " ")
}

// Owes tells whether a duty is among the verdict's.
func (v Verdict) Owes(do string) bool {
	for _, d := range v.Duties {
		if d.Do == do {
			return true
		}
	}
	return false
}

// Judge decides by the packs in force.
type Judge interface {
	Decide(ctx context.Context, in Input) Verdict
	// Soften gives a softer text for a verdict that asks for a rewrite; see
	// Packs.
	Soften(ctx context.Context, text, locale string, v Verdict) (softer string, ok bool)
}

// Strictest joins verdicts on parts of one thing into one on the whole.
func Strictest(vs ...Verdict) Verdict {
	out := Verdict{Outcome: Allow}
	for _, v := range vs {
		if strictness[v.Outcome] > strictness[out.Outcome] {
			out.Outcome = v.Outcome
		}
		out.Reasons = append(out.Reasons, v.Reasons...)
		out.Findings = append(out.Findings, v.Findings...)
		out.Duties = append(out.Duties, v.Duties...)
		for _, p := range v.Packs {
			out.addPack(p)
		}
	}
	return out
}

func (v *Verdict) add(r Reason) {
	for _, have := range v.Reasons {
		if have.Rule == r.Rule && have.Kind == r.Kind {
			return
		}
	}
	v.Reasons = append(v.Reasons, r)
	if strictness[r.To] > strictness[v.Outcome] {
		v.Outcome = r.To
	}
}

func (v *Verdict) addPack(p string) {
	for _, have := range v.Packs {
		if have == p {
			return
		}
	}
	v.Packs = append(v.Packs, p)
}
