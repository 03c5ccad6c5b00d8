package guard

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

//go:embed words/*.json
var wordFiles embed.FS

// lexicon is what one language's file holds: words by kind of finding, and
// harmless words that would otherwise be taken for one of them. A word that
// ends in * stands for all words that begin so.
type lexicon struct {
	// Spaceless is true for a script without spaces between words.
	Spaceless bool                `json:"spaceless"`
	Kinds     map[string][]string `json:"kinds"`
	Allow     []string            `json:"allow"`

	whole  map[string]string
	prefix map[string]string
	allow  map[string]bool
}

// wordDetector finds words of the lists of a locale's language and of English.
type wordDetector struct{ languages map[string]*lexicon }

func newWordDetector() (*wordDetector, error) {
	d := &wordDetector{languages: map[string]*lexicon{}}
	entries, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		data, err := wordFiles.ReadFile("words/" + e.Name())
		if err != nil {
			return nil, err
		}
		l := &lexicon{whole: map[string]string{}, prefix: map[string]string{}, allow: map[string]bool{}}
		if err := json.Unmarshal(data, l); err != nil {
			return nil, fmt.Errorf("words/%s: %w", e.Name(), err)
		}
		for kind, words := range l.Kinds {
			for _, w := range words {
				stem, isPrefix := strings.CutSuffix(w, "*")
				if stem = fold.Fold(stem).Plain; isPrefix {
					l.prefix[stem] = kind
				} else {
					l.whole[stem] = kind
				}
			}
		}
		for _, w := range l.Allow {
			l.allow[fold.Fold(w).Plain] = true
		}
		d.languages[strings.TrimSuffix(e.Name(), ".json")] = l
	}
	return d, nil
}

func (*wordDetector) Name() string { return "words/1" }

func (d *wordDetector) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	lang, _, _ := strings.Cut(c.Locale, "-")
	own, english := d.languages[lang], d.languages["en"]
	var out []policy.Finding
	tokens := words(t.Plain)
	for _, w := range append(tokens, spelled(t.Plain, tokens)...) {
		kind := ""
		if own != nil {
			if own.allow[w.text] {
				continue
			}
			kind = own.kind(w.text)
		}
		if kind == "" {
			kind = english.kind(w.text)
		}
		if kind != "" {
			s, e := t.Span(w.start, w.end)
			out = append(out, policy.Finding{Detector: d.Name(), Kind: kind, Start: s, End: e, Score: 1})
		}
	}
	for _, l := range d.languages {
		if l.Spaceless {
			out = append(out, l.within(d.Name(), t)...)
		}
	}
	return out, nil
}

// kind gives the kind of a folded word, or "".
func (l *lexicon) kind(w string) string {
	if k := l.listed(w); k != "" {
		return k
	}
	// Letters drawn out ("fuuuck") are one letter in the list.
	if s := squeeze(w); s != w {
		return l.listed(s)
	}
	return ""
}

func (l *lexicon) listed(w string) string {
	if l.allow[w] {
		return ""
	}
	if k := l.whole[w]; k != "" {
		return k
	}
	for i := range w {
		if i >= 3 {
			if k := l.prefix[w[:i]]; k != "" {
				return k
			}
		}
	}
	return l.prefix[w]
}

// within finds the words of a spaceless script anywhere in a text, except
// inside an allowed word.
func (l *lexicon) within(name string, t fold.Text) []policy.Finding {
	covered := make([]bool, len(t.Plain)+1)
	for w := range l.allow {
		for i := 0; ; {
			k := strings.Index(t.Plain[i:], w)
			if k < 0 {
				break
			}
			for j := i + k; j < i+k+len(w); j++ {
				covered[j] = true
			}
			i += k + len(w)
		}
	}
	var out []policy.Finding
	for w, kind := range l.whole {
		if k := strings.Index(t.Plain, w); k >= 0 && !covered[k] {
			s, e := t.Span(k, k+len(w))
			out = append(out, policy.Finding{Detector: name, Kind: kind, Start: s, End: e, Score: 1})
		}
	}
	return out
}

type word struct {
	text       string
	start, end int
}

// words cuts a folded text into runs of letters, digits and masks (*).
func words(s string) []word {
	var out []word
	start := -1
	for i, r := range s {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '*' || r == '\''
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			out = append(out, word{s[start:i], start, i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, word{s[start:], start, len(s)})
	}
	return out
}

// longestSpelled bounds how long a spelled-out word is looked for.
const longestSpelled = 14

// spelled joins three or more single letters in a row ("b a d", "b.a.d"),
// which is how words are hidden from lists.
func spelled(s string, tokens []word) []word {
	var out []word
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && utf8.RuneCountInString(tokens[j].text) == 1 && (j == i || tokens[j].start-tokens[j-1].end <= 2) {
			j++
		}
		// The hidden word may begin or end anywhere in the run ("a b a d dog").
		for from := i; from+3 <= j; from++ {
			var b strings.Builder
			for k := from; k < min(j, from+longestSpelled); k++ {
				b.WriteString(tokens[k].text)
				if k-from >= 2 {
					out = append(out, word{b.String(), tokens[from].start, tokens[k].end})
				}
			}
		}
		i = max(j, i+1)
	}
	return out
}

// squeeze makes runs of one letter a single letter.
func squeeze(w string) string {
	var b strings.Builder
	var last rune
	for _, r := range w {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}
