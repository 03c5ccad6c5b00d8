// Package audience knows participants: members of the public with a random id
// and no account, their consents by purpose, and their right to leave.
package audience

import (
	"context"
	"time"
)

// AgeBand is all that is kept of a participant's age.
type AgeBand string

// The bands. A year of birth is turned into a band and thrown away.
const (
	Under13 AgeBand = "under13"
	Teen13  AgeBand = "13-15"
	Teen16  AgeBand = "16-17"
	Adult   AgeBand = "18+"
)

// Participant is a member of the public in one or more campaigns. One who has
// left is not there any more.
type Participant struct {
	ID        string
	Locale    string
	AgeBand   AgeBand
	CreatedAt time.Time
}

// Arrival is a participant's coming to a campaign, with what was agreed to.
type Arrival struct {
	ParticipantID string
	Campaign      string
	Market        string
	TermsVersion  string
	At            time.Time
}

// Consent is one agreement to one purpose.
type Consent struct {
	ParticipantID string
	Campaign      string
	Purpose       string
	// Version is that of the terms in force when it was given.
	Version string
	GivenAt time.Time
	// WithdrawnAt is zero while the consent stands.
	WithdrawnAt time.Time
}

// Link is a private link back to one's works; only its hash is kept.
type Link struct {
	Hash          string
	ParticipantID string
	CreatedAt     time.Time
	ExpiresAt     time.Time
}

// Store is what the audience needs of a database. Reads of what is not there
// give a fault of kind NotFound.
type Store interface {
	InsertParticipant(ctx context.Context, p Participant) error
	Participant(ctx context.Context, id string) (Participant, error)
	// HoldParticipant is NotFound if there is no such participant; otherwise
	// they can't be deleted before the current unit ends.
	HoldParticipant(ctx context.Context, id string) error
	// DeleteParticipant removes a participant with arrivals, consents and
	// links, once no unit holds them any more; NotFound if there is none.
	DeleteParticipant(ctx context.Context, id string) error
	// PutArrival inserts or replaces the arrival at a campaign.
	PutArrival(ctx context.Context, a Arrival) error
	Arrival(ctx context.Context, participant, campaign string) (Arrival, error)
	// Arrivals lists the arrivals of a participant at all campaigns, the first
	// one first.
	Arrivals(ctx context.Context, participant string) ([]Arrival, error)
	// PutConsent inserts or replaces the consent for a purpose in a campaign.
	PutConsent(ctx context.Context, c Consent) error
	Consents(ctx context.Context, participant, campaign string) ([]Consent, error)
	InsertLink(ctx context.Context, l Link) error
	Link(ctx context.Context, hash string) (Link, error)
}
