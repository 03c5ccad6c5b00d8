package brand

import (
	"fmt"
	"strings"

	"marquee/internal/compose"
)

// span is a run of characters, both ends included.
type span struct{ from, to rune }

// scripts are the characters a font is asked for, so that a browser loads no
// file that a page has no use for. Punctuation goes with latin, which stands
// first in every stack.
var scripts = map[string][]span{
	"latin":      {{0x0000, 0x02FF}, {0x1E00, 0x1EFF}, {0x2000, 0x206F}, {0x20A0, 0x20CF}, {0x2100, 0x214F}, {0x2190, 0x21FF}, {0x2212, 0x2212}, {0x2215, 0x2215}, {0xFEFF, 0xFEFF}, {0xFFFD, 0xFFFD}},
	"greek":      {{0x0370, 0x03FF}, {0x1F00, 0x1FFF}},
	"cyrillic":   {{0x0400, 0x052F}, {0x1C80, 0x1C8F}, {0x2DE0, 0x2DFF}, {0xA640, 0xA69F}, {0x2116, 0x2116}},
	"arabic":     {{0x0600, 0x06FF}, {0x0750, 0x077F}, {0x0870, 0x08FF}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFC}},
	"hebrew":     {{0x0590, 0x05FF}, {0xFB1D, 0xFB4F}},
	"devanagari": {{0x0900, 0x097F}, {0x1CD0, 0x1CFF}, {0xA8E0, 0xA8FF}},
	"thai":       {{0x0E00, 0x0E7F}},
	"japanese":   {{0x2190, 0x27BF}, {0x3000, 0x30FF}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF00, 0xFFEF}},
	"korean":     {{0x1100, 0x11FF}, {0x3000, 0x303F}, {0x3130, 0x318F}, {0xAC00, 0xD7AF}, {0xFF00, 0xFFEF}},
	"chinese":    {{0x2E80, 0x2FDF}, {0x3000, 0x303F}, {0x3100, 0x312F}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF00, 0xFFEF}},
}

const (
	lastPlain = 0xFFFD // of the basic plane, where all that kits bring lies
	maxExtras = 120
)

func (k *Kit) coverages() map[string]string {
	out := make(map[string]string, len(k.Fonts))
	for _, f := range k.Fonts {
		out[f.ID] = coverage(k.faces[f.ID], f.Scripts)
	}
	return out
}

// coverage is the unicode-range of a font: its scripts, and whatever else it
// has. The server takes each character from the first font that has it; told
// less than that, a browser would take some from another. It is empty, for no
// bound, if a font has a lot beside its scripts.
func coverage(face *compose.Font, names []string) string {
	var spans []span
	for _, n := range names {
		spans = append(spans, scripts[n]...)
	}
	within := func(r rune) bool {
		for _, s := range spans {
			if r >= s.from && r <= s.to {
				return true
			}
		}
		return false
	}
	var extras []span
	for r := rune(0x20); r <= lastPlain; r++ {
		if within(r) || !face.Has(r) {
			continue
		}
		if n := len(extras); n > 0 && extras[n-1].to == r-1 {
			extras[n-1].to = r
			continue
		}
		if len(extras) == maxExtras {
			return ""
		}
		extras = append(extras, span{r, r})
	}
	parts := make([]string, 0, len(spans)+len(extras))
	for _, s := range append(spans, extras...) {
		if s.from == s.to {
			parts = append(parts, fmt.Sprintf("U+%04X", s.from))
		} else {
			parts = append(parts, fmt.Sprintf("U+%04X-%04X", s.from, s.to))
		}
	}
	return strings.Join(parts, ",")
}
