package create

import (
	"context"
	"image"

	"marquee/internal/asset"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/provenance"
)

// Tile is a part of a poster that is too large for one file.
type Tile struct {
	// At is the part of the whole, in pixels.
	At image.Rectangle
	// Data is a PNG, and SHA256 its sum.
	Data   []byte
	SHA256 string
}

// PosterTiles renders a creation width pixels wide, up to compose.MaxCanvas a
// side, as PNG tiles with sides of at most size pixels: from left to right and
// from the top down. Each is given to put, which may keep it; the memory needed
// is that of a few tiles. Labels are burned in as in Poster; tiles have no
// watermark, for each is a part of the picture only.
//
// Once all are made and every mark is proven in them, index is given the whole's
// size and writes the file that lists the tiles with their SHA-256 sums. That
// file is signed: the credential beside it, which is given, speaks for all
// tiles. Then their sums are registered. What was put before is no work of this
// house if there is an error.
func (s *Service) PosterTiles(ctx context.Context, c Creation, width, size int, in string, put func(Tile) error, index func(whole image.Point) ([]byte, error)) (credential []byte, err error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return nil, err
	}
	d, err := s.posterOf(ctx, c, doc, in)
	if err != nil {
		return nil, err
	}
	source, err := s.source(ctx, c, doc, width)
	if err != nil {
		return nil, err
	}
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return nil, err
	}
	d.size = compose.SizeAt(doc, width)
	prover, err := s.Prove(doc, kit, d.size)
	if err != nil {
		return nil, err
	}
	labels, err := brand.PlaceLabels(d.due.in, d.due.labels, d.size)
	if err != nil {
		return nil, err
	}
	var made []provenance.Rendition
	err = compose.RenderTiles(ctx, doc, source, width, size, func(m *image.NRGBA) error {
		prover.Part(m, m.Rect.Min)
		if err := brand.DrawLabels(m, d.size, labels); err != nil {
			return err
		}
		data, err := compose.Encode(m, compose.PNG, 0)
		if err != nil {
			return err
		}
		r := d.tile(asset.Sum(data), m.Rect)
		made = append(made, r)
		return put(Tile{m.Rect, data, r.SHA256})
	})
	if err != nil {
		return nil, err
	}
	if err := s.holds(ctx, c, prover.Marks(), width); err != nil {
		return nil, err
	}
	list, err := index(d.size)
	if err != nil {
		return nil, err
	}
	parent, err := s.parent(ctx, d.of, true)
	if err != nil {
		return nil, err
	}
	d.changes.Resized, d.changes.Labelled, d.changes.Beside = width != doc.Width, len(labels) > 0, true
	out, err := s.Seal.Rendered(ctx, list, d.of.Origin, parent, d.changes)
	if err != nil {
		return nil, err
	}
	all := d.rendition
	all.SHA256, all.Format, all.Width, all.Height, all.OriginID = asset.Sum(list), "json", d.size.X, d.size.Y, d.of.ID
	return out.Store, s.Unit.Do(ctx, func(ctx context.Context) error {
		for _, r := range append(made, all) {
			r.Manifest, r.Variant = out.Label, c.Variant()+d.due.variant
			if err := s.Provenance.Register(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}
