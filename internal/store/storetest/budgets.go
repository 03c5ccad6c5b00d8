package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/store"
)

// purse is the service of budgets on a database, with a clock that a test
// moves.
type purse struct {
	*budget.Service
	t   *testing.T
	db  *store.DB
	now *atomic.Int64
}

func newPurse(t *testing.T, db *store.DB) *purse {
	t.Helper()
	at := &atomic.Int64{}
	at.Store(t0.UnixMicro())
	now := func() time.Time { return time.UnixMicro(at.Load()).UTC() }
	return &purse{budget.New(budget.Deps{Store: db, Unit: db, Jobs: db, Ledger: ledger.New(db, now), Now: now, Log: Quiet()}), t, db, at}
}

// Purse gives the service of budgets on a database, by the clock on the wall.
func Purse(db *store.DB) *budget.Service {
	return budget.New(budget.Deps{Store: db, Unit: db, Jobs: db, Ledger: ledger.New(db, time.Now), Now: time.Now, Log: Quiet()})
}

func (p *purse) advance(d time.Duration) { p.now.Add(d.Microseconds()) }

func (p *purse) limit(k budget.Kind, name string, period budget.Period, most budget.Amount) {
	p.t.Helper()
	err := p.SetLimit(p.t.Context(), budget.Limit{Scope: budget.Scope{Kind: k, Name: name}, Period: period, Most: most}, "admin")
	if err != nil {
		p.t.Fatal(err)
	}
}

// used wants what is reserved and spent in an account.
func (p *purse) used(id string, reserved, spent budget.Amount) {
	p.t.Helper()
	a, err := p.db.Account(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(id, err)
	}
	same(p.t, [2]budget.Amount{a.Reserved, a.Spent}, [2]budget.Amount{reserved, spent})
}

// boundless bounds nothing.
var boundless = budget.Amount{Money: budget.Unlimited, Pictures: budget.Unlimited, Tokens: budget.Unlimited, Calls: budget.Unlimited}

func pictures(n int64) budget.Amount {
	b := boundless
	b.Pictures = n
	return b
}

func money(n int64) budget.Amount {
	b := boundless
	b.Money = n
	return b
}

func call(key string, most budget.Amount) budget.Call {
	return budget.Call{Key: key, For: "wanted/" + key, Campaign: "winter", Capability: "picture", Provider: "p", Model: "m", Version: "1", Most: most, Priced: true}
}

// Budgets tests budget.Store, with the service that is built on it.
func Budgets(t *testing.T, db *store.DB) {
	ctx := t.Context()
	p := newPurse(t, db)
	one := budget.Amount{Money: 40, Pictures: 1, Calls: 1}
	fails(t, p.Reserve(ctx, call("none", one)), fault.Unavailable, "budget_missing")
	fails(t, value(db.Budget(ctx, "winter")), fault.NotFound, "")

	// A campaign's budget of pictures, as its file sets it.
	set := func(n int64) error {
		return db.Do(ctx, func(ctx context.Context) error { return db.SetBudget(ctx, "winter", n) })
	}
	fails(t, set(-1), fault.Invalid, "budget_negative")
	same(t, set(10), nil)
	gives(t, campaign.Budget{Campaign: "winter", Limit: 10})(db.Budget(ctx, "winter"))
	same(t, p.Reserve(ctx, call("a", one)), nil)
	same(t, p.Reserve(ctx, call("a", one)), nil) // the same key again takes nothing more
	gives(t, campaign.Budget{Campaign: "winter", Limit: 10, Reserved: 1})(db.Budget(ctx, "winter"))
	fails(t, p.Reserve(ctx, call("b", budget.Amount{Pictures: 10, Calls: 1})), fault.Unavailable, "budget_used_up")
	fails(t, value(db.Call(ctx, "b")), fault.NotFound, "") // the key of a refusal is free
	for range 2 {
		same(t, p.Settle(ctx, "a", budget.Amount{Money: 99, Pictures: 99, Tokens: 5}, "made"), nil) // more than was reserved counts as what was
	}
	same(t, p.Settle(ctx, "unknown", one, "made"), nil)
	same(t, p.Reserve(ctx, call("a", one)), nil) // settled: still the same key
	gives(t, campaign.Budget{Campaign: "winter", Limit: 10, Spent: 1})(db.Budget(ctx, "winter"))
	fails(t, set(0), fault.Conflict, "budget_in_use")
	c, err := db.Call(ctx, "a")
	same(t, err, nil)
	same(t, c.State, budget.Settled)
	same(t, c.Cost, budget.Amount{Money: 40, Pictures: 1})
	same(t, c.Outcome, "made")
	same(t, len(c.Accounts), 0) // it is not kept whose it was
	same(t, p.Reserve(ctx, call("free", one)), nil)
	same(t, p.Settle(ctx, "free", budget.Amount{}, "provider_busy"), nil)
	gives(t, campaign.Budget{Campaign: "winter", Limit: 10, Spent: 1})(db.Budget(ctx, "winter"))
	for _, bad := range []budget.Amount{{Money: -1}, {Calls: 1 << 60}} {
		fails(t, p.Reserve(ctx, call("bad", bad)), fault.Invalid, "bad_amount")
		fails(t, p.Settle(ctx, "a", bad, ""), fault.Invalid, "bad_amount")
	}

	scopes(t, p)
	expiry(t, p)
	alerts(t, p)
	together(t, p)
}

