package gallery

import (
	"context"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/review"
	"marquee/internal/work"
)

// The lengths of what people write, in characters.
const (
	TitleMax  = 80
	NameMax   = 40
	ReportMax = 1000
)

// Deps are what the service is made of.
type Deps struct {
	Store     Store
	Unit      work.Unit
	Jobs      work.Jobs
	Ledger    *ledger.Ledger
	Campaigns *campaign.Service
	Create    *create.Service
	Review    *review.Service
	// Key hashes network addresses; at least 32 bytes.
	Key []byte
	Now func() time.Time
	Log *slog.Logger
}

// Service is the gallery.
type Service struct {
	Deps
	first firstPages
}

// New makes the service and takes entries and reports into its care.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Review.On(review.KindEntry, entries{s})
	d.Review.On(review.KindReport, reports{s})
	return s
}

// Enter hands a creation in to its campaign's gallery. It waits for a person
// then, whatever the checks say; what they deny is refused here.
func (s *Service) Enter(ctx context.Context, p audience.Participant, creationID, title, name, locale string) (Entry, error) {
	c, findings, err := s.Create.Own(ctx, p, creationID)
	if err != nil {
		return Entry{}, err
	}
	rec, _, err := s.Campaigns.Taking(ctx, c.Campaign)
	if err != nil {
		return Entry{}, err
	}
	words, verdict, err := s.words(ctx, rec, c, title, name, rec.File.Locale(locale, p.Locale))
	if err != nil {
		return Entry{}, err
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		ID: uuid.Must(uuid.NewV7()).String(), CreationID: c.ID, Campaign: c.Campaign, ParticipantID: p.ID,
		Title: words["title"], DisplayName: words["display_name"], Alt: c.Alt, Width: doc.Width, Height: doc.Height,
		Revision: c.Revision, State: Waiting, SubmittedAt: s.Now(),
	}
	if err := brand.Refusal(findings); err != nil {
		return Entry{}, err
	}
	proof, err := s.Create.Proven(ctx, c)
	if err != nil {
		return Entry{}, err
	}
	if !proof.Exact {
		// It is taken, for nothing that was made is lost, and waits until its
		// picture is right.
		verdict = policy.Strictest(verdict, policy.Verdict{Outcome: policy.Hold, Reasons: []policy.Reason{
			{Rule: "mark.proof", Kind: "mark_not_proven", To: policy.Hold},
		}})
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Create.Audience.Present(ctx, p.ID); err != nil {
			return err
		}
		if err := s.fix(ctx, c); err != nil {
			return err
		}
		if err := s.Store.InsertEntry(ctx, e); err != nil {
			return err
		}
		if err := s.Store.PutAssets(ctx, e, assetsOf(doc)); err != nil {
			return err
		}
		if _, err := s.Review.Submit(ctx, review.Item{
			Kind: review.KindEntry, SubjectID: e.ID, CreationID: c.ID, Campaign: c.Campaign,
			Who: s.Create.Pseudonym(p.ID, c.Campaign), Words: words, Verdict: verdict, Revision: e.Revision,
		}); err != nil {
			return err
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "entry.handed_in", Role: "participant", SubjectKind: "entry", SubjectID: e.ID, Campaign: c.Campaign,
			Public:      map[string]string{"creation": c.ID, "verdict": string(verdict.Outcome), "proof": proofWord(proof)},
			Private:     map[string]string{"title": e.Title, "display_name": e.DisplayName, "participant": p.ID},
			Participant: p.ID,
		})
	})
	return e, err
}

func proofWord(p create.Proof) string {
	if p.Exact {
		return "exact"
	}
	return "failed"
}

// fix keeps a creation from being changed while it waits, in the revision that
// is handed in. It is moved before it is looked at: nobody can come between.
func (s *Service) fix(ctx context.Context, c create.Creation) error {
	moved, err := s.Create.Store.MoveCreation(ctx, c.ID, create.Waiting, s.Now(), create.Drafted, create.Rejected)
	if err != nil {
		return err
	}
	now, err := s.Create.Creation(ctx, c.ID)
	switch {
	case err != nil:
		return err
	case !moved && now.State == create.TakenDown:
		return takenDown()
	case !moved:
		return alreadyEntered()
	case now.Revision != c.Revision:
		return fault.New(fault.Conflict, "changed_meanwhile", "This work was changed at the same time. Please look at it again.")
	}
	return nil
}

