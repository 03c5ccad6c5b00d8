package watermark

import (
	"image"
	"math"
)

// The strength of the mark: the root mean square of what is added to each
// channel, of 255. A flat place gets plain; a place whose fine structure has a
// standard deviation of s gets plain + gain·s, and never more than most.
const (
	plain = 0.9
	gain  = 0.11
	most  = 2.1
)

// weave adds the pattern to the picture.
func weave(img *image.NRGBA, pattern []float32, spare *image.Alpha) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	cell := max(1, min(w, h)/reference)
	strength := strengths(img, cell)
	unit := float64(reference) / float64(min(w, h))
	const n = tile * fine
	// For each column, where it lies in the tile and among the cells.
	type place struct {
		left, right int
		part        float32
	}
	across, cells := make([]place, w), make([]place, w)
	for x := range w {
		at := (float64(x) + 0.5) * unit * fine
		k := int(at)
		across[x] = place{k % n, (k + 1) % n, float32(at - float64(k))}
		at = max(0, (float64(x)+0.5)/float64(cell)-0.5)
		k = int(at)
		cells[x] = place{min(k, strength.w-1), min(k+1, strength.w-1), float32(at - float64(k))}
	}
	line, force := make([]float32, n), make([]float32, strength.w)
	for y := range h {
		at := (float64(y) + 0.5) * unit * fine
		k := int(at)
		part := float32(at - float64(k))
		up, low := pattern[k%n*n:][:n], pattern[(k+1)%n*n:][:n]
		for x := range line {
			line[x] = up[x] + (low[x]-up[x])*part
		}
		at = max(0, (float64(y)+0.5)/float64(cell)-0.5)
		k = int(at)
		part = float32(at - float64(k))
		up, low = strength.row(min(k, strength.h-1)), strength.row(min(k+1, strength.h-1))
		for x := range force {
			force[x] = up[x] + (low[x]-up[x])*part
		}
		pixels := img.Pix[y*img.Stride:][:4*w]
		var spared []uint8
		if spare != nil {
			spared = spare.Pix[y*spare.Stride:][:w]
		}
		for x := range across {
			p := pixels[4*x:][:4:4]
			if p[3] == 0 || spared != nil && spared[x] > 0 {
				continue
			}
			a, c := &across[x], &cells[x]
			v := line[a.left] + (line[a.right]-line[a.left])*a.part
			v *= force[c.left] + (force[c.right]-force[c.left])*c.part
			d := int(v + 256.5) // rounded, from far enough below to be positive
			d -= 256
			p[0], p[1], p[2] = moved(p[0], d), moved(p[1], d), moved(p[2], d)
		}
	}
}

func moved(v uint8, by int) uint8 { return uint8(min(max(int(v)+by, 0), 255)) }

// strengths tells how strong the mark may be in each cell of cell × cell
// pixels. A place hides as much as the quietest of the four squares that it is
// a corner of, and of the one that it is the middle of, is lively: grain and
// leaves hide much, and the flat side of a sharp edge as little as any flat
// place.
func strengths(img *image.NRGBA, cell int) plane {
	mean, within := survey(img, cell)
	soft := mean.box(3)
	for i, v := range mean.v {
		d := v - soft.v[i]
		within.v[i] += d * d
	}
	lively, here := within.box(2), within.box(1)
	out := newPlane(mean.w, mean.h)
	const far = 2
	for y := range out.h {
		up, low := lively.row(max(y-far, 0)), lively.row(min(y+far, out.h-1))
		to, middle := out.row(y), here.row(y)
		for x := range to {
			l, r := max(x-far, 0), min(x+far, out.w-1)
			v := min(up[l], up[r], low[l], low[r], middle[x])
			to[x] = min(plain+gain*float32(math.Sqrt(float64(max(v, 0)))), most)
		}
	}
	return out.box(1)
}

// survey gives each cell's mean luma and its variance within the cell.
func survey(img *image.NRGBA, cell int) (mean, within plane) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	mean = newPlane((w+cell-1)/cell, (h+cell-1)/cell)
	within = newPlane(mean.w, mean.h)
	for cy := range mean.h {
		sums, squares := mean.row(cy), within.row(cy)
		rows := min(cell, h-cy*cell)
		for y := cy * cell; y < cy*cell+rows; y++ {
			pixels := img.Pix[y*img.Stride:]
			for cx := range sums {
				from, to := cx*cell, min((cx+1)*cell, w)
				for x := from; x < to; x++ {
					p := pixels[4*x:][:3:3]
					v := lumaRed*float32(p[0]) + lumaGreen*float32(p[1]) + lumaBlue*float32(p[2])
					sums[cx] += v
					squares[cx] += v * v
				}
			}
		}
		for cx := range sums {
			k := 1 / float32(rows*(min((cx+1)*cell, w)-cx*cell))
			sums[cx] *= k
			squares[cx] = max(0, squares[cx]*k-sums[cx]*sums[cx])
		}
	}
	return mean, within
}
