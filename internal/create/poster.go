package create

import (
	"bytes"
	"context"
	"image"

	"marquee/internal/compose"
	"marquee/internal/provenance"
)

// Poster renders a creation at any width up to compose.MaxSide pixels, for
// export: marks and text are drawn anew at that size, and the painter's
// background too. It is signed as a version of the work as it is stored, also
// where it was laid out for another canvas, and has the labels burned in that
// its own market asks for, and another one where in is not "". For more see
// PosterTiles.
func (s *Service) Poster(ctx context.Context, c Creation, format compose.Format, width int, in string) (File, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return File{}, err
	}
	d, err := s.posterOf(ctx, c, doc, in)
	if err != nil {
		return File{}, err
	}
	d.changes.Resized = width != doc.Width
	if format == compose.PDF {
		err = s.printed(ctx, &d, c, doc, width)
	} else if d.img, err = s.render(ctx, c, doc, width); err == nil {
		err = s.trueTo(ctx, c, doc, d.img)
	}
	if err != nil {
		return File{}, err
	}
	data, beside, r, err := s.sealed(ctx, format, d)
	if err != nil {
		return File{}, err
	}
	r.Format, r.Variant = string(format), c.Variant()+d.due.variant
	f := File{Data: data, MediaType: format.MediaType(), SHA256: r.SHA256, Width: r.Width, Height: r.Height, Credential: beside}
	return f, s.Unit.Do(ctx, func(ctx context.Context) error { return s.Provenance.Register(ctx, r) })
}

// posterOf begins a poster of a creation, which may be laid out for another
// canvas than the stored one.
func (s *Service) posterOf(ctx context.Context, c Creation, doc compose.Document, in string) (drawn, error) {
	if err := market(in); err != nil {
		return drawn{}, err
	}
	stored, err := s.Creation(ctx, c.ID)
	if err != nil {
		return drawn{}, err
	}
	d := drawn{rendition: origin(c, doc), doc: &doc, kit: c.Kit, kitVersion: c.KitVersion}
	d.changes.Adapted = !bytes.Equal(stored.Composition, c.Composition)
	if d.due, err = s.due(ctx, c, doc, in); err != nil {
		return d, err
	}
	d.of, err = s.original(ctx, stored)
	return d, err
}

// tile is what the register says of a tile of a poster.
func (d drawn) tile(sum string, at image.Rectangle) provenance.Rendition {
	r := d.rendition
	r.SHA256, r.Format, r.Width, r.Height, r.OriginID = sum, string(compose.PNG), at.Dx(), at.Dy(), d.of.ID
	return r
}
