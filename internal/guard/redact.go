package guard

import (
	"slices"
	"strings"

	"marquee/internal/policy"
)

// Removed stands in a redacted text where personal data or a secret stood.
const Removed = "[removed]"

// private are the kinds that leave a text before it is stored or sent on.
var private = map[string]bool{"personal_data": true, "secret": true}

// Redact gives the text without the personal data and secrets among its
// findings, each replaced by Removed. Spans that overlap or touch become one;
// a finding with an impossible span takes the whole text, since what it meant
// can no longer be told.
func Redact(text string, findings []policy.Finding) string {
	var spans [][2]int
	for _, f := range findings {
		if !private[f.Kind] {
			continue
		}
		if f.Start < 0 || f.End > len(text) || f.Start >= f.End {
			return Removed
		}
		spans = append(spans, [2]int{f.Start, f.End})
	}
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	var b strings.Builder
	at := 0
	for i := 0; i < len(spans); {
		end := spans[i][1]
		j := i + 1
		for ; j < len(spans) && spans[j][0] <= end; j++ {
			end = max(end, spans[j][1])
		}
		b.WriteString(text[at:spans[i][0]])
		b.WriteString(Removed)
		at, i = end, j
	}
	b.WriteString(text[at:])
	return b.String()
}
