package imports

import (
	"image"
	"math"
	"slices"

	"marquee/internal/brand"
	"marquee/internal/raster"
)

const (
	maxSamples = 24_000
	clusters   = 10
	rounds     = 24
	// alike is the ΔE2000 under which two colours of a palette are one.
	alike = 7
	// rare is the share under which a colour is left out, and vivid the chroma
	// from which it counts four times: an accent is small, and meant to be seen.
	rare  = 0.004
	vivid = 0.1
)

// lab is a point in OKLab, whose distances are about as even as the eye's.
type lab struct{ l, a, b float64 }

func labOf(c raster.Color) lab {
	l, a, b := c.OKLab()
	return lab{l, a, b}
}

func (p lab) to(q lab) float64 {
	l, a, b := p.l-q.l, p.a-q.a, p.b-q.b
	return l*l + a*a + b*b
}

type weighed struct {
	lab
	weight float64
}

// palette finds the colours that pictures are made of: k-means in OKLab. The
// same pictures give the same palette.
func palette(pictures ...*image.NRGBA) []Swatch {
	counts := map[[3]uint8]float64{}
	for _, m := range pictures {
		sample(m, counts, maxSamples/len(pictures))
	}
	return swatches(counts)
}

// sample counts colours on an even grid; what can be seen through counts less.
func sample(m *image.NRGBA, counts map[[3]uint8]float64, most int) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	step := max(1, int(math.Sqrt(float64(w)*float64(h)/float64(most))))
	for y := step / 2; y < h; y += step {
		for x := step / 2; x < w; x += step {
			p := m.Pix[m.PixOffset(m.Rect.Min.X+x, m.Rect.Min.Y+y):]
			if p[3] >= 16 {
				counts[[3]uint8{p[0], p[1], p[2]}] += float64(p[3]) / 255
			}
		}
	}
}

func swatches(counts map[[3]uint8]float64) []Swatch {
	points := make([]weighed, 0, len(counts))
	keys := make([][3]uint8, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [3]uint8) int { return slices.Compare(a[:], b[:]) })
	total := 0.0
	for _, k := range keys {
		points = append(points, weighed{labOf(raster.RGB(k[0], k[1], k[2])), counts[k]})
		total += counts[k]
	}
	if total == 0 {
		return nil
	}
	found := merge(cluster(points))
	var out []Swatch
	for _, c := range found {
		least := rare
		if math.Hypot(c.a, c.b) > vivid {
			least /= 4
		}
		if c.weight/total < least {
			continue
		}
		color := raster.OKLab(c.l, c.a, c.b)
		out = append(out, Swatch{color.Hex(), colorName(color), math.Round(c.weight/total*1e4) / 1e4, oklch(color)})
	}
	distinct(out)
	return out
}

// cluster finds the centres. The first is the heaviest colour; each next is the
// one farthest from all before, counted by its weight.
func cluster(points []weighed) []weighed {
	heaviest := slices.MaxFunc(points, func(a, b weighed) int { return compare(a.weight, b.weight) })
	centres := []lab{heaviest.lab}
	nearest := make([]float64, len(points))
	for i, p := range points {
		nearest[i] = p.to(heaviest.lab)
	}
	for len(centres) < clusters {
		best, at := 0.0, -1
		for i, p := range points {
			if d := nearest[i] * math.Sqrt(p.weight); d > best {
				best, at = d, i
			}
		}
		if at < 0 {
			break
		}
		centres = append(centres, points[at].lab)
		for i, p := range points {
			nearest[i] = min(nearest[i], p.to(points[at].lab))
		}
	}
	sums := make([]weighed, len(centres))
	for range rounds {
		clear(sums)
		for _, p := range points {
			s := &sums[closest(p.lab, centres)]
			s.l, s.a, s.b, s.weight = s.l+p.l*p.weight, s.a+p.a*p.weight, s.b+p.b*p.weight, s.weight+p.weight
		}
		moved := 0.0
		for i := range sums {
			if s := &sums[i]; s.weight > 0 {
				s.l, s.a, s.b = s.l/s.weight, s.a/s.weight, s.b/s.weight
				moved = max(moved, s.to(centres[i]))
				centres[i] = s.lab
			}
		}
		if moved < 1e-9 {
			break
		}
	}
	return sums
}

func closest(p lab, centres []lab) (at int) {
	best := math.Inf(1)
	for i, c := range centres {
		if d := p.to(c); d < best {
			best, at = d, i
		}
	}
	return at
}

// merge joins centres that the eye takes for one colour, the heaviest first.
func merge(all []weighed) []weighed {
	slices.SortStableFunc(all, func(a, b weighed) int { return compare(b.weight, a.weight) })
	var out []weighed
next:
	for _, c := range all {
		if c.weight == 0 {
			continue
		}
		for i := range out {
			if brand.DeltaE2000(brand.LabOf(raster.OKLab(c.l, c.a, c.b)), brand.LabOf(raster.OKLab(out[i].l, out[i].a, out[i].b))) < alike {
				out[i].weight += c.weight
				continue next
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b weighed) int { return compare(b.weight, a.weight) })
	return out
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

var hues = []struct {
	until float64
	name  string
}{{15, "pink"}, {45, "red"}, {70, "orange"}, {105, "yellow"}, {130, "lime"}, {165, "green"}, {200, "teal"}, {235, "sky"}, {285, "blue"}, {315, "violet"}, {345, "purple"}, {361, "pink"}}

// colorName is a first word for a colour, to be replaced by the brand's own.
func colorName(c raster.Color) string {
	l, ch, h := c.OKLCH()
	if ch < 0.025 {
		for _, grey := range []struct {
			until float64
			name  string
		}{{0.2, "black"}, {0.4, "charcoal"}, {0.6, "grey"}, {0.8, "silver"}, {0.94, "mist"}} {
			if l < grey.until {
				return grey.name
			}
		}
		return "white"
	}
	name := ""
	for _, hue := range hues {
		if h < hue.until {
			name = hue.name
			break
		}
	}
	switch {
	case l < 0.3:
		return "night-" + name
	case l < 0.48:
		return "deep-" + name
	case l > 0.9:
		return "pale-" + name
	case l > 0.78 && ch < 0.11:
		return "light-" + name
	}
	return name
}

// distinct numbers names that are there twice.
func distinct(list []Swatch) {
	seen := map[string]int{}
	for i := range list {
		name := list[i].Name
		if seen[name]++; seen[name] > 1 {
			list[i].Name = name + "-" + string(rune('0'+min(seen[name], 9)))
		}
	}
}
