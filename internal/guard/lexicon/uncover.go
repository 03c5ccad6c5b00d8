package lexicon

import (
	"strings"
	"unicode/utf8"

	"marquee/internal/guard/fold"
)

// hard are the kinds whose words people disguise. Others are found as they are
// written, since uncovering makes false alarms likelier.
var hard = map[string]bool{"slur": true, "profanity": true, "sexual": true}

// maskedWord is a word that stars can stand in.
type maskedWord struct {
	text string
	stem bool
	sym  int32
}

// mask collects the words that stars can stand in, by their first letter.
func (l *Lexicon) mask() {
	var walk func(at int32, w []byte)
	walk = func(at int32, w []byte) {
		n := l.vocabulary.nodes[at]
		for _, end := range []struct {
			id   int32
			stem bool
		}{{n.whole, false}, {n.stem, true}} {
			if end.id == none || len(w) < 4 || len(w) > 12 {
				continue
			}
			for _, x := range l.singles[end.id] {
				if hard[l.symbols[x.sym].kind] {
					l.masked[int(w[0])] = append(l.masked[int(w[0])], maskedWord{string(w), end.stem, x.sym})
				}
			}
		}
		if len(w) == 12 {
			return
		}
		if at == 0 {
			for b := byte('a'); b <= 'z'; b++ {
				if to := l.vocabulary.root[b]; to != 0 {
					walk(to, append(w, b))
				}
			}
			return
		}
		for i, b := range n.keys {
			if b >= 'a' && b <= 'z' {
				walk(n.next[i], append(w[:len(w):len(w)], b))
			}
		}
	}
	walk(0, nil)
}

// uncover finds disguised words: drawn out ("fuuuck"), with signs for letters
// ("sh1t"), with stars ("f*ck"), with letters apart ("f u c k", "f.u.c.k").
func (s *scan) uncover() {
	plain := s.text.Plain
	for at := 0; at < len(plain); {
		for at < len(plain) && plain[at] <= ' ' {
			at++
		}
		end := at
		letters, signs, stars, run := 0, 0, 0, 0
		for ; end < len(plain) && plain[end] > ' '; end++ {
			switch b := plain[end]; {
			case b >= 'a' && b <= 'z' || b >= 0x80:
				letters++
			case b == '*' || b == '#' || b == '%' || b == '&' || b == '_' || b == '-' || b == '.':
				stars++
			case b != ',' && b != ';' && b != ':' && b != '"' && b != '\'' && b != '?' && b != '/':
				signs++
			}
			if end >= at+2 && plain[end] == plain[end-1] && plain[end] == plain[end-2] {
				run++
			}
		}
		if letters > 0 && (signs > 0 || stars > 0 || run > 0) && end-at <= maxChunk {
			s.chunk(at, end, signs > 0, stars > 0)
		}
		if letters > 0 && letters < 8 {
			s.vowelless(at, end)
		}
		at = end
	}
	s.apart()
}

// maxChunk bounds, in bytes, the disguised words that are uncovered.
const maxChunk = 48

// chunk tries what a run of characters without spaces may hide.
func (s *scan) chunk(from, to int, signs, stars bool) {
	plain := s.text.Plain
	for from < to && strings.IndexByte(`.,;:?!"'()[]{}<>-_/`, plain[from]) >= 0 {
		from++
	}
	for from < to && strings.IndexByte(`.,;:?!"'()[]{}<>-_/`, plain[to-1]) >= 0 {
		to--
	}
	if from == to {
		return
	}
	word := plain[from:to]
	try := func(w string) bool {
		if s.hard(w, from, to) {
			return true
		}
		for keep := 1; keep <= 2; keep++ {
			if q, long := fold.Squeeze(w, keep); long && s.hard(q, from, to) {
				return true
			}
		}
		return false
	}
	if try(word) {
		return
	}
	if signs {
		for _, one := range []byte{'i', 'l'} {
			if w, ok := fold.Unleet(word, one); ok && try(w) {
				return
			}
		}
	}
	if stars {
		s.stars(word, from, to)
	}
	// "fuuuck!!!you" and "well,fuuuck": the words inside.
	for _, t := range s.inside(from, to) {
		for keep := 1; keep <= 2; keep++ {
			if q, long := fold.Squeeze(t.text, keep); long {
				s.hard(q, t.start, t.end)
			}
		}
	}
}

// inside gives the words of a part of the text.
func (s *scan) inside(from, to int) []token {
	toks := tokens(s.text.Plain[from:to], nil)
	for i := range toks {
		toks[i].start += from
		toks[i].end += from
	}
	return toks
}

