package compose

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

// Sentences break where Chromium breaks them: testdata/thai-breaks.json has the
// places, as Chromium gave them for a column of no width.
func TestThaiBreaksAsInABrowser(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/thai-breaks.json")
	if err != nil {
		t.Fatal(err)
	}
	var sentences []struct {
		Text   string `json:"text"`
		Breaks []int  `json:"breaks"`
	}
	if err := json.Unmarshal(data, &sentences); err != nil {
		t.Fatal(err)
	}
	set := tenScripts(t).pool.Get().(*setter)
	same, wrong, whole := 0, 0, 0
	for _, s := range sentences {
		w, lacks := set.wrapped([]rune(s.Text), "th")
		if len(lacks) > 0 {
			t.Errorf("%q lacks %q", s.Text, lacks)
		}
		var got []int
		for _, p := range w.pieces[1:] {
			got = append(got, p.from)
		}
		if slices.Equal(got, s.Breaks) {
			whole++
		} else {
			t.Logf("%s\n  here    %s\n  browser %s", s.Text, cut(s.Text, got), cut(s.Text, s.Breaks))
		}
		for _, at := range got {
			if slices.Contains(s.Breaks, at) {
				same++
			} else {
				wrong++
			}
		}
	}
	total := 0
	for _, s := range sentences {
		total += len(s.Breaks)
	}
	t.Logf("%d of %d breaks, %d others; %d of %d sentences alike", same, total, wrong, whole, len(sentences))
	if len(sentences) < 30 || float64(same) < 0.97*float64(total) || float64(wrong) > 0.03*float64(total) {
		t.Errorf("%d of %d breaks, %d others, in %d sentences", same, total, wrong, len(sentences))
	}
}

func cut(text string, at []int) string {
	r, from := []rune(text), 0
	var out []string
	for _, i := range append(slices.Clone(at), len(r)) {
		out = append(out, string(r[from:i]))
		from = i
	}
	return strings.Join(out, "|")
}

func TestThaiDictionary(t *testing.T) {
	t.Parallel()
	words, longest := thaiWords()
	if len(words) < 26_000 || longest > 40 {
		t.Errorf("%d words, the longest of %d characters", len(words), longest)
	}
	for w := range words {
		if w == "ฯลฯ" || w == "ฯพณฯ" {
			continue
		}
		for i, r := range []rune(w) {
			if !isThai(r) && r != 'ฯ' || i == 0 && thaiJoins(r) {
				t.Fatalf("%q is no Thai word", w)
			}
		}
	}
}

// Whatever is written, breaks lie inside, in order, and never before a sign that
// belongs to the letter before it.
func FuzzThaiBreaks(f *testing.F) {
	f.Add("แสงไฟในทุกหน้าต่าง")
	f.Add("กกกกกๆๆๆะะะ")
	f.Add("เเเเ่่่ำำ")
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		if len(text) > MaxLongText {
			return
		}
		last := 0
		for _, at := range thaiBreaks(text) {
			if at <= last || at >= len(text) {
				t.Fatalf("a break at %d after %d of %d", at, last, len(text))
			}
			if thaiJoins(text[at]) || thaiLeads(text[at-1]) {
				t.Fatalf("a break inside a syllable, before %q in %q", text[at], s)
			}
			last = at
		}
	})
}
