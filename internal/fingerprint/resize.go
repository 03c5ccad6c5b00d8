package fingerprint

import "math"

// mostUp bounds how far a small picture is enlarged: there is nothing to be
// found between its pixels.
const mostUp = 2

// resized gives the picture at the area of side×side, in its own proportions:
// means over areas where it shrinks, a straight line between pixels where it
// grows.
func (p plane) resized(side int) plane {
	f := min(float64(side)/math.Sqrt(float64(p.w)*float64(p.h)), mostUp)
	w, h := max(1, int(math.Round(float64(p.w)*f))), max(1, int(math.Round(float64(p.h)*f)))
	half := plane{w: w, h: p.h, v: make([]float32, w*p.h)}
	for x, t := range taps(p.w, w) {
		for y := range p.h {
			var v float32
			for i, k := range t.share {
				v += k * p.v[y*p.w+t.first+i]
			}
			half.v[y*w+x] = v
		}
	}
	out := plane{w: w, h: h, v: make([]float32, w*h)}
	for y, t := range taps(p.h, h) {
		row := out.v[y*w : (y+1)*w]
		for i, k := range t.share {
			for x, v := range half.v[(t.first+i)*w : (t.first+i+1)*w] {
				row[x] += k * v
			}
		}
	}
	return out
}

// tap is which pixels make a new one, and by how much.
type tap struct {
	first int
	share []float32
}

func taps(from, to int) []tap {
	all := make([]tap, to)
	ratio := float64(from) / float64(to)
	reach := max(ratio, 1) // of a tent: its base is twice that
	for i := range all {
		middle := (float64(i)+0.5)*ratio - 0.5
		first, last := max(0, int(math.Ceil(middle-reach))), min(from-1, int(math.Floor(middle+reach)))
		t := tap{first: first}
		sum := float32(0)
		for k := first; k <= last; k++ {
			v := float32(1 - math.Abs(float64(k)-middle)/reach)
			t.share = append(t.share, v)
			sum += v
		}
		for k := range t.share {
			t.share[k] /= sum
		}
		all[i] = t
	}
	return all
}
