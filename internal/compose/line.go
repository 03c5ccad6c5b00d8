package compose

import (
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	ubidi "golang.org/x/text/unicode/bidi"

	"marquee/internal/fault"
	"marquee/internal/raster"
)

// Stack is a list of fonts in the order in which a character is looked for, as
// in CSS font-family. It may be used by many goroutines at once.
type Stack struct {
	fonts []*Font
	pool  sync.Pool // of *setter
}

// MaxStack is how many fonts a stack may have.
const MaxStack = 16

// NewStack returns a stack of 1 to MaxStack fonts; with none or more the error
// is a *fault.Error with the code font_stack_invalid.
func NewStack(fonts ...*Font) (*Stack, error) {
	if len(fonts) == 0 || len(fonts) > MaxStack || slices.Contains(fonts, nil) {
		return nil, fault.New(fault.Invalid, "font_stack_invalid", "A text needs 1 to 16 fonts.")
	}
	s := &Stack{fonts: slices.Clone(fonts)}
	s.pool.New = func() any { return newSetter(s.fonts) }
	return s, nil
}

// Metrics returns the measures of the first font, which place the baseline
// whatever font the characters come from.
func (s *Stack) Metrics() Metrics { return s.fonts[0].metrics }

// Line is one line of text set at size 1: all lengths are shares of the size.
type Line struct {
	// Advance is how far the line runs.
	Advance float64
	// RTL tells that the line as a whole runs from right to left, as its first
	// letter with a direction does.
	RTL bool
	// Missing are the characters that no font of the stack can draw.
	Missing []rune

	glyphs raster.Path
}

// Path returns the outlines of the line at a size in pixels, its baseline
// starting at 0,0, to be filled by the nonzero rule.
func (l Line) Path(size float64) raster.Path {
	return l.glyphs.Transform(raster.Scale(size, size))
}

// setter holds what shaping needs and what only one goroutine may use at once.
type setter struct {
	shaper    shaping.HarfbuzzShaper
	segmenter shaping.Segmenter
	bidi      bidi.Paragraph
	faces     []*font.Face
	// chinese are the faces as a Chinese text looks for them, nil where that is
	// the same, and order as the text in hand does.
	chinese, order []*font.Face
	upem      map[*font.Face]float64
}

func newSetter(fonts []*Font) *setter {
	s := &setter{upem: map[*font.Face]float64{}}
	for _, f := range fonts {
		face := font.NewFace(f.font)
		s.faces = append(s.faces, face)
		s.upem[face] = f.upem
	}
	s.chinese, s.order = chineseFirst(s.faces), s.faces
	s.shaper.SetFontCacheSize(len(fonts))
	return s
}

// ResolveFace always answers the first face: the segmenter then splits by
// direction and script only, and chooseFaces splits further.
func (s *setter) ResolveFace(rune) *font.Face { return s.faces[0] }

// chooseFaces splits runs by font as browsers do: each letter with the marks on
// it, and each space, is looked for in the fonts in turn, whatever stands around
// it.
func (s *setter) chooseFaces(runs []shaping.Input) []shaping.Input {
	out := make([]shaping.Input, 0, len(runs))
	for _, run := range runs {
		at := run.RunStart
		for at < run.RunEnd {
			next := at + 1
			for next < run.RunEnd && leansOn(run.Text[next-1], run.Text[next]) {
				next++
			}
			part := run
			part.RunStart, part.RunEnd, part.Face = at, next, s.face(run.Text[at:next])
			if n := len(out); n > 0 && out[n-1].RunEnd == at && at > run.RunStart && out[n-1].Face == part.Face {
				out[n-1].RunEnd = next
			} else {
				out = append(out, part)
			}
			at = next
		}
	}
	return out
}

// leansOn tells whether a character belongs to the one before it.
func leansOn(before, r rune) bool {
	return before == joiner || invisible(r) || unicode.In(r, unicode.M)
}

const joiner = 0x200D

// invisible tells characters that steer shaping and need no glyph of their own.
func invisible(r rune) bool {
	return unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Cf, r)
}

// face returns the first face that can draw all of a letter and its marks, or
// else the first with the letter, or else the first, which then shows its sign
// for what is missing.
func (s *setter) face(letter []rune) *font.Face {
	var base *font.Face
	for _, f := range s.order {
		whole := true
		for i, r := range letter {
			_, ok := f.NominalGlyph(r)
			if i == 0 && ok && base == nil {
				base = f
			}
			if !ok && !invisible(r) {
				whole = false
				break
			}
		}
		if whole {
			return f
		}
	}
	if base == nil {
		return s.faces[0]
	}
	return base
}

// shapeSize is the size that text is shaped at, in units of which an advance
// has 64ths: fine enough that scaling up to a billboard shows no rounding.
const shapeSize = 2048

// Set shapes one line of text: scripts, ligatures, marks, both directions, the
// first font of the stack that has a character. The language, a BCP 47 tag,
// chooses between forms; it may be empty. The text is cleaned first (see
// CleanText). Errors are *fault.Error with the codes text_unreadable,
// text_empty, text_too_long, text_stacked and control_character.
func (s *Stack) Set(text, lang string) (Line, error) {
	if utf8.ValidString(text) {
		text = CleanText(text)
	}
	if code, message := textProblem(text, 1); code != "" {
		return Line{}, fault.New(fault.Invalid, code, message)
	}
	set := s.pool.Get().(*setter)
	defer s.pool.Put(set)
	return set.line([]rune(text), lang), nil
}

