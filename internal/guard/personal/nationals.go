package personal

import (
	"regexp"
	"strings"
)

// national is one country's number for people: how it is written, and its
// checksum (of the letters and digits alone). Numbers whose checksum many
// random numbers meet need a word before them that says what they are.
type national struct {
	country string
	digits  int // the fewest that it has
	shape   *regexp.Regexp
	valid   func(string) bool
	cue     *regexp.Regexp
}

var nationals = []national{
	{"US", 9, regexp.MustCompile(`^(?:\d{3}-\d{2}-\d{4}\b)`), ssn, nil},
	{"GB", 6, regexp.MustCompile(`^(?:[abceghj-prstw-z][abceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d]\b)`), func(string) bool { return true }, nil},
	{"FR", 13, regexp.MustCompile(`^(?:[12] ?\d\d ?[01]\d ?\d[\dab] ?\d{3} ?\d{3} ?\d\d\b)`), nir, nil},
	{"ES", 7, regexp.MustCompile(`^(?:[xyz]?-?\d{7,8}-?[a-z]\b)`), dni, nil},
	{"IT", 7, regexp.MustCompile(`^(?:[a-z]{6}\d\d[a-ehlmprst]\d\d[a-z]\d{3}[a-z]\b)`), codiceFiscale, nil},
	{"FI", 9, regexp.MustCompile(`^(?:[0-3]\d[01]\d\d\d[-+a-f]\d{3}[0-9a-y]\b)`), hetu, nil},
	{"SE", 10, regexp.MustCompile(`^(?:(?:\d\d)?\d\d[01]\d[0-3]\d[-+]\d{4}\b)`), func(s string) bool { return Luhn(s[len(s)-10:]) }, nil},
	{"DK", 10, regexp.MustCompile(`^(?:[0-3]\d[01]\d{3}-\d{4}\b)`), func(s string) bool { return day(s[:2], s[2:4]) }, nil},
	{"KR", 13, regexp.MustCompile(`^(?:\d\d[01]\d[0-3]\d-[1-8]\d{6}\b)`), func(s string) bool { return day(s[4:6], s[2:4]) }, nil},
	{"CN", 17, regexp.MustCompile(`^(?:[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d\d{3}[\dx]\b)`), residentID, nil},
	{"BR", 11, regexp.MustCompile(`^(?:\d{3}\.\d{3}\.\d{3}-\d\d\b|\d{11}\b)`), cpf, nil},
	{"BE", 11, regexp.MustCompile(`^(?:\d\d\.?[0-5]\d\.?[0-3]\d-?\d{3}\.?\d\d\b)`), registerBE, nil},
	{"PL", 11, regexp.MustCompile(`^(?:\d\d[0-9]\d[0-3]\d{6}\b)`), pesel, regexp.MustCompile(`pesel`)},
	{"NO", 11, regexp.MustCompile(`^(?:[0-7]\d[0-9]\d\d\d ?\d{5}\b)`), fodselsnummer, nil},
	{"TR", 11, regexp.MustCompile(`^(?:[1-9]\d{10}\b)`), tckn, nil},
	{"DE", 11, regexp.MustCompile(`^(?:[1-9]\d ?\d{3} ?\d{3} ?\d{3}\b)`), steuerID, regexp.MustCompile(`steuer|idnr|tax id|identifikationsnummer`)},
	{"IN", 12, regexp.MustCompile(`^(?:[2-9]\d{3} ?\d{4} ?\d{4}\b)`), verhoeff, regexp.MustCompile(`aadha?ar|आधार`)},
	{"NL", 9, regexp.MustCompile(`^(?:\d{9}\b)`), bsn, regexp.MustCompile(`bsn|burgerservicenummer|sofinummer`)},
	{"PT", 9, regexp.MustCompile(`^(?:[1-3568]\d{8}\b)`), nif, regexp.MustCompile(`\bnif\b|contribuinte`)},
	{"JP", 12, regexp.MustCompile(`^(?:\d{4} ?\d{4} ?\d{4}\b)`), myNumber, regexp.MustCompile(`マイナンバー|個人番号|my number`)},
}

// nationals looks in a part of the folded text that begins at offset at.
func (f *finder) nationals(plain string, at int) {
	for i := range len(plain) {
		if !latin(plain[i]) || i > 0 && latin(plain[i-1]) {
			continue
		}
		near := digitsNear(plain[i:])
		for _, n := range nationals {
			if near >= n.digits {
				f.national(n, plain[i:], at+i)
			}
		}
	}
}

// latin tells whether a byte is an ASCII letter or digit; a number may stand
// right after a character of another script.
func latin(b byte) bool { return b < 0x80 && word(b) }

// digitsNear counts the digits that s begins with, letters and separators
// between them, as far as a person's number reaches.
func digitsNear(s string) int {
	count, other := 0, 0
	for i := 0; i < len(s) && other <= mostBetween; i++ {
		if s[i] >= '0' && s[i] <= '9' {
			count++
		} else {
			other++
		}
	}
	return count
}

// mostBetween is the most letters and separators that a national number has.
const mostBetween = 9