// scopes tests that a call is taken in all its accounts or in none.
func scopes(t *testing.T, p *purse) {
	ctx := t.Context()
	spend := func(key string, n int64) error {
		c := call(key, budget.Amount{Money: n, Pictures: 1, Calls: 1})
		c.Campaign, c.Market, c.Team, c.Person = "summer", "DE", "design", "p-7"
		return p.Reserve(ctx, c)
	}
	p.limit(budget.Campaign, "summer", budget.Whole, boundless)
	p.limit(budget.House, "", budget.Day, money(1000))
	p.limit(budget.Team, "design", budget.Whole, money(500))
	p.limit(budget.Market, "summer/DE", budget.Whole, money(400))
	p.limit(budget.Person, budget.Everyone, budget.Day, money(100))
	same(t, spend("s1", 60), nil)
	fails(t, spend("s2", 60), fault.Unavailable, "budget_used_up") // this person has had their share
	day := "@day:2026-12-01"
	took := budget.Amount{Money: 60, Pictures: 1, Calls: 1}
	none := budget.Amount{}
	for _, id := range []string{"campaign:summer@whole", "house" + day, "team:design@whole", "market:summer/DE@whole", "person:*/p-7" + day} {
		p.used(id, took, none)
	}
	p.advance(24 * time.Hour)
	same(t, spend("s2", 60), nil) // a new day
	p.used("person:*/p-7@day:2026-12-02", took, none)
	p.used("team:design@whole", budget.Amount{Money: 120, Pictures: 2, Calls: 2}, none)
	p.limit(budget.Person, "p-7", budget.Day, money(0)) // one's own goes before everyone's
	fails(t, spend("s3", 1), fault.Unavailable, "budget_used_up")
	p.limit(budget.Person, "p-7", budget.Day, money(10_000))
	fails(t, spend("s3", 390), fault.Unavailable, "budget_used_up") // the market's
	p.used("team:design@whole", budget.Amount{Money: 120, Pictures: 2, Calls: 2}, none)
	fails(t, p.SetLimit(ctx, budget.Limit{Scope: budget.Scope{Kind: budget.Team, Name: "design"}, Period: budget.Whole, Most: money(100)}, "admin"), fault.Conflict, "budget_in_use")

	unpriced := call("u", budget.Amount{Calls: 1})
	unpriced.Campaign, unpriced.Team, unpriced.Priced = "summer", "design", false
	fails(t, p.Reserve(ctx, unpriced), fault.Unavailable, "price_missing")
	same(t, p.Settle(ctx, "s1", budget.Amount{Money: 10, Pictures: 1, Calls: 1}, "made"), nil)
	p.used("person:*/p-7"+day, none, budget.Amount{Money: 10, Pictures: 1, Calls: 1}) // yesterday's, where it was reserved
	same(t, p.SettleInFull(ctx, "s2", "provider_timeout"), nil)
	p.used("market:summer/DE@whole", none, budget.Amount{Money: 70, Pictures: 2, Calls: 2})

	all, err := p.Costs(ctx, budget.Filter{Campaign: "summer"})
	same(t, err, nil)
	row := budget.Cost{Campaign: "summer", Capability: "picture", Provider: "p", Model: "m", Calls: 1, Pictures: 1}
	first, second := row, row
	first.Day, first.Outcome, first.Money = "2026-12-02", "provider_timeout", 60
	second.Day, second.Outcome, second.Money = "2026-12-01", "made", 10
	same(t, all, []budget.Cost{first, second})
	all, err = p.Costs(ctx, budget.Filter{Campaign: "summer", Until: t0.Add(time.Hour)})
	same(t, err, nil)
	same(t, all, []budget.Cost{second})

	for _, bad := range []budget.Limit{
		{Scope: budget.Scope{Kind: "planet", Name: "x"}, Period: budget.Day}, {Scope: budget.Scope{Kind: budget.Market, Name: "DE"}, Period: budget.Day},
		{Scope: budget.Scope{Kind: budget.House, Name: "x"}, Period: budget.Day}, {Scope: budget.Scope{Kind: budget.House}, Period: "week"},
	} {
		fails(t, p.SetLimit(ctx, bad, "admin"), fault.Invalid, "scope_unknown")
	}
	fails(t, p.SetLimit(ctx, budget.Limit{Scope: budget.Scope{Kind: budget.House}, Period: budget.Day, Most: money(-2)}, "admin"), fault.Invalid, "budget_negative")
	fails(t, p.RemoveLimit(ctx, budget.Scope{Kind: budget.Campaign, Name: "summer"}, budget.Whole, "admin"), fault.Conflict, "budget_needed")
	same(t, p.RemoveLimit(ctx, budget.Scope{Kind: budget.House}, budget.Day, "admin"), nil)
	fails(t, p.RemoveLimit(ctx, budget.Scope{Kind: budget.House}, budget.Day, "admin"), fault.NotFound, "")
	limits, err := p.Limits(ctx)
	same(t, err, nil)
	same(t, len(limits), 6)
}

