package brand

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	maxRules  = 100
	maxLegal  = 100
	maxClaims = 50
	maxScope  = 300
)

var marketShape = regexp.MustCompile(`^[A-Z]{2}$`)

// fieldsOf are the measures that each kind of rule takes; those with a star it
// has to have, and of those with a plus at least one.
var fieldsOf = map[RuleKind]string{
	RuleWidth: "min+ max+", RuleRotation: "max*", RuleClearSpace: "min*", RuleContrast: "min*", RuleGround: "ground*",
	RuleColor: "colors* tolerance* layers", RuleDistance: "min*", RuleApart: "marks*", RuleLegalLine: "line*",
	RuleTextSize: "min+ max+", RuleTextContrast: "min* min_large", RuleWords: "words*",
}

// aboutMarks are the kinds that Marks may narrow.
var aboutMarks = []RuleKind{RuleWidth, RuleRotation, RuleClearSpace, RuleContrast, RuleGround, RuleDistance, RuleApart}

// rangesOf bound the measures of each kind.
var rangesOf = map[RuleKind]struct{ low, high float64 }{
	RuleWidth: {0.001, 1}, RuleRotation: {0, 180}, RuleClearSpace: {0, 1}, RuleContrast: {1, 21},
	RuleDistance: {0, 0.5}, RuleTextSize: {0.01, 0.5}, RuleTextContrast: {1, 21},
}

func (v *validator) rules() {
	k, p := v.kit, v.problems
	if len(k.Rules) > maxRules {
		p.add("rules", "rules_too_many", "A kit has at most %d rules.", maxRules)
		k.Rules = nil
		return
	}
	seen := map[string]bool{}
	good := true
	for i := range k.Rules {
		r := &k.Rules[i]
		path := fmt.Sprintf("rules[%d]", i)
		before := p.count()
		v.id(path, r.ID, seen)
		if r.Version < 1 || r.Version > 1e6 {
			p.add(path+".version", "version_invalid", "The version counts the rule's changes, from 1.")
		}
		if r.Severity != Refused && r.Severity != Warned {
			p.add(path+".severity", "severity_unknown", "The severity should be error or warning.")
		}
		v.localized(path+".reason", r.Reason)
		v.scope(path, r)
		v.measures(path, r)
		good = good && p.count() == before
	}
	if good && p.count() == 0 {
		v.conflicts()
	}
}

func (v *validator) scope(path string, r *Rule) {
	for _, id := range r.Marks {
		if v.kit.Mark(id) == nil {
			v.problems.add(path+".marks", "mark_unknown", "The kit has no mark %.40q.", id)
		}
	}
	if len(r.Marks) > 0 && !slices.Contains(aboutMarks, r.Kind) {
		v.problems.add(path+".marks", "field_foreign", "A rule of the kind %.20s is not about marks.", r.Kind)
	}
	v.places(path, r.Markets, r.Channels, r.From, r.Until)
}

// places checks where and when something holds.
func (v *validator) places(path string, markets, channels []string, from, until string) {
	if len(markets) > maxScope {
		v.problems.add(path, "markets_too_many", "At most %d markets can be named.", maxScope)
	}
	for _, m := range markets {
		if !marketShape.MatchString(m) {
			v.problems.add(path, "market_invalid", "%.20q is not a market: use two capital letters, like DE.", m)
		}
	}
	for _, c := range channels {
		if !slices.Contains(Channels, c) {
			v.problems.add(path, "channel_unknown", "%.20q is not one of the channels: %s.", c, strings.Join(Channels, ", "))
		}
	}
	var first, last time.Time
	for _, d := range []struct {
		name, day string
		at        *time.Time
	}{{"from", from, &first}, {"until", until, &last}} {
		if d.day == "" {
			continue
		}
		t, err := time.Parse(time.DateOnly, d.day)
		if err != nil {
			v.problems.add(path+"."+d.name, "date_invalid", "A day is written like 2026-12-24.")
			continue
		}
		*d.at = t
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		v.problems.add(path+".until", "date_order", "It ends on %s, before it begins on %s.", until, from)
	}
}

