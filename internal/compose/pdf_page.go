package compose

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"sort"
	"strings"

	"marquee/internal/raster"
)

// pdfPage is the content of one page or of a group on it, in points, with Y
// growing downwards as in a document: the page turns it over once.
type pdfPage struct {
	file   *pdfFile
	icc    int
	ops    []byte
	width  float64
	height float64
	// names of what the content uses, by the object's number
	states, images, shadings map[string]int
	alphas                   map[int]string
	err                      error
}

func newPage(f *pdfFile, icc int, width, height float64) *pdfPage {
	return &pdfPage{file: f, icc: icc, width: width, height: height,
		states: map[string]int{}, images: map[string]int{}, shadings: map[string]int{}, alphas: map[int]string{}}
}

// group begins content that is laid down as one.
func (p *pdfPage) group() *pdfPage { return newPage(p.file, p.icc, p.width, p.height) }

func (p *pdfPage) op(name string, v ...float64) {
	for _, x := range v {
		p.ops = append(pdfNumber(p.ops, x), ' ')
	}
	p.ops = append(append(p.ops, name...), '\n')
}

func (p *pdfPage) concat(m raster.Matrix) { p.op("cm", m[0], m[1], m[2], m[3], m[4], m[5]) }

func (p *pdfPage) path(q raster.Path) {
	q.Walk(func(s raster.Step, a []raster.Point) {
		switch s {
		case raster.StepMove:
			p.op("m", a[0].X, a[0].Y)
		case raster.StepLine:
			p.op("l", a[0].X, a[0].Y)
		case raster.StepCube:
			p.op("c", a[0].X, a[0].Y, a[1].X, a[1].Y, a[2].X, a[2].Y)
		case raster.StepClose:
			p.op("h")
		}
	})
}

func (p *pdfPage) clip(q raster.Path, evenOdd bool) {
	p.path(q)
	if evenOdd {
		p.op("W* n")
	} else {
		p.op("W n")
	}
}

// alpha sets the opacity of what follows, until the graphics state is restored.
func (p *pdfPage) alpha(a float64) {
	if a >= 1 {
		return
	}
	step := int(math.Round(max(0, a) * 1000))
	name, ok := p.alphas[step]
	if !ok {
		name = fmt.Sprintf("A%d", step)
		v := string(pdfNumber(nil, float64(step)/1000))
		p.states[name] = p.file.add("<< /Type /ExtGState /ca " + v + " /CA " + v + " >>")
		p.alphas[step] = name
	}
	p.op("/" + name + " gs")
}

// fill paints a path; both are in the page's space already.
func (p *pdfPage) fill(q raster.Path, paint raster.Paint, opacity float64, evenOdd bool) {
	if q.Empty() || opacity <= 0 {
		return
	}
	p.op("q")
	switch paint.Kind() {
	case raster.SolidPaint:
		c := paint.Color()
		p.alpha(opacity * float64(c.A))
		p.op("/C cs")
		p.op("sc", float64(c.R), float64(c.G), float64(c.B))
		p.path(q)
		if evenOdd {
			p.op("f*")
		} else {
			p.op("f")
		}
	case raster.LinearPaint, raster.RadialPaint:
		p.clip(q, evenOdd)
		p.gradient(paint, opacity)
	default:
		p.fail(errors.New("a pattern has no place in a printed shape"))
	}
	p.op("Q")
}

func (p *pdfPage) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// repeats is how often a gradient that repeats is written out either way.
const repeats = 8

// gradient paints the whole clip with a gradient; its alpha becomes a soft mask.
func (p *pdfPage) gradient(paint raster.Paint, opacity float64) {
	m, focus, spread, ok := paint.Gradient()
	if !ok {
		return
	}
	const samples = 256
	lo, hi := 0.0, 1.0
	n := samples
	if spread != raster.Pad {
		lo, hi, n = -repeats, repeats, samples*repeats
		if paint.Kind() == raster.RadialPaint {
			lo = 0
		}
	}
	colors, alphas := make([]byte, 0, 3*n), make([]byte, 0, n)
	seeThrough := false
	to8 := func(v float32) byte { return byte(max(0, min(255, v*255+0.5))) }
	for i := range n {
		t := lo + (hi-lo)*float64(i)/float64(n-1)
		switch spread {
		case raster.Repeat:
			t -= math.Floor(t)
		case raster.Reflect:
			t = math.Abs(t - 2*math.Floor(t/2+0.5))
		}
		c := paint.ColorAt(t)
		colors = append(colors, to8(c.R), to8(c.G), to8(c.B))
		alphas = append(alphas, to8(c.A))
		seeThrough = seeThrough || c.A < 1
	}
	shading := func(space string, channels int, data []byte) int {
		span := strings.Repeat("0 1 ", channels)
		f, err := p.file.packed(fmt.Sprintf("/FunctionType 0 /Domain [%g %g] /Size [%d] /BitsPerSample 8 /Range [%s]", lo, hi, n, span), data)
		if err != nil {
			p.fail(err)
		}
		coords := fmt.Sprintf("/ShadingType 2 /Coords [%g 0 %g 0]", lo, hi)
		if paint.Kind() == raster.RadialPaint {
			// The circles go on growing along the line from the focus.
			far := raster.Point{}.Sub(focus).Mul(hi).Add(focus)
			coords = "/ShadingType 3 /Coords [" + string(pdfNumber(pdfSpaced(nil, focus.X, focus.Y, 0, far.X, far.Y), hi)) + "]"
		}
		return p.file.add(fmt.Sprintf("<< %s /ColorSpace %s /Domain [%g %g] /Function %d 0 R /Extend [true true] >>", coords, space, lo, hi, f))
	}
	if seeThrough {
		// The mask's content is placed where the state is set, so it gets the
		// gradient's own place inside.
		gray := p.group()
		gray.concat(m)
		name := gray.shade(shading("/DeviceGray", 1, alphas))
		gray.op("/" + name + " sh")
		form := gray.form("/CS /DeviceGray")
		p.err = errors.Join(p.err, gray.err)
		state := fmt.Sprintf("M%d", form)
		p.states[state] = p.file.add(fmt.Sprintf("<< /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G %d 0 R >> >>", form))
		p.op("/" + state + " gs")
	}
	p.alpha(opacity)
	p.concat(m)
	p.op("/" + p.shade(shading(fmt.Sprintf("[/ICCBased %d 0 R]", p.icc), 3, colors)) + " sh")
}

