package e2e

import (
	"testing"
	"time"
)

// resumeWithin is the promise: work goes on within 5 s of the restart.
const resumeWithin = 5 * time.Second

// TestWorkGoesOnAfterACrash kills the program in the middle of a generation,
// starts it again on the same storage, and wants all four candidates.
func TestWorkGoesOnAfterACrash(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, h *House) {
		p := h.participant("winter-lights")
		id := p.generate("winter-lights", map[string]any{"prompt": "an owl in a birch forest", "aspect": "landscape", "seed": 3})
		asked := time.Now()
		before := h.untilCandidates(p, id, 1)
		making := time.Since(asked) // what a candidate takes on this machine as busy as it is
		if before >= 4 {
			t.Fatal("the generation ended before the crash; the test shows nothing")
		}
		h.kill()
		h.start()
		p.base = h.URL
		restarted := time.Now()
		after := h.untilCandidates(p, id, before+1)
		if took := time.Since(restarted); took > resumeWithin+making {
			t.Errorf("a candidate came %s after the restart, with %d candidates; one takes %s to make", took, after, making)
		}
		g := p.ended(id)
		if g.State != "succeeded" || len(g.Candidates) != 4 {
			t.Errorf("after the crash: %+v", g)
		}
		seen := map[string]bool{}
		for _, c := range g.Candidates {
			if seen[c.ID] {
				t.Errorf("candidate %s stands twice", c.ID)
			}
			seen[c.ID] = true
			if status, _ := p.do("GET", c.ImageURL, nil); status != 200 {
				t.Errorf("%s: %d", c.ImageURL, status)
			}
		}
	})
}

// untilCandidates waits for at least n candidates and gives how many there are.
func (h *House) untilCandidates(p *Client, id string, n int) int {
	h.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); {
		var g Generation
		p.must("GET", "/api/v1/generations/"+id, nil, 200, &g)
		if len(g.Candidates) >= n {
			return len(g.Candidates)
		}
		time.Sleep(5 * time.Millisecond) // another process: there is only its answer to wait for
	}
	h.t.Fatalf("generation %s has no %d candidates\n%s", id, n, h.log)
	return 0
}
