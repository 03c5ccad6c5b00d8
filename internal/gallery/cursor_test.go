package gallery

import (
	"strings"
	"testing"
	"time"

	"marquee/internal/fault"
)

func TestCursorGoesRound(t *testing.T) {
	t.Parallel()
	for _, c := range []Cursor{
		{time.UnixMicro(1_790_000_000_123_456).UTC(), 0, "a"},
		{time.UnixMicro(1).UTC(), 1 << 40, "0197-with.dots.in.it"},
	} {
		got, err := parseCursor(c.String())
		if err != nil || got != c {
			t.Errorf("got %+v, %v; want %+v", got, err, c)
		}
	}
	if c, err := parseCursor(""); err != nil || c != (Cursor{}) {
		t.Errorf("the beginning: %+v, %v", c, err)
	}
}

func FuzzParseCursor(f *testing.F) {
	for _, s := range []string{"", "x", Cursor{time.UnixMicro(5).UTC(), 3, "id"}.String(), strings.Repeat("A", 300), "Li4u"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parseCursor(s)
		if err != nil {
			if !fault.HasCode(err, "cursor_invalid") {
				t.Errorf("%v", err)
			}
			return
		}
		if s != "" && c.ID == "" {
			t.Errorf("%q gives a cursor without an id", s)
		}
	})
}

func TestLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want, code string }{
		{" Snow  fox ", "Snow fox", ""},
		{"冬の灯り", "冬の灯り", ""},
		{"", "", "title_missing"},
		{"!!!", "", "title_missing"},
		{strings.Repeat("a", 81), "", "title_too_long"},
		{strings.Repeat("a", 100_000), "", "title_too_long"},
		{"a\x00b", "", "title_characters"},
		{"evil \u202Etxt", "", "title_characters"},
		{"bad \xff", "", "title_characters"},
	} {
		got, err := line(c.in, "title", TitleMax)
		if got != c.want || c.code != "" && !fault.HasCode(err, c.code) || c.code == "" && err != nil {
			t.Errorf("%.30q: got %q, %v; want %q, %q", c.in, got, err, c.want, c.code)
		}
	}
}
