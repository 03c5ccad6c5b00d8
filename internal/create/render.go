package create

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/provenance"
)

// File is a picture as it is served.
type File struct {
	Data          []byte
	MediaType     string
	SHA256        string
	Width, Height int
}

// want names a file: what it shows, in which revision, format and width.
type want struct {
	subjectKind, subjectID string
	revision               int
	format                 compose.Format
	width                  int
}

func (w want) key() string {
	return fmt.Sprintf("%s/%s/%d/%s/%d", w.subjectKind, w.subjectID, w.revision, w.format, w.width)
}

// Image gives a creation's picture in a format and a width. The width snaps to
// the published list; 0 is the canvas's own. Each file is made once, kept, and
// registered by its SHA-256 before it is served.
func (s *Service) Image(ctx context.Context, c Creation, format string, width int) (File, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return File{}, err
	}
	w, err := wanted(format, width, doc.Width)
	if err != nil {
		return File{}, err
	}
	w.subjectKind, w.subjectID, w.revision = "creation", c.ID, c.Revision
	if w.format == compose.PDF {
		w.width = doc.Width // a page has one size, and letters and marks have any
	}
	return s.file(ctx, w, asset.Owner("creation", c.ID), func(ctx context.Context) ([]byte, image.Point, provenance.Rendition, error) {
		if w.format == compose.PDF {
			data, err := s.page(ctx, c, doc, 0)
			return data, image.Pt(doc.Width, doc.Height), origin(c, doc), err
		}
		img, err := s.render(ctx, c, doc, w.width)
		if err != nil {
			return nil, image.Point{}, provenance.Rendition{}, err
		}
		// The proof costs about a fifth of what the file does, and is made once.
		if err := s.trueTo(ctx, c, doc, img); err != nil {
			return nil, image.Point{}, provenance.Rendition{}, err
		}
		data, err := compose.Encode(img, w.format, 0)
		b := img.Bounds()
		return data, b.Size(), origin(c, doc), err
	})
}

// origin is what the register says of every file of a creation.
func origin(c Creation, doc compose.Document) provenance.Rendition {
	r := provenance.Rendition{
		SubjectKind: "creation", SubjectID: c.ID, Revision: c.Revision, Campaign: c.Campaign, Kit: c.Kit + "@" + c.KitVersion,
		Provider: c.Provider, Model: c.Model, Version: c.ModelVersion,
	}
	for _, l := range doc.Layers {
		if l.Kind == compose.Mark {
			r.Marks = append(r.Marks, l.Mark)
		}
	}
	return r
}

// CandidateImage gives a participant's own candidate in a format and a width.
func (s *Service) CandidateImage(ctx context.Context, p audience.Participant, id, format string, width int) (File, error) {
	c, err := s.Store.Candidate(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return File{}, fault.Missing("candidate")
	}
	if err != nil {
		return File{}, err
	}
	g, _, err := s.View(ctx, p, c.GenerationID)
	if err != nil {
		return File{}, fault.Missing("candidate")
	}
	w, err := wanted(format, width, c.Width)
	if err != nil {
		return File{}, err
	}
	w.subjectKind, w.subjectID = "candidate", c.ID
	return s.file(ctx, w, asset.Owner("generation", g.ID), func(ctx context.Context) ([]byte, image.Point, provenance.Rendition, error) {
		r := provenance.Rendition{Campaign: g.Campaign, Provider: c.Provider, Model: c.Model, Version: c.Version}
		original, err := asset.ReadAll(ctx, s.Blobs, c.BlobKey)
		if err != nil {
			return nil, image.Point{}, r, err
		}
		img, err := decode(original)
		if err != nil {
			return nil, image.Point{}, r, err
		}
		img = compose.Resize(img, w.width)
		data, err := compose.Encode(img, w.format, 0)
		b := img.Bounds()
		return data, b.Size(), r, err
	})
}

// wanted reads a format and a width as addresses have them.
func wanted(format string, width, full int) (want, error) {
	if format == "" {
		format = string(compose.WebP)
	}
	f, err := compose.ParseFormat(format)
	if err != nil {
		return want{}, err
	}
	if width < 0 || width > 1<<20 {
		return want{}, fault.New(fault.Invalid, "image_width_invalid", "A width is a number of pixels.")
	}
	if width == 0 || width >= full {
		return want{format: f, width: full}, nil
	}
	return want{format: f, width: compose.SnapWidth(width, full)}, nil
}

