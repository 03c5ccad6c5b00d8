package fold

import "sync"

// tabled is the first character that the table does not hold.
const tabled = 0x2500

// table holds what the characters below tabled fold to; scripts with accents
// and letters in other shapes lie there.
var table = sync.OnceValue(func() [][]rune {
	all := make([][]rune, tabled)
	for r := rune(0x80); r < tabled; r++ {
		all[r] = foldRune(r)
	}
	return all
})

// spelt are letters that are written with others, or lose a mark that is no
// separate character.
var spelt = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ƒ': "f", 'ɨ': "i", 'ʉ': "u", 'ɵ': "o", 'ƀ': "b", 'ɓ': "b", 'ɗ': "d", 'ɠ': "g",
	'آ': "ا", 'أ': "ا", 'إ': "ا", 'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ک': "ك", 'ة': "ه", 'ؤ': "و", 'ئ': "ي", 'گ': "ك",
	'’': "'", '‘': "'", 'ʼ': "'", '`': "'", '´': "'", '′': "'", '‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '−': "-",
	'“': "\"", '”': "\"", '„': "\"", '«': "\"", '»': "\"", '「': "\"", '」': "\"", '『': "\"", '』': "\"", '《': "\"", '》': "\"",
	'。': ".", '․': ".", '·': ".", '•': ".", '∙': ".", '、': ",", '،': ",", '؟': "?", '؛': ";", '।': ".", '∗': "*", '＊': "*", '✱': "*", '✳': "*",
}

// alike are letters of other scripts, turned letters and small capitals that
// are drawn like Latin letters (after Unicode's list of confusables, UTS 39,
// as far as they look like the letters a to z).
var alike = pairs(map[rune]string{
	'a': "аɑαᴀɐ∂Ꭺ", 'b': "вьƅʙвЬβᏏ♭", 'c': "сϲᴄɔ¢ⅽςᏟ", 'd': "ԁɖᴅժძᎠ", 'e': "еєεᴇǝɛҽ℮էᎬ", 'f': "ғϝꜰɟƒֆ", 'g': "ɡɢƃցԍᏀ",
	'h': "һнʜɥհᏂ", 'i': "іιɪᴉίίɩıⅰꙇ", 'j': "јʝᴊɾյ", 'k': "кκᴋʞκ", 'l': "ӏʟⅼ|ɭլᏞ", 'm': "мᴍɯⅿΜ", 'n': "пηɴոռи", 'o': "оοσᴏօ๐ဝ०০൦", 'p': "рρᴘքᏢ",
	'q': "ԛզգ", 'r': "гʀɹᴦя", 's': "ѕꜱʂՏᏚ", 't': "тτᴛʇե", 'u': "υᴜսцμ", 'v': "νѵᴠʌѷט", 'w': "ԝωшᴡʍщա", 'x': "хχ×ⅹ", 'y': "уγүʏʎყ", 'z': "ᴢʐʑᏃ",
})

// back are the Latin letters that hide inside Cyrillic words.
var back = map[rune]rune{'a': 'а', 'e': 'е', 'o': 'о', 'p': 'р', 'c': 'с', 'y': 'у', 'x': 'х', 'i': 'и', 'k': 'к', 'm': 'м', 't': 'т', 'b': 'в', 'h': 'н', '3': 'з', '0': 'о'}

// capitals are letters in boxes and rings that NFKC leaves alone: each is the
// first of a run of 26.
var capitals = []rune{0x1F150, 0x1F170, 0x1F130}

func pairs(by map[rune]string) map[rune]rune {
	out := map[rune]rune{}
	for to, from := range by {
		for _, r := range from {
			if r != '|' {
				out[r] = to
			}
		}
	}
	return out
}
