package review

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/work"
)

// By is who decides.
type By struct {
	ID   string
	Role string
}

// Subject is a room whose things are reviewed. Its methods run in the unit of
// work of the decision.
type Subject interface {
	// Decided makes a decision true in the room. It gives the state that the
	// item takes; Waiting after an approval has it wait for a second person, with
	// the first as item.DecidedBy.
	Decided(ctx context.Context, item Item, d Decision, reason string, by By) (State, error)
}

// Preparer is a Subject that has something to do before a decision for which a
// unit of work is no place, such as a look at a whole picture. What it prepares
// is in the context that it gives, which Decided is called with. An error means
// that nothing is decided.
type Preparer interface {
	Subject
	Prepare(ctx context.Context, item Item, d Decision, by By) (context.Context, error)
}

// Service keeps the queue.
type Service struct {
	store    Store
	unit     work.Unit
	ledger   *ledger.Ledger
	now      func() time.Time
	subjects map[Kind]Subject
}

// New makes the service.
func New(store Store, unit work.Unit, l *ledger.Ledger, now func() time.Time) *Service {
	return &Service{store: store, unit: unit, ledger: l, now: now, subjects: map[Kind]Subject{}}
}

// On says which room carries out decisions on a kind of item.
func (s *Service) On(k Kind, subject Subject) { s.subjects[k] = subject }

// Submit puts an item into the queue, in the current unit of work.
func (s *Service) Submit(ctx context.Context, i Item) (Item, error) {
	i.ID = uuid.Must(uuid.NewV7()).String()
	i.State = Waiting
	i.CreatedAt = s.now()
	return i, s.store.InsertItem(ctx, i)
}

// Close takes the newest item of a subject out of the queue or out of public
// view without a person's decision, as when the participant withdraws. It does
// nothing if the item is in neither.
func (s *Service) Close(ctx context.Context, kind Kind, subjectID string, to State) error {
	i, err := s.store.ItemOf(ctx, kind, subjectID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if i.State != Waiting && i.State != Published {
		return nil
	}
	_, err = s.store.MoveItem(ctx, i.ID, i.State, to, "", "", s.now())
	return err
}

// Erase removes the words of all items of a subject, but for those of the
// newest one that are to be kept.
func (s *Service) Erase(ctx context.Context, kind Kind, subjectID string, keep ...string) error {
	i, err := s.store.ItemOf(ctx, kind, subjectID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	kept := map[string]string{}
	for _, what := range keep {
		if word, ok := i.Words[what]; ok {
			kept[what] = word
		}
	}
	return s.store.BlankItems(ctx, kind, subjectID, kept)
}

// Forget takes everything about a creation that is gone out of the queue and
// out of public view, and removes its words.
func (s *Service) Forget(ctx context.Context, creationID string) error {
	return s.store.ForgetItems(ctx, creationID, s.now())
}

// Item gives one item.
func (s *Service) Item(ctx context.Context, id string) (Item, error) { return s.store.Item(ctx, id) }

// Of gives the newest item of a subject.
func (s *Service) Of(ctx context.Context, kind Kind, subjectID string) (Item, error) {
	return s.store.ItemOf(ctx, kind, subjectID)
}

// List gives a page of items and where the next begins, "" at the end.
func (s *Service) List(ctx context.Context, f Filter) ([]Item, string, error) {
	if f.Limit <= 0 || f.Limit > 100 {
		f.Limit = 50
	}
	items, err := s.store.Items(ctx, f)
	if err != nil || len(items) < f.Limit {
		return items, "", err
	}
	return items, items[len(items)-1].ID, nil
}

// Counts counts the items of a campaign ("" for all) by state.
func (s *Service) Counts(ctx context.Context, campaign string) (map[State]int, error) {
	return s.store.CountItems(ctx, campaign)
}

// reasonMax is how long a reason may be, in characters.
const reasonMax = 500

// Decide carries out a person's decision. Of two people who decide at once,
// the second gets a fault of kind Conflict with code "already_decided".
func (s *Service) Decide(ctx context.Context, by By, id string, d Decision, reason string) (Item, error) {
	reason = strings.TrimSpace(reason)
	switch d {
	case Approve:
	case Reject, Takedown:
		if reason == "" {
			return Item{}, fault.New(fault.Invalid, "reason_missing", "Please give a reason; the participant will read it.")
		}
	default:
		return Item{}, fault.New(fault.Invalid, "decision_unknown", "A decision is approve, reject or takedown.")
	}
	if utf8.RuneCountInString(reason) > reasonMax {
		return Item{}, fault.New(fault.Invalid, "reason_too_long", "A reason has at most %d characters.", reasonMax).With("max", reasonMax)
	}
	ctx, err := s.prepare(ctx, id, d, by)
	if err != nil {
		return Item{}, err
	}
	var out Item
	err = s.unit.Do(ctx, func(ctx context.Context) error {
		i, err := s.store.Item(ctx, id)
		if err != nil {
			return err
		}
		from := Waiting
		if d == Takedown {
			from = Published
		}
		if i.State != from {
			return decided(i)
		}
		subject, ok := s.subjects[i.Kind]
		if !ok {
			return fault.New(fault.Internal, "kind_unknown", "Nothing carries out decisions on %s.", i.Kind)
		}
		to, err := subject.Decided(ctx, i, d, reason, by)
		if err != nil {
			return err
		}
		moved, err := s.store.MoveItem(ctx, id, from, to, by.ID, reason, s.now())
		if err != nil {
			return err
		}
		if !moved {
			return decided(i)
		}
		if err := s.ledger.Record(ctx, ledger.Decision{
			Action: "review." + pastTense[d], Role: by.Role, SubjectKind: string(i.Kind), SubjectID: i.SubjectID, Campaign: i.Campaign,
			Public:  map[string]string{"item": i.ID, "state": string(to)},
			Private: map[string]string{"by": by.ID, "reason": reason},
		}); err != nil {
			return err
		}
		out, err = s.store.Item(ctx, id)
		return err
	})
	return out, err
}

// prepare has the room of an item get ready for a decision on it.
func (s *Service) prepare(ctx context.Context, id string, d Decision, by By) (context.Context, error) {
	i, err := s.store.Item(ctx, id)
	if err != nil {
		return ctx, err
	}
	if p, ok := s.subjects[i.Kind].(Preparer); ok && i.State == Waiting {
		return p.Prepare(ctx, i, d, by)
	}
	return ctx, nil
}

var pastTense = map[Decision]string{Approve: "approved", Reject: "rejected", Takedown: "taken_down"}

func decided(i Item) error {
	return fault.New(fault.Conflict, "already_decided", "This is not open to that decision: it is %s now.", i.State).With("state", string(i.State))
}
