package fingerprint

import "math"

// Sureness is the chance, 0 to 1, that a match is no accident.
func Sureness(distance, parts int, spread float64) float64 {
	whole, local := 0.0, 0.0
	if distance <= Near {
		whole = 1 - math.Pow(float64(distance)/64, 2)
	}
	if parts >= 3 && spread > 0.05 {
		local = 1 - math.Pow(0.3, float64(parts-2))
	}
	return 1 - (1-whole)*(1-local)
}
