package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"
)

// Layer says whose rules a pack holds. All packs that apply are asked and the
// strictest rule wins, so a layer can tighten what those before it say and
// never loosen it.
type Layer string

// The layers, from the widest.
const (
	Platform Layer = "platform"
	Company  Layer = "company"
	Brand    Layer = "brand"
	Campaign Layer = "campaign"
	Market   Layer = "market"
)

var layers = []Layer{Platform, Company, Brand, Campaign, Market}

// Bounds of a pack.
const (
	packBytes = 256 << 10
	rulesMax  = 200
	whenMax   = 2000
	casesMax  = 500
)

// Pack is a versioned set of rules.
type Pack struct {
	// Schema is 1.
	Schema int `json:"schema"`
	// ID is lower case with hyphens; Version three numbers.
	ID      string `json:"id"`
	Version string `json:"version"`
	Layer   Layer  `json:"layer"`
	// Title and About are for people.
	Title string `json:"title"`
	About string `json:"about,omitempty"`
	// For are the ids of brands or campaigns that a pack of that layer is for.
	For []string `json:"for,omitempty"`
	// Markets are the markets that it is for; none means all.
	Markets []string `json:"markets,omitempty"`
	// Source is where the rules come from, and when that was read.
	Source *Source `json:"source,omitempty"`
	Rules  []Rule  `json:"rules"`
	// Sufficient are the stages at which the built-in detectors suffice while
	// a hosted moderator is down.
	Sufficient []Stage `json:"sufficient,omitempty"`
	// Softer are words by locale, and what stands in for them in a rewrite; ""
	// leaves the word out.
	Softer map[string]map[string]string `json:"softer,omitempty"`
	// Cases are examples that the pack is tested with.
	Cases []Case `json:"cases,omitempty"`
}

// Source is where a rule comes from.
type Source struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	// Date is the day on which it was read, as YYYY-MM-DD; Since the day from
	// which it holds, if it has one.
	Date  string `json:"date"`
	Since string `json:"since,omitempty"`
}

// Rule says what follows where its condition holds.
type Rule struct {
	ID string `json:"id"`
	// Stages and Kinds say where the rule is asked: at one of these stages and
	// with a finding of one of these kinds. None means all, and always.
	Stages []Stage  `json:"stages,omitempty"`
	Kinds  []string `json:"kinds,omitempty"`
	// When is a condition in CEL; "" always holds. Besides the fields of Input
	// it knows `kinds`, the highest score by kind, and `kind` and `score` of the
	// one of the rule's kinds that it is asked for.
	When string `json:"when,omitempty"`
	// Then is the outcome; "" for a rule that only has duties.
	Then    Outcome `json:"then,omitempty"`
	Duties  []Duty  `json:"duties,omitempty"`
	Because string  `json:"because"`
	Source  *Source `json:"source,omitempty"`
}

// Case is an example: an input and what must come of it.
type Case struct {
	Name    string  `json:"name"`
	Input   Input   `json:"input"`
	Outcome Outcome `json:"outcome"`
	// Rules are the rules that must fire, by their id in this pack.
	Rules []string `json:"rules,omitempty"`
	// Duties are what must be owed.
	Duties []string `json:"duties,omitempty"`
}

// Key is "id@version".
func (p *Pack) Key() string { return p.ID + "@" + p.Version }

// Problem is one thing that is wrong with a pack.
type Problem struct {
	// Where is the rule or field.
	Where string
	What  string
}

func (p Problem) Error() string { return p.Where + ": " + p.What }

var (
	idForm      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
	versionForm = regexp.MustCompile(`^\d{1,4}\.\d{1,4}\.\d{1,4}$`)
	kindForm    = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)
	dutyKinds   = []string{"notice", "label", "footnote", "metadata", "watermark", "second_reviewer", "helpful_answer", "consent"}
)

