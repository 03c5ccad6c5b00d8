package language

import (
	"testing"
	"unicode/utf8"

	"marquee/internal/guard/corpus"
)

func TestGuess(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"the fox is in the snow":                             "en",
		"Der Fuchs schläft unter einer Laterne":              "de",
		"el zorro duerme bajo la nieve":                      "es",
		"le renard dort dans la neige":                       "fr",
		"la volpe dorme sotto la neve":                       "it",
		"de vos slaapt onder het licht":                      "nl",
		"a raposa dorme debaixo de uma árvore":               "pt",
		"liška spí pod stromem a je jí zima":                 "cs",
		"lis śpi pod drzewem i nie jest sam":                 "pl",
		"ræven sover i sneen og det er koldt, hvad skal jeg": "da",
		"reven sover i snøen og jeg har ikke noe å være":     "nb",
		"räven sover i snön och jag är inte där":             "sv",
		"kettu nukkuu ja se on kaunis, mutta minä en":        "fi",
		"a róka alszik és nem fél, hogy itt van":             "hu",
		"vulpea doarme în zăpadă și nu este singură":         "ro",
		"tilki ve bir kuş için kar altında":                  "tr",
		"rubah yang tidur di salju dengan lampu":             "id",
		"雪の森の狐":                                              "ja",
		"雪地里的狐狸":                                             "zh",
		"눈 속의 여우":                                            "ko",
		"ثعلب في الثلج":                                      "ar",
		"שועל בשלג":                                          "he",
		"बर्फ में लोमड़ी":                                    "hi",
		"จิ้งจอกในหิมะ":                                      "th",
		"αλεπού στο χιόνι":                                   "el",
		"лисиця і сніг":                                      "uk",
		"лиса и рыжий снег":                                  "ru",
		"":                                                   "",
		"123 !?":                                             "",
		"a fox with 狐 on it, by the sea":                     "en",
	} {
		if got, sure := Guess(text); got != want || sure < 0 || sure > 1 {
			t.Errorf("%q: %s (%.2f), want %s", text, got, sure, want)
		}
	}
}

// TestPrompts bounds how often a short prompt is surely taken for another
// language.
func TestPrompts(t *testing.T) {
	t.Parallel()
	cases, err := corpus.Harmless(corpus.A)
	if err != nil {
		t.Fatal(err)
	}
	wrong, right, n := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range cases {
		n[c.Locale]++
		switch got, sure := Guess(c.Text); {
		case got == c.Locale:
			right[c.Locale]++
		case sure >= 0.5:
			t.Logf("%s taken for %s (%.2f): %s", c.Locale, got, sure, c.Text)
			wrong[c.Locale]++
		}
	}
	for locale := range n {
		t.Logf("%s: %d of %d right, %d surely wrong", locale, right[locale], n[locale], wrong[locale])
		if wrong[locale] > n[locale]/20 {
			t.Errorf("%s: %d of %d prompts are surely taken for another language", locale, wrong[locale], n[locale])
		}
	}
}

func FuzzGuess(f *testing.F) {
	f.Add("the fox\xff")
	f.Add("雪のfox и лиса")
	f.Fuzz(func(t *testing.T, text string) {
		tag, sure := Guess(text)
		if !(sure >= 0 && sure <= 1) || tag == "" && sure != 0 || !utf8.ValidString(tag) {
			t.Errorf("%q: %q %v", text, tag, sure)
		}
	})
}

func BenchmarkGuess(b *testing.B) {
	for b.Loop() {
		Guess("My grandmother told us stories by the fire while the snow fell on the small town by the sea")
	}
}
