// Package policy turns findings into a verdict by rules. It is pure: the same
// findings always give the same verdict, and nothing is read or written.
package policy

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

// The stages of a creation.
const (
	Prompt    Stage = "prompt"
	CanvasTxt Stage = "canvas_text"
	Title     Stage = "title"
	Name      Stage = "display_name"
	Report    Stage = "report"
	Picture   Stage = "picture"
)

// Finding is what a detector saw in a text or picture.
type Finding struct {
	// Detector is who saw it, with its version: "words/1".
	Detector string `json:"detector"`
	// Kind is what it is: "slur", "profanity", "personal_data", "contact",
	// "url", "detector_failed".
	Kind string `json:"kind"`
	// Start and End are byte offsets in the original text; both 0 for a picture.
	Start int `json:"start"`
	End   int `json:"end"`
	// Score is the detector's certainty, 0 to 1.
	Score float64 `json:"score"`
}

// Reason is one rule that fired.
type Reason struct {
	Rule string  `json:"rule"`
	Kind string  `json:"kind"`
	To   Outcome `json:"outcome"`
}

// Verdict is the decision, with why.
type Verdict struct {
	Outcome  Outcome   `json:"outcome"`
	Reasons  []Reason  `json:"reasons,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
}
