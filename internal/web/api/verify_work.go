package api

import (
	"context"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/provenance"
	"marquee/internal/review"
)

type workView struct {
	Campaign     string      `json:"campaign"`
	CampaignName string      `json:"campaign_name"`
	Kind         string      `json:"kind" enum:"creation,candidate,page" doc:"A finished work, a picture that was offered and perhaps not chosen, or a picture of the campaign's pages"`
	MadeAt       time.Time   `json:"made_at"`
	Maker        makerView   `json:"maker"`
	Marks        []NamedView `json:"marks"`
	Kit          string      `json:"kit,omitempty" doc:"The brand kit and its version, whose marks are on it"`
	Approved     bool        `json:"approved" doc:"Whether a person approved it, and it is public now"`
	ApprovedAt   time.Time   `json:"approved_at,omitzero"`
	State        string      `json:"state" enum:"published,taken_down,withdrawn,hidden,not_public,erased" doc:"Where it stands now. taken_down: by the campaign; withdrawn: by its maker, after it was public; hidden: for now, until a right to show it is renewed; erased: its maker had it deleted"`
	PageURL      string      `json:"page_url,omitempty" doc:"Only while it is public"`
	ImageURL     string      `json:"image_url,omitempty" doc:"Only while it is public"`
	NewerURL     string      `json:"newer_url,omitempty" doc:"The page of the corrected work that took its place"`
	Format       string      `json:"format" doc:"That of the file that was served; empty if only the work was recognised"`
	Width        int         `json:"width"`
	Height       int         `json:"height"`
}

// traced is a work with what its history is told from.
type traced struct {
	workView
	known provenance.Known
	// creation is nil for what is none, or was erased.
	creation *create.Creation
	// entry is that of this revision; nil if it was never handed in.
	entry *gallery.Entry
	// correction is the public entry of a later revision; nil if there is none.
	correction *gallery.Entry
}

// trace tells what is known of a work now. One that is not public shows
// neither its page nor its picture.
func (a *API) trace(ctx context.Context, k provenance.Known) (traced, error) {
	t := traced{known: k, workView: workView{
		Campaign: k.Campaign, CampaignName: k.Campaign, Kind: k.Kind, MadeAt: k.MadeAt, Maker: viewMaker(k.Provider, k.Model, k.Version),
		Marks: []NamedView{}, Kit: k.Kit, State: "not_public", Format: k.Format, Width: k.Width, Height: k.Height,
	}}
	rec, err := a.Services.Campaign.Get(ctx, k.Campaign)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return t, err
	}
	known := err == nil
	if known {
		locale := a.localeIn(ctx, rec)
		t.CampaignName = rec.File.Name.Get(locale, rec.File.DefaultLocale)
		if t.Marks, err = a.namedMarks(ctx, rec, k.Marks, locale); err != nil {
			return t, err
		}
	}
	switch k.Kind {
	case "creation":
		return t, a.traceCreation(ctx, &t)
	case "page":
		if known && rec.State != campaign.Draft {
			t.State, t.PageURL = "published", "/c/"+rec.Slug
		}
	}
	return t, nil
}

func (a *API) traceCreation(ctx context.Context, t *traced) error {
	c, err := a.Services.Create.Creation(ctx, t.known.ID)
	if fault.Is(err, fault.NotFound) {
		t.State = "erased" // what was served of it stays known
		return nil
	}
	if err != nil {
		return err
	}
	t.creation, t.MadeAt = &c, c.CreatedAt
	entries, err := a.Services.Gallery.EntriesOf(ctx, c.ID)
	if err != nil {
		return err
	}
	// An approval is of one revision: what was served of another is not meant.
	for i, e := range entries {
		if e.Revision == t.known.Revision {
			t.entry = &entries[i]
		}
		if e.Revision > t.known.Revision && e.State == gallery.Published && c.State == create.Published {
			t.correction = &entries[i]
		}
	}
	e := t.entry
	if e == nil {
		return nil
	}
	once := !e.PublishedAt.IsZero()
	switch {
	case e.State == gallery.Published && c.State == create.Published:
		t.State, t.Approved, t.ApprovedAt = "published", true, e.PublishedAt
		t.PageURL, t.ImageURL = workPage(c.Campaign, e.ID), creationPath(c.ID)+"/image?format=webp&width=640"
	case e.State == gallery.TakenDown:
		t.State = "taken_down"
	case e.State == gallery.Hidden:
		t.State = "hidden"
	case e.State == gallery.Withdrawn && once:
		t.State = "withdrawn"
	}
	if t.correction != nil && once && t.State != "published" {
		t.NewerURL = workPage(c.Campaign, t.correction.ID)
	}
	return nil
}

