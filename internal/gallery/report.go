package gallery

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"marquee/internal/audience"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/review"
	"marquee/internal/secret"
)

// Reasons are what a work can be reported for.
var Reasons = []string{"offensive", "copied", "personal", "minor", "other"}

// Report takes somebody's word that a public work is wrong. It gives a secret
// that opens the outcome. p is nil for a visitor who has not joined.
func (s *Service) Report(ctx context.Context, p *audience.Participant, entryID, reason, text, locale string) (Report, string, error) {
	if !slices.Contains(Reasons, reason) {
		return Report{}, "", fault.New(fault.Invalid, "report_reason_unknown", "Please choose one of the reasons.")
	}
	text = strings.ToValidUTF8(strings.TrimSpace(text), "")
	if utf8.RuneCountInString(text) > ReportMax {
		return Report{}, "", tooLong("report", ReportMax)
	}
	e, err := s.public(ctx, entryID)
	if err != nil {
		return Report{}, "", err
	}
	word := secret.New("mr_")
	r := Report{
		ID: uuid.Must(uuid.NewV7()).String(), EntryID: e.ID, Campaign: e.Campaign, Reason: reason, Text: text,
		SecretHash: secret.Hash(word), State: "waiting", CreatedAt: s.Now(),
	}
	who := "visitor"
	if p != nil {
		r.ParticipantID = p.ID
		who = s.Create.Pseudonym(p.ID, e.Campaign)
	}
	rec, err := s.Campaigns.Get(ctx, e.Campaign)
	if err != nil {
		return Report{}, "", err
	}
	verdict := s.Create.Door.Judge(ctx, generate.Subject{Campaign: rec, Stage: policy.Report, Text: text, Guard: guard.Context{Locale: locale}})
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if p != nil {
			if err := s.Create.Audience.Present(ctx, p.ID); err != nil {
				return err
			}
		}
		if err := s.Store.InsertReport(ctx, r); err != nil {
			return err
		}
		if _, err := s.Review.Submit(ctx, review.Item{
			Kind: review.KindReport, SubjectID: r.ID, CreationID: e.CreationID, Campaign: e.Campaign, Who: who,
			Words: map[string]string{"reason": reason, "text": text, "title": e.Title, "display_name": e.DisplayName}, Verdict: verdict, Revision: e.Revision,
		}); err != nil {
			return err
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "entry.reported", Role: "participant", SubjectKind: "entry", SubjectID: e.ID, Campaign: e.Campaign,
			Public: map[string]string{"reason": reason, "report": r.ID},
		})
	})
	return r, word, err
}

// Outcome gives what became of a report to whom its secret is known.
func (s *Service) Outcome(ctx context.Context, word string) (Report, error) {
	r, err := s.Store.ReportBySecret(ctx, secret.Hash(word))
	if fault.Is(err, fault.NotFound) {
		return Report{}, fault.New(fault.NotFound, "report_unknown", "This private link is not whole, or the work and its reports were deleted.")
	}
	return r, err
}
