package compose

import (
	"slices"

	"marquee/internal/raster"
)

// blendModes are the ways a layer meets what is below it, under CSS's names.
var blendModes = map[string]raster.BlendMode{
	"":             raster.Normal,
	"normal":       raster.Normal,
	"multiply":     raster.Multiply,
	"screen":       raster.Screen,
	"overlay":      raster.Overlay,
	"soft-light":   raster.SoftLight,
	"hard-light":   raster.HardLight,
	"darken":       raster.Darken,
	"lighten":      raster.Lighten,
	"plus-lighter": raster.Add,
}

// Blends returns the names that Layer.Blend may have, in order; each means what
// CSS's mix-blend-mode of the name does.
func Blends() []string {
	var out []string
	for name := range blendModes {
		if name != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// pathIn returns an outline in SVG's path syntax, whose 0 to 100 both ways is a
// box of w×h; false when it is none, or has more than maxPathSegments.
func pathIn(data string, w, h float64) (raster.Path, bool) {
	p, ok := pathData(data, maxPathSegments)
	if !ok || p.Empty() {
		return raster.Path{}, false
	}
	x0, y0, x1, y1 := p.Bounds()
	if !(x0 >= -maxPathReach && y0 >= -maxPathReach && x1 <= maxPathReach && y1 <= maxPathReach) {
		return raster.Path{}, false
	}
	return p.Transform(raster.Scale(w/100, h/100)), true
}

// maxPathReach bounds a path's coordinates, in hundredths of its box.
const maxPathReach = 1000
