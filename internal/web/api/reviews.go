package api

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/policy"
	"marquee/internal/review"
)

type itemView struct {
	ID         string            `json:"id"`
	Kind       string            `json:"kind" enum:"entry,report,generation"`
	SubjectID  string            `json:"subject_id"`
	CreationID string            `json:"creation_id,omitempty"`
	Campaign   string            `json:"campaign"`
	State      string            `json:"state" enum:"waiting,published,approved,rejected,taken_down,withdrawn"`
	Who        string            `json:"who" doc:"A pseudonym of the participant"`
	Words      map[string]string `json:"words" doc:"The texts to judge, by what they are"`
	Verdict    policy.Verdict    `json:"verdict"`
	ImageURL   string            `json:"image_url,omitempty"`
	Findings   []findingView     `json:"findings" doc:"Where the composition is against the brand's rules"`
	Proof      *proofView        `json:"proof" doc:"What the picture's own pixels say of the marks; null before it was proven"`
	// Publication is there while an entry waits.
	Publication  *policy.Verdict `json:"publication" doc:"What policy says to making the work public, and the duties that come with it; null where nothing waits to be public"`
	ApprovedOnce bool            `json:"approved_once" doc:"One person has approved it and policy wants another"`
	CreatedAt    time.Time       `json:"created_at"`
	DecidedAt    time.Time       `json:"decided_at,omitzero"`
	Reason       string          `json:"reason,omitempty"`
}

type itemsIn struct {
	State    string `query:"state" enum:"waiting,published,approved,rejected,taken_down,withdrawn"`
	Kind     string `query:"kind" enum:"entry,report,generation"`
	Campaign string `query:"campaign" maxLength:"64"`
	After    string `query:"after" maxLength:"64"`
	Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"50"`
}

type itemsOut struct {
	Body struct {
		Items  []itemView     `json:"items"`
		Next   string         `json:"next"`
		Counts map[string]int `json:"counts" doc:"How many items there are, by state"`
	}
}

type itemOut struct{ Body itemView }

// reviews registers how people decide.
func (a *API) reviews() {
	register(a, operation{
		method: http.MethodGet, path: "/review/items", id: "list-review-items", tag: "Review", access: Reviewer,
		summary: "What waits for a decision, or had one; the oldest first while waiting",
	}, func(ctx context.Context, in *itemsIn) (*itemsOut, error) {
		items, next, err := a.Services.Review.List(ctx, review.Filter{
			State: review.State(in.State), Kind: review.Kind(in.Kind), Campaign: in.Campaign, After: in.After, Limit: in.Limit,
		})
		if err != nil {
			return nil, err
		}
		counts, err := a.Services.Review.Counts(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		out := &itemsOut{}
		out.Body.Next, out.Body.Items, out.Body.Counts = next, make([]itemView, len(items)), map[string]int{}
		// Works that this process has not seen yet are looked at side by side.
		group, groupCtx := errgroup.WithContext(ctx)
		group.SetLimit(max(runtime.NumCPU(), 2))
		for i, item := range items {
			group.Go(func() (err error) {
				out.Body.Items[i], err = a.viewItem(groupCtx, item)
				return err
			})
		}
		if err := group.Wait(); err != nil {
			return nil, err
		}
		for state, n := range counts {
			out.Body.Counts[string(state)] = n
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/review/items/{id}", id: "get-review-item", tag: "Review", access: Reviewer, summary: "One item",
	}, func(ctx context.Context, in *ByID) (*itemOut, error) {
		item, err := a.Services.Review.Item(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		v, err := a.viewItem(ctx, item)
		return &itemOut{v}, err
	})
	register(a, operation{
		method: http.MethodPost, path: "/review/items/{id}/decision", id: "decide", tag: "Review", access: Reviewer,
		summary: "Approve, reject or take down. For a report, approve means that it is right and the work comes down",
	}, func(ctx context.Context, in *struct {
		ByID
		Body struct {
			Decision string `json:"decision" enum:"approve,reject,takedown"`
			Reason   string `json:"reason,omitempty" doc:"The participant reads it; needed to reject and take down"`
		}
	}) (*itemOut, error) {
		who := actor(ctx)
		item, err := a.Services.Review.Decide(ctx, review.By{ID: who.ID, Role: string(who.Role)}, in.ID, review.Decision(in.Body.Decision), in.Body.Reason)
		if fault.HasCode(err, "publication_against_rules") {
			if item, readErr := a.Services.Review.Item(ctx, in.ID); readErr == nil {
				err = a.refusedStored(ctx, err, item.CreationID)
			}
		}
		if err != nil {
			return nil, err
		}
		v, err := a.viewItem(ctx, item)
		return &itemOut{v}, err
	})
}

func (a *API) viewItem(ctx context.Context, i review.Item) (itemView, error) {
	v := itemView{
		ID: i.ID, Kind: string(i.Kind), SubjectID: i.SubjectID, CreationID: i.CreationID, Campaign: i.Campaign, State: string(i.State),
		Who: i.Who, Words: i.Words, Verdict: i.Verdict, Findings: []findingView{}, CreatedAt: i.CreatedAt, DecidedAt: i.DecidedAt, Reason: i.Reason,
	}
	if v.Words == nil {
		v.Words = map[string]string{}
	}
	if i.CreationID == "" {
		return v, nil
	}
	c, err := a.Services.Create.Creation(ctx, i.CreationID)
	if fault.Is(err, fault.NotFound) {
		return v, nil // deleted by its maker; the decision stays on record
	}
	if err != nil {
		return v, err
	}
	v.ImageURL = creationPath(c.ID) + "/image?format=webp&width=1280"
	if i.Kind == review.KindEntry {
		v.Findings = a.storedFindings(ctx, c)
		if v.Proof, err = a.proofOf(ctx, c); err == nil && i.State == review.Waiting {
			v.ApprovedOnce = i.DecidedBy != ""
			v.Publication, err = a.foreseen(ctx, c)
		}
	}
	return v, err
}

// foreseen tells a reviewer what policy would say to an approval.
func (a *API) foreseen(ctx context.Context, c create.Creation) (*policy.Verdict, error) {
	findings, err := a.Services.Create.Findings(ctx, c)
	if err != nil {
		return nil, err
	}
	in, err := a.Services.Gallery.Publication(ctx, c, findings)
	if err != nil {
		return nil, err
	}
	v := a.Services.Council.Consider(ctx, in)
	return &v, nil
}
