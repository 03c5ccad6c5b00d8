package create

import (
	"strings"
	"testing"
	"unicode/utf8"

	"marquee/internal/fault"
)

func TestCleanPrompt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, code string }{
		{"a fox", "a fox", ""},
		{"  a\n fox\t ", "a fox", ""},
		{"雪の中の狐", "雪の中の狐", ""},
		{"ثعلب في الثلج", "ثعلب في الثلج", ""},
		{strings.Repeat("x", 400), strings.Repeat("x", 400), ""},
		{strings.Repeat("雪", 400), strings.Repeat("雪", 400), ""},
		{strings.Repeat("x", 401), "", "prompt_too_long"},
		{strings.Repeat("x", 100<<10), "", "prompt_too_long"},
		{"", "", "prompt_empty"},
		{" \n\t ", "", "prompt_empty"},
		{"\x00\x01\x02", "", "prompt_control_characters"},
		{"a fox\x07", "", "prompt_control_characters"},
		{"a \xff fox", "", "prompt_control_characters"},
		{"🦊🏔️✨", "", "prompt_without_words"},
		{"?!...", "", "prompt_without_words"},
		{"🦊 fox", "🦊 fox", ""},
	} {
		got, err := cleanPrompt(c.in)
		if got != c.want || c.code == "" != (err == nil) || c.code != "" && !fault.HasCode(err, c.code) {
			t.Errorf("%.40q: got %.40q, %v; want %.40q, %q", c.in, got, err, c.want, c.code)
		}
	}
}

func FuzzCleanPrompt(f *testing.F) {
	for _, s := range []string{"a fox", "\x00", "🦊", " ", "\xff", strings.Repeat("é", 401)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := cleanPrompt(s)
		if err != nil {
			return
		}
		if n := utf8.RuneCountInString(got); n == 0 || n > PromptMax || !utf8.ValidString(got) || strings.Contains(got, "\n") {
			t.Errorf("%q became %q", s, got)
		}
		if again, err := cleanPrompt(got); err != nil || again != got {
			t.Errorf("cleaning twice: %q, %q, %v", got, again, err)
		}
	})
}
