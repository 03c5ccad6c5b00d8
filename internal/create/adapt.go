package create

import (
	"context"
	"encoding/json"
	"image"
	"slices"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
)

// Adapted is a creation as it would be on another canvas, and what the kit's
// rules say of it there.
type Adapted struct {
	// Creation has the new composition; nothing of it is stored.
	Creation Creation
	// Findings are what is left to say. One of severity error stands against
	// showing it: see Keeps.
	Findings []brand.Finding
}

// Keeps tells whether no rule of severity error is broken.
func (a Adapted) Keeps() bool { return brand.Refusal(a.Findings) == nil }

// Adapt lays a creation out anew on a canvas of a size, in pixels, for one of
// brand.Channels, by the kit's rules for its market and today: the picture that
// was chosen covers it, and the lines that the market asks for get places of
// their own. A size of nothing, or its own, leaves the layout as it is. Where
// no layout keeps the rules the best is given, with its findings. Faults:
// channel_unknown, composition_invalid for a size that no canvas has, and those
// of compose.Adapt.
func (s *Service) Adapt(ctx context.Context, c Creation, size image.Point, channel string) (Adapted, error) {
	if !slices.Contains(brand.Channels, channel) {
		return Adapted{}, fault.New(fault.Invalid, "channel_unknown", "There is no channel %q. Channels are web, social, print, outdoor and film.", channel).With("channel", channel)
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return Adapted{}, err
	}
	b, err := s.judging(ctx, c, doc)
	if err != nil {
		return Adapted{}, err
	}
	b.Channel = channel
	if size == (image.Point{}) || size == image.Pt(doc.Width, doc.Height) {
		return Adapted{c, brand.CheckWith(b)}, nil
	}
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return Adapted{}, err
	}
	defer s.slots.Release(1)
	picture, err := s.picture(ctx, c)
	if err != nil {
		return Adapted{}, err
	}
	// Small print has its own place, which is found again.
	doc.Layers = slices.DeleteFunc(slices.Clone(doc.Layers), func(l compose.Layer) bool {
		return l.Kind == compose.Text && isSmallPrint(b.Kit, l.Text)
	})
	if doc, err = laid(ctx, b, doc, picture, size); err != nil {
		return Adapted{}, err
	}
	// What is behind marks and text is measured again, now that panels lie
	// where they will.
	if b.Ground, err = brand.Behind(ctx, drawable(doc, b.Kit), b.Kit, picture); err != nil {
		return Adapted{}, err
	}
	b.Doc = doc
	out := Adapted{Creation: c}
	doc, out.Findings = settled(b)
	out.Creation.Composition, err = json.Marshal(doc)
	return out, err
}

// laid lays a document out on a canvas of a size; the best way there is, where
// no way keeps the rules.
func laid(ctx context.Context, b brand.Context, doc compose.Document, picture image.Image, size image.Point) (compose.Document, error) {
	src, err := b.Kit.Source(picture, size.X, size.Y)
	if err != nil {
		return doc, err
	}
	bare := compose.Document{Version: compose.Version, Width: size.X, Height: size.Y, Layers: []compose.Layer{doc.Layers[0]}}
	bare.Layers[0].Width = float64(size.X)
	if err := bare.Check(); err != nil {
		return doc, err
	}
	if b.Ground, err = brand.Behind(ctx, bare, b.Kit, picture); err != nil {
		return doc, err
	}
	out, err := compose.Adapt(doc, src, size, func(d compose.Document) []compose.Problem {
		if ctx.Err() != nil {
			return nil // nobody waits any more
		}
		b.Doc = d
		return problems(brand.CheckWith(b))
	})
	if fault.HasCode(err, "layout_impossible") && len(out.Layers) > 0 {
		err = nil // its findings tell
	}
	if err == nil {
		err = ctx.Err()
	}
	return out, err
}
