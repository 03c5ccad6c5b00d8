package imports

import (
	"image"
	"math"
	"slices"

	"marquee/internal/raster"
)

const (
	maxLogos = 6
	// lookWidth is how large a picture is looked at for logos.
	lookWidth = 400
	// stands is the distance in OKLab at which a pixel stands out from its
	// background, and clearly one at which it is no shade of it.
	stands  = 0.07
	clearly = 0.14
	// even is the share of a picture's edge that has to be of one colour to be
	// its background.
	even = 0.7
	// drawn is the share of its three commonest colours from which a part is a
	// flat drawing, such as a word, whose holes show the background.
	drawn = 0.8
)

// logos looks for parts that may be marks: islands on an even background, few
// in colours. It says why if it can't look.
func logos(m *image.NRGBA, page int) ([]Logo, string) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	scale := max(1, float64(max(w, h))/lookWidth)
	g := look(m, scale)
	back, ok := g.background()
	if !ok {
		return nil, "its edge is not of one colour, so that no logo can be told from what is behind it"
	}
	g.mark(back)
	var out []Logo
	for _, island := range g.islands() {
		score, flat := g.score(island)
		if score <= 0 {
			continue
		}
		grown := image.Rect(
			int(float64(island.Min.X)*scale)-2, int(float64(island.Min.Y)*scale)-2,
			int(math.Ceil(float64(island.Max.X)*scale))+2, int(math.Ceil(float64(island.Max.Y)*scale))+2,
		).Intersect(image.Rect(0, 0, w, h)).Add(m.Rect.Min)
		out = append(out, Logo{grown, page, math.Round(score*1e3) / 1e3, cut(m, grown, back, flat < drawn)})
	}
	slices.SortStableFunc(out, func(a, b Logo) int { return compare(b.Score, a.Score) })
	if len(out) == 0 {
		return nil, "nothing in it stands alone on the background as a logo does"
	}
	return out[:min(len(out), maxLogos)], ""
}

// grid is a picture made small, in OKLab and alpha.
type grid struct {
	w, h  int
	color []lab
	alpha []float64
	ink   []bool
}

func look(m *image.NRGBA, scale float64) *grid {
	g := &grid{w: max(1, int(float64(m.Rect.Dx())/scale)), h: max(1, int(float64(m.Rect.Dy())/scale))}
	g.color, g.alpha, g.ink = make([]lab, g.w*g.h), make([]float64, g.w*g.h), make([]bool, g.w*g.h)
	for y := range g.h {
		for x := range g.w {
			px, py := min(int((float64(x)+0.5)*scale), m.Rect.Dx()-1), min(int((float64(y)+0.5)*scale), m.Rect.Dy()-1)
			p := m.Pix[m.PixOffset(m.Rect.Min.X+px, m.Rect.Min.Y+py):]
			g.color[y*g.w+x] = labOf(raster.RGB(p[0], p[1], p[2]))
			g.alpha[y*g.w+x] = float64(p[3]) / 255
		}
	}
	return g
}

// backdrop is what is behind the logos: a colour, or nothing at all.
type backdrop struct {
	color lab
	none  bool
}

