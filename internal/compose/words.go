package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// steering tells the invisible characters that force a direction on what
// follows. They can make a line read differently from what was checked, so they
// never reach a picture; the marks U+200E and U+200F, which only nudge, stay.
func steering(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// unprintable tells characters that have no place in one line: controls, line
// and paragraph separators, private use, and what is no character at all.
func unprintable(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r) ||
		r == 0x2028 || r == 0x2029 || r == utf8.RuneError ||
		r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// CleanText returns the line without the spaces around it and without the
// characters that force a writing direction, its accents composed with their
// letters (Unicode NFC) so that every font is asked for the same character.
// Parse does this to every text.
func CleanText(s string) string { return cleanText(s, 1) }

// cleanText cleans a text of up to lines lines; each line is without spaces
// around it, and empty lines at its ends are gone.
func cleanText(s string, lines int) string {
	if lines > 1 && strings.Contains(s, "\n") {
		parts := strings.Split(s, "\n")
		for i, p := range parts {
			parts[i] = cleanText(p, 1)
		}
		return strings.Trim(strings.Join(parts, "\n"), "\n")
	}
	s = strings.Map(func(r rune) rune {
		if steering(r) || r == 0xFEFF {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

// textProblem says what is wrong with a text of up to lines lines, as a code and
// a sentence; both are empty when it can be set.
func textProblem(s string, lines int) (code, message string) {
	if !utf8.ValidString(s) {
		return "text_unreadable", "The text is not valid UTF-8."
	}
	if CleanText(s) == "" {
		return "text_empty", "Write something, or leave the text out."
	}
	switch n := utf8.RuneCountInString(s); {
	case lines <= 1 && n > MaxText:
		return "text_too_long", "A text has at most 120 characters."
	case n > MaxLongText:
		return "text_too_long", "A text has at most 480 characters."
	}
	stacked := 0
	for _, r := range s {
		if r == '\n' && lines > 1 {
			stacked = 0
			continue
		}
		if unprintable(r) || steering(r) {
			return "control_character", "The text has a character that can't be shown, such as a line break."
		}
		if unicode.In(r, unicode.Mn, unicode.Me) && !unicode.Is(unicode.Variation_Selector, r) {
			if stacked++; stacked > maxStacked {
				return "text_stacked", "Too many accents are stacked on one letter."
			}
		} else {
			stacked = 0
		}
	}
	return "", ""
}
