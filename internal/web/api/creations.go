package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/web/identity"
	"marquee/internal/web/tongue"
)

type creationView struct {
	ID            string          `json:"id"`
	Campaign      string          `json:"campaign"`
	State         string          `json:"state" enum:"draft,waiting,published,rejected,taken_down,hidden"`
	Revision      int             `json:"revision" doc:"Goes up with each change of the composition"`
	Composition   json.RawMessage `json:"composition" doc:"The layer document"`
	Findings      []findingView   `json:"findings"`
	Proof         *proofView      `json:"proof" doc:"What the picture's own pixels say of the marks; null before it is handed in"`
	BackgroundURL string          `json:"background_url" doc:"The picture under the layers, for its maker"`
	ImageURL      string          `json:"image_url"`
	Alt           string          `json:"alt"`
	GenerationID  string          `json:"generation_id"`
	Entry         *myEntryView    `json:"entry"`
	CreatedAt     time.Time       `json:"created_at"`
	UpdatedAt     time.Time       `json:"updated_at"`
}

type myEntryView struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	DisplayName string    `json:"display_name"`
	State       string    `json:"state" enum:"waiting,published,rejected,withdrawn,taken_down,hidden"`
	Reason      string    `json:"reason,omitempty" doc:"What the reviewer wrote"`
	Votes       int64     `json:"votes"`
	SubmittedAt time.Time `json:"submitted_at"`
	PublishedAt time.Time `json:"published_at,omitzero"`
}

type creationOut struct{ Body creationView }

type compositionIn struct {
	ByID
	RawBody []byte `contentType:"application/json"`
}

type compositionOut struct {
	Body struct {
		Composition json.RawMessage `json:"composition"`
		Findings    []findingView   `json:"findings"`
		Revision    int             `json:"revision"`
	}
}

type findingsOut struct {
	Body struct {
		Findings []findingView `json:"findings"`
	}
}

type layoutView struct {
	Composition json.RawMessage `json:"composition" doc:"The layer document in this layout"`
	Findings    []findingView   `json:"findings" doc:"Warnings that are left; never an error"`
}

type layoutsOut struct {
	Body struct {
		Layouts []layoutView `json:"layouts" doc:"The calmest first; empty if no other layout keeps the rules"`
	}
}

type entryIn struct {
	ByID
	Body struct {
		Title       string `json:"title" doc:"Up to 80 characters" example:"Fox at the lantern"`
		DisplayName string `json:"display_name" doc:"First name or nickname, up to 40 characters" example:"Mika"`
	}
}

type enteredOut struct {
	Body struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
}