func (s *setter) line(text []rune, lang string) Line {
	return s.part(s.paragraph(text, lang), 0, len(text))
}

// paragraph is a text that is cut into runs of one font, script and direction.
type paragraph struct {
	text   []rune
	rtl    bool
	runs   []shaping.Input
	levels []bidi.Level
}

func (s *setter) paragraph(text []rune, lang string) paragraph {
	p := paragraph{text: text, rtl: runsLeft(text)}
	if s.order = s.faces; s.chinese != nil && chineseText(text, lang) {
		s.order = s.chinese
	}
	dir := di.DirectionLTR
	if p.rtl {
		dir = di.DirectionRTL
	}
	p.runs = s.chooseFaces(s.segmenter.Split(shaping.Input{
		Text: text, RunEnd: len(text), Direction: dir,
		Size: fixed.I(shapeSize), Language: language.NewLanguage(lang),
	}, s))
	p.levels = s.bidiLevels(text, p.rtl)
	return p
}

// part sets the characters of a paragraph from one place to another as a line.
// Directions are those of the whole paragraph.
func (s *setter) part(p paragraph, from, to int) Line {
	l := Line{RTL: p.rtl}
	var runs []shaping.Input
	for _, r := range p.runs {
		r.RunStart, r.RunEnd = max(r.RunStart, from), min(r.RunEnd, to)
		if r.RunStart < r.RunEnd {
			runs = append(runs, r)
		}
	}
	for _, i := range visualOrder(p.levels, runs) {
		l.Advance = s.draw(&l, p.text, s.shaper.ShapeNoExtents(runs[i]), l.Advance)
	}
	return l
}

// advances returns how far each character of a paragraph carries the pen, in
// the order of reading. What a group of characters shares is at its first.
func (s *setter) advances(p paragraph) []float64 {
	out := make([]float64, len(p.text))
	const unit = 1.0 / 64 / shapeSize
	for _, r := range p.runs {
		for _, g := range s.shaper.ShapeNoExtents(r).Glyphs {
			out[g.TextIndex()] += float64(g.XAdvance) * unit
		}
	}
	return out
}

// runsLeft tells whether the first character with a direction runs from right
// to left (rules P2 and P3 of the Unicode bidirectional algorithm).
func runsLeft(text []rune) bool {
	for _, r := range text {
		p, _ := ubidi.LookupRune(r)
		switch p.Class() {
		case ubidi.L:
			return false
		case ubidi.R, ubidi.AL:
			return true
		}
	}
	return false
}

func (s *setter) bidiLevels(text []rune, rtl bool) []bidi.Level {
	def := bidi.LeftToRight
	if rtl {
		def = bidi.RightToLeft
	}
	levels := make([]bidi.Level, len(text))
	segments := s.bidi.Segment(text, def)
	for i := range segments.NumRuns() {
		r := segments.Run(i)
		for k := r.Start; k < r.End; k++ {
			levels[k] = r.Level
		}
	}
	return levels
}

// visualOrder returns the runs from left to right (rule L2).
func visualOrder(levels []bidi.Level, runs []shaping.Input) []int {
	order := make([]int, len(runs))
	highest := bidi.Level(0)
	for i, r := range runs {
		order[i] = i
		highest = max(highest, levels[r.RunStart])
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(order); {
			j := i
			for j < len(order) && levels[runs[order[j]].RunStart] >= level {
				j++
			}
			slices.Reverse(order[i:j])
			i = max(j, i+1)
		}
	}
	return order
}

// draw adds a shaped run's outlines at pen and returns where the next begins.
func (s *setter) draw(l *Line, text []rune, out shaping.Output, pen float64) float64 {
	k := 1 / s.upem[out.Face]
	const unit = 1.0 / 64 / shapeSize
	for _, g := range out.Glyphs {
		x, y := pen+float64(g.XOffset)*unit, -float64(g.YOffset)*unit
		pen += float64(g.XAdvance) * unit
		if g.GlyphID == font.EmptyGlyph {
			continue
		}
		outline, ok := out.Face.GlyphDataOutline(g.GlyphID)
		if !ok || g.GlyphID == 0 {
			if r := text[g.TextIndex()]; !slices.Contains(l.Missing, r) {
				l.Missing = append(l.Missing, r)
			}
			continue
		}
		p := &l.glyphs
		for _, seg := range outline.Segments {
			var a [3]raster.Point
			for i, q := range seg.Args {
				a[i] = raster.Point{X: x + float64(q.X)*k, Y: y - float64(q.Y)*k}
			}
			switch seg.Op {
			case opentype.SegmentOpMoveTo:
				p.Close()
				p.MoveTo(a[0].X, a[0].Y)
			case opentype.SegmentOpLineTo:
				p.LineTo(a[0].X, a[0].Y)
			case opentype.SegmentOpQuadTo:
				p.QuadTo(a[0].X, a[0].Y, a[1].X, a[1].Y)
			case opentype.SegmentOpCubeTo:
				p.CubeTo(a[0].X, a[0].Y, a[1].X, a[1].Y, a[2].X, a[2].Y)
			}
		}
		p.Close()
	}
	return pen
}
