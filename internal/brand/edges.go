package brand

import (
	"math"
	"slices"

	"marquee/internal/compose"
)

// edgeCell is a part of a mark in which its ink meets the ground.
type edgeCell struct {
	// x, y, w and h are shares of the mark's box.
	x, y, w, h float64
	// light is the mean relative luminance of the ink along the edge, and
	// length how much edge there is, as a share of all of it.
	light, length float64
}

const (
	edgeRender = 96 // pixels; a thumbnail tells it well enough
	edgeCells  = 6  // on the longer side
	edgeReach  = 2  // pixels of ink from the edge that count
	// seen is the share of a mark's edge that has to reach the contrast asked
	// for; the rest may touch a bright star or a dark branch.
	seen = 0.8
)

// edgesOf measures the ink of a drawing where it meets what is behind it. A
// bottle's bright label says nothing about whether the bottle is seen.
func edgesOf(d compose.Drawing) []edgeCell {
	if d.Width <= 0 || d.Height <= 0 {
		return nil
	}
	width := edgeRender
	if d.Aspect() > 1 {
		width = max(8, int(edgeRender/d.Aspect()))
	}
	c := d.Render(width)
	size := float64(max(c.W, c.H)) / edgeCells
	nx, ny := max(1, int(math.Round(float64(c.W)/size))), max(1, int(math.Round(float64(c.H)/size)))
	light, count := make([]float64, nx*ny), make([]float64, nx*ny)
	alpha := func(x, y int) float32 {
		if x < 0 || y < 0 || x >= c.W || y >= c.H {
			return 0
		}
		return c.Pix[(y*c.W+x)*4+3]
	}
	total := 0.0
	for y := range c.H {
		for x := range c.W {
			if alpha(x, y) < 0.5 || !nearEdge(alpha, x, y) {
				continue
			}
			p := c.At(x, y)
			i := y*ny/c.H*nx + x*nx/c.W
			light[i] += p.Luminance()
			count[i]++
			total++
		}
	}
	var out []edgeCell
	for i, n := range count {
		if n > 0 {
			w, h := 1/float64(nx), 1/float64(ny)
			out = append(out, edgeCell{float64(i%nx) * w, float64(i/nx) * h, w, h, light[i] / n, n / total})
		}
	}
	return out
}

func nearEdge(alpha func(x, y int) float32, x, y int) bool {
	for dy := -edgeReach; dy <= edgeReach; dy++ {
		for dx := -edgeReach; dx <= edgeReach; dx++ {
			if alpha(x+dx, y+dy) < 0.1 {
				return true
			}
		}
	}
	return false
}

// visible is the contrast that most of a variant's edge reaches against a
// ground, 1 to 21, with the variant in a box.
func (m *Mark) visible(variant string, b box, ground Luminances) float64 {
	sin, cos := math.Sincos(b.Turn * math.Pi / 180)
	c := b.centre()
	cells := m.edges[variant]
	if len(cells) == 0 {
		return 1
	}
	type reached struct{ contrast, length float64 }
	var room [edgeCells * edgeCells * 4]reached
	all := room[:0]
	for _, e := range cells {
		dx, dy := (e.x+e.w/2-0.5)*b.W, (e.y+e.h/2-0.5)*b.H
		w, h := e.w*b.W, e.h*b.H
		x, y := c.x+dx*cos-dy*sin, c.y+dx*sin+dy*cos
		all = append(all, reached{ratio(e.light, ground(x-w/2, y-h/2, w, h)), e.length})
	}
	slices.SortFunc(all, func(a, b reached) int {
		switch {
		case a.contrast > b.contrast:
			return -1
		case a.contrast < b.contrast:
			return 1
		}
		return 0
	})
	sum := 0.0
	for _, r := range all {
		if sum += r.length; sum >= seen-1e-9 {
			return r.contrast
		}
	}
	return all[len(all)-1].contrast
}

// most is the greatest contrast that a variant can reach on any even ground.
func (m *Mark) mostVisible(variant string) float64 {
	b := box{0, 0, 1, 1, 0}
	even := func(l float64) float64 {
		return m.visible(variant, b, func(x, y, w, h float64) float64 { return l })
	}
	return max(even(0), even(1))
}

// standsOut tells how well text of a colour is read in a box on a ground: the
// contrast that most of the box reaches, 1 to 21.
func standsOut(hex string, b box, ground Luminances) float64 {
	const parts = 12
	light := Luminance(hex)
	sin, cos := math.Sincos(b.Turn * math.Pi / 180)
	c := b.centre()
	var all [parts]float64
	for i := range parts {
		dx := (float64(i)+0.5)/parts*b.W - b.W/2
		w := b.W / parts
		all[i] = ratio(light, ground(c.x+dx*cos-w/2, c.y+dx*sin-b.H/2, w, b.H))
	}
	slices.Sort(all[:])
	return all[int(math.Floor((1-seen)*parts))]
}
