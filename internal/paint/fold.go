package paint

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alike are letters that people mix up, leave the mark off, or have no key for.
var alike = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th",
	'ς': "σ",
	'ى': "ي", 'ة': "ه", 'ـ': "",
	'ך': "כ", 'ם': "מ", 'ן': "נ", 'ף': "פ", 'ץ': "צ",
	'ँ':    "ं",
	0x093C: "", // the nukta, which few keyboards make easy
}

// fold makes spellings that people mix up the same: case, accents, vowel marks
// of Arabic and Hebrew, final letters, full-width letters and digits of any
// script. Marks that make another letter, as in Hindi, Thai and Japanese, stay.
func fold(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(norm.NFKC.String(s)) {
		r = digit(unicode.ToLower(r))
		other, ok := alike[r]
		switch {
		case ok && other == "" || dropped(r):
			continue
		case !written(r):
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		if ok {
			b.WriteString(other)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// accented is a word as fold leaves it but with its accents on, which tell some
// words apart for those who write them: bøg is a beech and bog a book.
func accented(s string) string {
	if plain(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(norm.NFKC.String(s)), func(r rune) bool {
		return !written(r) && !dropped(r)
	}), " ")
}

// plain tells that a word is folded already, as most English ones are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// written tells that a rune is part of a word.
func written(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || unicode.In(r, unicode.Mn, unicode.Mc) || r == 'ー'
}

// dropped tells that a mark makes no other letter: an accent, a vowel point,
// a joiner.
func dropped(r rune) bool {
	switch {
	case r == 0x200c || r == 0x200d:
		return true
	case r == 0x3099 || r == 0x309A:
		return false
	}
	return unicode.Is(unicode.Mn, r) && !unicode.In(r, unicode.Thai, unicode.Devanagari)
}

// zeros are the first digits of the scripts that the painter reads.
var zeros = []rune{0x660, 0x6F0, 0x966, 0xE50}

// digit is a decimal digit of any of the painter's scripts as one of ours.
func digit(r rune) rune {
	for _, zero := range zeros {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	return r
}

// token is a piece of the prompt: as it was written, folded, and with the
// accents left on.
type token struct {
	raw, key, exact string
	// clause marks that a comma or the like came before it.
	clause bool
	script script
}

// split cuts text into words; scripts without spaces stay in runs.
func split(s string) []token {
	var out []token
	var cur []rune
	clause := false
	flush := func() {
		if len(cur) == 0 {
			return
		}
		raw := string(cur)
		cur = cur[:0]
		if key := fold(raw); key != "" {
			out = append(out, token{raw: raw, key: key, exact: accented(raw), clause: clause, script: scriptOf(key)})
			clause = false
		}
	}
	for _, r := range s {
		switch {
		case written(r):
			cur = append(cur, r)
		case r == 0x200d || r == 0x200c:
			// Joiners shape letters and part nothing.
		case strings.ContainsRune("'’ʼ-׳״־", r):
			// Elisions and compounds part here, but stay one thought: l'ours,
			// hot-air.
			flush()
		default:
			flush()
			if unicode.IsPunct(r) {
				clause = true
			}
			// A symbol such as an emoji is a word of its own that can only
			// be missed, never dropped.
			if unicode.Is(unicode.So, r) {
				out = append(out, token{raw: string(r), key: string(r), exact: string(r), clause: clause})
				clause = false
			}
		}
	}
	flush()
	return out
}

// script is a family of letters; a prompt's language is found among those that
// are written in it.
type script int

const (
	noScript script = iota
	latin
	greek
	cyrillic
	arabic
	hebrew
	devanagari
	thai
	hangul
	eastAsian // Chinese characters and kana
)

var scripts = []struct {
	script
	tables []*unicode.RangeTable
}{
	{latin, []*unicode.RangeTable{unicode.Latin}},
	{cyrillic, []*unicode.RangeTable{unicode.Cyrillic}},
	{eastAsian, []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}},
	{greek, []*unicode.RangeTable{unicode.Greek}},
	{arabic, []*unicode.RangeTable{unicode.Arabic}},
	{hebrew, []*unicode.RangeTable{unicode.Hebrew}},
	{devanagari, []*unicode.RangeTable{unicode.Devanagari}},
	{thai, []*unicode.RangeTable{unicode.Thai}},
	{hangul, []*unicode.RangeTable{unicode.Hangul}},
}

// scriptOf is the script of a word's first letter.
func scriptOf(key string) script {
	for _, r := range key {
		if r >= 'a' && r <= 'z' {
			return latin
		}
		for _, s := range scripts {
			if unicode.In(r, s.tables...) {
				return s.script
			}
		}
	}
	return noScript
}

// spaceless tells that a script puts no spaces between words.
func (s script) spaceless() bool { return s == thai || s == eastAsian }
