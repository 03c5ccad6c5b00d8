package guard

import (
	"unicode"
	"unicode/utf8"

	"marquee/internal/guard/fold"
	"marquee/internal/guard/lexicon"
	"marquee/internal/policy"
)

// covered are the languages with a licensed list of slurs and profanity; see
// data/LICENCE.md. Greek, Hebrew, Indonesian, Romanian and Ukrainian have
// short lists of our own only, which no one outside has looked at.
var covered = map[string]bool{
	"ar": true, "cs": true, "da": true, "de": true, "en": true, "es": true, "fi": true, "fr": true, "hi": true, "hu": true, "it": true,
	"ja": true, "ko": true, "nb": true, "nl": true, "pl": true, "pt": true, "ru": true, "sv": true, "th": true, "tr": true, "zh": true,
}

// Covered tells whether the guard has a licensed list of slurs and profanity
// for a locale's language. Free text in a language that is not covered needs a
// person, or a hosted moderator.
func (g *Guard) Covered(locale string) bool { return covered[base(locale)] }

// uncovered gives the finding on a text in a language without a licensed list:
// its script or its words say so, or else its writer's locale does. A text
// without letters is in no language.
func uncovered(t fold.Text, language string, r lexicon.Reading) (policy.Finding, bool) {
	f := policy.Finding{Detector: versions["words"], Kind: "uncovered_language", End: len(t.Original), Score: 1}
	if r.Words == 0 {
		return f, false
	}
	if len(r.Languages) > 0 {
		for _, l := range r.Languages {
			if covered[l] {
				return f, false
			}
		}
		return f, true
	}
	if language != "" && !covered[language] {
		return f, true
	}
	// A script that no list is written in.
	known, unknown := 0, 0
	for _, c := range t.Plain {
		switch {
		case c < utf8.RuneSelf && c >= 'a' && c <= 'z' || unicode.In(c, scripts...):
			known++
		case unicode.IsLetter(c):
			unknown++
		}
	}
	return f, unknown > known
}

var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Arabic, unicode.Devanagari, unicode.Thai, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana}
