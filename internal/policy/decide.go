package policy

// FailedKind is the finding of a detector that could not run. No pack may
// allow it.
const FailedKind = "detector_failed"

// rule says what a finding of a kind leads to at a stage.
type rule struct {
	name string
	kind string
	// stages is nil for all of them.
	stages []Stage
	// above is the score from which the rule fires.
	above float64
	to    Outcome
}

// platform are the rules that hold for every campaign. Where several fire the
// strictest wins.
var platform = []rule{
	{name: "platform/check-failed", kind: FailedKind, to: Hold},
	{name: "platform/slur", kind: "slur", to: Deny},
	{name: "platform/sexual", kind: "sexual", to: Deny},
	{name: "platform/violence", kind: "violence", to: Hold},
	{name: "platform/self-harm", kind: "self_harm", to: Hold},
	{name: "platform/profanity", kind: "profanity", to: Deny},
	{name: "platform/insult", kind: "insult", to: Hold, stages: []Stage{Prompt, CanvasTxt, Title, Name}},
	{name: "platform/personal-data", kind: "personal_data", to: Deny, stages: []Stage{Prompt, CanvasTxt, Title, Name}},
	{name: "platform/link", kind: "url", to: Deny, stages: []Stage{Prompt, CanvasTxt, Title, Name}},
	{name: "platform/impersonation", kind: "impersonation", to: Deny, stages: []Stage{Name}},
	{name: "platform/picture-unreadable", kind: "picture_unreadable", to: Deny, stages: []Stage{Picture}},
}

// Decide judges findings at a stage. No finding means allow; a finding of a
// kind that no rule knows is held, because nobody has said that it is harmless.
func Decide(stage Stage, findings []Finding) Verdict {
	v := Verdict{Outcome: Allow, Findings: findings}
	for _, f := range findings {
		known := false
		for _, r := range platform {
			if r.kind != f.Kind {
				continue
			}
			known = true
			if f.Score < r.above || !r.covers(stage) {
				continue
			}
			v.add(Reason{Rule: r.name, Kind: f.Kind, To: r.to})
		}
		if !known {
			v.add(Reason{Rule: "platform/unknown-kind", Kind: f.Kind, To: Hold})
		}
	}
	return v
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
	}
	return out
}

// Kind gives the kind of finding behind the verdict's outcome, for choosing
// the sentence that a person reads; "" if it allows.
func (v Verdict) Kind() string {
	for _, r := range v.Reasons {
		if r.To == v.Outcome {
			return r.Kind
		}
	}
	return ""
}

func (v *Verdict) add(r Reason) {
	for _, have := range v.Reasons {
		if have == r {
			return
		}
	}
	v.Reasons = append(v.Reasons, r)
	if strictness[r.To] > strictness[v.Outcome] {
		v.Outcome = r.To
	}
}

func (r rule) covers(s Stage) bool {
	if r.stages == nil {
		return true
	}
	for _, x := range r.stages {
		if x == s {
			return true
		}
	}
	return false
}
