package registry

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/work"
)

// Deps are what the service is made of.
type Deps struct {
	Store  Store
	Unit   work.Unit
	Ledger *ledger.Ledger
	// Seal is the key that providers' keys are sealed with, 32 bytes.
	Seal []byte
	Now  func() time.Time
	Log  *slog.Logger
}

// Service is the register.
type Service struct {
	d Deps

	mu    sync.Mutex
	known *snapshot
}

// New makes the service.
func New(d Deps) *Service { return &Service{d: d} }

// snapshot is the register as it was read a moment ago.
type snapshot struct {
	models   []Model
	canaries []Canary
	keys     map[string]SealedKey
	at       time.Time
}

// fresh is how long what was read is taken for what is: so long it takes until
// a change on another node holds here.
const fresh = 3 * time.Second

// modelsMax bounds the register.
const modelsMax = 1000

func (s *Service) read(ctx context.Context) (*snapshot, error) {
	s.mu.Lock()
	known := s.known
	s.mu.Unlock()
	if known != nil {
		if age := s.d.Now().Sub(known.at); age >= 0 && age < fresh {
			return known, nil
		}
	}
	out := &snapshot{at: s.d.Now(), keys: map[string]SealedKey{}}
	var err error
	if out.models, err = s.d.Store.Models(ctx, modelsMax); err != nil {
		return nil, err
	}
	if out.canaries, err = s.d.Store.Canaries(ctx); err != nil {
		return nil, err
	}
	keys, err := s.d.Store.SealedKeys(ctx)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		out.keys[k.Provider] = k
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = out
	return out, nil
}

// forget has the register read anew.
func (s *Service) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
}

// do runs a change in a unit, after which the register is read anew.
func (s *Service) do(ctx context.Context, f func(ctx context.Context) error) error {
	defer s.forget()
	return s.d.Unit.Do(ctx, f)
}

// Usable gives the entry of a model; false if it may not be used. The first
// version of a model that nobody has entered is entered as approved by the
// configuration: whoever set it up chose it. Each further version waits for an
// approval.
func (s *Service) Usable(ctx context.Context, provider, name, version string) (Model, bool, error) {
	all, err := s.read(ctx)
	if err != nil {
		return Model{}, false, err
	}
	m, found, others := find(all.models, provider, name, version)
	if found {
		return m, m.State == Approved, nil
	}
	m = Model{
		ID: uuid.Must(uuid.NewV7()).String(), Provider: provider, Name: name, Version: version, State: Proposed,
		AddedBy: Configuration, AddedAt: s.d.Now(), Data: []string{},
	}
	if !others {
		m.State, m.ApprovedBy, m.ApprovedAt = Approved, Configuration, m.AddedAt
	}
	err = s.do(ctx, func(ctx context.Context) error {
		added, err := s.d.Store.InsertModel(ctx, m)
		if err != nil || !added {
			return err
		}
		return s.record(ctx, "model."+string(m.State), "system", m)
	})
	if err != nil {
		return Model{}, false, err
	}
	// Another node may have been quicker, and known more.
	if all, err = s.read(ctx); err != nil {
		return Model{}, false, err
	}
	m, _, _ = find(all.models, provider, name, version)
	return m, m.State == Approved, nil
}

// find gives the entry of a version, and whether the model has other ones.
func find(all []Model, provider, name, version string) (m Model, found, others bool) {
	for _, o := range all {
		if o.Provider != provider || o.Name != name {
			continue
		}
		if o.Version == version {
			return o, true, true
		}
		others = true
	}
	return Model{}, false, others
}

// Models lists the register.
func (s *Service) Models(ctx context.Context) ([]Model, error) {
	return s.d.Store.Models(ctx, modelsMax)
}

var data = []string{"prompts", "pictures", "photos", "dialogue"}

