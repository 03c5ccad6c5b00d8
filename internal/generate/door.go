// Package generate is the only door to a provider. Everything that is made
// passes it in one way: policy, guard, budget, provider, guard, policy,
// settlement, ledger.
package generate

import (
	"context"
	"log/slog"
	"time"

	"marquee/internal/budget"
	"marquee/internal/campaign"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provider"
	"marquee/internal/registry"
	"marquee/internal/work"
)

// Budget is the part of the budgets that a call needs.
type Budget interface {
	// Reserve takes what a call can cost at most, or is a fault that says why
	// not: see budget.Service.
	Reserve(ctx context.Context, c budget.Call) error
	// Settle enters what a call cost.
	Settle(ctx context.Context, key string, cost budget.Amount, outcome string) error
	// SettleInFull enters a call whose cost is unknown.
	SettleInFull(ctx context.Context, key, outcome string) error
}

// Models is the register of models: see registry.Service.
type Models interface {
	// Usable gives the entry of a model; false if it may not be used.
	Usable(ctx context.Context, provider, name, version string) (registry.Model, bool, error)
	// Canary gives the provider that shall answer in place of another, for its
	// share of the rolls from 0 to 99.
	Canary(ctx context.Context, capability, name string, roll int) (string, error)
	// Watch is told how a call ended: "made", or the code of its fault.
	Watch(ctx context.Context, capability, name, outcome string)
}

// Deps are what a door is made of.
type Deps struct {
	Guard *guard.Guard
	// Policy decides; nil is by the packs that come with Marquee.
	Policy policy.Judge
	Unit   work.Unit
	Ledger *ledger.Ledger
	Budget Budget
	// Prices are those of models whose entry names none; nil knows none.
	Prices *budget.Prices
	// Models is the register; nil lets every configured model be used.
	Models Models
	// Builtin answers where no provider can.
	Builtin provider.Pictures
	// Providers are the configured ones, by the name that campaigns use.
	Providers provider.Set
	// Window makes what guards an answer while it streams; nil is the release
	// window of package guard/window, with the built-in checks and the campaign's
	// moderators.
	Window func(w Stream) Window
	Tuning Tuning
	Log    *slog.Logger
}

// Tuning are the numbers of retries and rests. A zero is the default.
type Tuning struct {
	// Tries is how often one provider is asked for one thing; default 2.
	Tries int
	// Pause is the longest pause before the first retry, which doubles with
	// each; default 250 ms. The pause is a random part of it.
	Pause time.Duration
	// Failures in a row rest a provider; default 5. So does a half of the last
	// twenty calls that failed.
	Failures int
	// Rest is how long a provider rests at first; it doubles each time up to
	// sixteen times as long. Default 10 s.
	Rest time.Duration
	// AtOnce is how many calls of one capability a provider gets at once;
	// default 16.
	AtOnce int64
	// Queue is how long a call waits for its turn before the next provider is
	// asked; default 2 s.
	Queue time.Duration
	// Grace is how long a text goes on after its reader has left; default 5 s.
	Grace time.Duration
}

func (t Tuning) filled() Tuning {
	def(&t.Tries, 2)
	def(&t.Pause, 250*time.Millisecond)
	def(&t.Failures, 5)
	def(&t.Rest, 10*time.Second)
	def(&t.AtOnce, 16)
	def(&t.Queue, 2*time.Second)
	def(&t.Grace, 5*time.Second)
	return t
}

func def[T int | int64 | time.Duration](v *T, value T) {
	if *v <= 0 {
		*v = value
	}
}

// Door makes pictures, edits them, and has text written and judged.
type Door struct {
	Deps
	lanes  *lanes
	judged memory
}

// New makes the door.
func New(d Deps) *Door {
	d.Tuning = d.Tuning.filled()
	if d.Policy == nil {
		d.Policy = policy.Shipped{}
	}
	return &Door{Deps: d, lanes: newLanes(d.Tuning)}
}

// Capability is what may be asked of a provider.
type Capability string

// The capabilities.
const (
	Pictures   Capability = "picture"
	Edits      Capability = "edit"
	Texts      Capability = "text"
	Moderation Capability = "moderation"
)

// Area is a part of a picture, as shares of its width and height.
type Area = provider.Area

// Maker names who made a picture.
type Maker = provider.Maker

// Maker says who answers for a campaign: the first provider that is asked for
// its pictures.
func (d *Door) Maker(c campaign.Record) Maker {
	for _, name := range c.File.Route(string(Pictures), "").Providers {
		if p, ok := d.Providers.Pictures[name]; ok {
			return p.Maker()
		}
	}
	return d.Builtin.Maker()
}

// Health tells how the providers are that were asked in this process.
func (d *Door) Health() []Health { return d.lanes.health() }
