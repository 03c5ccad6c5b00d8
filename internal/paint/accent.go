package paint

import "math"

// accents are what a wide, empty picture of a place gets on its far side.
var accents = map[string][]string{
	"forest": {"cabin", "tent", "birch"}, "mountains": {"cabin", "tent"}, "meadow": {"tree", "windmill"},
	"garden": {"bush", "bench"}, "desert": {"cactus", "palm"}, "hilltop": {"tree", "tent"},
	"lake": {"rowing-boat", "cabin"}, "river": {"bridge", "cabin"}, "seaside": {"sailing-boat", "lighthouse"},
	"village": {"street-lamp", "snowman"}, "city": {"street-lamp", "car"}, "railway": {"house", "cabin"},
	"savanna": {"giraffe", "elephant"}, "vineyard": {"house"}, "canyon": {"cactus"}, "volcano": {"palm"},
	"lavender": {"house", "tree"}, "cornfield": {"windmill", "tree"}, "birch-grove": {"cabin", "hare"},
	"glacier": {"igloo", "penguin"}, "island": {"sailing-boat"}, "fjord": {"sailing-boat"}, "beach": {"palm", "sailing-boat"},
	"clouds": {"balloon"}, "jungle": {"palm"},
}

// paintAccent sets a small second thing across from a lone focus where the
// format is so wide that half of it would stay empty. What only fits one
// season keeps out of the others.
func (st *stage) paintAccent(set setting, height float64) {
	if st.aspect < 1.5 || height == 0 || set.room {
		return
	}
	figures := 0
	for _, a := range st.cast {
		if subjects[a.id].foot != inSky {
			figures += max(1, a.count)
		}
	}
	if figures > 1 || subjects[st.lead()].foot == onRail || st.ledge {
		return
	}
	c := st.chance("accent")
	var may []string
	for _, id := range accents[st.setting] {
		if (id == "snowman" || id == "igloo") && !st.snowy || st.has(id) || subjects[id].foot == onWater && !st.water {
			continue
		}
		may = append(may, id)
	}
	if len(may) == 0 {
		return
	}
	sub := subjects[pick(c, may...)]
	x := st.aspect - st.focusX + st.aspect*c.in(-0.04, 0.08)*math.Copysign(1, st.aspect/2-st.focusX)
	f := c.in(0.42, 0.58)
	s := stand{subject: sub, stream: "accent", placing: placing{
		x: x, y: mix(st.horizon, st.crest, f), height: clamp(sub.share*0.46, 0.10, 0.26) * st.size(),
		depth: 0.26, mirror: x > st.aspect/2, shadow: true,
	}}
	if sub.foot == inAir {
		s.y, s.shadow = st.horizon*0.62, false
	}
	st.fit(&s)
	if st.calmAt(s.x, s.y-s.height*0.5) {
		return
	}
	st.stand(s)
}
