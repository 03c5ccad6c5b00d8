package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/web/edge"
	"marquee/internal/web/identity"
	"marquee/internal/web/tongue"
)

type arrivalIn struct {
	Campaign string `path:"campaign" maxLength:"64"`
	Body     struct {
		BirthYear int      `json:"birth_year,omitempty" doc:"Year of birth; it is used for the check and not kept" example:"1990"`
		AgeBand   string   `json:"age_band,omitempty" enum:"under13,13-15,16-17,18+" doc:"Instead of a year of birth"`
		Locale    string   `json:"locale,omitempty" maxLength:"35" example:"en"`
		Market    string   `json:"market,omitempty" maxLength:"8" doc:"The campaign's default if it is left out" example:"DE"`
		Consents  []string `json:"consents,omitempty" maxItems:"32" doc:"The purposes that are agreed to"`
		Altcha    string   `json:"altcha,omitempty" maxLength:"4096" doc:"The solved challenge, for a campaign that asks for one"`
	}
}

type arrivalOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		ID    string `json:"id"`
		Token string `json:"token" doc:"For Authorization: Bearer; browsers use the cookie"`
	}
}

type cookieOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

type meView struct {
	ID           string        `json:"id"`
	Arrived      bool          `json:"arrived" doc:"Whether the participant joined this campaign"`
	Market       string        `json:"market"`
	Locale       string        `json:"locale"`
	AgeBand      string        `json:"age_band"`
	Consents     []consentView `json:"consents"`
	TermsVersion string        `json:"terms_version"`
	Left         int           `json:"generations_left"`
	PerDay       int           `json:"limit_per_day"`
}

type consentView struct {
	Purpose string    `json:"purpose"`
	GivenAt time.Time `json:"given_at"`
}

type meOut struct{ Body meView }

// InCampaign is the part of an address that names a campaign.
type InCampaign struct {
	Campaign string `path:"campaign" maxLength:"64"`
}