// expiry tests what becomes of calls whose node has died.
func expiry(t *testing.T, p *purse) {
	ctx := t.Context()
	p.limit(budget.Campaign, "lost", budget.Whole, pictures(3))
	lost := call("lost", budget.Amount{Pictures: 2, Calls: 1})
	lost.Campaign = "lost"
	same(t, p.Reserve(ctx, lost), nil)
	gives(t, 0)(p.Sweep(ctx))
	p.advance(budget.DefaultExpiry + time.Second)
	gives(t, 1)(p.Sweep(ctx))
	gives(t, 0)(p.Sweep(ctx))
	p.used("campaign:lost@whole", budget.Amount{}, lost.Most)
	same(t, p.Settle(ctx, "lost", budget.Amount{}, "made"), nil) // too late: it counts as it was reserved
	p.used("campaign:lost@whole", budget.Amount{}, lost.Most)

	p.advance(40 * 24 * time.Hour)
	gives(t, 0)(p.Sweep(ctx))
	fails(t, value(p.db.Account(ctx, "person:*/p-7@day:2026-12-01")), fault.NotFound, "") // long past
}

// alerts tests that each threshold is told of once.
func alerts(t *testing.T, p *purse) {
	ctx := t.Context()
	p.limit(budget.Campaign, "loud", budget.Whole, money(100))
	spend := func(key string, n int64) error {
		c := call(key, budget.Amount{Money: n, Calls: 1})
		c.Campaign = "loud"
		if err := p.Reserve(ctx, c); err != nil {
			return err
		}
		return p.Settle(ctx, key, c.Most, "made")
	}
	told := func() (out []int) {
		t.Helper()
		all, err := p.Alerts(ctx)
		same(t, err, nil)
		for _, a := range all {
			if a.Account == "campaign:loud@whole" {
				out = append(out, a.Percent)
			}
		}
		slices.Reverse(out)
		return out
	}
	for i, step := range []struct {
		n    int64
		want []int
	}{{49, nil}, {1, []int{50}}, {29, []int{50}}, {2, []int{50, 80}}, {1, []int{50, 80}}, {17, []int{50, 80}}} {
		same(t, spend(fmt.Sprint("loud", i), step.n), nil)
		same(t, told(), step.want)
	}
	for i := range 2 { // 99 are spent: what is left suffices for nothing
		fails(t, spend(fmt.Sprint("loudest", i), 2), fault.Unavailable, "budget_used_up")
	}
	same(t, told(), []int{50, 80, 100})
	p.limit(budget.Campaign, "loud", budget.Whole, money(1000))
	same(t, spend("again", 500), nil)
	same(t, told(), []int{50, 80, 100, 50}) // of the new bound
	rows, err := p.db.LedgerRows(ctx, 0, 1000)
	same(t, err, nil)
	n := 0
	for _, r := range rows {
		if r.Action == "budget.reached" && r.SubjectID == "campaign:loud" {
			n++
		}
	}
	same(t, n, 4)
	var out []int
	handle := p.Handlers()["budget.alert"]
	all, err := p.Alerts(ctx)
	same(t, err, nil)
	for _, a := range all {
		same(t, handle(ctx, fmt.Appendf(nil, `{"id":%d}`, a.ID)), nil)
		out = append(out, a.Percent)
	}
	same(t, len(out) >= 4, true)
	fails(t, handle(ctx, []byte(`{"id":999999}`)), fault.NotFound, "")
}

