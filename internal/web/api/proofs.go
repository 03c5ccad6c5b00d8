package api

import (
	"context"
	"time"

	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

type proofView struct {
	Exact   bool            `json:"exact" doc:"Every mark stands in the picture as the brand drew it"`
	Message string          `json:"message" doc:"What that means, in the caller's language"`
	Width   int             `json:"width"`
	Height  int             `json:"height"`
	Marks   []markProofView `json:"marks" doc:"In the order of the layers"`
	At      time.Time       `json:"at"`
}

type markProofView struct {
	Layer   string  `json:"layer"`
	Mark    string  `json:"mark"`
	Variant string  `json:"variant"`
	Exact   bool    `json:"exact"`
	Pixels  int     `json:"pixels" doc:"How many the mark covers fully"`
	Mean    float64 `json:"mean" doc:"ΔE2000 over these pixels"`
	P99     float64 `json:"p99" doc:"What 99 of 100 stay under"`
	Max     float64 `json:"max" doc:"The greatest; at most 1 for an exact mark"`
}

// proofOf tells the proof that is kept of a creation as it is now; nil if there
// is none.
func (a *API) proofOf(ctx context.Context, c create.Creation) (*proofView, error) {
	p, err := a.Services.Create.Proof(ctx, c.ID)
	if fault.Is(err, fault.NotFound) || err == nil && !p.Of(c) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	code, english := "marks_proven", "Every mark stands in the picture exactly as the brand drew it."
	if !p.Exact {
		code, english = create.NotProven().Code, create.NotProven().Detail
	}
	v := &proofView{
		Exact: p.Exact, Message: problem.Sentence(edge.VisitOf(ctx).Locale, code, english, nil),
		Width: p.Width, Height: p.Height, Marks: make([]markProofView, len(p.Marks)), At: p.At,
	}
	for i, m := range p.Marks {
		v.Marks[i] = markProofView{m.Layer, m.Mark, m.Variant, m.Exact(), m.Pixels, m.Mean, m.P99, m.Max}
	}
	return v, nil
}
