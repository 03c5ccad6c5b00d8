package gallery

import (
	"context"
	"net/netip"

	"marquee/internal/audience"
	"marquee/internal/fault"
	"marquee/internal/secret"
)

// Voted tells which of the entries a participant voted for.
func (s *Service) Voted(ctx context.Context, p audience.Participant, ids []string) (map[string]bool, error) {
	if len(ids) == 0 {
		return map[string]bool{}, nil
	}
	return s.Store.VotedFor(ctx, p.ID, ids)
}

// Vote gives a participant's one vote to a public entry. The votes of one
// network address in a day are capped; what is over is refused with the code
// "votes_capped" and shown to staff.
func (s *Service) Vote(ctx context.Context, p audience.Participant, entryID string, address netip.Addr) (Entry, error) {
	e, err := s.public(ctx, entryID)
	if err != nil {
		return Entry{}, err
	}
	rec, _, err := s.Campaigns.Taking(ctx, e.Campaign)
	if err != nil {
		return Entry{}, err
	}
	day, hash := s.addressOf(address)
	capped := false
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Create.Audience.Present(ctx, p.ID); err != nil {
			return err
		}
		voted, err := s.Store.VotedFor(ctx, p.ID, []string{entryID})
		if err != nil || voted[entryID] {
			return err
		}
		may, err := s.Store.CountAddress(ctx, e.Campaign, day, hash, rec.File.Limits.VotesPerAddress, s.Now())
		if err != nil {
			return err
		}
		// The refusal is counted, so the unit is committed without the vote.
		if capped = !may; capped {
			return nil
		}
		s.changed(ctx)
		_, err = s.Store.PutVote(ctx, entryID, p.ID, s.Now())
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	if capped {
		return Entry{}, fault.New(fault.Limited, "votes_capped", "There were very many votes from your network today. Please come back tomorrow.")
	}
	return s.public(ctx, entryID)
}

// Unvote takes a vote back.
func (s *Service) Unvote(ctx context.Context, p audience.Participant, entryID string) (Entry, error) {
	if _, err := s.public(ctx, entryID); err != nil {
		return Entry{}, err
	}
	err := s.Unit.Do(ctx, func(ctx context.Context) error {
		s.changed(ctx)
		_, err := s.Store.DeleteVote(ctx, entryID, p.ID)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	return s.public(ctx, entryID)
}

// Capped lists the addresses of a campaign whose votes were refused.
func (s *Service) Capped(ctx context.Context, slug string) ([]AddressVotes, error) {
	return s.Store.CappedAddresses(ctx, slug)
}

func (s *Service) public(ctx context.Context, id string) (Entry, error) {
	e, err := s.Store.Entry(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return Entry{}, fault.Missing("work")
	}
	switch {
	case err != nil:
		return Entry{}, err
	case e.State == TakenDown:
		return Entry{}, takenDown()
	case e.State == Hidden:
		return Entry{}, resting()
	case e.State != Published:
		return Entry{}, fault.New(fault.Conflict, "not_public", "This work is not public.")
	}
	return e, nil
}

// addressOf hashes an address under a key of the day. IPv6 counts by its /64,
// which is what one household or attacker has.
func (s *Service) addressOf(a netip.Addr) (day, hash string) {
	day = s.Now().UTC().Format("2006-01-02")
	a = a.Unmap()
	text := a.String()
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			text = p.String()
		}
	}
	return day, secret.Pseudonym(s.Key, "address/"+day, text)
}