// Add enters a version of a model, which then waits for an approval. A Conflict
// with code "model_there" if it is entered already.
func (s *Service) Add(ctx context.Context, m Model, by, role string) (Model, error) {
	if err := m.check(); err != nil {
		return Model{}, err
	}
	m.ID, m.State, m.AddedBy, m.AddedAt = uuid.Must(uuid.NewV7()).String(), Proposed, by, s.d.Now()
	m.ApprovedBy, m.ApprovedAt, m.RetiredAt = "", time.Time{}, time.Time{}
	err := s.do(ctx, func(ctx context.Context) error {
		added, err := s.d.Store.InsertModel(ctx, m)
		if err != nil {
			return err
		}
		if !added {
			return fault.New(fault.Conflict, "model_there", "This version of the model is in the register already.")
		}
		return s.record(ctx, "model.proposed", role, m)
	})
	return m, err
}

func (m Model) check() error {
	for what, text := range map[string]string{"a provider": m.Provider, "a name": m.Name, "a version": m.Version, "a licence": m.Licence, "terms": m.Terms} {
		if strings.TrimSpace(text) == "" {
			return fault.New(fault.Invalid, "model_incomplete", "A model in the register needs %s.", what)
		}
	}
	for _, text := range []string{m.Provider, m.Name, m.Version, m.Licence, m.Terms, m.Region, m.Limits, m.Risks} {
		if len(text) > 4000 {
			return fault.New(fault.Invalid, "model_incomplete", "Each text has at most 4000 characters.")
		}
	}
	for _, d := range m.Data {
		if !slices.Contains(data, d) {
			return fault.New(fault.Invalid, "model_incomplete", "What may be sent is one of %s.", strings.Join(data, ", "))
		}
	}
	if m.Price != nil {
		if err := m.Price.Check(); err != nil {
			return fault.New(fault.Invalid, "model_incomplete", "The price: %s.", err.Error())
		}
	}
	return nil
}

// Approve lets a model be used. It takes another person than who entered it.
func (s *Service) Approve(ctx context.Context, id, by, role string) (Model, error) {
	return s.move(ctx, id, by, role, Approved, Proposed, Retired)
}

// Retire has a model not be used any more; calls that are out go on.
func (s *Service) Retire(ctx context.Context, id, by, role string) (Model, error) {
	return s.move(ctx, id, by, role, Retired, Proposed, Approved)
}

func (s *Service) move(ctx context.Context, id, by, role string, to State, from ...State) (m Model, err error) {
	err = s.do(ctx, func(ctx context.Context) error {
		if m, err = s.d.Store.Model(ctx, id); err != nil {
			return err
		}
		if to == Approved && m.AddedBy == by {
			return fault.New(fault.Conflict, "second_person_needed", "Another person than the one who entered a model approves it.")
		}
		m.State = to
		if to == Approved {
			m.ApprovedBy, m.ApprovedAt, m.RetiredAt = by, s.d.Now(), time.Time{}
		} else {
			m.RetiredAt = s.d.Now()
		}
		moved, err := s.d.Store.MoveModel(ctx, m, from...)
		if err != nil {
			return err
		}
		if !moved {
			return fault.New(fault.Conflict, "already_decided", "That has been decided already.")
		}
		return s.record(ctx, "model."+string(to), role, m)
	})
	return m, err
}

func (s *Service) record(ctx context.Context, action, role string, m Model) error {
	return s.d.Ledger.Record(ctx, ledger.Decision{
		Action: action, Role: role, SubjectKind: "model", SubjectID: m.ID,
		Public: map[string]string{"provider": m.Provider, "model": m.Name, "version": m.Version},
	})
}

// SetCanary begins to try a provider on a share of another's traffic.
func (s *Service) SetCanary(ctx context.Context, c Canary, role string) error {
	if c.Capability == "" || c.Incumbent == "" || c.Provider == "" || c.Provider == c.Incumbent ||
		c.Percent < 1 || c.Percent > 99 || c.Calls < 10 || c.Calls > 1_000_000 || c.Margin < 0 || c.Margin > 100 {
		return fault.New(fault.Invalid, "canary_invalid", "A canary takes 1 to 99 percent of another provider's requests, and is compared after 10 calls or more.")
	}
	c.Returned, c.OldCalls, c.OldFailed, c.NewCalls, c.NewFailed, c.StartedAt = false, 0, 0, 0, 0, s.d.Now()
	return s.do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.PutCanary(ctx, c); err != nil {
			return err
		}
		return s.recordCanary(ctx, "canary.begun", role, c)
	})
}

