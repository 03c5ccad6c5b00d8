package create

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/fault"
	"marquee/internal/generate"
	"marquee/internal/ledger"
	"marquee/internal/provenance"
	"marquee/internal/review"
	"marquee/internal/work"
)

// runJob makes a generation's candidates, one after the other. It may be run
// again at any point: what is there already is not made twice.
func (s *Service) runJob(ctx context.Context, args []byte) error {
	var a generationArgs
	if err := json.Unmarshal(args, &a); err != nil {
		return err
	}
	g, err := s.Store.Generation(ctx, a.ID)
	if fault.Is(err, fault.NotFound) {
		// Deleted, perhaps while an earlier run that did not end well was at it.
		return asset.DeleteOwner(ctx, s.Blobs, asset.Owner("generation", a.ID))
	}
	if err == nil && g.State.Ended() {
		return nil // cancelled before its turn came
	}
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s.mu.Lock()
	s.running[g.ID] = stop
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.running, g.ID)
		s.mu.Unlock()
	}()
	err = s.run(ctx, g)
	after := context.WithoutCancel(ctx)
	switch now, e := s.Store.Generation(after, g.ID); {
	case fault.Is(e, fault.NotFound):
		// Deleted while it ran: what was kept since then goes too.
		return asset.DeleteOwner(after, s.Blobs, asset.Owner("generation", g.ID))
	case e == nil && now.State.Ended():
		return nil // ended, perhaps by the participant while it ran
	}
	return err
}

func (s *Service) run(ctx context.Context, g Generation) error {
	rec, err := s.Campaigns.Get(ctx, g.Campaign)
	if err != nil {
		return err
	}
	kit, err := s.Campaigns.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
	if err != nil {
		return err
	}
	market, err := s.arrived(ctx, audience.Participant{ID: g.ParticipantID}, g.Campaign)
	if err != nil {
		return err
	}
	released, err := s.released(ctx, g)
	if err != nil {
		return err
	}
	if ok, err := s.start(ctx, &g); err != nil || !ok {
		return err
	}
	have, err := s.Store.CandidatesOf(ctx, g.ID)
	if err != nil {
		return err
	}
	done := map[int]bool{}
	for _, c := range have {
		done[c.Index] = true
	}
	for i := range Candidates {
		if done[i] {
			continue
		}
		goes, err := s.goesOn(ctx, g.ID)
		if err != nil || !goes {
			return err
		}
		switch err := s.candidate(ctx, &g, rec, kit, i, market, released); {
		case err == nil:
			done[i] = true
		case fault.HasCode(err, "provider_refused"), fault.HasCode(err, "prompt_denied"):
			return s.end(ctx, g, Refused, "provider_refused")
		case fault.HasCode(err, "prompt_rewrite"):
			return s.end(ctx, g, Refused, "prompt_rewrite")
		case fault.HasCode(err, "picture_refused"):
			// This one did not pass; the others may.
		case fault.HasCode(err, "prompt_held"):
			return s.hold(ctx, g)
		case fault.HasCode(err, "budget_closed") && len(done) == 0:
			return s.end(ctx, g, Refused, "budget_closed")
		case fault.HasCode(err, "budget_closed"):
			return s.end(ctx, g, Succeeded, "") // with those that there was money for
		case fault.HasCode(err, "budget_waits"):
			f, _ := fault.As(err)
			return work.Later(f.RetryAfter, err)
		case fault.HasCode(err, "signing_unavailable"):
			f, _ := fault.As(err)
			return work.Later(f.RetryAfter, err)
		default:
			return err
		}
	}
	if len(done) == 0 {
		return s.end(ctx, g, Failed, "picture_refused")
	}
	return s.end(ctx, g, Succeeded, "")
}

// hold puts a generation before a person that was let through when it was asked
// for, and is not now: a moderator that answered then may be away.
func (s *Service) hold(ctx context.Context, g Generation) error {
	g.State, g.Code = Held, "prompt_held"
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		ok, err := s.Store.MoveGeneration(ctx, g, Running)
		if err != nil || !ok {
			return err
		}
		if err := s.tell(ctx, g.ID, "state", StateEvent{g.State, g.Code}); err != nil {
			return err
		}
		if _, err := s.Review.Submit(ctx, review.Item{
			Kind: review.KindGeneration, SubjectID: g.ID, Campaign: g.Campaign, Who: s.Pseudonym(g.ParticipantID, g.Campaign),
			Words: map[string]string{"prompt": g.Prompt}, Verdict: g.Verdict,
		}); err != nil {
			return err
		}
		return s.Ledger.Record(ctx, ledger.Decision{
			Action: "generation.held", Role: "system", SubjectKind: "generation", SubjectID: g.ID, Campaign: g.Campaign,
			Public: map[string]string{"code": g.Code},
		})
	})
}

// released tells whether a person let a held prompt through.
func (s *Service) released(ctx context.Context, g Generation) (bool, error) {
	i, err := s.Review.Of(ctx, review.KindGeneration, g.ID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return i.State == review.Approved, err
}

// start moves the generation to running, which is told once however often it
// is started; false if it has ended.
func (s *Service) start(ctx context.Context, g *Generation) (ok bool, err error) {
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		// Read again: another node may have begun since, and known more.
		now, err := s.Store.Generation(ctx, g.ID)
		if err != nil {
			return err
		}
		*g, ok = now, now.State == Running
		if now.State != Queued {
			return nil
		}
		g.State = Running
		if ok, err = s.Store.MoveGeneration(ctx, *g, Queued); err != nil {
			return err
		}
		if !ok { // begun or cancelled between the two
			if *g, err = s.Store.Generation(ctx, g.ID); err != nil {
				return err
			}
			ok = g.State == Running
			return nil
		}
		return s.tell(ctx, g.ID, "state", StateEvent{State: Running})
	})
	return ok, err
}

