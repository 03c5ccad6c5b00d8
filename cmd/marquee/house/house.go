// Package house puts the rooms together: stores below, services above, and the
// jobs that run behind them. It is the one place where everything is wired, so
// that every command and every test lives in the same house.
package house

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/url"
	"strings"
	"time"

	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/council"
	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
	"marquee/internal/provenance"
	"marquee/internal/provider"
	"marquee/internal/provider/builtin"
	"marquee/internal/registry"
	"marquee/internal/review"
	"marquee/internal/settings"
	"marquee/internal/store"
	"marquee/internal/store/blob"
	"marquee/internal/watermark"
	"marquee/internal/web"
	"marquee/internal/web/api"
	"marquee/internal/workbench"
	"marquee/ui"
)

// House is a whole installation in one process.
type House struct {
	api.Services
	Settings *settings.Settings
	DB       *store.DB
	Blobs    asset.Blobs
	// Providers are the configured providers by the name that campaigns use.
	Providers provider.Set
	// Keys are what pictures are signed and watermarked with.
	Keys    *provenance.Keys
	Metrics *web.Metrics

	log    *slog.Logger
	now    func() time.Time
	secret []byte
}

// Parts are what a house stands on.
type Parts struct {
	Settings *settings.Settings
	// DB and Blobs are opened from the settings if they are nil.
	DB    *store.DB
	Blobs asset.Blobs
	Log   *slog.Logger
	// Guard checks texts and pictures; nil is the whole one, which Watch makes.
	Guard *guard.Guard
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Version names the build.
	Version string
}

// Open opens the stores and builds the services. Nothing runs yet.
func Open(ctx context.Context, p Parts) (*House, error) {
	h := &House{Settings: p.Settings, DB: p.DB, Blobs: p.Blobs, log: p.Log, now: p.Now, Metrics: web.NewMetrics(p.Version)}
	if h.now == nil {
		h.now = time.Now
	}
	var err error
	if h.secret, err = p.Settings.Secret(); err != nil {
		return nil, err
	}
	if h.DB == nil {
		if h.DB, err = store.Open(ctx, store.Config{Database: p.Settings.Database, Log: p.Log, Now: h.now}); err != nil {
			return nil, fmt.Errorf("the database: %w", err)
		}
	}
	if h.Blobs == nil {
		if h.Blobs, err = blob.Open(ctx, Objects(p.Settings)); err != nil {
			return nil, errors.Join(fmt.Errorf("the object store: %w", err), h.DB.Close())
		}
	}
	if err := h.furnish(ctx, p); err != nil {
		return nil, errors.Join(err, h.DB.Close())
	}
	h.Metrics.Gauge("marquee_seals", "Files signed since the start, and those that could not be; pictures with a time stamp, and those that should have one.", func(context.Context) (map[string]float64, error) {
		return h.Seal.Counts(), nil
	})
	h.Metrics.Gauge("marquee_signing", "1 where pictures can be signed, 0 where the key can't be read.", func(context.Context) (map[string]float64, error) {
		if h.Seal.Ready() != nil {
			return map[string]float64{"ready": 0}, nil
		}
		return map[string]float64{"ready": 1}, nil
	})
	h.Metrics.Gauge("marquee_review_items", "Items of the review queue, by state.", func(ctx context.Context) (map[string]float64, error) {
		counts, err := h.Review.Counts(ctx, "")
		out := map[string]float64{"waiting": 0}
		for state, n := range counts {
			out[string(state)] = float64(n)
		}
		return out, err
	})
	h.Metrics.Gauge("marquee_ledger_wait_seconds", "How long the oldest decision has waited for its place in the ledger's tree.", func(ctx context.Context) (map[string]float64, error) {
		waits, err := h.Tree.Waits(ctx, h.now())
		return map[string]float64{"waiting": waits.Seconds()}, err
	})
	return h, nil
}

// Objects gives the address of the object store with the keys that open it,
// where they are settings of their own.
func Objects(s *settings.Settings) string {
	u, err := url.Parse(s.Objects)
	if err != nil || u.Scheme != "s3" || u.User != nil || s.S3AccessKey == "" {
		return s.Objects
	}
	u.User = url.UserPassword(s.S3AccessKey, s.S3SecretKey)
	return u.String()
}

