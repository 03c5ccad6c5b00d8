// Package language guesses what language a short text is written in, where
// nobody has said so. Scripts decide where they can; for Latin letters it
// counts words that every sentence needs. It knows the 26 languages of the
// public pages and Russian, keeps no state and costs microseconds; a model of
// letters would be surer and take hundreds of megabytes.
package language

import (
	"strings"
	"unicode"
)

// most is how much of a text is looked at, in bytes.
const most = 4096

// Guess gives the likeliest language of a text as a BCP 47 tag, and how sure
// it is, 0 to 1; "" and 0 where nothing tells.
func Guess(text string) (tag string, sure float64) {
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if tag, sure := byScript(text); tag != "" {
		return tag, sure
	}
	return byWords(strings.ToLower(text))
}

// scripts are those that stand for one language here, or lead to one.
var scripts = []struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Hangul, "ko"}, {unicode.Han, "zh"}, {unicode.Arabic, "ar"},
	{unicode.Hebrew, "he"}, {unicode.Devanagari, "hi"}, {unicode.Thai, "th"}, {unicode.Greek, "el"}, {unicode.Cyrillic, "uk"},
}

// byScript decides where more than a third of the letters are of a script that
// is not Latin. A Japanese text may have few kana among many Han characters.
func byScript(text string) (string, float64) {
	counts := map[string]int{}
	letters, russian, ukrainian := 0, 0, 0
	for _, r := range text {
		if r < 0x0370 {
			if unicode.IsLetter(r) {
				letters++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		switch r {
		case 'ы', 'э', 'ъ', 'ё':
			russian++
		case 'і', 'ї', 'є', 'ґ':
			ukrainian++
		}
		for _, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[s.tag]++
				break
			}
		}
	}
	if counts["ja"] > 0 && 8*counts["ja"] >= counts["zh"] {
		counts["ja"] += counts["zh"]
		counts["zh"] = 0
	}
	best := ""
	for _, s := range scripts {
		if counts[s.tag] > counts[best] {
			best = s.tag
		}
	}
	if 3*counts[best] <= letters || best == "" {
		return "", 0
	}
	if best == "uk" && russian > ukrainian {
		best = "ru"
	}
	return best, float64(max(counts["ru"], counts[best], counts["uk"])) / float64(letters)
}

// byWords adds up, for each language, the words that belong to it; a word that
// several share counts for each by its part. Letters that one language has and
// others lack count a little.
func byWords(text string) (string, float64) {
	var scores [len(latin)]float64
	total := 0.0
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, w := range words {
		owners := index[w]
		for _, k := range owners {
			scores[k] += 1 / float64(len(owners))
		}
		if len(owners) > 0 {
			total++
		}
	}
	for k, l := range latin {
		for _, r := range l.letters {
			if n := strings.Count(text, string(r)); n > 0 {
				scores[k] += 0.4 * float64(min(n, 3))
				total += 0.2
			}
		}
	}
	best, second := 0, 0.0
	for k, s := range scores {
		if s > scores[best] {
			best = k
		}
	}
	for k, s := range scores {
		if k != best {
			second = max(second, s)
		}
	}
	if scores[best] == 0 {
		return "", 0
	}
	return latin[best].tag, (scores[best] - second) / (scores[best] + second + 0.5)
}

var index = func() map[string][]int {
	out := map[string][]int{}
	for k, l := range latin {
		for _, w := range strings.Fields(l.words) {
			out[w] = append(out[w], k)
		}
	}
	return out
}()
