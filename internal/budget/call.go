package budget

import (
	"context"
	"time"
)

// State says how far the reckoning of a call is.
type State string

// The states of a call.
const (
	// Reserved is a call that is out, or whose node is gone.
	Reserved State = "reserved"
	// Settled is a call whose cost is entered.
	Settled State = "settled"
	// Expired is a call that nobody settled in time: what was reserved for it
	// counts as spent.
	Expired State = "expired"
)

// Call is one request to a provider, as its cost is kept.
type Call struct {
	// Key names the call for good: it is reserved and settled once, however
	// often that is asked for. Every request that goes out has a key of its
	// own, because each may cost.
	Key string
	// For names what was wanted, such as a picture: several calls may be needed
	// for it.
	For string
	// Campaign, Market and Team are whose it is; empty for nobody's.
	Campaign, Market, Team string
	// Person is the pseudonym of who asked; it is not kept with the call.
	Person string
	// Capability is what was asked of the provider: "picture", "edit", "text"
	// or "moderation".
	Capability, Provider, Model, Version string
	// Most is reserved: the call can't take more.
	Most Amount
	// Priced is false if the money that the call costs is unknown: it is then
	// refused where a limit on money holds.
	Priced bool

	State State
	// Cost is known when the call is settled; at most Most.
	Cost Amount
	// Outcome is a word for how it ended: "made", "refused", or the code of a
	// fault.
	Outcome string
	// Accounts are those it is reserved in; kept until it is settled.
	Accounts []string
	// At is when it was reserved, ExpiresAt when that counts as spent if nobody
	// settles it, EndAt when it was settled.
	At, ExpiresAt, EndAt time.Time
}

// spenders gives the scopes that a call is spent in, each with the scope that
// a limit on it is set for.
func (c Call) spenders() map[Scope]Scope {
	out := map[Scope]Scope{{House, ""}: {House, ""}}
	add := func(k Kind, name string) {
		if name != "" {
			out[Scope{k, name}] = Scope{k, name}
		}
	}
	add(Campaign, c.Campaign)
	add(Team, c.Team)
	if c.Campaign != "" && c.Market != "" {
		add(Market, c.Campaign+"/"+c.Market)
	}
	if c.Person != "" {
		add(Person, c.Person)
		out[Scope{Person, Everyone}] = Scope{Person, c.Person}
	}
	return out
}

// Alert is the news that a share of a limit is spent.
type Alert struct {
	ID int64 `json:"id"`
	// Account, Scope and From say of what.
	Account string `json:"account"`
	Scope   Scope  `json:"scope"`
	Period  Period `json:"period"`
	From    string `json:"from"`
	// Percent is 50, 80 or 100.
	Percent int       `json:"percent"`
	At      time.Time `json:"at"`
}

// Filter chooses calls whose costs are added up. Empty fields choose all.
type Filter struct {
	Campaign string
	// From and Until bound when the calls were made: from the first, before the
	// second.
	From, Until time.Time
}

// Cost is what calls of one kind took together.
type Cost struct {
	Day        string `json:"day"`
	Campaign   string `json:"campaign"`
	Capability string `json:"capability"`
	Provider   string `json:"provider"`
	Model      string `json:"model"`
	Outcome    string `json:"outcome"`
	// Calls counts all, also those that cost nothing.
	Calls    int64 `json:"calls"`
	Money    int64 `json:"money"`
	Pictures int64 `json:"pictures"`
	Tokens   int64 `json:"tokens"`
}

// Store is what budgets need of a database. Reads of what is not there give a
// fault of kind NotFound. All but reads need a unit of work.
type Store interface {
	// SetLimit stores a limit and sets the bound of the accounts of it that
	// begin on day or later, and of that which never ends; a Conflict with code
	// "budget_in_use" if one of them is used beyond it.
	SetLimit(ctx context.Context, l Limit, day string) error
	// RemoveLimit takes a limit away; its accounts stay, unbounded.
	RemoveLimit(ctx context.Context, s Scope, p Period) error
	// Limits lists the limits that are set for any of the scopes; all of them
	// if none is given.
	Limits(ctx context.Context, scopes []Scope) ([]Limit, error)
	// OpenAccount adds an account with nothing used, with the bound that its
	// limit has now; one that is there stays.
	OpenAccount(ctx context.Context, a Account) error
	// Take reserves in an account, if that suffices: the account as it is then,
	// and whether it did. NotFound if there is no such account.
	Take(ctx context.Context, account string, n Amount) (bool, error)
	// Settle turns what is reserved in an account into spent, which is less or
	// the same, and gives the account as it is then.
	Settle(ctx context.Context, account string, reserved, spent Amount) (Account, error)
	// Account reads an account.
	Account(ctx context.Context, id string) (Account, error)
	// Accounts lists the accounts of a limit's scope from a day on, and those
	// that never end; at most limit of them. An empty scope is all.
	Accounts(ctx context.Context, s Scope, day string, limit int) ([]Account, error)
	// ForgetDays deletes the accounts of a kind of scope for days before a day
	// in which nothing is reserved.
	ForgetDays(ctx context.Context, k Kind, before string) error

	// InsertCall adds a call in state Reserved; false if its key is taken.
	InsertCall(ctx context.Context, c Call) (bool, error)
	// EndCall sets state, cost, outcome and the time from c if the call is
	// Reserved, and gives the call as it was; false if it is not.
	EndCall(ctx context.Context, c Call) (Call, bool, error)
	Call(ctx context.Context, key string) (Call, error)
	// Overdue lists the keys of reserved calls that expired before a time, at
	// most limit.
	Overdue(ctx context.Context, before time.Time, limit int) ([]string, error)
	// Costs adds up the calls that have ended, by day, campaign, capability,
	// provider, model and outcome; newest day first, at most limit rows.
	Costs(ctx context.Context, f Filter, limit int) ([]Cost, error)

	// Tell notes an account's threshold as told; false if it was already, or a
	// higher one was.
	Tell(ctx context.Context, account string, percent int) (bool, error)
	InsertAlert(ctx context.Context, a Alert) (int64, error)
	Alert(ctx context.Context, id int64) (Alert, error)
	// Alerts lists the newest first, at most limit.
	Alerts(ctx context.Context, limit int) ([]Alert, error)
}