// goesOn tells whether nobody has cancelled the generation, on any node.
func (s *Service) goesOn(ctx context.Context, id string) (bool, error) {
	g, err := s.Store.Generation(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && g.State == Running, err
}

// seedStep keeps the seeds of one generation's candidates far apart.
const seedStep = 7919

// candidate makes the candidate of an index, stores it and tells of it.
func (s *Service) candidate(ctx context.Context, g *Generation, rec campaign.Record, kit *brand.Kit, index int, market string, released bool) error {
	size := campaign.Sizes[g.Aspect]
	c := Candidate{
		ID: uuid.Must(uuid.NewV7()).String(), GenerationID: g.ID, Index: index,
		Seed: g.Seed + int64(index)*seedStep, Width: size.Width, Height: size.Height,
	}
	// Nothing is painted, and perhaps paid, that could not be signed.
	if err := s.Seal.Ready(); err != nil {
		return err
	}
	if goes, err := s.progress(ctx, g.ID, index, 0, "painting"); err != nil || !goes {
		return err
	}
	told := 0.0
	res, err := s.Door.Picture(ctx, generate.Request{
		Campaign: rec, Key: g.ID + "/" + string(rune('0'+index)), Prompt: g.Prompt, Locale: g.Locale, Market: market, Released: released,
		Width: size.Width, Height: size.Height, Seed: c.Seed, Palette: kit.Palette(),
		Calm: calm(kit, g.Marks, size), User: s.Pseudonym(g.ParticipantID, g.Campaign),
	}, func(f float64) {
		// A third of a picture is the least that is worth a row.
		if f-told >= 0.33 && f < 1 {
			told = f
			if _, err := s.progress(ctx, g.ID, index, f, "painting"); err != nil {
				s.Log.WarnContext(ctx, "progress was not told", "generation", g.ID, "error", err)
			}
		}
	})
	if err != nil {
		return err
	}
	c.Alt, c.Missed, c.CreatedAt = res.Alt, res.Missed, s.Now()
	if c.Alt == "" {
		c.Alt = g.Prompt
	}
	c.Provider, c.Model, c.Version = res.Maker.Provider, res.Maker.Model, res.Maker.Version
	g.Provider, g.Model, g.ModelVersion = c.Provider, c.Model, c.Version
	g.Fallback = g.Fallback || res.Fallback
	prompt := ""
	if rec.File.Credentials.Prompt {
		prompt = g.Prompt
	}
	img := plain(res.Image)
	data, err := compose.Encode(img, compose.PNG, 0)
	if err != nil {
		return err
	}
	of := candidateOrigin(c, g.Campaign)
	of.Pixels, of.Width, of.Height = PixelSum(img), c.Width, c.Height
	o, err := s.keep(ctx, of, asset.Owner("generation", g.ID), compose.PNG, func(o provenance.Origin) (provenance.Sealed, error) {
		return s.Seal.Created(ctx, data, o, provenance.Creating{Checks: checksOf(g.Verdict), Prompt: prompt})
	})
	if err != nil {
		return err
	}
	c.SHA256, c.BlobKey = asset.Sum(o.picture), o.MasterKey
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		ok, err := s.Store.MoveGeneration(ctx, *g, Running)
		if err != nil || !ok {
			return err // cancelled meanwhile: the blobs go with the generation
		}
		added, err := s.Store.InsertCandidate(ctx, c)
		if err != nil || !added {
			return err
		}
		if err := s.Provenance.PutOrigin(ctx, o.Origin, o.manifest); err != nil {
			return err
		}
		return s.tell(ctx, g.ID, "candidate", CandidateEvent{c.ID, index})
	})
}

// calm are the areas that the first layout puts the marks in.
func calm(kit *brand.Kit, marks []string, size campaign.Size) []generate.Area {
	var out []generate.Area
	w, h := float64(size.Width), float64(size.Height)
	for _, l := range brand.Place(kit, marks, size.Width, size.Height, nil) {
		out = append(out, generate.Area{X: l.X / w, Y: l.Y / h, Width: l.Width / w, Height: l.Width * kit.Mark(l.Mark).Aspect() / h})
	}
	return out
}

// errNotRunning rolls back news of a generation that has ended.
var errNotRunning = errors.New("the generation does not run any more")

// progress tells how far a generation is; false if it does not run any more,
// which is the last thing to be told of it.
func (s *Service) progress(ctx context.Context, id string, index int, fraction float64, stage string) (goes bool, err error) {
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		// Telling holds the generation: what is read after it stays so.
		if err := s.tell(ctx, id, "progress", ProgressEvent{(float64(index) + fraction) / Candidates, stage, index}); err != nil {
			return err
		}
		g, err := s.Store.Generation(ctx, id)
		if err == nil && g.State != Running {
			err = errNotRunning
		}
		return err
	})
	if errors.Is(err, errNotRunning) {
		return false, nil
	}
	return err == nil, err
}
