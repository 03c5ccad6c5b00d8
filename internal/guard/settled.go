package guard

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

// settled finds what the campaign itself has named: competitors, claims that
// its brand may not make, and texts far from what its character talks about.
type settled struct{}

func (settled) Name() string { return "settled/1" }

// mostNamed bounds how many names and phrases of a campaign are looked for.
const mostNamed = 500

func (d settled) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	var out []policy.Finding
	find := func(kind string, names []string) {
		for _, n := range names[:min(len(names), mostNamed)] {
			for _, at := range places(t.Plain, fold.Fold(n).Plain) {
				s, e := t.Span(at[0], at[1])
				out = append(out, policy.Finding{Detector: d.Name(), Kind: kind, Start: s, End: e, Score: 1})
			}
		}
	}
	find("competitor", c.Competitors)
	if c.watches("claim") {
		find("claim", c.Claims)
	}
	if offTopic(t.Plain, c) {
		out = append(out, policy.Finding{Detector: d.Name(), Kind: "off_topic", End: len(t.Original), Score: 0.6})
	}
	return out, nil
}

// mostPlaces bounds how often one name is found.
const mostPlaces = 8

// places gives where a folded phrase stands in a folded text as whole words;
// in scripts without spaces, anywhere.
func places(plain, phrase string) [][2]int {
	phrase = strings.TrimSpace(phrase)
	if phrase == "" {
		return nil
	}
	var out [][2]int
	for at := 0; at <= len(plain)-len(phrase) && len(out) < mostPlaces; {
		i := strings.Index(plain[at:], phrase)
		if i < 0 {
			break
		}
		s, e := at+i, at+i+len(phrase)
		if edge(plain[:s], phrase, false) && edge(plain[e:], phrase, true) {
			out = append(out, [2]int{s, e})
		}
		at = e
	}
	return out
}

// edge tells whether a phrase may end where rest begins, or begin where it
// ends.
func edge(rest, phrase string, after bool) bool {
	var out, in rune
	if after {
		out, _ = utf8.DecodeRuneInString(rest)
		in, _ = utf8.DecodeLastRuneInString(phrase)
	} else {
		out, _ = utf8.DecodeLastRuneInString(rest)
		in, _ = utf8.DecodeRuneInString(phrase)
	}
	if rest == "" || !unicode.IsLetter(out) && !unicode.IsDigit(out) {
		return true
	}
	return unicode.In(in, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

const shortestOffTopic = 12 // words; shorter turns are small talk

// offTopic tells whether a longer text has nothing of what the character talks
// about. It knows words, not meanings, so its finding is weak.
func offTopic(plain string, c Context) bool {
	if len(c.Subjects) == 0 || len(strings.Fields(plain)) < shortestOffTopic {
		return false
	}
	for _, s := range c.Subjects[:min(len(c.Subjects), mostNamed)] {
		if w := strings.TrimSpace(fold.Fold(s).Plain); w != "" && strings.Contains(plain, w) {
			return false
		}
	}
	return true
}

// settle takes findings away that the campaign has cleared: those that lie
// within an allowed phrase, and names that are the brand's own.
func (c Context) settle(t fold.Text, found []policy.Finding) []policy.Finding {
	if len(found) == 0 || len(c.Allow) == 0 && len(c.OwnNames) == 0 {
		return found
	}
	within := func(f policy.Finding, names []string) bool {
		for _, n := range names[:min(len(names), mostNamed)] {
			for _, at := range places(t.Plain, fold.Fold(n).Plain) {
				if s, e := t.Span(at[0], at[1]); s <= f.Start && f.End <= e {
					return true
				}
			}
		}
		return false
	}
	var out []policy.Finding
	for _, f := range found {
		switch f.Kind {
		case policy.FailedKind, "minors", "uncovered_language", "off_topic":
			// What no campaign can clear, and what no word in the text explains.
		case "competitor", "third_party_mark", "character", "real_person", "impersonation", "url":
			if within(f, c.OwnNames) || within(f, c.Allow) {
				continue
			}
		default:
			if within(f, c.Allow) {
				continue
			}
		}
		out = append(out, f)
	}
	return out
}
