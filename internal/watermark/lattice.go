package watermark

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// span is the side of the spectrum; a prepared plane is no larger.
const span = 1024

// spectrum is the power of a plane at each frequency, beside the power of the
// frequencies about it: 1 is what chance gives. It holds the half with x ≥ 0;
// the other mirrors it.
type spectrum struct {
	v []float32 // span rows of half numbers
}

const half = span/2 + 1

// loudest bounds what one frequency can say: a fence or a printed screen has a few
// that outshout the whole lattice.
const loudest = 6

// spectrumOf transforms a prepared plane.
func spectrumOf(p plane) spectrum {
	t := transformOf(span)
	grid := make([]complex64, span*half)
	line, spare := make([]complex64, span), make([]complex64, span)
	// Two real rows make one complex one.
	for y := 0; y < p.h; y += 2 {
		clear(line)
		for x, v := range p.row(y) {
			line[x] = complex(v, 0)
		}
		if y+1 < p.h {
			for x, v := range p.row(y + 1) {
				line[x] = complex(real(line[x]), v)
			}
		}
		out := t.forward(line, spare, 1)
		a := grid[y*half:][:half]
		b := grid[(y+1)*half:][:half]
		for x := range half {
			u, v := out[x], out[(span-x)%span]
			a[x] = complex(real(u)+real(v), imag(u)-imag(v)) / 2
			b[x] = complex(imag(u)+imag(v), real(v)-real(u)) / 2
		}
	}
	columns(t, grid, half, half)
	power := plane{half, span, make([]float32, span*half)}
	for i, v := range grid {
		power.v[i] = real(v)*real(v) + imag(v)*imag(v)
	}
	about := power.box(7)
	for i, v := range power.v {
		power.v[i] = min(v/(about.v[i]+1e-9), loudest)
	}
	return spectrum{power.v}
}

// at gives the power at a frequency in cycles a span, between the four numbers
// about it.
func (s spectrum) at(x, y float64) float32 {
	if x < 0 {
		x, y = -x, -y
	}
	i, j := int(x), int(math.Floor(y))
	a, b := float32(x-float64(i)), float32(y-float64(j))
	if i >= half-1 {
		return 1
	}
	up, low := s.v[(j&(span-1))*half+i:][:2], s.v[((j+1)&(span-1))*half+i:][:2]
	return (up[0]*(1-a)+up[1]*a)*(1-b) + (low[0]*(1-a)+low[1]*a)*b
}

// near gives the power at the nearest number.
func (s spectrum) near(x, y float32) float32 {
	if x < 0 {
		x, y = -x, -y
	}
	return s.v[(int(y+span+0.5)&(span-1))*half+int(x+0.5)]
}

// grid says how a picture lies: units a pixel and turned by an angle, or
// stretched a little. A pixel step of (1, 0) is (xx, yx) units, of (0, 1) is
// (xy, yy).
type grid struct{ xx, xy, yx, yy float64 }

// laid gives the grid of so many units a pixel, turned by so many radians.
func laid(units, angle float64) grid {
	sin, cos := math.Sincos(angle)
	return grid{units * cos, -units * sin, units * sin, units * cos}
}

// units and angle say what laid was told.
func (g grid) units() float64 { return math.Sqrt(g.xx*g.yy - g.xy*g.yx) }
func (g grid) angle() float64 { return math.Atan2(g.yx-g.xy, g.xx+g.yy) }

// guess is a grid with the evidence for it: how many standard deviations the
// lattice's power is above chance.
type guess struct {
	grid  grid
	score float64
}

// The frequencies that a reader looks at, in cycles a pixel: longer ones are
// evened out, and shorter ones no picture keeps.
const (
	longest  = 0.03
	shortest = 0.47
)

// weigh gives the evidence for a grid: how far the power at the waves is above
// chance, in standard deviations.
func (p *pattern) weigh(s spectrum, g grid) float64 {
	sum, squares, _ := s.sum(p.waves, g)
	return sum / math.Sqrt(squares+1e-9)
}

// doubt is what weigh's evidence loses where a picture repeats by itself: then
// its silent waves are loud too. Up to patience standard deviations are taken
// for chance.
func (p *pattern) doubt(s spectrum, g grid) float64 {
	const patience = 1.5
	sum, squares, weight := s.sum(p.silent, g)
	if weight == 0 {
		return 0
	}
	loud := max(0, sum-patience*math.Sqrt(squares)) / weight
	_, squares, weight = s.sum(p.waves, g)
	return loud * weight / math.Sqrt(squares+1e-9)
}

