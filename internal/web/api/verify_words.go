package api

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"marquee/internal/fingerprint"
	"marquee/internal/provenance"
	"marquee/internal/web/problem"
)

type checkStep struct {
	Kind    string `json:"kind" enum:"file,credential,watermark,fingerprint"`
	Outcome string `json:"outcome" enum:"found,altered,foreign,unsure,none,needless,impossible,undone" doc:"found leads to a work of ours; altered is a credential of ours in a file that was changed since; foreign is somebody else's credential; undone was left out for lack of time, which says nothing about the file"`
	Found   bool   `json:"found" doc:"Whether it leads to a work of ours"`
	Says    string `json:"says" doc:"What was seen, as a sentence"`
	// Proves and ProvesNot are the same for each outcome.
	Proves    string    `json:"proves" doc:"What such a find proves"`
	ProvesNot string    `json:"proves_not" doc:"What it does not prove"`
	Sureness  *sureness `json:"sureness,omitempty" doc:"How sure it is; left out where nothing was found"`
	Distance  *int      `json:"distance,omitempty" doc:"How many of the fingerprint's 256 bits differ from those of the nearest work"`
}

type sureness struct {
	Word  string  `json:"word" enum:"certain,very_sure,likely,possible"`
	OneIn float64 `json:"one_in,omitempty" doc:"The step would say the same of at most one in so many pictures that have nothing to do with us"`
	// Chance is with fingerprint.
	Chance float64 `json:"chance,omitempty" doc:"How likely it is, 0 to 1, that the picture was made from the work, by the model of docs/fingerprint.md"`
	Says   string  `json:"says" doc:"The same as a sentence"`
}

type signedView struct {
	Whose      string    `json:"whose" enum:"ours,listed,stranger" doc:"Who signed it: this house, a signer that this house believes, or one that nobody we know vouches for"`
	Intact     bool      `json:"intact" doc:"Nothing was changed since"`
	Beside     bool      `json:"beside" doc:"It came in a file of its own"`
	Label      string    `json:"label" doc:"Of the newest manifest"`
	Signer     string    `json:"signer" doc:"The name in the signer's certificate"`
	Issuer     string    `json:"issuer"`
	Generator  string    `json:"generator" doc:"The program that made the claim"`
	At         time.Time `json:"at,omitzero" doc:"When a time-stamp authority saw it"`
	SourceType string    `json:"source_type,omitempty" doc:"The last word of IPTC's digital source type"`
	Actions    []string  `json:"actions" doc:"What was done, in the words of C2PA"`
	Manifests  int       `json:"manifests"`
	BuiltOn    int       `json:"built_on" doc:"How many works of ours it says the file was made from"`
	Failures   []string  `json:"failures" doc:"Status codes of the C2PA specification"`
}

func viewSigned(c *provenance.Credential) *signedView {
	if c == nil {
		return nil
	}
	return &signedView{
		Whose: string(c.Whose), Intact: c.Intact, Beside: c.Beside, Label: c.Label, Signer: c.Signer, Issuer: c.Issuer, Generator: c.Generator,
		At: c.Time, SourceType: c.SourceType, Actions: orEmpty(c.Actions), Manifests: c.Manifests, BuiltOn: len(c.Works), Failures: orEmpty(c.Failures),
	}
}

// words says what a check found, in a language.
type words struct{ locale string }

// say gives a sentence of the locale files; English where a language lacks it.
func (w words) say(code string, args map[string]any) string {
	return problem.Sentence(w.locale, code, problem.Sentence("en", code, code, args), args)
}

// join puts sentences after one another as the language does.
func (w words) join(sentences ...string) string {
	space := " "
	if w.locale == "ja" {
		space = ""
	}
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), space)
}

