package api

import (
	"context"
	"net/http"
	"time"

	"marquee/internal/account"
	"marquee/internal/web/edge"
	"marquee/internal/web/identity"
)

// StaffMe is a person or key of the staff.
type StaffMe struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role" enum:"reviewer,producer,admin"`
}

type personView struct {
	StaffMe
	CreatedAt time.Time `json:"created_at"`
	EndedAt   time.Time `json:"ended_at,omitzero"`
}

type keyView struct {
	StaffMe
	CreatedAt time.Time `json:"created_at"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
}

type signedInOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      StaffMe
}

// staff registers who works here.
func (a *API) staff() {
	register(a, operation{
		method: http.MethodPost, path: "/staff/session", id: "sign-in", tag: "Staff", limit: perAddress(a.Limits.SignIn),
		summary: "Exchange a one-time link's secret for a session",
	}, func(ctx context.Context, in *struct {
		Body struct {
			Secret string `json:"secret" maxLength:"200"`
			Name   string `json:"name" doc:"Your name, as colleagues see it"`
		}
	}) (*signedInOut, error) {
		token, p, err := a.Services.Account.SignIn(ctx, in.Body.Secret, in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &signedInOut{identity.SetStaff(token, edge.VisitOf(ctx).Secure), StaffMe{p.ID, p.Name, string(p.Role)}}, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/staff/session", id: "sign-out", tag: "Staff", status: http.StatusNoContent,
		summary: "End my session",
	}, func(ctx context.Context, _ *none) (*cookieOut, error) {
		if token := identity.Session(request(ctx)); token != "" {
			if err := a.Services.Account.SignOut(ctx, token); err != nil {
				return nil, err
			}
		}
		return &cookieOut{identity.End(identity.StaffCookie, edge.VisitOf(ctx).Secure)}, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/staff/me", id: "get-staff-me", tag: "Staff", access: Reviewer,
		summary: "Who I am in the Studio",
	}, func(ctx context.Context, _ *none) (*struct{ Body StaffMe }, error) {
		who := actor(ctx)
		return &struct{ Body StaffMe }{StaffMe{who.ID, who.Name, string(who.Role)}}, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/staff", id: "list-staff", tag: "Staff", access: Admin, summary: "Everybody who works here",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			People []personView `json:"people"`
		}
	}, error) {
		people, err := a.Services.Account.People(ctx)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				People []personView `json:"people"`
			}
		}{}
		out.Body.People = []personView{}
		for _, p := range people {
			out.Body.People = append(out.Body.People, personView{StaffMe{p.ID, p.Name, string(p.Role)}, p.CreatedAt, p.EndedAt})
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/staff/invites", id: "invite-staff", tag: "Staff", access: Admin, status: http.StatusCreated,
		summary: "A single-use sign-in link for a colleague",
	}, func(ctx context.Context, in *struct {
		Body struct {
			Role string `json:"role" enum:"reviewer,producer,admin"`
		}
	}) (*linkOut, error) {
		word, expires, err := a.Services.Account.Invite(ctx, account.Role(in.Body.Role), actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &linkOut{}
		out.Body.Link, out.Body.ExpiresAt = edge.VisitOf(ctx).Base+SignInPath+"#"+word, expires
		return out, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/staff/{id}", id: "end-staff", tag: "Staff", access: Admin, status: http.StatusNoContent,
		summary: "End somebody's access, in all browsers at once",
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, a.Services.Account.End(ctx, in.ID, actor(ctx))
	})
	register(a, operation{
		method: http.MethodGet, path: "/staff/keys", id: "list-keys", tag: "Staff", access: Admin, summary: "The API keys, without their secrets",
	}, func(ctx context.Context, _ *none) (*struct {
		Body struct {
			Keys []keyView `json:"keys"`
		}
	}, error) {
		keys, err := a.Services.Account.Keys(ctx)
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Keys []keyView `json:"keys"`
			}
		}{}
		out.Body.Keys = []keyView{}
		for _, k := range keys {
			out.Body.Keys = append(out.Body.Keys, keyView{StaffMe{k.ID, k.Name, string(k.Role)}, k.CreatedAt, k.RevokedAt})
		}
		return out, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/staff/keys", id: "create-key", tag: "Staff", access: Admin, status: http.StatusCreated,
		summary: "An API key; its secret is told once",
	}, func(ctx context.Context, in *struct {
		Body struct {
			Name string `json:"name,omitempty"`
			Role string `json:"role" enum:"reviewer,producer,admin"`
		}
	}) (*struct {
		Body struct {
			ID     string `json:"id"`
			Secret string `json:"secret"`
		}
	}, error) {
		word, k, err := a.Services.Account.CreateKey(ctx, in.Body.Name, account.Role(in.Body.Role), actor(ctx))
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				ID     string `json:"id"`
				Secret string `json:"secret"`
			}
		}{}
		out.Body.ID, out.Body.Secret = k.ID, word
		return out, nil
	})
	register(a, operation{
		method: http.MethodDelete, path: "/staff/keys/{id}", id: "revoke-key", tag: "Staff", access: Admin, status: http.StatusNoContent,
		summary: "Make an API key useless from now on",
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, a.Services.Account.RevokeKey(ctx, in.ID, actor(ctx))
	})
}

// SignInPath is the Studio's page that takes a one-time link's secret from
// its fragment.
const SignInPath = "/studio/sign-in"