// participants registers how people come, come back and leave.
func (a *API) participants() {
	register(a, operation{
		method: http.MethodPost, path: "/campaigns/{campaign}/participants", id: "arrive", tag: "Participants", status: http.StatusCreated,
		summary: "Join a campaign: age, market and consents, no account",
		limit:   perAddress(a.Limits.Participants),
	}, a.arrive)
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/me", id: "get-me", tag: "Participants", access: Participant,
		summary: "Who I am in a campaign, and how much I may still make today",
	}, a.me)
	register(a, operation{
		method: http.MethodPut, path: "/campaigns/{campaign}/me/consents", id: "set-consents", tag: "Participants", access: Participant,
		summary: "Give and withdraw consents",
	}, func(ctx context.Context, in *struct {
		InCampaign
		Body struct {
			Consents []string `json:"consents" maxItems:"32"`
		}
	}) (*meOut, error) {
		rec, err := a.visible(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		p := participant(ctx)
		arrival, _, err := a.Services.Audience.Arrival(ctx, p.ID, rec.Slug)
		if err != nil {
			return nil, notArrived(err)
		}
		terms, err := rec.Arrival(arrival.Market)
		if err != nil {
			return nil, err
		}
		if err := a.Services.Audience.SetConsents(ctx, p.ID, terms, in.Body.Consents); err != nil {
			return nil, err
		}
		return a.me(ctx, &in.InCampaign)
	})
	register(a, operation{
		method: http.MethodDelete, path: "/participants/me", id: "leave", tag: "Participants", access: Participant, status: http.StatusNoContent,
		summary: "Erase everything of mine, everywhere",
	}, func(ctx context.Context, _ *none) (*cookieOut, error) {
		if err := a.Services.Audience.Leave(ctx, participant(ctx).ID); err != nil {
			return nil, err
		}
		return &cookieOut{identity.End(identity.ParticipantCookie, edge.VisitOf(ctx).Secure)}, nil
	})
	register(a, operation{
		method: http.MethodGet, path: "/participants/me/export", id: "export-me", tag: "Participants", access: Participant,
		summary: "Everything that is kept of me, as a file",
	}, func(ctx context.Context, _ *none) (*fileOut, error) {
		everything, err := a.Services.Audience.Export(ctx, participant(ctx).ID)
		if err != nil {
			return nil, err
		}
		data, err := json.MarshalIndent(everything, "", "  ")
		if err != nil {
			return nil, err
		}
		return &fileOut{Status: http.StatusOK, ContentType: "application/json", CacheControl: "no-store", Disposition: `attachment; filename="my-data.json"`, Body: data}, nil
	})
	register(a, operation{
		method: http.MethodPost, path: "/participants/link", id: "make-private-link", tag: "Participants", access: Participant, status: http.StatusCreated,
		summary: "A private link that brings me back on another device",
		limit:   perAddress(a.Limits.SignIn),
	}, a.link)
	register(a, operation{
		method: http.MethodPost, path: "/participants/return", id: "return", tag: "Participants",
		summary: "Exchange a private link's secret for the cookie",
		limit:   perAddress(a.Limits.SignIn),
	}, a.comeBack)
	register(a, operation{
		method: http.MethodGet, path: "/campaigns/{campaign}/challenge", id: "get-challenge", tag: "Participants",
		summary: "A proof-of-work challenge for browsers, where the campaign asks for one",
	}, func(ctx context.Context, in *InCampaign) (*struct {
		Body struct {
			Algorithm string `json:"algorithm"`
			Challenge string `json:"challenge"`
			MaxNumber int64  `json:"maxnumber"`
			Salt      string `json:"salt"`
			Signature string `json:"signature"`
		}
	}, error) {
		rec, err := a.visible(ctx, in.Campaign)
		if err != nil {
			return nil, err
		}
		if !rec.File.ProofOfWork {
			return nil, fault.Missing("challenge")
		}
		c, err := a.proof.challenge()
		if err != nil {
			return nil, err
		}
		out := &struct {
			Body struct {
				Algorithm string `json:"algorithm"`
				Challenge string `json:"challenge"`
				MaxNumber int64  `json:"maxnumber"`
				Salt      string `json:"salt"`
				Signature string `json:"signature"`
			}
		}{}
		out.Body.Algorithm, out.Body.Challenge, out.Body.MaxNumber, out.Body.Salt, out.Body.Signature = c.Algorithm, c.Challenge, c.MaxNumber, c.Salt, c.Signature
		return out, nil
	})
}

func (a *API) arrive(ctx context.Context, in *arrivalIn) (*arrivalOut, error) {
	rec, _, err := a.Services.Campaign.Taking(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	if rec.File.ProofOfWork {
		if err := a.proof.check(in.Body.Altcha); err != nil {
			return nil, err
		}
	}
	terms, err := rec.Arrival(in.Body.Market)
	if err != nil {
		return nil, err
	}
	existing := ""
	if p := identity.Of(ctx).Participant; p != nil {
		existing = p.ID
	}
	p, token, err := a.Services.Audience.Arrive(ctx, existing, audience.Arriving{
		Terms: terms, BirthYear: in.Body.BirthYear, AgeBand: audience.AgeBand(in.Body.AgeBand),
		Locale: a.localeIn(ctx, rec, in.Body.Locale), Consents: in.Body.Consents,
	})
	if err != nil {
		return nil, err
	}
	out := &arrivalOut{SetCookie: identity.SetParticipant(token, edge.VisitOf(ctx).Secure)}
	out.Body.ID, out.Body.Token = p.ID, token
	return out, nil
}

func (a *API) me(ctx context.Context, in *InCampaign) (*meOut, error) {
	rec, err := a.visible(ctx, in.Campaign)
	if err != nil {
		return nil, err
	}
	p := participant(ctx)
	view := meView{ID: p.ID, Locale: p.Locale, AgeBand: string(p.AgeBand), Consents: []consentView{}, PerDay: rec.File.Limits.GenerationsPerDay}
	arrival, consents, err := a.Services.Audience.Arrival(ctx, p.ID, rec.Slug)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if err == nil {
		view.Arrived, view.Market, view.TermsVersion = true, arrival.Market, arrival.TermsVersion
		for _, c := range consents {
			view.Consents = append(view.Consents, consentView{c.Purpose, c.GivenAt})
		}
	}
	if view.Left, view.PerDay, err = a.Services.Create.Left(ctx, p, rec.Slug); err != nil {
		return nil, err
	}
	return &meOut{view}, nil
}

type linkOut struct {
	Body struct {
		Link      string    `json:"link" doc:"Its secret is in the fragment and never reaches a server log"`
		ExpiresAt time.Time `json:"expires_at"`
	}
}

func (a *API) link(ctx context.Context, in *struct {
	Body struct {
		Campaign string `json:"campaign" maxLength:"64"`
	}
}) (*linkOut, error) {
	rec, err := a.visible(ctx, in.Body.Campaign)
	if err != nil {
		return nil, err
	}
	word, expires, err := a.Services.Audience.Link(ctx, participant(ctx).ID)
	if err != nil {
		return nil, err
	}
	out := &linkOut{}
	out.Body.Link = edge.VisitOf(ctx).Base + "/c/" + rec.Slug + "/back#" + word
	out.Body.ExpiresAt = expires
	return out, nil
}

type returnOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		ID        string   `json:"id"`
		Campaigns []string `json:"campaigns" doc:"The campaigns that the participant joined"`
	}
}

