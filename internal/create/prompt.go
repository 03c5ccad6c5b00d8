package create

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marquee/internal/fault"
)

// PromptMax is how long a prompt may be, in characters.
const PromptMax = 400

// cleanPrompt makes white space single spaces and refuses what is no prompt.
func cleanPrompt(s string) (string, error) {
	// The byte bound comes first: nothing reads 100 KB character by character.
	if len(s) > PromptMax*utf8.UTFMax {
		return "", promptTooLong()
	}
	if !utf8.ValidString(s) {
		return "", controlCharacters()
	}
	for _, r := range s {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", controlCharacters()
		}
	}
	s = strings.Join(strings.Fields(s), " ")
	switch {
	case s == "":
		return "", fault.New(fault.Invalid, "prompt_empty", "Say in a few words what you would like to see, or let us surprise you.")
	case utf8.RuneCountInString(s) > PromptMax:
		return "", promptTooLong()
	case !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "", fault.New(fault.Invalid, "prompt_without_words", "Please use some words: signs alone don't tell us what to paint.")
	}
	return s, nil
}

func promptTooLong() error {
	return fault.New(fault.Invalid, "prompt_too_long", "Please keep it to %d characters.", PromptMax).With("max", PromptMax)
}

func controlCharacters() error {
	return fault.New(fault.Invalid, "prompt_control_characters", "There are characters in this text that can't be shown. Please type it again.")
}
