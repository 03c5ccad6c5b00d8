package policy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// gaps are what taking words out of a text leaves behind.
var gaps = regexp.MustCompile(`[ \t]{2,}`)

// Soften gives a text in which what a verdict wants rewritten is replaced by
// the packs' softer words in a locale, or left out where they have none. It is
// a proposal: the caller checks it again and shows it with the reason. ok is
// false if the verdict asks for no rewrite, or if nothing is left of the text.
func (ps *Packs) Soften(text, locale string, v Verdict) (softer string, ok bool) {
	if v.Outcome != Rewrite {
		return "", false
	}
	var spans []Finding
	for _, f := range v.Findings {
		if f.End > f.Start && f.Start >= 0 && f.End <= len(text) && v.rewrites(f.Kind) {
			spans = append(spans, f)
		}
	}
	slices.SortFunc(spans, func(a, b Finding) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	words := ps.softer(locale)
	var b strings.Builder
	at := 0
	for _, f := range spans {
		if f.Start < at {
			continue
		}
		b.WriteString(text[at:f.Start])
		b.WriteString(words[strings.ToLower(text[f.Start:f.End])])
		at = f.End
	}
	if at == 0 {
		return "", false
	}
	b.WriteString(text[at:])
	softer = strings.TrimFunc(gaps.ReplaceAllString(b.String(), " "), func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == ';'
	})
	return softer, utf8.RuneCountInString(softer) > 2
}

func (v *Verdict) rewrites(kind string) bool {
	for _, r := range v.Reasons {
		if r.To == Rewrite && r.Kind == kind {
			return true
		}
	}
	return false
}

// softer joins the packs' words for a locale; what later layers say counts.
func (ps *Packs) softer(locale string) map[string]string {
	language, _, _ := strings.Cut(locale, "-")
	out := map[string]string{}
	for _, p := range ps.packs {
		for from, to := range p.Softer[language] {
			out[from] = to
		}
	}
	return out
}
