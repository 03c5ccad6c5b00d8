// Package create is the experience Create: generations with their
// candidates, and the creations that participants make of them.
package create

import (
	"context"
	"encoding/json"
	"time"

	"marquee/internal/policy"
)

// GenerationState says how far a generation is.
type GenerationState string

// The states of a generation.
const (
	Queued    GenerationState = "queued"
	Running   GenerationState = "running"
	Held      GenerationState = "held" // waits for a person
	Succeeded GenerationState = "succeeded"
	Failed    GenerationState = "failed"
	Refused   GenerationState = "refused"
	Cancelled GenerationState = "cancelled"
)

// Ended tells whether nothing more will happen to the generation.
func (s GenerationState) Ended() bool {
	return s == Succeeded || s == Failed || s == Refused || s == Cancelled
}

// Candidates is how many pictures a generation makes.
const Candidates = 4

// Generation is a participant's request for candidates.
type Generation struct {
	ID            string
	Campaign      string
	ParticipantID string
	Prompt        string
	Marks         []string
	Aspect        string
	Locale        string
	Seed          int64
	State         GenerationState
	// Code says why it is held, failed or refused; a key of the locale files.
	Code    string
	Verdict policy.Verdict
	// Suggestion is a text that could be painted in place of the prompt, if it
	// was refused and there is one.
	Suggestion string
	// Provider and Model are what answered, known with the first candidate.
	Provider, Model, ModelVersion string
	// Fallback is true if the built-in painter stood in for the provider.
	Fallback  bool
	CreatedAt time.Time
	EndedAt   time.Time
}

// Candidate is one generated picture.
type Candidate struct {
	ID           string
	GenerationID string
	// Index is 0 to Candidates-1.
	Index         int
	BlobKey       string
	SHA256        string
	Width, Height int
	Seed          int64
	Alt           string
	// Missed are words of the prompt that the painter did not understand.
	Missed    []string
	Provider  string
	Model     string
	Version   string
	CreatedAt time.Time
}

// Event is one step of a generation's progress, as the stream tells it.
type Event struct {
	GenerationID string
	// Seq orders the events of a generation, from 1.
	Seq int64
	// Kind is "state", "progress" or "candidate".
	Kind string
	Data json.RawMessage
	At   time.Time
}

// CreationState says how far a creation is.
type CreationState string

// The states of a creation.
const (
	Drafted   CreationState = "draft"
	Waiting   CreationState = "waiting"
	Published CreationState = "published"
	Rejected  CreationState = "rejected"
	TakenDown CreationState = "taken_down"
	// Hidden is one whose entry is out of sight until there is a right again to
	// show all that is on it.
	Hidden CreationState = "hidden"
)

// Creation is a participant's finished work.
type Creation struct {
	ID            string
	Campaign      string
	ParticipantID string
	GenerationID  string
	CandidateID   string
	// Composition is the layer document as JSON.
	Composition json.RawMessage
	// Revision goes up with each change of the composition, from 1.
	Revision int
	State    CreationState
	// BlobKey is the chosen candidate's picture, kept under the creation.
	BlobKey    string
	Alt        string
	Kit        string
	KitVersion string
	// Market is the code of the market that it is made for: the one that its
	// maker came from. "" stands for the campaign's default.
	Market string
	// Provider, Model and ModelVersion are what made the picture.
	Provider, Model, ModelVersion string
	CreatedAt                     time.Time
	UpdatedAt                     time.Time
}

// Painted tells that the built-in painter made the picture, and no model.
func (c *Creation) Painted() bool { return c.Provider == "" || c.Provider == "builtin" }

// Store is what Create needs of a database. Reads of what is not there give a
// fault of kind NotFound.
type Store interface {
	InsertGeneration(ctx context.Context, g Generation) error
	Generation(ctx context.Context, id string) (Generation, error)
	// MoveGeneration sets state, code, verdict, provider fields, Fallback and
	// EndedAt from g if the stored state is one of from; false if it is not.
	MoveGeneration(ctx context.Context, g Generation, from ...GenerationState) (bool, error)
	// GenerationsOf lists a participant's generations in a campaign, newest
	// first, at most limit.
	GenerationsOf(ctx context.Context, participant, campaign string, limit int) ([]Generation, error)
	CountGenerations(ctx context.Context, participant, campaign string, since time.Time) (int, error)
	// CountStopped counts those of a participant's generations that wait for a
	// person, and those whose prompt was denied.
	CountStopped(ctx context.Context, participant, campaign string, since time.Time) (held, denied int, err error)
	DeleteGeneration(ctx context.Context, id string) error

	// InsertCandidate adds a candidate; one with the same generation and
	// index that is already there stays, and false is given.
	InsertCandidate(ctx context.Context, c Candidate) (bool, error)
	Candidate(ctx context.Context, id string) (Candidate, error)
	// CandidatesOf lists by Index.
	CandidatesOf(ctx context.Context, generation string) ([]Candidate, error)

	// AppendEvent gives the event the next Seq of its generation.
	AppendEvent(ctx context.Context, e Event) (int64, error)
	// Events lists after a Seq, in order, at most 200.
	Events(ctx context.Context, generation string, after int64) ([]Event, error)

	InsertCreation(ctx context.Context, c Creation) error
	Creation(ctx context.Context, id string) (Creation, error)
	// SetComposition stores a new composition and raises the revision if the
	// creation's state is one of from; false if not.
	SetComposition(ctx context.Context, id string, composition json.RawMessage, at time.Time, from ...CreationState) (bool, error)
	// AdoptKit puts a creation on another version of its kit and raises the
	// revision, if it is on the version from and its state one of states; false
	// if not.
	AdoptKit(ctx context.Context, id, from, to string, at time.Time, states ...CreationState) (bool, error)
	// MoveCreation changes the state if it is one of from; false if not.
	MoveCreation(ctx context.Context, id string, to CreationState, at time.Time, from ...CreationState) (bool, error)
	// CreationsOf lists a participant's creations in a campaign, newest first.
	CreationsOf(ctx context.Context, participant, campaign string, limit int) ([]Creation, error)
	DeleteCreation(ctx context.Context, id string) error
	// PutProof keeps the proof of a creation in place of an earlier one;
	// NotFound if the creation is gone. It goes with the creation.
	PutProof(ctx context.Context, p Proof) error
	Proof(ctx context.Context, creation string) (Proof, error)
	// OwnedBy lists ids of all generations and creations of a participant in
	// all campaigns, for export and erasure.
	OwnedBy(ctx context.Context, participant string) (generations, creations []string, err error)
}
