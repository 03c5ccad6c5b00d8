package ocr

import (
	"context"
	"slices"
	"strings"
)

// Origin says where a picture comes from, as far as it matters for reading it.
type Origin struct {
	// Locales are what its text may be in: BCP 47 tags.
	Locales []string
	// Painted is true for the built-in painter's work, which has no text in it:
	// it is not read.
	Painted bool
}

type originKey struct{}

// From gives a context in which pictures come from an origin.
func From(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

func origin(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin) // the zero value: nothing is known
	return o
}

// codes are Tesseract's names of languages by their subtags of BCP 47.
var codes = map[string]string{
	"ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra", "he": "heb",
	"hi": "hin", "hu": "hun", "id": "ind", "it": "ita", "ja": "jpn", "ko": "kor", "nb": "nor", "nl": "nld", "nn": "nor", "no": "nor",
	"pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr",
}

// code gives Tesseract's name of a locale's language, or "".
func code(locale string) string {
	tags := strings.Split(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-")
	if tags[0] == "zh" {
		for _, t := range tags[1:] {
			if t == "hant" || t == "tw" || t == "hk" || t == "mo" {
				return "chi_tra"
			}
		}
		return "chi_sim"
	}
	return codes[tags[0]]
}

// choose gives the languages that a picture is read in, three at most: those of
// its locales, then English; of what is installed. missing are locales whose
// language is not.
func (r *Reader) choose(locales []string) (languages, missing []string) {
	for _, l := range append(slices.Clone(locales), "en") {
		c := code(l)
		switch {
		case slices.Contains(languages, c):
		case c == "" || !slices.Contains(r.languages, c):
			if l != "en" || len(locales) == 0 {
				missing = append(missing, l)
			}
		case len(languages) < mostLanguages:
			languages = append(languages, c)
		}
	}
	if len(languages) == 0 {
		languages = r.languages[:1]
	}
	return languages, missing
}