// creations registers how a candidate becomes a finished work.
func (a *API) creations() {
	register(a, operation{
		method: http.MethodPost, path: "/creations", id: "choose-candidate", tag: "Create", access: Participant, status: http.StatusCreated,
		summary: "Choose a candidate: a creation with the marks placed",
	}, func(ctx context.Context, in *struct {
		Body struct {
			GenerationID string `json:"generation_id" maxLength:"64"`
			CandidateID  string `json:"candidate_id" maxLength:"64"`
		}
	}) (*creationOut, error) {
		c, findings, err := a.Services.Create.Choose(ctx, participant(ctx), in.Body.GenerationID, in.Body.CandidateID)
		if err != nil {
			return nil, err
		}
		told, err := a.tellFindings(ctx, c, findings)
		if err != nil {
			return nil, err
		}
		v, err := a.viewCreation(ctx, c, told)
		return &creationOut{v}, err
	})
	register(a, operation{
		method: http.MethodGet, path: "/creations/{id}", id: "get-creation", tag: "Create", access: ParticipantOrStaff,
		summary: "A creation of mine; staff see all",
	}, func(ctx context.Context, in *ByID) (*creationOut, error) {
		c, err := a.creationFor(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		v, err := a.viewCreation(ctx, c, a.storedFindings(ctx, c))
		return &creationOut{v}, err
	})
	register(a, operation{
		method: http.MethodPut, path: "/creations/{id}/composition", id: "set-composition", tag: "Create", access: Participant, body: maxComposition,
		summary: "Save the layer document, if it keeps the brand's rules",
		raw:     true, shape: compositionBody,
	}, a.setComposition)
	register(a, operation{
		method: http.MethodPost, path: "/creations/{id}/check", id: "check-composition", tag: "Create", access: Participant, body: maxComposition,
		summary: "Check a layer document against the brand's rules without saving it",
		raw:     true, shape: compositionBody,
	}, func(ctx context.Context, in *compositionIn) (*findingsOut, error) {
		c, findings, err := a.Services.Create.CheckComposition(ctx, participant(ctx), in.ID, in.RawBody)
		if err != nil {
			return nil, err
		}
		out := &findingsOut{}
		out.Body.Findings, err = a.tellFindings(ctx, c, findings)
		return out, err
	})
	register(a, operation{
		method: http.MethodGet, path: "/creations/{id}/image", id: "get-creation-image", tag: "Create",
		summary: "The rendered work: for everybody while it is public, else for its maker and staff",
		shape:   workOut,
	}, a.creationImage)
	register(a, operation{
		method: http.MethodPost, path: "/creations/{id}/layouts", id: "propose-layouts", tag: "Create", access: Participant, body: maxComposition,
		summary: "Propose up to three other layouts for a layer document, which keep the brand's rules; nothing is saved",
		raw:     true, shape: compositionBody,
	}, a.layouts)
	register(a, operation{
		method: http.MethodPost, path: "/creations/{id}/entry", id: "enter-creation", tag: "Create", access: Participant, status: http.StatusCreated,
		summary: "Hand a creation in to the gallery; a person looks at it first",
	}, func(ctx context.Context, in *entryIn) (*enteredOut, error) {
		p := participant(ctx)
		e, err := a.Services.Gallery.Enter(ctx, p, in.ID, in.Body.Title, in.Body.DisplayName, p.Locale)
		if fault.HasCode(err, "composition_against_rules") {
			return nil, a.refusedStored(ctx, err, in.ID)
		}
		if err != nil {
			return nil, err
		}
		out := &enteredOut{}
		out.Body.ID, out.Body.State = e.ID, string(e.State)
		return out, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/creations/{id}/entry", id: "withdraw-entry", tag: "Create", access: Participant, status: http.StatusNoContent,
		summary: "Take an entry back; the creation stays mine",
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, a.Services.Gallery.Withdraw(ctx, participant(ctx), in.ID)
	})
	register(a, operation{
		method: http.MethodDelete, path: "/creations/{id}", id: "delete-creation", tag: "Create", access: Participant, status: http.StatusNoContent,
		summary: "Delete a creation of mine everywhere",
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, a.Services.Gallery.Remove(ctx, participant(ctx), in.ID)
	})
}

// maxComposition bounds a layer document's request, in bytes. It is above the
// document's own bound, so that the document's reader tells what is wrong.
const maxComposition = 2 << 20

func (a *API) setComposition(ctx context.Context, in *compositionIn) (*compositionOut, error) {
	c, findings, err := a.Services.Create.SetComposition(ctx, participant(ctx), in.ID, in.RawBody)
	if err != nil {
		return nil, a.refused(ctx, err, c, findings)
	}
	out := &compositionOut{}
	out.Body.Composition, out.Body.Revision = c.Composition, c.Revision
	out.Body.Findings, err = a.tellFindings(ctx, c, findings)
	return out, err
}

func (a *API) layouts(ctx context.Context, in *compositionIn) (*layoutsOut, error) {
	type found struct {
		c    create.Creation
		list []create.Layout
	}
	p := participant(ctx)
	f, err := within(ctx, a.Limits.Pictures, func() (found, error) {
		rtl := tongue.Direction(p.Locale) == "rtl"
		c, list, err := a.Services.Create.Layouts(ctx, p, in.ID, in.RawBody, compose.MaxSuggestions, rtl)
		return found{c, list}, err
	})
	if err != nil {
		return nil, err
	}
	out := &layoutsOut{}
	out.Body.Layouts = make([]layoutView, len(f.list))
	for i, l := range f.list {
		v := &out.Body.Layouts[i]
		if v.Composition, err = json.Marshal(l.Doc.Oldest()); err != nil {
			return nil, err
		}
		if v.Findings, err = a.tellFindings(ctx, f.c, l.Findings); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// creationFor gives a creation to its maker or to staff, and to nobody else.
func (a *API) creationFor(ctx context.Context, id string) (create.Creation, error) {
	c, err := a.Services.Create.Creation(ctx, id)
	if err != nil {
		return create.Creation{}, err
	}
	if identity.Of(ctx).Staff == nil && participant(ctx).ID != c.ParticipantID {
		return create.Creation{}, fault.Missing("creation")
	}
	return c, nil
}

func (a *API) viewCreation(ctx context.Context, c create.Creation, findings []findingView) (creationView, error) {
	v := creationView{
		ID: c.ID, Campaign: c.Campaign, State: string(c.State), Revision: c.Revision, Composition: c.Composition,
		Findings:      findings,
		BackgroundURL: candidateImage(c.CandidateID), ImageURL: creationPath(c.ID) + "/image", Alt: c.Alt,
		GenerationID: c.GenerationID, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
	var err error
	if v.Proof, err = a.proofOf(ctx, c); err != nil {
		return v, err
	}
	e, err := a.Services.Gallery.EntryOf(ctx, c.ID)
	if fault.Is(err, fault.NotFound) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	v.Entry = viewMyEntry(e)
	return v, nil
}

func viewMyEntry(e gallery.Entry) *myEntryView {
	return &myEntryView{
		ID: e.ID, Title: e.Title, DisplayName: e.DisplayName, State: string(e.State), Reason: e.Reason, Votes: e.Votes,
		SubmittedAt: e.SubmittedAt, PublishedAt: e.PublishedAt,
	}
}

func creationPath(id string) string { return "/api/v1/creations/" + id }

type worksOut struct {
	Body struct {
		Generations []generationView `json:"generations"`
		Creations   []creationView   `json:"creations"`
	}
}

func compositionBody(op *huma.Operation) {
	number := &huma.Schema{Type: "number"}
	word := &huma.Schema{Type: "string"}
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: &huma.Schema{
		Type: "object", Required: []string{"version", "width", "height", "layers"},
		Description: "The layer document. x and y are the top left of a layer's box before it is turned, in canvas pixels; rotation is in degrees clockwise about the box's middle; layers are painted in order, and the first is the picture.",
		Properties: map[string]*huma.Schema{
			"version": {Type: "integer"}, "width": {Type: "integer"}, "height": {Type: "integer"},
			"layers": {Type: "array", Items: &huma.Schema{Type: "object", Required: []string{"id", "kind", "x", "y", "width"}, Properties: map[string]*huma.Schema{
				"id": word, "kind": {Type: "string", Enum: []any{"picture", "mark", "text", "shape", "sticker", "cutout", "effect"}}, "mark": word, "variant": word, "text": word, "color": word,
				"x": number, "y": number, "width": number, "rotation": number,
			}}},
		},
	}}}}
}
