package budget

import (
	"strings"
	"time"
)

// Kind is what a limit is set for.
type Kind string

// The kinds of scopes. A limit for Person with the name "*" is one for every
// person, each for themselves.
const (
	House    Kind = "house" // the whole installation; its name is empty
	Campaign Kind = "campaign"
	Team     Kind = "team"
	Market   Kind = "market" // its name is "<campaign>/<market>"
	Person   Kind = "person" // a pseudonym
)

// Everyone is the name of the scope of each person.
const Everyone = "*"

// Scope is what a limit is set for: a kind and a name.
type Scope struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name"`
}

// String gives "kind" or "kind:name".
func (s Scope) String() string {
	if s.Kind == House {
		return string(House)
	}
	return string(s.Kind) + ":" + s.Name
}

// valid tells whether a limit can be set for it.
func (s Scope) valid() bool {
	switch s.Kind {
	case House:
		return s.Name == ""
	case Campaign, Team, Person:
		return s.Name != "" && len(s.Name) <= 100 && !strings.ContainsAny(s.Name, "\x00\n")
	case Market:
		campaign, market, found := strings.Cut(s.Name, "/")
		return found && campaign != "" && market != "" && len(s.Name) <= 100
	}
	return false
}

// Period is the time after which a limit begins anew.
type Period string

// The periods. A day is one in UTC.
const (
	Whole Period = "whole" // never
	Day   Period = "day"
)

// from gives the name of the period that a time lies in.
func (p Period) from(at time.Time) string {
	if p == Day {
		return at.UTC().Format(time.DateOnly)
	}
	return ""
}

// Limit is how much may be spent in a scope in each of its periods.
type Limit struct {
	Scope  Scope  `json:"scope"`
	Period Period `json:"period"`
	// Most bounds what is reserved and spent; a part of it may be Unlimited.
	Most Amount `json:"most"`
}

// Account is what is used of a limit in one period, by one whom it is for.
type Account struct {
	// ID names it: the scope of who spends, and the period.
	ID    string `json:"id"`
	Limit Limit  `json:"limit"`
	// From is the day that it is for as YYYY-MM-DD; "" for a limit that never
	// begins anew.
	From     string `json:"from"`
	Reserved Amount `json:"reserved"`
	Spent    Amount `json:"spent"`
	// Told is the highest threshold, in percent, that was told of.
	Told int `json:"told"`
}

// Share gives how much is spent, in percent rounded down, of that part of the
// limit of which the most is.
func (a Account) Share() int { return share(a.Spent, a.Limit.Most) }

// ID names the account that one who spends in a scope has of a limit, in the
// period that begins on a day; "" for one that never begins anew.
func ID(spender Scope, p Period, from string) string {
	id := spender.String() + "@" + string(p)
	if from != "" {
		id += ":" + from
	}
	return id
}

// account gives the account that one who spends in a scope has of a limit.
func account(l Limit, spender Scope, at time.Time) Account {
	from := l.Period.from(at)
	if l.Scope != spender {
		// It is not that of a limit set for this one alone.
		spender.Name = l.Scope.Name + "/" + spender.Name
	}
	return Account{ID: ID(spender, l.Period, from), Limit: l, From: from}
}
