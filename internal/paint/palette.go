package paint

import (
	"math"
	"strings"

	"marquee/internal/raster"
)

// palette holds the six parts a picture's colours play. A kit's colours are
// cast for the parts, whatever their number; everything seen is a step or a
// mix of these, which keeps a picture in its brand's family.
type palette struct {
	deep  tint // the darkest: night, outlines, far side of things
	cool  tint // air, ice, shade on snow
	paper tint // the lightest: snow, fur, page
	warm  tint // the accent: scarves, doors, barns
	glow  tint // light itself: windows, lanterns, sun
	green tint // firs and what grows
	// foliage is the season's colour of leaves; nothing set is summer.
	foliage tint
}

func hexTint(s string) (tint, bool) {
	c, err := raster.ParseHex(strings.TrimSpace(s))
	if err != nil {
		return tint{}, false
	}
	return tintOf(c), true
}

func mustTint(s string) tint {
	t, ok := hexTint(s)
	if !ok {
		panic("paint: built-in colour " + s + " can't be read")
	}
	return t
}

func newPalette(deep, cool, paper, warm, glow, green string) palette {
	return palette{deep: mustTint(deep), cool: mustTint(cool), paper: mustTint(paper), warm: mustTint(warm), glow: mustTint(glow), green: mustTint(green)}
}

// housePalettes are used where no kit gives colours; the seed picks one.
var housePalettes = []palette{
	newPalette("#12202b", "#bfdce5", "#f6efe0", "#d8452e", "#f2b14b", "#0f3d33"),
	newPalette("#1d2340", "#b9c9e6", "#f7f0e6", "#c8475a", "#f4b860", "#27524a"),
	newPalette("#2a1e2e", "#c4cfda", "#f8eee0", "#cf5a33", "#efb65c", "#3d5a45"),
	newPalette("#10272f", "#a9d3d2", "#f5f1e3", "#e0603f", "#f6c667", "#1f5750"),
}

func hueGap(a, b float64) float64 {
	return math.Abs(math.Remainder(a-b, 2*math.Pi))
}

const (
	hueRed   = 0.55
	hueAmber = 1.25
	hueGreen = 2.75
	hueBlue  = 4.00
)

// castPalette gives each part to the kit colour that plays it best; a part
// that no colour can play is made from those that are there.
func castPalette(hexes []string, fallback palette) palette {
	var kit []tint
	for _, h := range hexes {
		if len(kit) == 16 {
			break
		}
		if t, ok := hexTint(h); ok {
			kit = append(kit, t)
		}
	}
	if len(kit) == 0 {
		return fallback
	}
	best := func(score func(tint) float64, least float64) (tint, bool) {
		top, found := least, tint{}
		ok := false
		for _, t := range kit {
			if s := score(t); s > top {
				top, found, ok = s, t, true
			}
		}
		return found, ok
	}
	var p palette
	hueLike := func(h float64) func(tint) float64 {
		return func(t tint) float64 { return t.c * (1 - hueGap(t.h, h)/1.1) }
	}
	p.deep, _ = best(func(t tint) float64 { return 2 - t.l - 0.6*t.c*max(0, 1-hueGap(t.h, hueGreen)/0.9) }, -9)
	p.paper, _ = best(func(t tint) float64 { return t.l - 1.2*t.c }, -9)
	var ok bool
	if p.warm, ok = best(hueLike(hueRed), 0.03); !ok {
		p.warm, _ = best(func(t tint) float64 { return t.c - math.Abs(t.l-0.58)*0.2 }, -9)
	}
	if p.glow, ok = best(func(t tint) float64 { return hueLike(hueAmber)(t) * (t.l - 0.3) }, 0.012); !ok {
		p.glow = p.warm.blend(p.paper, 0.55).at(0.83)
	}
	if p.green, ok = best(func(t tint) float64 { return t.c * (1 - hueGap(t.h, hueGreen)/0.9) }, 0.01); !ok {
		p.green = p.deep.blend(p.warm, 0.15).at(0.36)
	}
	if p.cool, ok = best(func(t tint) float64 { return (t.l - 0.5) * (0.12 - math.Abs(t.c-0.05)) * (1.2 - hueGap(t.h, hueBlue)) }, 0.004); !ok {
		p.cool = p.paper.blend(p.deep, 0.22)
	}
	p.deep = p.deep.at(clamp(p.deep.l, 0.18, 0.34))
	p.paper = p.paper.at(clamp(p.paper.l, 0.90, 0.97)).soft(0.9)
	p.cool = p.cool.at(clamp(p.cool.l, 0.70, 0.90))
	p.glow = p.glow.at(clamp(p.glow.l, 0.74, 0.88))
	p.green = p.green.at(clamp(p.green.l, 0.30, 0.52))
	p.warm = p.warm.at(clamp(p.warm.l, 0.48, 0.68))
	return p
}

// material is what a thing is made of. Subjects are drawn in materials and
// get their colours only where they stand, in that picture's light.
type material int

const (
	snow material = iota
	furWhite
	furRust
	furGrey
	furBrown
	furDark
	bark
	birch
	wood
	fir
	leaf
	moss // green in any season: frogs, bottles, jars
	ember
	amber
	ivory
	frost
	ink
	stone
	brick
	metal
	skin
	water
	window // glows after dark, mirrors the sky by day
	flame  // light itself, whatever the hour
	earth
)

// base is the material's colour in even light.
func (p palette) base(m material) tint {
	switch m {
	case snow:
		return p.paper.blend(p.cool, 0.30).at(0.935)
	case furWhite:
		return p.paper.blend(p.cool, 0.08).at(0.955)
	case furRust:
		return p.warm.blend(p.glow, 0.42).at(0.64)
	case furGrey:
		return p.cool.blend(p.deep, 0.50).soft(0.9)
	case furBrown:
		return p.warm.blend(p.deep, 0.55).soft(0.75).at(0.43)
	case furDark:
		return p.deep.blend(p.warm, 0.12).at(0.30)
	case bark:
		return p.deep.blend(p.warm, 0.22).at(0.32)
	case birch:
		return p.paper.blend(p.cool, 0.2).at(0.90)
	case wood:
		return p.warm.blend(p.deep, 0.45).soft(0.7).at(0.47)
	case fir:
		return p.green.at(clamp(p.green.l, 0.32, 0.44))
	case leaf:
		if p.foliage.l > 0 {
			return p.foliage
		}
		return p.base(moss)
	case moss:
		return p.green.blend(p.glow, 0.30).soft(1.5).at(0.60)
	case ember:
		return p.warm
	case amber:
		return p.glow.at(0.78)
	case ivory:
		return p.paper
	case frost:
		return p.cool
	case ink:
		return p.deep
	case stone:
		return p.cool.blend(p.deep, 0.38).soft(0.7)
	case brick:
		return p.warm.blend(p.deep, 0.28).soft(0.8)
	case metal:
		return p.cool.blend(p.deep, 0.55).soft(0.7)
	case skin:
		return p.glow.blend(p.paper, 0.45).blend(p.warm, 0.18).at(0.80)
	case water:
		return p.cool.blend(p.deep, 0.42).at(0.58)
	case window:
		return p.glow.at(0.84)
	case flame:
		return p.glow.at(0.88)
	case earth:
		return p.warm.blend(p.deep, 0.4).blend(p.glow, 0.3).soft(0.6).at(0.55)
	}
	return p.deep
}
