package create

import (
	"context"
	"image"

	"marquee/internal/asset"
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
// is that of a few tiles. The whole's size is given.
//
// Every mark is proven in the tiles, and their sums are registered, once all of
// them are made: what was put before is no work of this house if the fault is
// mark_not_proven, or any other.
func (s *Service) PosterTiles(ctx context.Context, c Creation, width, size int, put func(Tile) error) (image.Point, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return image.Point{}, err
	}
	source, err := s.source(ctx, c, doc, width)
	if err != nil {
		return image.Point{}, err
	}
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return image.Point{}, err
	}
	whole := compose.SizeAt(doc, width)
	prover, err := s.Prove(doc, kit, whole)
	if err != nil {
		return whole, err
	}
	var made []provenance.Rendition
	err = compose.RenderTiles(ctx, doc, source, width, size, func(m *image.NRGBA) error {
		prover.Part(m, m.Rect.Min)
		data, err := compose.Encode(m, compose.PNG, 0)
		if err != nil {
			return err
		}
		r := origin(c, doc)
		r.SHA256, r.Format, r.Width, r.Height = asset.Sum(data), string(compose.PNG), m.Rect.Dx(), m.Rect.Dy()
		made = append(made, r)
		return put(Tile{m.Rect, data, r.SHA256})
	})
	if err != nil {
		return whole, err
	}
	if err := s.holds(ctx, c, prover.Marks(), width); err != nil {
		return whole, err
	}
	return whole, s.Unit.Do(ctx, func(ctx context.Context) error {
		for _, r := range made {
			if err := s.Provenance.Register(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
}
