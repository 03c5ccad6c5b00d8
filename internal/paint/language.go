package paint

import "unicode"

// tongues are the languages that a prompt is read in: for each script the one
// whose words it uses most, and perhaps a second that knows what the first
// does not. Nothing else tells them: the words decide.
type tongues struct {
	main   map[script]*lexicon
	second map[script]*lexicon
}

// tonguesOf finds the main language of each script in the prompt.
func tonguesOf(tokens []token) tongues {
	t := tongues{main: map[script]*lexicon{}, second: map[script]*lexicon{}}
	score := map[*lexicon]int{}
	content := map[*lexicon]bool{}
	lib := library()
	for i, tok := range tokens {
		for k := lib.longest(tokens[i:]); k > 0; k-- {
			for _, l := range lib.listings[phrase(tokens[i:i+k])] {
				score[l.lexicon] += k
				if _, exact := l.accented[exactPhrase(tokens[i:i+k])]; exact || l.plain {
					score[l.lexicon] += k
				}
				if l.kind.pictured() {
					score[l.lexicon]++
					content[l.lexicon] = true
				}
			}
		}
		for _, l := range lib.lexicons {
			if l.script != tok.script {
				continue
			}
			if tok.script.spaceless() {
				n := l.covers(tok.key)
				score[l] += n
				content[l] = content[l] || n > 0
				continue
			}
			if _, known := l.forms[tok.key]; known || len(l.ends)+len(l.starts) == 0 {
				continue
			}
			if m, ok := l.bent(tok.key); ok {
				score[l] += 2
				content[l] = content[l] || m.kind.pictured()
			}
		}
	}
	for _, l := range lib.lexicons {
		// Small words alone show no language: "hat" is six in Hungarian.
		if !content[l] && l.language != "en" {
			continue
		}
		if l.language == "en" {
			score[l]++
		}
		if best := t.main[l.script]; best == nil || score[l] > score[best] {
			t.main[l.script] = l
		}
	}
	return t
}

// covers tells how well a lexicon knows a run without spaces.
func (l *lexicon) covers(run string) int {
	n := 0
	pieces := l.segment([]rune(run))
	for _, p := range pieces {
		if p.known {
			n += 3 * len(p.runes)
		}
	}
	for _, r := range run {
		// Kana are Japanese; without any, characters are rather Chinese.
		if l.kana && unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			n += 4
		}
	}
	if n > 0 && !l.kana {
		n++
	}
	return n
}

// addSecond looks among the words that the main languages missed for another
// language of the same script. One word says little, unless it is long or
// English, which people mix into everything.
func (t *tongues) addSecond(missed []token) bool {
	type finds struct{ words, longest int }
	seen := map[*lexicon]finds{}
	lib := library()
	for _, tok := range missed {
		if tok.script.spaceless() {
			continue
		}
		for _, l := range lib.listings[tok.key] {
			if n := len([]rune(tok.key)); l.kind.pictured() && l.script == tok.script && n >= shortestForeign {
				f := seen[l.lexicon]
				seen[l.lexicon] = finds{f.words + 1, max(f.longest, n)}
			}
		}
	}
	added := false
	for _, l := range lib.lexicons {
		f := seen[l]
		if l == t.main[l.script] || f.words == 0 || f.words < 2 && f.longest < 7 && l.language != "en" {
			continue
		}
		if best := t.second[l.script]; best == nil || f.words > seen[best].words {
			t.second[l.script] = l
			added = true
		}
	}
	return added
}

// shortestForeign is the length from which on a word of the second language
// counts: shorter ones are too often words of the first.
const shortestForeign = 4

// longest is how many words a phrase at the start of tokens may have; a
// phrase never reaches over a comma.
func (s *shelf) longest(tokens []token) int {
	n := min(s.reach[tokens[0].key], len(tokens), longestPhrase)
	for k := 1; k < n; k++ {
		if tokens[k].clause {
			return k
		}
	}
	return max(n, 1)
}

// phrase is the folded form of tokens in a row.
func phrase(tokens []token) string {
	key := tokens[0].key
	for _, t := range tokens[1:] {
		key += " " + t.key
	}
	return key
}

// exactPhrase is phrase with the accents on.
func exactPhrase(tokens []token) string {
	key := tokens[0].exact
	for _, t := range tokens[1:] {
		key += " " + t.exact
	}
	return key
}
