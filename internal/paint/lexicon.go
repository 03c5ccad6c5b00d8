package paint

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// lexicon is a vocabulary made quick to look up.
type lexicon struct {
	grammar
	language string
	script   script
	// forms are the words and phrases, folded.
	forms map[string]meaning
	// accented are those that have accents, with them on.
	accented map[string]meaning
	bare     map[string]bool // the forms that have none
	// stems are the words without their endings. A stem that words of two
	// meanings share is in neither's place.
	stems map[string]meaning
	// stemReach is reach for phrases whose words are stems.
	stemReach map[string]int
	// singles are the one-word forms by first letter and length, for near
	// misses.
	singles map[rune]map[int][]string
	// byRune are the forms by first letter, longest first, for scripts
	// without spaces.
	byRune map[rune][]string
	breaks map[string]bool
	least  int
	ends   []ending
	starts []string
	links  []string
	kana   bool // written with kana among its characters
}

// ending is a suffix with what stands in its place when it is cut off.
type ending struct {
	cut, put string
	many     bool
}

// listing is a word in one of the languages that have it.
type listing struct {
	*lexicon
	meaning
	// plain tells that the word has no accents; what only matches without
	// them says less about the language.
	plain bool
}

// shelf is all languages at once.
type shelf struct {
	lexicons []*lexicon // English first, then by name
	listings map[string][]listing
	// reach is how many words the longest phrase has that starts with a word.
	reach map[string]int
}

// library reads the data files when the first prompt comes, and not when a
// program starts that may never paint.
var library = sync.OnceValue(func() *shelf {
	words, err := files("words", func(v vocabulary) string { return v.Language })
	if err != nil {
		panic("paint: " + err.Error())
	}
	grammars, err := files("grammar", func(g grammar) string { return g.Language })
	if err != nil {
		panic("paint: " + err.Error())
	}
	s := &shelf{listings: map[string][]listing{}, reach: map[string]int{}}
	for _, language := range slices.SortedFunc(maps.Keys(words), englishFirst) {
		l := newLexicon(words[language], grammars[language])
		s.lexicons = append(s.lexicons, l)
		for key, m := range l.forms {
			s.listings[key] = append(s.listings[key], listing{l, m, l.bare[key]})
			head, _, _ := strings.Cut(key, " ")
			s.reach[head] = max(s.reach[head], strings.Count(key, " ")+1)
		}
	}
	return s
})

func englishFirst(a, b string) int {
	if a == "en" || b == "en" {
		return cmp.Compare(btoi(b == "en"), btoi(a == "en"))
	}
	return cmp.Compare(a, b)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func newLexicon(v vocabulary, g grammar) *lexicon {
	l := &lexicon{
		grammar: g, language: v.Language, forms: map[string]meaning{}, accented: map[string]meaning{}, bare: map[string]bool{}, stems: map[string]meaning{}, stemReach: map[string]int{},
		singles: map[rune]map[int][]string{}, byRune: map[rune][]string{}, breaks: map[string]bool{}, least: 3,
	}
	if g.Least > 0 {
		l.least = g.Least
	}
	for _, w := range g.Breaks {
		l.breaks[fold(w)] = true
	}
	l.bendings()
	// Without its accents a word may look like another that has none, which
	// then keeps its place.
	for _, bare := range []bool{true, false} {
		l.addAll(v, bare)
	}
	l.index()
	return l
}

// bendings readies prefixes and suffixes, longest first.
func (l *lexicon) bendings() {
	long := func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) }
	for _, s := range l.Suffixes {
		s, many := strings.CutSuffix(s, "+")
		cut, put, _ := strings.Cut(s, ">")
		if cut = fold(cut); cut != "" {
			l.ends = append(l.ends, ending{cut, fold(put), many})
		}
	}
	slices.SortFunc(l.ends, func(a, b ending) int { return cmp.Or(long(a.cut, b.cut), long(a.put, b.put)) })
	for _, p := range l.Prefixes {
		if p = fold(p); p != "" {
			l.starts = append(l.starts, p)
		}
	}
	slices.SortFunc(l.starts, long)
	for _, k := range l.Links {
		l.links = append(l.links, fold(k))
	}
	slices.SortFunc(l.links, long)
	l.links = append(l.links, "")
}

