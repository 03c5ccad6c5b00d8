package compose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Block is a text of one or more lines at the size at which it fills its box.
// Lengths are canvas pixels, measured from the box's top left corner.
type Block struct {
	// Lines have their own Left and Baseline; each one's Height is its share.
	Lines []Fitted
	// Size is the font size, and Height the box's: Size·LineHeight for each line.
	Size, Height float64
}

// Outline returns the block's outlines in the box.
func (b Block) Outline() raster.Path {
	var p raster.Path
	for _, l := range b.Lines {
		p.Append(l.Outline())
	}
	return p
}

// FitLines finds the largest size at which a text, wrapped to width canvas
// pixels, takes no more than lines lines (1 to MaxLines), held between the
// style's sizes. Lines break where Unicode's rules allow it, and are made about
// equally long; a line feed begins a new paragraph, which has a direction of its
// own. Align is start, center or end, as a paragraph reads; empty means center.
//
// Errors are those of Fit; text_too_long as well when the text has more line
// feeds than lines.
func (t TextStyle) FitLines(text string, width float64, lines int, align string) (Block, error) {
	if lines <= 1 {
		f, err := t.Fit(text, width)
		if err != nil {
			return Block{}, err
		}
		f.Left = aligned(align, f.RTL, f.Left)
		return Block{Lines: []Fitted{f}, Size: f.Size, Height: f.Height}, nil
	}
	if !t.valid() {
		return Block{}, fault.New(fault.Internal, "text_style_invalid", "The text style has no fonts or no sizes.")
	}
	if utf8.ValidString(text) {
		text = cleanText(text, lines)
	}
	if code, message := textProblem(text, lines); code != "" {
		return Block{}, fault.New(fault.Invalid, code, "%s", message)
	}
	set := t.Fonts.pool.Get().(*setter)
	defer t.Fonts.pool.Put(set)
	var pars []wrapped
	var missing []rune
	for s := range strings.SplitSeq(text, "\n") {
		w, lacks := set.wrapped([]rune(s), t.Language)
		pars = append(pars, w)
		for _, r := range lacks {
			if !slices.Contains(missing, r) {
				missing = append(missing, r)
			}
		}
	}
	if len(missing) > 0 {
		return Block{}, unsupportedText(missing)
	}
	lines = min(lines, MaxLines)
	if len(pars) > lines {
		return Block{}, fault.New(fault.Invalid, "text_too_long",
			"The text has more lines than fit here. Shorten it.")
	}
	fits := narrowest(pars, lines)
	if width/fits < t.MinSize*(1-1e-6) {
		// Scripts without spaces between words may break inside one rather than
		// be refused.
		for i := range pars {
			pars[i].breakAnywhere()
		}
		if fits = narrowest(pars, lines); width/fits < t.MinSize*(1-1e-6) {
			return Block{}, fault.New(fault.Invalid, "text_too_long",
				"The text is too long for its width. Shorten it or make it wider.").With("width", fits*t.MinSize)
		}
	}
	size := max(t.MinSize, min(t.MaxSize, width/fits))
	// At the largest size the box may be wider than needed: use the fewest lines
	// that fit, and make those about equal.
	n := 0
	for i := range pars {
		n += pars[i].count(width / size * (1 + 1e-9))
	}
	return t.setLines(set, pars, narrowest(pars, n), size, width, align), nil
}

func (t TextStyle) valid() bool {
	return t.Fonts != nil && t.MinSize > 0 && t.MaxSize >= t.MinSize
}

// setLines shapes the lines that a wrapping width, in sizes, gives.
func (t TextStyle) setLines(set *setter, pars []wrapped, wrap, size, width float64, align string) Block {
	b := Block{Size: size}
	longest := 0.0
	for i := range pars {
		p := &pars[i]
		p.breakAt(wrap*(1+1e-9), func(from, to int) {
			l := set.part(p.paragraph, from, to)
			longest = max(longest, l.Advance)
			b.Lines = append(b.Lines, Fitted{Line: l})
		})
	}
	// A line shaped by itself may be a hair wider than as a part of its text.
	if longest*b.Size > width {
		b.Size = max(t.MinSize, width/longest)
	}
	m := t.Fonts.Metrics()
	for i := range b.Lines {
		l := &b.Lines[i]
		l.Size, l.Height = b.Size, b.Size*LineHeight
		l.Left = aligned(align, l.RTL, (width-l.Advance*b.Size)/2)
		l.Baseline = float64(i)*l.Height + (l.Height-(m.Ascent+m.Descent)*b.Size)/2 + m.Ascent*b.Size
	}
	b.Height = float64(len(b.Lines)) * b.Size * LineHeight
	return b
}