func (a *API) comeBack(ctx context.Context, in *struct {
	Body struct {
		Secret string `json:"secret" maxLength:"200"`
	}
}) (*returnOut, error) {
	p, token, err := a.Services.Audience.Return(ctx, in.Body.Secret)
	if err != nil {
		return nil, err
	}
	all, err := a.Services.Campaign.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &returnOut{SetCookie: identity.SetParticipant(token, edge.VisitOf(ctx).Secure)}
	out.Body.ID, out.Body.Campaigns = p.ID, []string{}
	for _, rec := range all {
		if _, _, err := a.Services.Audience.Arrival(ctx, p.ID, rec.Slug); err == nil {
			out.Body.Campaigns = append(out.Body.Campaigns, rec.Slug)
		} else if !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return out, nil
}

// notArrived says it of a participant who is not in the campaign.
func notArrived(err error) error {
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Forbidden, "not_arrived", "You have not joined this campaign yet. Please join first.")
	}
	return err
}

// visible gives a campaign that the caller may know of: a draft is for staff.
func (a *API) visible(ctx context.Context, slug string) (campaign.Record, error) {
	rec, err := a.Services.Campaign.Get(ctx, slug)
	return unlessDraft(ctx, rec, err)
}

// shown is visible for what many look at, as of at most a second ago.
func (a *API) shown(ctx context.Context, slug string) (campaign.Record, error) {
	rec, err := a.Recent.Get(ctx, slug)
	return unlessDraft(ctx, rec, err)
}

func unlessDraft(ctx context.Context, rec campaign.Record, err error) (campaign.Record, error) {
	if err != nil {
		return campaign.Record{}, err
	}
	if rec.State == campaign.Draft && identity.Of(ctx).Staff == nil {
		return campaign.Record{}, fault.Missing("campaign")
	}
	return rec, nil
}

// localeIn chooses the locale of a campaign for the caller: the wishes first,
// then what the request says.
func (a *API) localeIn(ctx context.Context, rec campaign.Record, wishes ...string) string {
	if r := request(ctx); r != nil {
		wishes = append(wishes, r.Header.Get("Accept-Language"))
	}
	return CampaignLocale(rec, wishes...)
}

// CampaignLocale chooses the locale of a campaign by wishes, each a locale or a
// whole Accept-Language header; its default one if none suits.
func CampaignLocale(rec campaign.Record, wishes ...string) string {
	offered := []string{rec.File.DefaultLocale}
	for _, l := range rec.File.Locales {
		if l != rec.File.DefaultLocale {
			offered = append(offered, l)
		}
	}
	return tongue.Choose(offered, wishes...)
}
