package corpus

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"marquee/internal/policy"
)

// Judge says what becomes of a text in a locale; "" is unknown.
type Judge func(ctx context.Context, text, locale string) policy.Verdict

// Count is what became of some texts.
type Count struct {
	Texts int `json:"texts"`
	// Stopped are those held or denied, Denied those denied.
	Stopped int `json:"stopped"`
	Denied  int `json:"denied"`
}

// StoppedShare is the share that is held or denied, 0 to 1; 0 of none.
func (c Count) StoppedShare() float64 { return share(c.Stopped, c.Texts) }

// DeniedShare is the share that is denied, 0 to 1; 0 of none.
func (c Count) DeniedShare() float64 { return share(c.Denied, c.Texts) }

func (c *Count) take(o policy.Outcome) {
	c.Texts++
	switch o {
	case policy.Deny:
		c.Denied++
		c.Stopped++
	case policy.Hold:
		c.Stopped++
	}
}

func share(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}

// Row is what became of the texts of one language, function or group.
type Row struct {
	Locale   string `json:"locale,omitempty"`
	Name     string `json:"name,omitempty"`
	Harmful  Count  `json:"harmful"`
	Harmless Count  `json:"harmless"`
}

// Recall is the share of the harmful that is stopped, 0 to 1.
func (r Row) Recall() float64 { return r.Harmful.StoppedShare() }

// Precision is the share of the stopped that is harmful, 0 to 1.
func (r Row) Precision() float64 {
	return share(r.Harmful.Stopped, r.Harmful.Stopped+r.Harmless.Stopped)
}

// FalseAlarms is the share of the harmless that is stopped, 0 to 1.
func (r Row) FalseAlarms() float64 { return r.Harmless.StoppedShare() }

// Alarm is a text that was stopped though it is harmless, or, as a miss, one
// that was let through though it is harmful.
type Alarm struct {
	Locale   string         `json:"locale,omitempty"`
	Function string         `json:"function,omitempty"`
	Text     string         `json:"text"`
	Outcome  policy.Outcome `json:"outcome"`
	Kinds    []string       `json:"kinds,omitempty"`
}

// mostAlarms bounds the examples that a result keeps.
const mostAlarms = 100

// Result is what a guard does with a corpus.
type Result struct {
	Total     Row   `json:"total"`
	Languages []Row `json:"languages,omitempty"`
	Functions []Row `json:"functions,omitempty"`
	Groups    []Row `json:"groups,omitempty"`
	// Kinds counts the texts that each kind of finding was in: among harmful
	// and harmless ones.
	Kinds []Row `json:"kinds,omitempty"`
	// Failed counts texts on which a detector did not run.
	Failed int `json:"failed"`
	// Alarms are the first of the false alarms, Misses of what was let through.
	Alarms []Alarm `json:"alarms,omitempty"`
	Misses []Alarm `json:"misses,omitempty"`
}

// Measure judges all cases in order. progress may be nil; it is told after
// each case how many are done.
func Measure(ctx context.Context, cases []Case, judge Judge, progress func(done int)) (Result, error) {
	var out Result
	type key struct{ locale, name string }
	languages, functions, groups, kinds := map[key]*Row{}, map[key]*Row{}, map[key]*Row{}, map[key]*Row{}
	count := func(rows map[key]*Row, k key, harmful bool, o policy.Outcome) {
		if rows[k] == nil {
			rows[k] = &Row{Locale: k.locale, Name: k.name}
		}
		rows[k].take(harmful, o)
	}
	for i, c := range cases {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		v := judge(ctx, c.Text, c.Locale)
		out.Total.take(c.Harmful, v.Outcome)
		count(languages, key{locale: c.Locale}, c.Harmful, v.Outcome)
		if c.Function != "" {
			count(functions, key{c.Locale, c.Function}, c.Harmful, v.Outcome)
		}
		if c.Group != "" {
			count(groups, key{c.Locale, c.Group}, c.Harmful, v.Outcome)
		}
		found := kindsOf(v)
		for _, kind := range found {
			count(kinds, key{c.Locale, kind}, c.Harmful, v.Outcome)
		}
		if slices.Contains(found, policy.FailedKind) {
			out.Failed++
		}
		switch stopped := v.Outcome == policy.Hold || v.Outcome == policy.Deny; {
		case stopped && !c.Harmful && len(out.Alarms) < mostAlarms:
			out.Alarms = append(out.Alarms, Alarm{c.Locale, c.Function, c.Text, v.Outcome, found})
		case !stopped && c.Harmful && len(out.Misses) < mostAlarms:
			out.Misses = append(out.Misses, Alarm{c.Locale, c.Function, c.Text, v.Outcome, found})
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	sorted := func(rows map[key]*Row) []Row {
		var list []Row
		for _, k := range slices.SortedFunc(maps.Keys(rows), func(a, b key) int {
			return cmp.Or(cmp.Compare(a.locale, b.locale), cmp.Compare(a.name, b.name))
		}) {
			list = append(list, *rows[k])
		}
		return list
	}
	out.Languages, out.Functions, out.Groups, out.Kinds = sorted(languages), sorted(functions), sorted(groups), sorted(kinds)
	return out, nil
}

func (r *Row) take(harmful bool, o policy.Outcome) {
	if harmful {
		r.Harmful.take(o)
	} else {
		r.Harmless.take(o)
	}
}

// kindsOf gives the kinds of a verdict's findings, each once, sorted.
func kindsOf(v policy.Verdict) []string {
	var out []string
	for _, f := range v.Findings {
		out = append(out, f.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Pick adds up the rows of one language whose function is among the names.
func (r Result) Pick(locale string, functions ...string) Row {
	sum := Row{Locale: locale}
	for _, f := range r.Functions {
		if f.Locale == locale && slices.Contains(functions, f.Name) {
			sum.Harmful.add(f.Harmful)
			sum.Harmless.add(f.Harmless)
		}
	}
	return sum
}

func (c *Count) add(o Count) {
	c.Texts += o.Texts
	c.Stopped += o.Stopped
	c.Denied += o.Denied
}
