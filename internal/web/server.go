// Package web is the only HTTP server: the API, the public pages and the
// Studio behind one door.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"

	"marquee/internal/fault"
	"marquee/internal/settings"
	"marquee/internal/web/api"
	"marquee/internal/web/edge"
	"marquee/internal/web/identity"
	"marquee/internal/web/problem"
	"marquee/internal/web/stage"
	"marquee/internal/web/studio"
)

// Config is what the server is made of.
type Config struct {
	Settings *settings.Settings
	Services api.Services
	// Files is the built front end.
	Files fs.FS
	// Secret keys challenges and hashes of addresses in logs.
	Secret  []byte
	Checks  []Check
	Metrics *Metrics
	Log     *slog.Logger
	Now     func() time.Time
	Version string
}

// Server answers requests.
type Server struct {
	config  Config
	api     *api.API
	handler http.Handler

	closing chan struct{}
	once    sync.Once
}

// Warm paints the pictures of the public pages ahead of the first visitor.
func (s *Server) Warm(ctx context.Context) error { return s.api.Warm(ctx) }

// The bounds of the listener.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 60 * time.Second
	writeTimeout      = 90 * time.Second
	idleTimeout       = 120 * time.Second
	maxHeader         = 32 << 10
	// heavyPatience is how long a request waits for its turn to draw.
	heavyPatience = 8 * time.Second
	// picturesAbreast is how many requests for pictures are served at once for
	// each heavy one.
	picturesAbreast = 32
)

// New makes the server.
func New(c Config) (*Server, error) {
	s := &Server{config: c, closing: make(chan struct{})}
	assets, err := stage.NewAssets(c.Files)
	if err != nil {
		return nil, err
	}
	set := c.Settings
	limiter := func(r settings.Rate) *edge.Limiter { return edge.NewLimiter(r.PerMinute, r.Burst, c.Now) }
	abreast := set.Heavy
	if abreast == 0 {
		abreast = 2 * runtime.NumCPU()
	}
	mux := http.NewServeMux()
	recent := api.NewRecent(c.Services.Campaign, c.Now)
	s.api = api.New(mux, api.Config{
		Services: c.Services, Recent: recent, Identity: identity.New(c.Services.Audience, c.Services.Account), ProofKey: c.Secret,
		Limits: api.Limits{
			Participants: limiter(set.Participants), Generations: limiter(set.Generations), Verify: limiter(set.Verify),
			Votes: limiter(set.Votes), SignIn: limiter(set.SignIn),
			Streams: edge.NewCounted(max(set.Streams, 1)), Heavy: edge.NewTurnstile(abreast, heavyPatience), Pictures: edge.NewTurnstile(picturesAbreast*abreast, heavyPatience),
		},
		Log: c.Log, Now: c.Now, Closing: s.closing, Version: c.Version,
	})
	if err := s.describe(mux); err != nil {
		return nil, err
	}
	mux.HandleFunc("GET "+api.SoftBindingDiscovery, s.api.Discover)
	mux.HandleFunc("GET /healthz", healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", c.Metrics.guarded(set.PublicURL != nil || len(set.TrustedProxies) > 0))
	site := &stage.Site{Assets: assets, Campaigns: c.Services.Campaign, Recent: recent, Gallery: c.Services.Gallery, Log: c.Log, Now: c.Now}
	site.Register(mux)
	(&studio.Site{Assets: assets}).Register(mux)
	mux.HandleFunc("/api/", s.noSuchOperation(mux))

	door := &edge.Door{
		Proxies: edge.NewProxies(set.TrustedProxies, set.PublicURL), Log: c.Log, Key: c.Secret, Now: c.Now, Observe: c.Metrics.observe,
	}
	s.handler = door.Wrap(mux)
	return s, nil
}

// Handler gives the server's handler, as tests and listeners use it.
func (s *Server) Handler() http.Handler { return s.handler }

// Description gives the OpenAPI document as JSON.
func (s *Server) Description() ([]byte, error) { return s.api.Description() }

// Close ends open event streams; their readers come back to another node.
func (s *Server) Close() { s.once.Do(func() { close(s.closing) }) }

// HTTP makes the listener's server for a handler of this package, with its
// bounds.
func (s *Server) HTTP(handler http.Handler) *http.Server {
	h := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(s.config.Log.Handler(), slog.LevelDebug),
	}
	h.RegisterOnShutdown(s.Close)
	return h
}

// Traced wraps the server's handler so that each request is a span.
func (s *Server) Traced() http.Handler {
	return otelhttp.NewHandler(s.handler, "http", otelhttp.WithFilter(func(r *http.Request) bool {
		return !strings.HasPrefix(r.URL.Path, "/ui/") && r.URL.Path != "/healthz"
	}))
}

// noSuchOperation answers what no operation is at: 405 with the methods that
// there are, or 404.
func (s *Server) noSuchOperation(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			probe := r.Clone(context.Background())
			probe.Method = method
			if _, pattern := mux.Handler(probe); strings.HasPrefix(pattern, method+" /api/") {
				allowed = append(allowed, method)
			}
		}
		if len(allowed) > 0 {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			p := problem.From(fault.New(fault.Malformed, "method_unknown", "This can't be done with that method."), problem.LocaleOf(r))
			p.Status, p.Title = http.StatusMethodNotAllowed, http.StatusText(http.StatusMethodNotAllowed)
			problem.Write(w, r, p)
			return
		}
		problem.Write(w, r, fault.New(fault.NotFound, "no_such_operation", "There is nothing at this address. The API is described at /api/docs."))
	}
}

// Listen opens an address; port 0 takes any free one.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}
