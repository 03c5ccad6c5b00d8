package train

import (
	"fmt"
	"strings"

	"marquee/internal/guard/classify"
)

// Class is how well one class is told from the others.
type Class struct {
	Name string
	// Texts is how many there are, Found how many of these were called so,
	// Called how many of all were called so.
	Texts, Found, Called int
}

// Precision is the share of those called so that are so, 0 to 1.
func (c Class) Precision() float64 { return share(c.Found, c.Called) }

// Recall is the share of those that are so which were called so, 0 to 1.
func (c Class) Recall() float64 { return share(c.Found, c.Texts) }

// F1 is the harmonic mean of precision and recall, 0 to 1.
func (c Class) F1() float64 { return share(2*c.Found, c.Texts+c.Called) }

func share(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}

// Bin is one tenth of the probabilities: how likely toxic the texts in it were
// said to be on average, and how many were, each class side weighing the same.
type Bin struct {
	Texts        int
	Said, Actual float64
}

// Report is what was measured on the part held back.
type Report struct {
	// Parts counts messages by part and class.
	Parts   [3][classify.Classes]int
	Classes [classify.Classes]Class
	// Stopped counts, by class, the messages that reach the threshold.
	Stopped [classify.Classes]int
	Bins    [10]Bin
	// Error is the expected calibration error and Brier the mean squared one,
	// both with the two sides weighing the same.
	Error, Brier float64
	Threshold    float64
	// Harmless counts the harmless prompts of half A, Alarms those of them
	// that reach the threshold.
	Harmless, Alarms int
}

// Measure measures a model on the part of the examples that is held back.
func Measure(m *classify.Model, examples []Example, harmless []string) Report {
	r := Report{Threshold: float64(m.Threshold), Harmless: len(harmless)}
	for k, name := range []string{"hateful", "offensive", "neither"} {
		r.Classes[k].Name = name
	}
	for _, t := range harmless {
		if m.Probability(t) >= r.Threshold {
			r.Alarms++
		}
	}
	for _, e := range examples {
		r.Parts[e.Part][e.Class]++
	}
	toxic := r.Parts[HeldBack][classify.Hateful] + r.Parts[HeldBack][classify.Offensive]
	neither := r.Parts[HeldBack][classify.Neither]
	var weights [10]float64
	for _, e := range of(examples, HeldBack) {
		said := m.Class(e.Plain)
		r.Classes[e.Class].Texts++
		r.Classes[said].Called++
		if said == e.Class {
			r.Classes[said].Found++
		}
		p := m.Probability(e.Plain)
		if p >= r.Threshold {
			r.Stopped[e.Class]++
		}
		actual, weight := 0.0, 0.5/float64(max(1, neither))
		if e.Class != classify.Neither {
			actual, weight = 1, 0.5/float64(max(1, toxic))
		}
		bin := min(9, int(p*10))
		r.Bins[bin].Texts++
		r.Bins[bin].Said += weight * p
		r.Bins[bin].Actual += weight * actual
		weights[bin] += weight
		r.Brier += weight * (p - actual) * (p - actual)
	}
	for i := range r.Bins {
		if weights[i] > 0 {
			r.Bins[i].Said /= weights[i]
			r.Bins[i].Actual /= weights[i]
			r.Error += weights[i] * max(r.Bins[i].Said-r.Bins[i].Actual, r.Bins[i].Actual-r.Bins[i].Said)
		}
	}
	return r
}

// Page gives the report as the section of a page.
func (r Report) Page() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("| messages | to learn | to calibrate | held back |\n|---|---:|---:|---:|")
	for k, c := range r.Classes {
		say("| %s | %d | %d | %d |", c.Name, r.Parts[ToLearn][k], r.Parts[ToCalibrate][k], r.Parts[HeldBack][k])
	}
	say("\nOn what was held back, the likeliest of the three classes:\n\n| class | precision | recall | F1 |\n|---|---:|---:|---:|")
	for _, c := range r.Classes {
		say("| %s | %.1f %% | %.1f %% | %.1f %% |", c.Name, 100*c.Precision(), 100*c.Recall(), 100*c.F1())
	}
	say("\nThe threshold is a probability of %.2f. It stops:\n\n| | of | stopped |\n|---|---:|---:|", r.Threshold)
	for k, c := range r.Classes {
		say("| %s | %d | %.1f %% |", c.Name, c.Texts, 100*share(r.Stopped[k], c.Texts))
	}
	say("| harmless prompts, half A, ten languages | %d | %.1f %% |", r.Harmless, 100*share(r.Alarms, r.Harmless))
	say("\nCalibration, as if half of all messages were toxic (expected error %.3f, Brier score %.3f):\n\n| said | messages | said on average | toxic |\n|---|---:|---:|---:|", r.Error, r.Brier)
	for i, bin := range r.Bins {
		say("| %.1f to %.1f | %d | %.2f | %.2f |", float64(i)/10, float64(i+1)/10, bin.Texts, bin.Said, bin.Actual)
	}
	return b.String()
}
