package compose

import (
	"image"
	"math"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// labelSteps is how fine places beside the corners are tried: this many to the
// shorter side.
const labelSteps = 72

// PlacedLabel is a label with its place in a picture, in the picture's pixels.
type PlacedLabel struct {
	Label
	At image.Rectangle
}

// PlaceLabel says where a label stands on a composition that is rendered at a
// size: in a corner inside the margin that touches neither a mark nor a text
// nor one of the boxes to avoid, such as clear spaces and other labels (in canvas
// pixels); else along the edges, else anywhere. If texts leave no room it covers
// as little of them as it can, but never a mark nor what is to be avoided. The
// same input gives the same place. Of the source only marks and texts are asked.
//
// Faults: label_no_place if there is none; label_unknown; size_out_of_range if the
// size is not of the canvas's shape; and those of Boxes and TextStyle.Fit.
func PlaceLabel(d Document, src Source, l Label, style TextStyle, size image.Point, avoid ...Box) (image.Rectangle, error) {
	if err := d.Check(); err != nil {
		return image.Rectangle{}, err
	}
	if size.X <= 0 || size.Y <= 0 || max(size.X, size.Y) > MaxCanvas || SizeAt(d, size.X) != size {
		return image.Rectangle{}, fault.New(fault.Invalid, "size_out_of_range", "The picture is %d×%d pixels and the canvas %d×%d: they have to be of one shape.", size.X, size.Y, d.Width, d.Height)
	}
	b, err := l.lay(style, size)
	if err != nil {
		return image.Rectangle{}, err
	}
	p := labelPlaces{size: size, w: b.width, h: b.height, edge: labelEdge(size), mirrored: l.rightToLeft()}
	k := float64(size.X) / float64(d.Width)
	for i, layer := range d.Layers {
		if layer.Kind != Mark && layer.Kind != Text {
			continue
		}
		at, err := d.place(i, src)
		if err != nil {
			return image.Rectangle{}, err
		}
		if layer.Kind == Mark {
			p.never = append(p.never, cornersAt(at.box, k, 1))
			continue
		}
		// Beside words a plate keeps about a letter's width.
		x0, y0, x1, y1 := at.reach()
		air := float64(b.height) / 5
		p.texts = append(p.texts, [4]float64{x0*k - air, y0*k - air, x1*k + air, y1*k + air})
	}
	for _, box := range avoid {
		p.never = append(p.never, cornersAt(box, k, 1))
	}
	return p.best()
}

// rightToLeft tells labels of languages that begin at the right: their first
// corner is the lower left one.
func (l Label) rightToLeft() bool { return runsLeft([]rune(l.Text)) }

// cornersAt are the corners of a box of the canvas in a picture k times as
// large, grown by some pixels of it on each side.
func cornersAt(b Box, k, grown float64) [4]raster.Point {
	b.X, b.Y, b.Width, b.Height = b.X*k-grown, b.Y*k-grown, b.Width*k+2*grown, b.Height*k+2*grown
	return b.Corners()
}

// labelPlaces looks for a place for a plate of w×h pixels.
type labelPlaces struct {
	size     image.Point
	w, h     int
	edge     int
	mirrored bool
	never    [][4]raster.Point
	texts    [][4]float64
}

// best is the first place that touches nothing, or the one that covers the
// least of texts.
func (p *labelPlaces) best() (image.Rectangle, error) {
	found, least := image.Rectangle{}, math.Inf(1)
	p.each(func(x, y int) bool {
		at := image.Rect(x, y, x+p.w, y+p.h)
		if p.forbidden(at) {
			return true
		}
		if covered := p.covered(at); covered < least {
			found, least = at, covered
		}
		return least > 0
	})
	if found.Empty() {
		return found, noPlace()
	}
	return found, nil
}

// each calls try for the places inside the margin until it returns false: the
// corners, then along the lower and the upper edge and the sides, then rows from
// below upwards.
func (p *labelPlaces) each(try func(x, y int) bool) {
	left, top := p.edge, p.edge
	right, bottom := p.size.X-p.edge-p.w, p.size.Y-p.edge-p.h
	if right < left || bottom < top {
		return
	}
	start, end := left, right
	if p.mirrored {
		start, end = right, left
	}
	for _, at := range [4]image.Point{{end, bottom}, {start, bottom}, {end, top}, {start, top}} {
		if !try(at.X, at.Y) {
			return
		}
	}
	step := max(1, min(p.size.X, p.size.Y)/labelSteps)
	across := func(y int) bool {
		for x := left; ; x += step {
			x = min(x, right)
			at := left + right - x
			if p.mirrored {
				at = x
			}
			if !try(at, y) {
				return false
			}
			if x == right {
				return true
			}
		}
	}
	if !across(bottom) || !across(top) {
		return
	}
	for _, x := range [2]int{end, start} {
		for y := bottom; y > top; y -= step {
			if !try(x, y) {
				return
			}
		}
	}
	for y := bottom; y > top; y -= step {
		if !across(y) {
			return
		}
	}
}

// forbidden tells whether a plate would touch a mark or what is to be avoided.
func (p *labelPlaces) forbidden(at image.Rectangle) bool {
	x0, y0, x1, y1 := float64(at.Min.X), float64(at.Min.Y), float64(at.Max.X), float64(at.Max.Y)
	plate := [4]raster.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
	for _, q := range p.never {
		if !apart(plate, q) && !apart(q, plate) {
			return true
		}
	}
	return false
}

// apart tells whether an edge of p has all of q on its outer side.
func apart(p, q [4]raster.Point) bool {
	for i := range p {
		a, b := p[i], p[(i+1)%4]
		outside := true
		for _, c := range q {
			if (b.X-a.X)*(c.Y-a.Y)-(b.Y-a.Y)*(c.X-a.X) > 0 {
				outside = false
				break
			}
		}
		if outside {
			return true
		}
	}
	return false
}

// covered is the area of texts' boxes under a plate, in pixels.
func (p *labelPlaces) covered(at image.Rectangle) (sum float64) {
	for _, t := range p.texts {
		w := min(t[2], float64(at.Max.X)) - max(t[0], float64(at.Min.X))
		h := min(t[3], float64(at.Max.Y)) - max(t[1], float64(at.Min.Y))
		if w > 0 && h > 0 {
			sum += w * h
		}
	}
	return sum
}
