package lexicon

import "unicode/utf8"

// byScript are the languages of scripts that only few languages use.
var byScript = []struct {
	from, to  rune
	languages []string
}{
	{0x0370, 0x03FF, []string{"el"}}, {0x0400, 0x052F, []string{"uk", "ru"}}, {0x0590, 0x05FF, []string{"he"}},
	{0x0600, 0x06FF, []string{"ar"}}, {0x0900, 0x097F, []string{"hi"}}, {0x0E00, 0x0E7F, []string{"th"}},
	{0x3041, 0x30FF, []string{"ja"}}, {0x4E00, 0x9FFF, []string{"zh", "ja"}}, {0xAC00, 0xD7A3, []string{"ko"}},
}

// guess gives the languages that the text seems to be in. The scripts that
// only few languages use tell at once; Latin script by its commonest words: a
// language must have two of them and a sixth of all words, and be among the
// two with the most.
func (s *scan) guess(language string) []string {
	var out []string
	seen := uint(0)
	kana, han := false, false
	for _, t := range s.toks {
		if t.text[0] < utf8.RuneSelf {
			continue
		}
		r, _ := utf8.DecodeRuneInString(t.text)
		for i, x := range byScript {
			if r >= x.from && r <= x.to {
				seen |= 1 << i
				kana = kana || x.from == 0x3041
				han = han || x.from == 0x4E00
				break
			}
		}
	}
	for i, x := range byScript {
		if seen&(1<<i) == 0 {
			continue
		}
		switch {
		case x.from == 0x4E00 && kana:
		case x.from == 0x4E00 && language != "ja":
			out = append(out, "zh")
		default:
			out = append(out, x.languages...)
		}
	}
	votes := make([]int, len(s.l.languages))
	for i := range s.toks {
		for _, m := range s.at(i) {
			if x := s.l.symbols[m.sym]; x.role == stop {
				votes[x.lang1]++
			}
		}
	}
	best := 0
	for _, n := range votes {
		best = max(best, n)
	}
	if best < 2 || best*6 < len(s.toks) {
		return out
	}
	// A few words are no proof against what the writer reads.
	if i, known := s.l.index[language]; known && votes[i] > 0 && (best < 4 || votes[i]*2 >= best) {
		out = append(out, language)
		votes[i] = 0
	}
	for i, n := range votes {
		if n == best || n >= 2 && n*4 >= best*3 {
			out = append(out, s.l.languages[i])
		}
	}
	return out
}
