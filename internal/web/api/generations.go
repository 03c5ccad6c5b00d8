package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/create"
	"marquee/internal/generate"
	"marquee/internal/web/edge"
	"marquee/internal/web/problem"
)

type generationView struct {
	ID         string          `json:"id"`
	Campaign   string          `json:"campaign"`
	State      string          `json:"state" enum:"queued,running,held,succeeded,failed,refused,cancelled"`
	Code       string          `json:"code,omitempty" doc:"Why it is held, failed or refused"`
	Message    string          `json:"message,omitempty" doc:"The same as a sentence for people"`
	Prompt     string          `json:"prompt"`
	Suggestion string          `json:"suggestion" doc:"Words that could be painted instead of a prompt that was refused; empty if there are none"`
	Marks      []string        `json:"marks"`
	Aspect     string          `json:"aspect"`
	Seed       int64           `json:"seed"`
	CreatedAt  time.Time       `json:"created_at"`
	Progress   float64         `json:"progress" minimum:"0" maximum:"1"`
	Maker      *makerView      `json:"maker,omitempty"`
	Fallback   bool            `json:"fallback" doc:"Whether the built-in painter stood in for the provider"`
	Missed     []string        `json:"missed" doc:"Words that were not understood"`
	Candidates []candidateView `json:"candidates"`
}

