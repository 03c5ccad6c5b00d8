package classify

import (
	"context"
	"fmt"
	"unicode/utf8"

	"marquee/internal/guard"
	"marquee/internal/guard/fold"
	"marquee/internal/policy"
)

const (
	// longestSentence is where a sentence is cut, in folded bytes.
	longestSentence = 280
	// stretch is how much text, in folded bytes, is judged together at most,
	// beside single sentences. The score of a long text grows with its length,
	// as the root of it, so that every long text would be found at last.
	stretch = 400
	// mostFindings bounds what one text gives.
	mostFindings = 20
)

// Detector is the classifier as one of the guard's detectors. Its findings are
// of policy.ClassifierKind, with the probability as score.
type Detector struct {
	model *Model
	name  string
}

// NewDetector makes a detector of the model that Marquee is built with.
func NewDetector() (*Detector, error) {
	m, err := Default()
	if err != nil {
		return nil, err
	}
	return Of(m), nil
}

// Of makes a detector of a model.
func Of(m *Model) *Detector {
	return &Detector{model: m, name: fmt.Sprintf("classifier/2-%x", m.Inputs[:4])}
}

// Name is the detector with its version and the beginning of its inputs' hash.
func (d *Detector) Name() string { return d.name }

// Text judges each sentence by itself and then those that stand together, so
// that one bad sentence can't hide among good ones, nor a bad text in harmless
// pieces.
func (d *Detector) Text(ctx context.Context, t fold.Text, _ guard.Context) ([]policy.Finding, error) {
	var out, together []policy.Finding
	var part tally // of the sentences from from on
	from, sentences := 0, 0
	judge := func(end int) {
		if p := d.model.probability(part); sentences > 1 && p >= float64(d.model.Threshold) && len(together) < mostFindings {
			together = append(together, d.finding(t, from, end, p))
		}
		part, from, sentences = tally{}, end, 0
	}
	for at, n := 0, 1; at < len(t.Plain); n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		end := at + sentence(t.Plain[at:])
		one := d.model.tally(t.Plain[at:end])
		if p := d.model.probability(one); p >= float64(d.model.Threshold) && len(out) < mostFindings {
			out = append(out, d.finding(t, at, end, p))
		}
		if end-from > stretch {
			judge(at)
		}
		part.add(one)
		sentences++
		at = end
	}
	judge(len(t.Plain))
	if len(out) == 0 {
		return together, nil
	}
	return out, nil
}

// finding marks a part of the folded text, without the space around it.
func (d *Detector) finding(t fold.Text, from, to int, p float64) policy.Finding {
	for from < to-1 && t.Plain[from] <= ' ' {
		from++
	}
	for to > from+1 && t.Plain[to-1] <= ' ' {
		to--
	}
	start, end := t.Span(from, to)
	return policy.Finding{Detector: d.name, Kind: policy.ClassifierKind, Start: start, End: end, Score: p}
}

// sentence gives the length of the first sentence of a folded text that is not
// empty.
func sentence(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '.', '!', '?':
			if i+1 < len(s) && s[i+1] == ' ' {
				return i + 1
			}
		case '\n':
			return i + 1
		}
		if i >= longestSentence && (s[i] == ' ' || i >= 2*longestSentence && utf8.RuneStart(s[i])) {
			return i
		}
	}
	return len(s)
}
