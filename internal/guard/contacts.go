package guard

import (
	"context"
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

// contacts finds e-mail addresses and links.
type contacts struct{}

func (contacts) Name() string { return "contacts/1" }

var (
	mailPattern = regexp.MustCompile(`(?i)[a-z0-9._%+-]{1,64}\s?(?:@|\[at\]|\(at\))\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}`)
	linkPattern = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S{3,}|\b[a-z0-9-]{2,63}\.(?:com|net|org|io|info|biz|shop|ru|de|fr|es|jp|uk|eu|co|me|ly|gg|xyz|app|dev)\b(?:/\S*)?`)
)

func (d contacts) Text(_ context.Context, t fold.Text, _ Context) ([]policy.Finding, error) {
	out := found(d.Name(), "personal_data", t.Original, mailPattern)
	if len(out) == 0 {
		out = found(d.Name(), "url", t.Original, linkPattern)
	}
	return out, nil
}

// numbers finds telephone numbers, payment cards and bank accounts.
type numbers struct{}

func (numbers) Name() string { return "numbers/1" }

var (
	digitsPattern = regexp.MustCompile(`\+?\d(?:[\s().\-/]{0,2}\d){6,18}`)
	ibanPattern   = regexp.MustCompile(`(?i)\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,7}(?:\s?[a-z0-9]{1,3})?\b`)
)

func (d numbers) Text(_ context.Context, t fold.Text, c Context) ([]policy.Finding, error) {
	var out []policy.Finding
	text := t.Original
	for _, m := range digitsPattern.FindAllStringIndex(text, 20) {
		s := text[m[0]:m[1]]
		digits := strings.Map(onlyDigits, s)
		if len(digits) >= 13 && len(digits) <= 19 && luhn(digits) || telephone(s, c.Locale) {
			out = append(out, policy.Finding{Detector: d.Name(), Kind: "personal_data", Start: m[0], End: m[1], Score: 1})
		}
	}
	for _, m := range ibanPattern.FindAllStringIndex(text, 20) {
		if iban(text[m[0]:m[1]]) {
			out = append(out, policy.Finding{Detector: d.Name(), Kind: "personal_data", Start: m[0], End: m[1], Score: 1})
		}
	}
	return out, nil
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// regions are where a number without a country code may be from, by language.
var regions = map[string][]string{
	"en": {"US", "GB"}, "de": {"DE", "AT", "CH"}, "es": {"ES", "MX"}, "fr": {"FR"}, "ja": {"JP"}, "ar": {"SA", "AE", "EG"},
}

func telephone(s, locale string) bool {
	if strings.HasPrefix(s, "+") {
		n, err := phonenumbers.Parse(s, "ZZ")
		return err == nil && phonenumbers.IsValidNumber(n)
	}
	lang, _, _ := strings.Cut(locale, "-")
	for _, r := range regions[lang] {
		if n, err := phonenumbers.Parse(s, r); err == nil && phonenumbers.IsValidNumber(n) {
			return true
		}
	}
	return false
}

// luhn is the checksum of payment cards, ISO/IEC 7812-1 annex B.
func luhn(digits string) bool {
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

// iban is the checksum of bank accounts, ISO 13616: the rest by 97 is 1.
func iban(s string) bool {
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

// officials finds names that would pass a participant off as staff.
type officials struct{}

func (officials) Name() string { return "officials/1" }

var officialPattern = regexp.MustCompile(`\b(?:admin|administrator|moderator|official|support team|staff)\b`)

func (d officials) Text(_ context.Context, t fold.Text, _ Context) ([]policy.Finding, error) {
	var out []policy.Finding
	for _, m := range officialPattern.FindAllStringIndex(t.Plain, 5) {
		s, e := t.Span(m[0], m[1])
		out = append(out, policy.Finding{Detector: d.Name(), Kind: "impersonation", Start: s, End: e, Score: 1})
	}
	return out, nil
}

func found(name, kind, text string, p *regexp.Regexp) []policy.Finding {
	var out []policy.Finding
	for _, m := range p.FindAllStringIndex(text, 20) {
		out = append(out, policy.Finding{Detector: name, Kind: kind, Start: m[0], End: m[1], Score: 1})
	}
	return out
}
