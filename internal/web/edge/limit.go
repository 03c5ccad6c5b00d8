package edge

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"marquee/internal/fault"
)

// maxKeys bounds how many callers one limiter remembers; the one that was
// quiet the longest is forgotten first.
const maxKeys = 50_000

// Limiter counts how often each caller does one thing. It is safe for many
// goroutines.
type Limiter struct {
	every rate.Limit
	burst int
	now   func() time.Time

	mu     sync.Mutex
	order  *list.List
	places map[string]*list.Element
}

type counted struct {
	key    string
	bucket *rate.Limiter
}

// NewLimiter allows perMinute on average with bursts of burst; perMinute 0
// allows everything.
func NewLimiter(perMinute, burst int, now func() time.Time) *Limiter {
	return &Limiter{every: rate.Limit(float64(perMinute) / 60), burst: burst, now: now, order: list.New(), places: map[string]*list.Element{}}
}

// Allow counts one try of a caller. The error is a fault of kind Limited that
// says when to try again.
func (l *Limiter) Allow(key string) error {
	if l == nil || l.every == 0 {
		return nil
	}
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	place, ok := l.places[key]
	if ok {
		l.order.MoveToFront(place)
	} else {
		if l.order.Len() >= maxKeys {
			oldest := l.order.Back()
			delete(l.places, oldest.Value.(*counted).key)
			l.order.Remove(oldest)
		}
		place = l.order.PushFront(&counted{key: key, bucket: rate.NewLimiter(l.every, l.burst)})
		l.places[key] = place
	}
	bucket := place.Value.(*counted).bucket
	if bucket.AllowN(now, 1) {
		return nil
	}
	wait := time.Duration((1 - bucket.TokensAt(now)) / float64(l.every) * float64(time.Second))
	wait = max(wait.Round(time.Second), time.Second)
	return fault.New(fault.Limited, "too_fast", "That was a little too quick. Please try again in %d seconds.", int(wait.Seconds())).
		With("seconds", int(wait.Seconds())).After(wait)
}

// Turnstile bounds how many do one thing at once, and how many wait for it.
type Turnstile struct {
	inside  chan struct{}
	waiting chan struct{}
	patient time.Duration
}

// NewTurnstile lets n through at once; four times as many wait, each for at
// most patience.
func NewTurnstile(n int, patience time.Duration) *Turnstile {
	return &Turnstile{inside: make(chan struct{}, n), waiting: make(chan struct{}, 4*n), patient: patience}
}

// Enter waits for a place and gives the function that leaves it. The error is
// a fault of kind Unavailable: too many wait already, or it took too long.
// gone is closed when the caller no longer wants it.
func (t *Turnstile) Enter(gone <-chan struct{}) (leave func(), err error) {
	leave = func() { <-t.inside }
	select {
	case t.inside <- struct{}{}:
		return leave, nil
	default:
	}
	busy := fault.New(fault.Unavailable, "busy", "A lot is going on here right now. Please try again in a moment.").After(2 * time.Second)
	select {
	case t.waiting <- struct{}{}:
		defer func() { <-t.waiting }()
	default:
		return nil, busy
	}
	timer := time.NewTimer(t.patient)
	defer timer.Stop()
	select {
	case t.inside <- struct{}{}:
		return leave, nil
	case <-timer.C:
		return nil, busy
	case <-gone:
		return nil, busy
	}
}

// Counted bounds how many of a thing each caller has open.
type Counted struct {
	most int
	mu   sync.Mutex
	open map[string]int
}

// NewCounted allows most for each caller.
func NewCounted(most int) *Counted { return &Counted{most: most, open: map[string]int{}} }

// Open takes one and gives the function that closes it; false if the caller
// has as many as allowed.
func (c *Counted) Open(key string) (done func(), ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open[key] >= c.most {
		return nil, false
	}
	c.open[key]++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.open[key]--; c.open[key] <= 0 {
			delete(c.open, key)
		}
	}, true
}