// furnish builds the services, from the lowest floor up.
func (h *House) furnish(ctx context.Context, p Parts) error {
	l := ledger.New(h.DB, h.now)
	h.Ledger, h.Tree = l, tree.New(h.DB)
	h.Account = account.New(h.DB, h.DB, l, h.now)
	h.Audience = audience.New(h.DB, h.DB, l, h.secret, h.now)
	h.Campaign = campaign.New(h.DB, h.DB, l, h.Blobs, h.now)
	h.Review = review.New(h.DB, h.DB, l, h.now)
	h.Provenance = provenance.New(h.DB, h.now)
	h.Council = council.New(council.Deps{Store: h.DB, Unit: h.DB, Ledger: l, Now: h.now, Log: h.log})
	watch := p.Guard
	var err error
	if watch == nil {
		if watch, err = Watch(ctx, h.Settings); err != nil {
			return err
		}
	}
	h.Workbench = workbench.New(workbench.Deps{Store: h.DB, Unit: h.DB, Ledger: l, Guard: watch, Rules: h.Council, Now: h.now, Program: p.Version})
	sealing, err := h.Settings.Sealing(h.secret)
	if err != nil {
		return err
	}
	h.Registry = registry.New(registry.Deps{Store: h.DB, Unit: h.DB, Ledger: l, Seal: sealing, Now: h.now, Log: h.log})
	if h.Providers, err = ProviderSet(h.Settings, h.keyFor); err != nil {
		return err
	}
	prices, err := budget.Listed()
	if err != nil {
		return err
	}
	h.Budget = budget.New(budget.Deps{Store: h.DB, Unit: h.DB, Jobs: h.DB, Ledger: l, Now: h.now, Log: h.log})
	h.Door = generate.New(generate.Deps{
		Guard: watch, Unit: h.DB, Ledger: l, Budget: h.Budget, Prices: prices, Models: h.Registry, Policy: h.Council, Builtin: builtin.Painter{}, Providers: h.Providers, Log: h.log,
	})
	if err := h.sealing(p.Version); err != nil {
		return err
	}
	h.checking()
	h.Create = create.New(create.Deps{
		Store: h.DB, Unit: h.DB, Jobs: h.DB, Ledger: l, Blobs: h.Blobs, Audience: h.Audience, Campaigns: h.Campaign, Door: h.Door,
		Review: h.Review, Provenance: h.Provenance, Seal: h.Seal, Mark: watermark.Key(h.Keys.Mark()), Key: h.secret, Now: h.now, Log: h.log,
	})
	h.Gallery = gallery.New(gallery.Deps{
		Store: h.DB, Unit: h.DB, Jobs: h.DB, Ledger: l, Campaigns: h.Campaign, Create: h.Create, Review: h.Review,
		Key: h.secret, Now: h.now, Log: h.log,
	})
	// Entries go before the creations that they show.
	h.Audience.Register(h.Gallery)
	h.Audience.Register(h.Create)
	return nil
}

// keyFor has a key that is stored in the register go before the configured one.
func (h *House) keyFor(name, configured string) provider.Key {
	return func(ctx context.Context) (string, error) { return h.Registry.Key(ctx, name, configured) }
}

// Worker makes the worker of this process's jobs; it does nothing until it is
// started.
func (h *House) Worker() (*store.Worker, error) {
	handlers := h.Create.Handlers()
	for kind, handle := range handlers {
		handlers[kind] = h.counting(handle)
	}
	maps.Copy(handlers, h.Budget.Handlers())
	maps.Copy(handlers, h.Gallery.Handlers())
	handlers[gallery.JobPurge] = web.Purge(h.Settings.PurgeWebhook, h.Settings.PublicURL)
	return store.NewWorker(h.DB, store.WorkerConfig{
		Handlers:    h.Metrics.Jobs(handlers),
		Failed:      h.Create.Failed,
		Concurrency: h.Settings.Workers, Log: h.log, Now: h.now,
	})
}

// A house looks after what time alone changes every few minutes, and first when
// it has settled: those who wait for work that a crash cut off come before.
const (
	tendFirst = 30 * time.Second
	tendEvery = 5 * time.Minute
)

// Tend looks after what time alone changes, soon and then every few minutes
// until ctx ends: the rights to what is public. On many nodes one of them does
// it.
func (h *House) Tend(ctx context.Context) {
	next := time.NewTimer(tendFirst)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
			next.Reset(tendEvery)
		}
		if err := h.Gallery.SweepSoon(ctx); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "rights could not be looked after; they will be in a few minutes", "cause", err)
		}
	}
}

// counting has generations counted that a job ended.
func (h *House) counting(handle func(context.Context, []byte) error) func(context.Context, []byte) error {
	return func(ctx context.Context, args []byte) error {
		if err := handle(ctx, args); err != nil {
			return err
		}
		var a struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(args, &a) != nil || a.ID == "" {
			return nil // another kind of job
		}
		if g, err := h.DB.Generation(ctx, a.ID); err == nil && g.State.Ended() {
			h.Metrics.Generation(string(g.State))
		}
		return nil
	}
}

// Server makes the HTTP server.
func (h *House) Server(version string) (*web.Server, error) {
	files, err := ui.Dist()
	if err != nil {
		return nil, err
	}
	return h.ServerWith(files, version)
}

// ServerWith makes the HTTP server with another build of the front end.
func (h *House) ServerWith(files fs.FS, version string) (*web.Server, error) {
	return web.New(web.Config{
		Settings: h.Settings, Services: h.Services, Files: files, Secret: h.secret,
		Checks: []web.Check{
			{Name: "database", Do: h.DB.Ping},
			{Name: "objects", Do: h.Blobs.Check},
		},
		Metrics: h.Metrics, Log: h.log, Now: h.now, Version: version,
	})
}

// Close ends the connections; servers and workers are stopped first.
func (h *House) Close() error { return h.DB.Close() }

// Base gives the address that people reach the house at: the public one, or
// that of the listener.
func Base(s *settings.Settings, listening string) string {
	if s.PublicURL != nil {
		return s.PublicURL.String()
	}
	host, port, found := strings.Cut(listening, "]:")
	if found {
		host += "]"
	} else {
		i := strings.LastIndexByte(listening, ':')
		host, port = listening[:max(i, 0)], listening[i+1:]
	}
	switch host {
	case "", "127.0.0.1", "0.0.0.0", "[::]", "[::1]":
		host = "localhost"
	}
	return "http://" + host + ":" + port
}