// file gives a file that was made before, or makes, keeps and registers it.
func (s *Service) file(ctx context.Context, w want, owner string, make func(context.Context) ([]byte, image.Point, provenance.Rendition, error)) (File, error) {
	if f, err := s.kept(ctx, w); err == nil || !fault.Is(err, fault.NotFound) {
		return f, err
	}
	// Many may wait for one making; it goes on if the first of them leaves.
	v, err, _ := s.renders.Do(w.key(), func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if f, err := s.kept(ctx, w); err == nil {
			return f, nil
		}
		if err := s.slots.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		defer s.slots.Release(1)
		data, size, r, err := make(ctx)
		if err != nil {
			return nil, err
		}
		f := File{Data: data, MediaType: w.format.MediaType(), SHA256: asset.Sum(data), Width: size.X, Height: size.Y}
		r.SHA256, r.SubjectKind, r.SubjectID, r.Revision = f.SHA256, w.subjectKind, w.subjectID, w.revision
		r.Format, r.Width, r.Height = string(w.format), w.width, size.Y
		r.BlobKey = asset.Key(owner, data, string(w.format))
		if err := s.Blobs.Put(ctx, r.BlobKey, f.MediaType, data); err != nil {
			return nil, err
		}
		err = s.Unit.Do(ctx, func(ctx context.Context) error {
			if err := s.stands(ctx, w); err != nil {
				return err
			}
			return s.Provenance.Register(ctx, r)
		})
		if fault.Is(err, fault.NotFound) {
			err = errors.Join(err, s.Blobs.Delete(ctx, r.BlobKey))
		}
		return f, err
	})
	if err != nil {
		return File{}, err
	}
	return v.(File), nil
}

// stands tells whether what a file shows was not deleted while it was made;
// NotFound if it was.
func (s *Service) stands(ctx context.Context, w want) (err error) {
	if w.subjectKind == "creation" {
		_, err = s.Store.Creation(ctx, w.subjectID)
	} else {
		_, err = s.Store.Candidate(ctx, w.subjectID)
	}
	return err
}

// kept gives a file that was made before; NotFound if there is none.
func (s *Service) kept(ctx context.Context, w want) (File, error) {
	r, err := s.Provenance.Rendition(ctx, w.subjectKind, w.subjectID, w.revision, string(w.format), w.width, "")
	if err != nil {
		return File{}, err
	}
	if r.BlobKey == "" {
		return File{}, fault.Missing("picture")
	}
	data, err := asset.ReadAll(ctx, s.Blobs, r.BlobKey)
	if err != nil {
		return File{}, err
	}
	return File{Data: data, MediaType: w.format.MediaType(), SHA256: r.SHA256, Width: r.Width, Height: r.Height}, nil
}

// Poster renders a creation at any width up to compose.MaxSide pixels, for
// export: marks and text are drawn anew at that size, and the painter's
// background too. For more see PosterTiles.
func (s *Service) Poster(ctx context.Context, c Creation, format compose.Format, width int) (File, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return File{}, err
	}
	var data []byte
	size := compose.SizeAt(doc, width)
	if format == compose.PDF {
		data, err = s.page(ctx, c, doc, width)
	} else {
		var img *image.NRGBA
		if img, err = s.render(ctx, c, doc, width); err == nil {
			err = s.trueTo(ctx, c, doc, img)
		}
		if err == nil {
			size = img.Bounds().Size()
			data, err = compose.Encode(img, format, 0)
		}
	}
	if err != nil {
		return File{}, err
	}
	r := origin(c, doc)
	r.SHA256, r.Format, r.Width, r.Height = asset.Sum(data), string(format), size.X, size.Y
	f := File{Data: data, MediaType: format.MediaType(), SHA256: r.SHA256, Width: r.Width, Height: r.Height}
	return f, s.Unit.Do(ctx, func(ctx context.Context) error { return s.Provenance.Register(ctx, r) })
}

// Painted gives a picture that belongs to a campaign's page: its hero, or a
// tile of its builder. It is painted once and kept.
func (s *Service) Painted(ctx context.Context, slug, prompt string, width, height int) (File, error) {
	rec, err := s.Campaigns.Get(ctx, slug)
	if err != nil {
		return File{}, err
	}
	kit, err := s.Campaigns.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return File{}, err
	}
	rec.File.Provider = "builtin"
	maker := s.Door.Maker(rec)
	name := asset.Sum([]byte(fmt.Sprintf("%s\x00%s@%s\x00%dx%d\x00%s", prompt, kit.ID, kit.Version, width, height, maker.Version)))
	key := asset.Owner("campaign", slug) + "painted/" + name + ".webp"
	made := func(data []byte) File {
		return File{Data: data, MediaType: "image/webp", SHA256: asset.Sum(data), Width: width, Height: height}
	}
	if data, err := asset.ReadAll(ctx, s.Blobs, key); err == nil {
		return made(data), nil
	} else if !fault.Is(err, fault.NotFound) {
		return File{}, err
	}
	v, err, _ := s.renders.Do(key, func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if err := s.slots.Acquire(ctx, 1); err != nil {
			return nil, err
		}
		defer s.slots.Release(1)
		res, err := s.Door.Picture(ctx, generate.Request{
			Campaign: rec, Key: "page/" + name, Prompt: prompt, Locale: rec.File.DefaultLocale, Released: true,
			Width: width, Height: height, Seed: pageSeed, Palette: kit.Palette(),
		}, nil)
		if err != nil {
			return nil, err
		}
		data, err := compose.Encode(res.Image, compose.WebP, 0)
		if err != nil {
			return nil, err
		}
		return made(data), s.Blobs.Put(ctx, key, "image/webp", data)
	})
	if err != nil {
		return File{}, err
	}
	return v.(File), nil
}

