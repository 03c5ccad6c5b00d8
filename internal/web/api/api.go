// Package api is the programs' side of the house: every operation under
// /api/v1, with its description, its bounds and who may call it.
package api

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/council"
	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/generate"
	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
	"marquee/internal/provenance"
	"marquee/internal/registry"
	"marquee/internal/review"
	"marquee/internal/web/edge"
	"marquee/internal/web/identity"
	"marquee/internal/web/problem"
	"marquee/internal/workbench"
)

// Services are the rooms that the operations ask.
type Services struct {
	Account    *account.Service
	Audience   *audience.Service
	Budget     *budget.Service
	Campaign   *campaign.Service
	Create     *create.Service
	Gallery    *gallery.Service
	Registry   *registry.Service
	Review     *review.Service
	Provenance *provenance.Service
	Checker    *provenance.Checker
	Seal       *provenance.Sealer
	Door       *generate.Door
	Ledger     *ledger.Ledger
	Tree       *tree.Tree
	Council    *council.Service
	Workbench  *workbench.Service
}

// Limits bound what callers may ask; nil limiters allow everything.
type Limits struct {
	Participants, Generations, Verify, Votes, SignIn *edge.Limiter
	// Streams bounds open event streams for each participant.
	Streams *edge.Counted
	// Heavy bounds what reads whole files of callers.
	Heavy *edge.Turnstile
	// Pictures bounds requests for pictures. It is wide, because most are only
	// read; drawing itself has narrower bounds of its own.
	Pictures *edge.Turnstile
}

// Config is what the API needs beside services.
type Config struct {
	Services Services
	Limits   Limits
	Identity *identity.Door
	// Recent gives campaigns to what many look at.
	Recent *Recent
	// ProofKey signs proof-of-work challenges.
	ProofKey []byte
	Log      *slog.Logger
	Now      func() time.Time
	// Closing is closed when the server wants its event streams to end.
	Closing <-chan struct{}
	// Version is that of the program.
	Version string
}

// API holds the registered operations.
type API struct {
	Config
	huma  huma.API
	proof *proof
}

// maxJSON bounds a JSON body, in bytes.
const maxJSON = 64 << 10

// New registers all operations on a mux.
func New(mux *http.ServeMux, c Config) *API {
	a := &API{Config: c, proof: newProof(c.ProofKey, c.Now)}
	a.huma = humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "Marquee", Version: c.Version,
				Description: "Campaigns in which people make artwork with a brand's own marks. Errors are problems as in RFC 9457, told in the language of Accept-Language.",
			},
			Components: &huma.Components{
				Schemas:         huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: schemes(),
			},
			Tags: []*huma.Tag{
				{Name: "Campaigns"}, {Name: "Participants"}, {Name: "Create"}, {Name: "Gallery"}, {Name: "Check"}, {Name: "Ledger"},
				{Name: "Staff"}, {Name: "Review"}, {Name: "Studio"},
			},
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	})
	a.campaigns()
	a.pictures()
	a.participants()
	a.generations()
	a.creations()
	a.entries()
	a.reports()
	a.verify()
	a.softBindings()
	a.staff()
	a.reviews()
	a.studio()
	a.budgets()
	a.models()
	a.policies()
	a.guard()
	a.ledgerProofs()
	a.ledgerFiles(mux)
	return a
}

// Description gives the OpenAPI document as JSON.
func (a *API) Description() ([]byte, error) { return a.huma.OpenAPI().MarshalJSON() }

// Document gives the OpenAPI document for rendering.
func (a *API) Document() *huma.OpenAPI { return a.huma.OpenAPI() }

type rawKey struct{}

// request gives the HTTP request behind an operation, for what its content is
// too large or too long for.
func request(ctx context.Context) *http.Request {
	r, _ := ctx.Value(rawKey{}).(*http.Request)
	return r
}

