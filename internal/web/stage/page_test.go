package stage

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"marquee/internal/web/problem"
)

var places = regexp.MustCompile(`\{[^}]*\}`)

// TestHeadsAreSaidInEveryLocale holds the sentences of page heads against the
// English ones.
func TestHeadsAreSaidInEveryLocale(t *testing.T) {
	t.Parallel()
	if !slices.Equal(words.Locales(), problem.Locales()) {
		t.Errorf("pages speak %v, problems %v", words.Locales(), problem.Locales())
	}
	english := words.Codes("en")
	for _, name := range []string{"house", "verify", "gallery", "create", "works", "back", "report", "terms", "work", "gone", "missing", "trouble"} {
		if english[name+"_title"] == "" {
			t.Errorf("the page %s has no title", name)
		}
	}
	for _, locale := range words.Locales() {
		theirs := words.Codes(locale)
		if a, b := slices.Sorted(maps.Keys(theirs)), slices.Sorted(maps.Keys(english)); !slices.Equal(a, b) {
			t.Errorf("%s has other sentences than English", locale)
		}
		for code, sentence := range theirs {
			a, b := places.FindAllString(sentence, -1), places.FindAllString(english[code], -1)
			slices.Sort(a)
			slices.Sort(b)
			if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
				t.Errorf("%s, %s: the places are %v, in English %v", locale, code, a, b)
			}
		}
	}
}

func TestCardSize(t *testing.T) {
	t.Parallel()
	for size, want := range map[[2]int][2]int{{1024, 1024}: {1280, 1280}, {1024, 1280}: {1280, 1600}, {1280, 720}: {1280, 720}, {0, 0}: {1280, 1280}} {
		if w, h := cardSize(size[0], size[1]); w != want[0] || h != want[1] {
			t.Errorf("%v: %d×%d, want %v", size, w, h, want)
		}
	}
}
