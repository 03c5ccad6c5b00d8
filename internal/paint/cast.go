package paint

import (
	"fmt"
	"math"
	"sort"

	"marquee/internal/raster"
)

// stand is one figure with its place.
type stand struct {
	subject
	placing
	stream string
	near   bool
}

// paintCast finds a place for everyone, paints those behind, then the near
// ground, then those who stand on it.
func (st *stage) paintCast(set setting) {
	var stands []stand
	var focus *actor
	height := 0.0
	for i := range st.cast {
		a := &st.cast[i]
		sub := subjects[a.id]
		if sub.foot == inSky || sub.foot == inAir {
			continue
		}
		c := st.chance(fmt.Sprint("place", i))
		if focus == nil {
			focus = a
			height = sub.share * st.size() * c.in(0.94, 1.06)
			switch {
			case sub.foot == onLedge:
				height *= 1.28
			case sub.tall < 3:
				height *= 1.14
			}
			if w := height * sub.wide; w > st.aspect*0.80 {
				height *= st.aspect * 0.80 / w
			}
			if len(st.cast) > 1 {
				height *= 0.93
			}
			stands = append(stands, st.group(c, *a, sub, st.focusX, st.focusY, height)...)
			continue
		}
		stands = append(stands, st.beside(c, *a, sub, subjects[focus.id], height, i)...)
	}
	sort.SliceStable(stands, func(i, j int) bool { return stands[i].y < stands[j].y })
	for _, s := range stands {
		if !s.near {
			st.stand(s)
		}
	}
	if set.indoors && !set.room {
		st.paintWeather()
	}
	st.paintAccent(set, height)
	st.backlight(height)
	if focus != nil && subjects[focus.id].foot == onRail && set.wild {
		st.nearRails()
	} else {
		set.near(st)
	}
	for _, s := range stands {
		if s.near {
			st.stand(s)
		}
	}
}

// backlight brightens the air behind the focus, so that its outline reads.
func (st *stage) backlight(height float64) {
	if height == 0 || st.hour == "noon" || st.pale && !st.dark {
		return
	}
	s := st.sheet("backlight", 0.2)
	s.still = true
	t := st.mistTint().lift(0.08)
	a := 0.16
	if st.dark {
		a = 0.38
	}
	s.glow(st.focusX, st.focusY-height*0.55, height*1.25, t, a)
}

func (st *stage) stand(s stand) {
	sh := st.sheet(s.id, s.depth)
	sh.rim = s.near
	l, r := st.measure(s.stream, s.draw)
	if s.mirror {
		l, r = r, l
	}
	st.busy = append(st.busy, [2]float64{s.x - l*s.height, s.x + r*s.height})
	if s.foot == onWater {
		st.reflect(s)
		s.shadow = false
	}
	s.lit = s.near || s.depth <= 0.2
	sh.lit = s.near || s.depth <= 0.12
	st.put(sh, s.stream, s.draw, s.placing)
	if s.foot == onGround && s.near && st.drifts && st.snowy {
		st.drift(s)
	}
	if s.foot == onWater {
		st.ripples(s)
	}
}

// measure gives the reach of a drawing left and right of its middle, for a
// height of 1.
func (st *stage) measure(stream string, draw func(*pen)) (left, right float64) {
	p := st.pen(stream, "")
	draw(p)
	for _, q := range p.parts {
		if q.role != body {
			continue
		}
		a, _, b, _ := q.path.Bounds()
		left, right = math.Max(left, -a/100), math.Max(right, b/100)
	}
	return left, right
}

// fit keeps a figure whole inside the picture.
func (st *stage) fit(s *stand) {
	if s.foot == onRail {
		return
	}
	l, r := st.measure(s.stream, s.draw)
	if s.mirror {
		l, r = r, l
	}
	const margin = 0.025
	if w := (l + r) * s.height; w > st.aspect-2*margin {
		s.height *= (st.aspect - 2*margin) / w
	}
	s.x = clamp(s.x, margin+l*s.height, st.aspect-margin-r*s.height)
}

// group sets a subject's whole number about a place: the first in front, the
// others beside and a little behind, no two alike in size and turn.
func (st *stage) group(c chance, a actor, sub subject, x, y, height float64) []stand {
	n := min(max(a.count, 1), 9)
	if n > 1 {
		height *= math.Max(0.46, 1-0.09*float64(n))
	}
	look := x > st.aspect/2
	var out []stand
	gap := height * sub.wide * 0.92
	if span := gap * float64(n-1); span > st.aspect*0.74 {
		gap *= st.aspect * 0.74 / span
	}
	if n > 1 {
		x = mix(x, st.aspect/2, clamp(gap*float64(n)/st.aspect, 0.1, 0.9))
	}
	for i := range n {
		f := float64(i) - float64(n-1)/2
		s := stand{subject: sub, stream: fmt.Sprintf("%s-%d", sub.id, i), near: true}
		back := 0.0
		if n > 1 {
			back = c.in(0, 0.030) * float64((i+1)%2+i%3) * 0.6
		}
		s.x = x + f*gap + c.in(-0.08, 0.08)*gap*float64(min(n-1, 1))
		s.y = y - back
		s.height = height * (1 - back*3.2) * c.in(0.95, 1.05)
		s.mirror = look
		if n > 1 && c.yes(0.35) {
			s.mirror = !look
		}
		s.shadow = true
		s.colour = a.colour
		s.depth = 0.02 + back
		switch sub.foot {
		case onWater:
			s.near = false
			s.y = st.waterline(c, height) - back*0.8
			s.depth = 0.10
		case onRail:
			s.y = st.crest - 0.012
		case onLedge:
			s.shadow = true
		}
		if sub.tall > 3 && sub.foot == onGround {
			// Large things stand farther back, behind the near ground's edge.
			s.near = false
			s.y = st.crest - 0.012 - back
			s.depth = 0.10 + back
		}
		st.fit(&s)
		out = append(out, s)
	}
	return out
}

