package create

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/guard"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/review"
	"marquee/internal/secret"
	"marquee/internal/work"
)

// day is the span that the limit on generations counts in.
const day = 24 * time.Hour

// Ask is what a participant asks for.
type Ask struct {
	Prompt string
	// Marks are ids of the campaign's marks; none asks for its first.
	Marks  []string
	Aspect string
	// Seed makes the pictures repeatable; nil has one chosen.
	Seed   *int64
	Locale string
}

// Request takes a participant's request. The generation it gives is queued,
// held for a person, or refused; the latter two are answers, not errors.
func (s *Service) Request(ctx context.Context, p audience.Participant, slug string, n Ask) (Generation, error) {
	rec, kit, err := s.Campaigns.Taking(ctx, slug)
	if err != nil {
		return Generation{}, err
	}
	market, err := s.arrived(ctx, p, slug)
	if err != nil {
		return Generation{}, err
	}
	if len(n.Marks) == 0 {
		if offered := s.Offered(rec, kit, market); len(offered) > 0 {
			n.Marks = offered[:1]
		}
	}
	g, err := s.read(rec, p, n)
	if err != nil {
		return Generation{}, err
	}
	if err := mayUse(s.asked(rec, kit, market), g.Marks); err != nil {
		return Generation{}, err
	}
	history, err := s.history(ctx, p, slug)
	if err != nil {
		return Generation{}, err
	}
	asked := generate.Subject{
		Age: policyAges[p.AgeBand], History: history,
		Campaign: rec, Stage: policy.Prompt, Text: g.Prompt, Guard: guard.Context{Locale: g.Locale, Market: market},
		Key: g.ID, User: s.Pseudonym(p.ID, slug), Own: rec.File.Offers(g.Prompt, g.Locale),
	}
	g.Verdict = s.Door.JudgeText(ctx, asked)
	switch g.Verdict.Outcome {
	case policy.Rewrite:
		g.State, g.Code, g.EndedAt = Refused, codeOf("prompt_rewrite", g.Verdict), g.CreatedAt
		g.Suggestion, _ = s.Door.Soften(ctx, asked, g.Verdict)
	case policy.Deny:
		g.State, g.Code, g.EndedAt = Refused, codeOf("prompt_denied", g.Verdict), g.CreatedAt
		g.Prompt = guard.Redact(g.Prompt, g.Verdict.Findings)
	case policy.Hold:
		g.State, g.Code = Held, codeOf("prompt_held", g.Verdict)
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Audience.Present(ctx, p.ID); err != nil {
			return err
		}
		n, err := s.Store.CountGenerations(ctx, p.ID, slug, s.Now().Add(-day))
		if err != nil {
			return err
		}
		if n >= rec.File.Limits.GenerationsPerDay {
			return fault.New(fault.Limited, "too_many_today", "That was the last of today's %d tries. Come back tomorrow.", rec.File.Limits.GenerationsPerDay).
				With("limit", rec.File.Limits.GenerationsPerDay).After(time.Hour)
		}
		if err := s.Store.InsertGeneration(ctx, g); err != nil {
			return err
		}
		if err := s.tell(ctx, g.ID, "state", StateEvent{g.State, g.Code}); err != nil {
			return err
		}
		switch g.State {
		case Queued:
			if err := s.enqueue(ctx, g.ID); err != nil {
				return err
			}
		case Held:
			if _, err := s.Review.Submit(ctx, review.Item{
				Kind: review.KindGeneration, SubjectID: g.ID, Campaign: slug, Who: s.Pseudonym(p.ID, slug),
				Words: map[string]string{"prompt": g.Prompt}, Verdict: g.Verdict,
			}); err != nil {
				return err
			}
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "generation.requested", Role: "participant", SubjectKind: "generation", SubjectID: g.ID, Campaign: slug,
			Public:      map[string]string{"verdict": string(g.Verdict.Outcome), "aspect": g.Aspect},
			Private:     map[string]string{"participant": p.ID, "prompt": g.Prompt},
			Participant: p.ID,
		})
	})
	return g, err
}

// policyAges are the bands of ages as the policy's rules name them.
var policyAges = map[audience.AgeBand]string{
	audience.Under13: "under_13", audience.Teen13: "13_15", audience.Teen16: "16_17", audience.Adult: "adult",
}

