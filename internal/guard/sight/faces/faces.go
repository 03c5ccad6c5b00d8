// Package faces tells whether a picture shows a face, so that somebody asks
// whose it is. It finds faces and knows nobody: no feature of a face is kept or
// compared.
package faces

import (
	"context"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"slices"
	"sync"

	pigo "github.com/esimov/pigo/core"

	"marquee/internal/policy"
)

//go:embed data/facefinder.bin
var cascade []byte

// finder reads the cascade once; it never changes, and many may look with it.
var finder = sync.OnceValues(func() (p *pigo.Pigo, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("the cascade for faces can't be read: %v", broken)
		}
	}()
	return pigo.NewPigo().Unpack(cascade)
})

const (
	// widest is the longest side that is searched; a larger picture is made
	// smaller first, which bounds time and memory.
	widest = 480
	// smallest is the smallest face that is looked for, in pixels of the
	// searched picture, and share the same as a share of its shorter side: who
	// is smaller is in the crowd, not in the picture.
	smallest = 24
	share    = 0.07
	// overlap is how much two windows share that are the same face.
	overlap = 0.2
	// enough is the weight from which windows together are a face. The authors
	// advise 5. A portrait weighs some 300, turned by 20 degrees 100; what the
	// painter draws weighs up to 25, which is a face or is not.
	enough = 15
	// most bounds the faces that are told.
	most = 16
)

// Face is where a face is, in pixels of the picture, and how sure that is.
type Face struct {
	Box image.Rectangle
	// Score is 0.5 to 1.
	Score float64
}

// Find finds upright faces that look at the viewer, the surest first, sixteen
// at most. Faces from the side, turned by more than some 15 degrees or half
// covered are often missed.
func Find(img image.Image) ([]Face, error) {
	p, err := finder()
	if err != nil {
		return nil, err
	}
	b := img.Bounds()
	if b.Empty() {
		return nil, fmt.Errorf("a picture without pixels can't be searched")
	}
	g, by := grey(img)
	short := min(g.w, g.h)
	found := p.RunCascade(pigo.CascadeParams{
		MinSize: max(smallest, int(share*float64(short))), MaxSize: short - 2, ShiftFactor: 0.1, ScaleFactor: 1.1,
		ImageParams: pigo.ImageParams{Pixels: g.pix, Rows: g.h, Cols: g.w, Dim: g.w},
	}, 0)
	var out []Face
	for _, d := range p.ClusterDetections(found, overlap) {
		if d.Q < enough {
			continue
		}
		at := func(v int) int { return int(float64(v) * by) }
		box := image.Rect(at(d.Col-d.Scale/2), at(d.Row-d.Scale/2), at(d.Col+d.Scale/2), at(d.Row+d.Scale/2)).Add(b.Min).Intersect(b)
		out = append(out, Face{Box: box, Score: float64(d.Q) / float64(d.Q+enough)})
	}
	slices.SortFunc(out, func(a, b Face) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return out[:min(len(out), most)], nil
}

// field is a grey picture.
type field struct {
	w, h int
	pix  []uint8
}

// grey gives a picture's luminance, no longer than widest, and how many pixels
// of the picture one of it stands for. Each is a mean, since single pixels of a
// large photograph are noise.
func grey(img image.Image) (field, float64) {
	b := img.Bounds()
	by := max(1, float64(max(b.Dx(), b.Dy()))/widest)
	f := field{w: max(1, int(float64(b.Dx())/by)), h: max(1, int(float64(b.Dy())/by))}
	f.pix = make([]uint8, f.w*f.h)
	at := func(x, y int) color.RGBA64 {
		r, g, b, a := img.At(x, y).RGBA()
		return color.RGBA64{R: uint16(r), G: uint16(g), B: uint16(b), A: uint16(a)}
	}
	if fast, ok := img.(image.RGBA64Image); ok {
		at = fast.RGBA64At
	}
	for y := range f.h {
		y0, y1 := int(float64(y)*by), min(max(int(float64(y+1)*by), int(float64(y)*by)+1), b.Dy())
		for x := range f.w {
			x0, x1 := int(float64(x)*by), min(max(int(float64(x+1)*by), int(float64(x)*by)+1), b.Dx())
			var sum, n uint64
			for iy := y0; iy < y1; iy++ {
				for ix := x0; ix < x1; ix++ {
					c := at(b.Min.X+ix, b.Min.Y+iy)
					sum += 299*uint64(c.R) + 587*uint64(c.G) + 114*uint64(c.B)
					n++
				}
			}
			f.pix[y*f.w+x] = uint8(sum / n / 1000 >> 8)
		}
	}
	return f, by
}

// Detector is the guard's detector for faces.
type Detector struct{}

// Name names the detector and its cascade.
func (Detector) Name() string { return "faces/1" }

// Picture gives a finding of kind "face" for each face, with its place as
// evidence.
func (d Detector) Picture(ctx context.Context, img image.Image) ([]policy.Finding, error) {
	found, err := Find(img)
	if err != nil {
		return nil, err
	}
	var out []policy.Finding
	for _, f := range found {
		out = append(out, policy.Finding{
			Detector: d.Name(), Kind: "face", Score: f.Score,
			Evidence: fmt.Sprintf("%d×%d pixels at %d, %d", f.Box.Dx(), f.Box.Dy(), f.Box.Min.X, f.Box.Min.Y),
		})
	}
	return out, ctx.Err()
}
