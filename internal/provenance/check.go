package provenance

import "time"

// Match says by what a file was recognised; the first of its steps that led to
// a work of ours.
type Match string

// The matches, the surest first.
const (
	// MatchExact is a file that was served, byte for byte.
	MatchExact Match = "exact"
	// MatchCredential is a file with a credential that we signed for these very
	// bytes.
	MatchCredential Match = "credential"
	// MatchWatermark is a picture that carries the number of a work of ours.
	MatchWatermark Match = "watermark"
	// MatchFingerprint is a picture that looks like a work of ours.
	MatchFingerprint Match = "fingerprint"
	// MatchNone is a file in which nothing of ours was found. What could not be
	// looked at is in Result.Undone: without it, none is no answer.
	MatchNone Match = "none"
)

// StepKind is one of the ways in which a file is looked at.
type StepKind string

// The steps, in their order.
const (
	StepFile        StepKind = "file"        // the SHA-256 of its bytes
	StepCredential  StepKind = "credential"  // the content credential in it, or beside it
	StepWatermark   StepKind = "watermark"   // the number that is woven into its pixels
	StepFingerprint StepKind = "fingerprint" // how it looks, compared with all works
)

// Outcome is what came of a step.
type Outcome string

// The outcomes.
const (
	// Found leads to a work of ours.
	Found Outcome = "found"
	// Altered is a credential of ours in a file that is no longer as it was
	// signed.
	Altered Outcome = "altered"
	// Foreign is a credential that somebody else signed.
	Foreign Outcome = "foreign"
	// Unsure is something that may lead to a work of ours and does not prove it:
	// a number that the register does not know, or several works that look alike.
	Unsure Outcome = "unsure"
	// Nothing says that it was looked for and not found.
	Nothing Outcome = "none"
	// Needless says that an earlier step had settled it.
	Needless Outcome = "needless"
	// Impossible says that a file of this kind has nothing to look at.
	Impossible Outcome = "impossible"
	// Undone says that there was no time to look, which says nothing about the
	// file.
	Undone Outcome = "undone"
)

// Step is one look at a file.
type Step struct {
	Kind    StepKind
	Outcome Outcome
	// OneIn bounds how often the step would say the same of a picture that has
	// nothing to do with us: once in so many. 0 where no such number is known.
	OneIn float64
	// Chance is how likely it is, 0 to 1, that the picture was made from the work
	// that the step leads to; 0 where that is not measured. See
	// fingerprint.Match.Sureness.
	Chance float64
	// Distance is how many of the 256 bits of the fingerprint differ from those
	// of the work that is nearest; -1 where none was compared.
	Distance int
}

// Known is a thing of the register that a file leads to.
type Known struct {
	// Kind is "creation", "candidate" or "page".
	Kind, ID                 string
	Revision                 int
	Campaign                 string
	Kit                      string
	Provider, Model, Version string
	Marks                    []string
	// Format is that of the file that was served; "" if only the work is known.
	Format string
	// Width and Height are those of the file that was served, else the work's.
	Width, Height int
	// OriginID is 0 for a file of an earlier release.
	OriginID uint64
	// MadeAt is when the file, or else the work, was registered.
	MadeAt time.Time
}

// Alteration tells how the file that was checked differs from what left us, as
// far as the steps saw it. The zero value says that nothing is known.
type Alteration struct {
	// Same says that it is the very file.
	Same bool
	// Resaved says that its bytes are others, while its pixels may look the same.
	Resaved bool
	// Scale is its size against the work's, 1 for the same; 0 if unknown.
	Scale float64
	// Cropped says that a part of the work is missing, or something was put
	// around it.
	Cropped bool
	// Turn is by how many degrees it is turned, clockwise.
	Turn float64
	// Unlike says that it carries the number of a work that it does not look
	// like: something was painted over it, or the number was copied into it.
	Unlike bool
}

// Result is what a check found.
type Result struct {
	// SHA256 is that of the file, in lower-case hex.
	SHA256 string
	Match  Match
	// Steps are all four, in their order.
	Steps []Step
	// Works are what the file leads to, the likeliest first; none for no match.
	// After an exact match they are all that these bytes were served for, after
	// a fingerprint all that look about as much alike.
	Works []Known
	// Credential sums up the content credential of the file; nil if it has none.
	Credential *Credential
	// Altered tells how the file differs from what left us.
	Altered Alteration
}

// Step gives the step of a kind.
func (r *Result) Step(kind StepKind) Step {
	for _, s := range r.Steps {
		if s.Kind == kind {
			return s
		}
	}
	return Step{Kind: kind, Outcome: Undone, Distance: -1}
}

// Undone lists the steps for which there was no time.
func (r *Result) Undone() []StepKind {
	var out []StepKind
	for _, s := range r.Steps {
		if s.Outcome == Undone {
			out = append(out, s.Kind)
		}
	}
	return out
}

// Whose says who signed a credential.
type Whose string

// The signers.
const (
	// Ours is the signer of this installation, or one that it had before.
	Ours Whose = "ours"
	// Listed is a signer that the trust list of this installation vouches for.
	Listed Whose = "listed"
	// Stranger is a signer that nobody we know vouches for: the name in the
	// certificate may be anybody's invention.
	Stranger Whose = "stranger"
)

// Credential is what a file's content credential says, in short. Apart from
// Whose and Intact it is the signer's word.
type Credential struct {
	Whose Whose
	// Intact says that neither the credential nor the file was changed since.
	Intact bool
	// Beside says that it came in a file of its own.
	Beside bool
	// Label names the newest manifest.
	Label string
	// Signer and Issuer are the names in the signer's certificate.
	Signer, Issuer string
	// Generator is the program that made the claim.
	Generator string
	// Time is when a time-stamp authority saw it; zero without one.
	Time time.Time
	// SourceType is the last word of the newest digital source type that an
	// action names, such as "trainedAlgorithmicMedia"; "" if none does.
	SourceType string
	// Actions are those of the newest manifest, such as "c2pa.opened"; at most 20.
	Actions []string
	// Manifests is how many there are, each the history of the one after it.
	Manifests int
	// Works are works of ours that it says the file was made from, when somebody
	// else signed: the validated manifests in it that our register knows.
	Works []Known
	// Failures are the codes of the specification for what is wrong.
	Failures []string
}
