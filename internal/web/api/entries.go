package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"marquee/internal/gallery"
	"marquee/internal/web/edge"
	"marquee/internal/web/identity"
)

// EntryView is a public work in a list.
type EntryView struct {
	ID          string    `json:"id"`
	CreationID  string    `json:"creation_id"`
	Title       string    `json:"title"`
	DisplayName string    `json:"display_name"`
	Alt         string    `json:"alt"`
	Votes       int64     `json:"votes"`
	Voted       bool      `json:"voted" doc:"Whether I gave it my vote"`
	Width       int       `json:"width"`
	Height      int       `json:"height"`
	ImageURL    string    `json:"image_url"`
	PageURL     string    `json:"page_url"`
	PublishedAt time.Time `json:"published_at"`
}

type galleryOut struct {
	Body struct {
		Entries []EntryView `json:"entries"`
		Next    string      `json:"next" doc:"Give it as after for the next page; empty at the end"`
	}
}

// NamedView is a thing with its name.
type NamedView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type downloadView struct {
	Format string `json:"format"`
	Width  int    `json:"width"`
	URL    string `json:"url"`
}

type entryDetail struct {
	EntryView
	Campaign string         `json:"campaign"`
	How      howView        `json:"how"`
	Download []downloadView `json:"download"`
	Mine     bool           `json:"mine"`
}

type votesOut struct {
	Body struct {
		Votes int64 `json:"votes"`
		Voted bool  `json:"voted"`
	}
}

// entries registers the gallery and its votes.
func (a *API) entries() {
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/gallery", id: "list-gallery", tag: "Gallery",
		summary: "Approved works, newest or most loved",
	}, a.gallery)
	register(a, operation{
		method: http.MethodGet, path: "/entries/{id}", id: "get-entry", tag: "Gallery",
		summary: "A public work and how it was made",
	}, a.entry)
	register(a, operation{
		method: http.MethodGet, path: "/entries/{id}/credential", id: "get-entry-credential", tag: "Gallery",
		summary: "The content credential of a public work, by itself", shape: credentialOut,
	}, a.credential)
	register(a, operation{
		method: http.MethodPut, path: "/entries/{id}/vote", id: "vote", tag: "Gallery", access: Participant, limit: perAddress(a.Limits.Votes),
		summary: "Give a work my vote; a second time changes nothing",
	}, func(ctx context.Context, in *ByID) (*votesOut, error) {
		e, err := a.Services.Gallery.Vote(ctx, participant(ctx), in.ID, edge.Key(edge.VisitOf(ctx).Address))
		return votes(e, true, err)
	})
	register(a, operation{
		method: http.MethodDelete, path: "/entries/{id}/vote", id: "unvote", tag: "Gallery", access: Participant, limit: perAddress(a.Limits.Votes),
		summary: "Take my vote back",
	}, func(ctx context.Context, in *ByID) (*votesOut, error) {
		e, err := a.Services.Gallery.Unvote(ctx, participant(ctx), in.ID)
		return votes(e, false, err)
	})
}

func votes(e gallery.Entry, voted bool, err error) (*votesOut, error) {
	if err != nil {
		return nil, err
	}
	out := &votesOut{}
	out.Body.Votes, out.Body.Voted = e.Votes, voted
	return out, nil
}

type galleryIn struct {
	InCampaign
	Sort  string `query:"sort" enum:"newest,loved" default:"newest"`
	Limit int    `query:"limit" minimum:"1" maximum:"60" default:"24"`
	After string `query:"after" maxLength:"200" doc:"next of the page before"`
}

