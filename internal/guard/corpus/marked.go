package corpus

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"marquee/internal/policy"
)

// Mistake says what the guard got wrong.
type Mistake string

// The mistakes.
const (
	// FalseAlarm is a harmless text that was stopped.
	FalseAlarm Mistake = "false_alarm"
	// Miss is a harmful text that was let through.
	Miss Mistake = "miss"
)

// Marked is a text that staff marked: a mistake of the guard that must not
// come back.
type Marked struct {
	Text   string  `json:"text"`
	Locale string  `json:"locale,omitempty"`
	Marked Mistake `json:"marked"`
	// Want narrows what a miss must lead to: "hold" or "deny"; "" is either.
	Want policy.Outcome `json:"want,omitempty"`
	// On is the day, as 2026-11-23, and Why what staff said of it.
	On  string `json:"on"`
	Why string `json:"why"`
}

// Right tells whether an outcome is what the mark asks for.
func (m Marked) Right(o policy.Outcome) bool {
	if m.Marked == FalseAlarm {
		return o == policy.Allow || o == policy.Rewrite
	}
	return o == m.Want || m.Want == "" && (o == policy.Hold || o == policy.Deny)
}

func (m Marked) check() error {
	_, day := time.Parse(time.DateOnly, m.On)
	switch {
	case m.Text == "" || !utf8.ValidString(m.Text):
		return errors.New("it has no text")
	case m.Marked != FalseAlarm && m.Marked != Miss:
		return fmt.Errorf("%.20q is neither false_alarm nor miss", m.Marked)
	case m.Want != "" && (m.Marked == FalseAlarm || m.Want != policy.Hold && m.Want != policy.Deny):
		return fmt.Errorf("%.20q can't be asked for here", m.Want)
	case day != nil:
		return fmt.Errorf("%.20q is no day", m.On)
	case strings.TrimSpace(m.Why) == "":
		return errors.New("it does not say why")
	}
	return nil
}

// ReadMarked reads one marked text a line, as JSON objects. Empty lines are
// left out; an unknown field is an error.
func ReadMarked(r io.Reader) ([]Marked, error) {
	var out []Marked
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 4096), longestCase)
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var m Marked
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		err := d.Decode(&m)
		if err == nil && d.More() {
			err = errors.New("there is more than one object")
		}
		if err == nil {
			err = m.check()
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if out = append(out, m); len(out) > mostCases {
			return nil, fmt.Errorf("there are more than %d texts", mostCases)
		}
	}
	return out, lines.Err()
}

//go:embed cases/*.jsonl
var cases embed.FS

// MarkedCases gives all texts that were marked.
func MarkedCases() ([]Marked, error) {
	files, err := cases.ReadDir("cases")
	if err != nil {
		return nil, err
	}
	var out []Marked
	for _, f := range files {
		data, err := cases.ReadFile(path.Join("cases", f.Name()))
		if err != nil {
			return nil, err
		}
		more, err := ReadMarked(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		out = append(out, more...)
	}
	return out, nil
}