// together tests that many callers at once never overspend, and that one key
// is one reservation.
func together(t *testing.T, p *purse) {
	ctx := t.Context()
	const callers, each = 64, 30
	p.limit(budget.Campaign, "crowd", budget.Whole, money(1000))
	p.limit(budget.Team, "crowd", budget.Day, pictures(33))
	p.limit(budget.Market, "crowd/FR", budget.Whole, boundless)
	reserve := func(key string) (bool, error) {
		c := call(key, budget.Amount{Money: each, Pictures: 1, Calls: 1})
		c.Campaign, c.Team, c.Market = "crowd", "crowd", "FR"
		err := p.Reserve(ctx, c)
		// A machine that is too busy says so, and whoever asked asks again.
		for try := 0; fault.HasCode(err, "database_away") && try < 20; try++ {
			err = p.Reserve(ctx, c)
		}
		if fault.HasCode(err, "budget_used_up") {
			return false, nil
		}
		return err == nil, err
	}
	keys := make([]string, callers)
	granted := make([]bool, callers)
	won := race(t, callers, func(i int) (ok bool, err error) {
		keys[i] = id()
		granted[i], err = reserve(keys[i])
		return granted[i], err
	})
	same(t, won, 33) // 1000 / 30, and as many as the team has left
	taken := budget.Amount{Money: 33 * each, Pictures: 33, Calls: 33}
	for _, account := range []string{"campaign:crowd@whole", "market:crowd/FR@whole"} {
		p.used(account, taken, budget.Amount{})
	}
	// Settling at once, twice each, at half of what was reserved.
	race(t, 2*callers, func(i int) (bool, error) {
		if !granted[i%callers] {
			return false, nil
		}
		err := errors.New("not tried")
		for try := 0; err != nil && try < 20; try++ {
			err = p.Settle(ctx, keys[i%callers], budget.Amount{Money: each / 2, Pictures: 1, Calls: 1}, "made")
		}
		return true, err
	})
	p.used("campaign:crowd@whole", budget.Amount{}, budget.Amount{Money: 33 * each / 2, Pictures: 33, Calls: 33})
	p.limit(budget.Team, "crowd", budget.Day, boundless)
	won = race(t, 16, func(int) (bool, error) { return reserve("together") })
	same(t, won, 16) // one reservation, which all of them see
	p.used("campaign:crowd@whole", budget.Amount{Money: each, Pictures: 1, Calls: 1}, budget.Amount{Money: 33 * each / 2, Pictures: 33, Calls: 33})
}
