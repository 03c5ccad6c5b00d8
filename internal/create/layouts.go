package create

import (
	"context"
	"errors"
	"slices"
	"strings"

	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// Layout is one way to lay a work out that keeps the kit's rules.
type Layout struct {
	Doc compose.Document
	// Findings are warnings that are left, if any.
	Findings []brand.Finding
}

// Layouts proposes up to n (1 to compose.MaxSuggestions) other ways to lay out
// a document for a participant's creation, the calmest first: all of them keep
// the kit's rules, and have the lines of small print that the market asks for.
// None is no error. rtl is for people who read from right to left. Nothing is
// stored; the creation is given as it is.
func (s *Service) Layouts(ctx context.Context, p audience.Participant, id string, data []byte, n int, rtl bool) (Creation, []Layout, error) {
	c, doc, b, err := s.readDocument(ctx, p, id, data)
	if err != nil {
		return c, nil, err
	}
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return c, nil, err
	}
	defer s.slots.Release(1)
	picture, err := s.picture(ctx, c)
	if err != nil {
		return c, nil, err
	}
	src, err := b.Kit.Source(picture, doc.Width, doc.Height)
	if err != nil {
		return c, nil, err
	}
	// Small print has its own place, which is found again for each layout.
	doc.Layers = slices.DeleteFunc(slices.Clone(doc.Layers), func(l compose.Layer) bool {
		return l.Kind == compose.Text && isSmallPrint(b.Kit, l.Text)
	})
	found, err := compose.Suggest(doc, src, n, rtl, func(d compose.Document) []compose.Problem {
		if ctx.Err() != nil {
			return nil // nobody waits any more
		}
		b.Doc = d
		return problems(brand.CheckWith(b))
	})
	if err = errors.Join(err, ctx.Err()); err != nil {
		return c, nil, err
	}
	var out []Layout
	for _, d := range found {
		b.Doc = d
		l := Layout{}
		if l.Doc, l.Findings = settled(b); brand.Refusal(l.Findings) == nil {
			out = append(out, l)
		}
	}
	return c, out, nil
}

// problems are what a layout has to do better: lines that are missing are put
// in afterwards.
func problems(findings []brand.Finding) []compose.Problem {
	var out []compose.Problem
	for _, f := range findings {
		if f.Severity == brand.Refused && f.Index >= 0 {
			out = append(out, compose.Problem{Layer: f.Layer, Rule: f.Rule, Fix: f.Fix})
		}
	}
	return out
}

// isSmallPrint tells whether a text is a legal line or a footnote of the kit.
func isSmallPrint(k *brand.Kit, text string) bool {
	text = strings.TrimSpace(text)
	says := func(by map[string]string) bool {
		for _, t := range by {
			if t == text {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(k.LegalLines, func(l brand.LegalLine) bool { return says(l.Text) }) ||
		slices.ContainsFunc(k.Voice.Claims, func(c brand.Claim) bool { return says(c.Footnote) })
}

// readDocument reads a document for a participant's creation, with all that the
// kit's rules ask about it.
func (s *Service) readDocument(ctx context.Context, p audience.Participant, id string, data []byte) (Creation, compose.Document, brand.Context, error) {
	c, err := s.Creation(ctx, id)
	if err == nil {
		err = mine(p, c.ParticipantID, "creation")
	}
	if err == nil {
		c, err = s.current(ctx, c)
	}
	if err != nil {
		return Creation{}, compose.Document{}, brand.Context{}, err
	}
	doc, err := compose.Parse(data)
	if err != nil {
		return c, doc, brand.Context{}, err
	}
	old, err := compose.Parse(c.Composition)
	if err != nil {
		return c, doc, brand.Context{}, err
	}
	if doc.Width != old.Width || doc.Height != old.Height {
		return c, doc, brand.Context{}, fault.New(fault.Invalid, "canvas_size_fixed", "The canvas stays %d by %d pixels.", old.Width, old.Height).
			With("width", old.Width).With("height", old.Height)
	}
	b, err := s.judging(ctx, c, doc)
	return c, doc, b, err
}