// number writes a whole number with the marks between its thousands that the
// language has.
func (w words) number(n int64) string {
	mark := ","
	switch w.locale {
	case "de", "es":
		mark = "."
	case "fr":
		mark = "\u202f"
	}
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// decimal writes a number with one digit after the sign that the language has.
func (w words) decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', 1, 64)
	switch w.locale {
	case "de", "es", "fr":
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// message sums a check up: what the file is, and where the work stands now.
func (w words) message(r *provenance.Result, work *workView) string {
	if work == nil {
		return w.unknown(r)
	}
	args := map[string]any{"campaign": work.CampaignName}
	if len(r.Works) > 1 && r.Match == provenance.MatchFingerprint {
		return w.say("verify_alike_several", args)
	}
	how := "verify_" + string(r.Match)
	if r.Match == provenance.MatchWatermark && r.Altered.Unlike {
		how += "_unlike"
	}
	standing := "verify_is_" + work.State
	switch {
	case work.Kind == "page":
		standing = "verify_is_page"
	case work.Kind == "candidate":
		standing = "verify_is_candidate"
	case work.NewerURL != "":
		standing = "verify_is_corrected"
	}
	return w.join(w.say(how, args), w.say(standing, nil))
}

// unknown sums up a check that led to no work.
func (w words) unknown(r *provenance.Result) string {
	c := r.Credential
	switch {
	case r.Match == provenance.MatchCredential:
		return w.say("verify_unregistered", nil)
	case len(r.Undone()) > 0:
		return w.say("verify_undone", nil)
	case c != nil && c.Whose == provenance.Ours:
		if r.Step(provenance.StepWatermark).Outcome == provenance.Impossible {
			return w.say("verify_altered_closed", nil)
		}
		return w.say("verify_altered", nil)
	case c != nil && len(c.Works) > 0:
		return w.join(w.say("verify_none", nil), w.say("verify_none_built", nil))
	case c != nil:
		return w.join(w.say("verify_none", nil), w.say("verify_none_signed", nil))
	}
	return w.say("verify_none", nil)
}

func (w words) steps(r *provenance.Result) []checkStep {
	out := make([]checkStep, len(r.Steps))
	for i, s := range r.Steps {
		kind := string(s.Kind)
		args := map[string]any{}
		if c := r.Credential; c != nil {
			args["signer"] = c.Signer
		}
		if s.Distance >= 0 {
			args["distance"] = s.Distance
		}
		out[i] = checkStep{
			Kind: kind, Outcome: string(s.Outcome), Found: s.Outcome == provenance.Found,
			Says: w.say(saysCode(s, r), args), Proves: w.say("check_"+kind+"_proves", nil), ProvesNot: w.say("check_"+kind+"_proves_not", nil),
			Sureness: w.sureness(s),
		}
		if s.Distance >= 0 {
			d := s.Distance
			out[i].Distance = &d
		}
	}
	return out
}

// saysCode gives the code of the sentence for a step's outcome.
func saysCode(s provenance.Step, r *provenance.Result) string {
	kind := "check_" + string(s.Kind)
	switch s.Outcome {
	case provenance.Needless, provenance.Impossible, provenance.Undone:
		return "check_" + string(s.Outcome)
	case provenance.Foreign:
		switch {
		case !r.Credential.Intact:
			return kind + "_broken"
		case r.Credential.Whose == provenance.Listed:
			return kind + "_listed"
		}
		return kind + "_stranger"
	case provenance.Found:
		if s.Kind == provenance.StepCredential && len(r.Credential.Works) == 0 {
			return kind + "_unregistered"
		}
		if s.Kind == provenance.StepWatermark && r.Altered.Unlike {
			return kind + "_unlike"
		}
		if s.Kind == provenance.StepFingerprint && s.Distance > fingerprint.Near {
			return kind + "_part"
		}
	}
	return kind + "_" + string(s.Outcome)
}

// sureness puts into words how far a find may be trusted. Sums and signatures
// have no chance that is worth a number.
func (w words) sureness(s provenance.Step) *sureness {
	if s.Outcome != provenance.Found && s.Outcome != provenance.Unsure {
		return nil
	}
	kind := "check_" + string(s.Kind) + "_sure"
	switch {
	case s.Kind == provenance.StepFile || s.Kind == provenance.StepCredential && s.Outcome == provenance.Found:
		return &sureness{Word: "certain", Says: w.say(kind, nil)}
	case s.Chance > 0:
		word := "possible"
		switch {
		case s.Outcome == provenance.Unsure:
		case s.Chance >= 0.999:
			word = "very_sure"
		default:
			word = "likely"
		}
		// No more is said than was measured.
		c := min(math.Floor(s.Chance*1000)/1000, 0.999)
		return &sureness{Word: word, Chance: c, Says: w.say(kind, map[string]any{"chance": w.decimal(c * 100)})}
	case s.OneIn < 2:
		return nil
	}
	word := "possible"
	switch {
	case s.Outcome == provenance.Unsure:
	case s.OneIn >= 100_000:
		word = "very_sure"
	case s.OneIn >= 1_000:
		word = "likely"
	}
	// Two digits are as much as is known.
	size := math.Pow(10, math.Floor(math.Log10(s.OneIn))-1)
	rounded := math.Floor(s.OneIn/size) * size
	return &sureness{Word: word, OneIn: rounded, Says: w.say(kind, map[string]any{"one_in": w.number(int64(rounded))})}
}
