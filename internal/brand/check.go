package brand

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"marquee/internal/compose"
	"marquee/internal/fault"
)

// slack is half a pixel: what rounding in a browser may add to a place or a
// width without breaking a rule. slackTurn is its like in degrees.
const (
	slack     = 0.5
	slackTurn = 0.05
	// hair is for text at its smallest size, which the compositor has no
	// slack for.
	hair = 1e-7
)

// Severity says whether a finding stands in the way.
type Severity string

// The severities.
const (
	// Refused is for what is against a rule: the composition can't be kept.
	Refused Severity = "error"
	// Warned is for what is allowed and could be better.
	Warned Severity = "warning"
)

// Finding is one place where a composition is against the kit's rules.
type Finding struct {
	// Layer is the layer's id and Index its place in the document; -1 and ""
	// if it is about the whole document.
	Layer string `json:"layer"`
	Index int    `json:"index"`
	// Rule is stable, for example "mark_outside"; locale files hold a sentence
	// for each of Rules.
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says it in English.
	Message string `json:"message"`
	// Measured and Allowed are pixels of the canvas, degrees or characters,
	// as the rule has it; both 0 for a rule without a measure.
	Measured float64 `json:"measured,omitempty"`
	Allowed  float64 `json:"allowed,omitempty"`
	// Other is the id of the layer that it comes too near to.
	Other string `json:"other,omitempty"`
	// Fix is the nearest lawful layer in place of this one; nil if there is
	// none, or if only taking the layer away helps.
	Fix *compose.Layer `json:"fix,omitempty"`
}

// placed is a layer that takes up room.
type placed struct {
	index int
	box   box
	mark  *Mark // nil for text
	clear float64
}

type checker struct {
	kit      *Kit
	doc      compose.Document
	w, h     float64
	allowed  map[string]bool
	findings []Finding
	placed   []placed
	// hopeless layers can only be taken away.
	hopeless map[int]bool
}

// Check finds what in a composition is against the kit's rules, in the order
// of the layers; nil if nothing is. Allowed are the ids of the marks that the
// campaign offers; nil stands for all the kit's. It is pure, and takes well
// under a millisecond where nothing has to be mended.
func Check(doc compose.Document, k *Kit, allowed []string) []Finding {
	c := &checker{kit: k, doc: doc, w: float64(doc.Width), h: float64(doc.Height), hopeless: map[int]bool{}}
	if allowed != nil {
		c.allowed = map[string]bool{}
		for _, id := range allowed {
			c.allowed[id] = true
		}
	}
	c.picture()
	c.marks()
	c.text()
	c.neighbours()
	c.mend()
	return c.findings
}

// Refusal turns findings of severity error into a fault of kind Invalid whose
// fields name the layers; nil if there is none.
func Refusal(findings []Finding) error {
	var fields []fault.Field
	for _, f := range findings {
		if f.Severity != Refused {
			continue
		}
		path := "layers"
		if f.Index >= 0 {
			path = fmt.Sprintf("layers[%d]", f.Index)
		}
		fields = append(fields, fault.Field{Path: path, Code: f.Rule, Message: f.Message})
	}
	if len(fields) == 0 {
		return nil
	}
	e := fault.New(fault.Invalid, "composition_against_rules", "The picture can't be kept like this: %s", fields[0].Message).With("count", len(fields))
	e.Fields = fields
	return e
}

func (c *checker) short() float64 { return min(c.w, c.h) }

func (c *checker) add(index int, rule string, measured, allowed float64, args ...any) *Finding {
	id := ""
	if index >= 0 {
		id = c.doc.Layers[index].ID
	}
	c.findings = append(c.findings, Finding{
		Layer: id, Index: index, Rule: rule, Severity: Refused,
		Message: fmt.Sprintf(sentences[rule], args...), Measured: measured, Allowed: allowed,
	})
	return &c.findings[len(c.findings)-1]
}

// picture holds the background: there, first, alone and as it was painted.
func (c *checker) picture() {
	first := -1
	for i, l := range c.doc.Layers {
		if l.Kind != compose.Picture {
			continue
		}
		if first >= 0 {
			c.hopeless[i] = true
			c.add(i, "picture_repeated", 0, 0)
			continue
		}
		first = i
		if i != 0 {
			c.add(i, "picture_not_first", 0, 0)
		}
		if math.Abs(l.X) > slack || math.Abs(l.Y) > slack || math.Abs(l.Width-c.w) > slack || math.Abs(upright(l.Rotation)) > slackTurn {
			fixed := l
			fixed.X, fixed.Y, fixed.Width, fixed.Rotation = 0, 0, c.w, 0
			c.add(i, "picture_changed", 0, 0).Fix = &fixed
		}
	}
	if first < 0 {
		c.add(-1, "picture_missing", 0, 0)
	}
}

