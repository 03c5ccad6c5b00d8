package api

import (
	"context"
	"fmt"
	"math"

	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

type findingView struct {
	Layer    string         `json:"layer" doc:"The id of the layer; empty if it is about the whole picture"`
	Index    int            `json:"index" doc:"The place of the layer in the document; -1 if it is about the whole picture"`
	Rule     string         `json:"rule" doc:"A stable word for what is wrong"`
	Severity string         `json:"severity" enum:"error,warning" doc:"With an error the picture can't be kept, handed in or published"`
	Message  string         `json:"message" doc:"What is wrong and what to do, in the caller's language"`
	Reason   string         `json:"reason" doc:"Why the brand has this rule, in the caller's language; may be empty"`
	Measured float64        `json:"measured,omitempty" doc:"In canvas pixels, degrees, characters, a contrast ratio, a share or a ΔE2000, as the rule has it"`
	Allowed  float64        `json:"allowed,omitempty" doc:"The limit that measured is held to"`
	Other    string         `json:"other,omitempty" doc:"The id of the layer that it comes too near to"`
	By       string         `json:"by,omitempty" doc:"The id of the kit's own rule; empty for a rule that every kit has"`
	Detail   string         `json:"detail,omitempty" doc:"The word, day, market or channel that it is about"`
	Fix      *compose.Layer `json:"fix" doc:"The layer as it would keep the rule, or the layer to add where index is -1; null if there is none"`
	Patch    []patchView    `json:"patch" doc:"A JSON Patch (RFC 6902) of the checked document that applies the fix; empty if there is none"`
}

type patchView struct {
	Op    string `json:"op" enum:"test,replace,add,remove"`
	Path  string `json:"path" example:"/layers/2"`
	Value any    `json:"value,omitempty" doc:"The layer; for test, the id of the layer that has to be at that place"`
}

// viewFindings tells findings in a locale. Kit is the one that they are of.
func viewFindings(locale string, kit *brand.Kit, findings []brand.Finding) []findingView {
	out := make([]findingView, 0, len(findings))
	for _, f := range findings {
		args := map[string]any{"measured": plainNumber(f.Measured), "allowed": plainNumber(f.Allowed)}
		out = append(out, findingView{
			Layer: f.Layer, Index: f.Index, Rule: f.Rule, Severity: string(f.Severity),
			Message: problem.Sentence(locale, f.Rule, brand.Say(f, locale), args), Reason: kit.Why(f, locale),
			Measured: f.Measured, Allowed: f.Allowed, Other: f.Other, By: f.By, Detail: f.Detail, Fix: f.Fix, Patch: patchOf(f),
		})
	}
	return out
}

// patchOf is a finding's fix as a patch of the document that was checked. A
// layer that no change makes lawful is taken away, where there is one.
func patchOf(f brand.Finding) []patchView {
	switch at := fmt.Sprintf("/layers/%d", f.Index); {
	case f.Index < 0 && f.Fix != nil:
		return []patchView{{"add", "/layers/-", f.Fix}}
	case f.Index >= 0 && f.Fix != nil:
		return []patchView{{"test", at + "/id", f.Layer}, {"replace", at, f.Fix}}
	case f.Index > 0 && f.Severity == brand.Refused:
		return []patchView{{"test", at + "/id", f.Layer}, {Op: "remove", Path: at}}
	}
	return []patchView{}
}

// plainNumber writes a measure as a person would: whole where it is large.
func plainNumber(n float64) string {
	if math.Abs(n) >= 10 || n == math.Trunc(n) {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.2f", n)
}

// tellFindings tells findings of a creation in the caller's language.
func (a *API) tellFindings(ctx context.Context, c create.Creation, findings []brand.Finding) ([]findingView, error) {
	kit, err := a.Services.Campaign.Kit(ctx, c.Kit, c.KitVersion)
	if err != nil {
		return nil, err
	}
	return viewFindings(edge.VisitOf(ctx).Locale, kit, findings), nil
}

// storedFindings checks what is stored of a creation and tells it. It is for
// showing: what can't be read is told where it is used.
func (a *API) storedFindings(ctx context.Context, c create.Creation) []findingView {
	findings, err := a.Services.Create.Findings(ctx, c)
	var out []findingView
	if err == nil {
		out, err = a.tellFindings(ctx, c, findings)
	}
	if err != nil {
		a.Log.WarnContext(ctx, "a stored composition could not be checked", "creation", c.ID, "cause", err)
		return []findingView{}
	}
	return out
}

// refused adds to an error that a composition is against the rules what is
// wrong with it, layer by layer, in the caller's language.
func (a *API) refused(ctx context.Context, err error, c create.Creation, findings []brand.Finding) error {
	p := problem.From(err, edge.VisitOf(ctx).Locale)
	if len(findings) == 0 || c.ID == "" {
		return p
	}
	views, tellErr := a.tellFindings(ctx, c, findings)
	if tellErr != nil {
		return tellErr
	}
	p.Findings = views
	p.Fields = fieldsOf(views, p.Fields)
	return p
}

// refusedStored is refused for the composition that is stored of a creation.
func (a *API) refusedStored(ctx context.Context, err error, id string) error {
	c, readErr := a.Services.Create.Creation(ctx, id)
	if readErr != nil {
		return readErr
	}
	findings, readErr := a.Services.Create.Findings(ctx, c)
	if readErr != nil {
		return readErr
	}
	return a.refused(ctx, err, c, findings)
}

// fieldsOf gives the fields of a refusal in the words of its findings; fields
// of another kind stay.
func fieldsOf(views []findingView, have []fault.Field) []fault.Field {
	if len(have) == 0 {
		return have
	}
	var out []fault.Field
	for _, v := range views {
		if v.Severity != string(brand.Refused) {
			continue
		}
		path := "layers"
		if v.Index >= 0 {
			path = fmt.Sprintf("layers[%d]", v.Index)
		}
		out = append(out, fault.Field{Path: path, Code: v.Rule, Message: v.Message})
	}
	return out
}
