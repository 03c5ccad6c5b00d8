package guard

import (
	"context"
	"embed"
	"io/fs"
	"strings"
	"sync"

	"marquee/internal/guard/fold"
	"marquee/internal/guard/lexicon"
	"marquee/internal/policy"
)

//go:embed data
var files embed.FS

// versions are the detectors that are kept as data, with the versions of
// their lists and rules. A change of data that changes what is found is a new
// version.
var versions = map[string]string{
	"words":     "words/2",
	"rules":     "rules/2",
	"topics":    "topics/1",
	"injection": "injection/1",
	"claims":    "claims/1",
	"names":     "names/1",
}

// load compiles the data once for all guards; a compiled lexicon never changes.
var load = sync.OnceValues(func() (*lexicon.Lexicon, error) {
	data, err := fs.Sub(files, "data")
	if err != nil {
		return nil, err
	}
	return lexicon.Compile(data, versions)
})

// lists runs everything that is kept as data, in one pass.
type lists struct{ lexicon *lexicon.Lexicon }

func (lists) Name() string { return "lists/1" }

func (d lists) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	language := base(c.Locale)
	reading := d.lexicon.Scan(t, language)
	out := make([]policy.Finding, 0, len(reading.Matches))
	for _, m := range reading.Matches {
		if c.watches(m.Kind) {
			out = append(out, policy.Finding{Detector: m.Detector, Kind: m.Kind, Start: m.Start, End: m.End, Score: m.Score})
		}
	}
	if f, yes := uncovered(t, language, reading); yes {
		out = append(out, f)
	}
	return out, nil
}

// base gives the language of a locale: "pt" of "pt-BR".
func base(locale string) string {
	lang, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(locale, "_", "-")), "-")
	if lang == "no" || lang == "nn" {
		return "nb"
	}
	return lang
}
