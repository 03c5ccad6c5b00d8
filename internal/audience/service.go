package audience

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/secret"
	"marquee/internal/work"
)

// How long things last.
const (
	// TokenLife is how long a participant's cookie lasts.
	TokenLife = 180 * 24 * time.Hour
	linkLife  = 180 * 24 * time.Hour
	tokenUse  = "participant"
)

// Terms are what a campaign asks for at arrival in one market.
type Terms struct {
	Campaign string
	Market   string
	Version  string
	// MinAge is the market's limit in years.
	MinAge int
	// Required and Optional are the purposes that consent is asked for.
	Required, Optional []string
}

// Arriving is what a person says at arrival. BirthYear or AgeBand is given;
// the year is used for the check and not kept.
type Arriving struct {
	Terms
	BirthYear int
	AgeBand   AgeBand
	Locale    string
	Consents  []string
}

// Room is a part of the house that holds things of participants.
type Room interface {
	// ErasePersonal removes all that is kept of a participant, in the current
	// unit of work.
	ErasePersonal(ctx context.Context, participantID string) error
	// ExportPersonal gives all that is kept, under a name, as JSON values.
	ExportPersonal(ctx context.Context, participantID string) (name string, value any, err error)
}

// Service is what the rest of the house asks about participants.
type Service struct {
	store  Store
	unit   work.Unit
	ledger *ledger.Ledger
	key    []byte
	now    func() time.Time
	rooms  []Room
}

// New makes the service. key signs tokens and has at least 32 bytes.
func New(store Store, unit work.Unit, l *ledger.Ledger, key []byte, now func() time.Time) *Service {
	return &Service{store: store, unit: unit, ledger: l, key: key, now: now}
}

// Register adds a room that is asked at erasure and export. Rooms are asked
// in the order in which they were registered.
func (s *Service) Register(r Room) { s.rooms = append(s.rooms, r) }

// Arrive takes a person into a campaign and gives the token that they are
// known by. existing is the participant that the person already is, or "".
func (s *Service) Arrive(ctx context.Context, existing string, a Arriving) (Participant, string, error) {
	band, err := s.band(a)
	if err != nil {
		return Participant{}, "", err
	}
	if missing := without(a.Required, a.Consents); len(missing) > 0 {
		f := fault.New(fault.Invalid, "consent_missing", "To take part, please agree to: %v.", missing).With("purpose", missing[0])
		for _, m := range missing {
			f.Fields = append(f.Fields, fault.Field{Path: "consents", Code: "consent_missing", Message: "Consent to " + m + " is needed."})
		}
		return Participant{}, "", f
	}
	known := append(slices.Clone(a.Required), a.Optional...)
	if strange := without(a.Consents, known); len(strange) > 0 {
		return Participant{}, "", fault.New(fault.Invalid, "consent_unknown", "This campaign does not ask for consent to %q.", strange[0]).With("purpose", strange[0])
	}
	now := s.now()
	var p Participant
	err = s.unit.Do(ctx, func(ctx context.Context) error {
		p = Participant{ID: uuid.NewString(), Locale: a.Locale, AgeBand: band, CreatedAt: now}
		old, err := s.known(ctx, existing)
		switch {
		case err == nil:
			p = old
		case !fault.Is(err, fault.NotFound):
			return err
		default:
			if err := s.store.InsertParticipant(ctx, p); err != nil {
				return err
			}
		}
		if err := s.store.PutArrival(ctx, Arrival{ParticipantID: p.ID, Campaign: a.Campaign, Market: a.Market, TermsVersion: a.Version, At: now}); err != nil {
			return err
		}
		for _, c := range a.Consents {
			if err := s.store.PutConsent(ctx, Consent{ParticipantID: p.ID, Campaign: a.Campaign, Purpose: c, Version: a.Version, GivenAt: now}); err != nil {
				return err
			}
		}
		return s.ledger.Record(ctx, ledger.Decision{
			Action: "participant.arrived", Role: "participant", SubjectKind: "arrival", SubjectID: uuid.NewString(), Campaign: a.Campaign,
			Public:      map[string]string{"market": a.Market, "terms": a.Version, "age_band": string(band)},
			Private:     map[string]string{"participant": p.ID},
			Participant: p.ID,
		})
	})
	if err != nil {
		return Participant{}, "", err
	}
	return p, s.token(p.ID), nil
}

