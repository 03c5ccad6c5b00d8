package generate

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"marquee/internal/fault"
	"marquee/internal/provider"
)

// Health is how one provider's capability is, as this process sees it.
type Health struct {
	Provider   string     `json:"provider"`
	Capability Capability `json:"capability"`
	// State is "well", "resting" (not asked until Until), or "trying" (one call
	// finds out whether it is well again).
	State string    `json:"state" enum:"well,resting,trying"`
	Until time.Time `json:"until,omitzero"`
	// Calls and Failures are those of the last twenty.
	Calls    int `json:"calls"`
	Failures int `json:"failures"`
}

// lastCalls is how many calls are remembered of each lane.
const lastCalls = 20

// keyRest is how long a provider rests that does not accept our key: nothing
// heals by itself there, and a changed key is tried soon.
const keyRest = 30 * time.Second

var (
	errResting = errors.New("the provider rests after failures")
	errFull    = errors.New("too many calls to the provider at once")
)

type laneKey struct {
	capability Capability
	name       string
}

// lanes are the ways to all providers.
type lanes struct {
	tuning Tuning
	mu     sync.Mutex
	all    map[laneKey]*lane
}

func newLanes(t Tuning) *lanes { return &lanes{tuning: t, all: map[laneKey]*lane{}} }

// of gives the lane of a configured provider; there are as many as providers.
func (ls *lanes) of(c Capability, name string) *lane {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	key := laneKey{c, name}
	l := ls.all[key]
	if l == nil {
		l = &lane{tuning: ls.tuning, slots: semaphore.NewWeighted(ls.tuning.AtOnce)}
		ls.all[key] = l
	}
	return l
}

func (ls *lanes) health() []Health {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	out := make([]Health, 0, len(ls.all))
	for key, l := range ls.all {
		h := l.health()
		h.Provider, h.Capability = key.name, key.capability
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Health) int {
		return cmp.Or(cmp.Compare(a.Provider, b.Provider), cmp.Compare(a.Capability, b.Capability))
	})
	return out
}

// lane is the way to one capability of one provider: so many calls at once, and
// none while it rests.
type lane struct {
	tuning Tuning
	slots  *semaphore.Weighted

	mu     sync.Mutex
	last   []bool    // whether each of the last calls failed
	row    int       // failures in a row
	rests  int       // rests in a row
	until  time.Time // resting until then; zero while well
	trying bool      // a call is finding out
}

// enter waits for a turn. leave is told how the call ended.
func (l *lane) enter(ctx context.Context) (leave func(error), err error) {
	if err := l.admit(); err != nil {
		return nil, err
	}
	wait, cancel := context.WithTimeout(ctx, l.tuning.Queue)
	defer cancel()
	if err := l.slots.Acquire(wait, 1); err != nil {
		l.note(context.Canceled) // nothing was learned
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, provider.Busy(0, provider.Free(errFull))
	}
	return func(err error) {
		l.slots.Release(1)
		l.note(err)
	}, nil
}

// admit refuses while the lane rests. When the rest is over one call finds out.
func (l *lane) admit() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until.IsZero() {
		return nil
	}
	rest := time.Until(l.until)
	if rest > 0 || l.trying {
		return provider.Unavailable(max(rest, 0), provider.Free(errResting))
	}
	l.trying = true
	return nil
}

// note learns from how a call ended.
func (l *lane) note(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.trying
	l.trying = false
	f, _ := fault.As(err)
	switch {
	case err == nil, f != nil && (f.Code == "provider_refused" || f.Code == "provider_request"):
		l.remember(false)
		l.row = 0
		if found {
			l.rests, l.until, l.last = 0, time.Time{}, nil
		}
		return
	case errors.Is(err, context.Canceled), f == nil || !strings.HasPrefix(f.Code, "provider_"):
		return // the provider had no part in it
	}
	l.remember(true)
	l.row++
	switch {
	case f.Code == "provider_key":
		l.rest(keyRest)
	case f.Code == "provider_busy" && f.RetryAfter > 0:
		l.rest(min(f.RetryAfter, 16*l.tuning.Rest))
	case found, l.row >= l.tuning.Failures, l.sick():
		l.rest(l.tuning.Rest << min(l.rests, 4))
		l.rests++
	}
}

func (l *lane) rest(d time.Duration) {
	if until := time.Now().Add(d); until.After(l.until) {
		l.until = until
	}
	l.row = 0
}

func (l *lane) remember(failed bool) {
	if len(l.last) == lastCalls {
		l.last = l.last[1:]
	}
	l.last = append(l.last, failed)
}

// sick tells whether at least half of the last calls failed.
func (l *lane) sick() bool { return len(l.last) == lastCalls && l.failed() >= lastCalls/2 }

func (l *lane) failed() (n int) {
	for _, f := range l.last {
		if f {
			n++
		}
	}
	return n
}

func (l *lane) health() Health {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := Health{State: "well", Calls: len(l.last), Failures: l.failed()}
	switch {
	case l.trying:
		h.State = "trying"
	case !l.until.IsZero() && time.Until(l.until) > 0:
		h.State, h.Until = "resting", l.until
	case !l.until.IsZero():
		h.State = "trying"
	}
	return h
}
