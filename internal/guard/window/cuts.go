package window

import (
	"unicode"
	"unicode/utf8"
)

// ending says whether a sentence may have ended before the next character.
type ending uint8

const (
	unended ending = iota
	// weakly by a sign that also stands inside words and numbers, so that it
	// needs a space after it.
	weakly
	// surely by a sign that only ends sentences.
	surely
)

// marks is what is known of the characters read so far, as far as the ends of
// sentences need it. Every decision rests on the text up to a place and the one
// character after it, so that it does not matter in which pieces a text comes.
type marks struct {
	last  rune
	ended ending
	// word is the length of the last word in characters, digits whether it ends
	// in one, wide whether it is of a script without spaces.
	word         int
	digits, wide bool
	inside       bool
	// overridden is true after a right-to-left override, which turns round all
	// that follows until it is ended.
	overridden bool
}

// cut tells whether the text may be shown up to the next character, r.
func (m *marks) cut(r rune) bool {
	if m.overridden || joins(m.last, r) {
		return false
	}
	switch {
	case r == '\r', r == '\n' && m.last != '\r':
		return m.last != '\n' && m.solid()
	case m.ended == weakly:
		return unicode.IsSpace(r)
	case m.ended == surely:
		return !terminator(r) && !closer(r)
	}
	return false
}

// solid tells whether a text may end with the last word: not with a number,
// which may go on after a space, nor with a letter that may be the first of a
// word that is written apart.
func (m *marks) solid() bool { return m.wide || m.word >= 2 && !m.digits }

// see takes the next character in.
func (m *marks) see(r rune) {
	switch {
	case r == 0x202E:
		m.overridden = true
	case r == 0x202C:
		m.overridden = false
	}
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
		if !m.inside {
			m.word = 0
		}
		m.inside, m.ended = true, unended
		m.word++
		m.digits, m.wide = unicode.IsDigit(r), spaceless(r)
	case terminator(r):
		m.inside = false
		if m.solid() {
			m.ended = max(m.ended, weakly)
			if r >= utf8.RuneSelf && r != '…' {
				m.ended = surely
			}
		}
	case unicode.Is(unicode.Cf, r):
		// What nobody sees changes nothing.
	case closer(r):
		m.inside = false
	default:
		m.inside, m.ended = false, unended
	}
	m.last = r
}

// terminator tells what ends sentences.
func terminator(r rune) bool { return unicode.Is(unicode.STerm, r) || r == '…' }

// closer tells what may follow the end of a sentence and belongs to it: quotes,
// brackets, and the signs of markdown.
func closer(r rune) bool {
	switch r {
	case '"', '\'', '*', '_', '`', '~':
		return true
	}
	return unicode.In(r, unicode.Pe, unicode.Pf)
}

// spaceless tells of the scripts that are written without spaces between words.
func spaceless(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// joins tells whether no cut may stand between two characters, because they may
// be one to a reader. It is careful: it also joins some that are not.
func joins(a, r rune) bool {
	if r < 0x80 && a < 0x80 {
		return false
	}
	switch {
	case unicode.In(r, unicode.M, unicode.Cf, unicode.Sk), unicode.Is(unicode.Cf, a):
		return true
	case r >= 0x1F3FB && r <= 0x1F3FF, r >= 0x1F1E6 && r <= 0x1F1FF: // skin colours, flags
		return true
	case r >= 0x1160 && r <= 0x11FF: // parts of Hangul syllables
		return true
	case a >= 0x0E40 && a <= 0x0E44, a >= 0x0EC0 && a <= 0x0EC4: // vowels before their consonant
		return true
	case r == 0x0E30, r == 0x0E32, r == 0x0E33, r == 0x0E45, r == 0x0EB0, r == 0x0EB2, r == 0x0EB3: // and after it
		return true
	case r == 0x30FC, r >= 0xFF9E && r <= 0xFF9F: // the long sound, voicing marks
		return true
	}
	return false
}

// before gives the best place to cut text[:end] without the end of a sentence,
// after from and at least overlap bytes before end: after a part of the
// sentence, else after a word, else, in a script without spaces or in a run
// that has grown over all bounds, between any two characters. It is from if
// there is none.
func before(text string, from, end, overlap int) int {
	word := from
	for at := end; at > from; {
		r, n := utf8.DecodeLastRuneInString(text[from:at])
		at -= n // the cut would be before r
		if end-at < overlap || at == from {
			continue
		}
		a, _ := utf8.DecodeLastRuneInString(text[from:at])
		if joins(a, r) {
			continue
		}
		switch {
		case unicode.IsSpace(r) && !unicode.IsSpace(a) && settled(text[from:at]), spaceless(a) && spaceless(r), clause(a) && a >= utf8.RuneSelf:
		case end-from > runOn*Most && !unicode.IsDigit(a):
		default:
			continue
		}
		if clause(a) && 3*(at-from) >= end-from {
			return at
		}
		if word == from {
			word = at
		}
	}
	return word
}

// clause tells what ends a part of a sentence.
func clause(r rune) bool {
	switch r {
	case ',', ';', ':', '–', '—', ')', '،', '؛', '、', '，', '；', '：', '）':
		return true
	}
	return false
}

// settled tells whether a text that would be cut after s ends with a whole
// word: see marks.solid.
func settled(s string) bool {
	letters := 0
	for len(s) > 0 && letters < 2 {
		r, n := utf8.DecodeLastRuneInString(s)
		switch {
		case unicode.IsDigit(r):
			return false
		case spaceless(r):
			return true
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
			letters++
		case unicode.IsSpace(r):
			return false
		case letters > 0:
			return false
		}
		s = s[:len(s)-n]
	}
	return letters == 2
}

// wordEnd gives the end of the last word that is whole in text[cut:end], or of
// all of it in a script without spaces; cut if there is none.
func wordEnd(text string, cut, end int) int {
	for at := end; at > cut; {
		r, n := utf8.DecodeLastRuneInString(text[cut:at])
		if spaceless(r) || clause(r) && r >= utf8.RuneSelf {
			return at
		}
		if at -= n; unicode.IsSpace(r) {
			return at
		}
	}
	return cut
}
