// Package account knows the staff: people, roles, sessions, API keys.
package account

import (
	"context"
	"time"
)

// Role says what a member of staff may do. Each role includes the ones before
// it: a producer reviews too, an admin does everything.
type Role string

// The roles, from least to most.
const (
	Reviewer Role = "reviewer"
	Producer Role = "producer"
	Admin    Role = "admin"
)

var ranks = map[Role]int{Reviewer: 1, Producer: 2, Admin: 3}

// Valid tells whether r is a known role.
func (r Role) Valid() bool { return ranks[r] > 0 }

// Covers tells whether r may do what other may.
func (r Role) Covers(other Role) bool { return ranks[r] >= ranks[other] && ranks[other] > 0 }

// Person is a member of staff.
type Person struct {
	ID        string
	Name      string
	Role      Role
	CreatedAt time.Time
	// EndedAt is when the account was ended; zero while it is active.
	EndedAt time.Time
}

// Invite is a single-use link; only the hash of its secret is kept.
type Invite struct {
	Hash      string
	Role      Role
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time
}

// Session is a signed-in browser; only the hash of its token is kept.
type Session struct {
	Hash      string
	PersonID  string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Key is an API key; only the hash of its secret is kept.
type Key struct {
	ID        string
	Hash      string
	Name      string
	Role      Role
	CreatedAt time.Time
	RevokedAt time.Time
}

// Actor is who makes a staff request.
type Actor struct {
	// Kind is "staff" or "key".
	Kind string
	ID   string
	Name string
	Role Role
}

// Store is what accounts need of a database. Reads of what is not there give
// a fault of kind NotFound.
type Store interface {
	InsertPerson(ctx context.Context, p Person) error
	Person(ctx context.Context, id string) (Person, error)
	People(ctx context.Context) ([]Person, error)
	// EndPerson sets EndedAt and deletes the person's sessions.
	EndPerson(ctx context.Context, id string, at time.Time) error
	InsertInvite(ctx context.Context, i Invite) error
	// UseInvite marks an unused, unexpired invite as used and gives it;
	// NotFound otherwise. Two callers never both succeed.
	UseInvite(ctx context.Context, hash string, at time.Time) (Invite, error)
	InsertSession(ctx context.Context, s Session) error
	Session(ctx context.Context, hash string) (Session, error)
	DeleteSession(ctx context.Context, hash string) error
	InsertKey(ctx context.Context, k Key) error
	Key(ctx context.Context, hash string) (Key, error)
	Keys(ctx context.Context) ([]Key, error)
	RevokeKey(ctx context.Context, id string, at time.Time) error
}
