package gallery

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"marquee/internal/brand"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/provenance"
	"marquee/internal/review"
)

// JobPurge is the job that tells content delivery networks to forget the
// addresses of an entry; the web server carries it out.
const JobPurge = "gallery.purge"

// PurgeArgs are the arguments of JobPurge.
type PurgeArgs struct {
	Campaign   string `json:"campaign"`
	EntryID    string `json:"entry_id"`
	CreationID string `json:"creation_id"`
}

func (s *Service) purge(ctx context.Context, e Entry) error {
	args, err := json.Marshal(PurgeArgs{e.Campaign, e.ID, e.CreationID})
	if err != nil {
		return err
	}
	return s.Jobs.Enqueue(ctx, JobPurge, args, "")
}

// entries carries out what people decide on entries.
type entries struct{ s *Service }

// Decided publishes an entry, sends it back, or takes it down.
func (d entries) Decided(ctx context.Context, i review.Item, dec review.Decision, reason string, by review.By) (review.State, error) {
	e, err := d.s.Store.Entry(ctx, i.SubjectID)
	if err != nil {
		return "", err
	}
	switch dec {
	case review.Approve:
		return d.s.publish(ctx, e, i, by)
	case review.Reject:
		return review.Rejected, d.s.move(ctx, e, Rejected, create.Rejected, reason, Waiting)
	default:
		return review.TakenDown, d.s.takeDown(ctx, e, reason)
	}
}

// Prepare does before an approval what has no place in its unit of work:
// measuring what is behind marks and text, proving the marks by their pixels,
// and signing that a person approved. What it finds is judged in the unit.
func (d entries) Prepare(ctx context.Context, i review.Item, dec review.Decision, by review.By) (context.Context, error) {
	if dec != review.Approve {
		return ctx, nil
	}
	c, err := d.s.Create.Creation(ctx, i.CreationID)
	if fault.Is(err, fault.NotFound) {
		return ctx, nil // deleted by its maker: the decision will say so
	}
	if err != nil {
		return ctx, err
	}
	findings, err := d.s.Create.Findings(ctx, c)
	if err != nil {
		return ctx, err
	}
	proof, err := d.s.Create.Proven(ctx, c)
	if err != nil || !proof.Exact || refusal(findings) != nil || c.Revision != i.Revision {
		return ctx, err // the unit says what stands against it
	}
	in, err := d.s.Publication(ctx, c, findings)
	if err != nil {
		return ctx, err
	}
	v := d.s.Create.Door.Policy.Decide(ctx, in)
	if heldBack(v) != nil || v.Owes(secondReviewer) && i.DecidedBy == "" {
		return ctx, nil // it is not the last word
	}
	signed, err := d.s.Create.Approve(ctx, c, checksOf(v), provenance.Approval{Role: by.Role, At: d.s.Now().UTC()})
	if err != nil {
		return ctx, err
	}
	return context.WithValue(ctx, approvedKey{}, signed), nil
}

// approvedKey finds the signed approval that a decision was prepared with.
type approvedKey struct{}

// checksOf is what an approval says of policies.
func checksOf(v policy.Verdict) provenance.Checks {
	return provenance.Checks{Outcome: string(v.Outcome), Packs: v.Packs, Duties: strings.Fields(dutiesOf(v))}
}

// refusal is a fault if findings stand against making a work public.
func refusal(findings []brand.Finding) error {
	f, ok := fault.As(brand.Refusal(findings))
	if !ok {
		return nil
	}
	e := fault.New(fault.Invalid, "publication_against_rules", "This work can't become public: %s", f.Fields[0].Message).With("count", len(f.Fields))
	e.Fields = f.Fields
	return e
}

