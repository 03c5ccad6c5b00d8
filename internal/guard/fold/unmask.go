package fold

import "unicode"

// unmask puts look-alike letters into the script of the word they stand in, in
// place. A word with a Latin letter becomes Latin; a word all of look-alikes
// becomes Latin where the rest of the text is; in a Cyrillic text Latin
// letters become Cyrillic. Greek, Cyrillic and numbers are otherwise left.
func unmask(letters []letter) {
	latin, cyrillic, foreign := 0, 0, false
	for i, l := range letters {
		switch {
		case l.r >= 'a' && l.r <= 'z':
			latin++
		case l.r < 0x80:
		default:
			foreign = true
			if l.r >= 0x0400 && l.r <= 0x052F {
				cyrillic++
			}
			if l.r < capitals[len(capitals)-1] {
				continue
			}
			for _, first := range capitals {
				if l.r >= first && l.r < first+26 {
					letters[i].r = 'a' + l.r - first
					latin++
				}
			}
		}
	}
	if !foreign {
		return
	}
	for i := 0; i < len(letters); {
		j, own, other, unlike := i, 0, 0, 0
		for ; j < len(letters) && letters[j].r != ' ' && !unicode.IsSpace(letters[j].r); j++ {
			r := letters[j].r
			switch {
			case r >= 'a' && r <= 'z':
				own++
			case r < 0x80:
			case asIs(r):
				unlike++
			case alike[r] != 0:
				other++
			case unicode.IsLetter(r):
				unlike++
			}
		}
		word := letters[i:j]
		switch {
		case other == 0 && unlike == 0:
		case cyrillic > latin:
			if own > 0 && other+unlike > 0 {
				swap(word, back)
			}
		case own > 0 || unlike == 0 && latin > cyrillic:
			swap(word, alike)
		}
		i = j + 1
	}
}

func swap(word []letter, by map[rune]rune) {
	for i, l := range word {
		if m := by[l.r]; m != 0 {
			word[i].r = m
		}
	}
}