// namedMarks gives marks with the names that the campaign's kit has for them.
func (a *API) namedMarks(ctx context.Context, rec campaign.Record, marks []string, locale string) ([]NamedView, error) {
	out := []NamedView{}
	kit, err := a.Services.Campaign.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return out, err
	}
	for _, id := range marks {
		name := id
		if m := kit.Mark(id); m != nil {
			name = campaign.Text(m.Name).Get(locale, "en")
		}
		out = append(out, NamedView{id, name})
	}
	return out, nil
}

type historyEvent struct {
	Kind string    `json:"kind" enum:"generated,composed,published,taken_down,withdrawn,hidden,erased,corrected,here" doc:"here is the file that was checked"`
	At   time.Time `json:"at,omitzero" doc:"Left out where it is not known"`
	// Maker is with generated, Marks and Kit with composed.
	Maker    *makerView  `json:"maker,omitempty" doc:"With generated: what made the picture"`
	Marks    []NamedView `json:"marks,omitempty" doc:"With composed: the brand's marks that were placed"`
	Kit      string      `json:"kit,omitempty" doc:"With composed: the brand kit and its version"`
	ImageURL string      `json:"image_url,omitempty" doc:"With published, while it is public"`
	PageURL  string      `json:"page_url,omitempty" doc:"With published and corrected, while that is public"`
	Changes  []string    `json:"changes,omitempty" enum:"same,resaved,resized,cropped,turned,unlike" doc:"With here: how the file differs from what left us, as far as was seen"`
	Scale    float64     `json:"scale,omitempty" doc:"With resized: its size against the work's"`
	Turn     float64     `json:"turn,omitempty" doc:"With turned: degrees clockwise"`
}

// historyOf gives the way of a work to the file that was checked, as far as it
// may be known: nothing personal, and of a work that never was public only how
// it was made.
func (a *API) historyOf(ctx context.Context, t traced, r *provenance.Result) ([]historyEvent, error) {
	generated := historyEvent{Kind: "generated", At: t.MadeAt, Maker: &t.Maker}
	out := []historyEvent{}
	if t.Kind == "creation" {
		composed := historyEvent{Kind: "composed", Marks: t.Marks, Kit: t.Kit}
		at, err := a.Services.Checker.RegisteredAt(ctx, t.known)
		if err != nil {
			return nil, err
		}
		composed.At = at
		if t.creation != nil {
			picture, err := a.Services.Checker.RegisteredAt(ctx, provenance.Known{Kind: "candidate", ID: t.creation.CandidateID})
			if err != nil {
				return nil, err
			}
			if !picture.IsZero() {
				generated.At = picture
			}
		} else {
			generated.At = time.Time{} // when, went with its maker's data
		}
		out = append(out, generated, composed)
	} else {
		out = append(out, generated)
	}
	after, err := a.publicHistory(ctx, t)
	if err != nil {
		return nil, err
	}
	out = append(out, after...)
	return append(out, here(r)), nil
}

// publicHistory tells what became of a work once it was public.
func (a *API) publicHistory(ctx context.Context, t traced) ([]historyEvent, error) {
	var out []historyEvent
	if e := t.entry; e != nil && !e.PublishedAt.IsZero() {
		out = append(out, historyEvent{Kind: "published", At: e.PublishedAt, ImageURL: t.ImageURL, PageURL: t.PageURL})
		switch t.State {
		case "taken_down", "withdrawn":
			ended := historyEvent{Kind: t.State}
			item, err := a.Services.Review.Of(ctx, review.KindEntry, e.ID)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return nil, err
			}
			if err == nil {
				ended.At = item.DecidedAt
			}
			out = append(out, ended)
		case "hidden":
			out = append(out, historyEvent{Kind: t.State})
		}
	}
	if t.State == "erased" {
		out = append(out, historyEvent{Kind: "erased"})
	}
	if t.NewerURL != "" {
		out = append(out, historyEvent{Kind: "corrected", At: t.correction.PublishedAt, PageURL: t.NewerURL})
	}
	return out, nil
}

// here tells how the file that was checked differs from what left us.
func here(r *provenance.Result) historyEvent {
	e, d := historyEvent{Kind: "here", Changes: []string{}}, r.Altered
	if d.Same {
		e.Changes = append(e.Changes, "same")
	}
	if d.Resaved {
		e.Changes = append(e.Changes, "resaved")
	}
	if d.Scale > 0 && (d.Scale < 0.96 || d.Scale > 1.04) {
		e.Changes, e.Scale = append(e.Changes, "resized"), d.Scale
	}
	if d.Cropped {
		e.Changes = append(e.Changes, "cropped")
	}
	if d.Turn > 0.2 || d.Turn < -0.2 {
		e.Changes, e.Turn = append(e.Changes, "turned"), d.Turn
	}
	if d.Unlike {
		e.Changes = append(e.Changes, "unlike")
	}
	return e
}
