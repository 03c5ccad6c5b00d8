package campaign

import (
	"context"
	"time"
)

// State says whether a campaign takes part in the world.
type State string

// The states. Open also needs the dates of the file to hold.
const (
	Draft  State = "draft"
	Open   State = "open"
	Closed State = "closed"
)

// Record is a campaign as it is stored.
type Record struct {
	Slug      string
	State     State
	File      File
	Revision  int // goes up with each change of the file
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Budget is what a campaign may spend on pictures from a paid provider.
type Budget struct {
	Campaign string
	// Limit, Reserved and Spent count pictures; Reserved+Spent never exceeds
	// Limit, also with concurrent callers on many nodes.
	Limit, Reserved, Spent int64
}

// KitRow is a stored version of a brand kit; its files lie in the object store.
type KitRow struct {
	ID, Version string
	// Hash is the SHA-256 of the kit's whole content.
	Hash string
	// Files maps a path in the kit to its blob key.
	Files map[string]string
	// AddedBy is the role of who added it; "" where that was not kept.
	AddedBy   string
	CreatedAt time.Time
}

// Store is what campaigns need of a database. Reads of what is not there give
// a fault of kind NotFound.
type Store interface {
	InsertCampaign(ctx context.Context, r Record) error
	Campaign(ctx context.Context, slug string) (Record, error)
	Campaigns(ctx context.Context) ([]Record, error)
	// UpdateCampaign stores file and state if the revision is still from;
	// false if someone changed it in between. It raises the revision by one.
	UpdateCampaign(ctx context.Context, r Record, from int) (bool, error)
	InsertKit(ctx context.Context, k KitRow) error
	Kit(ctx context.Context, id, version string) (KitRow, error)
	Kits(ctx context.Context) ([]KitRow, error)
	// SetBudget sets a campaign's limit, keeping what is reserved and spent.
	SetBudget(ctx context.Context, campaign string, limit int64) error
	Budget(ctx context.Context, campaign string) (Budget, error)
}