func alreadyEntered() error {
	return fault.New(fault.Conflict, "already_entered", "This work is handed in already.")
}

// words checks all that is written on and about a work.
func (s *Service) words(ctx context.Context, rec campaign.Record, c create.Creation, title, name, locale string) (map[string]string, policy.Verdict, error) {
	title, err := line(title, "title", TitleMax)
	if err != nil {
		return nil, policy.Verdict{}, err
	}
	if name, err = line(name, "display_name", NameMax); err != nil {
		return nil, policy.Verdict{}, err
	}
	doc, err := compose.Parse(c.Composition)
	if err != nil {
		return nil, policy.Verdict{}, err
	}
	words := map[string]string{"title": title, "display_name": name}
	stages := map[string]policy.Stage{"title": policy.Title, "display_name": policy.Name, "canvas_text": policy.CanvasTxt, "prompt": policy.Prompt}
	var lines []string
	for _, l := range doc.Layers {
		if l.Kind == compose.Text {
			lines = append(lines, l.Text)
		}
	}
	words["canvas_text"] = strings.Join(lines, "\n")
	if g, err := s.Create.Store.Generation(ctx, c.GenerationID); err == nil {
		words["prompt"] = g.Prompt
	} else if !fault.Is(err, fault.NotFound) {
		return nil, policy.Verdict{}, err
	}
	var all []policy.Verdict
	for _, what := range []string{"title", "display_name", "canvas_text", "prompt"} {
		if words[what] == "" {
			continue
		}
		v := s.Create.Door.JudgeText(ctx, generate.Subject{
			Campaign: rec, Stage: stages[what], Text: words[what], Guard: guard.Context{Locale: locale, Market: c.Market},
			Key: c.ID + "/" + what, User: s.Create.Pseudonym(c.ParticipantID, c.Campaign), Own: what == "prompt" && rec.File.Offers(words[what], locale),
		})
		if v.Outcome == policy.Deny && what != "prompt" {
			return nil, v, fault.New(fault.Invalid, what+"_refused", "We can't show this %s. Please choose other words.", strings.ReplaceAll(what, "_", " ")).With("kind", v.Kind())
		}
		all = append(all, v)
	}
	return words, policy.Strictest(all...), nil
}

// line cleans one line of text and checks its length.
func line(s, what string, max int) (string, error) {
	if len(s) > max*8 {
		return "", tooLong(what, max)
	}
	for _, r := range s {
		if r == utf8.RuneError || unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return "", fault.New(fault.Invalid, what+"_characters", "There are characters in this text that can't be shown. Please type it again.")
		}
	}
	s = strings.Join(strings.Fields(s), " ")
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return "", fault.New(fault.Invalid, what+"_missing", "Please give your work a %s, in words.", strings.ReplaceAll(what, "_", " "))
	}
	if utf8.RuneCountInString(s) > max {
		return "", tooLong(what, max)
	}
	return s, nil
}

func tooLong(what string, max int) error {
	return fault.New(fault.Invalid, what+"_too_long", "Please keep it to %d characters.", max).With("max", max)
}

// Withdraw takes a participant's entry back, waiting or public.
func (s *Service) Withdraw(ctx context.Context, p audience.Participant, creationID string) error {
	c, err := s.Create.Creation(ctx, creationID)
	if err != nil {
		return err
	}
	if c.ParticipantID != p.ID {
		return fault.Missing("creation")
	}
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		s.changed(ctx)
		e, err := s.Store.EntryOf(ctx, c.ID)
		if err != nil {
			return fault.Missing("entry")
		}
		// Moves one by one say which it was: somebody may be approving it right now.
		public := false
		ok, err := s.Store.MoveEntry(ctx, e.ID, Withdrawn, "", e.PublishedAt, Waiting)
		if err == nil && !ok {
			ok, err = s.Store.MoveEntry(ctx, e.ID, Withdrawn, "", e.PublishedAt, Published)
			public = ok
		}
		if err == nil && !ok {
			ok, err = s.Store.MoveEntry(ctx, e.ID, Withdrawn, "", e.PublishedAt, Hidden)
		}
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "not_entered", "This work is not handed in.")
		}
		if _, err := s.Create.Store.MoveCreation(ctx, c.ID, create.Drafted, s.Now(), create.Waiting, create.Published, create.Hidden); err != nil {
			return err
		}
		if err := s.Review.Close(ctx, review.KindEntry, e.ID, review.Withdrawn); err != nil {
			return err
		}
		if public {
			if err := s.purge(ctx, e); err != nil {
				return err
			}
		}
		return s.Ledger.Record(ctx, ledger.Decision{Action: "entry.withdrawn", Role: "participant", SubjectKind: "entry", SubjectID: e.ID, Campaign: e.Campaign})
	})
}