func (p *pdfPage) shade(n int) string {
	name := fmt.Sprintf("S%d", n)
	p.shadings[name] = n
	return name
}

func pdfSpaced(b []byte, v ...float64) []byte {
	for _, x := range v {
		b = append(pdfNumber(b, x), ' ')
	}
	return b
}

// form writes the content as a transparency group and returns its number.
func (p *pdfPage) form(more string) int {
	box := string(pdfSpaced(nil, 0, 0, p.width, p.height))
	n, err := p.file.packed(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [%s] /Group << /S /Transparency /I true %s >> /Resources << %s >>",
		box, more, p.resources()), p.ops)
	if err != nil {
		p.fail(err)
	}
	return n
}

// lay puts a group down with an opacity.
func (p *pdfPage) lay(g *pdfPage, opacity float64) {
	p.err = errors.Join(p.err, g.err)
	n := g.form("")
	name := fmt.Sprintf("X%d", n)
	p.images[name] = n
	p.op("q")
	p.alpha(opacity)
	p.op("/" + name + " Do")
	p.op("Q")
}

// picture puts an image object down: m takes its w×h pixels to the page.
func (p *pdfPage) picture(n int, w, h int, m raster.Matrix) {
	name := fmt.Sprintf("X%d", n)
	p.images[name] = n
	p.op("q")
	// PDF's images fill the unit square and stand on their feet.
	p.concat(m.Mul(raster.Matrix{float64(w), 0, 0, -float64(h), 0, float64(h)}))
	p.op("/" + name + " Do")
	p.op("Q")
}

func (p *pdfPage) resources() string {
	dict := func(kind string, m map[string]int) string {
		if len(m) == 0 {
			return ""
		}
		names := make([]string, 0, len(m))
		for k := range m {
			names = append(names, k)
		}
		sort.Strings(names)
		var b strings.Builder
		for _, k := range names {
			fmt.Fprintf(&b, "/%s %d 0 R ", k, m[k])
		}
		return "/" + kind + " << " + b.String() + ">> "
	}
	return fmt.Sprintf("/ColorSpace << /C [/ICCBased %d 0 R] >> ", p.icc) +
		dict("ExtGState", p.states) + dict("XObject", p.images) + dict("Shading", p.shadings)
}

// jpegObject adds an opaque picture; quality is JPEG's.
func (p *pdfPage) jpegObject(m image.Image, quality int) (int, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		return 0, err
	}
	r := m.Bounds()
	return p.file.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace [/ICCBased %d 0 R] /Filter /DCTDecode",
		r.Dx(), r.Dy(), p.icc), b.Bytes()), nil
}

// exactObject adds a picture with its alpha, without loss.
func (p *pdfPage) exactObject(m *image.NRGBA) (int, error) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	colors, alphas := make([]byte, 0, w*h*3), make([]byte, 0, w*h)
	for y := range h {
		for row := m.Pix[y*m.Stride : y*m.Stride+w*4]; len(row) > 0; row = row[4:] {
			colors = append(colors, row[0], row[1], row[2])
			alphas = append(alphas, row[3])
		}
	}
	size := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8", w, h)
	mask, err := p.file.packed(size+" /ColorSpace /DeviceGray", alphas)
	if err != nil {
		return 0, err
	}
	return p.file.packed(fmt.Sprintf("%s /ColorSpace [/ICCBased %d 0 R] /SMask %d 0 R", size, p.icc, mask), colors)
}

// finishPage writes the page and the file around it.
func (p *pdfPage) finishPage(title string) ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	f := p.file
	turn := pdfSpaced(nil, 1, 0, 0, -1, 0, p.height)
	content, err := f.packed("", append(append(turn, "cm\n"...), p.ops...))
	if err != nil {
		return nil, err
	}
	pages := f.reserve()
	box := string(pdfSpaced(nil, 0, 0, p.width, p.height))
	page := f.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [%s] /TrimBox [%s] /Contents %d 0 R /Group << /S /Transparency /CS [/ICCBased %d 0 R] >> /Resources << %s >> >>",
		pages, box, box, content, p.icc, p.resources()))
	f.put(pages, fmt.Sprintf("<< /Type /Pages /Kids [%d 0 R] /Count 1 >>", page))
	intent := fmt.Sprintf("<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile %d 0 R >>", p.icc)
	root := f.add(fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R /OutputIntents [%s] >>", pages, intent))
	info := "/Producer (Marquee)"
	if title != "" {
		info += " /Title " + pdfText(title)
	}
	return f.finish(root, f.add("<< "+info+" >>")), nil
}

// iccObject adds the profile that all colours are in.
func (f *pdfFile) iccObject() (int, error) {
	return f.packed("/N 3 /Alternate /DeviceRGB", iccProfile())
}
