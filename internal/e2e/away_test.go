package e2e

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/store/pgtest"
	"marquee/internal/store/s3test"
)

// TestTheDatabaseGoesAway stops PostgreSQL for ten seconds under load. Every
// answer meanwhile is a clear 503 or a success; everything that was accepted
// is there afterwards, whole.
func TestTheDatabaseGoesAway(t *testing.T) {
	t.Parallel()
	server := pgtest.Own(t)
	if err := server.Admin(t.Context(), "CREATE DATABASE marquee"); err != nil {
		t.Fatal(err)
	}
	h := &House{t: t, Data: t.TempDir()}
	h.args = []string{"--data", h.Data, "--database", server.DSN("marquee"), "--objects", s3test.Shared(t).Bucket()}
	h.start()
	p := h.participant("winter-lights")

	var (
		mu                           sync.Mutex
		accepted                     []string
		ok, unavailable, other, stop atomic.Int64
		wg                           sync.WaitGroup
	)
	note := func(status int, data []byte) {
		switch {
		case status < 400:
			ok.Add(1)
		case status == 503:
			var problem struct{ Code, Detail string }
			if json.Unmarshal(data, &problem) != nil || problem.Code == "" || problem.Detail == "" {
				t.Errorf("503 without a clear problem: %s", data)
			}
			unavailable.Add(1)
		default:
			other.Add(1)
			t.Errorf("%d: %s", status, data)
		}
	}
	for worker := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; stop.Load() == 0; i++ {
				var status int
				var data []byte
				var err error
				if worker == 0 && i%20 == 0 {
					status, data, err = p.try("POST", "/api/v1/campaigns/winter-lights/generations", map[string]any{
						"prompt": fmt.Sprintf("a lantern in the snow, number %d", i), "aspect": "landscape",
					})
					var g struct{ ID string }
					if status == 202 && json.Unmarshal(data, &g) == nil {
						mu.Lock()
						accepted = append(accepted, g.ID)
						mu.Unlock()
					}
					if status == 429 {
						continue // the day's limit of one participant; the others go on
					}
				} else {
					status, data, err = p.try("GET", "/api/v1/campaigns/winter-lights/works", nil)
				}
				if err != nil {
					t.Errorf("no answer at all: %v", err)
					return
				}
				note(status, data)
			}
		}()
	}
	waitFor(t, "requests before", func() bool { return ok.Load() > 50 })
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	gone := time.Now()
	waitFor(t, "ten seconds without a database", func() bool { return time.Since(gone) > 10*time.Second })
	during := unavailable.Load()
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	back := ok.Load()
	waitFor(t, "requests after", func() bool { return ok.Load() > back+50 })
	stop.Store(1)
	wg.Wait()
	t.Logf("%d answered, %d told that the database was away, %d accepted", ok.Load(), unavailable.Load(), len(accepted))
	if during == 0 {
		t.Error("nobody was told that the database was away")
	}
	if len(accepted) == 0 {
		t.Error("nothing was accepted; the test shows nothing")
	}
	for _, id := range accepted {
		if g := p.ended(id); g.State != "succeeded" || len(g.Candidates) != 4 {
			t.Errorf("accepted, and then: %+v", g)
		}
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
