package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/compose"
	"marquee/internal/policy"
	"marquee/internal/workbench"
)

type guardTimingView struct {
	Detector     string `json:"detector" doc:"Its name with its version"`
	Microseconds int64  `json:"microseconds"`
	Found        int    `json:"found"`
}

// triedFinding is a finding under a name of its own: works have findings too.
type triedFinding policy.Finding

// triedReason is a rule that fired, named so for the same reason.
type triedReason policy.Reason

// triedDuty is what a rule asks to be done.
type triedDuty policy.Duty

type triedView struct {
	Verdict      string            `json:"verdict" enum:"allow,rewrite,hold,deny"`
	Findings     []triedFinding    `json:"findings" nullable:"false" doc:"start and end are bytes of the text in UTF-8"`
	Reasons      []triedReason     `json:"reasons" nullable:"false"`
	Duties       []triedDuty       `json:"duties" nullable:"false"`
	Packs        []string          `json:"packs" nullable:"false" doc:"The packs that were asked, as id@version"`
	Detectors    []guardTimingView `json:"detectors" nullable:"false"`
	Microseconds int64             `json:"microseconds" doc:"Of detectors and rules together"`
	Locale       string            `json:"locale,omitempty"`
	Guessed      bool              `json:"guessed" doc:"The locale was guessed"`
	Covered      bool              `json:"covered" doc:"There is a list of slurs for the language"`
	Suggestion   string            `json:"suggestion,omitempty" doc:"Softer words, where the verdict is to rewrite"`
	Guard        workbench.Version `json:"guard"`
}

type triedOut struct{ Body triedView }

func viewTried(t workbench.Tried) *triedOut {
	v := triedView{
		Verdict: string(t.Verdict.Outcome), Findings: []triedFinding{}, Reasons: []triedReason{}, Duties: []triedDuty{}, Detectors: []guardTimingView{},
		Packs: orEmpty(t.Verdict.Packs), Microseconds: t.Took.Microseconds(), Locale: t.Locale, Guessed: t.Guessed, Covered: t.Covered,
		Suggestion: t.Suggestion, Guard: t.Version,
	}
	for _, f := range t.Verdict.Findings {
		v.Findings = append(v.Findings, triedFinding(f))
	}
	for _, r := range t.Verdict.Reasons {
		v.Reasons = append(v.Reasons, triedReason(r))
	}
	for _, d := range t.Verdict.Duties {
		v.Duties = append(v.Duties, triedDuty(d))
	}
	for _, d := range t.Timings {
		v.Detectors = append(v.Detectors, guardTimingView{d.Detector, d.Took.Microseconds(), d.Found})
	}
	return &triedOut{v}
}

type trialIn struct {
	Body struct {
		Text     string `json:"text" minLength:"1" maxLength:"20000"`
		Locale   string `json:"locale,omitempty" maxLength:"35" doc:"A BCP 47 tag; guessed if it is left out"`
		Market   string `json:"market,omitempty" pattern:"^([A-Z]{2})?$" doc:"An ISO 3166-1 country"`
		Role     string `json:"role,omitempty" enum:"participant,model,staff" default:"participant" doc:"Who wrote it"`
		Source   string `json:"source,omitempty" enum:"typed,file,retrieved" default:"typed" doc:"How it came in"`
		Campaign string `json:"campaign,omitempty" maxLength:"64" doc:"Asks its packs, and its brand's, as well"`
	}
}

// upload describes a body with one file.
func upload(what string) func(*huma.Operation) {
	return func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
			Type: "object", Required: []string{"file"},
			Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary", Description: what}},
		}}}}
	}
}

// guard registers the workbench of the guard.
func (a *API) guard() {
	register(a, operation{
		method: http.MethodPost, path: "/studio/guard/check", id: "try-text", tag: "Studio", access: Reviewer, body: 128 << 10,
		summary: "What the guard finds in a text, and what becomes of it; nothing is kept",
	}, a.tryText)
	register(a, operation{
		method: http.MethodPost, path: "/studio/guard/check-picture", id: "try-picture", tag: "Studio", access: Reviewer, body: maxVerify + 1<<20, raw: true,
		summary: "What the guard finds in a picture; nothing is kept", shape: upload("A PNG, JPEG or WebP"),
	}, a.tryPicture)
	a.guardRuns()
	a.guardMarks()
}

func (a *API) tryText(ctx context.Context, in *trialIn) (*triedOut, error) {
	b := in.Body
	t := workbench.Trial{Text: b.Text, Locale: b.Locale, Market: b.Market, Role: b.Role, Source: b.Source}
	if b.Campaign != "" {
		rec, err := a.Services.Campaign.Get(ctx, b.Campaign)
		if err != nil {
			return nil, err
		}
		t.Campaign, t.Brand = rec.Slug, rec.File.Kit
	}
	return within(ctx, a.Limits.Heavy, func() (*triedOut, error) {
		return viewTried(a.Services.Workbench.Try(ctx, t)), nil
	})
}

