package paint

// light is an hour of the day: what it does to sky, air and things.
type light struct {
	id      string
	phrase  string // how it reads in the alt sentence, "at night"
	top     func(p palette) tint
	mid     func(p palette) tint
	low     func(p palette) tint // just above the horizon
	mist    func(p palette) tint // what distance fades to
	tinge   func(p palette) tint // what every surface takes on
	tingeBy float64
	level   float64 // brightness of surfaces, 1 at noon
	dark    bool    // windows are lit, lamps have haloes
	stars   float64
	sun     float64 // height of sun or moon over the horizon, share of the sky
	moon    bool
	aurora  bool
}

var lights = []light{
	{
		id: "dawn", phrase: "at dawn",
		top:   func(p palette) tint { return p.cool.blend(p.deep, 0.16).soft(1.25) },
		mid:   func(p palette) tint { return p.cool.blend(p.warm, 0.22).turned(-0.2).soft(1.1).at(0.86) },
		low:   func(p palette) tint { return p.glow.blend(p.warm, 0.34).blend(p.paper, 0.32).at(0.84) },
		mist:  func(p palette) tint { return p.warm.blend(p.cool, 0.60).turned(-0.35).soft(0.95).at(0.865) },
		tinge: func(p palette) tint { return p.warm.blend(p.cool, 0.35).turned(-0.25) }, tingeBy: 0.10,
		level: 0.95, sun: 0.12,
	},
	{
		id: "morning", phrase: "in the morning",
		top:   func(p palette) tint { return p.cool.soft(1.5).at(0.80) },
		mid:   func(p palette) tint { return p.cool.blend(p.glow, 0.16).soft(0.9).at(0.885) },
		low:   func(p palette) tint { return p.glow.blend(p.paper, 0.66).at(0.945) },
		mist:  func(p palette) tint { return p.paper.blend(p.cool, 0.50).blend(p.glow, 0.12).at(0.905) },
		tinge: func(p palette) tint { return p.glow.blend(p.paper, 0.5) }, tingeBy: 0.07,
		level: 0.985, sun: 0.42,
	},
	{
		id: "noon", phrase: "by day",
		top:   func(p palette) tint { return p.cool.soft(1.9).at(0.74) },
		mid:   func(p palette) tint { return p.cool.soft(1.3).at(0.85) },
		low:   func(p palette) tint { return p.paper.blend(p.cool, 0.35).at(0.945) },
		mist:  func(p palette) tint { return p.paper.blend(p.cool, 0.62).at(0.90) },
		tinge: func(p palette) tint { return p.paper }, tingeBy: 0.02,
		level: 1, sun: 0.72,
	},
	{
		id: "golden", phrase: "in golden light",
		top:   func(p palette) tint { return p.glow.blend(p.cool, 0.52).at(0.80) },
		mid:   func(p palette) tint { return p.glow.blend(p.paper, 0.22).at(0.845) },
		low:   func(p palette) tint { return p.glow.blend(p.paper, 0.55).at(0.92) },
		mist:  func(p palette) tint { return p.glow.blend(p.paper, 0.42).soft(0.85).at(0.875) },
		tinge: func(p palette) tint { return p.glow }, tingeBy: 0.17,
		level: 0.93, sun: 0.26,
	},
	{
		id: "dusk", phrase: "at dusk",
		top: func(p palette) tint { return p.deep.blend(p.cool, 0.26).soft(2.0).at(0.35) },
		mid: func(p palette) tint {
			return p.warm.blend(p.deep, 0.36).blend(p.cool, 0.28).turned(-0.5).soft(1.05).at(0.53)
		},
		low: func(p palette) tint { return p.glow.blend(p.warm, 0.36).soft(1.05).at(0.79) },
		mist: func(p palette) tint {
			return p.warm.blend(p.cool, 0.50).blend(p.deep, 0.1).turned(-0.4).soft(1.15).at(0.61)
		},
		tinge: func(p palette) tint { return p.deep.blend(p.cool, 0.22).soft(2.8).at(0.36) }, tingeBy: 0.26,
		level: 0.84, dark: true, stars: 0.25, sun: 0.05,
	},
	{
		id: "night", phrase: "at night",
		top:   func(p palette) tint { return p.deep.at(0.19) },
		mid:   func(p palette) tint { return p.deep.blend(p.cool, 0.20).soft(1.9).at(0.30) },
		low:   func(p palette) tint { return p.deep.blend(p.cool, 0.42).soft(1.9).at(0.48) },
		mist:  func(p palette) tint { return p.deep.blend(p.cool, 0.40).soft(1.7).at(0.46) },
		tinge: func(p palette) tint { return p.deep.blend(p.cool, 0.25).soft(3.0).at(0.30) }, tingeBy: 0.33,
		level: 0.76, dark: true, stars: 1, sun: 0.70, moon: true,
	},
	{
		id: "starry", phrase: "under a starry sky",
		top: func(p palette) tint { return p.deep.blend(p.cool, 0.06).soft(1.4).at(0.175) },
		mid: func(p palette) tint { return p.deep.blend(p.cool, 0.22).turned(0.15).soft(2.3).at(0.285) },
		low: func(p palette) tint {
			return p.cool.blend(p.warm, 0.22).blend(p.deep, 0.45).turned(-0.2).soft(1.5).at(0.46)
		},
		mist:  func(p palette) tint { return p.deep.blend(p.cool, 0.42).soft(1.9).at(0.43) },
		tinge: func(p palette) tint { return p.deep.blend(p.cool, 0.25).soft(3.2).at(0.28) }, tingeBy: 0.33,
		level: 0.75, dark: true, stars: 2.4, sun: 0.70,
	},
	{
		id: "aurora", phrase: "under the northern lights",
		top:   func(p palette) tint { return p.deep.at(0.18) },
		mid:   func(p palette) tint { return p.deep.blend(p.green, 0.35).at(0.27) },
		low:   func(p palette) tint { return p.green.blend(p.cool, 0.38).at(0.46) },
		mist:  func(p palette) tint { return p.deep.blend(p.green, 0.3).blend(p.cool, 0.3).at(0.43) },
		tinge: func(p palette) tint { return p.deep.blend(p.green, 0.5).blend(p.cool, 0.2).soft(1.6).at(0.31) }, tingeBy: 0.24,
		level: 0.76, dark: true, stars: 0.9, sun: 0.6, aurora: true,
	},
}

