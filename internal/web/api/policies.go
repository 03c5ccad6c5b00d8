package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/council"
	"marquee/internal/policy"
)

type packView struct {
	ID         string         `json:"id"`
	Version    string         `json:"version"`
	Layer      string         `json:"layer" enum:"platform,company,brand,campaign,market"`
	Title      string         `json:"title"`
	About      string         `json:"about"`
	For        []string       `json:"for" doc:"Brands or campaigns; empty for a pack of another layer"`
	Markets    []string       `json:"markets" doc:"Empty means all"`
	Source     *policy.Source `json:"source"`
	Sufficient []policy.Stage `json:"sufficient" doc:"Where built-in checks stand in for a hosted moderator that is down"`
	Rules      []policyRule   `json:"rules"`
	Cases      int            `json:"cases" doc:"How many examples it is tested with"`
	Builtin    bool           `json:"builtin" doc:"It came with Marquee"`
	VersionID  string         `json:"version_id" doc:"The version that staff brought in; empty for a pack that came with Marquee"`
}

// policyRule is a rule under a name of its own: kits have rules too.
type policyRule policy.Rule

func viewPack(h council.Held) packView {
	v := packView{
		ID: h.ID, Version: h.Pack.Version, Layer: string(h.Layer), Title: h.Title, About: h.About, For: h.For, Markets: h.Markets,
		Source: h.Source, Sufficient: h.Sufficient, Cases: len(h.Cases), Builtin: h.Builtin, VersionID: h.Version.ID,
	}
	for _, r := range h.Rules {
		v.Rules = append(v.Rules, policyRule(r))
	}
	return v
}

type packVersionView struct {
	ID         string    `json:"id"`
	Pack       string    `json:"pack"`
	Version    string    `json:"version"`
	Layer      string    `json:"layer" enum:"platform,company,brand,campaign,market"`
	State      string    `json:"state" enum:"proposed,active,replaced,withdrawn"`
	ProposedBy string    `json:"proposed_by" doc:"The person's id"`
	ProposedAt time.Time `json:"proposed_at"`
	DecidedBy  string    `json:"decided_by"`
	DecidedAt  time.Time `json:"decided_at"`
	Mine       bool      `json:"mine" doc:"The caller proposed it, so another person has to confirm it"`
}

type packVersionOut struct{ Body packVersionView }

// ByPackVersion is the part of an address that names a version of a pack.
type ByPackVersion struct {
	Version string `path:"version" maxLength:"64"`
}

// maxPack bounds the request with a pack's file, in bytes.
const maxPack = 256 << 10

// policies registers the packs of rules: what holds, what is proposed, and the
// two people that a change takes.
func (a *API) policies() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/policies", id: "list-policies", tag: "Studio", access: Reviewer,
		summary: "The policy packs in force, and every version that staff brought in",
	}, a.listPolicies)
	register(a, operation{
		method: http.MethodPost, path: "/studio/policies", id: "propose-policy", tag: "Studio", access: Producer, status: http.StatusCreated, body: maxPack,
		summary: "Propose a version of a policy pack", raw: true,
		shape: func(op *huma.Operation) {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{Type: "object", Description: "A pack, as docs/policy.md tells it"}}}}
		},
	}, func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/json"`
	}) (*packVersionOut, error) {
		v, err := a.Services.Council.Propose(ctx, actor(ctx), in.RawBody)
		return viewPackVersion(ctx, v), err
	})
	register(a, operation{
		method: http.MethodGet, path: "/studio/policies/{version}/dry-run", id: "dry-run-policy", tag: "Studio", access: Producer,
		summary: "What a version would have done to past decisions",
	}, func(ctx context.Context, in *struct {
		ByPackVersion
		Campaign string `query:"campaign" maxLength:"64" doc:"Only this campaign's; empty for all"`
	}) (*struct{ Body *policy.Shift }, error) {
		return within(ctx, a.Limits.Heavy, func() (*struct{ Body *policy.Shift }, error) {
			shift, err := a.Services.Council.DryRun(ctx, in.Version, in.Campaign)
			return &struct{ Body *policy.Shift }{shift}, err
		})
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/policies/{version}/confirm", id: "confirm-policy", tag: "Studio", access: Producer,
		summary: "Put a proposed version into force; takes another person than the one who proposed it",
	}, func(ctx context.Context, in *ByPackVersion) (*packVersionOut, error) {
		v, err := a.Services.Council.Confirm(ctx, actor(ctx), in.Version)
		return viewPackVersion(ctx, v), err
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/policies/{version}/withdraw", id: "withdraw-policy", tag: "Studio", access: Producer,
		summary: "Take a proposal back, or a version out of force",
	}, func(ctx context.Context, in *ByPackVersion) (*packVersionOut, error) {
		v, err := a.Services.Council.Withdraw(ctx, actor(ctx), in.Version)
		return viewPackVersion(ctx, v), err
	})
}

func (a *API) listPolicies(ctx context.Context, _ *none) (*struct {
	Body struct {
		Packs    []packView        `json:"packs" doc:"In the order in which they are asked"`
		Versions []packVersionView `json:"versions" doc:"Newest first"`
	}
}, error) {
	held, err := a.Services.Council.InForce(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := a.Services.Council.Versions(ctx)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Body struct {
			Packs    []packView        `json:"packs" doc:"In the order in which they are asked"`
			Versions []packVersionView `json:"versions" doc:"Newest first"`
		}
	}{}
	out.Body.Packs, out.Body.Versions = []packView{}, []packVersionView{}
	for _, h := range held {
		out.Body.Packs = append(out.Body.Packs, viewPack(h))
	}
	for _, v := range versions {
		out.Body.Versions = append(out.Body.Versions, viewPackVersion(ctx, v).Body)
	}
	return out, nil
}

func viewPackVersion(ctx context.Context, v council.Version) *packVersionOut {
	return &packVersionOut{packVersionView{
		ID: v.ID, Pack: v.Pack, Version: v.Number, Layer: string(v.Layer), State: string(v.State),
		ProposedBy: v.ProposedBy, ProposedAt: v.ProposedAt, DecidedBy: v.DecidedBy, DecidedAt: v.DecidedAt,
		Mine: v.ProposedBy == actor(ctx).ID,
	}}
}