// addAll takes the forms in that have accents, or those that have none. A later
// kind never loses a word to an earlier one, and ids go in order, so that a
// word claimed twice always means the same.
func (l *lexicon) addAll(v vocabulary, bare bool) {
	for _, w := range l.Strangers {
		l.add(w, meaning{kind: isStranger}, bare)
	}
	groups := v.groups()
	for k := isNumber; k >= isIgnored; k-- {
		for _, id := range slices.Sorted(maps.Keys(groups[k])) {
			for _, form := range groups[k][id] {
				form, many := strings.CutSuffix(form, "+")
				l.add(form, meaning{k, id, many}, bare)
			}
		}
	}
}

// add takes a form in, in every spelling that people use for it.
func (l *lexicon) add(form string, m meaning, bare bool) {
	key, exact := fold(form), accented(form)
	if key == "" || bare != (key == exact) {
		return
	}
	put := func(in map[string]meaning, key string) {
		if _, taken := in[key]; !taken {
			in[key] = m
		}
	}
	put(l.forms, key)
	if bare {
		l.bare[key] = true
		return
	}
	put(l.accented, exact)
	other := exact
	for _, from := range slices.Sorted(maps.Keys(l.Spellings)) {
		other = strings.ReplaceAll(other, from, l.Spellings[from])
	}
	if other != exact {
		put(l.forms, fold(other))
	}
}

// knows finds tokens in a row as they stand, with their accents if they have
// them.
func (l *lexicon) knows(tokens []token) (meaning, bool) {
	if m, ok := l.accented[exactPhrase(tokens)]; ok {
		return m, true
	}
	m, ok := l.forms[phrase(tokens)]
	return m, ok
}

// index makes what is looked up from the forms, in an order of their own.
func (l *lexicon) index() {
	count := map[script]int{}
	shared := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(l.forms)) {
		m := l.forms[key]
		count[scriptOf(key)]++
		first := firstRune(key)
		l.byRune[first] = append(l.byRune[first], key)
		l.kana = l.kana || unicode.In(first, unicode.Hiragana, unicode.Katakana)
		if !m.kind.pictured() {
			continue
		}
		if strings.Contains(key, " ") {
			l.addStems(key, m, shared)
			continue
		}
		n := len([]rune(key))
		if l.singles[first] == nil {
			l.singles[first] = map[int][]string{}
		}
		l.singles[first][n] = append(l.singles[first][n], key)
		if stem := l.stem(key, max(4, l.least+1)); stem != "" {
			l.put(stem, m, shared)
		}
	}
	for stem := range shared {
		delete(l.stems, stem)
	}
	for _, s := range scripts {
		if count[s.script] > count[l.script] {
			l.script = s.script
		}
	}
	for _, keys := range l.byRune {
		slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// put notes what a stem means, and when it means two things.
func (l *lexicon) put(stem string, m meaning, shared map[string]bool) {
	if was, ok := l.stems[stem]; ok && (was.kind != m.kind || was.id != m.id) {
		shared[stem] = true
	}
	m.many = false
	l.stems[stem] = m
}

// addStems takes a phrase in by the stems of its words, which all may be bent.
func (l *lexicon) addStems(key string, m meaning, shared map[string]bool) {
	if len(l.ends) == 0 {
		return
	}
	words := strings.Fields(key)
	for i, w := range words {
		words[i] = l.stemOr(w)
	}
	l.stemReach[words[0]] = max(l.stemReach[words[0]], len(words))
	l.put(strings.Join(words, " "), m, shared)
}

// stemOr is a word's stem as part of a phrase, which tells more than a word
// alone; a word without one is its own.
func (l *lexicon) stemOr(key string) string {
	if stem := l.stem(key, 3); stem != "" {
		return stem
	}
	return key
}

// stem is a word without its longest ending, or "" where fewer letters than
// least are left to tell words apart by.
func (l *lexicon) stem(key string, least int) string {
	for _, e := range l.ends {
		if rest, ok := strings.CutSuffix(key, e.cut); ok && e.put == "" && len([]rune(rest)) >= least {
			return rest
		}
	}
	if len(l.ends) > 0 && len([]rune(key)) >= least {
		return key
	}
	return ""
}
