// Package personal finds personal data, secrets and links in folded texts by
// their shape and their checksums.
package personal

import (
	"regexp"
	"slices"
	"strings"

	"marquee/internal/guard/fold"
)

// Hit is one thing found.
type Hit struct {
	// Kind is "personal_data", "secret" or "url"; What says which sort, such as
	// "e-mail" or "IBAN".
	Kind, What string
	// Start and End are offsets in the original text.
	Start, End int
	// Score is certainty, 0 to 1: 1 where a checksum holds.
	Score float64
}

// most bounds how many things of one sort are looked at in a text.
const most = 32

var (
	mail      = regexp.MustCompile(`[a-z0-9._%+-]{1,64}\s?(?:@|\[at\]|\(at\)|\{at\})\s?[a-z0-9-]{1,63}(?:\s?(?:\.|\[dot\]|\(dot\)| dot )\s?[a-z0-9-]{1,63}){1,4}`)
	spokeMail = regexp.MustCompile(`[a-z0-9._-]{2,64} at [a-z0-9-]{2,63} dot (?:com|net|org|de|fr|es|it|nl|uk|io|eu|me)\b`)
	birth     = regexp.MustCompile(`(?:born on|born|date of birth|dob|d\.o\.b\.?|my birthday is|geboren am|geburtsdatum|geb\.|ne le|nee le|date de naissance|naci el|nacido el|nacida el|fecha de nacimiento|nato il|nata il|data di nascita|geboren op|geboortedatum|nasci em|data de nascimento|生年月日|出生日期|생년월일)[\s:]{0,3}(?:\d{1,2}[./\-\s]{1,2}(?:\d{1,2}|[a-z]{3,9})[./\-\s]{1,2}\d{2,4}|\d{4}[./\-年]\d{1,2}[./\-月]\d{1,2}|[a-z]{3,9} \d{1,2},? \d{4})`)
	handle    = regexp.MustCompile(`(?:^|[\s(])@[a-z0-9_.]{3,30}`)
)

// birthHints are parts of which every cue to a date of birth has one.
var birthHints = []string{"born", "birth", "dob", "d.o.b", "geb", "naiss", "ne le", "nee le", "naci", "nasci", "nato", "nata", "生", "출생", "생년"}

// Find gives everything found. language and market (ISO 639 and 3166 codes,
// "" if unknown) say how telephone numbers without a country are read.
func Find(t fold.Text, language, market string) []Hit {
	f := finder{t: t, language: language, market: strings.ToUpper(market)}
	plain := t.Plain
	digits, marks := 0, 0
	for i := range len(plain) {
		switch b := plain[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b == '@' || b == '.' || b == ':':
			marks++
		}
	}
	if strings.IndexByte(plain, '@') >= 0 || strings.Contains(plain, "at)") || strings.Contains(plain, "at]") || strings.Contains(plain, "at}") {
		f.all(mail, "personal_data", "e-mail", 1)
		f.all(handle, "personal_data", "handle", 0.6)
	}
	if strings.Contains(plain, " dot ") {
		f.all(spokeMail, "personal_data", "e-mail", 0.9)
	}
	if digits >= 5 && slices.ContainsFunc(birthHints, func(h string) bool { return strings.Contains(plain, h) }) {
		f.all(birth, "personal_data", "date of birth", 0.9)
	}
	if digits >= 6 {
		f.numbers()
	}
	if digits > 0 {
		f.addresses()
	}
	f.secrets()
	f.links(marks)
	return f.out
}

type finder struct {
	t                fold.Text
	language, market string
	out              []Hit
}

func (f *finder) all(p *regexp.Regexp, kind, what string, score float64) {
	for _, m := range p.FindAllStringIndex(f.t.Plain, most) {
		f.add(kind, what, m[0], m[1], score)
	}
}

// add notes a part of the folded text, without white space at its ends, unless
// something of the same kind covers it.
func (f *finder) add(kind, what string, from, to int, score float64) {
	for from < to && f.t.Plain[from] == ' ' {
		from++
	}
	for from < to && f.t.Plain[to-1] == ' ' {
		to--
	}
	a, b := f.t.Span(from, to)
	if a >= b {
		return
	}
	for _, h := range f.out {
		if h.Kind == kind && h.Start <= a && b <= h.End {
			return
		}
	}
	f.out = append(f.out, Hit{kind, what, a, b, score})
}
