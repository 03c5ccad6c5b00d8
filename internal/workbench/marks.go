package workbench

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/guard"
	"marquee/internal/guard/corpus"
	"marquee/internal/guard/standard"
	"marquee/internal/policy"
)

// MostMarks bounds the marked texts: each is judged whenever they are listed.
const MostMarks = 2000

// Mark is a text that staff marked as a mistake of the guard.
type Mark struct {
	ID string
	corpus.Marked
	// By is the id of who marked it, At when.
	By string
	At time.Time
	// Version is that of the guard that made the mistake.
	Version Version
}

// Judged is a mark, and what the guard says of its text now.
type Judged struct {
	Mark
	Now policy.Outcome
	// Right tells that the guard no longer makes the mistake.
	Right bool
}

// Slip is what staff say of a text that the guard got wrong.
type Slip struct {
	Text, Locale string
	Marked       corpus.Mistake
	// Want narrows what a miss must lead to; "" is hold or deny.
	Want policy.Outcome
	Why  string
	// Nobodys tells that what was taken for personal data or a secret belongs
	// to nobody, so that the text may be kept as it is.
	Nobodys bool
}

// Mark keeps a mistake. What the guard takes for personal data or a secret is
// not kept, unless staff say that it is nobody's. Faults: "mark_incomplete",
// "mark_personal", "mark_no_mistake" if the guard gets it right, "marks_full".
func (s *Service) Mark(ctx context.Context, by By, slip Slip) (Mark, error) {
	slip.Why = strings.TrimSpace(slip.Why)
	wanted := slip.Want == "" || slip.Marked == corpus.Miss && (slip.Want == policy.Hold || slip.Want == policy.Deny)
	if strings.TrimSpace(slip.Text) == "" || slip.Why == "" || slip.Marked != corpus.FalseAlarm && slip.Marked != corpus.Miss || !wanted {
		return Mark{}, fault.New(fault.Invalid, "mark_incomplete", "Please give the text, whether it is a false alarm or a miss, and why.")
	}
	if slip.Locale == "" {
		slip.Locale = standard.Locale(slip.Text)
	}
	v := s.judge(ctx, slip.Text, slip.Locale)
	m := Mark{
		ID: uuid.Must(uuid.NewV7()).String(), By: by.ID, At: s.Now(), Version: s.Version(ctx),
		Marked: corpus.Marked{Text: slip.Text, Locale: slip.Locale, Marked: slip.Marked, Want: slip.Want, On: s.Now().UTC().Format(time.DateOnly), Why: slip.Why},
	}
	if m.Right(v.Outcome) {
		return Mark{}, fault.New(fault.Conflict, "mark_no_mistake", "The guard gets this right in this language: there is no mistake to keep.")
	}
	if !slip.Nobodys && guard.Redact(slip.Text, v.Findings) != slip.Text {
		return Mark{}, fault.New(fault.Invalid, "mark_personal", "There seem to be personal data or a secret in this text. Take them out first, or say that they are nobody's.")
	}
	err := s.Unit.Do(ctx, func(ctx context.Context) error {
		n, err := s.Store.CountGuardMarks(ctx)
		if err != nil {
			return err
		}
		if n >= MostMarks {
			return fault.New(fault.Conflict, "marks_full", "There are %d marked texts already. Export them, and remove those that are tests by now.", MostMarks).With("max", MostMarks)
		}
		if err := s.Store.InsertGuardMark(ctx, m); err != nil {
			return err
		}
		return s.record(ctx, "guard.marked", by, "guard_mark", m.ID, map[string]string{"marked": string(m.Marked.Marked), "guard": m.Version.Name})
	})
	return m, err
}

// Marks lists what was marked, newest first, with what the guard says now.
func (s *Service) Marks(ctx context.Context) ([]Judged, error) {
	marks, err := s.Store.GuardMarks(ctx, MostMarks)
	if err != nil {
		return nil, err
	}
	out := make([]Judged, 0, len(marks))
	for _, m := range marks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		now := s.judge(ctx, m.Text, m.Locale).Outcome
		out = append(out, Judged{m, now, m.Right(now)})
	}
	return out, nil
}

// Unmark forgets a marked text.
func (s *Service) Unmark(ctx context.Context, by By, id string) error {
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		gone, err := s.Store.DeleteGuardMark(ctx, id)
		if err == nil && !gone {
			err = fault.New(fault.NotFound, "not_found", "This text isn't marked any more.")
		}
		if err != nil {
			return err
		}
		return s.record(ctx, "guard.unmarked", by, "guard_mark", id, nil)
	})
}

// Export writes what was marked as cases, one JSON object a line, oldest
// first, as corpus.ReadMarked reads them and the guard's tests run them.
func (s *Service) Export(ctx context.Context, w io.Writer) error {
	marks, err := s.Store.GuardMarks(ctx, MostMarks)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for i := len(marks) - 1; i >= 0; i-- {
		if err := encoder.Encode(marks[i].Marked); err != nil {
			return err
		}
	}
	return nil
}
