// Package review is where people decide. It judges anything that has a kind,
// an id, a preview and a verdict, and does not know what a creation is.
package review

import (
	"context"
	"time"

	"marquee/internal/policy"
)

// Kind says what an item is about.
type Kind string

// The kinds of items.
const (
	KindEntry      Kind = "entry"      // a creation handed in to the gallery
	KindReport     Kind = "report"     // somebody says a public work is wrong
	KindGeneration Kind = "generation" // a held prompt
)

// State says how far an item is.
type State string

// The states. Published is an approved item whose subject is public and can
// be taken down.
const (
	Waiting   State = "waiting"
	Published State = "published"
	Approved  State = "approved" // approved, with nothing public to take down
	Rejected  State = "rejected"
	TakenDown State = "taken_down"
	Withdrawn State = "withdrawn" // the participant took it back
)

// Decision is what a person says of an item.
type Decision string

// The decisions. Takedown is for published items.
const (
	Approve  Decision = "approve"
	Reject   Decision = "reject"
	Takedown Decision = "takedown"
)

// Item is a thing that waits for, or had, a person's decision.
type Item struct {
	ID        string
	Kind      Kind
	SubjectID string
	// CreationID is the creation concerned, empty for a held prompt.
	CreationID string
	Campaign   string
	State      State
	// Who is the participant's pseudonym: stable within a campaign, no name.
	Who string
	// Words are the texts to judge, by what they are: prompt, title,
	// display_name, canvas_text, reason.
	Words   map[string]string
	Verdict policy.Verdict
	// Revision is the composition that an approval binds to.
	Revision  int
	CreatedAt time.Time
	DecidedAt time.Time
	DecidedBy string // the staff id; never shown to the public
	Reason    string
}

// Filter chooses items of a list; empty fields do not restrict.
type Filter struct {
	State    State
	Kind     Kind
	Campaign string
	// After is the id of the last item of the page before; items come oldest
	// first when waiting, newest first otherwise.
	After string
	Limit int
}

// Store is what review needs of a database.
type Store interface {
	InsertItem(ctx context.Context, i Item) error
	Item(ctx context.Context, id string) (Item, error)
	// Items lists by filter; Limit 1 to 100.
	Items(ctx context.Context, f Filter) ([]Item, error)
	// ItemOf finds the newest item of a subject.
	ItemOf(ctx context.Context, kind Kind, subjectID string) (Item, error)
	// MoveItem changes state, decision fields and reason if the item is still
	// in state from; false if it is not (someone was quicker).
	MoveItem(ctx context.Context, id string, from, to State, by, reason string, at time.Time) (bool, error)
	// CountItems counts by state, for the Studio's head.
	CountItems(ctx context.Context, campaign string) (map[State]int, error)
	// BlankItems puts kept words in place of the words of all items of a
	// subject and removes the reasons, for erasure; none is an empty map.
	BlankItems(ctx context.Context, kind Kind, subjectID string, kept map[string]string) error
	// ForgetItems removes words and reasons of all items, of every kind, that
	// concern a creation, and moves those that wait or are public to withdrawn.
	ForgetItems(ctx context.Context, creationID string, at time.Time) error
}
