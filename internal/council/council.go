// Package council decides which policy packs hold. A pack is proposed by one
// member of staff, tried on its own examples and on past decisions, and put
// into force, or out of it, by another.
package council

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/work"
)

// State says where a version of a pack stands.
type State string

// The states.
const (
	// Proposed waits for a second person.
	Proposed State = "proposed"
	// Active is in force.
	Active State = "active"
	// Replaced was in force until another version was.
	Replaced State = "replaced"
	// Withdrawn was never, or is no longer, in force.
	Withdrawn State = "withdrawn"
)

// Version is a version of a pack that staff brought in.
type Version struct {
	ID string
	// Pack, Number and Layer are those of the body, which is the pack's file.
	Pack, Number string
	Layer        policy.Layer
	Body         []byte
	State        State
	ProposedBy   string
	ProposedAt   time.Time
	DecidedBy    string
	DecidedAt    time.Time
}

// Past is an input that was judged, without any of its words.
type Past struct {
	ID       string
	At       time.Time
	Campaign string
	Input    policy.Input
}

// Store is what the council needs of a database. Reads of what is not there
// give a fault of kind NotFound.
type Store interface {
	InsertPackVersion(ctx context.Context, v Version) error
	PackVersion(ctx context.Context, id string) (Version, error)
	// PackVersions gives all, newest first.
	PackVersions(ctx context.Context) ([]Version, error)
	// ActivePacks gives those in force, in the order of their packs' ids.
	ActivePacks(ctx context.Context) ([]Version, error)
	// MovePackVersion moves a version from one state to another; false if it
	// is no longer in the first.
	MovePackVersion(ctx context.Context, id string, from, to State, by string, at time.Time) (bool, error)
	// ReplacePack moves the version of a pack that is in force, if any, to
	// Replaced.
	ReplacePack(ctx context.Context, pack, by string, at time.Time) error
	InsertPast(ctx context.Context, past []Past) error
	// PastInputs gives up to limit, newest first, of a campaign or of all.
	PastInputs(ctx context.Context, campaign string, limit int) ([]Past, error)
	// DropPast forgets what is older, up to limit rows; it gives how many.
	DropPast(ctx context.Context, before time.Time, limit int) (int64, error)
}

// Bounds of what is kept of the past.
const (
	// remembered is how long a judged input is kept for dry runs.
	remembered = 30 * 24 * time.Hour
	// pastMax bounds what a dry run looks at.
	pastMax = 20_000
	// waiting bounds what waits to be written; more is not remembered.
	waiting = 4096
	// batch is how many are written in one unit.
	batch = 256
)

// fresh is how old the packs in force may be before they are read again, so
// that every node follows a change within it.
const fresh = 2 * time.Second

// Service is the council.
type Service struct {
	Deps
	packs  atomic.Pointer[inForce]
	mu     sync.Mutex // one reader of the packs at a time
	past   chan Past
	missed atomic.Int64
}

// Deps are what the council is made of.
type Deps struct {
	Store  Store
	Unit   work.Unit
	Ledger *ledger.Ledger
	Now    func() time.Time
	Log    *slog.Logger
}

// New makes the council.
func New(d Deps) *Service { return &Service{Deps: d, past: make(chan Past, waiting)} }
