// Package ledger is the append-only log of every decision. A row is written
// in the same unit of work as the decision itself. It holds nothing personal:
// who is a role, and private details are there only as a salted commitment,
// whose salt is erased with the person.
package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Decision is what happened, as a service tells it.
type Decision struct {
	// Action is a stable dotted name such as "entry.approved".
	Action string
	// Role is who decided: "participant", "reviewer", "producer", "admin",
	// "system".
	Role string
	// SubjectKind and SubjectID name the thing decided on.
	SubjectKind, SubjectID string
	// Campaign is its slug, empty for a thing of the installation.
	Campaign string
	// Public are details that are not personal: verdict, model, format.
	Public map[string]string
	// Private are details that may be personal. They are committed to and not
	// stored here.
	Private map[string]string
	// Participant owns the salt of the commitment; erasing the participant
	// erases it. Empty if the decision concerns none.
	Participant string
}

// Row is a decision as it is stored.
type Row struct {
	// Seq orders rows as they were written by one database, from 1.
	Seq                                  int64
	ID                                   string
	At                                   time.Time
	Action, Role, SubjectKind, SubjectID string
	Campaign                             string
	Public                               map[string]string
	// Commitment is HMAC-SHA256(salt, JSON of the private details with sorted
	// keys); nil if there are none.
	Commitment []byte
}

// Salt opens a row's commitment for as long as its person is known.
type Salt struct {
	RowID       string
	Participant string
	Salt        []byte
}

// Store is what the ledger needs of a database.
type Store interface {
	// AppendLedger writes a row (its Seq is given by the store) and its salt,
	// which is nil for a row without a commitment.
	AppendLedger(ctx context.Context, row Row, salt *Salt) error
	// LedgerRows gives up to limit rows after a Seq, in order.
	LedgerRows(ctx context.Context, after int64, limit int) ([]Row, error)
	// LedgerSalt gives the salt of a row; NotFound if it was erased or never was.
	LedgerSalt(ctx context.Context, rowID string) (Salt, error)
	// EraseLedgerSalts forgets all salts of a participant.
	EraseLedgerSalts(ctx context.Context, participant string) error
}

// Ledger records decisions.
type Ledger struct {
	store Store
	now   func() time.Time
}

// New makes a ledger on a store.
func New(store Store, now func() time.Time) *Ledger { return &Ledger{store, now} }

// Record writes the row of a decision in the current unit of work.
func (l *Ledger) Record(ctx context.Context, d Decision) error {
	row := Row{
		ID: uuid.Must(uuid.NewV7()).String(), At: l.now(), Action: d.Action, Role: d.Role,
		SubjectKind: d.SubjectKind, SubjectID: d.SubjectID, Campaign: d.Campaign, Public: d.Public,
	}
	var salt *Salt
	if len(d.Private) > 0 {
		salt = &Salt{RowID: row.ID, Participant: d.Participant, Salt: make([]byte, 32)}
		if _, err := rand.Read(salt.Salt); err != nil {
			return fmt.Errorf("ledger salt: %w", err)
		}
		c, err := Commit(salt.Salt, d.Private)
		if err != nil {
			return err
		}
		row.Commitment = c
	}
	return l.store.AppendLedger(ctx, row, salt)
}

// Commit is the commitment to private details under a salt.
func Commit(salt []byte, private map[string]string) ([]byte, error) {
	data, err := json.Marshal(private) // map keys are sorted by encoding/json
	if err != nil {
		return nil, err
	}
	m := hmac.New(sha256.New, salt)
	m.Write(data)
	return m.Sum(nil), nil
}

// Rows gives up to limit (at most 1000) rows after a Seq.
func (l *Ledger) Rows(ctx context.Context, after int64, limit int) ([]Row, error) {
	return l.store.LedgerRows(ctx, after, min(max(limit, 1), 1000))
}

// Forget erases the salts of a participant: the rows and the proofs over them
// stand, and their private details can no longer be shown or guessed.
func (l *Ledger) Forget(ctx context.Context, participant string) error {
	return l.store.EraseLedgerSalts(ctx, participant)
}
