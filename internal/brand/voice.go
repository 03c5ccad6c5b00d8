package brand

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Voice is how the brand speaks. All of it is by locale.
type Voice struct {
	// Tone says in a sentence or two how the brand sounds.
	Tone map[string]string `json:"tone,omitempty"`
	// Use are words that the brand likes and Avoid those that it does not use
	// of itself.
	Use   map[string][]string `json:"use,omitempty"`
	Avoid map[string][]string `json:"avoid,omitempty"`
	// Claims are what may be said only with a footnote.
	Claims []Claim `json:"claims,omitempty"`
}

// Claim is something that a text may say only with a footnote beside it.
type Claim struct {
	ID string `json:"id"`
	// Words are by locale; a text that has one of them makes the claim.
	Words map[string][]string `json:"words"`
	// Footnote is by locale.
	Footnote map[string]string `json:"footnote"`
}

// Photo is how the brand's pictures look, by locale: what they are, and what
// they are not.
type Photo struct {
	Style map[string]string `json:"style"`
	Avoid map[string]string `json:"avoid,omitempty"`
}

// LegalLine is a sentence that has to be read on a composition in some markets.
type LegalLine struct {
	ID string `json:"id"`
	// Markets are codes like "DE"; none stands for all.
	Markets []string `json:"markets,omitempty"`
	// Text is by locale; a market's own languages are enough.
	Text map[string]string `json:"text"`
}

// Legal finds a legal line by its id; nil if the kit has none.
func (k *Kit) Legal(id string) *LegalLine {
	for i := range k.LegalLines {
		if k.LegalLines[i].ID == id {
			return &k.LegalLines[i]
		}
	}
	return nil
}

// isSmallPrint tells whether a text is one of the kit's legal lines or
// footnotes: these stand beside the one line that a participant may write.
func (k *Kit) isSmallPrint(text string) bool {
	text = strings.TrimSpace(text)
	for _, l := range k.LegalLines {
		if said(l.Text, text) {
			return true
		}
	}
	for _, c := range k.Voice.Claims {
		if said(c.Footnote, text) {
			return true
		}
	}
	return false
}

// said tells whether a text is one of a sentence's versions.
func said(by map[string]string, text string) bool {
	for _, s := range by {
		if s == text {
			return true
		}
	}
	return false
}

// inLocale gives the version of a sentence for a locale, or the English one, or
// the first that there is.
func inLocale(by map[string]string, locale string) string {
	for _, l := range []string{locale, "en"} {
		if s := by[l]; s != "" {
			return s
		}
	}
	keys := make([]string, 0, len(by))
	for l := range by {
		keys = append(keys, l)
	}
	if len(keys) == 0 {
		return ""
	}
	return by[slices.Min(keys)]
}

// folded is a text as words are compared: without case, accents, signs that
// can't be seen and the ways in which one letter can be written, and with one
// blank for all that is not a letter or a digit.
func folded(s string) string {
	var b strings.Builder
	blank := true
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKC.String(s))) {
		switch {
		case unicode.Is(unicode.Mn, r) && !carries(r), unicode.Is(unicode.Cf, r), r == 'ـ':
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			b.WriteRune(r)
			blank = false
		case !blank:
			b.WriteByte(' ')
			blank = true
		}
	}
	return strings.TrimSpace(b.String())
}

// carries tells marks that are letters in their script: vowels of Devanagari
// and Thai, and the voicing of kana.
func carries(r rune) bool {
	return unicode.In(r, unicode.Devanagari, unicode.Thai) || r == 0x3099 || r == 0x309A
}

// contains tells whether a folded text has a word, given folded. Where a script
// sets words apart it has to be the whole word; elsewhere it may stand anywhere.
func contains(text, word string) bool {
	if word == "" {
		return false
	}
	if strings.IndexFunc(word, unspaced) >= 0 {
		return strings.Contains(text, word)
	}
	return strings.Contains(" "+text+" ", " "+word+" ")
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
