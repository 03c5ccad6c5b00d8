package personal

import (
	"strings"
	"testing"

	"marquee/internal/guard/fold"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, market, text, what, part string }{
		{"en", "", "mail anna.b+x@mail.example.co.uk now", "e-mail", "anna.b+x@mail.example.co.uk"},
		{"en", "", "anna (at) example (dot) com", "e-mail", "anna (at) example (dot) com"},
		{"en", "", "follow @snowfox_24 please", "handle", "@snowfox_24"},
		{"en", "", "card 4111 1111 1111 1111!", "card", "4111 1111 1111 1111"},
		{"de", "", "IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN", "DE89 3704 0044 0532 0130 00"},
		{"en", "", "call +49 30 901820 today", "telephone", "+49 30 901820"},
		{"", "SE", "ring 08-123 456 78", "telephone", "08-123 456 78"},
		{"en", "", "ssn 219-09-9999", "national id US", "219-09-9999"},
		{"en", "", "my nino AB 12 34 56 C ok", "national id GB", "AB 12 34 56 C"},
		{"fr", "", "2 55 08 14 168 025 38", "national id FR", "2 55 08 14 168 025 38"},
		{"fr", "", "2 55 08 14 168 025 39", "", ""},
		{"fr", "", "numéro 2 69 05 49 588 157 80", "national id FR", "2 69 05 49 588 157 80"},
		{"es", "", "dni 12345678Z", "national id ES", "12345678Z"},
		{"es", "", "nie X1234567L", "national id ES", "X1234567L"},
		{"it", "", "cf RSSMRA85T10A562S", "national id IT", "RSSMRA85T10A562S"},
		{"fi", "", "hetu 131052-308T", "national id FI", "131052-308T"},
		{"sv", "", "nummer 811228-9874", "national id SE", "811228-9874"},
		{"da", "", "cpr 070761-4285", "national id DK", "070761-4285"},
		{"ko", "", "주민번호 990101-1234567", "national id KR", "990101-1234567"},
		{"zh", "", "身份证11010519491231002X", "national id CN", "11010519491231002X"},
		{"pt", "", "cpf 529.982.247-25", "national id BR", "529.982.247-25"},
		{"nl", "", "rijksregister 85.07.30-033.28", "national id BE", "85.07.30-033.28"},
		{"pl", "", "pesel 44051401359", "national id PL", "44051401359"},
		{"tr", "", "tc 10000000146", "national id TR", "10000000146"},
		{"de", "", "Steuer-ID 86095742719", "national id DE", "86095742719"},
		{"hi", "", "aadhaar 2363 1871 8231", "", ""},
		{"nl", "", "bsn 111222333", "national id NL", "111222333"},
		{"pt", "", "nif 123456789", "national id PT", "123456789"},
		{"en", "", "born on 12 March 1988 in York", "date of birth", "born on 12 March 1988"},
		{"es", "", "vivo en calle de las Flores 12", "address", "calle de las Flores 12"},
		{"ja", "", "住所は東京都港区1丁目2番", "address", "1丁目2番"},
		{"en", "", "token ghp_abcdefghijklmnopqrstuvwxyz0123456789", "key", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"},
		{"en", "", "api_key: 9fK2xQ7zLmP4vB8nR1tY6wC3", "random token", "9fK2xQ7zLmP4vB8nR1tY6wC3"},
		{"es", "", "contraseña: nieve2024", "password", "nieve2024"},
		{"en", "", "visit https://example.com/a?b=c", "link", "https://example.com/a?b=c"},
		{"en", "", "visit example . com", "disguised link", "example . com"},
		{"en", "", "join discord.gg/abc", "link", "discord.gg/abc"},
		{"en", "", "order 4111 1111 1111 1112", "", ""},
		{"en", "", "open 2020-2026, 12.05.2026 at 18.30", "", ""},
		{"en", "", "221b Baker Street", "", ""},
		{"en", "", "3.14159 and 1.000.000 stars", "", ""},
		{"en", "", "a monkey and a turkey, e.g. both. Come", "", ""},
		{"en", "", "Pneumonoultramicroscopicsilicovolcanoconiosis", "", ""},
	} {
		found := Find(fold.Fold(c.text), c.language, c.market)
		if c.what == "" {
			if len(found) > 0 {
				t.Errorf("%q: %+v", c.text, found)
			}
			continue
		}
		ok := false
		for _, h := range found {
			ok = ok || h.What == c.what && c.text[h.Start:h.End] == c.part
		}
		if !ok {
			t.Errorf("%q: found %+v, want %s %q", c.text, found, c.what, c.part)
		}
	}
}

// TestChecksumsRefuseTheirNeighbours changes each digit of valid numbers: a
// checksum that does not notice is none.
func TestChecksumsRefuseTheirNeighbours(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		valid func(string) bool
		good  string
		last  int // digits at the end that are left alone, such as a letter
	}{
		"Luhn": {Luhn, "4111111111111111", 0}, "IBAN": {IBAN, "DE89370400440532013000", 0}, "NIR": {nir, "269054958815780", 0}, "DNI": {dni, "12345678z", 1},
		"CPF": {cpf, "52998224725", 0}, "PESEL": {pesel, "44051401359", 0}, "TCKN": {tckn, "10000000146", 0},
		"Steuer-ID": {steuerID, "86095742719", 0}, "BSN": {bsn, "111222333", 0}, "NIF": {nif, "123456789", 0}, "resident id": {residentID, "11010519491231002x", 1},
		"Verhoeff": {verhoeff, "2363", 0}, "fodselsnummer": {fodselsnummer, "01010750160", 0},
	} {
		if !c.valid(c.good) {
			t.Errorf("%s: %s should be valid", name, c.good)
			continue
		}
		for i := range len(c.good) - c.last {
			if c.good[i] < '0' || c.good[i] > '9' {
				continue
			}
			bad := c.good[:i] + string('0'+(c.good[i]-'0'+1)%10) + c.good[i+1:]
			if c.valid(bad) {
				t.Errorf("%s: %s should not be valid", name, bad)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "a@b.c", "+1 202 555 0143", "DE89", "\xff1234567890", "sk-" + strings.Repeat("a1", 20), "11010519491231002X", "٠١٢٣٤٥٦٧٨٩"} {
		f.Add(s, "de", "DE")
	}
	f.Fuzz(func(t *testing.T, s, language, market string) {
		if len(s) > 4096 {
			return
		}
		edges := map[int]bool{len(s): true}
		for i := range s {
			edges[i] = true
		}
		for _, h := range Find(fold.Fold(s), language, market) {
			if h.Start >= h.End || !edges[h.Start] || !edges[h.End] {
				t.Fatalf("%q: %s from %d to %d", s, h.What, h.Start, h.End)
			}
		}
	})
}