// operation is what is said of an operation when it is registered.
type operation struct {
	method, path string
	// id names the operation for programs: a verb and a thing.
	id string
	// tag is the chapter that it is told in.
	tag     string
	summary string
	// access says who may call it.
	access Access
	// status is that of success; 0 for 200, or 204 without a body.
	status int
	// body bounds the request's body in bytes; 0 for maxJSON.
	body int64
	// limit counts calls; nil for no limit.
	limit func(ctx context.Context) error
	// raw is for operations that read their body themselves.
	raw bool
	// open lets pages of other sites read the answers; there is nothing in them
	// that depends on who asks.
	open bool
	// shape adds to the description only; it changes nothing of what is done.
	shape func(*huma.Operation)
}

// register puts an operation into the mux and the description.
func register[I, O any](a *API, o operation, handle func(ctx context.Context, in *I) (*O, error)) {
	op := huma.Operation{
		OperationID: o.id, Method: o.method, Path: "/api/v1" + o.path, Summary: o.summary, Tags: []string{o.tag},
		DefaultStatus: o.status, MaxBodyBytes: maxJSON, BodyReadTimeout: 15 * time.Second,
		Security:   o.access.security(),
		Extensions: map[string]any{"x-marquee-access": o.access.String()},
		Responses:  map[string]*huma.Response{"default": problemResponse()},
	}
	if o.body > 0 {
		op.MaxBodyBytes = o.body
	}
	op.SkipValidateBody = o.raw
	op.Middlewares = huma.Middlewares{a.admit(o)}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			p := problem.From(err, edge.VisitOf(ctx).Locale)
			problem.Log(ctx, a.Log, p)
			return nil, p
		}
		return out, nil
	})
	if o.shape != nil {
		a.describe(op.Path, o.method, o.shape)
	}
}

// describe changes the description of a registered operation. It works on a
// copy, because what is described steers how requests are read too.
func (a *API) describe(path, method string, shape func(*huma.Operation)) {
	item := a.huma.OpenAPI().Paths[path]
	for name, place := range map[string]**huma.Operation{
		http.MethodGet: &item.Get, http.MethodPost: &item.Post, http.MethodPut: &item.Put, http.MethodDelete: &item.Delete,
	} {
		if name == method && *place != nil {
			described := **place
			described.Responses = maps.Clone(described.Responses)
			shape(&described)
			*place = &described
		}
	}
}

// admit lets a request in if its maker may call the operation, often enough.
func (a *API) admit(o operation) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(hc)
		if o.open {
			hc.SetHeader("Access-Control-Allow-Origin", "*")
		}
		who, err := o.access.check(a.Identity, r)
		ctx := identity.With(context.WithValue(hc.Context(), rawKey{}, r), who)
		if err == nil && o.limit != nil {
			err = o.limit(ctx)
		}
		if err != nil {
			problem.Log(ctx, a.Log, problem.From(err, "en"))
			problem.Write(w, r, err)
			return
		}
		hc.SetHeader("Cache-Control", "no-store") // operations that may be kept say so
		next(huma.WithContext(hc, ctx))
	}
}

// perAddress counts a call for the caller's network address.
func perAddress(l *edge.Limiter) func(context.Context) error {
	return func(ctx context.Context) error { return l.Allow(edge.VisitOf(ctx).Key()) }
}

// perParticipant counts a call for the participant.
func perParticipant(l *edge.Limiter) func(context.Context) error {
	return func(ctx context.Context) error { return l.Allow(participant(ctx).ID) }
}

// participant gives the participant of an operation that asks for one.
func participant(ctx context.Context) audience.Participant {
	if p := identity.Of(ctx).Participant; p != nil {
		return *p
	}
	return audience.Participant{}
}

// actor gives the member of staff of an operation that asks for one.
func actor(ctx context.Context) account.Actor {
	if s := identity.Of(ctx).Staff; s != nil {
		return *s
	}
	return account.Actor{}
}

// within runs f when a turnstile has a place for it.
func within[T any](ctx context.Context, gate *edge.Turnstile, f func() (T, error)) (T, error) {
	leave, err := gate.Enter(ctx.Done())
	if err != nil {
		var none T
		return none, err
	}
	defer leave()
	return f()
}

// none is the input or output of an operation that has none.
type none struct{}