// publish makes a work public, or has it wait for a second person where a
// policy wants two.
func (s *Service) publish(ctx context.Context, e Entry, i review.Item, by review.By) (review.State, error) {
	c, err := s.Create.Creation(ctx, e.CreationID)
	if err != nil {
		return "", err
	}
	// An approval binds to the composition that was looked at.
	if c.Revision != i.Revision {
		return "", fault.New(fault.Conflict, "changed_meanwhile", "The work is no longer the one that was handed in.")
	}
	findings, err := s.Create.Findings(ctx, c)
	if err != nil {
		return "", err
	}
	if err := refusal(findings); err != nil {
		return "", err
	}
	proof, err := s.Create.Proof(ctx, c.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	if err != nil || !proof.Exact || !proof.Of(c) {
		return "", create.NotProven()
	}
	in, err := s.Publication(ctx, c, findings)
	if err != nil {
		return "", err
	}
	v := s.Create.Door.Policy.Decide(ctx, in)
	if err := heldBack(v); err != nil {
		return "", err
	}
	if v.Owes(secondReviewer) {
		switch i.DecidedBy {
		case "":
			return review.Waiting, nil // for somebody else
		case by.ID:
			return "", fault.New(fault.Forbidden, "second_reviewer", "You have approved this. Another person has to approve it too.")
		}
	}
	// It binds to the very pixels too: those that were signed for.
	signed, ok := ctx.Value(approvedKey{}).(*create.Approved)
	if !ok || !signed.Of(c) || !slices.Equal(signed.Checks.Packs, v.Packs) {
		return "", fault.New(fault.Conflict, "changed_meanwhile", "The work is no longer the one that was handed in.")
	}
	if err := s.Create.Publish(ctx, signed); err != nil {
		return "", err
	}
	if err := s.Ledger.Record(ctx, ledger.Decision{
		Action: "entry.published", Role: by.Role, SubjectKind: "entry", SubjectID: e.ID, Campaign: e.Campaign,
		Public: map[string]string{
			"creation": c.ID, "verdict": string(v.Outcome), "packs": strings.Join(v.Packs, " "), "duties": dutiesOf(v),
			"origin": provenance.IDWord(signed.Origin.ID), "pixels": signed.Origin.Pixels, "manifest": signed.Label(),
		},
	}); err != nil {
		return "", err
	}
	return review.Published, s.move(ctx, e, Published, create.Published, "", Waiting)
}

func (s *Service) takeDown(ctx context.Context, e Entry, reason string) error {
	if err := s.move(ctx, e, TakenDown, create.TakenDown, reason, Published, Hidden); err != nil {
		return err
	}
	return s.purge(ctx, e)
}

// move changes an entry and its creation together.
func (s *Service) move(ctx context.Context, e Entry, to State, creation create.CreationState, reason string, from ...State) error {
	s.changed(ctx)
	published := e.PublishedAt
	if to == Published {
		published = s.Now()
	}
	ok, err := s.Store.MoveEntry(ctx, e.ID, to, reason, published, from...)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Conflict, "already_decided", "This entry is %s now.", e.State).With("state", string(e.State))
	}
	ok, err = s.Create.Store.MoveCreation(ctx, e.CreationID, creation, s.Now(), create.Waiting, create.Published, create.Hidden)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Conflict, "already_decided", "The work changed meanwhile.").With("state", "changed")
	}
	return nil
}

// reports carries out what people decide on reports.
type reports struct{ s *Service }

// Decided upholds a report, which takes the work down, or dismisses it.
func (d reports) Decided(ctx context.Context, i review.Item, dec review.Decision, reason string, by review.By) (review.State, error) {
	r, err := d.s.Store.Report(ctx, i.SubjectID)
	if err != nil {
		return "", err
	}
	to, state := "dismissed", review.Rejected
	if dec == review.Approve {
		to, state = "upheld", review.Approved
		if err := d.uphold(ctx, r, reason, by); err != nil {
			return "", err
		}
	}
	ok, err := d.s.Store.MoveReport(ctx, r.ID, "waiting", to, reason, d.s.Now())
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.New(fault.Conflict, "already_decided", "This report is decided already.").With("state", r.State)
	}
	return state, nil
}

func (d reports) uphold(ctx context.Context, r Report, reason string, by review.By) error {
	e, err := d.s.Store.Entry(ctx, r.EntryID)
	if fault.Is(err, fault.NotFound) || err == nil && e.State != Published && e.State != Hidden {
		return nil // gone already, by its maker or by another report
	}
	if err != nil {
		return err
	}
	if reason == "" {
		reason = "It was reported, and a person of the campaign agreed."
	}
	if err := d.s.takeDown(ctx, e, reason); err != nil {
		return err
	}
	if err := d.s.Review.Close(ctx, review.KindEntry, e.ID, review.TakenDown); err != nil {
		return err
	}
	return d.s.Ledger.Record(ctx, ledger.Decision{
		Action: "entry.taken_down", Role: by.Role, SubjectKind: "entry", SubjectID: e.ID, Campaign: e.Campaign,
		Public: map[string]string{"report": r.ID, "at": d.s.Now().UTC().Format(time.RFC3339)},
	})
}
