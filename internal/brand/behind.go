package brand

import (
	"context"
	"image"
	"math"
	"slices"

	"marquee/internal/compose"
)

// behindWidth is enough to measure what is behind a mark.
const behindWidth = 512

// Behind measures what is really behind the marks and the text of a
// composition: all its other layers, rendered over its picture. Errors are
// those of compose.RenderAt.
func Behind(ctx context.Context, doc compose.Document, k *Kit, picture image.Image) (Luminances, error) {
	bare := doc
	bare.Layers = slices.DeleteFunc(slices.Clone(doc.Layers), func(l compose.Layer) bool {
		return l.Kind == compose.Mark || l.Kind == compose.Text
	})
	src, err := k.Source(picture, doc.Width, doc.Height)
	if err != nil {
		return nil, err
	}
	img, err := compose.RenderAt(ctx, bare, src, min(behindWidth, doc.Width))
	if err != nil {
		return nil, err
	}
	return LuminancesOf(img, doc.Width, doc.Height), nil
}

// groundCells is the finest that a ground is measured, on the longer side.
const groundCells = 256

// LuminancesOf measures a picture that covers a canvas of the given size. It
// looks at the picture once; after that each measure takes as long as any
// other, whatever its size. What lies outside the canvas counts as its edge.
func LuminancesOf(img image.Image, width, height int) Luminances {
	b := img.Bounds()
	if b.Empty() || width <= 0 || height <= 0 {
		return func(x, y, w, h float64) float64 { return 0 }
	}
	n := float64(max(b.Dx(), b.Dy()))
	s := sums{nx: max(1, int(float64(b.Dx())*min(1, groundCells/n))), ny: max(1, int(float64(b.Dy())*min(1, groundCells/n)))}
	s.fill(img)
	sx, sy := float64(s.nx)/float64(width), float64(s.ny)/float64(height)
	return func(x, y, w, h float64) float64 { return s.mean(x*sx, y*sy, (x+w)*sx, (y+h)*sy) }
}

// sums are luminances added up from the top left: at (x, y) is the sum of all
// cells above and to the left.
type sums struct {
	nx, ny int
	at     []float64
}

func (s *sums) fill(img image.Image) {
	b := img.Bounds()
	s.at = make([]float64, (s.nx+1)*(s.ny+1))
	const samples = 3 // across a cell, and down
	for y := range s.ny {
		row := 0.0
		for x := range s.nx {
			sum := 0.0
			for j := range samples {
				for i := range samples {
					px := b.Min.X + int((float64(x)+(float64(i)+0.5)/samples)*float64(b.Dx())/float64(s.nx))
					py := b.Min.Y + int((float64(y)+(float64(j)+0.5)/samples)*float64(b.Dy())/float64(s.ny))
					sum += luminanceAt(img, px, py)
				}
			}
			row += sum / (samples * samples)
			s.at[(y+1)*(s.nx+1)+x+1] = s.at[y*(s.nx+1)+x+1] + row
		}
	}
}

func luminanceAt(img image.Image, x, y int) float64 {
	if m, ok := img.(*image.NRGBA); ok {
		p := m.Pix[m.PixOffset(x, y):]
		if p[3] == 255 {
			return 0.2126*linear[p[0]] + 0.7152*linear[p[1]] + 0.0722*linear[p[2]]
		}
	}
	r, g, b, _ := img.At(x, y).RGBA()
	return 0.2126*linear[r>>8] + 0.7152*linear[g>>8] + 0.0722*linear[b>>8]
}

// mean is the mean of a rectangle in cells, whose sides need not be whole.
func (s *sums) mean(x0, y0, x1, y1 float64) float64 {
	w, h := float64(s.nx), float64(s.ny)
	x0, x1, y0, y1 = clamp(x0, 0, w), clamp(x1, 0, w), clamp(y0, 0, h), clamp(y1, 0, h)
	if x1-x0 < 1e-6 || y1-y0 < 1e-6 { // outside, or a line: the cell that it is in
		x0, y0 = min(math.Floor(x0), w-1), min(math.Floor(y0), h-1)
		x1, y1 = x0+1, y0+1
	}
	return (s.upTo(x1, y1) - s.upTo(x0, y1) - s.upTo(x1, y0) + s.upTo(x0, y0)) / ((x1 - x0) * (y1 - y0))
}

func (s *sums) upTo(x, y float64) float64 {
	i, j := min(int(x), s.nx-1), min(int(y), s.ny-1)
	fx, fy := x-float64(i), y-float64(j)
	p := s.at[j*(s.nx+1)+i:]
	q := s.at[(j+1)*(s.nx+1)+i:]
	return (p[0]*(1-fx)+p[1]*fx)*(1-fy) + (q[0]*(1-fx)+q[1]*fx)*fy
}
