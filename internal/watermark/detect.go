package watermark

import (
	"context"
	"image"
	"math"
)

// Effort is how far Detect looks.
type Effort int

const (
	// Upright looks at all scales, but not for turned pictures.
	Upright Effort = iota
	// Full looks at all scales and up to a little over 3° of turn either way.
	Full
)

// Found is a mark that was read.
type Found struct {
	// ID is 1 to MaxID.
	ID uint64
	// Score says how far above chance the reading is, 0 to 1: the part of what
	// was heard that agrees with what was read, less the part that disagrees.
	Score float64
	// Scale is how large the whole marked picture is beside what was looked at,
	// by their short sides: about 1 for the picture itself at any size, 1.25
	// where a tenth was cropped off each side, less than 1 where the picture
	// lies on a larger page.
	Scale float64
	// Angle is how far the picture was turned, in degrees, clockwise.
	Angle float64
	// At is the part of the picture that was looked at.
	At image.Rectangle
}

// leastDetect is the least side of a picture that Detect looks at, in pixels.
const leastDetect = 96

// What is searched: units a pixel of the prepared plane, and turn in radians.
// A little more turn than is promised, for the edges of the search.
const (
	leastUnits = 0.2
	mostUnits  = 1.7
	mostTurn   = 3.4 * math.Pi / 180
)

// enough is how far above chance, in standard deviations, a word must agree
// with what was heard, whatever its checksum says.
const enough = 9.5

// guesses is how many grids are read at most for one key, and shifts at how
// many places each. With one more place for a grid that is tuned, and
// listLength words at each place, the checksum is asked 3 · (2 + 1) · 16 = 144
// times at most: by its 24 bits alone, chance passes in 144 of 2²⁴ pictures,
// 0.86 in 100,000.
const (
	guesses = 3
	shifts  = 2
)

// Detect looks for a mark; false if there is none that this key can read. The
// error is ctx's, when it ends first. Pictures of up to 64 megapixels are read
// whole; of larger ones each second, third, … row and column, of pictures that
// are more than twice as long as wide, or whose sides are over 65,536 pixels,
// the middle.
func Detect(ctx context.Context, img image.Image, key Key, effort Effort) (Found, bool, error) {
	found, _, ok, err := DetectAny(ctx, img, []Key{key}, effort)
	return found, ok, err
}

// DetectAny is Detect with several keys, such as an installation's new and old
// ones, at less than the price of as many calls. It tries them in turn and
// tells which one found something, counted from 0.
func DetectAny(ctx context.Context, img image.Image, keys []Key, effort Effort) (Found, int, bool, error) {
	at, w, h := frame(img.Bounds())
	if min(at.Dx(), at.Dy()) < leastDetect {
		return Found{}, 0, false, ctx.Err()
	}
	luma, err := shrink(ctx, img, at, w, h)
	if err != nil {
		return Found{}, 0, false, err
	}
	ready := prepare(luma)
	if err := ctx.Err(); err != nil {
		return Found{}, 0, false, err
	}
	spectrum := spectrumOf(taper(ready))
	r := search{least: leastUnits, most: mostUnits}
	if effort == Full {
		r.turn = mostTurn
	}
	d := newDecoder()
	for i, key := range keys {
		p := patternOf(key)
		list, err := p.scan(ctx, spectrum, r)
		if err != nil {
			return Found{}, 0, false, err
		}
		for _, g := range list[:min(len(list), guesses)] {
			if err := ctx.Err(); err != nil {
				return Found{}, 0, false, err
			}
			g = p.settle(spectrum, g)
			if f, ok := p.read(ready, g, d); ok {
				f.At = at
				f.Scale = reference / (g.grid.units() * float64(min(w, h)))
				f.Angle = -g.grid.angle() * 180 / math.Pi
				return f, i, true, nil
			}
		}
	}
	return Found{}, 0, false, ctx.Err()
}

// mostSide is how much of a side is looked at, in pixels.
const mostSide = 1 << 16

func middle(b image.Rectangle) image.Point {
	return image.Pt(b.Min.X+b.Dx()/2, b.Min.Y+b.Dy()/2)
}

// frame tells which part of a picture is looked at, and at what size.
func frame(b image.Rectangle) (at image.Rectangle, w, h int) {
	const short, long = 640, span
	s, l := float64(min(b.Dx(), b.Dy())), float64(max(b.Dx(), b.Dy()))
	k := min(1, short/s)
	if l*k > long {
		// A long picture is looked at whole if its short side keeps enough
		// pixels, else in its middle.
		k = max(long/l, min(1, 512/s))
	}
	at = b
	if s > mostSide {
		at = image.Rect(0, 0, mostSide, mostSide).Add(middle(b)).Sub(image.Pt(mostSide/2, mostSide/2))
		return at, short, short
	}
	if over := int(math.Ceil(l - long/k)); over > 0 {
		if b.Dx() > b.Dy() {
			at.Min.X += over / 2
			at.Max.X -= over - over/2
		} else {
			at.Min.Y += over / 2
			at.Max.Y -= over - over/2
		}
	}
	w = min(span, max(1, int(math.Round(float64(at.Dx())*k))))
	h = min(span, max(1, int(math.Round(float64(at.Dy())*k))))
	return at, w, h
}

// likely is the evidence for a grid, in standard deviations, from which on a
// reading that failed is worth a second one with the grid tuned, which is slow.
const likely = 4.5

// read decodes a prepared plane by a grid, and may be once more with the grid
// tuned.
func (p *pattern) read(ready plane, g guess, d *decoder) (Found, bool) {
	h := p.listen(fold(ready, g.grid))
	if f, ok := p.decode(h, d, shifts); ok || g.score < likely {
		return f, ok
	}
	return p.decode(p.tune(ready, g.grid, h), d, 1)
}

// tune moves a grid so that the pilots' phases agree better over the whole
// picture: they feel a smaller error than the power of the lattice does.
func (p *pattern) tune(ready plane, g grid, h heard) heard {
	best := p.align(h, 1)[0].score
	for _, step := range [4]float64{0.0016, 0.0008, 0.0008, 0.0003} {
		for _, d := range directions {
			k := step * g.units()
			try := grid{g.xx + k*d.xx, g.xy + k*d.xy, g.yx + k*d.yx, g.yy + k*d.yy}
			other := p.listen(fold(ready, try))
			if score := p.align(other, 1)[0].score; score > best {
				g, h, best = try, other, score
			}
		}
	}
	return h
}

// decode tries so many of the likeliest shifts and the words of each.
func (p *pattern) decode(h heard, d *decoder, count int) (Found, bool) {
	for _, s := range p.align(h, count) {
		soft := p.soften(h, s)
		for _, message := range d.decode(p.join(&soft)) {
			id, ok := p.id(message)
			if !ok {
				continue
			}
			word := encode(message)
			signs := p.signs(&word)
			if z, part := agree(&signs, &soft); z >= enough {
				return Found{ID: id, Score: part}, true
			}
		}
	}
	return Found{}, false
}
