package train

import (
	"fmt"
	"regexp"
	"strings"

	"marquee/internal/guard/classify"
)

// dialect are spellings and turns of phrase that linguists list for African
// American English in writing (copula and auxiliary forms, habitual "be",
// th-stopping, "finna" and its kin). It is a proxy and no more: many who speak
// it use none of them, and many others use some.
var dialect = regexp.MustCompile(`\b(?:ain t|aint|finna|tryna|gon|boutta|bouta|imma|ima|ion|iont|dat|dis|dey|dem|den|wit|wen|bruh|brudda|mane|deadass|shawty|errbody|errthang|turnt|aight|whatchu|yall|y all|(?:i|he|she|they|u|you|we|it|dey) be|been had|done (?:got|gone|lost|had)|them (?:boys|girls|folks))\b`)

// marked tells whether a folded text holds a marker of the dialect.
func marked(plain string) bool {
	return dialect.MatchString(strings.ReplaceAll(plain, "'", " "))
}

// Group is a group of messages that are neither hateful nor offensive.
type Group struct {
	Name string
	// Texts is how many there are, Toxic how many were likelier toxic than
	// not, Stopped how many reached the threshold.
	Texts, Toxic, Stopped int
}

// Fairness compares false alarms between ways of speaking, and how the data's
// annotators labelled them.
type Fairness struct {
	Groups [2]Group
	// Labelled counts messages by group and class.
	Labelled [2][classify.Classes]int
}

// Turns is how many models Unfairness trains.
const Turns = 5

// Unfairness measures false alarms by groups. So that there are enough
// messages, it trains five models, each with another fifth held back, and
// judges every message by the one that has not seen it, at the threshold of
// the model that ships.
func Unfairness(shipped *classify.Model, examples []Example, s Settings) Fairness {
	f := Fairness{Groups: [2]Group{{Name: "with a marker of the dialect"}, {Name: "without one"}}}
	for turn := range uint32(Turns) {
		turned := rotate(examples, turn)
		m := Learn(turned, s, nil)
		for _, e := range of(turned, HeldBack) {
			k := 1
			if marked(e.Plain) {
				k = 0
			}
			f.Labelled[k][e.Class]++
			if e.Class != classify.Neither {
				continue
			}
			g, p := &f.Groups[k], m.Probability(e.Plain)
			g.Texts++
			if p >= 0.5 {
				g.Toxic++
			}
			if p >= float64(shipped.Threshold) {
				g.Stopped++
			}
		}
	}
	return f
}

// Page gives the comparison as the section of a page.
func (f Fairness) Page() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("Messages that are neither hateful nor offensive, judged by a model that has not seen them (%d models, each with another fifth held back), with 95 %% intervals:\n", Turns)
	say("| | messages | likelier toxic than not | stopped at the threshold |\n|---|---:|---:|---:|")
	cell := func(k, n int) string {
		low, high := wilson(k, n)
		return fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*share(k, n), 100*low, 100*high)
	}
	for _, g := range f.Groups {
		say("| %s | %d | %s | %s |", g.Name, g.Texts, cell(g.Toxic, g.Texts), cell(g.Stopped, g.Texts))
	}
	say("\nHow annotators labelled messages:\n\n| | messages | hateful | offensive | neither |\n|---|---:|---:|---:|---:|")
	for k, g := range f.Groups {
		l := f.Labelled[k]
		n := l[0] + l[1] + l[2]
		say("| %s | %d | %.1f %% | %.1f %% | %.1f %% |", g.Name, n, 100*share(l[0], n), 100*share(l[1], n), 100*share(l[2], n))
	}
	return b.String()
}