func (a *API) tryPicture(ctx context.Context, in *struct {
	Market string `query:"market" pattern:"^([A-Z]{2})?$" doc:"An ISO 3166-1 country"`
}) (*triedOut, error) {
	return within(ctx, a.Limits.Heavy, func() (*triedOut, error) {
		data, err := fileOf(request(ctx), maxVerify)
		if err != nil {
			return nil, err
		}
		img, err := compose.Decode(bytes.NewReader(data), maxVerify, maxVerifyPixels)
		if err != nil {
			return nil, err
		}
		return viewTried(a.Services.Workbench.TryPicture(ctx, img, in.Market)), nil
	})
}

type mistakeView struct {
	ID       string            `json:"id"`
	Text     string            `json:"text"`
	Locale   string            `json:"locale"`
	Marked   string            `json:"marked" enum:"false_alarm,miss"`
	Want     string            `json:"want,omitempty" enum:"hold,deny"`
	Why      string            `json:"why"`
	MarkedBy string            `json:"marked_by" doc:"The person's id"`
	MarkedAt time.Time         `json:"marked_at"`
	Guard    workbench.Version `json:"guard" doc:"That made the mistake"`
	Now      string            `json:"now,omitempty" enum:"allow,rewrite,hold,deny" doc:"What the guard of today says"`
	Right    bool              `json:"right" doc:"The guard no longer makes the mistake"`
}

func viewMistake(m workbench.Mark) mistakeView {
	return mistakeView{
		ID: m.ID, Text: m.Text, Locale: m.Locale, Marked: string(m.Marked.Marked), Want: string(m.Want), Why: m.Why,
		MarkedBy: m.By, MarkedAt: m.At, Guard: m.Version,
	}
}

type mistakeIn struct {
	Body struct {
		Text    string `json:"text" minLength:"1" maxLength:"20000"`
		Locale  string `json:"locale,omitempty" maxLength:"35"`
		Marked  string `json:"marked" enum:"false_alarm,miss"`
		Want    string `json:"want,omitempty" enum:"hold,deny" doc:"Of a miss: only this would be right"`
		Why     string `json:"why" minLength:"1" maxLength:"500"`
		Nobodys bool   `json:"nobodys,omitempty" doc:"What looks like personal data or a secret belongs to nobody"`
	}
}

func (a *API) by(ctx context.Context) workbench.By {
	return workbench.By{ID: actor(ctx).ID, Role: string(actor(ctx).Role)}
}

// guardMarks registers the mistakes that staff mark.
func (a *API) guardMarks() {
	bench := func() *workbench.Service { return a.Services.Workbench }
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/marks", id: "list-guard-marks", tag: "Studio", access: Reviewer,
		summary: "The guard's mistakes that staff marked, newest first, and whether it still makes them",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			Marks []mistakeView `json:"marks" nullable:"false"`
		}
	}, error) {
		judged, err := within(ctx, a.Limits.Heavy, func() ([]workbench.Judged, error) { return bench().Marks(ctx) })
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Marks []mistakeView `json:"marks" nullable:"false"`
			}
		}{}
		out.Body.Marks = []mistakeView{}
		for _, j := range judged {
			v := viewMistake(j.Mark)
			v.Now, v.Right = string(j.Now), j.Right
			out.Body.Marks = append(out.Body.Marks, v)
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/guard/marks", id: "mark-mistake", tag: "Studio", access: Reviewer, status: http.StatusCreated, body: 128 << 10,
		summary: "Mark a text as a false alarm or a miss of the guard",
	}, func(ctx context.Context, in *mistakeIn) (*struct{ Body mistakeView }, error) {
		b := in.Body
		m, err := bench().Mark(ctx, a.by(ctx), workbench.Slip{
			Text: b.Text, Locale: b.Locale, Marked: mistake(b.Marked), Want: policy.Outcome(b.Want), Why: b.Why, Nobodys: b.Nobodys,
		})
		if err != nil {
			return nil, err
		}
		return &struct{ Body mistakeView }{viewMistake(m)}, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/guard/marks/{id}", id: "unmark-mistake", tag: "Studio", access: Reviewer, status: http.StatusNoContent,
		summary: "Forget a marked text",
	}, func(ctx context.Context, in *ByID) (*none, error) { return nil, bench().Unmark(ctx, a.by(ctx), in.ID) })
	register(a, operation{
		method: http.MethodGet, path: "/studio/guard/marks.jsonl", id: "export-guard-marks", tag: "Studio", access: Reviewer,
		summary: "The same as cases that the guard's tests run, one JSON object a line",
		shape: func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{Description: "OK", Content: map[string]*huma.MediaType{"application/x-ndjson": {Schema: &huma.Schema{Type: "string"}}}}
		},
	}, func(ctx context.Context, _ *none) (*tableOut, error) {
		var b bytes.Buffer
		if err := bench().Export(ctx, &b); err != nil {
			return nil, err
		}
		return &tableOut{"application/x-ndjson; charset=utf-8", `attachment; filename="marked.jsonl"`, b.Bytes()}, nil
	})
}

// tableOut is a file to be kept.
type tableOut struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}
