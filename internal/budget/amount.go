// Package budget keeps what may be spent on providers: money, pictures, tokens
// and calls, by campaign, team, market, person and day. A call is reserved in
// every account that it concerns, in one transaction, before it goes out, and
// settled after. Concurrent callers on many nodes never overspend together.
package budget

import "math"

// Currency is what all money is counted in: that of the price table. Money is
// in millionths of it, so that the price of one token is a whole number of
// thousandths of what can be told apart.
const Currency = "USD"

// Unlimited is the bound of what is not bounded.
const Unlimited int64 = -1

// maxAmount bounds every number of an amount, far above what anybody spends:
// sums of a few of them never leave 64 bits.
const maxAmount = int64(1) << 50

// Amount is what a call may take, or took. As the bound of a limit, a number
// may be Unlimited.
type Amount struct {
	// Money is in millionths of Currency.
	Money int64 `json:"money"`
	// Pictures and Tokens are the units that providers sell. Tokens are those
	// that go in and those that come out together.
	Pictures int64 `json:"pictures"`
	Tokens   int64 `json:"tokens"`
	// Calls are requests to a provider, whatever they were for.
	Calls int64 `json:"calls"`
}

// numbers lists the parts, always in this order.
func (a Amount) numbers() [4]int64 { return [4]int64{a.Money, a.Pictures, a.Tokens, a.Calls} }

// valid tells whether an amount can be spent: no part is negative or absurd.
func (a Amount) valid() bool {
	for _, n := range a.numbers() {
		if n < 0 || n > maxAmount {
			return false
		}
	}
	return true
}

// bound tells whether an amount can be the bound of a limit.
func (a Amount) bound() bool {
	for _, n := range a.numbers() {
		if n < Unlimited || n > maxAmount {
			return false
		}
	}
	return true
}

// atMost gives a with no part above that of most.
func (a Amount) atMost(most Amount) Amount {
	return Amount{min(a.Money, most.Money), min(a.Pictures, most.Pictures), min(a.Tokens, most.Tokens), min(a.Calls, most.Calls)}
}

// share gives how much of a bound is used, in percent rounded down: of that
// part of which the most is used. A bound of 0 is used up as it is.
func share(used, bound Amount) int {
	most := 0
	u, b := used.numbers(), bound.numbers()
	for i := range u {
		switch {
		case b[i] == Unlimited:
		case b[i] == 0:
			if u[i] > 0 {
				most = max(most, 100)
			}
		default:
			most = max(most, int(min(math.Floor(float64(u[i])/float64(b[i])*100), 100)))
		}
	}
	return most
}
