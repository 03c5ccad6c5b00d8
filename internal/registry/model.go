// Package registry is the register of models: what is known of each, who
// approved it, which new one is tried on a share of the traffic, and the keys
// of their providers, sealed.
package registry

import (
	"context"
	"time"

	"marquee/internal/budget"
)

// State says whether a model may be used.
type State string

// The states of a model.
const (
	// Proposed waits for an approval.
	Proposed State = "proposed"
	// Approved may be used.
	Approved State = "approved"
	// Retired may not be used any more.
	Retired State = "retired"
)

// Model is what is known of one version of a model. A new version is a new
// entry, with an approval of its own.
type Model struct {
	ID string `json:"id"`
	// Provider, Name and Version are what the provider's adapter says of itself.
	Provider string `json:"provider"`
	Name     string `json:"name"`
	Version  string `json:"version"`
	// Licence and Terms say what may be done with what it makes, and where that
	// is written.
	Licence string `json:"licence"`
	Terms   string `json:"terms"`
	// Region is where it runs, such as "eu"; campaigns may pin regions.
	Region string `json:"region"`
	// Price, if it is set, goes before the table of list prices.
	Price *budget.Price `json:"price,omitempty"`
	// Limits are what the provider grants, Risks what is known to go wrong.
	Limits string `json:"limits"`
	Risks  string `json:"risks"`
	// Data lists what may be sent to it: "prompts", "pictures", "photos" (of
	// participants), "dialogue".
	Data  []string `json:"data"`
	State State    `json:"state"`
	// AddedBy and ApprovedBy are ids of staff; "configuration" stands for whoever
	// set the installation up.
	AddedBy    string    `json:"added_by"`
	AddedAt    time.Time `json:"added_at"`
	ApprovedBy string    `json:"approved_by"`
	ApprovedAt time.Time `json:"approved_at"`
	RetiredAt  time.Time `json:"retired_at"`
}

// Configuration is the name of who approves what an installation was set up
// with.
const Configuration = "configuration"

// Canary is a model that is tried on a share of the traffic of another.
type Canary struct {
	// Capability and Incumbent name whose traffic it is: what is asked, and the
	// provider by the name that campaigns use. Provider is who is tried.
	Capability string `json:"capability"`
	Incumbent  string `json:"incumbent"`
	Provider   string `json:"provider"`
	// Percent of the requests go to it, 1 to 99.
	Percent int `json:"percent"`
	// After this many calls of each the two are compared; it returns when its
	// share of failures and refusals is above the incumbent's by more than
	// Margin percentage points.
	Calls  int `json:"calls"`
	Margin int `json:"margin"`
	// Returned tells that it did, and gets no traffic any more.
	Returned bool `json:"returned"`
	// The calls so far, and how many of them failed or were refused.
	OldCalls  int64     `json:"incumbent_calls"`
	OldFailed int64     `json:"incumbent_failed"`
	NewCalls  int64     `json:"canary_calls"`
	NewFailed int64     `json:"canary_failed"`
	StartedAt time.Time `json:"started_at"`
}

// worse tells whether the canary has been tried enough, and does worse.
func (c Canary) worse() bool {
	if c.NewCalls < int64(c.Calls) || c.OldCalls < int64(c.Calls) {
		return false
	}
	tried := float64(c.NewFailed) / float64(c.NewCalls)
	known := float64(c.OldFailed) / float64(c.OldCalls)
	return tried > known+float64(c.Margin)/100
}

// SealedKey is a provider's key as it is kept.
type SealedKey struct {
	Provider  string
	Sealed    []byte
	ChangedAt time.Time
}

// Store is what the register needs of a database. Reads of what is not there
// give a fault of kind NotFound; writes need a unit of work.
type Store interface {
	// InsertModel adds an entry; false if there is one of this provider, name
	// and version.
	InsertModel(ctx context.Context, m Model) (bool, error)
	Model(ctx context.Context, id string) (Model, error)
	// Models lists by provider, name and when they were added; at most limit.
	Models(ctx context.Context, limit int) ([]Model, error)
	// MoveModel stores a model's state with who and when, if its state is one of
	// from; false if it is not.
	MoveModel(ctx context.Context, m Model, from ...State) (bool, error)

	// PutCanary stores a canary anew, with its counts; there is one for each
	// capability and incumbent.
	PutCanary(ctx context.Context, c Canary) error
	DeleteCanary(ctx context.Context, capability, incumbent string) error
	Canaries(ctx context.Context) ([]Canary, error)
	// CountCanary adds to the counts and gives the canary as it is then.
	CountCanary(ctx context.Context, capability, incumbent string, oldCalls, oldFailed, newCalls, newFailed int64) (Canary, error)
	// ReturnCanary marks it as returned; false if it was already.
	ReturnCanary(ctx context.Context, capability, incumbent string) (bool, error)

	PutKey(ctx context.Context, k SealedKey) error
	DeleteKey(ctx context.Context, provider string) error
	SealedKeys(ctx context.Context) ([]SealedKey, error)
}