// known gives a participant who then stays until the unit ends.
func (s *Service) known(ctx context.Context, id string) (Participant, error) {
	if id == "" {
		return Participant{}, fault.Missing("participant")
	}
	if err := s.store.HoldParticipant(ctx, id); err != nil {
		return Participant{}, err
	}
	return s.store.Participant(ctx, id)
}

// Present is a fault with code "session_ended" if a participant has left. If
// not, they don't leave before the current unit of work ends, so that nothing
// of theirs is written after everything was erased.
func (s *Service) Present(ctx context.Context, participantID string) error {
	err := s.store.HoldParticipant(ctx, participantID)
	if fault.Is(err, fault.NotFound) {
		return hasLeft()
	}
	return err
}

func hasLeft() error {
	return fault.New(fault.Unauthenticated, "session_ended", "You left this campaign and your data was erased. You may join again.")
}

func (s *Service) band(a Arriving) (AgeBand, error) {
	band := a.AgeBand
	if a.BirthYear != 0 {
		year := s.now().UTC().Year()
		if a.BirthYear < year-120 || a.BirthYear > year {
			return "", fault.New(fault.Invalid, "birth_year_invalid", "Please give the year you were born in, such as 1990.")
		}
		// The year gives the exact limit, where a band could only be coarse.
		if year-a.BirthYear-1 < a.MinAge {
			return "", underAge(a.MinAge)
		}
		return BandOf(a.BirthYear, year), nil
	}
	if !band.Valid() {
		return "", fault.New(fault.Invalid, "age_missing", "Please say how old you are: your year of birth or an age band.")
	}
	if !reaches(band, a.MinAge) {
		return "", underAge(a.MinAge)
	}
	return band, nil
}

func underAge(min int) error {
	return fault.New(fault.Forbidden, "under_age", "You have to be at least %d to take part here. Nothing was kept.", min).With("min_age", min)
}

func (s *Service) token(id string) string {
	return secret.Sign(s.key, tokenUse, id, s.now().Add(TokenLife))
}

// ByToken gives the participant that a token belongs to.
func (s *Service) ByToken(ctx context.Context, token string) (Participant, error) {
	if token == "" {
		return Participant{}, fault.New(fault.Unauthenticated, "no_participant", "Please open the campaign's page and join first.")
	}
	id, err := secret.Open(s.key, tokenUse, token, s.now())
	switch {
	case errors.Is(err, secret.ErrExpired):
		return Participant{}, fault.New(fault.Unauthenticated, "session_expired", "It has been a long time. Please join again, or come back by your private link.")
	case err != nil:
		return Participant{}, fault.New(fault.Unauthenticated, "session_forged", "This browser's pass is not one of ours. Please join again.")
	}
	p, err := s.store.Participant(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return Participant{}, hasLeft() // we signed the token, so they were here
	}
	return p, err
}

// Link makes a private link's secret, which leads back to one's works.
func (s *Service) Link(ctx context.Context, participantID string) (string, time.Time, error) {
	word := secret.New("ml_")
	now := s.now()
	l := Link{Hash: secret.Hash(word), ParticipantID: participantID, CreatedAt: now, ExpiresAt: now.Add(linkLife)}
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Present(ctx, participantID); err != nil {
			return err
		}
		return s.store.InsertLink(ctx, l)
	})
	return word, l.ExpiresAt, err
}

// Return exchanges a private link's secret for a token. A link may be used on
// several devices until it expires or the participant leaves.
func (s *Service) Return(ctx context.Context, word string) (Participant, string, error) {
	unknown := fault.New(fault.Unauthenticated, "link_unknown", "This private link has expired or is not whole.")
	l, err := s.store.Link(ctx, secret.Hash(word))
	if fault.Is(err, fault.NotFound) {
		return Participant{}, "", unknown
	}
	if err != nil {
		return Participant{}, "", err
	}
	if !s.now().Before(l.ExpiresAt) {
		return Participant{}, "", unknown
	}
	p, err := s.store.Participant(ctx, l.ParticipantID)
	if fault.Is(err, fault.NotFound) {
		return Participant{}, "", unknown
	}
	if err != nil {
		return Participant{}, "", err
	}
	return p, s.token(p.ID), nil
}

// Arrival gives how a participant arrived at a campaign, and the consents that
// stand; NotFound if they have not.
func (s *Service) Arrival(ctx context.Context, participant, campaign string) (Arrival, []Consent, error) {
	a, err := s.store.Arrival(ctx, participant, campaign)
	if err != nil {
		return Arrival{}, nil, err
	}
	all, err := s.store.Consents(ctx, participant, campaign)
	if err != nil {
		return Arrival{}, nil, err
	}
	standing := slices.DeleteFunc(all, func(c Consent) bool { return !c.WithdrawnAt.IsZero() })
	return a, standing, nil
}

