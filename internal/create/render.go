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
	// Credential is the content of the .c2pa file that belongs beside it; nil if
	// the credential is inside.
	Credential []byte
}

// want names a file: what it shows, in which revision, format and width.
type want struct {
	subjectKind, subjectID string
	revision               int
	format                 compose.Format
	width                  int
	// variant tells what else the file depends on: see provenance.Rendition.
	variant string
}

func (w want) key() string {
	return fmt.Sprintf("%s/%s/%d/%s/%d/%s", w.subjectKind, w.subjectID, w.revision, w.format, w.width, w.variant)
}

// Image gives a creation's picture in a format and a width. The width snaps to
// the published list; 0 is the canvas's own. Each file is made once, signed,
// kept, and registered by its SHA-256 before it is served. A page for print has
// no place for a credential: it comes with File.Credential.
func (s *Service) Image(ctx context.Context, c Creation, format string, width int) (File, error) {
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return File{}, err
	}
	return s.image(ctx, c, doc, format, width, labelled{})
}

// Download is Image for a file that leaves: with the labels burned in that the
// work's own market, and another one where it is not "", ask for.
func (s *Service) Download(ctx context.Context, c Creation, format string, width int, in string) (File, error) {
	if err := market(in); err != nil {
		return File{}, err
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return File{}, err
	}
	due, err := s.due(ctx, c, doc, in)
	if err != nil {
		return File{}, err
	}
	return s.image(ctx, c, doc, format, width, due)
}

func (s *Service) image(ctx context.Context, c Creation, doc compose.Document, format string, width int, due labelled) (File, error) {
	w, err := wanted(format, width, doc.Width)
	if err != nil {
		return File{}, err
	}
	w.subjectKind, w.subjectID, w.revision, w.variant = "creation", c.ID, c.Revision, c.Variant()+due.variant
	if w.format == compose.PDF {
		w.width = doc.Width // a page has one size, and letters and marks have any
	}
	return s.file(ctx, w, asset.Owner("creation", c.ID), func(ctx context.Context) (drawn, error) {
		o, err := s.original(ctx, c)
		if err != nil {
			return drawn{}, err
		}
		d := drawn{of: o, rendition: origin(c, doc), due: due, doc: &doc, kit: c.Kit, kitVersion: c.KitVersion}
		switch {
		case w.format == compose.PDF:
			return d, s.printed(ctx, &d, c, doc, doc.Width)
		case w.width == doc.Width:
			// What was approved is what is shown, and not what is drawn by now.
			d.img, err = s.drawing(ctx, o)
		default:
			d.changes.Resized = true
			d.img, err = s.render(ctx, c, doc, w.width)
		}
		if err != nil {
			return drawn{}, err
		}
		// The proof costs about a fifth of what the file does, and is made once.
		return d, s.trueTo(ctx, c, doc, d.img)
	})
}

