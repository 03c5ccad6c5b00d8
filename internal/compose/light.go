package compose

import (
	"math"
	"runtime"
	"sync"

	"marquee/internal/raster"
)

// lightBits is how finely the light of an 8-bit value is told when pictures are
// made smaller: the darkest step is five units.
const lightBits = 14

// scale says what the numbers are that a picture is resampled in: in takes 8-bit
// values to them and out takes them back. Each value comes back as it was.
type scale struct {
	in  [256]int32
	out [1<<lightBits + 1]uint8
}

var (
	// asLight is for making pictures smaller: the mean of many pixels is the mean
	// of their light, so that fine patterns and lights at night do not darken.
	asLight = newScale(func(v float64) float64 { return float64(raster.ToLight(float32(v))) },
		func(l float64) float64 { return float64(raster.FromLight(float32(l))) })
	// asEncoded is for making pictures larger: the lobes of a sharp filter ring
	// evenly to the eye among encoded values, and on the dark side of an edge
	// more than twice as far in light.
	asEncoded = newScale(func(v float64) float64 { return v }, func(v float64) float64 { return v })
)

func newScale(in, out func(float64) float64) *scale {
	s := &scale{}
	const one = 1 << lightBits
	for i := range s.in {
		s.in[i] = int32(math.Round(in(float64(i)/255) * one))
	}
	for i := range s.out {
		s.out[i] = uint8(math.Round(out(float64(i)/one) * 255))
	}
	return s
}

// sideBySide calls work for bands that together are the rows from 0 to h, on as
// many processors as there are, at most maxWorkers.
func sideBySide(h int, work func(y0, y1 int)) {
	const least = 64 // rows that are worth a goroutine
	n := max(1, min(runtime.GOMAXPROCS(0), maxWorkers, h/least))
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { work(h*i/n, h*(i+1)/n) })
	}
	wg.Wait()
}