// SetConsents makes exactly the named consents stand. Withdrawing a required
// one is refused: who withdraws it leaves, by Leave.
func (s *Service) SetConsents(ctx context.Context, participant string, t Terms, consents []string) error {
	if missing := without(t.Required, consents); len(missing) > 0 {
		return fault.New(fault.Conflict, "consent_needed", "Taking part needs this consent. To withdraw it, erase your works and leave.").With("purpose", missing[0])
	}
	known := append(slices.Clone(t.Required), t.Optional...)
	if strange := without(consents, known); len(strange) > 0 {
		return fault.New(fault.Invalid, "consent_unknown", "This campaign does not ask for consent to %q.", strange[0]).With("purpose", strange[0])
	}
	return s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.Present(ctx, participant); err != nil {
			return err
		}
		have, err := s.store.Consents(ctx, participant, t.Campaign)
		if err != nil {
			return err
		}
		now := s.now()
		for _, purpose := range known {
			i := slices.IndexFunc(have, func(c Consent) bool { return c.Purpose == purpose })
			stands := i >= 0 && have[i].WithdrawnAt.IsZero()
			wanted := slices.Contains(consents, purpose)
			if stands == wanted {
				continue
			}
			c := Consent{ParticipantID: participant, Campaign: t.Campaign, Purpose: purpose, Version: t.Version, GivenAt: now}
			action := "consent.given"
			if !wanted {
				c = have[i]
				c.WithdrawnAt = now
				action = "consent.withdrawn"
			}
			if err := s.store.PutConsent(ctx, c); err != nil {
				return err
			}
			if err := s.ledger.Record(ctx, ledger.Decision{
				Action: action, Role: "participant", SubjectKind: "consent", SubjectID: uuid.NewString(), Campaign: t.Campaign,
				Public:  map[string]string{"purpose": purpose, "terms": t.Version},
				Private: map[string]string{"participant": participant}, Participant: participant,
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Leave erases everything that is kept of a participant, in every room.
func (s *Service) Leave(ctx context.Context, participantID string) error {
	return s.unit.Do(ctx, func(ctx context.Context) error {
		// The participant goes first: what others write for them meanwhile is
		// either there by then, or refused.
		if err := s.store.DeleteParticipant(ctx, participantID); err != nil {
			return err
		}
		for _, r := range s.rooms {
			if err := r.ErasePersonal(ctx, participantID); err != nil {
				return err
			}
		}
		if err := s.ledger.Forget(ctx, participantID); err != nil {
			return err
		}
		return s.ledger.Record(ctx, ledger.Decision{Action: "participant.erased", Role: "participant", SubjectKind: "erasure", SubjectID: uuid.NewString()})
	})
}

// Export gives everything that is kept of a participant, ready for JSON.
func (s *Service) Export(ctx context.Context, participantID string) (map[string]any, error) {
	p, err := s.store.Participant(ctx, participantID)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"participant": map[string]any{
		"id": p.ID, "locale": p.Locale, "age_band": p.AgeBand, "created_at": p.CreatedAt,
	}}
	if out["arrivals"], err = s.exportArrivals(ctx, participantID); err != nil {
		return nil, err
	}
	for _, r := range s.rooms {
		name, value, err := r.ExportPersonal(ctx, participantID)
		if err != nil {
			return nil, err
		}
		out[name] = value
	}
	return out, nil
}

func (s *Service) exportArrivals(ctx context.Context, participantID string) ([]map[string]any, error) {
	arrivals, err := s.store.Arrivals(ctx, participantID)
	if err != nil {
		return nil, err
	}
	out := []map[string]any{}
	for _, a := range arrivals {
		consents, err := s.store.Consents(ctx, participantID, a.Campaign)
		if err != nil {
			return nil, err
		}
		given := []map[string]any{}
		for _, c := range consents {
			one := map[string]any{"purpose": c.Purpose, "version": c.Version, "given_at": c.GivenAt}
			if !c.WithdrawnAt.IsZero() {
				one["withdrawn_at"] = c.WithdrawnAt
			}
			given = append(given, one)
		}
		out = append(out, map[string]any{
			"campaign": a.Campaign, "market": a.Market, "terms_version": a.TermsVersion, "at": a.At, "consents": given,
		})
	}
	return out, nil
}

// without gives the words of a that are not in b.
func without(a, b []string) []string {
	var out []string
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
