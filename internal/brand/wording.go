package brand

import (
	"fmt"
	"slices"
	"strings"

	"marquee/internal/compose"
)

// wording holds headlines to the words that rules rule out, and claims to their
// footnotes.
func (c *checker) wording() {
	for i, l := range c.Doc.Layers {
		if l.Kind != compose.Text || c.Kit.isSmallPrint(l.Text) {
			continue
		}
		text := folded(l.Text)
		for _, r := range c.ruling.rules {
			if r.Kind != RuleWords {
				continue
			}
			if word := firstOf(r.Words, text); word != "" {
				if r.Severity == Refused {
					c.hopeless[i] = true
				}
				c.byRule(i, "text_words", 0, bound{0, r.ID, r.Severity}, word).Detail = word
			}
		}
		c.claims(l, text)
	}
}

func (c *checker) claims(l compose.Layer, text string) {
	for _, claim := range c.Kit.Voice.Claims {
		word := firstOf(claim.Words, text)
		if word == "" || c.hasLine(claim.Footnote) {
			continue
		}
		f := c.add(-1, "claim_without_footnote", 0, 0, word)
		f.Other, f.Detail = l.ID, word
		f.adds = inLocale(claim.Footnote, c.localeOf(claim.Words, text))
	}
}

// localeOf is the language of a claim's word in a text, so that the footnote
// has the same.
func (c *checker) localeOf(words map[string][]string, text string) string {
	if c.Locale != "" {
		return c.Locale
	}
	for _, locale := range sortedKeys(words) {
		if firstOf(map[string][]string{locale: words[locale]}, text) != "" {
			return locale
		}
	}
	return ""
}

// firstOf is the first word of any locale that a folded text has.
func firstOf(words map[string][]string, text string) string {
	for _, locale := range sortedKeys(words) {
		for _, w := range words[locale] {
			if contains(text, folded(w)) {
				return w
			}
		}
	}
	return ""
}

// missingLines asks for the legal lines of the market.
func (c *checker) missingLines() {
	for _, r := range c.ruling.rules {
		if r.Kind != RuleLegalLine {
			continue
		}
		line := c.Kit.Legal(r.Line)
		if len(line.Markets) > 0 && !slices.Contains(line.Markets, c.Market) || c.hasLine(line.Text) {
			continue
		}
		text := inLocale(line.Text, c.Locale)
		f := c.byRule(-1, "legal_line_missing", 0, bound{0, r.ID, r.Severity}, text)
		f.Detail, f.adds = text, text
	}
}

// hasLine tells whether a text layer is one of a sentence's versions.
func (c *checker) hasLine(by map[string]string) bool {
	return slices.ContainsFunc(c.Doc.Layers, func(l compose.Layer) bool {
		return l.Kind == compose.Text && said(by, strings.TrimSpace(l.Text))
	})
}

// added gives a lawful layer for a line of small print, at the foot in the
// middle or as near to it as there is room; nil if there is none.
func (c *checker) added(text string, r *room) *compose.Layer {
	line := c.line(compose.Layer{Text: text})
	s := c.shapeOf(line)
	if line.unset || s.low > s.high {
		return nil
	}
	l := compose.Layer{ID: freeIDLike(c.Doc, "line", r.taken), Kind: compose.Text, Text: text, Width: widen(s.low)}
	edge := margin / 2 * c.short()
	p := placed{index: -1, box: box{(c.w - s.low) / 2, c.h - edge - s.height(s.low), s.low, s.height(s.low), 0}, line: line}
	found, _, ok := c.suited(&l, p, s, r)
	if !ok {
		return nil
	}
	l.X, l.Y, l.Width = tidy(found.X), tidy(found.Y), widen(found.W)
	r.others = append(r.others, obstacle{found, s.clear(found.W), nil})
	r.taken = append(r.taken, l.ID)
	return &l
}

// freeIDLike gives an id that no layer of a document has, nor any of the taken.
func freeIDLike(doc compose.Document, word string, taken []string) string {
	used := func(id string) bool {
		return slices.Contains(taken, id) || slices.ContainsFunc(doc.Layers, func(l compose.Layer) bool { return l.ID == id })
	}
	id := word
	for n := 2; used(id); n++ {
		id = fmt.Sprintf("%s-%d", word, n)
	}
	return id
}

// fontRights holds the fonts of the text to their rights.
func (c *checker) fontRights() {
	for _, id := range c.Kit.Stacks[c.Kit.Text.Stack] {
		f := c.Kit.Font(id)
		rule, detail := f.Rights.against(c.use)
		if rule == "" {
			continue
		}
		for i, l := range c.Doc.Layers {
			if l.Kind == compose.Text {
				c.hopeless[i] = true
				c.add(i, rule, 0, 0, detail).Detail = detail
			}
		}
		return
	}
}

// excluded tells whether a mark may not be with one that is placed already, or
// may not be shown at all.
func (g *ruling) excluded(m *Mark, layers []compose.Layer) bool {
	for _, r := range g.rules {
		if r.Kind == RuleApart && slices.Contains(r.Marks, m.ID) &&
			slices.ContainsFunc(layers, func(l compose.Layer) bool { return slices.Contains(r.Marks, l.Mark) }) {
			return true
		}
	}
	return false
}
