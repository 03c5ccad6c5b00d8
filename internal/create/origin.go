package create

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/draw"
	"strings"

	"marquee/internal/asset"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/fingerprint"
	"marquee/internal/policy"
	"marquee/internal/provenance"
)

// original is an origin with what stands for it: the signed picture at its own
// size, and the newest thing that was said of it.
type original struct {
	provenance.Origin
	// manifest is the newest one that counts for what is made.
	manifest provenance.Manifest
	// picture is the signed file, and beside the credential beside it where the
	// newest one is not inside; both are read when they are first wanted.
	picture, beside []byte
	// pixels is the picture before it was signed, where it was just drawn.
	pixels *image.NRGBA
}

// subject is what an origin is of.
func subject(o provenance.Origin) want {
	return want{subjectKind: o.SubjectKind, subjectID: o.SubjectID, revision: o.Revision}
}

// found reads an origin from the register, with the newest manifest up to a
// stage; NotFound if there is none, or its picture was erased.
func (s *Service) found(ctx context.Context, kind, id string, revision int, published bool) (*original, error) {
	o, err := s.Provenance.OriginOf(ctx, kind, id, revision)
	if err != nil {
		return nil, err
	}
	if o.MasterKey == "" {
		return nil, fault.Missing("picture")
	}
	out := &original{Origin: o}
	said, err := s.Provenance.ManifestsOf(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range said {
		final := m.Stage == provenance.Published
		if final && published || !final && out.manifest.Stage != provenance.Published {
			out.manifest = m
		}
	}
	if out.manifest.Label == "" {
		return nil, fault.Missing("picture")
	}
	return out, nil
}

// parent gives the origin's picture as files of it name it. One that is not to
// be carried is not read.
func (s *Service) parent(ctx context.Context, o *original, carried bool) (p provenance.Parent, err error) {
	p.Label = o.manifest.Label
	if !carried {
		return p, nil
	}
	if o.picture == nil {
		if o.picture, err = asset.ReadAll(ctx, s.Blobs, o.MasterKey); err != nil {
			return p, err
		}
	}
	if o.beside == nil && o.manifest.Stage == provenance.Published {
		if o.beside, err = asset.ReadAll(ctx, s.Blobs, o.manifest.BlobKey); err != nil {
			return p, err
		}
	}
	p.Picture, p.Beside = o.picture, o.beside
	return p, nil
}

// drawing gives an origin's pixels at their own size: those that were
// registered, and no others.
func (s *Service) drawing(ctx context.Context, o *original) (*image.NRGBA, error) {
	if o.pixels != nil {
		return o.pixels, nil
	}
	if _, err := s.parent(ctx, o, true); err != nil {
		return nil, err
	}
	img, err := decode(o.picture)
	if err != nil {
		return nil, err
	}
	o.pixels = plain(img)
	if got := PixelSum(o.pixels); got != o.Pixels {
		o.pixels = nil
		s.Log.ErrorContext(ctx, "a picture was not served: its pixels are not those that were registered", "origin", provenance.IDWord(o.ID),
			"kind", o.SubjectKind, "subject", o.SubjectID, "registered", o.Pixels, "found", got)
		return nil, fault.New(fault.Conflict, "pixels_changed", "This picture can't be shown: it is not the one that was registered. Our staff were told.")
	}
	return o.pixels, nil
}

// PixelSum is the SHA-256 of a picture's pixels, 8-bit RGBA row by row, not
// premultiplied, in lower-case hex.
func PixelSum(img *image.NRGBA) string {
	h := sha256.New()
	b := img.Rect
	for y := b.Min.Y; y < b.Max.Y; y++ {
		at := img.PixOffset(b.Min.X, y)
		h.Write(img.Pix[at : at+4*b.Dx()])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// master registers the origin of a picture, which is signed as a PNG.
func (s *Service) master(ctx context.Context, o provenance.Origin, owner string, img *image.NRGBA, sign func(png []byte, o provenance.Origin) (provenance.Sealed, error)) (*original, error) {
	data, err := compose.Encode(img, compose.PNG, 0)
	if err != nil {
		return nil, err
	}
	o.Pixels, o.Width, o.Height = PixelSum(img), img.Rect.Dx(), img.Rect.Dy()
	looks, err := looksOf(o, img)
	if err != nil {
		return nil, err
	}
	out, err := s.register(ctx, o, owner, compose.PNG, func(o provenance.Origin) (provenance.Sealed, error) { return sign(data, o) }, func(ctx context.Context, o *original) error {
		return s.putLooks(ctx, o, looks)
	})
	if err == nil && out.Pixels == o.Pixels {
		out.pixels = img
	}
	return out, err
}

// looksOf gives the fingerprint by which a picture is known again; nil for a
// candidate, which looks like what may be made of it, and nobody else has seen.
func looksOf(o provenance.Origin, img image.Image) (*fingerprint.Print, error) {
	if o.SubjectKind == "candidate" {
		return nil, nil
	}
	p, err := fingerprint.Of(img)
	return &p, err
}

func (s *Service) putLooks(ctx context.Context, o *original, p *fingerprint.Print) error {
	if p == nil {
		return nil
	}
	return s.Provenance.PutPrint(ctx, o.ID, *p)
}

// signing signs the file of an origin, which has its id by then.
type signing func(provenance.Origin) (provenance.Sealed, error)

// keep draws an id for an origin, has it signed and keeps what is signed;
// nothing is registered yet.
func (s *Service) keep(ctx context.Context, o provenance.Origin, owner string, f compose.Format, sign signing) (*original, error) {
	o.ID, o.CreatedAt = provenance.NewID(), s.Now()
	sealed, err := sign(o)
	if err != nil {
		return nil, err
	}
	o.MasterKey = asset.Key(owner, sealed.Data, string(f))
	m := provenance.Manifest{
		Label: sealed.Label, OriginID: o.ID, Stage: provenance.Made, BlobKey: asset.Key(owner, sealed.Store, "c2pa"),
		Stamped: sealed.Stamped, CreatedAt: o.CreatedAt,
	}
	if err := s.Blobs.Put(ctx, o.MasterKey, f.MediaType(), sealed.Data); err != nil {
		return nil, err
	}
	return &original{Origin: o, manifest: m, picture: sealed.Data}, s.Blobs.Put(ctx, m.BlobKey, "application/c2pa", sealed.Store)
}

// mostDraws bounds how often an id is drawn that is taken.
const mostDraws = 3

// register has a new origin signed, keeps what is signed and registers both; in
// the same unit it does what also is for. If another node was faster, what it
// has registered is given.
func (s *Service) register(ctx context.Context, o provenance.Origin, owner string, f compose.Format, sign signing, also func(context.Context, *original) error) (*original, error) {
	for drawn := 1; ; drawn++ {
		out, err := s.keep(ctx, o, owner, f, sign)
		if err != nil {
			return nil, err
		}
		err = s.Unit.Do(ctx, func(ctx context.Context) error {
			if err := s.stands(ctx, subject(o)); err != nil {
				return err
			}
			if err := s.Provenance.PutOrigin(ctx, out.Origin, out.manifest); err != nil {
				return err
			}
			if also != nil {
				return also(ctx, out)
			}
			return nil
		})
		taken := fault.HasCode(err, "origin_taken")
		if err == nil || !taken && !fault.Is(err, fault.NotFound) {
			return out, err
		}
		// Certain not to be committed, so the files belong to nothing.
		if e := s.Blobs.Delete(context.WithoutCancel(ctx), out.MasterKey, out.manifest.BlobKey); e != nil || !taken {
			return nil, errors.Join(err, e)
		}
		other, e := s.found(ctx, o.SubjectKind, o.SubjectID, o.Revision, false)
		if e == nil {
			return other, nil
		}
		if !fault.Is(e, fault.NotFound) || drawn == mostDraws {
			return nil, errors.Join(err, e)
		}
	}
}

// Original registers a creation as it is now, if it was not, with its signed
// picture at its own size.
func (s *Service) Original(ctx context.Context, c Creation) (provenance.Origin, error) {
	if o, err := s.found(ctx, "creation", c.ID, c.Revision, false); err == nil {
		return o.Origin, nil
	} else if !fault.Is(err, fault.NotFound) {
		return provenance.Origin{}, err
	}
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return provenance.Origin{}, err
	}
	defer s.slots.Release(1)
	o, err := s.original(ctx, c)
	if err != nil {
		return provenance.Origin{}, err
	}
	return o.Origin, nil
}

// original gives the origin of a creation as it is now; the caller has a slot
// for drawing.
func (s *Service) original(ctx context.Context, c Creation) (*original, error) {
	if o, err := s.found(ctx, "creation", c.ID, c.Revision, c.State == Published); err == nil || !fault.Is(err, fault.NotFound) {
		return o, err
	}
	key := want{subjectKind: "origin", subjectID: c.ID, revision: c.Revision}.key()
	v, err, _ := s.renders.Do(key, func() (any, error) {
		ctx := context.WithoutCancel(ctx)
		if o, err := s.found(ctx, "creation", c.ID, c.Revision, c.State == Published); err == nil {
			return o, nil
		}
		return s.newOriginal(ctx, c)
	})
	if err != nil {
		return nil, err
	}
	o := *v.(*original) // of one's own: it is filled in as it is used
	return &o, nil
}

func (s *Service) newOriginal(ctx context.Context, c Creation) (*original, error) {
	// Nothing is drawn in vain.
	if err := s.Seal.Ready(); err != nil {
		return nil, err
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return nil, err
	}
	img, err := s.render(ctx, c, doc, doc.Width)
	if err != nil {
		return nil, err
	}
	if err := s.trueTo(ctx, c, doc, img); err != nil {
		return nil, err
	}
	o := provenance.Origin{
		SubjectKind: "creation", SubjectID: c.ID, Revision: c.Revision, Campaign: c.Campaign, Kit: kitName(c),
		Provider: c.Provider, Model: c.Model, Version: c.ModelVersion, Marks: origin(c, doc).Marks, SourceType: c.Source(),
	}
	chosen, err := asset.ReadAll(ctx, s.Blobs, c.BlobKey)
	if err != nil {
		return nil, err
	}
	checks, prompt, err := s.checked(ctx, c.Campaign, c.GenerationID)
	if err != nil {
		return nil, err
	}
	texts := false
	for _, l := range doc.Layers {
		texts = texts || l.Kind == compose.Text && strings.TrimSpace(l.Text) != ""
	}
	return s.master(ctx, o, asset.Owner("creation", c.ID), img, func(png []byte, o provenance.Origin) (provenance.Sealed, error) {
		return s.Seal.Composed(ctx, png, o, provenance.Parent{Picture: chosen}, texts, checks, prompt)
	})
}

// checked is what is said of the checks of a generation, and its prompt where
// the campaign allows that it is told; nothing of one that is gone.
func (s *Service) checked(ctx context.Context, campaign, generation string) (*provenance.Checks, string, error) {
	g, err := s.Store.Generation(ctx, generation)
	if fault.Is(err, fault.NotFound) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	rec, err := s.Campaigns.Get(ctx, campaign)
	if err != nil {
		return nil, "", err
	}
	prompt := ""
	if rec.File.Credentials.Prompt {
		prompt = g.Prompt
	}
	return checksOf(g.Verdict), prompt, nil
}

func checksOf(v policy.Verdict) *provenance.Checks {
	return &provenance.Checks{Outcome: string(v.Outcome), Packs: v.Packs}
}

// candidateOriginal gives the origin of a candidate. One of an earlier release
// is signed when it is first wanted.
func (s *Service) candidateOriginal(ctx context.Context, c Candidate, campaign string) (*original, error) {
	if o, err := s.found(ctx, "candidate", c.ID, 0, false); err == nil || !fault.Is(err, fault.NotFound) {
		return o, err
	}
	data, err := asset.ReadAll(ctx, s.Blobs, c.BlobKey)
	if err != nil {
		return nil, err
	}
	img, err := decode(data)
	if err != nil {
		return nil, err
	}
	checks, prompt, err := s.checked(ctx, campaign, c.GenerationID)
	if err != nil {
		return nil, err
	}
	o := candidateOrigin(c, campaign)
	return s.master(ctx, o, asset.Owner("generation", c.GenerationID), plain(img), func(png []byte, o provenance.Origin) (provenance.Sealed, error) {
		o.CreatedAt = c.CreatedAt
		return s.Seal.Created(ctx, png, o, provenance.Creating{Checks: checks, Prompt: prompt})
	})
}

func candidateOrigin(c Candidate, campaign string) provenance.Origin {
	o := provenance.Origin{
		SubjectKind: "candidate", SubjectID: c.ID, Campaign: campaign,
		Provider: c.Provider, Model: c.Model, Version: c.Version, SourceType: "trainedAlgorithmicMedia",
	}
	if o.Painted() {
		o.SourceType = "algorithmicMedia"
	}
	return o
}

// plain gives a picture as 8-bit RGBA that is not premultiplied.
func plain(img image.Image) *image.NRGBA {
	switch m := img.(type) {
	case *image.NRGBA:
		return m
	case *image.RGBA:
		if m.Opaque() {
			return &image.NRGBA{Pix: m.Pix, Stride: m.Stride, Rect: m.Rect}
		}
	}
	out := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}
