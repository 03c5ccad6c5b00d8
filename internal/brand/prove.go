package brand

import (
	"image"
	"image/draw"
	"math"

	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/raster"
)

// ExactWithin is the greatest ΔE2000 that a fully covered pixel of a mark may
// have in a lossless picture: no eye sees it.
const ExactWithin = 1.0

// MarkProof says how near a mark's own pixels in a rendered picture are to the
// mark drawn alone, at the same place and size on nothing.
type MarkProof struct {
	// Layer is the layer's id and Index its place in the document.
	Layer   string `json:"layer"`
	Index   int    `json:"index"`
	Mark    string `json:"mark"`
	Variant string `json:"variant"`
	// Pixels are those that the mark covers fully, inside the picture. The
	// others, at its edge, mix with what is behind it and prove nothing.
	Pixels int `json:"pixels"`
	// Mean, P99 and Max are ΔE2000 over these pixels: their mean, what 99 of
	// 100 stay under (to a hundredth), and the greatest.
	Mean float64 `json:"mean"`
	P99  float64 `json:"p99"`
	Max  float64 `json:"max"`
	// X and Y are the pixel with the greatest difference; 0 if there is none.
	X int `json:"x"`
	Y int `json:"y"`
}

// Exact tells whether the mark stands in the picture as it was drawn: it has
// pixels of its own, and none differs by more than ExactWithin. It is meant for
// lossless pictures; for lossy ones look at Mean and P99.
func (p MarkProof) Exact() bool { return p.Pixels > 0 && p.Max <= ExactWithin }

const (
	// full is the alpha from which a pixel has nothing of the ground in it that
	// 8 bits could hold.
	full = 1 - 1.0/1024
	// proofRows are rendered at a time, so that a billboard needs no more
	// memory than a postcard.
	proofRows = 128
)

// Prove compares each mark of a composition with its pixels in the picture that
// was rendered from it, in the order of the layers. The picture may be of
// another size than the canvas, as RenderAt makes them, but has to be of its
// shape. Marks that the kit does not have are a fault: nothing is proven then.
func Prove(rendered image.Image, doc compose.Document, k *Kit) ([]MarkProof, error) {
	b := rendered.Bounds()
	if b.Empty() || doc.Width <= 0 || doc.Height <= 0 {
		return nil, fault.New(fault.Invalid, "picture_size", "The picture or its canvas is empty, so nothing can be compared.")
	}
	scale := float64(b.Dx()) / float64(doc.Width)
	if math.Abs(scale*float64(doc.Height)-float64(b.Dy())) > 1 {
		return nil, fault.New(fault.Invalid, "picture_size", "The picture is %d×%d pixels and the canvas %d×%d: they have to be of one shape.", b.Dx(), b.Dy(), doc.Width, doc.Height)
	}
	var out []MarkProof
	for i, l := range doc.Layers {
		if l.Kind != compose.Mark {
			continue
		}
		d, ok := k.MarkDrawing(l.Mark, l.Variant)
		if !ok {
			return nil, fault.New(fault.Invalid, "mark_unknown", sentences["mark_unknown"])
		}
		p := MarkProof{Layer: l.ID, Index: i, Mark: l.Mark, Variant: k.Mark(l.Mark).Variant(l.Variant).ID}
		at := box{l.X, l.Y, l.Width, l.Width * d.Aspect(), l.Rotation}
		p.compare(rendered, d, at, scale)
		out = append(out, p)
	}
	return out, nil
}

// place takes the drawing's own units to the canvas's pixels.
func (b box) place(d compose.Drawing) raster.Matrix {
	m := raster.Translate(b.X, b.Y)
	if math.Mod(b.Turn, 360) != 0 {
		m = raster.RotateAbout(b.Turn, b.X+b.W/2, b.Y+b.H/2).Mul(m)
	}
	return m.Mul(raster.Scale(b.W/d.Width, b.H/d.Height))
}

func (p *MarkProof) compare(rendered image.Image, d compose.Drawing, at box, scale float64) {
	if d.Width <= 0 || d.Height <= 0 {
		return
	}
	ex, ey := at.extent()
	c := at.centre()
	around := image.Rect(
		int(math.Floor((c.x-ex)*scale)), int(math.Floor((c.y-ey)*scale)),
		int(math.Ceil((c.x+ex)*scale)), int(math.Ceil((c.y+ey)*scale)),
	).Intersect(image.Rect(0, 0, rendered.Bounds().Dx(), rendered.Bounds().Dy()))
	var seen differences
	for top := around.Min.Y; top < around.Max.Y; top += proofRows {
		rows := image.Rect(around.Min.X, top, around.Max.X, min(top+proofRows, around.Max.Y))
		alone := raster.NewCanvas(rows.Dx(), rows.Dy())
		d.Draw(alone, raster.Translate(-float64(rows.Min.X), -float64(rows.Min.Y)).Mul(raster.Scale(scale, scale)).Mul(at.place(d)))
		strip := image.NewNRGBA(rows)
		draw.Draw(strip, rows, rendered, rendered.Bounds().Min.Add(rows.Min), draw.Src)
		p.compareRows(strip, alone, &seen)
	}
	p.Pixels = seen.count
	if seen.count > 0 {
		p.Mean, p.P99 = seen.sum/float64(seen.count), min(seen.quantile(0.99), p.Max)
	}
}

func (p *MarkProof) compareRows(strip *image.NRGBA, alone *raster.Canvas, seen *differences) {
	w := strip.Rect.Dx()
	for i := 0; i+3 < len(alone.Pix); i += 4 {
		if alone.Pix[i+3] < full {
			continue
		}
		a := alone.Pix[i+3]
		have := strip.Pix[i : i+4 : i+4]
		want := raster.Color{R: alone.Pix[i] / a, G: alone.Pix[i+1] / a, B: alone.Pix[i+2] / a, A: 1}
		e := seen.of(want, [3]uint8{have[0], have[1], have[2]})
		if seen.count == 1 || e > p.Max {
			p.Max, p.X, p.Y = e, strip.Rect.Min.X+i/4%w, strip.Rect.Min.Y+i/4/w
		}
	}
}

// differences are counted in hundredths, so that any number of pixels takes the
// same room.
type differences struct {
	count int
	sum   float64
	bins  [12001]int
	// Neighbours in a flat colour are alike: the last answer often serves.
	lastWant raster.Color
	lastHave [3]uint8
	last     float64
}

func (d *differences) of(want raster.Color, have [3]uint8) float64 {
	if d.count == 0 || want != d.lastWant || have != d.lastHave {
		d.lastWant, d.lastHave = want, have
		d.last = DeltaE2000(LabOf(want), labOfLinear(linear[have[0]], linear[have[1]], linear[have[2]]))
	}
	d.count++
	d.sum += d.last
	d.bins[min(int(math.Ceil(d.last*100)), len(d.bins)-1)]++
	return d.last
}

// quantile is what a share of all differences are not above.
func (d *differences) quantile(share float64) float64 {
	need := int(math.Ceil(share * float64(d.count)))
	for i, n := range d.bins {
		if need -= n; need <= 0 {
			return float64(i) / 100
		}
	}
	return float64(len(d.bins)-1) / 100
}