// Variant is what a creation's files are called by its state: see
// provenance.Rendition.
func (c *Creation) Variant() string {
	if c.State == Published {
		return "published"
	}
	return ""
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
	return s.file(ctx, w, asset.Owner("generation", g.ID), func(ctx context.Context) (drawn, error) {
		d := drawn{rendition: provenance.Rendition{Campaign: g.Campaign, Provider: c.Provider, Model: c.Model, Version: c.Version}}
		if d.of, err = s.candidateOriginal(ctx, c, g.Campaign); err != nil {
			return d, err
		}
		whole, err := s.drawing(ctx, d.of)
		if err != nil {
			return d, err
		}
		d.changes.Resized = w.width != c.Width
		d.img = compose.Resize(whole, w.width)
		return d, nil
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

// drawn is a picture that is to become a file, with what it is of.
type drawn struct {
	// img is the picture; page is a page for print, of a size, in place of it.
	img  *image.NRGBA
	page []byte
	size image.Point
	of   *original
	// rendition is what the register says of every file of the subject.
	rendition provenance.Rendition
	changes   provenance.Changes
	// due are the labels to burn in; doc and the kit say where marks are.
	due             labelled
	doc             *compose.Document
	kit, kitVersion string
	// marked tells that the picture has its watermark already.
	marked bool
}

// labelledPage is how many times as wide as the canvas the picture is that a
// page is made of which has a label burned in.
const labelledPage = 2

// printed draws a page for print: letters and marks are outlines. A label can't
// be burned into those: where one is due, the page is a picture.
func (s *Service) printed(ctx context.Context, d *drawn, c Creation, doc compose.Document, width int) (err error) {
	d.size = compose.SizeAt(doc, width)
	if len(d.due.labels) == 0 {
		d.page, err = s.page(ctx, c, doc, width)
		return err
	}
	if d.img, err = s.render(ctx, c, doc, min(labelledPage*width, compose.MaxSide)); err != nil {
		return err
	}
	return s.trueTo(ctx, c, doc, d.img)
}

// smallSide is the short side in pixels below which a file names the picture
// that it is of and does not carry its whole history.
const smallSide = 512

// sealed makes a file of a picture and signs it. The credential is given too
// where it is beside the file.
func (s *Service) sealed(ctx context.Context, f compose.Format, d drawn) (data, beside []byte, r provenance.Rendition, err error) {
	r, data = d.rendition, d.page
	if data == nil {
		img, err := s.finish(ctx, &d)
		if err != nil {
			return nil, nil, r, err
		}
		if data, err = compose.Encode(img, f, 0); err != nil {
			return nil, nil, r, err
		}
		if f != compose.PDF {
			d.size = img.Rect.Size()
		}
	}
	m := d.changes
	m.Recoded, m.Beside = f != compose.PNG, f == compose.PDF
	m.Small = !m.Beside && min(d.size.X, d.size.Y) < smallSide
	parent, err := s.parent(ctx, d.of, !m.Small)
	if err != nil {
		return nil, nil, r, err
	}
	out, err := s.Seal.Rendered(ctx, data, d.of.Origin, parent, m)
	if err != nil {
		return nil, nil, r, err
	}
	r.OriginID, r.Manifest, r.Watermarked = d.of.ID, out.Label, d.marked
	r.SHA256, r.Width, r.Height = asset.Sum(out.Data), d.size.X, d.size.Y
	if m.Beside {
		beside = out.Store
	}
	return out.Data, beside, r, nil
}

// file gives a file that was made before, or draws, signs, keeps and registers
// it.
func (s *Service) file(ctx context.Context, w want, owner string, draw func(context.Context) (drawn, error)) (File, error) {
	return s.once(ctx, w, func(ctx context.Context) (File, error) {
		d, err := draw(ctx)
		if err != nil {
			return File{}, err
		}
		return s.issue(ctx, w, owner, d)
	})
}

// once gives a file that was made before, or has it made: by one for all who
// wait for it, in a slot for drawing, and not in vain while nothing can be
// signed.
func (s *Service) once(ctx context.Context, w want, make func(context.Context) (File, error)) (File, error) {
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
		if err := s.Seal.Ready(); err != nil {
			return nil, err
		}
		return make(ctx)
	})
	if err != nil {
		return File{}, err
	}
	return v.(File), nil
}

// issue signs what was drawn, keeps and registers it.
func (s *Service) issue(ctx context.Context, w want, owner string, d drawn) (File, error) {
	data, beside, r, err := s.sealed(ctx, w.format, d)
	if err != nil {
		return File{}, err
	}
	f := File{Data: data, MediaType: w.format.MediaType(), SHA256: r.SHA256, Width: r.Width, Height: r.Height, Credential: beside}
	r.SubjectKind, r.SubjectID, r.Revision, r.Variant = w.subjectKind, w.subjectID, w.revision, w.variant
	r.Format, r.Width = string(w.format), w.width
	r.BlobKey = asset.Key(owner, data, string(w.format))
	keys := []string{r.BlobKey}
	if beside != nil {
		keys = append(keys, besideKey(r.BlobKey))
		if err := s.Blobs.Put(ctx, keys[1], "application/c2pa", beside); err != nil {
			return File{}, err
		}
	}
	if err := s.Blobs.Put(ctx, r.BlobKey, f.MediaType, data); err != nil {
		return File{}, err
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.stands(ctx, w); err != nil {
			return err
		}
		return s.Provenance.Register(ctx, r)
	})
	if fault.Is(err, fault.NotFound) {
		err = errors.Join(err, s.Blobs.Delete(ctx, keys...))
	}
	return f, err
}

// besideKey is where the credential lies that belongs beside a file.
func besideKey(file string) string { return file + ".c2pa" }

// stands tells whether what a file shows was not deleted while it was made;
// NotFound if it was.
func (s *Service) stands(ctx context.Context, w want) (err error) {
	switch w.subjectKind {
	case "creation":
		_, err = s.Store.Creation(ctx, w.subjectID)
	case "candidate":
		_, err = s.Store.Candidate(ctx, w.subjectID)
	}
	return err // a page's pictures stay as long as their campaign
}

// kept gives a file that was made before; NotFound if there is none. One of an
// earlier release, which signed nothing, is made anew.
func (s *Service) kept(ctx context.Context, w want) (File, error) {
	r, err := s.Provenance.Rendition(ctx, w.subjectKind, w.subjectID, w.revision, string(w.format), w.width, w.variant)
	if err != nil {
		return File{}, err
	}
	if r.BlobKey == "" || r.Manifest == "" {
		return File{}, fault.Missing("picture")
	}
	f := File{MediaType: w.format.MediaType(), SHA256: r.SHA256, Width: r.Width, Height: r.Height}
	if f.Data, err = asset.ReadAll(ctx, s.Blobs, r.BlobKey); err == nil && w.format == compose.PDF {
		f.Credential, err = asset.ReadAll(ctx, s.Blobs, besideKey(r.BlobKey))
	}
	return f, err
}

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
