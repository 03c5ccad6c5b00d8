package brand

import (
	"fmt"
	"math"
	"slices"
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
	// Rule is stable, for example "mark_outside"; see Rules and Rulebook.
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says it in English.
	Message string `json:"message"`
	// Measured and Allowed are pixels of the canvas, degrees, characters, a
	// contrast ratio, a share or a ΔE2000, as the rule has it; both 0 for a
	// rule without a measure.
	Measured float64 `json:"measured,omitempty"`
	Allowed  float64 `json:"allowed,omitempty"`
	// Other is the id of the layer that it comes too near to.
	Other string `json:"other,omitempty"`
	// By is the id of the kit's own rule that was broken; "" for a rule that
	// every kit has.
	By string `json:"by,omitempty"`
	// Detail is the word, day, market or channel that it is about, if any.
	Detail string `json:"detail,omitempty"`
	// Fix is the nearest lawful layer in place of this one; nil if there is
	// none, or if only taking the layer away helps. Where Index is -1 it is a
	// layer to add.
	Fix *compose.Layer `json:"fix,omitempty"`

	// adds is the text of a layer that a fix adds.
	adds string
}

// placed is a layer that takes up room.
type placed struct {
	index int
	box   box
	mark  *Mark // nil for text
	clear float64
	line  line // of text
}

type checker struct {
	Context
	ruling   *ruling
	use      use
	w, h     float64
	allowed  map[string]bool
	findings []Finding
	placed   []placed
	// hopeless layers can only be taken away.
	hopeless map[int]bool
}

func newChecker(ctx Context) *checker {
	c := &checker{
		Context: ctx, w: float64(ctx.Doc.Width), h: float64(ctx.Doc.Height), hopeless: map[int]bool{},
		use: use{ctx.Market, ctx.Channel, ctx.Date, ctx.Generated},
	}
	c.ruling = ctx.Kit.ruling(c.use, c.short())
	if ctx.Allowed != nil {
		c.allowed = map[string]bool{}
		for _, id := range ctx.Allowed {
			c.allowed[id] = true
		}
	}
	return c
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
		id = c.Doc.Layers[index].ID
	}
	c.findings = append(c.findings, Finding{
		Layer: id, Index: index, Rule: rule, Severity: Refused,
		Message: sentence(rule, args...), Measured: measured, Allowed: allowed,
	})
	return &c.findings[len(c.findings)-1]
}

// byRule adds a finding against a limit that a rule of the kit may have set.
func (c *checker) byRule(index int, rule string, measured float64, limit bound, args ...any) *Finding {
	f := c.add(index, rule, measured, limit.value, args...)
	if limit.by != "" {
		f.By, f.Severity = limit.by, limit.severity
	}
	return f
}

