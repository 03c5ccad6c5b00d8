package compose

import (
	"cmp"
	"math"
	"slices"
)

// unit is one or more layers that are moved as one: a layer by itself, or a
// panel with what stands on it. Lengths are canvas pixels.
type unit struct {
	layers []int
	kind   Kind
	// x, y, w, h are the upright box in the old document.
	x, y, w, h float64
	// toX and toY are where it should go, as shares of the room that is left
	// beside it: 0 at the start of the canvas, 1 at its end.
	toX, toY float64
	// size is how it was measured for the new canvas, k its scale.
	nw, nh, k  float64
	nx, ny     float64
	text       *textFit
	textHeight float64
}

// textFit is how a text that stands alone is set anew.
type textFit struct {
	width float64
	lines int
	turn  float64
}

// units finds what is moved in a document: everything but the picture, effects
// and shapes that reach across the canvas, which are returned as stretched.
func (d Document) units(boxes []Box) (out []unit, stretched []int) {
	panelOf := make([]int, len(d.Layers))
	for i := range panelOf {
		panelOf[i] = -1
	}
	w, h := float64(d.Width), float64(d.Height)
	wide := func(b Box) bool { return b.Width >= 0.95*w || b.Height >= 0.95*h }
	for i, l := range d.Layers {
		if l.Kind != Shape || wide(boxes[i]) {
			continue
		}
		x0, y0, x1, y1 := boxes[i].Bounds()
		for j := i + 1; j < len(d.Layers); j++ {
			a, b, c, e := boxes[j].Bounds()
			if d.Layers[j].Kind != Effect && a >= x0-1 && b >= y0-1 && c <= x1+1 && e <= y1+1 {
				panelOf[j] = i
			}
		}
	}
	root := func(i int) int {
		for panelOf[i] >= 0 {
			i = panelOf[i]
		}
		return i
	}
	at := map[int]int{}
	for i, l := range d.Layers {
		if l.Kind == Picture || l.Kind == Effect {
			continue
		}
		if l.Kind == Shape && wide(boxes[i]) {
			stretched = append(stretched, i)
			continue
		}
		r := root(i)
		n, ok := at[r]
		x0, y0, x1, y1 := boxes[i].Bounds()
		if !ok {
			at[r] = len(out)
			out = append(out, unit{layers: []int{i}, kind: l.Kind, x: x0, y: y0, w: x1 - x0, h: y1 - y0})
			continue
		}
		u := &out[n]
		u.layers = append(u.layers, i)
		u.w, u.h = max(u.x+u.w, x1)-min(u.x, x0), max(u.y+u.h, y1)-min(u.y, y0)
		u.x, u.y = min(u.x, x0), min(u.y, y0)
	}
	for i := range out {
		u := &out[i]
		u.toX, u.toY = room(u.x, u.w, w), room(u.y, u.h, h)
	}
	return out, stretched
}

// room returns where a length stands in a whole, as a share of what is left.
func room(at, length, whole float64) float64 {
	if whole-length < 1 {
		return 0.5
	}
	return max(0, min(1, at/(whole-length)))
}

// rank orders units by who may choose first; among equals the larger does.
func (u unit) rank() int {
	switch u.kind {
	case Cutout:
		return 0
	case Mark, Text, Shape:
		return 1
	}
	return 2
}

// arrange puts units on a canvas of w×h, the most important first, near where
// they should be, on calm ground, and gap apart (a share of the smaller unit's
// shorter side). loyal and quiet say how much the first two count. It tells
// whether all of them found room.
func arrange(units []unit, w, h, gap, loyal, quiet float64, calm *Calm) bool {
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if r := units[a].rank() - units[b].rank(); r != 0 {
			return r
		}
		return cmp.Compare(units[b].nw*units[b].nh, units[a].nw*units[a].nh)
	})
	margin := 0.045 * min(w, h)
	free := true
	for n, i := range order {
		u := &units[i]
		best, bestCost := [2]float64{}, math.Inf(1)
		try := func(fx, fy float64) {
			m := margin
			if u.kind == Cutout {
				m = 0
			}
			x := m + fx*(w-2*m-u.nw)
			y := m + fy*(h-2*m-u.nh)
			dx, dy := (fx-u.toX)*(w-u.nw)/w, (fy-u.toY)*(h-u.nh)/h
			cost := loyal * (dx*dx + dy*dy)
			if u.kind != Cutout {
				cost += quiet * calm.Unrest(x, y, u.nw, u.nh)
			}
			cost -= 0.03 * thirds(x+u.nw/2, w) * thirds(y+u.nh/2, h)
			for _, j := range order[:n] {
				o := units[j]
				space := gap * min(u.nw, u.nh, o.nw, o.nh)
				if over := overlap(x, y, u.nw, u.nh, o.nx, o.ny, o.nw, o.nh, space); over > 0 {
					cost += 100 + over/(u.nw*u.nh)
				}
			}
			if cost < bestCost {
				best, bestCost = [2]float64{x, y}, cost
			}
		}
		try(u.toX, u.toY)
		const steps = 16
		for a := range steps + 1 {
			for b := range steps + 1 {
				try(float64(a)/steps, float64(b)/steps)
			}
			try(float64(a)/steps, u.toY)
			try(u.toX, float64(a)/steps)
		}
		u.nx, u.ny = best[0], best[1]
		free = free && bestCost < 100
	}
	return free
}

// thirds is 1 on the lines that divide a length in three, 0 away from them.
func thirds(at, whole float64) float64 {
	t := at / whole
	return max(0, 1-min(math.Abs(t-1.0/3), math.Abs(t-2.0/3))*8)
}

func overlap(ax, ay, aw, ah, bx, by, bw, bh, space float64) float64 {
	x := min(ax+aw, bx+bw+space) - max(ax, bx-space)
	y := min(ay+ah, by+bh+space) - max(ay, by-space)
	if x <= 0 || y <= 0 {
		return 0
	}
	return x * y
}

// put writes the units' places into a copy of the document's layers.
func (d Document) put(layers []Layer, units []unit, boxes []Box) {
	for _, u := range units {
		for _, i := range u.layers {
			l, b := &layers[i], boxes[i]
			if u.text != nil {
				l.Width, l.Lines, l.Rotation = tidy(u.text.width), u.text.lines, u.text.turn
				if l.Lines == 1 {
					l.Lines = 0
				}
				// The box stands in the middle of its upright bounds.
				l.X = tidy(u.nx + (u.nw-u.text.width)/2)
				l.Y = tidy(u.ny + u.nh/2 - u.textHeight/2)
				continue
			}
			// The turned box's middle moves with the unit.
			cx, cy := b.X+b.Width/2, b.Y+b.Height/2
			cx, cy = u.nx+(cx-u.x)*u.k, u.ny+(cy-u.y)*u.k
			l.Width = tidy(b.Width * u.k)
			l.X = tidy(cx - b.Width*u.k/2)
			l.Y = tidy(cy - b.Height*u.k/2)
			if l.Kind == Shape {
				l.Height, l.Radius = tidy(b.Height*u.k), tidy(l.Radius*u.k)
			}
		}
	}
}

// tidy rounds a length to a hundredth of a pixel, so that documents stay short.
func tidy(v float64) float64 { return math.Round(v*100) / 100 }

// turnedSize is the upright size of a box that is turned.
func turnedSize(w, h, turn float64) (float64, float64) {
	x0, y0, x1, y1 := Box{Width: w, Height: h, Rotation: turn}.Bounds()
	return x1 - x0, y1 - y0
}
