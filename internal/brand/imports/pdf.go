package imports

import (
	"bytes"
	"compress/zlib"
	"image"
	"io"
	"regexp"
	"strconv"

	"marquee/internal/compose"
)

// The bounds of a PDF.
const (
	maxStreams    = 4000
	maxInflated   = 8 << 20  // of one stream
	maxAltogether = 64 << 20 // of all streams
	maxPictures   = 24
	maxPainted    = 20_000 // colours set in drawings
)

// FromPDF takes the pictures and the colours out of a PDF without laying out
// its pages: JPEG pictures and plain ones, and the colours that its drawings
// set. It says what it leaves: text, typefaces, drawings, and pictures in other
// forms. Errors are a *fault.Error: a PDF that is locked, or in which there is
// nothing to take.
func FromPDF(data []byte) (Found, error) {
	p := &pdf{counts: map[[3]uint8]float64{}}
	if bytes.Contains(data, []byte("/Encrypt")) {
		return Found{}, unreadable("it is locked with a password or by rights. Save it without, and try again")
	}
	p.masks = map[string]*image.NRGBA{}
	for _, m := range maskShape.FindAllSubmatch(data, maxStreams) {
		p.masks[string(m[1])] = nil
	}
	p.streams(data)
	p.seeThrough()
	out := Found{Source: PDF}
	for i, m := range p.pictures {
		sample(m, p.counts, maxSamples/len(p.pictures))
		found, _ := logos(m, i+1)
		out.Logos = append(out.Logos, found...)
	}
	out.Palette = swatches(p.counts)
	if len(out.Palette) == 0 {
		return Found{}, unreadable("no picture and no colour could be read in this PDF. Give its pages as PNG, or its logo as SVG")
	}
	if len(out.Logos) > maxLogos {
		out.Logos = out.Logos[:maxLogos]
	}
	p.tell()
	out.Unread = p.notes.all()
	return out, nil
}

type pdf struct {
	notes    notes
	pictures []*image.NRGBA
	counts   map[[3]uint8]float64
	inflated int
	// masks are the numbers of pictures that only say how far others are seen
	// through, with what they are once they were read; behind are the numbers
	// of the pictures' own.
	masks  map[string]*image.NRGBA
	behind []string

	drawings, texts, fonts, painted int
}

var (
	filterShape = regexp.MustCompile(`/Filter\s*(?:/([A-Za-z0-9]+)|\[\s*/([A-Za-z0-9]+)\s*(/[A-Za-z0-9]+)?)`)
	widthShape  = regexp.MustCompile(`/Width\s+([0-9]{1,6})`)
	heightShape = regexp.MustCompile(`/Height\s+([0-9]{1,6})`)
	bitsShape   = regexp.MustCompile(`/BitsPerComponent\s+([0-9]{1,2})`)
	predictor   = regexp.MustCompile(`/Predictor\s+(1[0-9]|2)`)
	operator    = regexp.MustCompile(`(?:^|\s)((?:[0-9]*\.?[0-9]+\s+){1,4})(rg|RG|g|G|k|K|scn|SCN|sc|SC)(?:\s|$)`)
	maskShape   = regexp.MustCompile(`/S?Mask\s+([0-9]{1,9})\s+[0-9]{1,5}\s+R`)
	numberShape = regexp.MustCompile(`([0-9]{1,9})\s+[0-9]{1,5}\s+obj`)
	imageShape  = regexp.MustCompile(`/Subtype\s*/Image`)
	fontShape   = regexp.MustCompile(`/(FontFile[23]?|Length1)\b`)
	otherSpace  = regexp.MustCompile(`/(Indexed|DeviceCMYK|Lab|Separation|DeviceN)\b|/ImageMask\s+true`)
	textShape   = regexp.MustCompile(`(?:^|\s)(Tj|TJ)(?:\s|$)`)
)

// streams goes through the file's streams in their order, each with the
// dictionary before it.
func (p *pdf) streams(data []byte) {
	at := 0
	for n := 0; ; n++ {
		i := bytes.Index(data[at:], []byte("stream"))
		if i < 0 {
			return
		}
		if n == maxStreams {
			p.notes.add("", "it has more than %d parts; the rest is left out", maxStreams)
			return
		}
		start := at + i + len("stream")
		if at+i >= 3 && bytes.HasPrefix(data[at+i-3:], []byte("endstream")) {
			at = start
			continue
		}
		dict := data[max(at, at+i-2048) : at+i]
		number := ""
		if m := numberShape.FindAllSubmatchIndex(dict, -1); len(m) > 0 {
			last := m[len(m)-1]
			number, dict = string(dict[last[2]:last[3]]), dict[last[1]:]
		}
		rest := bytes.TrimPrefix(bytes.TrimPrefix(data[start:], []byte("\r")), []byte("\n"))
		start = len(data) - len(rest)
		end := bytes.Index(data[start:], []byte("endstream"))
		if end < 0 {
			p.notes.add("", "it breaks off before its end")
			return
		}
		if _, mask := p.masks[number]; !mask {
			p.stream(string(dict), data[start:start+end])
		} else if m := p.pixels(string(dict), data[start:start+end]); m != nil {
			p.masks[number] = m
		}
		at = start + end + len("endstream")
	}
}