// present are the measures that a rule has.
func (r *Rule) present() map[string]bool {
	return map[string]bool{
		"min": r.Min != nil, "min_large": r.MinLarge != nil, "max": r.Max != nil, "ground": r.Ground != "",
		"colors": len(r.Colors) > 0, "tolerance": r.Tolerance != nil, "line": r.Line != "", "words": len(r.Words) > 0,
		"marks": len(r.Marks) > 0, "layers": len(r.Layers) > 0,
	}
}

func (v *validator) measures(path string, r *Rule) {
	p := v.problems
	wanted, ok := fieldsOf[r.Kind]
	if !ok {
		p.add(path+".kind", "kind_unknown", "%.20q is not a kind of rule: %s.", r.Kind, strings.Join(kinds(), ", "))
		return
	}
	has := r.present()
	known := map[string]bool{"marks": true}
	either, some := []string{}, false
	for field := range strings.FieldsSeq(wanted) {
		name := strings.TrimRight(field, "*+")
		known[name] = true
		if strings.HasSuffix(field, "*") && !has[name] {
			p.add(path+"."+name, "field_missing", "A rule of the kind %s needs it.", r.Kind)
		}
		if strings.HasSuffix(field, "+") {
			either, some = append(either, name), some || has[name]
		}
	}
	if len(either) > 0 && !some {
		p.add(path, "field_missing", "A rule of the kind %s needs one of these: %s.", r.Kind, strings.Join(either, ", "))
	}
	for _, name := range sortedKeys(has) {
		if has[name] && !known[name] {
			p.add(path+"."+name, "field_foreign", "A rule of the kind %s has no such measure.", r.Kind)
		}
	}
	span := rangesOf[r.Kind]
	for name, n := range map[string]*float64{"min": r.Min, "min_large": r.MinLarge, "max": r.Max} {
		if n != nil && known[name] {
			v.within(path+"."+name, *n, span.low, span.high)
		}
	}
	if r.Min != nil && r.Max != nil && *r.Max < *r.Min {
		p.add(path+".max", "number_range", "It should not be less than min.")
	}
	if r.Tolerance != nil {
		v.within(path+".tolerance", *r.Tolerance, 0, 100)
	}
	v.named(path, r)
}

// named checks what a rule names of the kit.
func (v *validator) named(path string, r *Rule) {
	p := v.problems
	if r.Ground != "" && r.Ground != Light && r.Ground != Dark {
		p.add(path+".ground", "ground_unknown", "The ground should be light or dark.")
	}
	for _, name := range r.Colors {
		if v.kit.Color(name) == "" {
			p.add(path+".colors", "color_unknown", "%.40q is not a colour of this kit.", name)
		}
	}
	for _, l := range r.Layers {
		if l != "text" && l != "shape" {
			p.add(path+".layers", "layer_unknown", "%.20q is not a kind of layer with a colour: text, shape.", l)
		}
	}
	if r.Kind == RuleApart && len(r.Marks) == 1 {
		p.add(path+".marks", "field_missing", "Name at least two marks that may not be together.")
	}
	if r.Line != "" && v.kit.Legal(r.Line) == nil {
		p.add(path+".line", "line_unknown", "%.40q is not a legal line of this kit.", r.Line)
	}
	v.wordLists(path+".words", r.Words)
}

func (v *validator) wordLists(path string, lists map[string][]string) {
	for _, l := range sortedKeys(lists) {
		at := shorten(path + "." + l)
		if !localeShape.MatchString(l) {
			v.problems.add(at, "locale_invalid", "%.20q is not a locale: use names like en or pt-BR.", l)
		}
		if len(lists[l]) > maxWords {
			v.problems.add(at, "text_invalid", "At most %d words can be named.", maxWords)
			continue
		}
		for i, w := range lists[l] {
			if !plain(w) || folded(w) == "" {
				v.problems.add(fmt.Sprintf("%s[%d]", at, i), "text_invalid", "A word should be plain text with letters or digits.")
			}
		}
	}
}

// RuleKinds gives the kinds of rules that a kit can set, in order.
func RuleKinds() []RuleKind { return slices.Sorted(maps.Keys(fieldsOf)) }

func kinds() []string {
	var out []string
	for _, k := range RuleKinds() {
		out = append(out, string(k))
	}
	return out
}
