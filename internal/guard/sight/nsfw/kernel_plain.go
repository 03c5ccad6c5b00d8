//go:build !(goexperiment.simd && amd64)

package nsfw

// Kernel names how the arithmetic is done: "plain", or "simd" in a build with
// GOEXPERIMENT=simd.
func Kernel() string { return "plain" }

func pack(weights []float32, k, n int) matrix { return packBy(columnsGo, weights, k, n) }

func (m *matrix) times(a []float32, rows int, bias, out []float32) { m.timesGo(a, rows, bias, out) }

func nine(dst, a, b, c, taps, bias []float32) { nineGo(dst, a, b, c, taps, bias, 0) }
