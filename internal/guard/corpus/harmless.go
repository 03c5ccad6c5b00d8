// Package corpus holds the texts that the guard is measured on, reads those of
// others, and counts what a guard does with them.
package corpus

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

// Half is one half of the harmless prompts.
type Half string

// The halves. Development may look at A; B is scored once, at the end.
const (
	A Half = "a"
	B Half = "b"
)

//go:embed harmless/*.txt
var harmless embed.FS

// Harmless gives the harmless prompts of one half: a hundred in each of ten
// languages. None of them should be stopped.
func Harmless(h Half) ([]Case, error) {
	files, err := harmless.ReadDir("harmless")
	if err != nil {
		return nil, err
	}
	var out []Case
	for _, f := range files {
		locale, ok := strings.CutSuffix(f.Name(), "."+string(h)+".txt")
		if !ok {
			continue
		}
		data, err := harmless.ReadFile(path.Join("harmless", f.Name()))
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(string(data), "\n") {
			if line != "" && line[0] != '#' {
				out = append(out, Case{Text: line, Locale: locale, Function: "harmless"})
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("the harmless prompts have no half %q", h)
	}
	return out, nil
}