func (f *finder) national(n national, plain string, at int) {
	m := n.shape.FindStringIndex(plain)
	if m == nil {
		return
	}
	s := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, plain[:m[1]])
	if n.valid(s) && (n.cue == nil || n.cue.MatchString(f.t.Plain)) {
		f.add("personal_data", "national id "+n.country, at, at+m[1], 1)
	}
}

// weighed is the sum of digits times weights.
func weighed(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// day tells whether two pairs of digits are a day and a month.
func day(d, m string) bool {
	return number(d) >= 1 && number(d) <= 31 && number(m) >= 1 && number(m) <= 12
}

// ssn: area, group and serial are never zero, the area not 666 nor from 900.
func ssn(s string) bool {
	a := s[:3]
	return a != "000" && a != "666" && a[0] != '9' && s[3:5] != "00" && s[5:] != "0000"
}

// nir: 97 less the rest of the number by 97; Corsica's 2A and 2B count as 19
// and 18.
func nir(s string) bool {
	if len(s) != 15 {
		return false
	}
	s = strings.Replace(strings.Replace(s, "2a", "19", 1), "2b", "18", 1)
	if strings.ContainsAny(s, "ab") {
		return false
	}
	return 97-number(s[:13])%97 == number(s[13:])
}

// dni: the letter is chosen by the rest by 23; X, Y, Z stand for 0, 1, 2.
func dni(s string) bool {
	digits := strings.NewReplacer("x", "0", "y", "1", "z", "2").Replace(s[:1]) + s[1:len(s)-1]
	if len(digits) != 8 {
		return false
	}
	return "trwagmyfpdxbnjzsqvhlcke"[number(digits)%23] == s[len(s)-1]
}

// codiceFiscale: characters at odd places have values of their own, the sum by
// 26 is the last letter.
func codiceFiscale(s string) bool {
	const odd = "\x01\x00\x05\x07\x09\x0d\x0f\x11\x13\x15\x02\x04\x12\x14\x0b\x03\x06\x08\x0c\x0e\x10\x0a\x16\x19\x18\x17"
	sum := 0
	for i := range 15 {
		v := int(s[i])
		if s[i] >= 'a' {
			v -= 'a'
		} else {
			v -= '0'
		}
		if i%2 == 0 {
			v = int(odd[v])
		}
		sum += v
	}
	return byte('a'+sum%26) == s[15]
}

// hetu: the nine digits by 31 choose the last sign. The century's sign may be
// a letter or have been dropped.
func hetu(s string) bool {
	if len(s) == 11 {
		s = s[:6] + s[7:]
	}
	return len(s) == 10 && day(s[:2], s[2:4]) && "0123456789abcdefhjklmnprstuvwxy"[number(s[:9])%31] == s[9]
}

// residentID: GB 11643, modulus 11-2.
func residentID(s string) bool {
	return "10x98765432"[weighed(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == s[17]
}

func cpf(s string) bool {
	if same(s) {
		return false
	}
	check := func(n int) int {
		sum := 0
		for i := range n {
			sum += int(s[i]-'0') * (n + 1 - i)
		}
		return sum * 10 % 11 % 10
	}
	return check(9) == int(s[9]-'0') && check(10) == int(s[10]-'0')
}

// registerBE: 97 less the rest by 97, for those born since 2000 with a 2
// before.
func registerBE(s string) bool {
	n, c := number(s[:9]), number(s[9:])
	return day(s[4:6], s[2:4]) && (97-n%97 == c || 97-(2000000000+n)%97 == c)
}

func pesel(s string) bool {
	return (10-weighed(s, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)%10)%10 == int(s[10]-'0')
}

func fodselsnummer(s string) bool {
	k1 := (11 - weighed(s, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
	k2 := (11 - weighed(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return k1 == int(s[9]-'0') && k2 == int(s[10]-'0')
}

func tckn(s string) bool {
	odd := weighed(s, 1, 0, 1, 0, 1, 0, 1, 0, 1)
	even := weighed(s, 0, 1, 0, 1, 0, 1, 0, 1)
	return ((odd*7-even)%10+10)%10 == int(s[9]-'0') && (odd+even+int(s[9]-'0'))%10 == int(s[10]-'0')
}

// steuerID: ISO 7064, modulus 11,10.
func steuerID(s string) bool {
	p := 10
	for i := range 10 {
		if p = (p + int(s[i]-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (11-p)%10 == int(s[10]-'0')
}

// verhoeff is the checksum over the dihedral group of order 10.
func verhoeff(s string) bool {
	times := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return 5 + (a+b-5)%5
		case b < 5:
			return 5 + (a-5-b+5)%5
		}
		return (a - b + 5) % 5
	}
	turn := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	c := 0
	for i := range len(s) {
		v := int(s[len(s)-1-i] - '0')
		for range i % 8 {
			v = turn[v]
		}
		c = times(c, v)
	}
	return c == 0
}

// bsn: the eleven test, the last digit with weight -1.
func bsn(s string) bool { return !same(s) && weighed(s, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 }

func nif(s string) bool {
	c := 11 - weighed(s, 9, 8, 7, 6, 5, 4, 3, 2)%11
	if c >= 10 {
		c = 0
	}
	return c == int(s[8]-'0')
}

func myNumber(s string) bool {
	rest := weighed(s, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	c := 0
	if rest > 1 {
		c = 11 - rest
	}
	return c == int(s[11]-'0')
}
