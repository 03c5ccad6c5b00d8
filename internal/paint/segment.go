package paint

import (
	"strconv"
	"strings"
)

// piece is a part of a run without spaces.
type piece struct {
	runes []rune
	meaning
	known bool
}

func (p piece) raw() string { return string(p.runes) }

// segment cuts a run of a script without spaces into known words and what is
// between them: as few letters left over as can be, and then as few words, so
// that long words win over their parts.
func (l *lexicon) segment(run []rune) []piece {
	type step struct{ loose, words, length int }
	best := make([]step, len(run)+1)
	text := string(run)
	at := len(text)
	for i := len(run) - 1; i >= 0; i-- {
		at -= len(string(run[i]))
		rest := text[at:]
		next := best[i+1]
		b := step{next.loose + 1, next.words, 0}
		consider := func(n int) {
			tail := best[i+n]
			if s := (step{tail.loose, tail.words + 1, n}); s.loose < b.loose || s.loose == b.loose && (s.words < b.words || s.words == b.words && n > b.length) {
				b = s
			}
		}
		for _, key := range l.byRune[run[i]] {
			if strings.HasPrefix(rest, key) {
				consider(len([]rune(key)))
			}
		}
		if n := digits(rest); n > 0 {
			consider(n)
		}
		best[i] = b
	}
	var out []piece
	var loose []rune
	flush := func() {
		if len(loose) > 0 {
			out = append(out, piece{runes: loose})
			loose = nil
		}
	}
	for i := 0; i < len(run); {
		n := best[i].length
		if n == 0 {
			loose = append(loose, run[i])
			i++
			continue
		}
		flush()
		word := run[i : i+n]
		m, ok := l.forms[string(word)]
		if !ok {
			m = numeral(string(word))
		}
		out = append(out, piece{word, m, true})
		i += n
	}
	flush()
	return out
}

// digits counts the digits at the start of s.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// numeral is the meaning of a number in digits.
func numeral(s string) meaning {
	v, err := strconv.Atoi(s)
	if err != nil {
		v = maxCount // longer than a number can be
	}
	return meaning{kind: isNumber, id: strconv.Itoa(clampInt(v, 1, maxCount))}
}

// cut reads a run of a script without spaces. What is left over is missed,
// unless it is only grammar.
func (l *lexicon) cut(run string) []piece {
	pieces := l.segment([]rune(run))
	var out []piece
	for i := 0; i < len(pieces); i++ {
		p := pieces[i]
		if !p.known && l.particle(p.runes) {
			continue
		}
		// A last character after a word nobody knows is the end of that word:
		// what puts out fires is no cart, though its last character is one.
		if !p.known && len(p.runes) > 1 && i+1 < len(pieces) {
			if n := pieces[i+1]; n.known && n.kind == isSubject && len(n.runes) == 1 && l.script == eastAsian {
				p.runes = append(p.runes[:len(p.runes):len(p.runes)], n.runes...)
				i++
			}
		}
		out = append(out, p)
	}
	return out
}

// particle tells whether a rest is only grammar.
func (l *lexicon) particle(r []rune) bool {
	if len(r) > 4 {
		return false
	}
	for _, c := range r {
		if !strings.ContainsRune(l.Particles, c) {
			return false
		}
	}
	return true
}
