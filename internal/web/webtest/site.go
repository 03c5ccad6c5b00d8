// Package webtest runs a whole house for a test, real from the listener to the
// database, and gives clients that act as a participant or as staff.
package webtest

import (
	"context"
	"flag"
	"log/slog"
	"net/http/httptest"
	"testing"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/settings"
	"marquee/internal/store"
	"marquee/internal/store/blob"
	"marquee/internal/store/storetest"
	"marquee/internal/web"
)

// Campaign is the slug of the campaign that every site has.
const Campaign = "winter-lights"

// Site is a running house.
type Site struct {
	*house.House
	// URL is where it listens, without a slash at the end.
	URL string
	// Server is behind URL; its handler may be asked directly as well.
	Server *web.Server
	t      testing.TB
}

// Option changes how a site is set up.
type Option func(*options)

type options struct {
	change  []func(*settings.Settings)
	now     func() time.Time
	jobless bool
}

// With changes settings before the site is built.
func With(change func(*settings.Settings)) Option {
	return func(o *options) { o.change = append(o.change, change) }
}

// At gives the site another clock.
func At(now func() time.Time) Option { return func(o *options) { o.now = now } }

// Jobless keeps jobs waiting: nothing is painted.
func Jobless() Option { return func(o *options) { o.jobless = true } }

// New runs a site until the test ends. db and blobs are a SQLite file and a
// folder of the test if they are nil. The demonstration brand is loaded, and
// rates are not limited unless an option sets them.
func New(t testing.TB, db *store.DB, blobs asset.Blobs, opts ...Option) *Site {
	t.Helper()
	o := &options{now: time.Now}
	for _, opt := range opts {
		opt(o)
	}
	if db == nil {
		db = storetest.Open(t, storetest.Database(t, store.SQLite))
	}
	if blobs == nil {
		var err error
		if blobs, err = blob.Open(t.Context(), t.TempDir()); err != nil {
			t.Fatal(err)
		}
	}
	s := Settings(t)
	s.Participants, s.Generations, s.Verify, s.Votes, s.SignIn = settings.Rate{}, settings.Rate{}, settings.Rate{}, settings.Rate{}, settings.Rate{}
	for _, change := range o.change {
		change(s)
	}
	h, err := house.Open(t.Context(), house.Parts{Settings: s, DB: db, Blobs: blobs, Log: slog.New(slog.DiscardHandler), Now: o.now, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddBrand(t.Context(), house.DemoBrand); err != nil {
		t.Fatal(err)
	}
	server, err := h.Server("test")
	if err != nil {
		t.Fatal(err)
	}
	if !o.jobless {
		startWorker(t, h)
	}
	listening := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		server.Close()
		listening.Close()
	})
	return &Site{House: h, URL: listening.URL, Server: server, t: t}
}

func startWorker(t testing.TB, h *house.House) {
	t.Helper()
	worker, err := h.Worker()
	if err != nil {
		t.Fatal(err)
	}
	if err := worker.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The test's own context has ended by now.
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := worker.Stop(ctx); err != nil {
			t.Errorf("the worker did not stop: %v", err)
		}
	})
}

// Settings are the defaults with everything in a folder of the test.
func Settings(t testing.TB) *settings.Settings {
	t.Helper()
	set := flag.NewFlagSet("test", flag.ContinueOnError)
	defined := settings.Define(set, settings.Storage, settings.Serving, settings.Painting, settings.Telling)
	if err := set.Parse([]string{"--data", t.TempDir()}); err != nil {
		t.Fatal(err)
	}
	s, err := defined.Load(func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// In gives the same site for a part of the test, whose failures are its own.
func (s *Site) In(t testing.TB) *Site {
	part := *s
	part.t = t
	return &part
}

// Visitor is somebody who has not joined.
func (s *Site) Visitor() *Client { return &Client{site: s, Locale: "en"} }

// Participant joins the campaign as an adult in Germany who speaks a language.
func (s *Site) Participant(locale string) *Client {
	s.t.Helper()
	return s.ParticipantFrom("DE", locale)
}

// ParticipantFrom joins the campaign as an adult in a market who speaks a
// language.
func (s *Site) ParticipantFrom(market, locale string) *Client {
	s.t.Helper()
	c := &Client{site: s, Locale: locale}
	var joined struct{ ID, Token string }
	c.Post("/api/v1/campaigns/"+Campaign+"/participants", map[string]any{
		"birth_year": 1990, "locale": locale, "market": market, "consents": []string{"terms"},
	}).Want(201).Into(&joined)
	c.ID, c.Token = joined.ID, joined.Token
	return c
}

// Staff has an API key of a role.
func (s *Site) Staff(role account.Role) *Client {
	s.t.Helper()
	word, k, err := s.Account.CreateKey(s.t.Context(), "test", role, account.System)
	if err != nil {
		s.t.Fatal(err)
	}
	return &Client{site: s, Locale: "en", Token: word, ID: k.ID}
}
