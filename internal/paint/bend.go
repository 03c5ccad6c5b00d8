package paint

import (
	"slices"
	"strings"
)

// bent finds a word that carries a prefix, a suffix or both. The word without
// them must be known; only then two words are compared without their endings.
func (l *lexicon) bent(key string) (meaning, bool) {
	if m, ok := l.ended(key); ok {
		return m, true
	}
	for _, p := range l.starts {
		bare, ok := strings.CutPrefix(key, p)
		if !ok || len([]rune(bare)) < min(l.least, 2) {
			continue
		}
		if m, ok := l.forms[bare]; ok && m.kind != isIgnored && m.kind != isStranger {
			return m, true
		}
		if m, ok := l.ended(bare); ok {
			return m, true
		}
	}
	return meaning{}, false
}

// ended finds a word that carries a suffix.
func (l *lexicon) ended(key string) (meaning, bool) {
	if len(l.ends) == 0 {
		return meaning{}, false
	}
	for _, e := range l.ends {
		rest, ok := strings.CutSuffix(key, e.cut)
		if !ok || len([]rune(rest+e.put)) < l.least {
			continue
		}
		if m, ok := l.forms[rest+e.put]; ok && (m.kind.pictured() || m.kind == isRelation) {
			m.many = m.many || e.many
			return m, true
		}
	}
	m, ok := l.stems[l.stem(key, max(4, l.least+1))]
	return m, ok
}

// bentPhrase finds the longest phrase at the start of tokens whose words are
// bent, each on its own: a lighthouse is a "latarnia morska", and what is
// beside it stands by a "latarni morskiej". Where each word is known as it
// stands, each says something of its own: a frozen river is winter too.
func (l *lexicon) bentPhrase(tokens []token, shortest int) (n int, m meaning) {
	if len(l.ends) == 0 {
		return 0, m
	}
	key := l.stemOr(tokens[0].key)
	reach := min(l.stemReach[key], len(tokens), longestPhrase)
	_, allKnown := l.knows(tokens[:1])
	for k := 2; k <= reach && !tokens[k-1].clause; k++ {
		key += " " + l.stemOr(tokens[k-1].key)
		_, known := l.knows(tokens[k-1 : k])
		allKnown = allKnown && known
		if got, ok := l.stems[key]; ok && k >= shortest && !allKnown {
			n, m = k, got
		}
	}
	return n, m
}

// joined takes a word apart that a season, an hour or a weather is written
// together with: Winterwald. Other pairs are left alone, because they seldom
// mean their parts: a Seehund is no dog in a lake.
func (l *lexicon) joined(key string) []meaning {
	if !l.Joined || len(key) < 7 {
		return nil
	}
	for i := len(key) - 3; i >= 3; i-- {
		head, ok := l.forms[key[i:]]
		if !ok {
			head, ok = l.ended(key[i:])
		}
		if !ok || head.kind == isMood || head.kind == isColour || !head.kind.pictured() {
			continue
		}
		for _, link := range l.links {
			first, ok := strings.CutSuffix(key[:i], link)
			if !ok || len(first) < 3 {
				continue
			}
			m, ok := l.forms[first]
			if ok && m.kind != head.kind && slices.Contains([]kind{isSeason, isHour, isWeather}, m.kind) {
				return []meaning{m, head}
			}
		}
	}
	return nil
}

// nearest is how long a word must be at least to be taken for a misspelt one:
// below, one letter makes another word more often than a mistake.
const nearest = 6

// near finds the one-word form closest to a word within its allowance: a
// letter too many, too few or swapped from six on, any one letter from seven
// on, two from nine on.
func (l *lexicon) near(word string) (meaning, bool) {
	w := []rune(word)
	if len(w) < nearest || len(w) > 40 || l.script == hangul {
		return meaning{}, false
	}
	allowed, change := 1, 1
	if len(w) >= 9 {
		allowed = 2
	}
	if len(w) < 7 {
		change = 2
	}
	best, found := allowed+1, ""
	// People seldom get the first letter wrong; another first letter is
	// usually another word.
	family := l.singles[w[0]]
	for n := max(nearest, len(w)-allowed); n <= len(w)+allowed; n++ {
		for _, key := range family[n] {
			if d := distance(w, []rune(key), best, change); d < best {
				best, found = d, key
			}
		}
	}
	if found == "" {
		return meaning{}, false
	}
	return l.forms[found], true
}

// distance counts the letters to add, drop or swap between a and b, and change
// for each that is another; it gives up with limit when there are that many.
func distance(a, b []rune, limit, change int) int {
	var rows [3][48]int
	if len(b) >= len(rows[0]) {
		return limit
	}
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := i
		for j := 1; j <= len(b); j++ {
			cost := change
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