// sum adds up the power above chance at waves, each by the square of its size;
// and the squares of these weights, and the weights.
func (s spectrum) sum(waves []wave, g grid) (sum, squares, weight float64) {
	for _, w := range waves {
		// The phase of wave k at pixel q is 2π k·(grid q)/tile.
		x := (float64(w.x)*g.xx + float64(w.y)*g.yx) / tile
		y := (float64(w.x)*g.xy + float64(w.y)*g.yy) / tile
		l := max(math.Abs(x), math.Abs(y))
		if l > shortest || l < longest {
			continue
		}
		k := float64(w.size * w.size)
		sum += k * float64(s.at(x*span, y*span)-1)
		squares += k * k
		weight += k
	}
	return sum, squares, weight
}

// search is which grids are tried.
type search struct {
	least, most float64 // units a pixel
	turn        float64 // radians either way
}

// scan tries all grids of a search and gives the best few, apart from each
// other. The error is ctx's.
func (p *pattern) scan(ctx context.Context, s spectrum, r search) ([]guess, error) {
	const ratio, arc, keep = 1.0025, 0.0026, 8
	turns := int(math.Ceil(r.turn / arc))
	var best []guess
	xs, ys, ks := make([]float32, len(p.waves)), make([]float32, len(p.waves)), make([]float32, len(p.waves))
	// Short waves run out of the spectrum first: sort by length and stop there.
	sorted := slices.Clone(p.waves)
	slices.SortFunc(sorted, func(a, b wave) int { return cmp.Compare(a.length(), b.length()) })
	lengths := make([]float64, len(sorted))
	for i, w := range sorted {
		lengths[i] = w.length()
	}
	for t := -turns; t <= turns; t++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g := laid(1, float64(t)*arc)
		for i, w := range sorted {
			xs[i] = float32((float64(w.x)*g.xx + float64(w.y)*g.yx) / tile * span)
			ys[i] = float32((float64(w.x)*g.xy + float64(w.y)*g.yy) / tile * span)
			ks[i] = w.size * w.size
		}
		for units := r.most; units >= r.least; units /= ratio {
			u := float32(units)
			var sum, count float32
			for i, x := range xs {
				if lengths[i]*units > shortest {
					break
				}
				k := ks[i]
				sum += k * (s.near(x*u, ys[i]*u) - 1)
				count += k * k
			}
			score := float64(sum) / math.Sqrt(float64(count)+1e-9)
			if len(best) < keep || score > best[len(best)-1].score {
				at := laid(units, float64(t)*arc)
				best = note(best, guess{at, score - p.doubt(s, at)}, keep)
			}
		}
	}
	return best, nil
}

// note puts a guess among the best, in the place of what is nearly the same.
func note(best []guess, g guess, keep int) []guess {
	for i, b := range best {
		if math.Abs(math.Log(b.grid.units()/g.grid.units())) < 0.012 && math.Abs(b.grid.angle()-g.grid.angle()) < 0.012 {
			if b.score >= g.score {
				return best
			}
			best = slices.Delete(best, i, i+1)
			break
		}
	}
	at, _ := slices.BinarySearchFunc(best, g, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	best = slices.Insert(best, at, g)
	return best[:min(len(best), keep)]
}

// directions are the ways in which a grid is moved to try for a better one:
// larger and smaller, turned, stretched, and sheared.
var directions = [8]grid{
	{xx: 1, yy: 1}, {xx: -1, yy: -1}, {xy: -1, yx: 1}, {xy: 1, yx: -1},
	{xx: 1, yy: -1}, {xx: -1, yy: 1}, {xy: 1, yx: 1}, {xy: -1, yx: -1},
}

// settle moves a guess uphill: scale and turn first, then each direction's
// stretch.
func (p *pattern) settle(s spectrum, g guess) guess {
	g.score = p.weigh(s, g.grid)
	step := 0.0012
	for range 9 {
		moved := false
		for _, d := range directions {
			k := step * g.grid.units()
			try := grid{g.grid.xx + k*d.xx, g.grid.xy + k*d.xy, g.grid.yx + k*d.yx, g.grid.yy + k*d.yy}
			if score := p.weigh(s, try); score > g.score {
				g, moved = guess{try, score}, true
			}
		}
		if !moved {
			step /= 2
		}
	}
	g.score -= p.doubt(s, g.grid)
	return g
}
