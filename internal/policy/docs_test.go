package policy

import (
	"os"
	"strings"
	"testing"
)

// TestTheDocumentedPackIsOne keeps docs/policy.md true.
func TestTheDocumentedPackIsOne(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/policy.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(page), "```json\n")
	text, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatal("the page has no pack")
	}
	p, err := ReadPack(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	tried, err := p.Try()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range tried {
		if c.Wrong != "" {
			t.Errorf("%s: %s", c.Case, c.Wrong)
		}
	}
	for _, s := range Stages {
		if !strings.Contains(string(page), "`"+string(s)+"`") {
			t.Errorf("the page does not name the stage %s", s)
		}
	}
	for _, d := range dutyKinds {
		if !strings.Contains(string(page), "`"+d+"`") {
			t.Errorf("the page does not name the duty %s", d)
		}
	}
}
