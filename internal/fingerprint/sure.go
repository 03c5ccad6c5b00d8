package fingerprint

import "math"

// The model behind Sureness. Of a copy's parts that can be seen, copied are
// found again. Of a rival's, a work of the same scene or with the same frame and
// mark, shared are found; of any other work's, chance. There are some rivals of a
// work and up to a million others. The shares are somewhat worse than those that
// docs/fingerprint.md measures.
const (
	copied, shared, chance = 0.8, 0.3, 0.01
	rivals, others         = 2, 1e6
)

// sureness is the chance, 0 to 1, that the picture was made from this work, by
// Bayes' rule: each part that is found, or is not where it should be, and each
// bit by which the whole is nearer than Near makes a copy more likely, or less,
// than a rival and than any other work. whole tells that both pictures have
// enough in them for their whole to be compared.
//
// A part that can be seen and is not there speaks against a copy, unless the
// whole is near: heavy pressing may spoil the parts.
func sureness(m Match, whole bool) float64 {
	near := whole && m.Distance <= Near
	if !near && m.Parts < 2 {
		return 0
	}
	found, missed := float64(m.Parts), float64(m.Visible-m.Parts)
	rival := found*math.Log(copied/shared) + missed*math.Log((1-copied)/(1-shared))
	other := found*math.Log(copied/chance) + missed*math.Log((1-copied)/(1-chance))
	if near {
		rival = max(rival, 0) + (50-float64(m.Distance))/6
		other = max(other, 0) + 30 - float64(m.Distance)/2
	}
	return 1 / (1 + rivals*math.Exp(-rival) + others*math.Exp(-other))
}
