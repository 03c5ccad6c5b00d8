package compose

import (
	"math"

	"marquee/internal/raster"
)

// hash mixes three numbers into one that looks random, the same everywhere.
func hash(a, b, c uint32) uint32 {
	h := a*0x9e3779b1 ^ b*0x85ebca77 ^ c*0xc2b2ae3d
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	h ^= h >> 15
	return h
}

// unitHash is hash as a share, 0 to less than 1.
func unitHash(a, b, c uint32) float64 { return float64(hash(a, b, c)) / (1 << 32) }

// shares returns how much of each pixel of a strip's row an effect may change;
// nil means all.
func shares(mask *raster.Mask, y int) []float32 {
	if mask == nil {
		return nil
	}
	return mask.Pix[y*mask.W : (y+1)*mask.W]
}

// lightness weighs red, green and blue as the eye does: of light it is the
// luminance, of encoded values near enough to what is seen.
func lightness(d *[4]float32) float32 { return 0.2126*d[0] + 0.7152*d[1] + 0.0722*d[2] }

// deep is the share of light to take away so that black, mixed in as light, looks
// as dark as the same strength of it among encoded values: a strength says how
// strong something looks, whatever it is mixed in. It is 1-(1-strength)^2.2 to
// within a hundredth, without the power.
func deep(strength float32) float32 {
	rest := 1 - strength
	return 1 - rest*rest*(0.8+0.2*rest)
}

// grain is film grain: noise on a lattice that belongs to the document, so that
// every size of the picture has the same.
type grain struct {
	whole
	strength, size float64
	seed           uint32
}

func (g *grain) paint(b *brush, mask *raster.Mask) {
	cell := g.size * b.scale // in output pixels
	// Grains finer than pixels average out, as they would in the eye.
	amount := float32(0.2 * g.strength * min(1, cell))
	w := b.strip.W
	first := int(math.Floor((float64(b.area.Min.X)+0.5)/cell - 0.5))
	n := int(float64(w)/cell) + 3
	lattice := func(row int, out []float32) {
		for i := range out {
			h := hash(uint32(first+i), uint32(row), g.seed)
			// The sum of two even spreads: a triangle, near enough to film.
			out[i] = float32(h&0xffff)/65535 + float32(h>>16)/65535 - 1
		}
	}
	above, below := make([]float32, n), make([]float32, n)
	at := math.MinInt
	for y := range b.strip.H {
		v := (float64(b.area.Min.Y+y)+0.5)/cell - 0.5
		row := int(math.Floor(v))
		if row != at {
			lattice(row, above)
			lattice(row+1, below)
			at = row
		}
		fy := float32(v - float64(row))
		share := shares(mask, y)
		for x := range w {
			u := (float64(b.area.Min.X+x)+0.5)/cell - 0.5 - float64(first)
			i := int(u)
			fx := float32(u - float64(i))
			p := above[i] + (above[i+1]-above[i])*fx
			q := below[i] + (below[i+1]-below[i])*fx
			noise := (p + (q-p)*fy) * amount
			d := (*[4]float32)(b.strip.Pix[(y*w+x)*4:])
			l := lightness(d)
			noise *= 0.35 + 2.6*l*(1-l)
			if share != nil {
				noise *= share[x]
			}
			for k := range 3 {
				d[k] = max(0, min(1, d[k]+noise))
			}
		}
	}
}

// vignette mixes a colour in towards the corners, as light: less of the
// picture's own comes through.
type vignette struct {
	whole
	strength, size float64
	color          raster.Color
}

func (g *vignette) paint(b *brush, mask *raster.Mask) {
	w, h := g.w*b.scale, g.h*b.scale
	inner := 1 - g.size
	own := [3]float32{raster.ToLight(g.color.R), raster.ToLight(g.color.G), raster.ToLight(g.color.B)}
	for y := range b.strip.H {
		dy := (float64(b.area.Min.Y+y)+0.5)/h*2 - 1
		share := shares(mask, y)
		for x := range b.strip.W {
			dx := (float64(b.area.Min.X+x)+0.5)/w*2 - 1
			t := (math.Sqrt((dx*dx+dy*dy)/2) - inner) / (1 - inner)
			if t <= 0 {
				continue
			}
			t = min(1, t)
			k := deep(float32(t * t * (3 - 2*t) * g.strength))
			if share != nil {
				k *= share[x]
			}
			d := (*[4]float32)(b.strip.Pix[(y*b.strip.W+x)*4:])
			for c := range 3 {
				l := raster.ToLight(d[c])
				d[c] = raster.FromLight(l + (own[c]-l)*k)
			}
		}
	}
}

// grade moves dark, middle and light tones towards the colours of a ramp and
// keeps what is colourful different from what is grey. The ramp is laid out by
// how light tones look; what is mixed is light.
type grade struct {
	whole
	strength float64
	// shift is the light that is added for each lightness.
	shift [257][3]float32
}

func (g *grade) bake(stops []raster.Stop) {
	for i := range g.shift {
		t := float64(i) / 256
		c := stops[0].Color
		for k := 1; k < len(stops); k++ {
			a, b := stops[k-1], stops[k]
			if t >= b.At {
				c = b.Color
			} else if t > a.At {
				f := float32((t - a.At) / (b.At - a.At))
				c = raster.Color{R: a.Color.R + (b.Color.R-a.Color.R)*f, G: a.Color.G + (b.Color.G-a.Color.G)*f, B: a.Color.B + (b.Color.B-a.Color.B)*f}
			}
		}
		s, grey := float32(g.strength), raster.ToLight(float32(t))
		g.shift[i] = [3]float32{(raster.ToLight(c.R) - grey) * s, (raster.ToLight(c.G) - grey) * s, (raster.ToLight(c.B) - grey) * s}
	}
}

func (g *grade) paint(b *brush, mask *raster.Mask) {
	for y := range b.strip.H {
		share := shares(mask, y)
		for x := range b.strip.W {
			d := (*[4]float32)(b.strip.Pix[(y*b.strip.W+x)*4:])
			own := [4]float32{raster.ToLight(d[0]), raster.ToLight(d[1]), raster.ToLight(d[2])}
			t := raster.FromLight(lightness(&own)) * 256
			i := min(int(t), 255)
			f := t - float32(i)
			p, q := &g.shift[i], &g.shift[i+1]
			k := float32(1)
			if share != nil {
				k = share[x]
			}
			for c := range 3 {
				d[c] = raster.FromLight(own[c] + (p[c]+(q[c]-p[c])*f)*k)
			}
		}
	}
}