// Remove deletes a participant's creation, with its entries, everywhere.
func (s *Service) Remove(ctx context.Context, p audience.Participant, creationID string) error {
	c, err := s.Create.Creation(ctx, creationID)
	if err != nil {
		return err
	}
	if c.ParticipantID != p.ID {
		return fault.Missing("creation")
	}
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.removeEntries(ctx, c.ID); err != nil {
			return err
		}
		return s.Create.Delete(ctx, c)
	})
}

func (s *Service) removeEntries(ctx context.Context, creationID string) error {
	s.changed(ctx)
	e, err := s.Store.EntryOf(ctx, creationID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	// Reports of the work repeat its words, and so do its earlier entries.
	if err := s.Review.Forget(ctx, creationID); err != nil {
		return err
	}
	if e.State == Published {
		if err := s.purge(ctx, e); err != nil {
			return err
		}
	}
	return s.Store.DeleteEntriesOf(ctx, creationID)
}

// ErasePersonal removes a participant's entries and votes, and what they wrote
// in reports: that a work was reported, and why, stands. Their creations are then
// removed by the room that holds them.
func (s *Service) ErasePersonal(ctx context.Context, participant string) error {
	s.changed(ctx)
	voted, err := s.Store.VotesBy(ctx, participant)
	if err != nil {
		return err
	}
	for _, e := range voted {
		if _, err := s.Store.DeleteVote(ctx, e, participant); err != nil {
			return err
		}
	}
	reported, err := s.Store.ReportsBy(ctx, participant)
	if err != nil {
		return err
	}
	for _, r := range reported {
		if err := s.Review.Erase(ctx, review.KindReport, r.ID, "reason", "title", "display_name"); err != nil {
			return err
		}
	}
	if err := s.Store.BlankReports(ctx, participant); err != nil {
		return err
	}
	_, creations, err := s.Create.Store.OwnedBy(ctx, participant)
	if err != nil {
		return err
	}
	for _, id := range creations {
		if err := s.removeEntries(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// ExportPersonal gives a participant's entries, votes and reports.
func (s *Service) ExportPersonal(ctx context.Context, participant string) (string, any, error) {
	out := struct {
		Entries []map[string]any `json:"entries"`
		Votes   []string         `json:"votes"`
		Reports []map[string]any `json:"reports"`
	}{[]map[string]any{}, []string{}, []map[string]any{}}
	_, creations, err := s.Create.Store.OwnedBy(ctx, participant)
	if err != nil {
		return "", nil, err
	}
	for _, id := range creations {
		entries, err := s.Store.EntriesOf(ctx, id)
		if err != nil {
			return "", nil, err
		}
		for _, e := range entries {
			out.Entries = append(out.Entries, map[string]any{
				"id": e.ID, "creation_id": e.CreationID, "campaign": e.Campaign, "title": e.Title, "display_name": e.DisplayName,
				"state": e.State, "reason": e.Reason, "votes": e.Votes, "submitted_at": e.SubmittedAt,
			})
		}
	}
	votes, err := s.Store.VotesBy(ctx, participant)
	if err != nil {
		return "", nil, err
	}
	out.Votes = append(out.Votes, votes...)
	reports, err := s.Store.ReportsBy(ctx, participant)
	for _, r := range reports {
		out.Reports = append(out.Reports, map[string]any{
			"id": r.ID, "entry_id": r.EntryID, "campaign": r.Campaign, "reason": r.Reason, "text": r.Text,
			"state": r.State, "answer": r.Answer, "created_at": r.CreatedAt,
		})
	}
	return "gallery", out, err
}
