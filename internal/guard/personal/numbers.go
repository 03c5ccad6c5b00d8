package personal

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

var (
	digitRun = regexp.MustCompile(`\+?\(?\d(?:[\s().\-/]{0,2}\d){6,21}`)
	ibanRun  = regexp.MustCompile(`\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b`)
)

// numbers finds cards, bank accounts, national ids and telephone numbers.
func (f *finder) numbers() {
	for _, at := range islands(f.t.Plain, 6) {
		plain := f.t.Plain[at[0]:at[1]]
		f.nationals(plain, at[0])
		for _, m := range ibanRun.FindAllStringIndex(plain, most) {
			if IBAN(plain[m[0]:m[1]]) {
				f.add("personal_data", "IBAN", at[0]+m[0], at[0]+m[1], 1)
			}
		}
		for _, m := range digitRun.FindAllStringIndex(plain, most) {
			s := plain[m[0]:m[1]]
			d := strings.Map(onlyDigits, s)
			switch {
			case len(d) >= 13 && len(d) <= 19 && Luhn(d) && !same(d):
				f.add("personal_data", "card", at[0]+m[0], at[0]+m[1], 1)
			case f.telephone(s, d):
				f.add("personal_data", "telephone", at[0]+m[0], at[0]+m[1], 0.9)
			}
		}
	}
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// same tells whether all digits are one.
func same(d string) bool { return strings.Count(d, d[:1]) == len(d) }

// regions are where a number without a country code may be from, by language.
var regions = map[string][]string{
	"ar": {"SA", "AE", "EG"}, "cs": {"CZ"}, "da": {"DK"}, "de": {"DE", "AT", "CH"}, "el": {"GR"}, "en": {"US", "GB"}, "es": {"ES", "MX"},
	"fi": {"FI"}, "fr": {"FR", "BE"}, "he": {"IL"}, "hi": {"IN"}, "hu": {"HU"}, "id": {"ID"}, "it": {"IT"}, "ja": {"JP"}, "ko": {"KR"},
	"nb": {"NO"}, "nl": {"NL", "BE"}, "pl": {"PL"}, "pt": {"BR", "PT"}, "ro": {"RO"}, "sv": {"SE"}, "th": {"TH"}, "tr": {"TR"}, "uk": {"UA"}, "zh": {"CN", "TW"},
}

// telephone tells whether digits are a valid telephone number. A number
// without a country code counts if it is one where the writer may live; eight
// digits that read as a date or a span of years do not.
func (f *finder) telephone(s, d string) bool {
	if len(d) > 15 {
		return false
	}
	if strings.HasPrefix(s, "+") || strings.HasPrefix(d, "00") {
		n, err := phonenumbers.Parse("+"+strings.TrimPrefix(d, "00"), "ZZ")
		return err == nil && phonenumbers.IsValidNumber(n)
	}
	if dated.MatchString(s) {
		return false
	}
	where := regions[f.language]
	if f.market != "" {
		where = append([]string{f.market}, where...)
	}
	for _, r := range where {
		if n, err := phonenumbers.Parse(s, r); err == nil && phonenumbers.IsValidNumber(n) {
			return true
		}
	}
	return false
}

var dated = regexp.MustCompile(`^(?:(?:19|20)\d\d\s?[-/. ]\s?(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d.*|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}.*)$`)

// Luhn is the checksum of payment cards, ISO/IEC 7812-1 annex B.
func Luhn(digits string) bool {
	sum, double := 0, false
	for i := len(digits) - 1; i >= 0; i-- {
		v := int(digits[i] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
		double = !double
	}
	return sum%10 == 0
}

// IBAN is the checksum of bank accounts, ISO 13616: with the first four
// characters moved to the end and letters as numbers from 10 on, the rest by
// 97 is 1.
func IBAN(s string) bool {
	s = strings.ToUpper(strings.ReplaceAll(s, " ", ""))
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	rest := 0
	for _, r := range s[4:] + s[:4] {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}
