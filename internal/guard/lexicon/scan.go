package lexicon

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"marquee/internal/guard/fold"
)

// Match is one thing found.
type Match struct {
	// Detector is who found it, with its version; Kind what it is.
	Detector, Kind string
	// Start and End are offsets in Original.
	Start, End int
	// Score is the data file's, 0 to 1, lower where the word is disguised or
	// quoted by someone who condemns it.
	Score float64
}

// Reading is what a scan gives.
type Reading struct {
	Matches []Match
	// Languages are those that the text seems to be written in, by its script
	// and its commonest words; often none for a few words.
	Languages []string
	// Words is the number of words.
	Words int
}

const (
	negationReach = 4   // words before a rule in which a negation undoes it
	sentenceReach = 24  // words after which a sentence is too long to look for the next
	condemned     = 0.5 // what is left of the score of a quotation that its writer condemns
	doubtful      = 0.8 // a rule that scores less does not count against a writer who condemns
	disguised     = 0.9 // and of a word that had to be uncovered
)

// mark says that n words from some place on count as a symbol.
type mark struct {
	sym int32
	n   int32
}

// scan is the work on one text.
type scan struct {
	l        *Lexicon
	text     fold.Text
	toks     []token
	ids      []int32 // of all words, one after the other
	idsFrom  []int32
	marks    []mark
	marksAt  []int32
	active   uint64
	veiled   []bool  // by word: whether it counts as something only by its disguise
	allowed  []int32 // by word: how many words of a harmless phrase stand there
	condemns bool
	out      []Match
}

// Scan finds everything in a text whose writer uses a language ("" if
// unknown). English and the languages that the text seems to be in count too.
func (l *Lexicon) Scan(t fold.Text, language string) Reading {
	s := &scan{l: l, text: t, toks: tokens(t.Plain, l.vocabulary)}
	s.mark()
	guessed := s.guess(language)
	s.active = l.bits("en", Always, language) | l.bits(guessed...)
	s.allow()
	s.lists()
	s.rules()
	s.uncover()
	return Reading{Matches: s.out, Languages: guessed, Words: len(s.toks)}
}

func (l *Lexicon) bits(languages ...string) uint64 {
	var out uint64
	for _, lang := range languages {
		if i, ok := l.index[lang]; ok {
			out |= 1 << i
		}
	}
	return out
}

// mark looks every word up.
func (s *scan) mark() {
	n := len(s.toks)
	s.ids, s.idsFrom = make([]int32, 0, 2*n), make([]int32, 0, n+1)
	s.veiled = make([]bool, n)
	for i, t := range s.toks {
		s.idsFrom = append(s.idsFrom, int32(len(s.ids)))
		from := len(s.ids)
		s.ids = s.l.vocabulary.lookup(t.text, s.ids)
		if len(s.ids) == from {
			s.unveil(t.text)
			s.veiled[i] = len(s.ids) > from
		}
	}
	s.idsFrom = append(s.idsFrom, int32(len(s.ids)))
	s.marks, s.marksAt = make([]mark, 0, 2*n), make([]int32, 0, n+1)
	for i := range s.toks {
		s.marksAt = append(s.marksAt, int32(len(s.marks)))
		for _, id := range s.ids[s.idsFrom[i]:s.idsFrom[i+1]] {
			for _, x := range s.l.singles[id] {
				if s.veiled[i] && s.l.symbols[x.sym].kind != "" {
					continue // uncover finds those, as disguised
				}
				if x.exact == "" || x.exact == s.written(i) {
					s.marks = append(s.marks, mark{x.sym, 1})
				}
			}
			for _, x := range s.l.sequences[id] {
				if s.follows(i+1, x.rest) {
					s.marks = append(s.marks, mark{x.sym, int32(1 + len(x.rest))})
				}
			}
		}
	}
	s.marksAt = append(s.marksAt, int32(len(s.marks)))
}

// unveil looks up what a word with digits for letters ("h4te") or drawn out
// ("haaate") may stand for, so that rules know it.
func (s *scan) unveil(w string) {
	digits, drawn := false, false
	for i := range len(w) {
		if w[i] >= 0x80 {
			return
		}
		digits = digits || w[i] <= '9'
		drawn = drawn || i > 1 && w[i] == w[i-1] && w[i] == w[i-2]
	}
	if !digits && !drawn || len(w) < 4 {
		return
	}
	from := len(s.ids)
	try := func(w string) bool {
		s.ids = s.l.vocabulary.lookup(w, s.ids)
		return len(s.ids) > from
	}
	if digits {
		for _, one := range []byte{'i', 'l'} {
			if u, ok := fold.Unleet(w, one); ok && try(u) {
				return
			}
		}
	}
	for keep := 1; drawn && keep <= 2; keep++ {
		if q, ok := fold.Squeeze(w, keep); ok && try(q) {
			return
		}
	}
}

// written gives a word with its accents.
func (s *scan) written(i int) string {
	a, b := s.text.Span(s.toks[i].start, s.toks[i].end)
	return norm.NFC.String(strings.ToLower(s.text.Original[a:b]))
}

func (s *scan) follows(i int, rest []int32) bool {
	for k, id := range rest {
		if i+k >= len(s.toks) || s.toks[i+k].opens || !slices.Contains(s.ids[s.idsFrom[i+k]:s.idsFrom[i+k+1]], id) {
			return false
		}
	}
	return true
}

