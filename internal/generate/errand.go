package generate

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/provider"
)

// errand is one thing that is wanted of providers.
type errand struct {
	capability   Capability
	campaign     campaign.Record
	key          string
	market, team string
	person       string
	// wait bounds everything together.
	wait time.Duration
	// hedge, if not 0, is when the next provider is asked as well.
	hedge time.Duration
}

var errNobody = errors.New("no provider is configured for this, or none may be used")

// share is the part of the time left that one provider gets while others come
// after it.
const share = 0.6

// least is the time without which a call is not worth beginning.
const least = 100 * time.Millisecond

// send asks the makers in their order until one answers. The fault is that of
// the last one asked; "provider_refused" of the first that will not.
func send[T any](ctx context.Context, d *Door, e *errand, makers []maker[T]) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, e.wait)
	defer cancel()
	if e.hedge > 0 && len(makers) > 1 {
		return hedged(ctx, d, e, makers)
	}
	return inOrder(ctx, d, e, makers)
}

func inOrder[T any](ctx context.Context, d *Door, e *errand, makers []maker[T]) (T, error) {
	var none T
	var last error = provider.Unavailable(0, provider.Free(errNobody))
	for i, m := range makers {
		v, err := tries(ctx, d, e, m, len(makers)-i-1)
		if err == nil {
			return v, nil
		}
		last = err
		if !othersMay(err) || ctx.Err() != nil {
			break
		}
		d.Log.WarnContext(ctx, "a provider did not answer", "campaign", e.campaign.Slug, "capability", e.capability, "provider", m.name, "error", err)
	}
	return none, last
}

// othersMay tells whether another maker could do better than one that gave err.
// Where one will not, nobody shall; and where our own database is away nothing
// could be kept, so whoever asked asks again later.
func othersMay(err error) bool {
	var shown stopped
	return !errors.As(err, &shown) && !fault.HasCode(err, "provider_refused") && !fault.HasCode(err, "database_away") && !errors.Is(err, context.Canceled)
}

// tries asks one maker, again if that may help and there is time. others is how
// many come after it.
func tries[T any](ctx context.Context, d *Door, e *errand, m maker[T], others int) (T, error) {
	var none T
	lane := d.lanes.of(e.capability, m.name)
	for try := 1; ; try++ {
		leave, err := lane.enter(ctx)
		if err != nil {
			return none, err
		}
		bound := left(ctx)
		if others > 0 {
			bound = time.Duration(float64(bound) * share)
		}
		v, err := call(ctx, d, e, m, bound)
		leave(err)
		if d.Models != nil {
			d.Models.Watch(context.WithoutCancel(ctx), string(e.capability), m.name, outcome(err))
		}
		if err == nil {
			return v, nil
		}
		again, after := provider.Retryable(err)
		if !again || onTheBill(err) || !othersMay(err) || try >= d.Tuning.Tries {
			return none, err
		}
		pause := after + rand.N(d.Tuning.Pause<<(try-1))
		// A provider that asks to wait for long is waited for only if nobody
		// else can answer meanwhile.
		if left(ctx) < pause+least || others > 0 && after > d.Tuning.Queue {
			return none, err
		}
		t := time.NewTimer(pause)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return none, err
		}
	}
}

// onTheBill tells of an answer that came and is of no use, or that was waited
// for in vain: it is paid for, so the next provider is asked, not the same one
// again.
func onTheBill(err error) bool {
	return fault.HasCode(err, "provider_nonsense") || fault.HasCode(err, "provider_timeout")
}

// left is the time until the deadline of ctx.
func left(ctx context.Context) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return time.Hour
	}
	return time.Until(deadline)
}

// hedged asks the first maker, and from the second on as well if that takes too
// long. The first answer counts; the other call is cancelled.
func hedged[T any](ctx context.Context, d *Door, e *errand, makers []maker[T]) (T, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		v   T
		err error
	}
	answers := make(chan answer, 2)
	ask := func(ms []maker[T]) {
		v, err := inOrder(ctx, d, e, ms)
		answers <- answer{v, err}
	}
	go ask(makers[:1])
	second := time.NewTimer(e.hedge)
	defer second.Stop()
	out, open, begun := answer{}, 1, false
	for open > 0 || !begun {
		select {
		case <-second.C:
			if !begun {
				begun = true
				open++
				go ask(makers[1:])
			}
		case a := <-answers:
			open--
			if a.err == nil || !othersMay(a.err) {
				return a.v, a.err
			}
			out = a
			if !begun {
				begun = true
				open++
				go ask(makers[1:])
			}
		}
	}
	return out.v, out.err
}