func (p *pdf) stream(dict string, body []byte) {
	filter := ""
	if m := filterShape.FindStringSubmatch(dict); m != nil {
		filter = m[1] + m[2]
		if m[3] != "" {
			filter += "+"
		}
	}
	picture := imageShape.MatchString(dict)
	switch {
	case picture && filter == "DCTDecode":
		p.keep(dict, p.jpeg(body))
	case picture && (filter == "FlateDecode" || filter == ""):
		p.keep(dict, p.pixels(dict, body))
	case picture:
		p.notes.add("picture", "a picture in the form %.20s can't be read; save it as PNG or JPEG", filter)
	case fontShape.MatchString(dict):
		p.fonts++
	case filter == "FlateDecode":
		if page, ok := p.inflate(body); ok {
			p.page(page)
		}
	case filter == "":
		p.page(body[:min(len(body), maxInflated)])
	}
}

// keep takes a picture, or nil for one that could not be read.
func (p *pdf) keep(dict string, m *image.NRGBA) {
	switch {
	case m == nil:
	case len(p.pictures) == maxPictures:
		p.notes.add("picture", "more than %d pictures; the rest is left out", maxPictures)
	default:
		mask := ""
		if found := maskShape.FindStringSubmatch(dict); found != nil {
			mask = found[1]
		}
		p.pictures, p.behind = append(p.pictures, m), append(p.behind, mask)
	}
}

// seeThrough gives pictures the transparency that their masks say, where the
// two are of one size.
func (p *pdf) seeThrough() {
	for i, m := range p.pictures {
		mask := p.masks[p.behind[i]]
		if mask == nil || mask.Rect != m.Rect {
			continue
		}
		for at := 3; at < len(m.Pix); at += 4 {
			m.Pix[at] = mask.Pix[at-3]
		}
	}
}

func (p *pdf) jpeg(body []byte) *image.NRGBA {
	img, err := compose.Decode(bytes.NewReader(body), MaxBytes, maxPixels/4)
	if err != nil {
		p.notes.add("picture", "a JPEG picture can't be read: it is damaged, too large, or in the colours of print (CMYK)")
		return nil
	}
	return straight(img)
}

// pixels reads a picture that is stored as its pixels, eight bits a part; nil,
// with a note, if it can't.
func (p *pdf) pixels(dict string, body []byte) *image.NRGBA {
	size := func(re *regexp.Regexp) int {
		m := re.FindStringSubmatch(dict)
		if m == nil {
			return 0
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return 0
		}
		return n
	}
	w, h := size(widthShape), size(heightShape)
	switch {
	case otherSpace.MatchString(dict) || size(bitsShape) != 8 || predictor.MatchString(dict):
		p.notes.add("picture", "a picture that is not stored as plain red, green and blue can't be read; save it as PNG or JPEG")
		return nil
	case w < 1 || h < 1 || w*h*3 > maxInflated:
		p.notes.add("picture", "a picture of %d by %d pixels is too large to be taken from a PDF; save it as PNG", w, h)
		return nil
	}
	pixels, ok := body, true
	if filterShape.MatchString(dict) {
		if pixels, ok = p.inflate(body); !ok {
			return nil
		}
	}
	// A profile does not say how many parts a pixel has; the length does.
	parts := len(pixels) / (w * h)
	if parts != 1 && parts != 3 {
		p.notes.add("picture", "a picture breaks off before its end, or is in the colours of print; save it as PNG or JPEG")
		return nil
	}
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		q, from := m.Pix[i*4:], pixels[i*parts:]
		q[0], q[1], q[2], q[3] = from[0], from[parts/2], from[parts-1], 255
	}
	return m
}

// inflate unpacks a stream within the bounds of the file.
func (p *pdf) inflate(body []byte) ([]byte, bool) {
	if p.inflated >= maxAltogether {
		p.notes.add("", "it unpacks to more than %d MB; the rest is left out", maxAltogether>>20)
		return nil, false
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		p.notes.add("", "a part of it is damaged")
		return nil, false
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, maxInflated))
	p.inflated += len(out)
	if err != nil && len(out) == 0 {
		p.notes.add("", "a part of it is damaged")
		return nil, false
	}
	return out, true
}

// page counts the colours that drawings set. How large an area each fills would
// need the page laid out, so each time counts the same.
func (p *pdf) page(content []byte) {
	if textShape.Match(content) {
		p.texts++
	}
	found := operator.FindAllSubmatch(content, maxPainted-p.painted)
	if len(found) > 0 {
		p.drawings++
	}
	p.painted += len(found)
	for _, m := range found {
		var n []float64
		for f := range bytes.FieldsSeq(m[1]) {
			v, err := strconv.ParseFloat(string(f), 64)
			if err != nil || v < 0 || v > 1 {
				n = nil
				break
			}
			n = append(n, v)
		}
		var r, g, b float64
		switch {
		case len(n) == 1:
			r, g, b = n[0], n[0], n[0]
		case len(n) == 3:
			r, g, b = n[0], n[1], n[2]
		case len(n) == 4:
			// Without the press's profile this is the usual guess.
			r, g, b = (1-n[0])*(1-n[3]), (1-n[1])*(1-n[3]), (1-n[2])*(1-n[3])
		default:
			continue
		}
		p.counts[[3]uint8{uint8(r*255 + 0.5), uint8(g*255 + 0.5), uint8(b*255 + 0.5)}]++
	}
}

func (p *pdf) tell() {
	if p.drawings > 0 {
		p.notes.add("drawings", "drawings are read for their colours only; save logos as SVG to have them as marks")
	}
	if p.texts > 0 {
		p.notes.add("text", "its text is not read: rules, sizes and words have to be written into kit.json by a person")
	}
	if p.fonts > 0 {
		p.notes.add("type", "%d typefaces are embedded in parts; a kit needs the whole font files with their licences", p.fonts)
	}
	if len(p.pictures) == 0 {
		p.notes.add("logos", "there is no picture in it to look for logos in")
	}
}