// aligned returns where a line begins whose place in the middle is center.
func aligned(align string, rtl bool, center float64) float64 {
	switch {
	case align == "start" && !rtl, align == "end" && rtl:
		return 0
	case align == "start", align == "end":
		return 2 * center
	}
	return center
}

// wrapped is a paragraph with the places where it may be broken.
type wrapped struct {
	paragraph
	// pieces are what must stay together, each with the spaces after it.
	pieces []piece
	adv    []float64
}

// piece runs from one character to another. full is its length with the spaces
// at its end, ink without them, in sizes.
type piece struct {
	from, to, trimmed int
	ink, full         float64
}

func (s *setter) wrapped(text []rune, lang string) (wrapped, []rune) {
	w := wrapped{paragraph: s.paragraph(text, lang)}
	lacks := s.part(w.paragraph, 0, len(text)).Missing
	w.adv = s.advances(w.paragraph)
	var seg segmenter.Segmenter
	seg.Init(text)
	for it := seg.LineIterator(); it.Next(); {
		l := it.Line()
		w.addWords(l.Offset, l.Offset+len(l.Text))
	}
	return w, lacks
}

// addWords adds what Unicode's rules keep together, broken between its Thai
// words.
func (w *wrapped) addWords(from, to int) {
	start := from
	for i := from; i < to; {
		end := i
		for end < to && (isThai(w.text[end]) || end > i && w.text[end] == 'ฯ') {
			end++
		}
		if end == i {
			i++
			continue
		}
		for _, at := range thaiBreaks(w.text[i:end]) {
			w.add(start, i+at)
			start = i + at
		}
		i = end
	}
	w.add(start, to)
}

func (w *wrapped) add(from, to int) {
	p := piece{from: from, to: to, trimmed: to}
	for p.trimmed > from && unicode.IsSpace(w.text[p.trimmed-1]) {
		p.trimmed--
	}
	for i := from; i < to; i++ {
		p.full += w.adv[i]
		if i < p.trimmed {
			p.ink += w.adv[i]
		}
	}
	w.pieces = append(w.pieces, p)
}

// breakAnywhere adds breaks between syllables of Thai and Lao, where words are
// too long or unknown: a vowel written before its consonant always begins a
// syllable.
func (w *wrapped) breakAnywhere() {
	old := w.pieces
	w.pieces = nil
	for _, p := range old {
		from := p.from
		for i := p.from + 1; i < p.trimmed; i++ {
			r := w.text[i]
			if (r >= 0x0E40 && r <= 0x0E44 || r >= 0x0EC0 && r <= 0x0EC4) && unicode.In(w.text[i-1], unicode.Thai, unicode.Lao) {
				w.add(from, i)
				from = i
			}
		}
		w.add(from, p.to)
	}
}

// breakAt calls line for each line of a wrapping width in sizes. A piece wider
// than that stands alone.
func (w *wrapped) breakAt(wrap float64, line func(from, to int)) {
	from, end, length := 0, 0, 0.0
	for i, p := range w.pieces {
		if i > 0 && length+p.ink > wrap {
			line(from, end)
			from, length = p.from, 0
		}
		length += p.full
		end = p.trimmed
	}
	line(from, end)
}

func (w *wrapped) count(wrap float64) (n int) {
	w.breakAt(wrap, func(int, int) { n++ })
	return n
}

// narrowest returns the smallest wrapping width, in sizes, at which paragraphs
// take no more than lines lines; more than 0.
func narrowest(pars []wrapped, lines int) float64 {
	lo, hi := 1e-3, 1e-3
	for i := range pars {
		sum := 0.0
		for _, p := range pars[i].pieces {
			lo = max(lo, p.ink)
			hi = max(hi, sum+p.ink)
			sum += p.full
		}
	}
	needs := func(wrap float64) (n int) {
		for i := range pars {
			n += pars[i].count(wrap * (1 + 1e-9))
		}
		return n
	}
	if needs(lo) <= lines {
		return lo
	}
	for range 40 {
		if mid := (lo + hi) / 2; needs(mid) <= lines {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// lengthIn returns how wide a text must be, in sizes, to take no more than most
// lines, and how many it then takes. Errors are those of FitLines but for its
// size.
func (t TextStyle) lengthIn(text string, most int) (width float64, lines int, err error) {
	t.MinSize, t.MaxSize = 1e-3, MaxCanvas
	const wide = 1000.0
	b, err := t.FitLines(text, wide, most, "")
	if err != nil {
		return 0, 0, err
	}
	for _, l := range b.Lines {
		width = max(width, l.Advance)
	}
	return max(width, 1e-3), len(b.Lines), nil
}
