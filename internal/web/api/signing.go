package api

import (
	"context"
	"net/http"
)

type signingView struct {
	State string `json:"state" enum:"ready,key_away,certificate_ended" doc:"ready; or why nothing can be signed, so that nothing new is made or published"`
}

// signing registers how staff learn that nothing can be signed. It says what has
// happened, and not where keys are: that is for who runs the server.
func (a *API) signing() {
	register(a, operation{
		method: http.MethodGet, path: "/studio/signing", id: "get-signing-state", tag: "Studio", access: Reviewer,
		summary: "Whether pictures can be signed now",
	}, func(context.Context, *none) (*struct{ Body signingView }, error) {
		return &struct{ Body signingView }{signingView{a.Services.Seal.State()}}, nil
	})
}
