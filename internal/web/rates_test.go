package web_test

import (
	"strings"
	"testing"

	"marquee/internal/settings"
	"marquee/internal/web/webtest"
)

// TestRates refuses what comes too fast, and says when to come back.
func TestRates(t *testing.T) {
	t.Parallel()
	site := webtest.New(t, nil, nil, webtest.Jobless(), webtest.With(func(s *settings.Settings) {
		s.Generations, s.Verify, s.SignIn = settings.Rate{PerMinute: 1, Burst: 2}, settings.Rate{PerMinute: 1, Burst: 1}, settings.Rate{PerMinute: 1, Burst: 1}
	}))
	mika, other, visitor := site.Participant("de"), site.Participant("de"), site.Visitor()
	for range 2 {
		mika.Ask("a fox", "wordmark")
	}
	a := mika.Post("/api/v1/campaigns/"+webtest.Campaign+"/generations", map[string]any{"prompt": "a fox"}).Want(429)
	if p := a.Problem(); p.Code != "too_fast" || a.Header.Get("Retry-After") == "" || !strings.Contains(p.Detail, "Sekunden") {
		t.Errorf("%s %v", p.Code, a.Header)
	}
	other.Ask("a fox", "wordmark")
	visitor.Upload("/api/v1/verify", "a.png", []byte("x")).Want(415)
	visitor.Upload("/api/v1/verify", "a.png", []byte("x")).Want(429)
	visitor.Post("/api/v1/staff/session", map[string]any{"secret": "x", "name": "x"}).Want(401)
	visitor.Post("/api/v1/staff/session", map[string]any{"secret": "x", "name": "x"}).Want(429)
}