// picture holds the background: there, first, alone and as it was painted.
func (c *checker) picture() {
	first := -1
	for i, l := range c.Doc.Layers {
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
	for i, l := range c.Doc.Layers {
		if l.Kind != compose.Mark {
			continue
		}
		m := c.Kit.Mark(l.Mark)
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
		if rule, detail := m.Rights.against(c.use); rule != "" {
			c.hopeless[i] = true
			c.add(i, rule, 0, 0, detail).Detail = detail
		}
		limits := c.ruling.mark(m)
		if b, broken := limits.narrow.broken(l.Width, slack); broken {
			c.byRule(i, "mark_too_small", l.Width, b)
		}
		if b, broken := limits.wide.broken(l.Width, slack); broken {
			c.byRule(i, "mark_too_large", l.Width, b)
		}
		c.turn(i, "mark_rotated", l.Rotation, limits.turn)
		b := box{l.X, l.Y, l.Width, l.Width * m.aspect, l.Rotation}
		c.inside(i, "mark_outside", b)
		c.placed = append(c.placed, placed{index: i, box: b, mark: m, clear: l.Width * limits.clear.value()})
	}
	c.apart()
}

// apart holds marks that may not be together: the first stays.
func (c *checker) apart() {
	for _, r := range c.ruling.rules {
		if r.Kind != RuleApart {
			continue
		}
		first := -1
		for _, p := range c.placed {
			if p.mark == nil || !slices.Contains(r.Marks, p.mark.ID) {
				continue
			}
			if first < 0 {
				first = p.index
				continue
			}
			if r.Severity == Refused {
				c.hopeless[p.index] = true
			}
			f := c.byRule(p.index, "mark_not_together", 0, bound{0, r.ID, r.Severity})
			f.Other = c.Doc.Layers[first].ID
		}
	}
}

func (c *checker) text() {
	t := c.Kit.Text
	seen := map[string]bool{}
	headlines := 0
	for i, l := range c.Doc.Layers {
		if l.Kind != compose.Text {
			continue
		}
		n := utf8.RuneCountInString(l.Text)
		small := c.Kit.isSmallPrint(l.Text)
		switch {
		case small && seen[l.Text], !small && headlines > 0:
			c.hopeless[i] = true
			c.add(i, "text_repeated", 0, 0)
			continue
		case strings.TrimSpace(l.Text) == "":
			c.hopeless[i] = true
			c.add(i, "text_empty", 0, 0)
			continue
		case n > t.MaxCharacters && !small:
			c.hopeless[i] = true
			c.add(i, "text_too_long", float64(n), float64(t.MaxCharacters), t.MaxCharacters)
		}
		seen[l.Text] = true
		if !small {
			headlines++
		}
		c.textColor(i, l)
		line := c.line(l)
		if line.unset {
			c.hopeless[i] = true
			c.add(i, "text_glyphs", 0, 0)
		}
		c.textSize(i, l, line)
		c.turn(i, "text_rotated", l.Rotation, atMost(t.MaxRotation))
		b := c.textBox(l, line)
		c.inside(i, "text_outside", b)
		c.placed = append(c.placed, placed{i, b, nil, line.size(l.Width) * t.ClearSpace, line})
	}
	if headlines+len(seen) > 0 {
		c.fontRights()
	}
}

// line measures a text within the sizes that the rules leave.
func (c *checker) line(layer compose.Layer) line {
	l := c.Kit.lines(layer, c.short())
	l.least = l.advance * c.ruling.small.value()
	return l
}

func (c *checker) textBox(l compose.Layer, line line) box {
	return box{l.X, l.Y, l.Width, line.height(l.Width), l.Rotation}
}

func (c *checker) textSize(i int, l compose.Layer, line line) {
	small, large := c.ruling.small.scaled(line.advance), c.ruling.large.scaled(line.advance)
	if b, broken := small.broken(l.Width, l.Width*hair); broken {
		c.byRule(i, "text_too_small", l.Width, b)
	}
	if l.Width > c.w+slack {
		c.add(i, "text_too_wide", l.Width, c.w)
	}
	// In a box that is wider than its greatest size asks for, a line stays at
	// that size: only a rule that asks for less can be broken.
	if b, broken := large.broken(min(l.Width, line.largest*line.advance), slack); broken {
		c.byRule(i, "text_too_large", l.Width, b)
	}
}

// textColor holds the colour of a line to the rules on colours, or where there
// are none to the kit's own two.
func (c *checker) textColor(i int, l compose.Layer) {
	if l.Color == "" {
		return
	}
	if len(c.ruling.colors) == 0 {
		if c.Kit.textInk(l.Color) == "" {
			c.add(i, "text_color", 0, 0)
		}
		return
	}
	for _, r := range c.ruling.colors {
		if _, d := c.Kit.colorFor(r, l.Color); d > *r.Tolerance {
			c.byRule(i, "text_color", d, bound{*r.Tolerance, r.ID, r.Severity})
		}
	}
}

// lawfulColor tells whether text may have a colour.
func (c *checker) lawfulColor(hex string) bool {
	if len(c.ruling.colors) == 0 {
		return c.Kit.textInk(hex) != ""
	}
	for _, r := range c.ruling.colors {
		if _, d := c.Kit.colorFor(r, hex); d > *r.Tolerance {
			return false
		}
	}
	return true
}

func (c *checker) turn(i int, rule string, degrees float64, most limit) {
	d := math.Abs(upright(degrees))
	if b, broken := most.broken(d, slackTurn); broken {
		c.byRule(i, rule, d, b, b.value)
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
			clear := max(a.clear, b.clear)
			distance := c.ruling.between(a.mark, b.mark)
			if apart(a.box, b.box) >= max(clear, distance.value()) {
				continue
			}
			d := gap(a.box, b.box)
			rule, limit := "", bound{value: clear}
			text := upper.mark == nil || lower.mark == nil
			switch far, broken := distance.broken(d, slack); {
			case d < clear-slack && text && d == 0:
				rule = "text_over_mark"
			case d < clear-slack && text:
				rule = "text_crowded"
			case d < clear-slack && d == 0:
				rule = "mark_overlap"
			case d < clear-slack:
				rule = "mark_crowded"
			case broken:
				rule, limit = "mark_distance", far
			default:
				continue
			}
			c.byRule(upper.index, rule, d, limit).Other = c.Doc.Layers[lower.index].ID
		}
	}
}
