package brand

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// BuiltIn is a rule that holds for every kit, as data.
type BuiltIn struct {
	// ID is the Rule of a Finding, and Since the version of the rulebook that
	// it came with.
	ID    string `json:"id"`
	Since int    `json:"since"`
	// Severity is what a finding has where no rule of a kit says otherwise.
	Severity Severity `json:"severity"`
	// Reason says by locale why the rule is there.
	Reason map[string]string `json:"-"`
	// Sentence says by locale what is wrong, with "{detail}" in the place of a
	// finding's Detail; nil for the rules of version 1, whose sentences stand
	// with the pages' other ones.
	Sentence map[string]string `json:"sentence,omitempty"`

	ReasonID string `json:"reason"`
}

//go:embed rulebook.json
var rulebookFile []byte

type rulebook struct {
	Version int                          `json:"version"`
	Reasons map[string]map[string]string `json:"reasons"`
	Rules   []BuiltIn                    `json:"rules"`
	byID    map[string]*BuiltIn
}

// The file is part of the program; a test reads every line of it.
var book = func() (b rulebook) {
	if err := json.Unmarshal(rulebookFile, &b); err != nil {
		panic(err)
	}
	b.byID = make(map[string]*BuiltIn, len(b.Rules))
	for i := range b.Rules {
		r := &b.Rules[i]
		r.Reason = b.Reasons[r.ReasonID]
		b.byID[r.ID] = r
	}
	return b
}()

// RulebookVersion counts the changes of the rules that hold for every kit.
func RulebookVersion() int { return book.Version }

// Rulebook gives the rules that hold for every kit, by id.
func Rulebook() []BuiltIn { return slices.Clone(book.Rules) }

// Rules are the ids of the rules whose sentences stand with the pages' other
// ones, in order: the keys that a locale file needs. The sentences of all later
// rules come with them; see Say.
func Rules() []string { return slices.Sorted(maps.Keys(sentences)) }

// Say gives a finding's sentence in a locale; where the rulebook has none for
// it, the finding's own English one.
func Say(f Finding, locale string) string {
	if r := book.byID[f.Rule]; r != nil {
		if s := r.Sentence[locale]; s != "" {
			return strings.ReplaceAll(s, "{detail}", f.Detail)
		}
	}
	return f.Message
}

// Why says in a locale why there is the rule that a finding is about: in the
// words of the kit's own rule if it is one, else in the rulebook's.
func (k *Kit) Why(f Finding, locale string) string {
	if r := k.Rule(f.By); r != nil {
		return inLocale(r.Reason, locale)
	}
	if r := book.byID[f.Rule]; r != nil {
		return inLocale(r.Reason, locale)
	}
	return ""
}

// sentence is what a rule says in English.
func sentence(rule string, args ...any) string {
	if s, ok := sentences[rule]; ok {
		return fmt.Sprintf(s, args...)
	}
	s := book.byID[rule].Sentence["en"]
	if len(args) > 0 {
		s = strings.ReplaceAll(s, "{detail}", fmt.Sprint(args[0]))
	}
	return s
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
