package budget

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/work"
)

// Deps are what the service is made of.
type Deps struct {
	Store  Store
	Unit   work.Unit
	Jobs   work.Jobs
	Ledger *ledger.Ledger
	// Expiry is how long after it was reserved a call that nobody settled counts
	// as spent; longer than any call may take.
	Expiry time.Duration
	Now    func() time.Time
	Log    *slog.Logger
}

// Service keeps the budgets.
type Service struct{ d Deps }

// DefaultExpiry is longer than any call may take.
const DefaultExpiry = 10 * time.Minute

// New makes the service.
func New(d Deps) *Service {
	if d.Expiry <= 0 {
		d.Expiry = DefaultExpiry
	}
	return &Service{d}
}

// thresholds are the shares of a limit, in percent, that are told of.
var thresholds = []int{100, 80, 50}

// errShort rolls back what was reserved in other accounts.
type errShort struct{ account Account }

func (e errShort) Error() string { return "budget " + e.account.ID + " does not suffice" }

// Reserve takes what a call can cost at most, in all accounts or in none. A
// call whose key is reserved, or was, is granted again and takes nothing more.
// Faults: "budget_used_up" if an account does not suffice, "price_missing" if
// one bounds money and the call's price is unknown, "budget_missing" if its
// campaign has no limit at all, "bad_amount" for an amount that can't be.
func (s *Service) Reserve(ctx context.Context, c Call) error {
	if !c.Most.valid() || c.Key == "" {
		return fault.New(fault.Invalid, "bad_amount", "That is not an amount which can be reserved.")
	}
	err := s.d.Unit.Do(ctx, func(ctx context.Context) error { return s.reserve(ctx, c) })
	var short errShort
	if !errors.As(err, &short) {
		return err
	}
	if err := s.exhausted(ctx, short.account); err != nil {
		return err
	}
	scope := short.account.Limit.Scope
	return fault.New(fault.Unavailable, "budget_used_up", "The budget for this is used up.").
		With("kind", string(scope.Kind)).With("period", string(short.account.Limit.Period))
}

func (s *Service) reserve(ctx context.Context, c Call) error {
	spenders := c.spenders()
	scopes := make([]Scope, 0, len(spenders))
	for limited := range spenders {
		scopes = append(scopes, limited)
	}
	limits, err := s.d.Store.Limits(ctx, scopes)
	if err != nil {
		return err
	}
	now := s.d.Now()
	var accounts []Account
	campaign := c.Campaign == ""
	for _, l := range limits {
		if l.Scope.Kind == Person && l.Scope.Name == Everyone && slices.ContainsFunc(limits, func(own Limit) bool {
			return own.Period == l.Period && own.Scope == Scope{Person, c.Person}
		}) {
			continue // a limit of one's own goes before that for everyone
		}
		if !c.Priced && l.Most.Money != Unlimited {
			return fault.New(fault.Unavailable, "price_missing", "The price of %s is not known, and the budget is one of money. Enter the model's price.", c.Model).With("model", c.Model)
		}
		campaign = campaign || l.Scope.Kind == Campaign
		accounts = append(accounts, account(l, spenders[l.Scope], now))
	}
	if !campaign {
		return fault.New(fault.Unavailable, "budget_missing", "This campaign has no budget. Set one first.")
	}
	// One order for all, so that two callers never wait for each other.
	slices.SortFunc(accounts, func(a, b Account) int { return strings.Compare(a.ID, b.ID) })
	c.State, c.At, c.ExpiresAt, c.Accounts = Reserved, now, now.Add(s.d.Expiry), nil
	for _, a := range accounts {
		c.Accounts = append(c.Accounts, a.ID)
	}
	// The key first: a second caller with the same key waits here for the first
	// one's outcome.
	if fresh, err := s.d.Store.InsertCall(ctx, c); err != nil || !fresh {
		return err
	}
	for _, a := range accounts {
		if err := s.take(ctx, a, c.Most); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) take(ctx context.Context, a Account, n Amount) error {
	took, err := s.d.Store.Take(ctx, a.ID, n)
	if fault.Is(err, fault.NotFound) {
		if err := s.d.Store.OpenAccount(ctx, a); err != nil {
			return err
		}
		took, err = s.d.Store.Take(ctx, a.ID, n)
	}
	if err == nil && !took {
		err = errShort{a}
	}
	return err
}

// exhausted tells, once, that an account does not suffice any more for what is
// asked of it, even if a little is left.
func (s *Service) exhausted(ctx context.Context, a Account) error {
	now, err := s.d.Store.Account(ctx, a.ID)
	if fault.Is(err, fault.NotFound) {
		now = a // it was opened in the unit that is rolled back
	} else if err != nil {
		return err
	}
	// What is only reserved may come back; then it is not used up.
	if a.Limit.Scope.Kind == Person || now.Told >= 100 || now.Reserved != (Amount{}) {
		return nil
	}
	return s.d.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.OpenAccount(ctx, a); err != nil {
			return err
		}
		return s.tell(ctx, now, 100)
	})
}

