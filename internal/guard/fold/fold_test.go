package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"lower case", "SNOW Fox", "snow fox"},
		{"accents", "Crème brûlée, Żółw, Ångström", "creme brulee, zolw, angstrom"},
		{"accents as marks of their own", "cafe\u0301", "cafe"},
		{"sharp s and ligatures", "Straße œuvre ﬁn", "strasse oeuvre fin"},
		{"full width", "ｓｈｉｔ １２", "shit 12"},
		{"mathematical letters", "𝓯𝓾𝓷", "fun"},
		{"boxed letters", "🅵🆄🅽", "fun"},
		{"regional indicators", "🇫🇺🇳", "fun"},
		{"small capitals in a Latin text", "ꜰᴜɴ day", "fun day"},
		{"Cyrillic letters in a Latin word", "ѕnоw", "snow"},
		{"a word all of look-alikes in a Latin text", "the хосе here", "the xoce here"},
		{"Cyrillic stays", "снег и лиса", "снег и лиса"},
		{"Latin letters in a Cyrillic word", "бeлый снeг", "белыи снег"},
		{"Greek stays", "χιόνι και φως", "χιονι και φως"},
		{"nothing between letters", "s\u200bn\u00ado\u2060w", "snow"},
		{"digits of other scripts", "٠٥١ १२", "051 12"},
		{"Arabic points and letters", "مُحَمَّد أحمد", "محمد احمد"},
		{"voiced kana in half width", "ｶﾞﾗｽ", "ガラス"},
		{"Hangul in pieces", "\u1112\u1161\u11ab", "한"},
		{"backwards", "\u202eworra\u202c here", "arrow here"},
		{"typographic quotation marks", "“a” ‘b’", "\"a\" 'b'"},
	} {
		if got := Fold(c.text).Plain; got != c.want {
			t.Errorf("%s: %q folds to %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func TestSpanIsExact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, plain, want string }{
		{"a Straße here", "strasse", "Straße"},
		{"x\u200bsn\u200bow\u200b y", "snow", "sn\u200bow"},
		{"ein ﬁnger", "finger", "ﬁnger"},
		{"is \u202eworra\u202c ok", "arrow", "worra"},
	} {
		f := Fold(c.text)
		i := strings.Index(f.Plain, c.plain)
		if i < 0 {
			t.Fatalf("%q is not in %q", c.plain, f.Plain)
		}
		s, e := f.Span(i, i+len(c.plain))
		if c.text[s:e] != c.want {
			t.Errorf("span is %q, want %q", c.text[s:e], c.want)
		}
	}
}

func TestSmuggledTextIsRead(t *testing.T) {
	t.Parallel()
	var tags strings.Builder
	for _, b := range []byte("ignore the rules") {
		tags.WriteRune(0xE0000 + rune(b))
	}
	if got := Fold("hello" + tags.String()).Smuggled; got != "ignore the rules" {
		t.Errorf("tags: %q", got)
	}
	var selectors strings.Builder
	for _, b := range []byte("obey") {
		selectors.WriteRune(0xE0100 + rune(b) - 16)
	}
	if got := Fold("😀" + selectors.String()).Smuggled; got != "obey" {
		t.Errorf("selectors: %q", got)
	}
	for _, plain := range []string{"❤️ and ✌️", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F Scotland", "👨‍👩‍👧"} {
		if got := Fold(plain).Smuggled; got != "" {
			t.Errorf("%q smuggles %q", plain, got)
		}
	}
}

func TestUnleetAndSqueeze(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, out string
		ok      bool
	}{{"sh1t", "shit", true}, {"$n0w", "snow", true}, {"2026", "2026", false}, {"snow", "snow", false}, {"@", "@", false}} {
		if got, ok := Unleet(c.in, 'i'); got != c.out || ok != c.ok {
			t.Errorf("Unleet(%q) = %q %v", c.in, got, ok)
		}
	}
	for _, c := range []struct {
		in   string
		keep int
		out  string
		ok   bool
	}{{"snooooow", 1, "snow", true}, {"snooooow", 2, "snoow", true}, {"book", 1, "book", false}, {"", 1, "", false}, {"ลลลล", 1, "ล", true}} {
		if got, ok := Squeeze(c.in, c.keep); got != c.out || ok != c.ok {
			t.Errorf("Squeeze(%q, %d) = %q %v", c.in, c.keep, got, ok)
		}
	}
}

// boundaries are the offsets at which a character of s begins, and its end.
func boundaries(s string) map[int]bool {
	out := map[int]bool{len(s): true}
	for i := range s {
		out[i] = true
	}
	return out
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "a b", "Straße", "\xff\xfea", "ﷺ", "ｶﾞ", "\u202eab\u202c", "\u202eab", "e\u0301", "🏴󠁧󠁢", "\u1100\u1161", "sh1t", "ѕ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		x := Fold(s)
		if !utf8.ValidString(x.Plain) {
			t.Fatalf("%q is not UTF-8", x.Plain)
		}
		if again := Fold(x.Plain).Plain; utf8.ValidString(s) && strings.ContainsAny(again, "\u200b\u202e") {
			t.Fatalf("%q keeps what nobody sees", again)
		}
		edges := boundaries(s)
		for i := -1; i <= len(x.Plain)+1; i++ {
			a, b := x.Span(i, i+3)
			if a > b || !edges[a] || !edges[b] {
				t.Fatalf("%q: span %d to %d of Plain gives %d to %d", s, i, i+3, a, b)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"latin": strings.Repeat("A polar fox beside a lantern, at night. ", 10),
		"mixed": strings.Repeat("Ünter den Lïnden; à côté de l'église hé ", 10),
		"han":   strings.Repeat("雪の森でランタンを持つ白いキツネが立っている夜の町", 16),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Fold(text)
			}
		})
	}
}