func (s *scan) at(i int) []mark { return s.marks[s.marksAt[i]:s.marksAt[i+1]] }

func (s *scan) counts(sym int32) bool { return s.l.symbols[sym].lang&s.active != 0 }

// allow notes where harmless phrases stand, and whether the writer condemns.
func (s *scan) allow() {
	s.allowed = make([]int32, len(s.toks))
	for i := range s.toks {
		for _, m := range s.at(i) {
			if !s.counts(m.sym) {
				continue
			}
			switch s.l.symbols[m.sym].role {
			case ok:
				for k := i; k < i+int(m.n); k++ {
					s.allowed[k] = max(s.allowed[k], m.n)
				}
			case counter:
				s.condemns = true
			}
		}
	}
}

// lists finds the words of lists.
func (s *scan) lists() {
	for i := range s.toks {
		for _, m := range s.at(i) {
			x := s.l.symbols[m.sym]
			if x.kind == "" || !s.counts(m.sym) || s.allowed[i] >= m.n {
				continue
			}
			s.found(x, i, i+int(m.n), x.score)
		}
	}
}

// rules finds what rules describe.
func (s *scan) rules() {
	for i := range s.toks {
		for _, m := range s.at(i) {
			if !s.counts(m.sym) {
				continue
			}
			for _, r := range s.l.begins[m.sym] {
				r := &s.l.rules[r]
				if r.elements[0].first && !s.toks[i].opens {
					continue
				}
				if r.elements[0].last && !s.ends(i+int(m.n)) {
					continue
				}
				end := s.match(r, 1, i+int(m.n), 0)
				if end < 0 || !r.anyway && s.negated(i) {
					continue
				}
				x := s.l.symbols[r.symbol]
				if s.condemns && !r.anyway && x.score < doubtful {
					continue
				}
				s.found(x, i, end, x.score)
			}
		}
	}
}

// match gives the place after the words that fit a rule from its k-th element
// on, or -1. gap is that of optional elements before it which are not there.
func (s *scan) match(r *rule, k, i, gap int) int {
	if k == len(r.elements) {
		return i
	}
	e := &r.elements[k]
	if e.next {
		from := i
		for i < len(s.toks) && i-from <= sentenceReach && !s.toks[i].opens {
			i++
		}
		if i >= len(s.toks) || !s.toks[i].opens {
			return -1
		}
	}
	gap = max(gap, e.gap)
	if e.absent && s.stands(e, i, gap) {
		return -1
	}
	for skip := 0; skip <= gap && !e.absent; skip++ {
		at := i + skip
		if at >= len(s.toks) || s.toks[at].opens && !(e.next && skip == 0) {
			break
		}
		if skip > 0 && !r.anyway && s.has(at-1, neg) {
			break
		}
		for _, m := range s.at(at) {
			if !slices.Contains(e.syms, m.sym) || e.last && !s.ends(at+int(m.n)) {
				continue
			}
			if end := s.match(r, k+1, at+int(m.n), 0); end >= 0 {
				return end
			}
		}
	}
	switch {
	case e.absent:
		return s.match(r, k+1, i, 0)
	case e.optional:
		return s.match(r, k+1, i, gap)
	}
	return -1
}

// stands tells whether an element is met within a gap from a word on.
func (s *scan) stands(e *element, i, gap int) bool {
	for at := i; at <= i+gap && at < len(s.toks) && !s.toks[at].opens; at++ {
		for _, m := range s.at(at) {
			if slices.Contains(e.syms, m.sym) {
				return true
			}
		}
	}
	return false
}

func (s *scan) ends(i int) bool { return i >= len(s.toks) || s.toks[i].opens }

func (s *scan) has(i int, what role) bool {
	for _, m := range s.at(i) {
		if x := s.l.symbols[m.sym]; x.role == what && x.lang&s.active != 0 {
			return true
		}
	}
	return false
}

// negated tells whether a negation stands shortly before a word.
func (s *scan) negated(i int) bool {
	for k := i - 1; k >= max(0, i-negationReach); k-- {
		if s.toks[k+1].opens {
			return false
		}
		if s.has(k, but) {
			return false
		}
		if s.has(k, neg) {
			return true
		}
	}
	return false
}

// found notes words from to end as a symbol's kind.
func (s *scan) found(x symbol, from, end int, score float64) {
	if s.condemns && s.toks[from].quoted {
		score *= condemned
	}
	a, b := s.text.Span(s.toks[from].start, s.toks[end-1].end)
	s.add(Match{x.detector, x.kind, a, b, score})
}

// add keeps one match of a kind a place, the surest.
func (s *scan) add(m Match) {
	for i, have := range s.out {
		if have.Kind == m.Kind && have.Start <= m.Start && m.End <= have.End && have.Score >= m.Score {
			return
		}
		if have.Kind == m.Kind && m.Start <= have.Start && have.End <= m.End && m.Score >= have.Score {
			s.out[i] = m
			return
		}
	}
	if len(s.out) < maxMatches {
		s.out = append(s.out, m)
	}
}

// maxMatches bounds what one text can be found as; more would say no more.
const maxMatches = 64
