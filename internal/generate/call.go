package generate

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"marquee/internal/budget"
	"marquee/internal/fault"
	"marquee/internal/provider"
)

// settling bounds how long entering a cost may take.
const settling = 5 * time.Second

// heed is how long a call may take to end once it is told to; after that its
// answer is thrown away.
const heed = 200 * time.Millisecond

// maker is a provider that could be asked for a thing.
type maker[T any] struct {
	name string
	by   provider.Maker
	paid bool
	// most is what one call can cost at most; priced is false if its money is
	// not known.
	most   budget.Amount
	priced bool
	// cost turns what the provider counted into what it cost.
	cost func(u provider.Usage) budget.Amount
	ask  func(ctx context.Context) (T, provider.Usage, error)
}

// call asks once: reserved before, settled after. Each call has a key of its
// own, because each may be on the bill.
func call[T any](ctx context.Context, d *Door, e *errand, m maker[T], bound time.Duration) (T, error) {
	if !m.paid {
		v, _, err := guarded(ctx, bound, m.ask)
		return v, err
	}
	var none T
	key := e.key + "#" + uuid.Must(uuid.NewV7()).String()
	err := d.Budget.Reserve(ctx, budget.Call{
		Key: key, For: e.key, Campaign: e.campaign.Slug, Market: e.market, Team: e.team, Person: e.person,
		Capability: string(e.capability), Provider: m.by.Provider, Model: m.by.Model, Version: m.by.Version,
		Most: m.most, Priced: m.priced,
	})
	if err != nil {
		return none, err
	}
	v, usage, err := guarded(ctx, bound, m.ask)
	// The caller may have gone; what was spent is spent.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), settling)
	defer cancel()
	var settle error
	switch {
	case usage.Known: // also of an answer that did not pass our checks
		settle = d.Budget.Settle(after, key, m.cost(usage), outcome(err))
	case err == nil:
		settle = d.Budget.SettleInFull(after, key, outcome(err))
	case provider.MayHaveCost(err):
		settle = d.Budget.SettleInFull(after, key, outcome(err))
	default:
		settle = d.Budget.Settle(after, key, budget.Amount{}, outcome(err))
	}
	if settle != nil {
		// What was made is there and paid for. Its reservation stays, which
		// counts as spent until it is settled, or for good when it expires.
		d.Log.WarnContext(ctx, "a call could not be settled", "call", key, "error", settle)
	}
	return v, err
}

// outcome is the word for how a call ended.
func outcome(err error) string {
	if err == nil {
		return "made"
	}
	if errors.Is(err, context.Canceled) {
		return "cancelled"
	}
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return "failed"
}

// guarded runs a call within a bound, also one that does not heed its context,
// and one that panics.
func guarded[T any](ctx context.Context, bound time.Duration, ask func(context.Context) (T, provider.Usage, error)) (T, provider.Usage, error) {
	type answer struct {
		v     T
		usage provider.Usage
		err   error
	}
	var a answer
	if err := ctx.Err(); err != nil {
		return a.v, a.usage, late(ctx, provider.Free(err))
	}
	inner, cancel := context.WithTimeout(ctx, bound)
	defer cancel()
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a = answer{err: provider.Nonsense(fmt.Errorf("the adapter panicked: %v\n%s", p, debug.Stack()))}
			}
			done <- a
		}()
		a.v, a.usage, a.err = ask(inner)
	}()
	select {
	case a = <-done:
	case <-inner.Done():
		patience := time.NewTimer(heed)
		defer patience.Stop()
		select {
		case a = <-done:
		case <-patience.C:
			a.err = inner.Err()
		}
	}
	if a.err != nil && inner.Err() != nil && !fault.HasCode(a.err, "provider_refused") {
		a.err = late(ctx, a.err)
	}
	return a.v, a.usage, a.err
}

// late is the error of a call that was cut short: the caller's, if he has gone,
// else that time ran out.
func late(ctx context.Context, cause error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("%w: %w", context.Canceled, cause)
	}
	return provider.TimedOut(cause)
}
