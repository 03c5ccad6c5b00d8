package api

import (
	"context"
	"fmt"
	"math"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/web/problem"
)

type findingView struct {
	Layer    string         `json:"layer" doc:"The id of the layer"`
	Rule     string         `json:"rule"`
	Severity string         `json:"severity" enum:"error,warning"`
	Message  string         `json:"message" doc:"A sentence in the caller's language"`
	Measured float64        `json:"measured,omitempty"`
	Allowed  float64        `json:"allowed,omitempty"`
	Other    string         `json:"other,omitempty" doc:"The id of the layer that it comes too near to"`
	Fix      *compose.Layer `json:"fix" doc:"The layer as it would keep the rule, if there is a way"`
}

func viewFindings(locale string, findings []brand.Finding) []findingView {
	out := make([]findingView, 0, len(findings))
	for _, f := range findings {
		args := map[string]any{"measured": plainNumber(f.Measured), "allowed": plainNumber(f.Allowed)}
		out = append(out, findingView{
			Layer: f.Layer, Rule: f.Rule, Severity: string(f.Severity),
			Message:  problem.Sentence(locale, f.Rule, f.Message, args),
			Measured: f.Measured, Allowed: f.Allowed, Other: f.Other, Fix: f.Fix,
		})
	}
	return out
}

// plainNumber writes a measure as a person would: whole where it is large.
func plainNumber(n float64) string {
	if math.Abs(n) >= 10 || n == math.Trunc(n) {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.2f", n)
}

// brandFindings checks what is stored of a creation. It is for showing: what
// can't be read is told where it is used.
func (a *API) brandFindings(ctx context.Context, c create.Creation) []brand.Finding {
	findings, err := a.Services.Create.Findings(ctx, c)
	if err != nil {
		a.Log.WarnContext(ctx, "a stored composition could not be checked", "creation", c.ID, "cause", err)
		return nil
	}
	return findings
}