// ReadPack reads a pack and says everything that is wrong with it, joined
// Problems. What it gives without an error still has to compile.
func ReadPack(r io.Reader) (*Pack, error) {
	raw, err := io.ReadAll(io.LimitReader(r, packBytes+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > packBytes {
		return nil, Problem{"pack", fmt.Sprintf("it is larger than %d KB", packBytes>>10)}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var p Pack
	if err := d.Decode(&p); err != nil {
		return nil, Problem{"pack", place(raw, err)}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, Problem{"pack", "there is more after its end"}
	}
	return &p, errors.Join(p.problems()...)
}

// place says where in a JSON text an error is.
func place(raw []byte, err error) string {
	at := int64(-1)
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &typed):
		at = typed.Offset
	}
	if at < 0 || at > int64(len(raw)) {
		return err.Error()
	}
	return fmt.Sprintf("line %d: %v", 1+bytes.Count(raw[:at], []byte("\n")), err)
}

func (p *Pack) problems() (all []error) {
	say := func(where, format string, args ...any) {
		all = append(all, Problem{where, fmt.Sprintf(format, args...)})
	}
	if p.Schema != 1 {
		say("schema", "must be 1")
	}
	if !idForm.MatchString(p.ID) {
		say("id", "must be lower-case letters, digits and hyphens")
	}
	if !versionForm.MatchString(p.Version) {
		say("version", "must be three numbers, such as 1.0.0")
	}
	if !slices.Contains(layers, p.Layer) {
		say("layer", "must be one of %v", layers)
	}
	if (p.Layer == Brand || p.Layer == Campaign) != (len(p.For) > 0) {
		say("for", "must name brands or campaigns in packs of those layers, and only there")
	}
	if p.Layer == Market && len(p.Markets) == 0 {
		say("markets", "must name the markets")
	}
	if p.Title == "" {
		say("title", "is missing")
	}
	p.Source.problems("source", say)
	for _, s := range p.Sufficient {
		if !slices.Contains(Stages, s) {
			say("sufficient", "there is no stage %q", s)
		}
	}
	if len(p.Rules) == 0 || len(p.Rules) > rulesMax {
		say("rules", "must be 1 to %d", rulesMax)
	}
	if len(p.Cases) > casesMax {
		say("cases", "must be at most %d", casesMax)
	}
	seen := map[string]bool{}
	for i, r := range p.Rules {
		where := fmt.Sprintf("rules[%d]", i)
		if r.ID != "" {
			where = "rule " + r.ID
		}
		if seen[r.ID] {
			say(where, "there are two of this id")
		}
		seen[r.ID] = true
		r.problems(where, say)
	}
	for i, c := range p.Cases {
		where := fmt.Sprintf("cases[%d]", i)
		if _, ok := strictness[c.Outcome]; !ok {
			say(where, "there is no outcome %q", c.Outcome)
		}
		for _, id := range c.Rules {
			if !seen[id] {
				say(where, "there is no rule %q", id)
			}
		}
	}
	return all
}

func (r *Rule) problems(where string, say func(where, format string, args ...any)) {
	if !idForm.MatchString(r.ID) {
		say(where, "its id must be lower-case letters, digits and hyphens")
	}
	if r.Because == "" {
		say(where, "must say why: `because` is missing")
	}
	if len(r.When) > whenMax {
		say(where, "`when` is longer than %d characters", whenMax)
	}
	for _, s := range r.Stages {
		if !slices.Contains(Stages, s) {
			say(where, "there is no stage %q", s)
		}
	}
	for _, k := range r.Kinds {
		if !kindForm.MatchString(k) {
			say(where, "%q is no kind of finding", k)
		}
	}
	if _, ok := strictness[r.Then]; !ok && r.Then != "" {
		say(where, "there is no outcome %q", r.Then)
	}
	if r.Then == Deny && slices.Contains(r.Kinds, ClassifierKind) {
		say(where, "the classifier is unfair to some dialects, so it may only hold for a person")
	}
	if r.Then == "" && len(r.Duties) == 0 {
		say(where, "must have an outcome or duties")
	}
	for _, d := range r.Duties {
		if !slices.Contains(dutyKinds, d.Do) {
			say(where, "there is no duty %q", d.Do)
		}
		if d.Rule != "" {
			say(where, "a duty's rule is filled in when it fires")
		}
	}
	r.Source.problems(where+" source", say)
}

func (s *Source) problems(where string, say func(where, format string, args ...any)) {
	if s == nil {
		return
	}
	if s.Name == "" {
		say(where, "its name is missing")
	}
	for _, d := range []string{s.Date, s.Since} {
		if _, err := time.Parse(time.DateOnly, d); err != nil && (d != "" || d == s.Date) {
			say(where, "%q is no day such as 2026-08-02", d)
		}
	}
}