// Settle enters what a call cost, at most what was reserved. A key that is
// settled already, or unknown, changes nothing.
func (s *Service) Settle(ctx context.Context, key string, cost Amount, outcome string) error {
	if !cost.valid() {
		return fault.New(fault.Invalid, "bad_amount", "That is not an amount which can be spent.")
	}
	return s.end(ctx, key, Settled, &cost, outcome)
}

// SettleInFull enters a call whose cost is unknown: at what was reserved.
func (s *Service) SettleInFull(ctx context.Context, key, outcome string) error {
	return s.end(ctx, key, Settled, nil, outcome)
}

func (s *Service) end(ctx context.Context, key string, to State, cost *Amount, outcome string) error {
	return s.d.Unit.Do(ctx, func(ctx context.Context) error {
		c, err := s.d.Store.Call(ctx, key)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		c.State, c.Cost, c.Outcome, c.EndAt = to, c.Most, outcome, s.d.Now()
		if cost != nil {
			c.Cost = cost.atMost(c.Most)
		}
		was, ok, err := s.d.Store.EndCall(ctx, c)
		if err != nil || !ok {
			return err
		}
		for _, id := range was.Accounts {
			a, err := s.d.Store.Settle(ctx, id, was.Most, c.Cost)
			if err != nil {
				return err
			}
			for _, percent := range thresholds {
				if a.Share() >= percent && a.Told < percent {
					if err := s.tell(ctx, a, percent); err != nil {
						return err
					}
					break
				}
			}
		}
		return nil
	})
}

// jobAlert tells people of a threshold.
const jobAlert = "budget.alert"

type alertArgs struct {
	ID int64 `json:"id"`
}

// tell notes that a threshold is reached, once, and has it told after the
// commit.
func (s *Service) tell(ctx context.Context, a Account, percent int) error {
	if a.Limit.Scope.Kind == Person {
		return nil // that somebody has had their share is no news
	}
	first, err := s.d.Store.Tell(ctx, a.ID, percent)
	if err != nil || !first {
		return err
	}
	scope := a.Limit.Scope
	id, err := s.d.Store.InsertAlert(ctx, Alert{Account: a.ID, Scope: scope, Period: a.Limit.Period, From: a.From, Percent: percent, At: s.d.Now()})
	if err != nil {
		return err
	}
	args, err := json.Marshal(alertArgs{id})
	if err != nil {
		return err
	}
	if err := s.d.Jobs.Enqueue(ctx, jobAlert, args, strconv.FormatInt(id, 10)); err != nil {
		return err
	}
	campaign := ""
	if scope.Kind == Campaign {
		campaign = scope.Name
	}
	return s.d.Ledger.Record(ctx, ledger.Decision{
		Action: "budget.reached", Role: "system", SubjectKind: "budget", SubjectID: scope.String(), Campaign: campaign,
		Public: map[string]string{"percent": strconv.Itoa(percent), "period": string(a.Limit.Period), "from": a.From},
	})
}

// Handlers are the jobs that a worker runs for budgets, by kind.
func (s *Service) Handlers() map[string]func(ctx context.Context, args []byte) error {
	return map[string]func(context.Context, []byte) error{jobAlert: s.alertJob}
}

// alertJob writes an alert into the log, where whoever watches the
// installation reads it; the Studio lists it too.
func (s *Service) alertJob(ctx context.Context, args []byte) error {
	var in alertArgs
	if err := json.Unmarshal(args, &in); err != nil {
		return err
	}
	a, err := s.d.Store.Alert(ctx, in.ID)
	if err != nil {
		return err
	}
	s.d.Log.WarnContext(ctx, "a share of a budget is spent", "scope", a.Scope.String(), "period", string(a.Period), "from", a.From, "percent", a.Percent)
	return nil
}

