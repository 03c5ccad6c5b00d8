package compose

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Chinese and Japanese share characters that each writes in forms of its own, and
// no character says whose it is. The text does: kana are Japanese, and simplified
// characters are in China's first standard and not in Japan's.

// chineseText tells whether a text is Chinese: its language is, or it has a
// simplified character and no kana. The language, a BCP 47 tag, may be empty.
func chineseText(text []rune, lang string) bool {
	switch lang, _, _ = strings.Cut(strings.ToLower(lang), "-"); lang {
	case "zh", "yue":
		return true
	case "ja", "ko":
		return false
	}
	simplified := false
	for _, r := range text {
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			return false
		}
		simplified = simplified || isSimplified(r)
	}
	return simplified
}

// isSimplified tells a character of GB 2312 that is not in JIS X 0208.
func isSimplified(r rune) bool {
	if r < 0x4E00 || r > 0x9FFF {
		return false
	}
	gb, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	if err != nil || len(gb) != 2 || gb[0] < 0xB0 || gb[0] > 0xF7 || gb[1] < 0xA1 {
		return false
	}
	_, err = japanese.ShiftJIS.NewEncoder().String(string(r))
	return err != nil
}

// chineseFirst returns the faces with the first Chinese one before the first
// Japanese one; nil when they stand so already.
func chineseFirst(faces []*font.Face) []*font.Face {
	has := func(r rune) int {
		return slices.IndexFunc(faces, func(f *font.Face) bool { _, ok := f.NominalGlyph(r); return ok })
	}
	zh, ja := has('这'), has('あ')
	if zh < 0 || ja < 0 || zh < ja {
		return nil
	}
	out := slices.Delete(slices.Clone(faces), zh, zh+1)
	return slices.Insert(out, ja, faces[zh])
}
