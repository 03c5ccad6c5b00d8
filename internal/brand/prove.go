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
	p, err := NewProver(doc, k, rendered.Bounds().Size())
	if err != nil {
		return nil, err
	}
	p.Part(rendered, image.Point{})
	return p.Marks(), nil
}

// Prover proves a picture that comes in parts, such as the tiles of a
// billboard, which never are in memory together. It is for one goroutine.
type Prover struct {
	scale  float64
	proofs []*proving
}

// proving is one mark, with the differences that were seen so far.
type proving struct {
	MarkProof
	drawing compose.Drawing
	at      box
	seen    differences
}

// NewProver begins the proof of a composition that is rendered at a size, in
// pixels. Faults: picture_size unless it is of the canvas's shape, and
// mark_unknown.
func NewProver(doc compose.Document, k *Kit, size image.Point) (*Prover, error) {
	if size.X <= 0 || size.Y <= 0 || doc.Width <= 0 || doc.Height <= 0 {
		return nil, fault.New(fault.Invalid, "picture_size", "The picture or its canvas is empty, so nothing can be compared.")
	}
	p := &Prover{scale: float64(size.X) / float64(doc.Width)}
	if math.Abs(p.scale*float64(doc.Height)-float64(size.Y)) > 1 {
		return nil, fault.New(fault.Invalid, "picture_size", "The picture is %d×%d pixels and the canvas %d×%d: they have to be of one shape.", size.X, size.Y, doc.Width, doc.Height)
	}
	for i, l := range doc.Layers {
		if l.Kind != compose.Mark {
			continue
		}
		d, ok := k.MarkDrawing(l.Mark, l.Variant)
		if !ok {
			return nil, fault.New(fault.Invalid, "mark_unknown", sentences["mark_unknown"])
		}
		p.proofs = append(p.proofs, &proving{
			MarkProof: MarkProof{Layer: l.ID, Index: i, Mark: l.Mark, Variant: k.Mark(l.Mark).Variant(l.Variant).ID},
			drawing:   d, at: box{l.X, l.Y, l.Width, l.Width * d.Aspect(), l.Rotation},
		})
	}
	return p, nil
}

// Part compares what the marks cover of a part of the picture, whose upper left
// corner lies at a point of the whole. Parts must not lie on one another.
func (p *Prover) Part(part image.Image, at image.Point) {
	for _, m := range p.proofs {
		m.compare(part, at, p.scale)
	}
}

// Marks gives the proofs over all parts so far, in the order of the layers.
func (p *Prover) Marks() []MarkProof {
	var out []MarkProof
	for _, m := range p.proofs {
		proof := m.MarkProof
		if proof.Pixels = m.seen.count; proof.Pixels > 0 {
			proof.Mean, proof.P99 = m.seen.sum/float64(m.seen.count), min(m.seen.quantile(0.99), proof.Max)
		}
		out = append(out, proof)
	}
	return out
}

// place takes the drawing's own units to the canvas's pixels.
func (b box) place(d compose.Drawing) raster.Matrix {
	m := raster.Translate(b.X, b.Y)
	if math.Mod(b.Turn, 360) != 0 {
		m = raster.RotateAbout(b.Turn, b.X+b.W/2, b.Y+b.H/2).Mul(m)
	}
	return m.Mul(raster.Scale(b.W/d.Width, b.H/d.Height))
}

func (p *proving) compare(part image.Image, at image.Point, scale float64) {
	d := p.drawing
	if d.Width <= 0 || d.Height <= 0 {
		return
	}
	ex, ey := p.at.extent()
	c := p.at.centre()
	around := image.Rect(
		int(math.Floor((c.x-ex)*scale)), int(math.Floor((c.y-ey)*scale)),
		int(math.Ceil((c.x+ex)*scale)), int(math.Ceil((c.y+ey)*scale)),
	).Intersect(image.Rectangle{Min: at, Max: at.Add(part.Bounds().Size())})
	for top := around.Min.Y; top < around.Max.Y; top += proofRows {
		rows := image.Rect(around.Min.X, top, around.Max.X, min(top+proofRows, around.Max.Y))
		alone := raster.NewCanvas(rows.Dx(), rows.Dy())
		d.Draw(alone, raster.Translate(-float64(rows.Min.X), -float64(rows.Min.Y)).Mul(raster.Scale(scale, scale)).Mul(p.at.place(d)))
		strip := image.NewNRGBA(rows)
		draw.Draw(strip, rows, part, part.Bounds().Min.Add(rows.Min.Sub(at)), draw.Src)
		p.compareRows(strip, alone)
	}
}

func (p *proving) compareRows(strip *image.NRGBA, alone *raster.Canvas) {
	w := strip.Rect.Dx()
	for i := 0; i+3 < len(alone.Pix); i += 4 {
		if alone.Pix[i+3] < full {
			continue
		}
		a := alone.Pix[i+3]
		have := strip.Pix[i : i+4 : i+4]
		want := raster.Color{R: alone.Pix[i] / a, G: alone.Pix[i+1] / a, B: alone.Pix[i+2] / a, A: 1}
		e := p.seen.of(want, [3]uint8{have[0], have[1], have[2]})
		if p.seen.count == 1 || e > p.Max {
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