func (a *API) gallery(ctx context.Context, in *galleryIn) (*galleryOut, error) {
	rec, err := a.shown(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	list, next, err := a.Services.Gallery.Public(ctx, rec.Slug, gallery.Sort(in.Sort), in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	voted := map[string]bool{}
	if p := identity.Of(ctx).Participant; p != nil && len(list) > 0 {
		ids := make([]string, len(list))
		for i, e := range list {
			ids[i] = e.ID
		}
		if voted, err = a.Services.Gallery.Voted(ctx, *p, ids); err != nil {
			return nil, err
		}
	}
	out := &galleryOut{}
	out.Body.Next = next
	out.Body.Entries = make([]EntryView, len(list))
	for i, e := range list {
		out.Body.Entries[i] = viewEntry(e, voted[e.ID])
	}
	return out, nil
}

func viewEntry(e gallery.Entry, voted bool) EntryView {
	return EntryView{
		ID: e.ID, CreationID: e.CreationID, Title: e.Title, DisplayName: e.DisplayName, Alt: e.Alt,
		Votes: e.Votes, Voted: voted, Width: e.Width, Height: e.Height,
		ImageURL: creationPath(e.CreationID) + "/image?format=webp&width=640", PageURL: workPage(e.Campaign, e.ID), PublishedAt: e.PublishedAt,
	}
}

func workPage(slug, entry string) string { return "/c/" + slug + "/w/" + entry }

func (a *API) entry(ctx context.Context, in *ByID) (*struct{ Body entryDetail }, error) {
	who := identity.Of(ctx)
	e, err := a.Services.Gallery.Entry(ctx, in.ID, who.Participant)
	if err != nil {
		return nil, err
	}
	c, err := a.Services.Create.Creation(ctx, e.CreationID)
	if err != nil {
		return nil, err
	}
	rec, err := a.Services.Campaign.Get(ctx, e.Campaign)
	if err != nil {
		return nil, err
	}
	detail := entryDetail{EntryView: viewEntry(e, false), Campaign: e.Campaign}
	if p := who.Participant; p != nil {
		detail.Mine = p.ID == e.ParticipantID
		voted, err := a.Services.Gallery.Voted(ctx, *p, []string{e.ID})
		if err != nil {
			return nil, err
		}
		detail.Voted = voted[e.ID]
	}
	detail.ImageURL = creationPath(e.CreationID) + "/image?format=webp&width=1280"
	if detail.How, err = a.how(ctx, c, e, a.localeIn(ctx, rec)); err != nil {
		return nil, err
	}
	for _, format := range []string{"png", "jpeg", "webp"} {
		for _, width := range []int{1280, 2048} {
			detail.Download = append(detail.Download, downloadView{format, width, fmt.Sprintf("%s/image?format=%s&width=%d&download=1", creationPath(e.CreationID), format, width)})
		}
	}
	for _, d := range []downloadView{{Format: "avif", Width: 2048}, {Format: "pdf", Width: e.Width}} {
		d.URL = fmt.Sprintf("%s/image?format=%s&width=%d&download=1", creationPath(e.CreationID), d.Format, d.Width)
		detail.Download = append(detail.Download, d)
	}
	return &struct{ Body entryDetail }{detail}, nil
}

type reportIn struct {
	ByID
	Body struct {
		Reason string `json:"reason" enum:"offensive,copied,personal,minor,other"`
		Text   string `json:"text,omitempty" doc:"What is wrong, in your own words"`
	}
}

type reportOut struct {
	Body struct {
		ID   string `json:"id"`
		Link string `json:"link" doc:"A private link to the outcome"`
	}
}

type outcomeOut struct {
	Body struct {
		State      string    `json:"state" enum:"waiting,upheld,dismissed"`
		Answer     string    `json:"answer,omitempty"`
		ReportedAt time.Time `json:"reported_at"`
		DecidedAt  time.Time `json:"decided_at,omitzero"`
		Title      string    `json:"title"`
	}
}

// reports registers how anybody says that a work is wrong.
func (a *API) reports() {
	register(a, operation{
		method: http.MethodPost, path: "/entries/{id}/reports", id: "report-entry", tag: "Gallery", status: http.StatusCreated,
		summary: "Say that a public work is wrong; a person looks at it",
		limit:   perAddress(a.Limits.SignIn),
	}, func(ctx context.Context, in *reportIn) (*reportOut, error) {
		p := identity.Of(ctx).Participant
		e, err := a.Services.Gallery.Entry(ctx, in.ID, p)
		if err != nil {
			return nil, err
		}
		r, word, err := a.Services.Gallery.Report(ctx, p, in.ID, in.Body.Reason, in.Body.Text, edge.VisitOf(ctx).Locale)
		if err != nil {
			return nil, err
		}
		out := &reportOut{}
		out.Body.ID = r.ID
		out.Body.Link = edge.VisitOf(ctx).Base + "/c/" + e.Campaign + "/report#" + word
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/reports/outcome", id: "get-report-outcome", tag: "Gallery",
		summary: "What became of a report, by its private link's secret",
		limit:   perAddress(a.Limits.SignIn),
	}, func(ctx context.Context, in *struct {
		Body struct {
			Secret string `json:"secret" maxLength:"200"`
		}
	}) (*outcomeOut, error) {
		r, err := a.Services.Gallery.Outcome(ctx, in.Body.Secret)
		if err != nil {
			return nil, err
		}
		e, err := a.Services.Gallery.Store.Entry(ctx, r.EntryID)
		if err != nil {
			return nil, err
		}
		out := &outcomeOut{}
		out.Body.State, out.Body.Answer, out.Body.ReportedAt, out.Body.DecidedAt, out.Body.Title = r.State, r.Answer, r.CreatedAt, r.DecidedAt, e.Title
		return out, nil
	})
}
