// Package work is the unit of work: what must happen together or not at all.
//
// A service opens a unit with Unit.Do; every store method that it calls with
// the context it is given takes part in the same transaction. Writing outside
// a unit is an error, so that a decision and its ledger row can't part.
package work

import "context"

// Unit runs functions in transactions.
type Unit interface {
	// Do runs f in one transaction: committed if f returns nil, rolled back
	// otherwise. A Do inside a Do joins the outer one. f may be run again
	// when the database asks for it, so its only effects are in stores.
	Do(ctx context.Context, f func(ctx context.Context) error) error
}

// Jobs takes work to be done after the commit.
type Jobs interface {
	// Enqueue puts a job into the current unit of work; it runs after the
	// commit, at least once, and never if the unit is rolled back. Kind is a
	// stable name; args are JSON and hold ids only, no personal data. key
	// makes it unique among the jobs of its kind that have not ended; empty
	// for no such limit.
	Enqueue(ctx context.Context, kind string, args []byte, key string) error
}

type afterKey struct{}

// after collects what to run once the unit has committed.
type after struct{ fns []func() }

// Collect returns a context that collects AfterCommit functions and a
// function that runs them; stores call it, services do not.
func Collect(ctx context.Context) (context.Context, func()) {
	a := &after{}
	return context.WithValue(ctx, afterKey{}, a), func() {
		for _, f := range a.fns {
			f()
		}
	}
}

// AfterCommit runs f when the current unit has committed, in this process
// only: for waking listeners, never for something that must happen.
func AfterCommit(ctx context.Context, f func()) {
	if a, ok := ctx.Value(afterKey{}).(*after); ok {
		a.fns = append(a.fns, f)
		return
	}
	f()
}