// waterline is where a boat or a swan floats.
func (st *stage) waterline(c chance, height float64) float64 {
	return math.Min(st.crest-0.035, st.horizon+(st.crest-st.horizon)*c.in(0.52, 0.68))
}

// beside places a further actor by its relation to the focus.
func (st *stage) beside(c chance, a actor, sub, focus subject, height float64, i int) []stand {
	ratio := math.Sqrt(sub.tall / focus.tall)
	h := height * clamp(ratio, 0.34, 1.75)
	h = math.Min(h, 0.62*st.size())
	away := 1.0
	if st.focusX > st.aspect/2 {
		away = -1
	}
	if i%2 == 0 {
		away = -away
	}
	reach := (height*focus.wide + h*sub.wide*float64(max(1, a.count))*0.9) * 0.5
	x, y := st.focusX+away*(reach*1.14+0.02), st.focusY
	switch a.rel {
	case "under", "behind":
		x = st.focusX + away*reach*0.35
		y = st.crest - 0.02
		h = clamp(height*clamp(ratio, 1.3, 2), 0, 0.66*st.size())
	case "before":
		x = st.focusX + away*reach*0.42
		y = st.focusY + 0.022
	}
	far := sub.tall > 3 && sub.foot == onGround && a.rel != "under" && a.rel != "behind"
	if far {
		// A building or a tree stands farther back, in the emptier half.
		h = math.Min(h*0.80, 0.36*st.size())
		x = st.aspect - st.focusX + c.in(-0.06, 0.06)
		y = mix(st.horizon, st.crest, 0.62)
	}
	margin := h * sub.wide * 0.5
	x = clamp(x, margin*0.85, math.Max(margin*0.85, st.aspect-margin*0.85))
	out := st.group(c, a, sub, x, y, h)
	for k := range out {
		out[k].stream += fmt.Sprint("/", i)
		if a.count <= 1 {
			out[k].x = x
			st.fit(&out[k])
		}
		if sub.tall > 3 && sub.foot != onWater {
			out[k].near = false
			out[k].y = math.Min(out[k].y, st.crest-0.014)
			out[k].depth = 0.16
			if far {
				out[k].y, out[k].depth = y-0.012*float64(k), 0.22
			}
		} else if a.rel != "before" {
			out[k].y -= 0.006
		}
	}
	return out
}

// drift buries a figure's foot in a little snow.
func (st *stage) drift(s stand) {
	if s.tall > 10 {
		return
	}
	c := st.chance("drift" + s.stream)
	sh := st.sheet("drift", s.depth)
	sh.still = true
	w := s.height * s.wide * 0.5
	y := s.y + s.height*0.010
	for range 3 {
		x := s.x + c.in(-0.8, 0.8)*w
		r := w * c.in(0.18, 0.34)
		sh.detail(raster.Ellipse(x, y+r*0.10, r, r*0.12), st.groundTint(0.02, -0.006), 1)
	}
}

// reflect lays a figure upside down into the water, softly.
func (st *stage) reflect(s stand) {
	sh := st.sheet("reflection", s.depth+0.1)
	sh.still = true
	p := st.pen(s.stream, s.colour)
	s.draw(p)
	k := s.height / 100
	kx := k
	if s.mirror {
		kx = -k
	}
	m := raster.Translate(s.x, s.y).Mul(raster.Scale(kx, k*0.72))
	for _, q := range p.parts {
		if q.role != body {
			continue
		}
		t := st.see(q.tone.m, q.tone.lift, s.depth).blend(st.waterTint(0.2), 0.55)
		sh.add(figureShape{path: q.path.Transform(m), fill: t, alpha: 0.5 * q.alpha, role: detail, soft: 0.0012})
	}
}

// ripples are the light lines where something meets the water.
func (st *stage) ripples(s stand) {
	sh := st.sheet("ripples", s.depth)
	sh.still = true
	c := st.chance("ripples" + s.stream)
	t := st.waterTint(0.5).lift(0.16)
	w := s.height * s.wide
	for i := range 5 {
		y := s.y + 0.003 + float64(i)*0.0085
		l := w * c.in(0.16, 0.42) * (1 + 0.18*float64(i))
		x := s.x + c.in(-0.35, 0.35)*w
		sh.detail(raster.RoundRect(x-l/2, y, l, 0.0026, 0.0013), t, 0.55-0.07*float64(i))
	}
}

// paintAirborne hangs balloons and birds in the air.
func (st *stage) paintAirborne() {
	k := 0
	for i, a := range st.cast {
		sub := subjects[a.id]
		if sub.foot != inAir {
			continue
		}
		n := min(max(a.count, 1), 7)
		for j := range n {
			c := st.chance(fmt.Sprint("air", i, "-", j))
			h := sub.share * st.size() * c.in(0.92, 1.08)
			x := st.focusX
			y := st.horizon*0.40 + h*0.5
			depth := 0.08
			if k > 0 {
				h *= clamp(0.68-0.11*float64(k), 0.26, 1)
				x = math.Mod(st.focusX+st.aspect*(0.34*float64(k)+c.in(-0.05, 0.05)), st.aspect*0.86) + st.aspect*0.07
				y = st.horizon*c.in(0.22, 0.62) + h*0.5
				depth = 0.2 + 0.07*float64(k)
			}
			k++
			sh := st.sheet(sub.id, depth)
			sh.rim = k == 1
			st.put(sh, fmt.Sprint(sub.id, j), sub.draw, placing{x: x, y: y, height: h, mirror: st.from > 0, depth: depth, colour: a.colour})
		}
	}
}
