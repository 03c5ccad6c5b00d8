package house_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/provider"
	"marquee/internal/store/storetest"
)

// free is a maker that costs nothing, in the painter's place where many pictures
// are asked for at once and how they look does not matter.
type free struct{ scripted }

func (*free) Paid() bool { return false }

// door makes a door on the house's own stores, with a budget to go by.
func (h *home) door(budget generate.Budget) *generate.Door {
	h.t.Helper()
	watch, err := guard.New()
	must(h.t, err)
	return generate.New(generate.Deps{
		Guard: watch, Unit: h.DB, Ledger: h.Ledger, Budget: budget, Builtin: &free{}, Providers: h.Providers, Log: storetest.Quiet(),
	})
}

// shaky is a budget whose database is away where a test says so.
type shaky struct {
	generate.Budget
	reserve, settle bool
}

var errDatabaseAway = fault.New(fault.Unavailable, "database_away", "The database does not answer.")

func (s *shaky) Reserve(ctx context.Context, c budget.Call) error {
	if s.reserve {
		return errDatabaseAway
	}
	return s.Budget.Reserve(ctx, c)
}

func (s *shaky) Settle(ctx context.Context, key string, cost budget.Amount, outcome string) error {
	if s.settle {
		return errDatabaseAway
	}
	return s.Budget.Settle(ctx, key, cost, outcome)
}

func (s *shaky) SettleInFull(ctx context.Context, key, outcome string) error {
	if s.settle {
		return errDatabaseAway
	}
	return s.Budget.SettleInFull(ctx, key, outcome)
}

// picture asks the door for a small picture under a key.
func (h *home) picture(ctx context.Context, rec campaign.Record, key string) (*generate.Result, error) {
	return h.Door.Picture(ctx, small(rec, key), nil)
}

func small(rec campaign.Record, key string) generate.Request {
	return generate.Request{Campaign: rec, Key: key, Prompt: "a fox", Locale: "en", Width: 256, Height: 256}
}

func (h *home) spent(slug string, spent, reserved int64) {
	h.t.Helper()
	b, err := h.Campaign.Budget(h.t.Context(), slug)
	must(h.t, err)
	is(h.t, "spent", b.Spent, spent)
	is(h.t, "reserved", b.Reserved, reserved)
}

func TestABudgetIsNeverOverspent(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		rec := h.campaign("thrifty", func(f *campaign.File) { f.Limits.Pictures = 20 })
		door := h.door(h.Budget)
		var stoodIn atomic.Int64
		ended := atOnce(t, 64, func(i int) error {
			res, err := door.Picture(ctx, small(rec, fmt.Sprint("picture/", i)), nil)
			// A machine that is too busy says so, and whoever asked asks again.
			for try := 0; fault.HasCode(err, "database_away") && try < 20; try++ {
				res, err = door.Picture(ctx, small(rec, fmt.Sprint("picture/", i)), nil)
			}
			if err == nil && res.Fallback {
				stoodIn.Add(1)
			}
			return err
		})
		if ended[""] != 64 {
			t.Fatalf("not all got a picture: %v", ended)
		}
		is(t, "paid calls", len(h.maker.called()), 20)
		is(t, "pictures by the painter", stoodIn.Load(), 44)
		h.spent("thrifty", 20, 0)

		// A higher limit is heeded at once; one below what is spent is refused.
		f := rec.File
		f.Limits.Pictures = 19
		wants(t, second(h.Campaign.Update(ctx, "thrifty", f, campaign.Open, 1, "producer")), fault.Conflict, "budget_in_use")
		f.Limits.Pictures = 21
		rec, err := h.Campaign.Update(ctx, "thrifty", f, campaign.Open, 1, "producer")
		must(t, err)
		for i := range 2 {
			must(t, second(h.picture(ctx, rec, fmt.Sprint("more/", i))))
		}
		is(t, "paid calls", len(h.maker.called()), 21)
		h.spent("thrifty", 21, 0)
	})
}

func TestABudgetWhoseDatabaseIsAway(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		rec := h.campaign("thrifty", func(f *campaign.File) { f.Limits.Pictures = 3 })
		budget := &shaky{Budget: h.Budget, reserve: true}
		door := h.door(budget)
		wants(t, second(door.Picture(ctx, small(rec, "a"), nil)), fault.Unavailable, "database_away")
		is(t, "calls that nobody reserved", len(h.maker.called()), 0)

		budget.reserve, budget.settle = false, true
		res, err := door.Picture(ctx, small(rec, "a"), nil)
		must(t, err)
		is(t, "a picture that is paid for is not thrown away", res.Maker, scriptedMaker)
		h.spent("thrifty", 0, 1) // not settled, and not free to spend again either
		budget.settle = false
		must(t, second(door.Picture(ctx, small(rec, "a"), nil)))
		h.spent("thrifty", 1, 1) // a call of its own
	})
}

func TestWhatACallCosts(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		rec := h.campaign("thrifty", func(f *campaign.File) { f.Limits.Pictures = 6 })
		how := func(f func(ctx context.Context, r provider.PictureRequest) (*provider.Picture, error)) {
			h.maker.script(func(ctx context.Context, _ int, r provider.PictureRequest) (*provider.Picture, error) {
				return f(ctx, r)
			})
		}
		how(func(context.Context, provider.PictureRequest) (*provider.Picture, error) { return nil, errRefused })
		wants(t, second(h.picture(ctx, rec, "refused")), fault.Invalid, "provider_refused")
		h.spent("thrifty", 0, 0)

		how(func(context.Context, provider.PictureRequest) (*provider.Picture, error) { return nil, errAway })
		res, err := h.picture(ctx, rec, "away")
		must(t, err)
		is(t, "the painter stood in", res.Fallback, true)
		h.spent("thrifty", 1, 0) // what a call that broke off cost is unknown

		how(func(_ context.Context, r provider.PictureRequest) (*provider.Picture, error) {
			return twoColours(r), nil
		})
		for range 3 {
			must(t, second(h.picture(ctx, rec, "good")))
		}
		h.spent("thrifty", 4, 0) // each call may be on the bill

		how(func(_ context.Context, r provider.PictureRequest) (*provider.Picture, error) { return flat(r), nil })
		wants(t, second(h.picture(ctx, rec, "flat")), fault.Invalid, "picture_refused")
		h.spent("thrifty", 5, 0)

		gone, leave := context.WithCancel(ctx)
		how(func(ctx context.Context, _ provider.PictureRequest) (*provider.Picture, error) {
			leave()
			return nil, ctx.Err()
		})
		if _, err := h.picture(gone, rec, "left"); err == nil {
			t.Error("a picture was made for a caller who had gone")
		}
		h.spent("thrifty", 6, 0)
		is(t, "calls", len(h.maker.called()), 1)
		res, err = h.picture(ctx, rec, "one too many")
		must(t, err)
		is(t, "the painter stood in", res.Fallback, true)
		is(t, "calls", len(h.maker.called()), 1)
		h.spent("thrifty", 6, 0)
	})
}
