// Package fold brings a text into the form that detectors read, and keeps the
// way back to what was written.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text is a text in the form that detectors read, with the way back.
type Text struct {
	// Original is the text as it was written.
	Original string
	// Plain is the folded text: NFKC, lower case, without accents and
	// invisible characters, look-alike letters made Latin.
	Plain string
	// from[i] is the offset in Original of the character behind Plain[i].
	from []int
}

// Span turns offsets in Plain into offsets in Original.
func (f Text) Span(start, end int) (int, int) {
	if start >= len(f.from) {
		return len(f.Original), len(f.Original)
	}
	s := f.from[start]
	if end >= len(f.from) {
		return s, len(f.Original)
	}
	return s, f.from[end]
}

// alike maps letters of other scripts and signs that are used in place of
// Latin letters inside a word.
var alike = map[rune]rune{
	'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'і': 'i', 'ѕ': 's', 'ԁ': 'd', 'һ': 'h', 'ј': 'j', 'к': 'k', 'м': 'm', 'т': 't', 'в': 'b', 'н': 'h',
	'α': 'a', 'ε': 'e', 'ο': 'o', 'ρ': 'p', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'υ': 'u', 'τ': 't', 'χ': 'x',
	'ı': 'i', 'ł': 'l', 'ø': 'o', 'đ': 'd', 'æ': 'a', 'œ': 'o',
}

// leet maps digits and signs that stand for letters, when they stand beside
// letters.
var leet = map[rune]rune{
	'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a', '$': 's', '!': 'i', '|': 'i', '€': 'e', '+': 't',
}

// Fold makes the plain form of a text.
func Fold(text string) Text {
	f := Text{Original: text}
	var b strings.Builder
	var it norm.Iter
	it.InitString(norm.NFKD, text)
	for !it.Done() {
		at := it.Pos()
		for _, r := range string(it.Next()) {
			if invisible(r) || unicode.Is(unicode.Mn, r) && r < 0x0600 {
				continue
			}
			plain := string(unicode.ToLower(r))
			if r == 'ß' || r == 'ẞ' {
				plain = "ss"
			}
			b.WriteString(plain)
			for range len(plain) {
				f.from = append(f.from, at)
			}
		}
	}
	f.Plain = b.String()
	f.unmask()
	return f
}

// unmask replaces look-alikes, but only inside words that have a Latin letter,
// so that Greek, Cyrillic and plain numbers stay what they are.
func (f *Text) unmask() {
	var out strings.Builder
	var from []int
	for i := 0; i < len(f.Plain); {
		j := i
		latin := false
		for j < len(f.Plain) {
			r, n := utf8.DecodeRuneInString(f.Plain[j:])
			if unicode.IsSpace(r) {
				break
			}
			latin = latin || r >= 'a' && r <= 'z'
			j += n
		}
		if j == i {
			_, n := utf8.DecodeRuneInString(f.Plain[i:])
			j = i + n
		}
		for k, r := range f.Plain[i:j] {
			if latin {
				if m, ok := alike[r]; ok {
					r = m
				} else if m, ok := leet[r]; ok && besideLetter(f.Plain[i:j], k) {
					r = m
				}
			}
			out.WriteRune(r)
			for range utf8.RuneLen(r) {
				from = append(from, f.from[i+k])
			}
		}
		i = j
	}
	f.Plain, f.from = out.String(), from
}

// besideLetter tells whether the character at k in word has a letter beside it
// on each side, or on one side at the word's ends.
func besideLetter(word string, k int) bool {
	before, _ := utf8.DecodeLastRuneInString(word[:k])
	_, n := utf8.DecodeRuneInString(word[k:])
	after, _ := utf8.DecodeRuneInString(word[k+n:])
	lettered := func(r rune) bool { return unicode.IsLetter(r) || leet[r] != 0 }
	if k == 0 {
		return unicode.IsLetter(after)
	}
	if k+n == len(word) {
		// "photo!" ends a sentence; "sh1" hides a letter.
		return unicode.IsLetter(before) && unicode.IsDigit([]rune(word[k:])[0])
	}
	return lettered(before) && lettered(after)
}

func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r == 0x00AD, r == 0x034F, r == 0x180E:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