// EndCanary ends a trial; NotFound if there is none.
func (s *Service) EndCanary(ctx context.Context, capability, incumbent, role string) error {
	return s.do(ctx, func(ctx context.Context) error {
		if err := s.d.Store.DeleteCanary(ctx, capability, incumbent); err != nil {
			return err
		}
		return s.recordCanary(ctx, "canary.ended", role, Canary{Capability: capability, Incumbent: incumbent})
	})
}

// Canaries lists the trials.
func (s *Service) Canaries(ctx context.Context) ([]Canary, error) { return s.d.Store.Canaries(ctx) }

func (s *Service) recordCanary(ctx context.Context, action, role string, c Canary) error {
	return s.d.Ledger.Record(ctx, ledger.Decision{
		Action: action, Role: role, SubjectKind: "canary", SubjectID: c.Capability + "/" + c.Incumbent,
		Public: map[string]string{
			"provider": c.Provider, "percent": fmt.Sprint(c.Percent),
			"canary": fmt.Sprintf("%d of %d failed", c.NewFailed, c.NewCalls), "incumbent": fmt.Sprintf("%d of %d failed", c.OldFailed, c.OldCalls),
		},
	})
}

// Canary gives the provider that shall answer in place of a configured one:
// itself, or its canary for its share of the rolls from 0 to 99.
func (s *Service) Canary(ctx context.Context, capability, name string, roll int) (string, error) {
	all, err := s.read(ctx)
	if err != nil {
		return name, err
	}
	for _, c := range all.canaries {
		if c.Capability == capability && c.Incumbent == name && !c.Returned && roll < c.Percent {
			return c.Provider, nil
		}
	}
	return name, nil
}

// Watch is told how a call ended: "made", or the code of its fault. A canary
// that turns out worse than its incumbent gets no more traffic.
func (s *Service) Watch(ctx context.Context, capability, name, outcome string) {
	all, err := s.read(ctx)
	if err != nil {
		s.d.Log.WarnContext(ctx, "the canaries could not be read", "error", err)
		return
	}
	failed := int64(0)
	switch {
	case outcome == "made":
	case strings.HasPrefix(outcome, "provider_"), outcome == "answer_refused", outcome == "answer_stopped":
		failed = 1
	default:
		return // it had no part in it
	}
	for _, c := range all.canaries {
		if c.Capability != capability || c.Returned || name != c.Incumbent && name != c.Provider {
			continue
		}
		count := [4]int64{1, failed, 0, 0}
		if name == c.Provider {
			count = [4]int64{0, 0, 1, failed}
		}
		if err := s.count(ctx, c, count); err != nil {
			s.d.Log.WarnContext(ctx, "a canary could not be counted", "capability", capability, "provider", name, "error", err)
		}
	}
}

func (s *Service) count(ctx context.Context, c Canary, n [4]int64) error {
	returned := false
	err := s.d.Unit.Do(ctx, func(ctx context.Context) error {
		now, err := s.d.Store.CountCanary(ctx, c.Capability, c.Incumbent, n[0], n[1], n[2], n[3])
		if fault.Is(err, fault.NotFound) {
			return nil // ended meanwhile
		}
		if err != nil || now.Returned || !now.worse() {
			return err
		}
		if returned, err = s.d.Store.ReturnCanary(ctx, c.Capability, c.Incumbent); err != nil || !returned {
			return err
		}
		return s.recordCanary(ctx, "canary.returned", "system", now)
	})
	if returned && err == nil {
		s.forget()
		s.d.Log.WarnContext(ctx, "a canary does worse and gets no more requests", "capability", c.Capability, "provider", c.Provider, "incumbent", c.Incumbent)
	}
	return err
}