func lightByID(id string) (light, bool) {
	for _, l := range lights {
		if l.id == id {
			return l, true
		}
	}
	return light{}, false
}

// air is a palette under a light: it answers what a material looks like at a
// depth, where 0 is at arm's length and 1 is the edge of sight.
type air struct {
	palette
	light
	haze float64 // more in mist and snow
}

// see gives a material's colour with a lift in lightness, at a depth.
func (a air) see(m material, lift, depth float64) tint {
	t := a.base(m).lift(lift)
	if m == amber && lift < 0 {
		// Darkened yellow turns olive; real gold darkens towards red.
		t.h += lift * 2.2
		t = t.soft(1 + lift*0.6)
	}
	switch m {
	case flame:
		return t.blend(a.mistTint(), depth*0.25)
	case window:
		if a.dark {
			return t.blend(a.mistTint(), depth*0.30)
		}
		t = a.cool.blend(a.deep, 0.45).lift(lift)
	}
	return a.surface(t, depth)
}

// surface puts a colour under the light and behind the air.
func (a air) surface(t tint, depth float64) tint {
	by := a.tingeBy
	if t.c > 0.09 {
		// A strong accent keeps most of itself in any light.
		by *= 0.55
	}
	t = t.at(t.l*a.level).blend(a.tinge(a.palette).at(clamp(t.l*a.level, 0.1, 0.97)), by)
	if a.dark {
		t = t.blend(a.tinge(a.palette), by*0.25)
	}
	return t.blend(a.mistTint(), clamp(depth*(0.78+a.haze*0.5)+a.haze*0.05, 0, 0.95))
}

// spot is the air around the focus: a little more light falls there, so that
// after dark it still stands out.
func (a air) spot() air {
	if a.dark {
		a.level = mix(a.level, 1.06, 0.62)
		a.tingeBy *= 0.5
	}
	return a
}

func (a air) mistTint() tint { return a.mist(a.palette) }
