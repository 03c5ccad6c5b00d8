package api

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
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

type kitView struct {
	ID      string      `json:"id"`
	Version string      `json:"version"`
	Name    string      `json:"name"`
	Marks   []kitMark   `json:"marks"`
	Colors  []colorView `json:"colors"`
	Hash    string      `json:"hash" doc:"SHA-256 of the kit's whole content"`
}

type kitMark struct {
	NamedView
	ImageURL string `json:"image_url"`
}

type colorView struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type addressView struct {
	Day     string    `json:"day"`
	Address string    `json:"address" doc:"A keyed hash of the day"`
	Votes   int       `json:"votes"`
	Refused int       `json:"refused"`
	LastAt  time.Time `json:"last_at"`
}

type ledgerRow struct {
	Seq         int64             `json:"seq"`
	At          time.Time         `json:"at"`
	Action      string            `json:"action"`
	Role        string            `json:"role"`
	SubjectKind string            `json:"subject_kind"`
	SubjectID   string            `json:"subject_id"`
	Campaign    string            `json:"campaign"`
	Public      map[string]string `json:"public"`
	Commitment  []byte            `json:"commitment,omitempty" doc:"Salted commitment to private details"`
}

// The bounds of what producers send, in bytes.
const (
	maxCampaign = 2 << 20
	maxKit      = 24 << 20
	maxKitFiles = 400
)

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
	register(a, operation{
		method: http.MethodGet, path: "/studio/kits", id: "list-kits", tag: "Studio", access: Reviewer, summary: "All versions of all brand kits",
	}, a.kits)
	register(a, operation{
		method: http.MethodPost, path: "/studio/kits", id: "add-kit", tag: "Studio", access: Producer, status: http.StatusCreated,
		summary: "Store a brand kit from a ZIP of its folder",
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
				Type: "object", Required: []string{"file"},
				Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary", Description: "A ZIP with kit.json in it"}},
			}}}}
		},
	}, a.addKit)
	register(a, operation{
		method: http.MethodGet, path: "/studio/ledger", id: "list-ledger", tag: "Studio", access: Reviewer, summary: "Decisions as the ledger keeps them, in order",
	}, a.ledgerRows)
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

func (a *API) kits(ctx context.Context, _ *none) (*struct {
	Body struct {
		Kits []kitView `json:"kits"`
	}
}, error) {
	rows, err := a.Services.Campaign.Kits(ctx)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Kits []kitView `json:"kits"`
		}
	}{}
	out.Body.Kits = []kitView{}
	for _, row := range rows {
		v, err := a.viewKit(ctx, row)
		if err != nil {
			return nil, err
		}
		out.Body.Kits = append(out.Body.Kits, v)
	}
	return out, nil
}

func (a *API) viewKit(ctx context.Context, row campaign.KitRow) (kitView, error) {
	kit, err := a.Services.Campaign.Kit(ctx, row.ID, row.Version)
	if err != nil {
		return kitView{}, err
	}
	v := kitView{ID: kit.ID, Version: kit.Version, Name: campaign.Text(kit.Name).Get("en"), Hash: row.Hash, Marks: []kitMark{}, Colors: []colorView{}}
	for _, m := range kit.Marks {
		v.Marks = append(v.Marks, kitMark{NamedView{m.ID, campaign.Text(m.Name).Get("en")}, markPath(kit, m.ID, "")})
	}
	for _, t := range kit.Tokens {
		if t.Type == "color" {
			v.Colors = append(v.Colors, colorView{strings.TrimPrefix(t.Property(), "color-"), t.Value})
		}
	}
	return v, nil
}

func (a *API) addKit(ctx context.Context, _ *none) (*struct{ Body kitView }, error) {
	return heavy(ctx, a, func() (*struct{ Body kitView }, error) {
		data, err := fileOf(request(ctx), maxKit)
		if err != nil {
			return nil, err
		}
		folder, err := kitFolder(data)
		if err != nil {
			return nil, err
		}
		row, err := a.Services.Campaign.AddKit(ctx, folder, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		v, err := a.viewKit(ctx, row)
		return &struct{ Body kitView }{v}, err
	})
}

// kitFolder opens a ZIP and gives the folder in it that holds kit.json: the
// top one or the only one under it. Sizes are bounded before anything is
// unpacked.
func kitFolder(data []byte) (fs.FS, error) {
	unreadable := fault.New(fault.Invalid, "kit_zip_unreadable", "This is not a ZIP file of a kit's folder. Please pack the folder that holds kit.json.")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable.Because(err)
	}
	var total uint64
	for _, f := range z.File {
		total += f.UncompressedSize64
	}
	if len(z.File) > maxKitFiles || total > maxKit {
		return nil, fault.New(fault.TooLarge, "kit_too_large", "A kit has at most %d files and %d MB.", maxKitFiles, maxKit>>20).With("max", maxKit>>20)
	}
	if _, err := fs.Stat(z, "kit.json"); err == nil {
		return z, nil
	}
	entries, err := fs.ReadDir(z, ".")
	if err != nil {
		return nil, unreadable.Because(err)
	}
	for _, e := range entries {
		if _, err := fs.Stat(z, e.Name()+"/kit.json"); e.IsDir() && err == nil {
			return fs.Sub(z, e.Name())
		}
	}
	return nil, unreadable
}

type ledgerIn struct {
	After string `query:"after" maxLength:"20" doc:"next of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (a *API) ledgerRows(ctx context.Context, in *ledgerIn) (*struct {
	Body struct {
		Rows []ledgerRow `json:"rows"`
		Next string      `json:"next"`
	}
}, error) {
	var after int64
	if in.After != "" {
		n, err := strconv.ParseInt(in.After, 10, 64)
		if err != nil || n < 0 {
			return nil, fault.New(fault.Malformed, "cursor_unreadable", "This page's place can't be read. Please start at the beginning.")
		}
		after = n
	}
	rows, err := a.Services.Ledger.Rows(ctx, after, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Rows []ledgerRow `json:"rows"`
			Next string      `json:"next"`
		}
	}{}
	out.Body.Rows = make([]ledgerRow, len(rows))
	for i, r := range rows {
		out.Body.Rows[i] = ledgerRow{r.Seq, r.At, r.Action, r.Role, r.SubjectKind, r.SubjectID, r.Campaign, r.Public, r.Commitment}
	}
	if len(rows) == in.Limit {
		out.Body.Next = strconv.FormatInt(rows[len(rows)-1].Seq, 10)
	}
	return out, nil
}
