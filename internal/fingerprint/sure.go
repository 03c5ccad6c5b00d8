package fingerprint

import "math"

// sureness is the chance, 0 to 1, that a match is no accident. whole tells that
// both pictures have enough in them for their whole to be compared.
func sureness(m Match, whole bool) float64 {
	accident := 1.0
	if whole && m.Distance <= Near {
		accident = 1e-3
	}
	if m.Parts >= 3 {
		e := float64(m.Parts*m.Parts) / float64(m.Visible)
		accident *= min(1, math.Pow(10, 1-e))
	}
	return 1 - accident
}
