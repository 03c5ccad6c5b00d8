package create

import (
	"context"
	"image"
	"slices"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/policy"
	"marquee/internal/watermark"
)

// labelled is what a file has to have burned in that goes out into the world:
// the labels that the work's own market asks for, and those of another one.
type labelled struct {
	labels []compose.Label
	in     brand.Context
	// variant is what the file is called for it: "" where there is no label.
	variant string
}

// due finds the labels of a creation's files in a market, "" where that is not
// known.
func (s *Service) due(ctx context.Context, c Creation, doc compose.Document, market string) (labelled, error) {
	owed, err := s.Duties(ctx, c, market)
	if err != nil {
		return labelled{}, err
	}
	if err := heldBack(c, owed.Verdict); err != nil {
		return labelled{}, err
	}
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return labelled{}, err
	}
	labels, err := brand.LabelsOf(brand.BurnedIn(owed.Verdict.Duties), owed.Source, rec.File.DefaultLocale)
	if err != nil || len(labels) == 0 {
		return labelled{}, err
	}
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return labelled{}, err
	}
	l := labelled{labels: labels, in: s.asked(rec, kit, c.Market)}
	l.in.Doc = doc
	for _, m := range owed.Markets {
		l.variant += "+" + m
	}
	return l, nil
}

// heldBack is a fault if a policy stands against giving the file of a public work
// away: a rule that could not be evaluated may have asked for a label. What is
// not public yet, its maker may keep.
func heldBack(c Creation, v policy.Verdict) error {
	if c.State != Published || v.Outcome == policy.Allow {
		return nil
	}
	because := v.Why()
	return fault.New(fault.Invalid, "download_held_back", "This file can't be saved now: a policy of the market that it is for holds it back. %s The work itself stays as it is. Whoever runs the campaign can tell you more.", because).With("because", because)
}

// finish makes of a picture what leaves the house: with labels, and with the
// watermark, which spares the marks. It gives a copy where it changes anything.
func (s *Service) finish(ctx context.Context, d *drawn) (*image.NRGBA, error) {
	img, size := d.img, d.img.Rect.Size()
	mark := !d.marked && marks(img.Rect)
	if !mark && len(d.due.labels) == 0 {
		return img, nil
	}
	img = &image.NRGBA{Pix: slices.Clone(img.Pix), Stride: img.Stride, Rect: img.Rect}
	if len(d.due.labels) > 0 {
		if _, err := brand.BurnLabels(img, d.due.in, d.due.labels); err != nil {
			return nil, err
		}
		d.changes.Labelled = true
	}
	if mark {
		spare, err := s.spared(ctx, d, size)
		if err != nil {
			return nil, err
		}
		if err := watermark.Embed(img, d.of.ID, s.Mark, spare); err != nil {
			return nil, err
		}
		d.changes.Marked, d.marked = true, true
	}
	return img, nil
}

// marks tells whether a picture is large enough for a watermark.
func marks(r image.Rectangle) bool { return min(r.Dx(), r.Dy()) >= watermark.LeastSide }

// spared is where a picture's marks are, which nothing changes; nil if it has
// none.
func (s *Service) spared(ctx context.Context, d *drawn, size image.Point) (*image.Alpha, error) {
	if d.doc == nil {
		return nil, nil
	}
	kit, err := s.Campaigns.Kit(ctx, d.kit, d.kitVersion)
	if err != nil {
		return nil, err
	}
	source, err := kit.Source(nil, d.doc.Width, d.doc.Height)
	if err != nil {
		return nil, err
	}
	return compose.MarkCover(ctx, *d.doc, source, size.X)
}

// market checks a market that somebody asks for: an ISO 3166-1 code, or "".
func market(code string) error {
	if code == "" || len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z' {
		return nil
	}
	return fault.New(fault.Invalid, "market_code_invalid", "A market is a code of two letters, such as DE.")
}