// history counts what became of a participant's prompts in the last day.
func (s *Service) history(ctx context.Context, p audience.Participant, slug string) (h policy.History, err error) {
	h.Held, h.Denied, err = s.Store.CountStopped(ctx, p.ID, slug, s.Now().Add(-day))
	return h, err
}

// codeOf names what happened with the kind of finding that led to it, if one did.
func codeOf(what string, v policy.Verdict) string {
	if kind := v.Kind(); kind != "" {
		return what + "_" + kind
	}
	return what
}

// read makes a generation of what was asked for, or says what is wrong.
func (s *Service) read(rec campaign.Record, p audience.Participant, n Ask) (Generation, error) {
	prompt, err := cleanPrompt(n.Prompt)
	if err != nil {
		return Generation{}, err
	}
	if n.Aspect == "" {
		n.Aspect = rec.File.Formats[0]
	}
	if !slices.Contains(rec.File.Formats, n.Aspect) {
		return Generation{}, fault.New(fault.Invalid, "format_not_offered", "This campaign does not offer the format %q.", n.Aspect).With("format", n.Aspect)
	}
	for i, m := range n.Marks {
		if !slices.Contains(rec.File.Marks, m) {
			return Generation{}, fault.New(fault.Invalid, "mark_unknown", "This campaign has no mark %q.", m).With("mark", m)
		}
		if slices.Contains(n.Marks[:i], m) {
			return Generation{}, fault.New(fault.Invalid, "mark_twice", "Each mark goes in once.").With("mark", m)
		}
	}
	seed := rand.Int64N(1 << 31)
	if n.Seed != nil {
		seed = *n.Seed
	}
	return Generation{
		ID: uuid.Must(uuid.NewV7()).String(), Campaign: rec.Slug, ParticipantID: p.ID, Prompt: prompt,
		Marks: n.Marks, Aspect: n.Aspect, Locale: rec.File.Locale(n.Locale, p.Locale), Seed: seed,
		State: Queued, CreatedAt: s.Now(),
	}, nil
}

// arrived gives the market that a participant came to a campaign from; a fault
// if they did not.
func (s *Service) arrived(ctx context.Context, p audience.Participant, slug string) (market string, err error) {
	a, _, err := s.Audience.Arrival(ctx, p.ID, slug)
	if fault.Is(err, fault.NotFound) {
		return "", fault.New(fault.Forbidden, "not_arrived", "Please open the campaign's page and join first.")
	}
	return a.Market, err
}

// Pseudonym is how staff see a participant: the same within a campaign,
// another in each, and no way back without the installation's key.
func (s *Service) Pseudonym(participant, slug string) string {
	return secret.Pseudonym(s.Key, "who/"+slug, participant)
}

// Left tells how many generations a participant has left of the day's limit.
func (s *Service) Left(ctx context.Context, p audience.Participant, slug string) (left, limit int, err error) {
	rec, err := s.Campaigns.Get(ctx, slug)
	if err != nil {
		return 0, 0, err
	}
	n, err := s.Store.CountGenerations(ctx, p.ID, slug, s.Now().Add(-day))
	limit = rec.File.Limits.GenerationsPerDay
	return max(limit-n, 0), limit, err
}

// View gives a participant's own generation.
func (s *Service) View(ctx context.Context, p audience.Participant, id string) (Generation, []Candidate, error) {
	g, err := s.Store.Generation(ctx, id)
	if err == nil {
		err = mine(p, g.ParticipantID, "generation")
	}
	if err != nil {
		return Generation{}, nil, err
	}
	cs, err := s.Store.CandidatesOf(ctx, id)
	return g, cs, err
}

// Works is what a participant has made in a campaign, newest first.
type Works struct {
	Generations []Generation
	// Candidates are those of each generation, by its id.
	Candidates map[string][]Candidate
	Creations  []Creation
}

// worksMax bounds each list of Works.
const worksMax = 60

// Works lists what a participant has made in a campaign.
func (s *Service) Works(ctx context.Context, p audience.Participant, slug string) (Works, error) {
	w := Works{Candidates: map[string][]Candidate{}}
	var err error
	if w.Generations, err = s.Store.GenerationsOf(ctx, p.ID, slug, worksMax); err != nil {
		return w, err
	}
	for _, g := range w.Generations {
		if w.Candidates[g.ID], err = s.Store.CandidatesOf(ctx, g.ID); err != nil {
			return w, err
		}
	}
	w.Creations, err = s.Store.CreationsOf(ctx, p.ID, slug, worksMax)
	return w, err
}

