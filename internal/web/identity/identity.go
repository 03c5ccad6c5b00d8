// Package identity knows who makes a request: a participant by cookie or
// bearer token, or staff by session cookie or API key.
package identity

import (
	"context"
	"net/http"
	"strings"
	"time"

	"marquee/internal/account"
	"marquee/internal/audience"
	"marquee/internal/fault"
)

// The names of the cookies.
const (
	ParticipantCookie = "marquee_participant"
	StaffCookie       = "marquee_staff"
)

// keyPrefix is how every API key begins.
const keyPrefix = "mk_"

// Door turns what a request carries into who makes it.
type Door struct {
	audience *audience.Service
	account  *account.Service
}

// New makes the door.
func New(a *audience.Service, s *account.Service) *Door { return &Door{a, s} }

// Participant gives the participant who makes a request; a fault of kind
// Unauthenticated with a code that says why if there is none.
func (d *Door) Participant(r *http.Request) (audience.Participant, error) {
	token := bearer(r)
	if token == "" || strings.HasPrefix(token, keyPrefix) {
		token = ""
		if c, err := r.Cookie(ParticipantCookie); err == nil {
			token = c.Value
		}
	}
	return d.audience.ByToken(r.Context(), token)
}

// Staff gives the member of staff, or the program, that makes a request; a
// fault of kind Unauthenticated if there is none.
func (d *Door) Staff(r *http.Request) (account.Actor, error) {
	if token := bearer(r); strings.HasPrefix(token, keyPrefix) {
		return d.account.ByKey(r.Context(), token)
	}
	if token := Session(r); token != "" {
		return d.account.BySession(r.Context(), token)
	}
	return account.Actor{}, fault.New(fault.Unauthenticated, "staff_only", "This is for staff. Please sign in to the Studio, or send an API key.")
}

// Session gives the token of the staff session cookie, or "".
func Session(r *http.Request) string {
	if c, err := r.Cookie(StaffCookie); err == nil {
		return c.Value
	}
	return ""
}

// maxToken bounds a token that is looked at, in bytes.
const maxToken = 1024

func bearer(r *http.Request) string {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || len(token) > maxToken {
		return ""
	}
	return strings.TrimSpace(token)
}

// SetParticipant makes the cookie that a participant is known by.
func SetParticipant(token string, secure bool) http.Cookie {
	return http.Cookie{Name: ParticipantCookie, Value: token, Path: "/", MaxAge: int(audience.TokenLife / time.Second),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}

// SetStaff makes the cookie of a staff session.
func SetStaff(token string, secure bool) http.Cookie {
	return http.Cookie{Name: StaffCookie, Value: token, Path: "/", MaxAge: int(account.SessionLife() / time.Second),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteStrictMode}
}

// End makes a cookie that removes the one of that name.
func End(name string, secure bool) http.Cookie {
	same := http.SameSiteLaxMode
	if name == StaffCookie {
		same = http.SameSiteStrictMode
	}
	return http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: secure, SameSite: same}
}

type whoKey struct{}

// Who is the one who makes a request, as far as the operation asked.
type Who struct {
	// Participant is nil if the request carries none.
	Participant *audience.Participant
	// Staff is nil if the request carries none.
	Staff *account.Actor
}

// With keeps who makes a request in its context.
func With(ctx context.Context, w Who) context.Context { return context.WithValue(ctx, whoKey{}, w) }

// Of gives who makes the request of a context.
func Of(ctx context.Context) Who {
	w, _ := ctx.Value(whoKey{}).(Who)
	return w
}
