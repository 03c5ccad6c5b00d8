package api

import (
	"context"
	"net/http"

	"marquee/internal/gallery"
	"marquee/internal/web/edge"
)

type moveIn struct {
	InCampaign
	Body struct {
		Version string `json:"version" maxLength:"32" doc:"The version of the campaign's kit to move to" example:"1.1.0"`
		DryRun  bool   `json:"dry_run,omitempty" doc:"Only report; nothing is moved"`
	}
}

type moveOut struct {
	Body struct {
		Kit     string      `json:"kit"`
		From    string      `json:"from"`
		To      string      `json:"to"`
		Moved   bool        `json:"moved"`
		Checked int         `json:"checked" doc:"How many public works were looked at, the newest first"`
		Whole   bool        `json:"whole" doc:"Whether these were all"`
		Broken  int         `json:"broken" doc:"How many of them the new version has something against, that theirs has not"`
		Works   []breakView `json:"works" doc:"The first 50 of those. They stay as they are: take down what should not stay"`
	}
}

type breakView struct {
	EntryID    string        `json:"entry_id"`
	CreationID string        `json:"creation_id"`
	Title      string        `json:"title"`
	ImageURL   string        `json:"image_url"`
	PageURL    string        `json:"page_url"`
	Findings   []findingView `json:"findings" doc:"Against the new version only"`
}

// moves registers how a campaign comes to another version of its kit.
func (a *API) moves() {
	register(a, operation{
		method: http.MethodPost, path: "/studio/campaigns/{campaign}/kit", id: "move-campaign-kit", tag: "Studio", access: Producer,
		summary: "Move a campaign to another version of its kit, and report what of the public works would newly break",
	}, a.moveKit)
}

func (a *API) moveKit(ctx context.Context, in *moveIn) (*moveOut, error) {
	report, err := within(ctx, a.Limits.Heavy, func() (gallery.MoveReport, error) {
		return a.Services.Gallery.WouldBreak(ctx, in.Campaign, in.Body.Version)
	})
	if err != nil {
		return nil, err
	}
	kit, err := a.Services.Campaign.Kit(ctx, report.Kit, report.To)
	if err != nil {
		return nil, err
	}
	out := &moveOut{}
	b := &out.Body
	b.Kit, b.From, b.To, b.Checked, b.Whole, b.Broken = report.Kit, report.From, report.To, report.Checked, report.Whole, report.Broken
	b.Works = make([]breakView, len(report.Works))
	for i, w := range report.Works {
		b.Works[i] = breakView{
			EntryID: w.Entry.ID, CreationID: w.Creation.ID, Title: w.Entry.Title,
			ImageURL: creationPath(w.Creation.ID) + "/image?format=webp&width=640", PageURL: workPage(w.Entry.Campaign, w.Entry.ID),
			Findings: viewFindings(edge.VisitOf(ctx).Locale, kit, w.Findings),
		}
	}
	if in.Body.DryRun {
		return out, nil
	}
	if _, err := a.Services.Campaign.MoveKit(ctx, actor(ctx), in.Campaign, in.Body.Version); err != nil {
		return nil, err
	}
	b.Moved = true
	if err := a.Services.Gallery.SweepSoon(ctx); err != nil {
		return nil, err // the move stands; the sweep comes by itself as well
	}
	return out, nil
}
