package tongue

import "testing"

func TestChoose(t *testing.T) {
	t.Parallel()
	offered := []string{"en", "de", "es", "fr", "ja", "ar"}
	for wish, want := range map[string]string{
		"de": "de", "de-AT,de;q=0.9,en;q=0.5": "de", "pt-BR,es;q=0.8": "es", "ja-JP": "ja", "ar-EG": "ar", "fr-CA, en;q=0.1": "fr",
		"": "en", "xx": "en", "*": "en", "de;q=,,;": "en", "sv": "en",
	} {
		if got := Choose(offered, wish); got != want {
			t.Errorf("%q: %s, want %s", wish, got, want)
		}
	}
	if got := Choose(offered, "", "nonsense!", "fr", "de"); got != "fr" {
		t.Errorf("the first wish that can be met: %s", got)
	}
}

func TestDirection(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]string{"ar": "rtl", "he": "rtl", "en": "ltr", "ja": "ltr", "": "ltr"} {
		if got := Direction(locale); got != want {
			t.Errorf("%s: %s", locale, got)
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	args := map[string]any{"max": 400, "who": "{max}"}
	for sentence, want := range map[string]string{
		"up to {max} letters": "up to 400 letters", "{who}": "{max}", "{none}": "", "no places": "no places", "open {": "",
	} {
		if got := Fill(sentence, args); got != want {
			t.Errorf("%q: %q, want %q", sentence, got, want)
		}
	}
}

func FuzzChoose(f *testing.F) {
	for _, seed := range []string{"de", "de-AT,en;q=0.5", "*;q=0", "x-y-z", "😀"} {
		f.Add(seed)
	}
	offered := []string{"en", "ar"}
	f.Fuzz(func(t *testing.T, wish string) {
		if got := Choose(offered, wish); got != "en" && got != "ar" {
			t.Errorf("%q: %q", wish, got)
		}
	})
}