// sweepMax bounds how many calls one Sweep settles.
const sweepMax = 500

// keepDays is how long the accounts of single days and persons are kept.
const keepDays = 35

// Sweep settles calls that nobody settled in time, because their node died or
// its database was away: what was reserved counts as spent. It gives how many.
// It also forgets what persons spent on days long past.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	keys, err := s.d.Store.Overdue(ctx, s.d.Now(), sweepMax)
	if err != nil {
		return 0, err
	}
	err = s.d.Unit.Do(ctx, func(ctx context.Context) error {
		return s.d.Store.ForgetDays(ctx, Person, Day.from(s.d.Now().AddDate(0, 0, -keepDays)))
	})
	if err != nil {
		return 0, err
	}
	for i, key := range keys {
		if err := s.end(ctx, key, Expired, nil, "expired"); err != nil {
			return i, err
		}
	}
	if len(keys) > 0 {
		s.d.Log.WarnContext(ctx, "calls that nobody settled count as spent", "calls", len(keys))
	}
	return len(keys), nil
}

// Keep sweeps every interval until ctx ends.
func (s *Service) Keep(ctx context.Context, interval time.Duration) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			s.d.Log.WarnContext(ctx, "calls that nobody settled could not be looked for", "error", err)
		}
	}
}

// SetLimit sets a limit, as decided by somebody in a role. A Conflict with code
// "budget_in_use" if more than that is used already.
func (s *Service) SetLimit(ctx context.Context, l Limit, role string) error {
	if !l.Scope.valid() || l.Period != Whole && l.Period != Day {
		return fault.New(fault.Invalid, "scope_unknown", "A limit is for the house, a campaign, a team, a campaign's market or a person, and for each day or the whole.")
	}
	if !l.Most.bound() {
		return fault.New(fault.Invalid, "budget_negative", "A budget can't be less than 0.")
	}
	return s.d.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.SetLimit(ctx, l, Day.from(s.d.Now())); err != nil {
			return err
		}
		return s.record(ctx, "budget.set", l, role)
	})
}

// RemoveLimit takes a limit away; NotFound if there is none. A campaign's
// limit for the whole stays: without it nothing may be spent.
func (s *Service) RemoveLimit(ctx context.Context, scope Scope, p Period, role string) error {
	if scope.Kind == Campaign && p == Whole {
		return fault.New(fault.Conflict, "budget_needed", "A campaign keeps its budget. Set it to 0 to stop spending.")
	}
	return s.d.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.RemoveLimit(ctx, scope, p); err != nil {
			return err
		}
		return s.record(ctx, "budget.removed", Limit{Scope: scope, Period: p}, role)
	})
}

func (s *Service) record(ctx context.Context, action string, l Limit, role string) error {
	campaign := ""
	if l.Scope.Kind == Campaign {
		campaign = l.Scope.Name
	}
	public := map[string]string{"period": string(l.Period)}
	if action == "budget.set" {
		public["most"] = fmt.Sprintf("%d money, %d pictures, %d tokens, %d calls", l.Most.Money, l.Most.Pictures, l.Most.Tokens, l.Most.Calls)
	}
	return s.d.Ledger.Record(ctx, ledger.Decision{
		Action: action, Role: role, SubjectKind: "budget", SubjectID: l.Scope.String(), Campaign: campaign, Public: public,
	})
}

// listMax bounds each list.
const listMax = 1000

// Limits lists all limits.
func (s *Service) Limits(ctx context.Context) ([]Limit, error) { return s.d.Store.Limits(ctx, nil) }

// Accounts lists today's accounts and those that never end; of one scope if
// its kind is not empty.
func (s *Service) Accounts(ctx context.Context, scope Scope) ([]Account, error) {
	return s.d.Store.Accounts(ctx, scope, Day.from(s.d.Now()), listMax)
}

// Alerts lists the newest alerts first.
func (s *Service) Alerts(ctx context.Context) ([]Alert, error) { return s.d.Store.Alerts(ctx, 100) }

// Costs adds up what calls took.
func (s *Service) Costs(ctx context.Context, f Filter) ([]Cost, error) {
	return s.d.Store.Costs(ctx, f, costsMax)
}

// costsMax bounds the rows of costs: a year of ten models' outcomes.
const costsMax = 10_000
