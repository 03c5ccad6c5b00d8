package create

import (
	"bytes"
	"context"
	"fmt"
	"image"

	"marquee/internal/asset"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/generate"
	"marquee/internal/provenance"
)

// Painted gives a picture that belongs to a campaign's page: its hero, or a
// tile of its builder. It is painted once, signed and kept; other formats than
// WebP are made of that one.
func (s *Service) Painted(ctx context.Context, slug, prompt string, width, height int, format string) (File, error) {
	rec, err := s.Campaigns.Get(ctx, slug)
	if err != nil {
		return File{}, err
	}
	kit, err := s.Campaigns.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return File{}, err
	}
	f, err := compose.ParseFormat(format)
	if err != nil {
		return File{}, err
	}
	rec.File.Provider = "builtin"
	maker := s.Door.Maker(rec)
	name := asset.Sum(fmt.Appendf(nil, "%s\x00%s@%s\x00%dx%d\x00%s", prompt, kit.ID, kit.Version, width, height, maker.Version))
	w := want{subjectKind: "page", subjectID: slug + "/" + name, format: compose.WebP, width: width}
	owner := asset.Owner("campaign", slug) + "painted/"
	first, err := s.pageFile(ctx, w, owner, generate.Request{
		Campaign: rec, Key: "page/" + name, Prompt: prompt, Locale: rec.File.DefaultLocale, Released: true,
		Width: width, Height: height, Seed: pageSeed, Palette: kit.Palette(),
	}, maker)
	if err != nil || f == compose.WebP {
		return first, err
	}
	w.format = f
	return s.file(ctx, w, owner, func(ctx context.Context) (drawn, error) {
		img, err := compose.Decode(bytes.NewReader(first.Data), len(first.Data), width*height)
		if err != nil {
			return drawn{}, err
		}
		o, err := s.found(ctx, w.subjectKind, w.subjectID, 0, false)
		if err != nil {
			return drawn{}, err
		}
		return drawn{img: plain(img), of: o, rendition: o.rendition(), marked: marks(img.Bounds())}, nil
	})
}

// rendition is what the register says of every file of an origin.
func (o *original) rendition() provenance.Rendition {
	return provenance.Rendition{
		SubjectKind: o.SubjectKind, SubjectID: o.SubjectID, Revision: o.Revision, Campaign: o.Campaign, Kit: o.Kit,
		Provider: o.Provider, Model: o.Model, Version: o.Version, Marks: o.Marks,
	}
}

// pageFile gives the first file of a page's picture, which is its origin too.
func (s *Service) pageFile(ctx context.Context, w want, owner string, r generate.Request, maker generate.Maker) (File, error) {
	return s.once(ctx, w, func(ctx context.Context) (File, error) {
		res, err := s.Door.Picture(ctx, r, nil)
		if err != nil {
			return File{}, err
		}
		img := plain(res.Image)
		o := provenance.Origin{
			SubjectKind: w.subjectKind, SubjectID: w.subjectID, Campaign: r.Campaign.Slug,
			Provider: maker.Provider, Model: maker.Model, Version: maker.Version, SourceType: "algorithmicMedia",
			Pixels: PixelSum(img), Width: img.Rect.Dx(), Height: img.Rect.Dy(),
		}
		looks, err := looksOf(o, img)
		if err != nil {
			return File{}, err
		}
		if _, err := s.register(ctx, o, owner, w.format, s.paintedSealed(ctx, img, w.format), func(ctx context.Context, o *original) error {
			one := o.rendition()
			one.SHA256, one.Format, one.Width, one.Height = asset.Sum(o.picture), string(w.format), w.width, img.Rect.Dy()
			one.BlobKey, one.OriginID, one.Manifest = o.MasterKey, o.ID, o.manifest.Label
			one.Watermarked = marks(img.Rect)
			if err := s.putLooks(ctx, o, looks); err != nil {
				return err
			}
			return s.Provenance.Register(ctx, one)
		}); err != nil {
			return File{}, err
		}
		return s.kept(ctx, w)
	})
}

// paintedSealed makes and signs the first file of a page's picture.
func (s *Service) paintedSealed(ctx context.Context, img *image.NRGBA, f compose.Format) signing {
	return func(o provenance.Origin) (provenance.Sealed, error) {
		out, err := s.finish(ctx, &drawn{img: img, of: &original{Origin: o}})
		if err != nil {
			return provenance.Sealed{}, err
		}
		data, err := compose.Encode(out, f, 0)
		if err != nil {
			return provenance.Sealed{}, err
		}
		return s.Seal.Created(ctx, data, o, provenance.Creating{Marked: marks(img.Rect)})
	}
}

// pageSeed is the seed of the pictures on a campaign's page.
const pageSeed = 20261101

// Maker says who answers for a campaign's generations.
func (s *Service) Maker(rec campaign.Record) generate.Maker { return s.Door.Maker(rec) }