type candidateView struct {
	ID       string `json:"id"`
	Index    int    `json:"index"`
	ImageURL string `json:"image_url"`
	Alt      string `json:"alt"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
}

type makerView struct {
	Kind    string `json:"kind" enum:"painter,model"`
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

type generationOut struct{ Body generationView }

// ByID is the part of an address that names a thing.
type ByID struct {
	ID string `path:"id" maxLength:"64"`
}

// maxGeneration bounds the body of a generation: far more than a prompt may
// have, so that a prompt that is too long is told so.
const maxGeneration = 512 << 10

// generations registers how pictures are asked for.
func (a *API) generations() {
	register(a, operation{
		method: http.MethodPost, path: "/campaigns/{campaign}/generations", id: "request-generation", tag: "Create", access: Participant,
		status: http.StatusAccepted, body: maxGeneration, limit: perParticipant(a.Limits.Generations),
		summary: "Ask for four candidates; they are made even if you go away",
	}, a.requestGeneration)
	register(a, operation{
		method: http.MethodGet, path: "/generations/{id}", id: "get-generation", tag: "Create", access: Participant,
		summary: "How far a generation of mine is",
	}, func(ctx context.Context, in *ByID) (*generationOut, error) {
		g, candidates, err := a.Services.Create.View(ctx, participant(ctx), in.ID)
		if err != nil {
			return nil, err
		}
		return &generationOut{viewGeneration(edge.VisitOf(ctx).Locale, g, candidates)}, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/generations/{id}/events", id: "stream-generation", tag: "Create", access: Participant,
		summary: "The same as a stream of server-sent events: state, progress, candidate",
		shape: func(op *huma.Operation) {
			op.Responses["200"] = &huma.Response{
				Description: "Events with ids; the stream ends after the state that ends the generation.",
				Content:     map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: "string"}}},
			}
		},
	}, a.events)
	register(a, operation{
		method: http.MethodDelete, path: "/generations/{id}", id: "cancel-generation", tag: "Create", access: Participant, status: http.StatusNoContent,
		summary: "Stop a generation of mine",
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, a.Services.Create.Cancel(ctx, participant(ctx), in.ID)
	})
	register(a, operation{
		method: http.MethodGet, path: "/candidates/{id}/image", id: "get-candidate-image", tag: "Create", access: Participant,
		summary: "The picture of a candidate of mine",
		shape:   picturesOut,
	}, a.candidateImage)
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/works", id: "list-works", tag: "Create", access: Participant,
		summary: "My generations and creations in a campaign, newest first",
	}, a.works)
}

type generationIn struct {
	InCampaign
	Body struct {
		Prompt string   `json:"prompt" doc:"What to paint, up to 400 characters" example:"a polar fox under the northern lights"`
		Marks  []string `json:"marks,omitempty" maxItems:"16" doc:"The brand's marks to place" example:"[\"wordmark\"]"`
		Aspect string   `json:"aspect,omitempty" maxLength:"32" doc:"A format of the campaign: square, portrait or landscape; the first one if it is left out" example:"square"`
		Seed   *int64   `json:"seed,omitempty" minimum:"0" maximum:"9007199254740991" doc:"The same seed and prompt paint the same pictures"`
		Locale string   `json:"locale,omitempty" maxLength:"35"`
	}
}

func (a *API) requestGeneration(ctx context.Context, in *generationIn) (*generationOut, error) {
	p := participant(ctx)
	rec, err := a.visible(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	aspect := in.Body.Aspect
	if aspect == "" && len(rec.File.Formats) > 0 {
		aspect = rec.File.Formats[0]
	}
	g, err := a.Services.Create.Request(ctx, p, rec.Slug, create.Ask{
		Prompt: in.Body.Prompt, Marks: in.Body.Marks, Aspect: aspect, Seed: in.Body.Seed,
		Locale: a.localeIn(ctx, rec, in.Body.Locale),
	})
	if err != nil {
		return nil, err
	}
	return &generationOut{viewGeneration(edge.VisitOf(ctx).Locale, g, nil)}, nil
}

func viewGeneration(locale string, g create.Generation, candidates []create.Candidate) generationView {
	v := generationView{
		ID: g.ID, Campaign: g.Campaign, State: string(g.State), Code: g.Code, Message: generationMessage(locale, g.State, g.Code),
		Prompt: g.Prompt, Suggestion: g.Suggestion, Marks: orEmpty(g.Marks), Aspect: g.Aspect, Seed: g.Seed, CreatedAt: g.CreatedAt,
		Fallback: g.Fallback, Missed: []string{}, Candidates: []candidateView{},
	}
	if g.Provider != "" {
		m := viewMaker(g.Provider, g.Model, g.ModelVersion)
		v.Maker = &m
	}
	for _, c := range candidates {
		v.Candidates = append(v.Candidates, viewCandidate(c))
		for _, word := range c.Missed {
			v.Missed = appendNew(v.Missed, word)
		}
	}
	v.Progress = float64(len(candidates)) / create.Candidates
	if g.State == create.Succeeded {
		v.Progress = 1
	}
	return v
}

func viewCandidate(c create.Candidate) candidateView {
	return candidateView{c.ID, c.Index, candidateImage(c.ID), c.Alt, c.Width, c.Height}
}

// generationMessage is the sentence for people on why there are no pictures.
func generationMessage(locale string, state create.GenerationState, code string) string {
	if code == "" {
		return ""
	}
	fallback := map[create.GenerationState]string{
		create.Held:    "A person will look at your words before they are painted.",
		create.Refused: "These words can't be painted here. Please try others.",
		create.Failed:  "The pictures could not be made this time. Please try again.",
	}[state]
	// A code that ends in a kind of finding may have a sentence of its own; if
	// not, what is said of all kinds will do.
	for _, all := range []string{"prompt_denied", "prompt_held", "prompt_rewrite"} {
		if strings.HasPrefix(code, all+"_") {
			fallback = problem.Sentence(locale, all, fallback, nil)
		}
	}
	return problem.Sentence(locale, code, fallback, nil)
}

// painter is the provider that every installation has.
const painter = "builtin"

func viewMaker(provider, model, version string) makerView {
	if provider == painter || provider == "" {
		return makerView{Kind: "painter", Name: "Marquee's built-in painter", Version: version}
	}
	return makerView{Kind: "model", Name: model, Version: version}
}

func viewMakerOf(m generate.Maker) makerView { return viewMaker(m.Provider, m.Model, m.Version) }

func candidateImage(id string) string { return "/api/v1/candidates/" + id + "/image" }

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func appendNew(list []string, word string) []string {
	for _, have := range list {
		if have == word {
			return list
		}
	}
	return append(list, word)
}

func (a *API) works(ctx context.Context, in *InCampaign) (*worksOut, error) {
	rec, err := a.visible(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	mine, err := a.Services.Create.Works(ctx, participant(ctx), rec.Slug)
	if err != nil {
		return nil, err
	}
	out := &worksOut{}
	out.Body.Generations, out.Body.Creations = []generationView{}, []creationView{}
	for _, g := range mine.Generations {
		out.Body.Generations = append(out.Body.Generations, viewGeneration(edge.VisitOf(ctx).Locale, g, mine.Candidates[g.ID]))
	}
	for _, c := range mine.Creations {
		v, err := a.viewCreation(ctx, c, []findingView{})
		if err != nil {
			return nil, err
		}
		out.Body.Creations = append(out.Body.Creations, v)
	}
	return out, nil
}
