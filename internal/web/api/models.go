package api

import (
	"context"
	"net/http"
	"time"

	"marquee/internal/budget"
	"marquee/internal/generate"
	"marquee/internal/registry"
)

type modelOut struct{ Body registry.Model }

type modelIn struct {
	Provider string        `json:"provider" maxLength:"100"`
	Name     string        `json:"name" maxLength:"200"`
	Version  string        `json:"version" maxLength:"200"`
	Licence  string        `json:"licence" maxLength:"4000" doc:"What may be done with what it makes"`
	Terms    string        `json:"terms" maxLength:"4000" doc:"Where that is written"`
	Region   string        `json:"region,omitempty" maxLength:"100"`
	Price    *budget.Price `json:"price,omitempty" doc:"Instead of the list price"`
	Limits   string        `json:"limits,omitempty" maxLength:"4000"`
	Risks    string        `json:"risks,omitempty" maxLength:"4000"`
	Data     []string      `json:"data,omitempty" maxItems:"8" enum:"prompts,pictures,photos,dialogue" doc:"What may be sent to it"`
}

type storedKeyView struct {
	Provider  string    `json:"provider"`
	ChangedAt time.Time `json:"changed_at"`
}

// InTrial is the part of an address that names whose requests a trial takes.
type InTrial struct {
	Capability string `path:"capability" enum:"picture,edit,text,moderation"`
	Incumbent  string `path:"incumbent" maxLength:"100"`
}

// models registers the register of models, their trials and their keys.
func (a *API) models() {
	r := func() *registry.Service { return a.Services.Registry }
	register(a, operation{
		method: http.MethodGet, path: "/studio/models", id: "list-models", tag: "Studio", access: Reviewer,
		summary: "The register of models, the trials, and how their providers are",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			Models   []registry.Model  `json:"models"`
			Canaries []registry.Canary `json:"canaries"`
			Keys     []storedKeyView   `json:"keys" doc:"Providers whose key is stored here"`
			Health   []generate.Health `json:"health" doc:"As this process sees them"`
		}
	}, error) {
		out := &struct {
			Body struct {
				Models   []registry.Model  `json:"models"`
				Canaries []registry.Canary `json:"canaries"`
				Keys     []storedKeyView   `json:"keys" doc:"Providers whose key is stored here"`
				Health   []generate.Health `json:"health" doc:"As this process sees them"`
			}
		}{}
		var err error
		if out.Body.Models, err = r().Models(ctx); err != nil {
			return nil, err
		}
		if out.Body.Canaries, err = r().Canaries(ctx); err != nil {
			return nil, err
		}
		keys, err := r().StoredKeys(ctx)
		if err != nil {
			return nil, err
		}
		out.Body.Keys = make([]storedKeyView, len(keys))
		for i, k := range keys {
			out.Body.Keys[i] = storedKeyView{k.Provider, k.ChangedAt}
		}
		out.Body.Health = a.Services.Door.Health()
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/models", id: "add-model", tag: "Studio", access: Producer, status: http.StatusCreated,
		summary: "Enter a version of a model; it waits for an approval",
	}, func(ctx context.Context, in *struct{ Body modelIn }) (*modelOut, error) {
		b := in.Body
		m, err := r().Add(ctx, registry.Model{
			Provider: b.Provider, Name: b.Name, Version: b.Version, Licence: b.Licence, Terms: b.Terms, Region: b.Region,
			Price: b.Price, Limits: b.Limits, Risks: b.Risks, Data: append([]string{}, b.Data...),
		}, actor(ctx).ID, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		return &modelOut{m}, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/studio/models/{id}/approval", id: "approve-model", tag: "Studio", access: Admin,
		summary: "Let a model be used; not by who entered it",
	}, func(ctx context.Context, in *ByID) (*modelOut, error) {
		m, err := r().Approve(ctx, in.ID, actor(ctx).ID, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		return &modelOut{m}, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/models/{id}/approval", id: "retire-model", tag: "Studio", access: Admin,
		summary: "Have a model not be used any more",
	}, func(ctx context.Context, in *ByID) (*modelOut, error) {
		m, err := r().Retire(ctx, in.ID, actor(ctx).ID, string(actor(ctx).Role))
		if err != nil {
			return nil, err
		}
		return &modelOut{m}, nil
	})
	register(a, operation{
		method: http.MethodPut, path: "/studio/canaries/{capability}/{incumbent}", id: "set-canary", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "Try another provider on a share of the requests; it returns by itself if it does worse",
	}, func(ctx context.Context, in *struct {
		InTrial
		Body struct {
			Provider string `json:"provider" maxLength:"100"`
			Percent  int    `json:"percent" minimum:"1" maximum:"99"`
			Calls    int    `json:"calls,omitempty" minimum:"10" maximum:"1000000" default:"100"`
			Margin   int    `json:"margin,omitempty" minimum:"0" maximum:"100" default:"5" doc:"Percentage points that it may be worse"`
		}
	}) (*none, error) {
		return nil, r().SetCanary(ctx, registry.Canary{
			Capability: in.Capability, Incumbent: in.Incumbent, Provider: in.Body.Provider,
			Percent: in.Body.Percent, Calls: in.Body.Calls, Margin: in.Body.Margin,
		}, string(actor(ctx).Role))
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/canaries/{capability}/{incumbent}", id: "end-canary", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "End a trial",
	}, func(ctx context.Context, in *InTrial) (*none, error) {
		return nil, r().EndCanary(ctx, in.Capability, in.Incumbent, string(actor(ctx).Role))
	})
	register(a, operation{
		method: http.MethodPut, path: "/studio/providers/{name}/key", id: "set-provider-key", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "Store a provider's key, sealed; it holds from the next call and is never shown again",
	}, func(ctx context.Context, in *struct {
		Name string `path:"name" maxLength:"100"`
		Body struct {
			Key string `json:"key" maxLength:"8192"`
		}
	}) (*none, error) {
		return nil, r().SetKey(ctx, in.Name, in.Body.Key, string(actor(ctx).Role))
	})
	register(a, operation{
		method: http.MethodDelete, path: "/studio/providers/{name}/key", id: "remove-provider-key", tag: "Studio", access: Admin, status: http.StatusNoContent,
		summary: "Forget a stored key; the configured one holds again",
	}, func(ctx context.Context, in *struct {
		Name string `path:"name" maxLength:"100"`
	}) (*none, error) {
		return nil, r().RemoveKey(ctx, in.Name, string(actor(ctx).Role))
	})
}