func (g *grid) background() (backdrop, bool) {
	var edge []int
	for x := range g.w {
		edge = append(edge, x, (g.h-1)*g.w+x)
	}
	for y := range g.h {
		edge = append(edge, y*g.w, y*g.w+g.w-1)
	}
	none := 0
	for _, i := range edge {
		if g.alpha[i] < 0.1 {
			none++
		}
	}
	if float64(none) >= even*float64(len(edge)) {
		return backdrop{none: true}, true
	}
	middle := func(part func(lab) float64) float64 {
		values := make([]float64, len(edge))
		for i, at := range edge {
			values[i] = part(g.color[at])
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	b := backdrop{color: lab{middle(func(c lab) float64 { return c.l }), middle(func(c lab) float64 { return c.a }), middle(func(c lab) float64 { return c.b })}}
	like := 0
	for _, i := range edge {
		if g.color[i].to(b.color) < stands*stands {
			like++
		}
	}
	return b, float64(like) >= even*float64(len(edge))
}

func (g *grid) mark(b backdrop) {
	for i := range g.ink {
		if b.none {
			g.ink[i] = g.alpha[i] > 0.3
		} else {
			g.ink[i] = g.color[i].to(b.color) > stands*stands
		}
	}
}

// islands are the boxes round what hangs together, letters of a word included:
// parts nearer to each other than a share of the picture's width are one.
func (g *grid) islands() []image.Rectangle {
	reach := max(2, g.w/60)
	label := make([]int, g.w*g.h)
	var boxes []image.Rectangle
	var stack []int
	for start := range g.ink {
		if !g.ink[start] || label[start] != 0 {
			continue
		}
		boxes = append(boxes, image.Rect(start%g.w, start/g.w, start%g.w+1, start/g.w+1))
		n := len(boxes)
		label[start] = n
		stack = append(stack[:0], start)
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := at%g.w, at/g.w
			boxes[n-1] = boxes[n-1].Union(image.Rect(x, y, x+1, y+1))
			for dy := -1; dy <= 1; dy++ {
				for dx := -reach; dx <= reach; dx++ {
					nx, ny := x+dx, y+dy
					if nx < 0 || ny < 0 || nx >= g.w || ny >= g.h {
						continue
					}
					if i := ny*g.w + nx; g.ink[i] && label[i] == 0 {
						label[i] = n
						stack = append(stack, i)
					}
				}
			}
		}
	}
	if len(boxes) > maxIslands {
		slices.SortStableFunc(boxes, func(a, b image.Rectangle) int { return b.Dx()*b.Dy() - a.Dx()*a.Dy() })
		boxes = boxes[:maxIslands]
	}
	return joined(boxes, reach)
}

const maxIslands = 300

// joined makes one of boxes that lie within a reach of each other.
func joined(boxes []image.Rectangle, reach int) []image.Rectangle {
	for again := true; again; {
		again = false
		for i := 0; i < len(boxes); i++ {
			for j := i + 1; j < len(boxes); j++ {
				if boxes[i].Inset(-reach).Overlaps(boxes[j]) {
					boxes[i] = boxes[i].Union(boxes[j])
					boxes = slices.Delete(boxes, j, j+1)
					again = true
					j--
				}
			}
		}
	}
	return boxes
}

// score tells how much an island is like a logo: not a speck and not the whole
// picture, of few colours, and not a line. Flat is how much of it has one of
// its three commonest colours.
func (g *grid) score(r image.Rectangle) (score, flat float64) {
	share := float64(r.Dx()*r.Dy()) / float64(g.w*g.h)
	ratio := float64(r.Dx()) / float64(max(1, r.Dy()))
	if share < 0.003 || min(r.Dx(), r.Dy()) < 6 || ratio > 16 || ratio < 1.0/8 {
		return 0, 0
	}
	bins, ink := map[[3]int]int{}, 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if i := y*g.w + x; g.ink[i] {
				c := g.color[i]
				bins[[3]int{int(c.l * 8), int((c.a + 0.5) * 14), int((c.b + 0.5) * 14)}]++
				ink++
			}
		}
	}
	if ink == 0 {
		return 0, 0
	}
	counts := make([]int, 0, len(bins))
	for _, n := range bins {
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return b - a })
	few := 0
	for _, n := range counts[:min(3, len(counts))] {
		few += n
	}
	flat = float64(few) / float64(ink) // a drawing has few colours, a photograph many
	size := 1.0
	if share > 0.6 {
		size = 0.6
	} else if share < 0.02 {
		size = 0.4 + 30*share
	}
	return flat * flat * size, flat
}

// cut takes a part out of its background, softly where the two mix. What the
// part encloses stays with it if it is whole: a white fox on white paper is
// not hollow.
func cut(m *image.NRGBA, r image.Rectangle, b backdrop, whole bool) *image.NRGBA {
	w, h := r.Dx(), r.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	away := make([]float64, w*h) // how much of each pixel is not background
	for y := range h {
		for x := range w {
			p := m.Pix[m.PixOffset(r.Min.X+x, r.Min.Y+y):]
			copy(out.Pix[out.PixOffset(x, y):][:4], p[:4])
			d := math.Sqrt(labOf(raster.RGB(p[0], p[1], p[2])).to(b.color))
			away[y*w+x] = min(1, max(0, (d-stands/2)/(clearly-stands/2)))
		}
	}
	if b.none {
		return out
	}
	outside := outsideOf(away, w, h)
	for i, a := range away {
		if !whole || outside[i] {
			out.Pix[i*4+3] = uint8(float64(out.Pix[i*4+3]) * a)
		}
	}
	return out
}

// outsideOf are the pixels that hang together with the edge without going
// through ink.
func outsideOf(away []float64, w, h int) []bool {
	out := make([]bool, len(away))
	var stack []int
	reach := func(x, y int) {
		if x < 0 || y < 0 || x >= w || y >= h || out[y*w+x] {
			return
		}
		out[y*w+x] = true
		if away[y*w+x] < 1 {
			stack = append(stack, y*w+x)
		}
	}
	for x := range w {
		reach(x, 0)
		reach(x, h-1)
	}
	for y := range h {
		reach(0, y)
		reach(w-1, y)
	}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		x, y := at%w, at/w
		reach(x-1, y)
		reach(x+1, y)
		reach(x, y-1)
		reach(x, y+1)
	}
	return out
}
