package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

type campaignRow struct {
	Slug       string    `json:"slug"`
	Name       string    `json:"name"`
	State      string    `json:"state" enum:"draft,open,closed"`
	Opens      time.Time `json:"opens"`
	Closes     time.Time `json:"closes"`
	Kit        string    `json:"kit"`
	KitVersion string    `json:"kit_version"`
	Revision   int       `json:"revision"`
}

type budgetView struct {
	Limit    int64 `json:"limit" doc:"Pictures of a paid provider"`
	Reserved int64 `json:"reserved"`
	Spent    int64 `json:"spent"`
}

type recordView struct {
	File     campaign.File `json:"file"`
	State    string        `json:"state" enum:"draft,open,closed"`
	Revision int           `json:"revision"`
	Budget   budgetView    `json:"budget"`
}

type recordOut struct{ Body recordView }

type addressView struct {
	Day     string    `json:"day"`
	Address string    `json:"address" doc:"A keyed hash of the day"`
	Votes   int       `json:"votes"`
	Refused int       `json:"refused"`
	LastAt  time.Time `json:"last_at"`
}

// maxCampaign bounds the request with a campaign's file, in bytes.
const maxCampaign = 2 << 20

// studio registers what producers do.
func (a *API) studio() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/campaigns", id: "list-studio-campaigns", tag: "Studio", access: Reviewer, summary: "All campaigns, drafts included",
	}, a.studioCampaigns)
	register(a, operation{
		method: http.MethodGet, path: "/studio/campaigns/{campaign}", id: "get-studio-campaign", tag: "Studio", access: Reviewer, summary: "A campaign's file, state and budget",
	}, func(ctx context.Context, in *InCampaign) (*recordOut, error) {
		rec, err := a.Services.Campaign.Get(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		return a.viewRecord(ctx, rec)
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/campaigns", id: "add-campaign", tag: "Studio", access: Producer, status: http.StatusCreated, body: maxCampaign,
		summary: "Make a campaign of a file", raw: true, shape: campaignBody(false),
	}, func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/json"`
	}) (*recordOut, error) {
		body, file, err := readCampaign(in.RawBody)
		if err != nil {
			return nil, err
		}
		if body.State == "" {
			body.State = campaign.Draft
		}
		rec, err := a.Services.Campaign.Add(ctx, file, body.State, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		return a.viewRecord(ctx, rec)
	})
	register(a, operation{
		method: http.MethodPut, path: "/studio/campaigns/{campaign}", id: "change-campaign", tag: "Studio", access: Producer, body: maxCampaign,
		summary: "Change a campaign that nobody changed meanwhile", raw: true, shape: campaignBody(true),
	}, func(ctx context.Context, in *struct {
		InCampaign
		RawBody []byte `contentType:"application/json"`
	}) (*recordOut, error) {
		body, file, err := readCampaign(in.RawBody)
		if err != nil {
			return nil, err
		}
		rec, err := a.Services.Campaign.Update(ctx, in.Campaign, file, body.State, body.Revision, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		return a.viewRecord(ctx, rec)
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/campaigns/check", id: "check-campaign", tag: "Studio", access: Reviewer, body: maxCampaign,
		summary: "What is wrong with a campaign's file, without storing it", raw: true, shape: campaignBody(false),
	}, a.checkCampaign)
	register(a, operation{
		method: http.MethodGet, path: "/studio/campaigns/{campaign}/addresses", id: "list-capped-addresses", tag: "Studio", access: Reviewer,
		summary: "Network addresses whose votes were capped, the worst first",
	}, a.addresses)
	a.brandKits()
	a.trail()
	a.moves()
	a.rights()
	a.signing()
}

func (a *API) studioCampaigns(ctx context.Context, _ *none) (*struct {
	Body struct {
		Campaigns []campaignRow `json:"campaigns"`
	}
}, error) {
	all, err := a.Services.Campaign.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Campaigns []campaignRow `json:"campaigns"`
		}
	}{}
	out.Body.Campaigns = make([]campaignRow, len(all))
	for i, rec := range all {
		f := rec.File
		out.Body.Campaigns[i] = campaignRow{rec.Slug, f.Name.Get("en", f.DefaultLocale), string(rec.State), f.Opens, f.Closes, f.Kit, f.KitVersion, rec.Revision}
	}
	return out, nil
}

func (a *API) viewRecord(ctx context.Context, rec campaign.Record) (*recordOut, error) {
	b, err := a.Services.Campaign.Budget(ctx, rec.Slug)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	return &recordOut{recordView{rec.File, string(rec.State), rec.Revision, budgetView{b.Limit, b.Reserved, b.Spent}}}, nil
}

type campaignRequest struct {
	File     json.RawMessage `json:"file"`
	State    campaign.State  `json:"state"`
	Revision int             `json:"revision"`
}

// readCampaign reads a request with a campaign's file in it; the file is read
// as strictly as from the command line.
func readCampaign(data []byte) (campaignRequest, campaign.File, error) {
	var body campaignRequest
	if err := json.Unmarshal(data, &body); err != nil || len(body.File) == 0 {
		return body, campaign.File{}, fault.New(fault.Malformed, "request_unreadable", "The request can't be read. Please send valid JSON in UTF-8.").Because(err)
	}
	file, err := campaign.ReadFile(bytes.NewReader(body.File))
	return body, file, err
}

type problemsOut struct {
	Body struct {
		Problems []fault.Field `json:"problems"`
	}
}

func (a *API) checkCampaign(ctx context.Context, in *struct {
	RawBody []byte `contentType:"application/json"`
}) (*problemsOut, error) {
	out := &problemsOut{}
	out.Body.Problems = []fault.Field{}
	_, file, err := readCampaign(in.RawBody)
	if f, ok := fault.As(err); ok && f.Code != "request_unreadable" {
		// A file that can't be read is an answer here, not a failure to answer.
		p := problem.From(err, edge.VisitOf(ctx).Locale)
		out.Body.Problems = append(out.Body.Problems, fault.Field{Path: "", Code: p.Code, Message: p.Detail})
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := a.Services.Campaign.Check(ctx, file)
	if err != nil {
		return nil, err
	}
	out.Body.Problems = append(out.Body.Problems, list...)
	return out, nil
}

func campaignBody(change bool) func(*huma.Operation) {
	return func(op *huma.Operation) {
		properties := map[string]*huma.Schema{
			"file":  {Type: "object", Description: "The campaign's file"},
			"state": {Type: "string", Enum: []any{"draft", "open", "closed"}},
		}
		required := []string{"file"}
		if change {
			properties["revision"] = &huma.Schema{Type: "integer", Description: "The revision that was changed"}
			required = append(required, "state", "revision")
		}
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{
			Type: "object", Properties: properties, Required: required,
		}}}}
	}
}

func (a *API) addresses(ctx context.Context, in *InCampaign) (*struct {
	Body struct {
		Addresses []addressView `json:"addresses"`
	}
}, error) {
	rec, err := a.Services.Campaign.Get(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	list, err := a.Services.Gallery.Capped(ctx, rec.Slug)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Addresses []addressView `json:"addresses"`
		}
	}{}
	out.Body.Addresses = make([]addressView, len(list))
	for i, v := range list {
		out.Body.Addresses[i] = addressView{v.Day, v.Address, v.Votes, v.Refused, v.LastAt}
	}
	return out, nil
}
