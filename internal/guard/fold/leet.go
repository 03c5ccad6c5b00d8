package fold

import "strings"

// leet are digits and signs that stand for letters.
var leet = [128]byte{'0': 'o', '1': 'i', '2': 'z', '3': 'e', '4': 'a', '5': 's', '6': 'g', '7': 't', '8': 'b', '9': 'g', '@': 'a', '$': 's', '!': 'i', '|': 'i', '+': 't', '(': 'c', '<': 'c'}

// Unleet gives a folded word with the digits and signs that stand for letters
// made letters ("sh1t" to "shit"), and whether there were any beside letters.
// one is what 1, ! and | stand for: 'i' or 'l'.
func Unleet(word string, one byte) (string, bool) {
	letters, signs := 0, 0
	for i := range len(word) {
		switch b := word[i]; {
		case b >= 0x80 || b >= 'a' && b <= 'z':
			letters++
		case leet[b] != 0:
			signs++
		}
	}
	if signs == 0 || letters == 0 {
		return word, false
	}
	var b strings.Builder
	b.Grow(len(word))
	for i := range len(word) {
		c := word[i]
		if c < 0x80 && leet[c] != 0 {
			c = leet[c]
			if word[i] == '1' || word[i] == '!' || word[i] == '|' {
				c = one
			}
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

// Squeeze gives a word whose runs of three or more equal characters are cut to
// the given length, 1 or 2, and whether there were any ("fuuuck" to "fuck").
func Squeeze(word string, keep int) (string, bool) {
	long, run := false, 0
	var last rune
	for _, r := range word {
		if r == last {
			if run++; run >= 3 {
				long = true
				break
			}
		} else {
			last, run = r, 1
		}
	}
	if !long {
		return word, false
	}
	runes := []rune(word)
	var b strings.Builder
	for i := 0; i < len(runes); {
		j := i
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			n = keep
		}
		for range n {
			b.WriteRune(runes[i])
		}
		i = j
	}
	return b.String(), true
}
