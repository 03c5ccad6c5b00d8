package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// token is a word of a folded text.
type token struct {
	text       string
	start, end int
	// opens is true for the first word of a sentence.
	opens bool
	// split is true if nothing but an apostrophe parts it from the word before.
	split bool
	// quoted is true inside quotation marks.
	quoted bool
}

// spaceless tells of the scripts that are written without spaces between
// words.
func spaceless(r rune) bool {
	return r >= 0x0E00 && r <= 0x0E7F || r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x4DBF ||
		r >= 0x4E00 && r <= 0x9FFF || r >= 0x20000 && r <= 0x2FA1F
}

// rude is the one picture that is a word of the lists.
const rude = 0x1F595

// letterlike tells what words are made of.
func letterlike(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == rude
}

// tokens cuts a folded text into words. In scripts without spaces a word is
// the longest of the vocabulary that begins there, or one character; without a
// vocabulary a run of such characters is one word.
func tokens(s string, vocabulary *trie) []token {
	out := make([]token, 0, len(s)/5+1)
	opens, quoted := true, false
	add := func(from, to int) {
		split := from > 0 && s[from-1] == '\'' && len(out) > 0 && out[len(out)-1].end == from-1
		out = append(out, token{s[from:to], from, to, opens, split, quoted})
		opens = false
	}
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case vocabulary != nil && spaceless(r):
			end := i + max(n, bounded(s[i:], vocabulary.longest(s[i:])), katakana(s[i:]))
			add(i, end)
			i = end
		case letterlike(r):
			j := i + n
			for j < len(s) {
				r, n := rune(s[j]), 1
				if r >= utf8.RuneSelf {
					r, n = utf8.DecodeRuneInString(s[j:])
				}
				if !letterlike(r) || vocabulary != nil && spaceless(r) {
					break
				}
				j += n
			}
			add(i, j)
			i = j
		default:
			switch r {
			case '.', '!', '?', ';', '\n':
				// A dot inside an address or a number ends no sentence.
				opens = opens || i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\n' || s[i+1] >= utf8.RuneSelf || r != '.'
			case '"':
				quoted = !quoted
			}
			i += n
		}
	}
	return out
}

// bounded takes a match in a script without spaces back if it would cut a
// character from its vowel or tone marks.
func bounded(s string, n int) int {
	if n == 0 || n >= len(s) {
		return n
	}
	if r, _ := utf8.DecodeRuneInString(s[n:]); unicode.Is(unicode.Mn, r) || r == 0x0E30 || r == 0x0E32 || r == 0x0E45 {
		return 0
	}
	return n
}

// katakana gives the length of the run of katakana that s begins with. Those
// are foreign words; a shorter word inside one ("スク" in "サブスク") is none.
func katakana(s string) int {
	for i, r := range s {
		if r < 0x30A1 || r > 0x30FE {
			return i
		}
	}
	return len(s)
}
