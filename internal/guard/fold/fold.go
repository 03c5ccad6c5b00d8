// Package fold brings a text into the form that detectors read, and keeps the
// exact way back to what was written.
package fold

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a text in the form that detectors read, with the way back.
type Text struct {
	// Original is the text as it was written.
	Original string
	// Plain is the folded text: NFKC, lower case, without accents of Latin,
	// Greek and Cyrillic letters, without invisible characters, digits of all
	// scripts as 0 to 9, and look-alike letters put into the script of the word
	// that they hide in. Signs that stand for letters ("sh1t") stay: see
	// Unleet.
	Plain string
	// Smuggled is text that was written in characters nobody sees (Unicode
	// tags, variation selectors), decoded; "" nearly always.
	Smuggled string
	// from[i] and to[i] bound the character of Original behind Plain[i].
	from, to []int32
}

// Span turns offsets in Plain into offsets in Original, which lie on
// boundaries of characters. It takes any offsets; those outside Plain are
// moved to its ends.
func (t Text) Span(start, end int) (int, int) {
	start, end = max(0, min(start, len(t.from))), max(0, min(end, len(t.from)))
	if start >= end {
		if start < len(t.from) {
			return int(t.from[start]), int(t.from[start])
		}
		return len(t.Original), len(t.Original)
	}
	// Text between direction overrides is read backwards, so the outermost
	// characters are not always the first and the last.
	s, e := t.from[start], t.to[start]
	for i := start + 1; i < end; i++ {
		s, e = min(s, t.from[i]), max(e, t.to[i])
	}
	return int(s), int(e)
}

// letter is one folded character and where it comes from.
type letter struct {
	r       rune
	at, end int32
}

// rooms are kept for the work on one text after the other.
var rooms = sync.Pool{New: func() any { s := make([]letter, 0, 1024); return &s }}

// Fold makes the plain form of a text. Bytes that are not UTF-8 become the
// replacement character, one each.
func Fold(text string) Text {
	t := Text{Original: text}
	room := rooms.Get().(*[]letter)
	letters := (*room)[:0]
	defer func() {
		if *room = letters; cap(letters) <= 1<<16 {
			rooms.Put(room)
		}
	}()
	var hidden smuggler
	override := -1 // where a right-to-left override began
	for at := 0; at < len(text); {
		r, n := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[at:])
		}
		l := letter{r: r, at: int32(at), end: int32(at + n)}
		at += n
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				l.r += 'a' - 'A'
			}
			letters = append(letters, l)
		case r == 0x202E:
			override = len(letters)
		case r == 0x202C && override >= 0:
			slices.Reverse(letters[override:])
			override = -1
		case invisible(r):
			hidden.take(r)
		case r >= 0x1F1E6 && r <= 0x1F1FF: // regional indicators spell words too
			l.r = 'a' + r - 0x1F1E6
			letters = append(letters, l)
		default:
			hidden.emoji(r)
			letters = expand(letters, l)
		}
	}
	if override >= 0 {
		slices.Reverse(letters[override:])
	}
	t.Smuggled = hidden.text()
	unmask(letters)

	size := 0
	for _, l := range letters {
		size += utf8.RuneLen(l.r)
	}
	plain := make([]byte, 0, size)
	t.from, t.to = make([]int32, 0, size), make([]int32, 0, size)
	for _, l := range letters {
		before := len(plain)
		plain = utf8.AppendRune(plain, l.r)
		for range len(plain) - before {
			t.from, t.to = append(t.from, l.at), append(t.to, l.end)
		}
	}
	t.Plain = string(plain)
	return t
}

// asIs tells of the blocks whose characters folding leaves alone, so that they
// need no look-up.
func asIs(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7A3 || r >= 0x3041 && r <= 0x3096 ||
		r >= 0x30A1 && r <= 0x30FE || r >= 0x0E01 && r <= 0x0E32 || r >= 0x0E34 && r <= 0x0E4E ||
		r >= 0x05D0 && r <= 0x05EA || r >= 0x0627 && r <= 0x0628 || r >= 0x062A && r <= 0x063F || r >= 0x0641 && r <= 0x0648
}

// expand appends what a character beyond ASCII folds to.
func expand(out []letter, l letter) []letter {
	if asIs(l.r) {
		return append(out, l)
	}
	if l.r < tabled {
		for _, r := range table()[l.r] {
			out = attach(out, letter{r, l.at, l.end})
		}
		return out
	}
	for _, r := range foldRune(l.r) {
		out = attach(out, letter{r, l.at, l.end})
	}
	return out
}

// attach appends a letter; voicing marks and Hangul vowels and finals join
// the letter before them, as NFC would have it.
func attach(out []letter, l letter) []letter {
	if n := len(out); n > 0 && (l.r == 0x3099 || l.r == 0x309A || l.r >= 0x1161 && l.r <= 0x11C2) {
		joined := norm.NFC.String(string([]rune{out[n-1].r, l.r}))
		if r, size := utf8.DecodeRuneInString(joined); size == len(joined) {
			out[n-1].r, out[n-1].end = r, l.end
			return out
		}
	}
	return append(out, l)
}

// foldRune gives what one character folds to, without regard to its word.
func foldRune(r rune) []rune {
	if s, ok := spelt[r]; ok {
		return []rune(s)
	}
	var out []rune
	for _, c := range norm.NFKC.String(string(r)) {
		c = unicode.ToLower(c)
		if s, ok := spelt[c]; ok {
			out = append(out, []rune(s)...)
			continue
		}
		if unicode.Is(unicode.Latin, c) || unicode.Is(unicode.Greek, c) || unicode.Is(unicode.Cyrillic, c) {
			if base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(c))); base != utf8.RuneError {
				c = base
			}
		}
		if unicode.IsDigit(c) {
			c = digit(c)
		}
		if !dropped(c) {
			out = append(out, c)
		}
	}
	return out
}

// digit gives the ASCII digit of a decimal digit of any script. Those come in
// runs of ten, from zero.
func digit(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return '0' + (r-rune(t.Lo))%10
		}
	}
	return r
}

// dropped are marks that only decorate: accents, enclosing signs, Arabic and
// Hebrew points, the Arabic stretcher.
func dropped(r rune) bool {
	return r >= 0x0300 && r <= 0x036F || r >= 0x0483 && r <= 0x0489 || r >= 0x0591 && r <= 0x05C7 && r != 0x05BE ||
		r >= 0x064B && r <= 0x065F || r == 0x0670 || r == 0x0640 || r >= 0x1AB0 && r <= 0x1AFF ||
		r >= 0x1DC0 && r <= 0x1DFF || r >= 0x20D0 && r <= 0x20FF || r >= 0xFE20 && r <= 0xFE2F
}
