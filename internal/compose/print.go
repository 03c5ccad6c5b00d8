package compose

import (
	"context"
	"image"
	"math"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Print says how a composition is printed. The zero value prints the canvas at
// 300 pixels an inch.
type Print struct {
	// Width is the page's, in millimetres, 10 to 5000; its height follows. 0 means
	// as wide as the canvas is at 300 pixels an inch.
	Width float64
	// DPI is how fine the picture is, and all that is mixed with it: 72 to 600
	// pixels an inch. 0 means 300. No side has more than MaxCanvas pixels, and
	// all together no more than MaxPixels: a larger page is printed coarser.
	DPI int
	// Quality is the JPEG quality of the picture, 1 to 100; 0 means 92.
	Quality int
	// Title is put into the file's information, and may be empty.
	Title string
	// Labels stand on top of all, as vectors. Their places are those of a picture
	// of the canvas's own size.
	Labels []PlacedLabel
}

const (
	pointsPerMM   = 72 / 25.4
	printDPI      = 300
	printQuality  = 92
	leastPage     = 10   // mm
	mostPage      = 5000 // mm
	leastPrintDPI = 72
	mostPrintDPI  = 600
)

// RenderPDF prints a composition: one page in sRGB, with marks as vectors and
// letters as outlines, so that no font is needed. What lies under an effect, a
// mask or a blend mode is made of pixels, as the picture is. The same input
// gives the same bytes.
//
// Errors: print_out_of_range; those of RenderAt; and of DrawLabel.
func RenderPDF(ctx context.Context, d Document, src Source, o Print) ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	width := usual(o.Width, float64(d.Width)/printDPI*25.4)
	dpi := usual(float64(o.DPI), printDPI)
	if !(width >= leastPage && width <= mostPage) && o.Width != 0 || !(dpi >= leastPrintDPI && dpi <= mostPrintDPI) {
		return nil, fault.New(fault.Invalid, "print_out_of_range",
			"A page is 10 to 5,000 mm wide, and its picture has 72 to 600 pixels an inch.")
	}
	shape := float64(d.Height) / float64(d.Width)
	pixels := width / 25.4 * dpi
	pixels = min(pixels, MaxCanvas, MaxCanvas/shape, math.Sqrt(MaxPixels/shape))
	s, err := newScene(d, src, max(16, int(pixels)), MaxCanvas)
	if err != nil {
		return nil, err
	}
	vector := s.takeVectors()
	f := newPDF()
	icc, err := f.iccObject()
	if err != nil {
		return nil, err
	}
	k := width * pointsPerMM / float64(d.Width)
	p := newPage(f, icc, width*pointsPerMM, float64(d.Height)*k)
	bands := &bandImage{ctx: ctx, scene: s}
	n, err := p.jpegObject(bands, or100(o.Quality, printQuality))
	if err == nil {
		err = bands.err
	}
	if err != nil {
		return nil, err
	}
	p.picture(n, s.width, s.height, raster.Scale(p.width/float64(s.width), p.height/float64(s.height)))
	for _, l := range vector {
		if err := l.print(p, raster.Scale(k, k)); err != nil {
			return nil, err
		}
	}
	if err := p.labels(o.Labels, SizeAt(d, d.Width), raster.Scale(k, k)); err != nil {
		return nil, err
	}
	return p.finishPage(o.Title)
}

// takeVectors takes from the scene the layers that can be printed as vectors:
// those at the top that nothing is mixed with.
func (s *scene) takeVectors() []*placed {
	n := len(s.layers)
	for n > 0 && s.layers[n-1].plainVector() {
		n--
	}
	out := s.layers[n:]
	s.layers, s.spans = s.layers[:n], s.spans[:n]
	return out
}

// plainVector tells a layer that looks the same as a vector.
func (p *placed) plainVector() bool {
	l := p.layer
	if l.Kind == Mark {
		return true
	}
	return (l.Kind == Text || l.Kind == Shape || l.Kind == Sticker) && l.Mask == nil && blendModes[l.Blend] == raster.Normal
}

// print puts a layer on a page as vectors; view takes the document's pixels to
// points.
func (p *placed) print(page *pdfPage, view raster.Matrix) error {
	m := view.Mul(p.box.matrix())
	opacity := usual(p.layer.Opacity, 1)
	if !p.outline.Empty() {
		page.fill(p.outline.Transform(m), p.ink.Transform(m), opacity, false)
		return page.err
	}
	if p.drawing.Width <= 0 {
		return nil
	}
	m = m.Mul(raster.Scale(p.box.Width/p.drawing.Width, p.box.Height/p.drawing.Height))
	if opacity >= 1 {
		return p.drawing.print(page, m)
	}
	g := page.group()
	if err := p.drawing.print(g, m); err != nil {
		return err
	}
	page.lay(g, opacity)
	return page.err
}

func (d Drawing) print(page *pdfPage, m raster.Matrix) error {
	if d.picture != nil {
		img := d.picture[0]
		n, err := page.exactObject(img)
		if err != nil {
			return err
		}
		page.picture(n, img.Rect.Dx(), img.Rect.Dy(), m)
		return nil
	}
	page.op("q")
	if d.overflows {
		page.clip(raster.Rect(0, 0, d.Width, d.Height).Transform(m), false)
	}
	for _, i := range d.items {
		i.print(page, m)
	}
	page.op("Q")
	return page.err
}

func (s shape) print(page *pdfPage, m raster.Matrix) {
	t := m.Mul(s.matrix)
	q := s.path
	if s.line != nil {
		q = s.stroked(m)
		if q.Empty() {
			return
		}
	} else {
		q = q.Transform(t)
	}
	page.fill(q, s.paint.Transform(t), s.opacity, s.evenOdd && s.line == nil)
}

func (g group) print(page *pdfPage, m raster.Matrix) {
	if g.opacity <= 0 {
		return
	}
	page.op("q")
	if g.clipped {
		page.clip(g.clip.Transform(m), g.clipEvenOdd)
	}
	to := page
	if g.opacity < 1 {
		to = page.group()
	}
	for _, i := range g.items {
		i.print(to, m)
	}
	if g.opacity < 1 {
		page.lay(to, g.opacity)
	}
	page.op("Q")
}

// picturePDF is a PDF of one picture at 300 pixels an inch.
func picturePDF(img image.Image, quality int) ([]byte, error) {
	f := newPDF()
	icc, err := f.iccObject()
	if err != nil {
		return nil, err
	}
	m := opaqueView(img)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	const k = 72.0 / printDPI
	p := newPage(f, icc, float64(w)*k, float64(h)*k)
	n, err := p.jpegObject(&image.RGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}, quality)
	if err != nil {
		return nil, err
	}
	p.picture(n, w, h, raster.Scale(k, k))
	return p.finishPage("")
}
