// Package gallery shows approved works: entries, votes and reports.
package gallery

import (
	"context"
	"time"
)

// State says how far an entry is.
type State string

// The states of an entry.
const (
	Waiting   State = "waiting"
	Published State = "published"
	Rejected  State = "rejected"
	Withdrawn State = "withdrawn"
	TakenDown State = "taken_down"
	// Hidden is public but for the right to show something on it, which has
	// ended; it is shown again when there is a right again.
	Hidden State = "hidden"
)

// Entry is a creation handed in to a campaign's gallery.
type Entry struct {
	ID            string
	CreationID    string
	Campaign      string
	ParticipantID string
	Title         string
	DisplayName   string
	Alt           string
	// Revision is the composition's that was handed in and is shown.
	Revision      int
	Width, Height int
	State         State
	// Reason is what the reviewer told the participant.
	Reason      string
	Votes       int64
	SubmittedAt time.Time
	// PublishedAt is zero until it is public.
	PublishedAt time.Time
}

// Sort orders the gallery.
type Sort string

// The orders.
const (
	Newest    Sort = "newest"
	MostLoved Sort = "loved"
)

// Cursor is a place in a sorted gallery: the last entry that was seen. Its
// zero value is the beginning.
type Cursor struct {
	PublishedAt time.Time
	Votes       int64
	ID          string
}

// Report is somebody's word that a public work is wrong.
type Report struct {
	ID       string
	EntryID  string
	Campaign string
	// ParticipantID is empty if a visitor without a cookie reported.
	ParticipantID string
	Reason        string // a key: "offensive", "copied", "personal", "minor", "other"
	Text          string
	// SecretHash opens the outcome by private link.
	SecretHash string
	State      string // "waiting", "upheld", "dismissed"
	Answer     string
	CreatedAt  time.Time
	DecidedAt  time.Time
}

// AddressVotes counts what one network address did in a day. The address is a
// keyed hash whose key changes daily: it can't be turned back or followed.
type AddressVotes struct {
	Campaign string
	Day      string // 2006-01-02, UTC
	Address  string
	Votes    int
	Refused  int
	LastAt   time.Time
}

// Store is what the gallery needs of a database. Reads of what is not there
// give a fault of kind NotFound.
type Store interface {
	// InsertEntry adds an entry; a fault of kind Conflict with code
	// "already_entered" if the creation has one that waits or is public.
	InsertEntry(ctx context.Context, e Entry) error
	Entry(ctx context.Context, id string) (Entry, error)
	// EntryOf gives the newest entry of a creation.
	EntryOf(ctx context.Context, creation string) (Entry, error)
	// EntriesOf lists all entries of a creation, oldest first.
	EntriesOf(ctx context.Context, creation string) ([]Entry, error)
	// MoveEntry sets state, reason and PublishedAt if the state is one of
	// from; false if it is not.
	MoveEntry(ctx context.Context, id string, to State, reason string, publishedAt time.Time, from ...State) (bool, error)
	// Public lists published entries of a campaign after a cursor; limit 1 to
	// 60. It is fast at a million entries: an index serves each order.
	Public(ctx context.Context, campaign string, sort Sort, after Cursor, limit int) ([]Entry, error)
	// CountPublic counts them up to a bound.
	CountPublic(ctx context.Context, campaign string, bound int) (int, error)
	// DeleteEntriesOf removes all entries of a creation with votes and reports.
	DeleteEntriesOf(ctx context.Context, creation string) error

	// PutAssets notes the marks and stickers that an entry shows.
	PutAssets(ctx context.Context, e Entry, assets []Asset) error
	// AssetsOf lists them by kind and id.
	AssetsOf(ctx context.Context, entry string) ([]Asset, error)
	// Showing lists a campaign's entries in a state that show an asset, by id
	// after one; limit 1 to 200. An index serves it.
	Showing(ctx context.Context, campaign string, a Asset, state State, after string, limit int) ([]Entry, error)
	// InState lists a campaign's entries in a state, by id after one; limit 1
	// to 200.
	InState(ctx context.Context, campaign string, state State, after string, limit int) ([]Entry, error)

	// PutVote adds a participant's vote if the entry is published; false if
	// the vote was there already. The entry's count follows in the same unit.
	PutVote(ctx context.Context, entry, participant string, at time.Time) (bool, error)
	// DeleteVote takes it back; false if there was none.
	DeleteVote(ctx context.Context, entry, participant string) (bool, error)
	// VotedFor tells which of the entries the participant voted for.
	VotedFor(ctx context.Context, participant string, entries []string) (map[string]bool, error)
	// VotesBy lists the entries a participant voted for, for erasure.
	VotesBy(ctx context.Context, participant string) ([]string, error)
	// CountAddress adds one vote of an address on a day if it is below limit,
	// else counts a refusal; it gives whether the vote may stand.
	CountAddress(ctx context.Context, campaign, day, address string, limit int, at time.Time) (bool, error)
	// CappedAddresses lists addresses with refusals, worst first, at most 100.
	CappedAddresses(ctx context.Context, campaign string) ([]AddressVotes, error)

	InsertReport(ctx context.Context, r Report) error
	Report(ctx context.Context, id string) (Report, error)
	ReportBySecret(ctx context.Context, hash string) (Report, error)
	// ReportsBy lists the reports that a participant made, oldest first.
	ReportsBy(ctx context.Context, participant string) ([]Report, error)
	// BlankReports removes from a participant's reports who made them, what
	// they wrote and what they were answered.
	BlankReports(ctx context.Context, participant string) error
	MoveReport(ctx context.Context, id, from, to, answer string, at time.Time) (bool, error)
}