func (c *checker) marks() {
	seen := map[string]bool{}
	for i, l := range c.doc.Layers {
		if l.Kind != compose.Mark {
			continue
		}
		m := c.kit.Mark(l.Mark)
		switch {
		case m == nil:
			c.hopeless[i] = true
			c.add(i, "mark_unknown", 0, 0)
			continue
		case c.allowed != nil && !c.allowed[l.Mark]:
			c.hopeless[i] = true
			c.add(i, "mark_not_allowed", 0, 0)
			continue
		case seen[l.Mark]:
			c.hopeless[i] = true
			c.add(i, "mark_repeated", 0, 0)
			continue
		}
		seen[l.Mark] = true
		if m.Variant(l.Variant) == nil {
			c.add(i, "mark_variant_unknown", 0, 0)
		}
		low, high := m.widths(c.short())
		if l.Width < low-slack {
			c.add(i, "mark_too_small", l.Width, low)
		}
		if l.Width > high+slack {
			c.add(i, "mark_too_large", l.Width, high)
		}
		c.turn(i, "mark_rotated", l.Rotation, m.Rules.MaxRotation)
		b := box{l.X, l.Y, l.Width, l.Width * m.aspect, l.Rotation}
		c.inside(i, "mark_outside", b)
		c.placed = append(c.placed, placed{i, b, m, l.Width * m.Rules.ClearSpace})
	}
}

// widths are the least and greatest width of the mark on a canvas, in pixels.
// On a small canvas the least width in pixels outweighs the greatest share.
func (m *Mark) widths(short float64) (low, high float64) {
	low = max(m.Rules.MinWidthPx, m.Rules.MinWidthShare*short)
	return low, max(m.Rules.MaxWidthShare*short, low)
}

func (c *checker) text() {
	t := c.kit.Text
	first := true
	for i, l := range c.doc.Layers {
		if l.Kind != compose.Text {
			continue
		}
		n := utf8.RuneCountInString(l.Text)
		switch {
		case !first:
			c.hopeless[i] = true
			c.add(i, "text_repeated", 0, 0)
			continue
		case strings.TrimSpace(l.Text) == "":
			c.hopeless[i] = true
			c.add(i, "text_empty", 0, 0)
			continue
		case n > t.MaxCharacters:
			c.hopeless[i] = true
			c.add(i, "text_too_long", float64(n), float64(t.MaxCharacters), t.MaxCharacters)
		}
		first = false
		if l.Color != "" && c.kit.textInk(l.Color) == "" {
			c.add(i, "text_color", 0, 0)
		}
		line := c.kit.line(l.Text, c.short())
		if line.unset {
			c.hopeless[i] = true
			c.add(i, "text_glyphs", 0, 0)
		}
		if l.Width < line.least*(1-hair) {
			c.add(i, "text_too_small", l.Width, line.least)
		}
		if l.Width > c.w+slack {
			c.add(i, "text_too_wide", l.Width, c.w)
		}
		c.turn(i, "text_rotated", l.Rotation, t.MaxRotation)
		size := line.size(l.Width)
		b := box{l.X, l.Y, l.Width, size * compose.LineHeight, l.Rotation}
		c.inside(i, "text_outside", b)
		c.placed = append(c.placed, placed{i, b, nil, size * t.ClearSpace})
	}
}

func (c *checker) turn(i int, rule string, degrees, most float64) {
	if d := math.Abs(upright(degrees)); d > most+slackTurn {
		c.add(i, rule, d, most, most)
	}
}

func (c *checker) inside(i int, rule string, b box) {
	if over := b.overhang(c.w, c.h); over > slack {
		c.add(i, rule, over, 0)
	}
}

// neighbours holds marks and text apart. The layer on top is the one named:
// it is the one that a person has just put there.
func (c *checker) neighbours() {
	for j, b := range c.placed {
		for _, a := range c.placed[:j] {
			upper, lower := b, a
			if a.index > b.index {
				upper, lower = a, b
			}
			need := max(a.clear, b.clear)
			d := gap(a.box, b.box)
			if d >= need-slack {
				continue
			}
			rule := "mark_crowded"
			switch {
			case upper.mark == nil || lower.mark == nil:
				rule = "text_crowded"
				if d == 0 {
					rule = "text_over_mark"
				}
			case d == 0:
				rule = "mark_overlap"
			}
			c.add(upper.index, rule, d, need).Other = c.doc.Layers[lower.index].ID
		}
	}
}
