package fingerprint

import (
	"cmp"
	"math"
	"slices"
)

// finestPart and coarsestPart bound the sizes of a print's parts. Finer ones are
// gone when the picture is shown at half its size, coarser ones do not fit into
// a crop.
const finestPart, coarsestPart = 3, 16

// best chooses the features of a print: of a size that is still there when the
// picture is shown smaller, with signs that are clear, and over all of the
// picture, so that each crop has its share.
func best(all []feature, width, height float64, most int) []feature {
	var fit []feature
	for _, f := range all {
		if f.size >= finestPart && f.size <= coarsestPart {
			fit = append(fit, f)
		}
	}
	// A crop takes the edges away and keeps the middle: there they stand closer.
	dense := func(f feature) float64 {
		edge := min(f.x, width-f.x, f.y, height-f.y) / (min(width, height) / 2)
		return 1.3 - 0.6*edge
	}
	slices.SortStableFunc(fit, func(a, b feature) int { return cmp.Compare(b.clear(), a.clear()) })
	// The nearer two features are, the less the second adds; the room that each
	// gets is made smaller until there are enough.
	var chosen []feature
	for room := 160.0; room > 4 && len(chosen) < most; room *= 0.8 {
		chosen = chosen[:0]
		for _, f := range fit {
			if len(chosen) == most {
				break
			}
			if !slices.ContainsFunc(chosen, func(c feature) bool { return math.Hypot(c.x-f.x, c.y-f.y) < room*dense(f) }) {
				chosen = append(chosen, f)
			}
		}
	}
	return chosen
}

// clear is how likely all signs of the word stay as they are: the mean of the
// logarithms of each sign's chance under a little noise.
func (f *feature) clear() float64 {
	sum := 0.0
	for _, v := range f.waves[:wordBits] {
		sum += math.Log(0.5 + 0.5*math.Erf(math.Abs(v)/(0.04*math.Sqrt2)))
	}
	return sum
}