// Cancel ends a generation that has not ended; its running call is stopped.
func (s *Service) Cancel(ctx context.Context, p audience.Participant, id string) error {
	g, _, err := s.View(ctx, p, id)
	if err != nil || g.State == Cancelled {
		return err
	}
	if g.State.Ended() {
		return generationEnded()
	}
	ended, err := s.moveToEnd(ctx, g, Cancelled, "")
	if err != nil {
		return err
	}
	if !ended {
		return generationEnded() // it was quicker
	}
	s.stop(id)
	return nil
}

func generationEnded() error {
	return fault.New(fault.Conflict, "generation_ended", "This has ended already.")
}

// stop ends a call that runs in this process for a generation.
func (s *Service) stop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stop := s.running[id]; stop != nil {
		stop()
	}
}

// end moves a generation to its last state, unless it has ended meanwhile.
func (s *Service) end(ctx context.Context, g Generation, to GenerationState, code string) error {
	_, err := s.moveToEnd(ctx, g, to, code)
	return err
}

// moveToEnd moves a generation to its last state, tells it, and closes its
// item; false if it has ended already.
func (s *Service) moveToEnd(ctx context.Context, g Generation, to GenerationState, code string) (ok bool, err error) {
	g.State, g.Code, g.EndedAt = to, code, s.Now()
	role := "system"
	if to == Cancelled {
		role = "participant"
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		ok, err = s.Store.MoveGeneration(ctx, g, Queued, Running, Held)
		if err != nil || !ok {
			return err
		}
		if err := s.tell(ctx, g.ID, "state", StateEvent{to, code}); err != nil {
			return err
		}
		if err := s.Review.Close(ctx, review.KindGeneration, g.ID, review.Withdrawn); err != nil {
			return err
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "generation." + string(to), Role: role, SubjectKind: "generation", SubjectID: g.ID, Campaign: g.Campaign,
			Public: map[string]string{"code": code},
		})
	})
	return ok, err
}

// heldPrompts carries out what people decide on held prompts.
type heldPrompts struct{ s *Service }

// Decided lets a held prompt go on, or refuses it.
func (h heldPrompts) Decided(ctx context.Context, i review.Item, d review.Decision, reason string, by review.By) (review.State, error) {
	g, err := h.s.Store.Generation(ctx, i.SubjectID)
	if err != nil {
		return "", err
	}
	to, state := Refused, review.Rejected
	g.Code, g.EndedAt = "prompt_rejected", h.s.Now()
	if d == review.Approve {
		to, state = Queued, review.Approved
		g.Code, g.EndedAt = "", time.Time{}
	}
	g.State = to
	ok, err := h.s.Store.MoveGeneration(ctx, g, Held)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fault.New(fault.Conflict, "already_decided", "This prompt no longer waits.")
	}
	if to == Queued {
		if err := h.s.enqueue(ctx, g.ID); err != nil {
			return "", err
		}
	}
	return state, h.s.tell(ctx, g.ID, "state", StateEvent{to, g.Code})
}

type generationArgs struct {
	ID string `json:"id"`
}

func (s *Service) enqueue(ctx context.Context, id string) error {
	args, err := json.Marshal(generationArgs{id})
	if err != nil {
		return err
	}
	return s.Jobs.Enqueue(ctx, jobGeneration, args, id)
}

// deleteGeneration removes a generation with its pictures, in the current unit.
func (s *Service) deleteGeneration(ctx context.Context, id string) error {
	if err := s.Review.Close(ctx, review.KindGeneration, id, review.Withdrawn); err != nil {
		return err
	}
	if err := s.Review.Erase(ctx, review.KindGeneration, id); err != nil {
		return err
	}
	cs, err := s.Store.CandidatesOf(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range cs {
		if err := s.Provenance.Forget(ctx, "candidate", c.ID); err != nil {
			return err
		}
	}
	if err := s.Store.DeleteGeneration(ctx, id); err != nil {
		return err
	}
	work.AfterCommit(ctx, func() { s.stop(id) })
	return s.eraseBlobs(ctx, asset.Owner("generation", id))
}
