package paint

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed words/*.json
var wordFiles embed.FS

// vocabulary is one language's words for what the painter knows, as a
// translator edits it: for each id the words and phrases that mean it. A form
// that ends in + means several of the thing.
type vocabulary struct {
	Language  string              `json:"language"`
	Subjects  map[string][]string `json:"subjects"`
	Settings  map[string][]string `json:"settings"`
	Hours     map[string][]string `json:"hours"`
	Weathers  map[string][]string `json:"weathers"`
	Seasons   map[string][]string `json:"seasons"`
	Styles    map[string][]string `json:"styles"`
	Moods     map[string][]string `json:"moods"`
	Relations map[string][]string `json:"relations"`
	Colours   map[string][]string `json:"colours"`
	Numbers   map[string][]string `json:"numbers"`
	// Ignore lists words that carry no picture: articles, "a picture of".
	Ignore []string `json:"ignore"`
}

type kind int

const (
	isIgnored kind = iota
	isSubject
	isSetting
	isHour
	isWeather
	isSeason
	isStyle
	isMood
	isRelation
	isColour
	isNumber
)

// meaning is what a word or phrase stands for.
type meaning struct {
	kind kind
	id   string
	many bool
}

// lexicon is a vocabulary made quick to look up.
type lexicon struct {
	language string
	forms    map[string]meaning
	// singles are the one-word forms by length, for near misses.
	singles map[int][]string
	glued   bool
	byRune  map[rune][]string // for scripts without spaces, longest first
}

var lexicons = func() []*lexicon {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic("paint: the embedded words can't be listed: " + err.Error())
	}
	var all []*lexicon
	for _, f := range files {
		data, err := wordFiles.ReadFile(path.Join("words", f.Name()))
		if err != nil {
			panic("paint: embedded " + f.Name() + " can't be read: " + err.Error())
		}
		v, err := parseVocabulary(data)
		if err != nil {
			panic("paint: " + f.Name() + ": " + err.Error())
		}
		all = append(all, newLexicon(v))
	}
	return all
}()

func parseVocabulary(data []byte) (vocabulary, error) {
	var v vocabulary
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("the vocabulary is not as it should be: %w", err)
	}
	return v, nil
}

func (v vocabulary) groups() map[kind]map[string][]string {
	return map[kind]map[string][]string{
		isSubject: v.Subjects, isSetting: v.Settings, isHour: v.Hours, isWeather: v.Weathers, isSeason: v.Seasons,
		isStyle: v.Styles, isMood: v.Moods, isRelation: v.Relations, isColour: v.Colours, isNumber: v.Numbers,
		isIgnored: {"": v.Ignore},
	}
}

func newLexicon(v vocabulary) *lexicon {
	l := &lexicon{language: v.Language, forms: map[string]meaning{}, singles: map[int][]string{}, byRune: map[rune][]string{}}
	l.glued = v.Language == "ja" || v.Language == "zh" || v.Language == "th"
	groups := v.groups()
	// A later kind never takes a word from an earlier one, and ids go in
	// order, so that a word claimed twice always means the same.
	for k := isNumber; k >= isIgnored; k-- {
		ids := make([]string, 0, len(groups[k]))
		for id := range groups[k] {
			ids = append(ids, id)
		}
		sort.Strings(ids)
		for _, id := range ids {
			for _, form := range groups[k][id] {
				many := strings.HasSuffix(form, "+")
				key := fold(strings.TrimSuffix(form, "+"))
				if key == "" {
					continue
				}
				if _, taken := l.forms[key]; taken {
					continue
				}
				l.forms[key] = meaning{k, id, many}
				if !strings.Contains(key, " ") {
					n := len([]rune(key))
					l.singles[n] = append(l.singles[n], key)
				}
				first := []rune(key)[0]
				l.byRune[first] = append(l.byRune[first], key)
			}
		}
	}
	for _, keys := range l.byRune {
		sort.Slice(keys, func(i, j int) bool {
			if len(keys[i]) != len(keys[j]) {
				return len(keys[i]) > len(keys[j])
			}
			return keys[i] < keys[j]
		})
	}
	for _, keys := range l.singles {
		sort.Strings(keys)
	}
	return l
}

// fold makes spellings that people mix up the same: case, accents, Arabic
// vowel marks and forms of alef, full-width letters.
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(norm.NFKC.String(s)) {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r) && r != 0x3099 && r != 0x309A:
			continue
		case r == 'ß':
			b.WriteString("ss")
			continue
		case r == 'ـ':
			continue
		case r == 'ى':
			r = 'ي'
		case r == 'ة':
			r = 'ه'
		case r == 'œ':
			b.WriteString("oe")
			continue
		case r == 'æ':
			b.WriteString("ae")
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == 0x3099 || r == 0x309A || r == 'ー' {
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
			continue
		}
		space = true
	}
	return norm.NFC.String(b.String())
}

// near finds the one-word form closest to a word within its allowance: none
// for short words, one letter from four on, two from eight on.
func (l *lexicon) near(word string) (meaning, bool) {
	w := []rune(word)
	allowed := 0
	switch {
	case len(w) >= 8:
		allowed = 2
	case len(w) >= 4:
		allowed = 1
	}
	if allowed == 0 || len(w) > 40 {
		return meaning{}, false
	}
	best, found := allowed+1, ""
	for n := len(w) - allowed; n <= len(w)+allowed; n++ {
		if n < 4 {
			continue
		}
		for _, key := range l.singles[n] {
			if l.forms[key].kind == isIgnored {
				continue
			}
			k := []rune(key)
			// People seldom get the first letter wrong; another first letter
			// is usually another word.
			if k[0] != w[0] {
				continue
			}
			if d := distance(w, k, best); d < best {
				best, found = d, key
			}
		}
	}
	if found == "" {
		return meaning{}, false
	}
	return l.forms[found], true
}

// distance counts the letters to add, drop, change or swap between a and b; it
// gives up with limit when there are that many.
func distance(a, b []rune, limit int) int {
	prev2 := make([]int, len(b)+1)
	prev := make([]int, len(b)+1)
	cur := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			low = min(low, cur[j])
		}
		if low >= limit {
			return limit
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return min(prev[len(b)], limit)
}
