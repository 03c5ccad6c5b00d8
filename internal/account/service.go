package account

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/secret"
	"marquee/internal/work"
)

// How long things last.
const (
	inviteLife  = 72 * time.Hour
	sessionLife = 12 * time.Hour
)

// System is the actor of the command line and of the program itself.
var System = Actor{Kind: "system", ID: "system", Name: "command line", Role: Admin}

// Service is what the rest of the house asks about staff.
type Service struct {
	store  Store
	unit   work.Unit
	ledger *ledger.Ledger
	now    func() time.Time
}

// New makes the service.
func New(store Store, unit work.Unit, l *ledger.Ledger, now func() time.Time) *Service {
	return &Service{store, unit, l, now}
}

// Invite makes a single-use sign-in link's secret for a role. It lasts three days.
func (s *Service) Invite(ctx context.Context, role Role, by Actor) (string, time.Time, error) {
	if !role.Valid() {
		return "", time.Time{}, roleUnknown(role)
	}
	word := secret.New("mi_")
	now := s.now()
	i := Invite{Hash: secret.Hash(word), Role: role, CreatedAt: now, ExpiresAt: now.Add(inviteLife)}
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.store.InsertInvite(ctx, i); err != nil {
			return err
		}
		return s.record(ctx, by, "staff.invited", "invite", i.Hash[:12], map[string]string{"role": string(role)})
	})
	return word, i.ExpiresAt, err
}

// FirstInvite makes an admin's invite while nobody has signed in; needed is
// false, and the secret empty, once somebody has.
func (s *Service) FirstInvite(ctx context.Context) (word string, needed bool, err error) {
	people, err := s.store.People(ctx)
	if err != nil || len(people) > 0 {
		return "", false, err
	}
	word, _, err = s.Invite(ctx, Admin, System)
	return word, err == nil, err
}

// SignIn uses an invite: it makes the person and a session, and gives the
// session's token.
func (s *Service) SignIn(ctx context.Context, word, name string) (token string, p Person, err error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > 80 {
		return "", Person{}, fault.New(fault.Invalid, "staff_name_invalid", "Please give your name, in at most 80 characters.")
	}
	token = secret.New("ms_")
	err = s.unit.Do(ctx, func(ctx context.Context) error {
		now := s.now()
		i, err := s.store.UseInvite(ctx, secret.Hash(word), now)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Unauthenticated, "invite_unknown", "This sign-in link was used, has expired, or is not whole. Ask for a new one: marquee staff invite.")
		}
		if err != nil {
			return err
		}
		p = Person{ID: uuid.Must(uuid.NewV7()).String(), Name: name, Role: i.Role, CreatedAt: now}
		if err := s.store.InsertPerson(ctx, p); err != nil {
			return err
		}
		if err := s.store.InsertSession(ctx, Session{Hash: secret.Hash(token), PersonID: p.ID, CreatedAt: now, ExpiresAt: now.Add(sessionLife)}); err != nil {
			return err
		}
		return s.record(ctx, Actor{Role: p.Role}, "staff.signed_in", "person", p.ID, nil)
	})
	return token, p, err
}

// BySession gives who a session's token belongs to.
func (s *Service) BySession(ctx context.Context, token string) (Actor, error) {
	ended := fault.New(fault.Unauthenticated, "staff_session_ended", "Your session has ended. Please sign in again with a new link.")
	se, err := s.store.Session(ctx, secret.Hash(token))
	if fault.Is(err, fault.NotFound) {
		return Actor{}, ended
	}
	if err != nil {
		return Actor{}, err
	}
	if !s.now().Before(se.ExpiresAt) {
		return Actor{}, ended
	}
	p, err := s.store.Person(ctx, se.PersonID)
	if err != nil {
		return Actor{}, err
	}
	if !p.EndedAt.IsZero() {
		return Actor{}, ended
	}
	return Actor{Kind: "staff", ID: p.ID, Name: p.Name, Role: p.Role}, nil
}

// SessionLife is how long a session lasts from sign-in.
func SessionLife() time.Duration { return sessionLife }

// SignOut ends a session; an unknown one is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.unit.Do(ctx, func(ctx context.Context) error {
		return s.store.DeleteSession(ctx, secret.Hash(token))
	})
}

// CreateKey makes an API key. Its secret is given once and not kept.
func (s *Service) CreateKey(ctx context.Context, name string, role Role, by Actor) (string, Key, error) {
	if !role.Valid() {
		return "", Key{}, roleUnknown(role)
	}
	if name = strings.TrimSpace(name); name == "" {
		name = string(role)
	}
	if utf8.RuneCountInString(name) > 80 {
		return "", Key{}, fault.New(fault.Invalid, "key_name_too_long", "A key's name has at most 80 characters.")
	}
	word := secret.New("mk_")
	k := Key{ID: uuid.Must(uuid.NewV7()).String(), Hash: secret.Hash(word), Name: name, Role: role, CreatedAt: s.now()}
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.store.InsertKey(ctx, k); err != nil {
			return err
		}
		return s.record(ctx, by, "key.created", "key", k.ID, map[string]string{"role": string(role)})
	})
	return word, k, err
}

// ByKey gives who an API key's secret belongs to.
func (s *Service) ByKey(ctx context.Context, word string) (Actor, error) {
	unknown := fault.New(fault.Unauthenticated, "key_unknown", "This API key is unknown or was revoked.")
	k, err := s.store.Key(ctx, secret.Hash(word))
	if fault.Is(err, fault.NotFound) {
		return Actor{}, unknown
	}
	if err != nil {
		return Actor{}, err
	}
	if !k.RevokedAt.IsZero() {
		return Actor{}, unknown
	}
	return Actor{Kind: "key", ID: k.ID, Name: k.Name, Role: k.Role}, nil
}

// Keys lists API keys, revoked ones included.
func (s *Service) Keys(ctx context.Context) ([]Key, error) { return s.store.Keys(ctx) }

// RevokeKey ends an API key at once.
func (s *Service) RevokeKey(ctx context.Context, id string, by Actor) error {
	return s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.store.RevokeKey(ctx, id, s.now()); err != nil {
			return err
		}
		return s.record(ctx, by, "key.revoked", "key", id, nil)
	})
}

// People lists the staff, those who left included.
func (s *Service) People(ctx context.Context) ([]Person, error) { return s.store.People(ctx) }

// End ends a person's access and all their sessions.
func (s *Service) End(ctx context.Context, id string, by Actor) error {
	return s.unit.Do(ctx, func(ctx context.Context) error {
		if err := s.store.EndPerson(ctx, id, s.now()); err != nil {
			return err
		}
		return s.record(ctx, by, "staff.ended", "person", id, nil)
	})
}

func (s *Service) record(ctx context.Context, by Actor, action, kind, id string, public map[string]string) error {
	return s.ledger.Record(ctx, ledger.Decision{Action: action, Role: string(by.Role), SubjectKind: kind, SubjectID: id, Public: public})
}

func roleUnknown(r Role) error {
	return fault.New(fault.Invalid, "role_unknown", "There is no role %q. Choose reviewer, producer or admin.", r).With("role", string(r))
}
