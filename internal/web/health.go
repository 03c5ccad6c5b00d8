package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"marquee/internal/fault"
	"marquee/internal/web/problem"
)

// Check is one thing that has to be there before the server can work.
type Check struct {
	// Name is "database" or "objects".
	Name string
	// Do gives an error while the thing is away.
	Do func(ctx context.Context) error
}

// readyWithin bounds all checks together.
const readyWithin = 4 * time.Second

func healthz(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]string{"status": "ok"})
}

// readyz tells whether everything is there that work needs.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	for _, check := range s.config.Checks {
		if err := check.Do(ctx); err != nil {
			s.config.Log.WarnContext(ctx, "not ready", "check", check.Name, "cause", err)
			problem.Write(w, r, fault.New(fault.Unavailable, "not_ready", "The %s can't be reached at the moment.", check.Name).
				With("what", check.Name).Because(err).After(2*time.Second))
			return
		}
	}
	answer(w, map[string]string{"status": "ready"})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(v) // the caller has gone if this fails
}
