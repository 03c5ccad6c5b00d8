package compose

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"sync"
	"unicode"
)

// Thai is written without spaces between words, and lines break between words:
// only a dictionary tells where. The list is ICU's, which browsers use as well;
// see thai/LICENSE.txt.
//
//go:embed thai/words.txt.gz
var thaiFile []byte

// thaiWords is the dictionary and the length of its longest word in characters.
// It is unpacked when a Thai text is first wrapped. The file is part of the
// program; a test reads all of it.
var thaiWords = sync.OnceValues(func() (map[string]bool, int) {
	z, err := gzip.NewReader(bytes.NewReader(thaiFile))
	if err != nil {
		panic(err)
	}
	words, longest := make(map[string]bool, 27_000), 0
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		w := lines.Text()
		words[w] = true
		longest = max(longest, len([]rune(w)))
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
	return words, longest
})

func isThai(r rune) bool { return r >= 0x0E01 && r <= 0x0E3A || r >= 0x0E40 && r <= 0x0E4E }

// thaiJoins tells characters that never begin a word: vowels and tones that are
// written on, under or after a consonant, and the two signs that end a word.
func thaiJoins(r rune) bool {
	return unicode.Is(unicode.Mn, r) || r == 'ะ' || r == 'า' || r == 'ำ' || r == 'ๅ' || r == 'ๆ' || r == 'ฯ'
}

// thaiSilent tells a consonant that is silenced, which ends the word before it.
func thaiSilent(text []rune) bool {
	const silencer = 0x0E4C
	return len(text) > 1 && text[1] == silencer || len(text) > 2 && text[2] == silencer && unicode.Is(unicode.Mn, text[1])
}

// thaiLeads tells vowels that are written before their consonant.
func thaiLeads(r rune) bool { return r >= 0x0E40 && r <= 0x0E44 }

// thaiBreaks returns the places inside a run of Thai before which a line may
// begin, in order: the boundaries of the fewest words that leave the fewest
// characters unknown, of the longest words first where there are several.
func thaiBreaks(text []rune) []int {
	words, longest := thaiWords()
	n := len(text)
	// cost[i] is that of the best way from i to the end, and next[i] its first
	// step. Characters that no word has cost far more than words.
	const unknown, word = 1000, 1
	cost, next := make([]int, n+1), make([]int, n+1)
	known := make([]bool, n+1)
	starts := func(i int) bool {
		return i == n || !thaiJoins(text[i]) && (i == 0 || !thaiLeads(text[i-1])) && !thaiSilent(text[i:])
	}
	for i := n - 1; i >= 0; i-- {
		cost[i] = cost[i+1] + unknown
		next[i] = i + 1
		if !starts(i) {
			continue
		}
		for j := min(n, i+longest); j > i; j-- {
			if !starts(j) {
				continue
			}
			// The sign of repetition and the sign of abbreviation belong to the word.
			end := j
			for end > i+1 && (text[end-1] == 'ๆ' || text[end-1] == 'ฯ') {
				end--
			}
			if words[string(text[i:end])] && cost[j]+word < cost[i] {
				cost[i], next[i], known[i] = cost[j]+word, j, true
			}
		}
	}
	var out []int
	for i := 0; i < n; {
		from := i
		if known[i] {
			i = next[i]
		} else {
			// What is unknown stays together up to the next word.
			for i < n && (i == from || !known[i] || !starts(i)) {
				i = next[i]
			}
		}
		if i < n {
			out = append(out, i)
		}
	}
	return out
}