// pageSeed is the seed of the pictures on a campaign's page.
const pageSeed = 20261101

// Maker says who answers for a campaign's generations.
func (s *Service) Maker(rec campaign.Record) generate.Maker { return s.Door.Maker(rec) }

// render draws a creation at a width. A background that the painter made is
// painted anew where more pixels are wanted than it has.
func (s *Service) render(ctx context.Context, c Creation, doc compose.Document, width int) (*image.NRGBA, error) {
	source, err := s.source(ctx, c, doc, width)
	if err != nil {
		return nil, err
	}
	return compose.RenderAt(ctx, doc, source, width)
}

// The resolution that a page is as wide as its pixels at, and the least page.
const (
	pageDPI   = 300
	leastPage = 10 // mm
)

// page prints a creation: one page as wide as a number of pixels is at 300 of
// them an inch, 0 for the canvas's own; marks and letters are outlines.
func (s *Service) page(ctx context.Context, c Creation, doc compose.Document, width int) ([]byte, error) {
	if width == 0 {
		width = doc.Width
	}
	source, err := s.source(ctx, c, doc, width)
	if err != nil {
		return nil, err
	}
	return compose.RenderPDF(ctx, doc, source, compose.Print{Width: max(leastPage, float64(width)/pageDPI*25.4), DPI: pageDPI})
}

// source is all that a creation is drawn of, for a width.
func (s *Service) source(ctx context.Context, c Creation, doc compose.Document, width int) (compose.Source, error) {
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return compose.Source{}, err
	}
	background, err := s.background(ctx, c, compose.SizeAt(doc, width))
	if err != nil {
		return compose.Source{}, err
	}
	return kit.Source(background, doc.Width, doc.Height)
}

// background is the picture of a creation, to cover a size.
func (s *Service) background(ctx context.Context, c Creation, size image.Point) (image.Image, error) {
	if c.Provider == "builtin" {
		img, err := s.repaint(ctx, c, size)
		if err == nil || !fault.Is(err, fault.NotFound) {
			return img, err
		}
		// There is no more to be painted, or the request it was painted for is
		// gone: the kept picture is enlarged.
	}
	return s.picture(ctx, c)
}

// repaint paints the picture of a creation again, in its own shape and with
// more pixels, so that it covers a size or is as large as the painter goes;
// NotFound if it has enough, or can't be painted as it was.
func (s *Service) repaint(ctx context.Context, c Creation, size image.Point) (image.Image, error) {
	g, err := s.Store.Generation(ctx, c.GenerationID)
	if err != nil {
		return nil, err
	}
	own := campaign.Sizes[g.Aspect]
	if own.Width <= 0 || own.Height <= 0 {
		return nil, fault.Missing("format")
	}
	k := max(float64(size.X)/float64(own.Width), float64(size.Y)/float64(own.Height))
	k = min(k, paintedMost/float64(max(own.Width, own.Height)))
	if k <= 1 {
		return nil, fault.Missing("finer picture")
	}
	width, height := int(math.Ceil(float64(own.Width)*k)), int(math.Ceil(float64(own.Height)*k))
	cand, err := s.Store.Candidate(ctx, c.CandidateID)
	if err != nil {
		return nil, err
	}
	rec, err := s.Campaigns.Get(ctx, c.Campaign)
	if err != nil {
		return nil, err
	}
	kit, err := s.Campaigns.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return nil, err
	}
	rec.File.Provider = c.Provider
	res, err := s.Door.Picture(ctx, generate.Request{
		Campaign: rec, Key: fmt.Sprintf("%s/%dx%d", c.ID, width, height), Prompt: g.Prompt, Locale: g.Locale, Released: true,
		Width: width, Height: height, Seed: cand.Seed, Palette: kit.Palette(), Calm: calm(kit, g.Marks, own),
	}, nil)
	if err != nil {
		return nil, err
	}
	if res.Maker.Version != c.ModelVersion {
		return nil, fault.Missing("painter of that version")
	}
	return res.Image, nil
}

// paintedMost is the longest side, in pixels, that the built-in painter paints.
const paintedMost = 4096

// The bounds of a stored picture, which this program wrote itself.
const (
	maxStoredBytes  = 64 << 20
	maxStoredPixels = 4096 * 4096
)

func decode(data []byte) (image.Image, error) {
	return compose.Decode(bytes.NewReader(data), maxStoredBytes, maxStoredPixels)
}
