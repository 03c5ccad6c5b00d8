package api

import (
	"context"
	"net/http"
	"time"

	"marquee/internal/gallery"
)

type rightsOut struct {
	Body struct {
		Endings []endingView `json:"endings" doc:"The first to end first, ended ones before"`
		Works   []lapsedView `json:"works" doc:"What galleries have without the rights, at most 100 for each campaign and asset"`
		Whole   bool         `json:"whole" doc:"Whether these are all"`
	}
}

type endingView struct {
	Kind       string    `json:"kind" enum:"mark,sticker,font"`
	ID         string    `json:"id"`
	Kit        string    `json:"kit"`
	KitVersion string    `json:"kit_version"`
	Campaigns  []string  `json:"campaigns" doc:"The slugs of those that are on this version"`
	Ends       time.Time `json:"ends" doc:"The first moment without rights"`
	Over       bool      `json:"over"`
	Hide       bool      `json:"hide" doc:"What is public with it is taken out of sight then; otherwise staff decide"`
}

type lapsedView struct {
	EntryID    string    `json:"entry_id"`
	CreationID string    `json:"creation_id"`
	Campaign   string    `json:"campaign"`
	Title      string    `json:"title"`
	State      string    `json:"state" enum:"published,hidden"`
	Kind       string    `json:"kind" enum:"mark,sticker"`
	ID         string    `json:"id" doc:"The mark or the sticker"`
	Ended      time.Time `json:"ended"`
	Hide       bool      `json:"hide"`
	ImageURL   string    `json:"image_url"`
	PageURL    string    `json:"page_url"`
}

// rights registers what staff see of rights that end.
func (a *API) rights() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/rights", id: "list-rights", tag: "Studio", access: Reviewer,
		summary: "Rights to marks, stickers and fonts that have ended or end soon, and what galleries show without them",
	}, func(ctx context.Context, in *struct {
		Days int `query:"days" minimum:"0" maximum:"3650" default:"30" doc:"How far to look ahead"`
	}) (*rightsOut, error) {
		report, err := a.Services.Gallery.Rights(ctx, time.Duration(in.Days)*24*time.Hour)
		if err != nil {
			return nil, err
		}
		out := &rightsOut{}
		out.Body.Whole = report.Whole
		out.Body.Endings = make([]endingView, len(report.Endings))
		for i, e := range report.Endings {
			out.Body.Endings[i] = endingView{e.Kind, e.ID, e.Kit, e.KitVersion, e.Campaigns, e.Ends, e.Over, e.Hide}
		}
		out.Body.Works = make([]lapsedView, len(report.Works))
		for i, w := range report.Works {
			out.Body.Works[i] = viewLapsed(w)
		}
		return out, nil
	})
}

func viewLapsed(w gallery.LapsedWork) lapsedView {
	e := w.Entry
	return lapsedView{
		EntryID: e.ID, CreationID: e.CreationID, Campaign: e.Campaign, Title: e.Title, State: string(e.State),
		Kind: w.Asset.Kind, ID: w.Asset.ID, Ended: w.Ended, Hide: w.Hide,
		ImageURL: creationPath(e.CreationID) + "/image?format=webp&width=640", PageURL: workPage(e.Campaign, e.ID),
	}
}