// hard notes a disguised word if it is one of a hard list, and tells so.
func (s *scan) hard(w string, from, to int) bool {
	found := false
	var room [8]int32
	for _, id := range s.l.vocabulary.lookup(w, room[:0]) {
		for _, x := range s.l.singles[id] {
			sym := s.l.symbols[x.sym]
			if x.exact != "" || !s.counts(x.sym) {
				continue
			}
			if sym.role == ok {
				return false
			}
			if hard[sym.kind] {
				found = true
				a, b := s.text.Span(from, to)
				s.add(Match{sym.detector, sym.kind, a, b, sym.score * disguised})
			}
		}
	}
	return found
}

// stars compares a word with stars in it with the lists. The first letter must
// show, and a third of all.
func (s *scan) stars(word string, from, to int) {
	shown := 0
	for i := range len(word) {
		switch b := word[i]; {
		case b >= 'a' && b <= 'z':
			shown++
		case strings.IndexByte("*#%&@$!_-.+0123456789", b) < 0:
			return
		}
	}
	if word[0] < 'a' || word[0] > 'z' || len(word) < 4 || strings.IndexAny(word, "*#%&@$") < 0 {
		return
	}
	alone := strings.Trim(word[1:], "*") == ""
	for _, m := range s.l.masked[int(word[0])] {
		if !s.counts(m.sym) || len(m.text) > len(word) || !m.stem && len(m.text) != len(word) {
			continue
		}
		if alone && !(shown == 1 && starred[m.text]) || !alone && shown*3 < len(word) {
			continue
		}
		fits := true
		for i := 0; i < len(m.text) && fits; i++ {
			fits = word[i] == m.text[i] || word[i] < 'a' || word[i] > 'z'
		}
		// Letters after a stem must be letters or stars; that held above.
		if fits && strings.IndexAny(word[:len(m.text)], "*#%&@$_") >= 0 {
			x := s.l.symbols[m.sym]
			a, b := s.text.Span(from, to)
			s.add(Match{x.detector, x.kind, a, b, x.score * disguised})
			return
		}
	}
}

// starred are the words that people mean by a letter and stars alone.
var starred = map[string]bool{"fuck": true, "shit": true, "cunt": true, "bitch": true}

// vowelless uncovers a word whose vowel is another letter or left out: "fvck".
func (s *scan) vowelless(from, to int) {
	for _, t := range s.inside(from, to) {
		if len(t.text) < 4 || strings.ContainsAny(t.text, "aeiou") || !strings.Contains(t.text, "v") {
			continue
		}
		s.hard(strings.ReplaceAll(t.text, "v", "u"), t.start, t.end)
	}
}

// longestApart bounds, in letters, a word whose letters stand apart.
const longestApart = 12

// apart uncovers words in pieces: three or more single letters, or pieces of
// at most three letters of which one could not be a word, having no vowel.
func (s *scan) apart() {
	for i := 0; i < len(s.toks); i++ {
		if s.toks[i].split || utf8.RuneCountInString(s.toks[i].text) > 3 {
			continue
		}
		joined, singles, odd := "", true, false
		for j := i; j < len(s.toks); j++ {
			t := s.toks[j]
			n := utf8.RuneCountInString(t.text)
			if n > 3 || j > i && (t.split || t.start-s.toks[j-1].end > 3) || len(joined)+len(t.text) > longestApart*3 || j-i >= longestApart {
				break
			}
			if r, _ := utf8.DecodeRuneInString(t.text); spaceless(r) {
				break
			}
			joined += t.text
			singles = singles && n == 1
			odd = odd || !strings.ContainsAny(t.text, "aeiouy0123456789") && t.text[0] < utf8.RuneSelf && t.text != "v"
			if j == i || utf8.RuneCountInString(joined) < 3 {
				continue
			}
			if singles && j-i >= 2 {
				s.whole(joined, i, j, true)
			} else if odd && len(joined) >= 4 {
				s.whole(joined, i, j, false)
			}
		}
	}
}

// whole notes pieces that make a listed word, not only begin like one.
func (s *scan) whole(w string, i, j int, sexual bool) {
	tries := []string{w, strings.ReplaceAll(w, "v", "u")}
	if u, ok := fold.Unleet(w, 'i'); ok {
		tries = append(tries, u)
	}
	for _, w := range tries {
		at := int32(0)
		for k := range len(w) {
			if at = s.l.vocabulary.step(at, w[k]); at == 0 {
				break
			}
		}
		if at == 0 {
			continue
		}
		n := s.l.vocabulary.nodes[at]
		for _, id := range []int32{n.whole, n.stem} {
			if id == none {
				continue
			}
			for _, x := range s.l.singles[id] {
				sym := s.l.symbols[x.sym]
				if hard[sym.kind] && x.exact == "" && s.counts(x.sym) && (sexual || sym.kind != "sexual") {
					s.found(sym, i, j+1, sym.score*disguised)
				}
			}
		}
	}
}
