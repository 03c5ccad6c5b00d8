package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/asset"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/provenance"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

// The bounds of a file that is checked.
const (
	maxVerify       = 25 << 20
	maxVerifyPixels = 64_000_000
)

type workView struct {
	Campaign     string      `json:"campaign"`
	CampaignName string      `json:"campaign_name"`
	Kind         string      `json:"kind" enum:"creation,candidate"`
	MadeAt       time.Time   `json:"made_at"`
	Maker        makerView   `json:"maker"`
	Marks        []NamedView `json:"marks"`
	Approved     bool        `json:"approved"`
	ApprovedAt   time.Time   `json:"approved_at,omitzero"`
	State        string      `json:"state" enum:"published,taken_down,not_public"`
	PageURL      string      `json:"page_url,omitempty"`
	ImageURL     string      `json:"image_url,omitempty"`
	Format       string      `json:"format"`
	Width        int         `json:"width"`
	Height       int         `json:"height"`
}

type verifyOut struct {
	Body struct {
		Match   string    `json:"match" enum:"exact,credential,watermark,fingerprint,none"`
		SHA256  string    `json:"sha256"`
		Message string    `json:"message" doc:"What it proves, as a sentence"`
		Work    *workView `json:"work"`
	}
}

// verify registers the public check.
func (a *API) verify() {
	register(a, operation{
		method: http.MethodPost, path: "/verify", id: "verify-file", tag: "Check", limit: perAddress(a.Limits.Verify),
		summary: "Whether a file came from here, when and how it was made. The file is not kept",
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
				Type: "object", Required: []string{"file"},
				Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary", Description: "A picture of at most 25 MB"}},
			}}}}
		},
	}, func(ctx context.Context, _ *none) (*verifyOut, error) {
		return within(ctx, a.Limits.Heavy, func() (*verifyOut, error) {
			data, err := fileOf(request(ctx), maxVerify)
			if err != nil {
				return nil, err
			}
			return a.check(ctx, data)
		})
	})
}

// fileOf reads the multipart field "file" of at most limit bytes into memory;
// nothing is written to a disk.
func fileOf(r *http.Request, limit int64) ([]byte, error) {
	missing := fault.New(fault.Invalid, "file_missing", "Please choose a file. It goes into the multipart field \"file\".")
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "multipart/form-data" {
		return nil, missing
	}
	r.Body = http.MaxBytesReader(nil, r.Body, limit+64<<10)
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, missing.Because(err)
	}
	for range 16 {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, missing
		}
		if err != nil {
			return nil, brokenUpload(err)
		}
		if part.FormName() != "file" {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(part, limit+1))
		if err != nil {
			return nil, brokenUpload(err)
		}
		if int64(len(data)) > limit {
			return nil, tooLarge(limit)
		}
		if len(data) == 0 {
			return nil, missing
		}
		return data, nil
	}
	return nil, missing
}

func brokenUpload(err error) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return tooLarge(over.Limit)
	}
	return fault.New(fault.Malformed, "upload_broken", "The file did not arrive whole. Please try again.").Because(err)
}

func tooLarge(limit int64) error {
	return fault.New(fault.TooLarge, "file_too_large", "This file is larger than %d MB.", limit>>20).With("max", limit>>20)
}

// check says what is known of a file's bytes.
func (a *API) check(ctx context.Context, data []byte) (*verifyOut, error) {
	out := &verifyOut{}
	out.Body.Match, out.Body.SHA256 = "none", asset.Sum(data)
	found, err := a.Services.Provenance.Find(ctx, out.Body.SHA256)
	if err != nil {
		return nil, err
	}
	locale := edge.VisitOf(ctx).Locale
	if len(found) == 0 {
		// Only a picture can be ours: what is none is told so, and what can't be
		// looked at gets no answer that sounds like one.
		if _, _, err := compose.DecodeBounded(bytes.NewReader(data), maxVerify, maxVerifyPixels); err != nil {
			return nil, err
		}
		out.Body.Message = problem.Sentence(locale, "verify_none", "This is not from here, as far as we can tell. A picture that was changed or saved anew can't be recognised yet.", nil)
		return out, nil
	}
	out.Body.Match = "exact"
	// The same bytes may have been served for several works; one that is
	// public says the most.
	for _, r := range found {
		work, err := a.work(ctx, r)
		if err != nil {
			return nil, err
		}
		if out.Body.Work == nil || work.State == "published" {
			out.Body.Work = &work
		}
		if work.State == "published" {
			break
		}
	}
	w := out.Body.Work
	code := "verify_" + w.State
	english := map[string]string{
		"published":  "This is exactly a picture of the campaign {campaign}. A person approved it.",
		"taken_down": "This was a picture of the campaign {campaign}. It has been taken down.",
		"not_public": "This was made in the campaign {campaign}. It is not in its gallery.",
	}[w.State]
	out.Body.Message = problem.Sentence(locale, code, english, map[string]any{"campaign": w.CampaignName})
	return out, nil
}

// work tells what is known of a rendition. A work that is not public shows
// neither its page nor its picture.
func (a *API) work(ctx context.Context, r provenance.Rendition) (workView, error) {
	w := workView{
		Campaign: r.Campaign, CampaignName: r.Campaign, Kind: r.SubjectKind, MadeAt: r.CreatedAt, Maker: viewMaker(r.Provider, r.Model, r.Version),
		Marks: []NamedView{}, State: "not_public", Format: r.Format, Width: r.Width, Height: r.Height,
	}
	rec, err := a.Services.Campaign.Get(ctx, r.Campaign)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return w, err
	}
	if err == nil {
		locale := a.localeIn(ctx, rec)
		w.CampaignName = rec.File.Name.Get(locale, rec.File.DefaultLocale)
		if err := a.nameMarks(ctx, &w, rec, r, locale); err != nil {
			return w, err
		}
	}
	if r.SubjectKind != "creation" {
		return w, nil
	}
	c, err := a.Services.Create.Creation(ctx, r.SubjectID)
	if fault.Is(err, fault.NotFound) {
		return w, nil // its maker deleted it; what was served stays known
	}
	if err != nil {
		return w, err
	}
	w.MadeAt = c.CreatedAt
	e, err := a.Services.Gallery.EntryOf(ctx, c.ID)
	if fault.Is(err, fault.NotFound) {
		return w, nil
	}
	if err != nil {
		return w, err
	}
	// An approval is of one revision: what was served of another is not meant.
	if e.Revision != r.Revision {
		return w, nil
	}
	switch {
	case e.State == gallery.Published && c.State == create.Published:
		w.State, w.Approved, w.ApprovedAt = "published", true, e.PublishedAt
		w.PageURL, w.ImageURL = workPage(c.Campaign, e.ID), creationPath(c.ID)+"/image?format=webp&width=640"
	case e.State == gallery.TakenDown:
		w.State = "taken_down"
	}
	return w, nil
}

func (a *API) nameMarks(ctx context.Context, w *workView, rec campaign.Record, r provenance.Rendition, locale string) error {
	kit, err := a.Services.Campaign.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return err
	}
	for _, id := range r.Marks {
		name := id
		if m := kit.Mark(id); m != nil {
			name = campaign.Text(m.Name).Get(locale, "en")
		}
		w.Marks = append(w.Marks, NamedView{id, name})
	}
	return nil
}
