package council

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/policy"
)

// inForce are the packs that decide, and when they were read.
type inForce struct {
	*policy.Packs
	versions []string
	at       time.Time
}

// Decide judges an input by the packs in force and remembers it, without its
// words, for dry runs. If the packs can't be read, those read before decide
// on; if there are none, everything is held.
func (s *Service) Decide(ctx context.Context, in policy.Input) policy.Verdict {
	packs, err := s.current(ctx)
	if err != nil && packs == nil {
		s.Log.ErrorContext(ctx, "the policy packs can't be read, so everything is held", "cause", err)
		return policy.Held(in.Findings, "The policy packs could not be read.")
	}
	if err != nil {
		s.Log.WarnContext(ctx, "the policy packs can't be read; the ones before decide on", "cause", err)
	}
	v := packs.Decide(in)
	s.remember(in)
	return v
}

// Soften gives a softer text for a verdict that asks for one; see policy.
func (s *Service) Soften(ctx context.Context, text, locale string, v policy.Verdict) (string, bool) {
	packs, err := s.current(ctx)
	if packs == nil || err != nil {
		return "", false
	}
	return packs.Soften(text, locale, v)
}

// current gives the packs in force. With an error it gives what it had.
func (s *Service) current(ctx context.Context) (*policy.Packs, error) {
	have := s.packs.Load()
	if have != nil && s.Now().Sub(have.at) < fresh {
		return have.Packs, nil
	}
	if have != nil && !s.mu.TryLock() {
		return have.Packs, nil // someone is reading them
	}
	if have == nil {
		s.mu.Lock()
		if have = s.packs.Load(); have != nil {
			s.mu.Unlock()
			return have.Packs, nil
		}
	}
	defer s.mu.Unlock()
	next, err := s.read(ctx, have)
	if err != nil {
		if have == nil {
			return nil, err
		}
		return have.Packs, err
	}
	s.packs.Store(next)
	return next.Packs, nil
}

// forget has the packs read again at the next decision.
func (s *Service) forget() {
	if have := s.packs.Load(); have != nil {
		s.packs.CompareAndSwap(have, &inForce{have.Packs, have.versions, time.Time{}})
	}
}

func (s *Service) read(ctx context.Context, have *inForce) (*inForce, error) {
	active, err := s.Store.ActivePacks(ctx)
	if err != nil {
		return nil, err
	}
	next := &inForce{at: s.Now()}
	for _, v := range active {
		next.versions = append(next.versions, v.ID)
	}
	if have != nil && slices.Equal(have.versions, next.versions) {
		next.Packs = have.Packs
		return next, nil
	}
	packs, err := assemble(active, nil)
	if err != nil {
		return nil, err
	}
	next.Packs = packs
	return next, nil
}

// assemble compiles the built-in packs, those in force, and one more unless it
// is nil. What comes later takes the place of a pack of the same id.
func assemble(active []Version, with *policy.Pack) (*policy.Packs, error) {
	own := map[string]*policy.Pack{}
	for _, v := range active {
		p, err := policy.ReadPack(bytes.NewReader(v.Body))
		if err != nil {
			return nil, fault.New(fault.Internal, "pack_unreadable", "The policy pack %s %s can't be read.", v.Pack, v.Number).Because(err)
		}
		own[p.ID] = p
	}
	if with != nil {
		own[with.ID] = with
	}
	built, err := policy.Builtin()
	if err != nil {
		return nil, err
	}
	var all []*policy.Pack
	for _, p := range built {
		if mine := own[p.ID]; mine != nil {
			p = mine
			delete(own, p.ID)
		}
		all = append(all, p)
	}
	var more []string
	for id := range own {
		more = append(more, id)
	}
	slices.Sort(more)
	for _, id := range more {
		all = append(all, own[id])
	}
	return policy.Compile(all...)
}

// remember has an input written down for dry runs, if there is room.
func (s *Service) remember(in policy.Input) {
	findings := make([]policy.Finding, len(in.Findings))
	for i, f := range in.Findings {
		findings[i] = policy.Finding{Detector: f.Detector, Kind: f.Kind, Score: f.Score}
	}
	in.Findings = findings
	select {
	case s.past <- Past{ID: uuid.Must(uuid.NewV7()).String(), At: s.Now(), Campaign: in.Campaign, Input: in}:
	default:
		s.missed.Add(1)
	}
}

// Remember writes down what was judged, in batches, until ctx ends; then what
// still waits.
func (s *Service) Remember(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			s.Flush(last)
			return
		case <-tick.C:
			s.Flush(ctx)
		}
	}
}

// Flush writes down what waits and forgets what is too old. What can't be
// written is not remembered: a dry run looks at a little less.
func (s *Service) Flush(ctx context.Context) {
	for {
		var past []Past
		for len(past) < batch && len(s.past) > 0 {
			past = append(past, <-s.past)
		}
		if len(past) == 0 {
			return
		}
		err := s.Unit.Do(ctx, func(ctx context.Context) error {
			if _, err := s.Store.DropPast(ctx, s.Now().Add(-remembered), 2*batch); err != nil {
				return err
			}
			return s.Store.InsertPast(ctx, past)
		})
		if err != nil {
			s.Log.WarnContext(ctx, "judged inputs could not be remembered", "count", len(past), "cause", err)
			return
		}
		if n := s.missed.Swap(0); n > 0 {
			s.Log.InfoContext(ctx, "too much was judged at once to remember all", "missed", n)
		}
	}
}
