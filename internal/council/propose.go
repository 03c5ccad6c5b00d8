package council

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"

	"marquee/internal/account"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/policy"
	"marquee/internal/work"
)

// Held is what a pack in force looks like to staff.
type Held struct {
	*policy.Pack
	// Builtin is true for a pack that came with Marquee.
	Builtin bool
	// Version is what staff brought in; zero for a built-in pack.
	Version Version
}

// InForce lists the packs that decide, in the order in which they are asked.
func (s *Service) InForce(ctx context.Context) ([]Held, error) {
	active, err := s.Store.ActivePacks(ctx)
	if err != nil {
		return nil, err
	}
	packs, err := assemble(active, nil)
	if err != nil {
		return nil, err
	}
	var out []Held
	for _, p := range packs.All() {
		h := Held{Pack: p, Builtin: true}
		if i := slices.IndexFunc(active, func(v Version) bool { return v.Pack == p.ID }); i >= 0 {
			h.Builtin, h.Version = false, active[i]
		}
		out = append(out, h)
	}
	return out, nil
}

// Versions lists what staff brought in, newest first.
func (s *Service) Versions(ctx context.Context) ([]Version, error) { return s.Store.PackVersions(ctx) }

// Propose takes a pack's file. It must be readable, compile beside the packs
// in force, and keep its own examples. The platform's pack comes with Marquee
// and can't be proposed. Faults: "pack_invalid" with a field for each problem,
// "pack_of_platform", "pack_known" if the version is there already.
func (s *Service) Propose(ctx context.Context, by account.Actor, body []byte) (Version, error) {
	if by.Kind != "staff" {
		return Version{}, aPerson()
	}
	p, err := policy.ReadPack(bytes.NewReader(body))
	if err != nil {
		return Version{}, invalid(err)
	}
	if p.Layer == policy.Platform {
		return Version{}, fault.New(fault.Forbidden, "pack_of_platform", "What holds for every campaign comes with Marquee. Please tighten it in a pack of the company.")
	}
	tried, err := p.Try()
	if err != nil {
		return Version{}, invalid(err)
	}
	var wrong []error
	for _, c := range tried {
		if c.Wrong != "" {
			wrong = append(wrong, policy.Problem{Where: "case " + c.Case, What: c.Wrong})
		}
	}
	if len(wrong) > 0 {
		return Version{}, invalid(errors.Join(wrong...))
	}
	v := Version{
		ID: uuid.Must(uuid.NewV7()).String(), Pack: p.ID, Number: p.Version, Layer: p.Layer, Body: body,
		State: Proposed, ProposedBy: by.ID, ProposedAt: s.Now(),
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		have, err := s.Store.PackVersions(ctx)
		if err != nil {
			return err
		}
		for _, h := range have {
			if h.Pack == v.Pack && h.Number == v.Number && h.State != Withdrawn {
				return fault.New(fault.Conflict, "pack_known", "Version %s of this pack is there already. Please give it a new number.", v.Number)
			}
		}
		if err := s.Store.InsertPackVersion(ctx, v); err != nil {
			return err
		}
		return s.record(ctx, "policy.proposed", by, v)
	})
	return v, err
}

// invalid tells each problem of a pack as a field.
func invalid(err error) error {
	f := fault.New(fault.Invalid, "pack_invalid", "This policy pack can't be used as it is.").Because(err)
	for _, p := range problems(err) {
		f.Fields = append(f.Fields, fault.Field{Path: p.Where, Code: "pack_invalid", Message: p.What})
	}
	return f
}

func problems(err error) (out []policy.Problem) {
	switch e := err.(type) {
	case policy.Problem:
		return []policy.Problem{e}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			out = append(out, problems(one)...)
		}
	}
	return out
}

// Confirm puts a proposed version into force in place of the one before. It
// takes another person than the one who proposed it. Faults: "second_person",
// "pack_decided".
func (s *Service) Confirm(ctx context.Context, by account.Actor, id string) (Version, error) {
	return s.decide(ctx, by, id, "policy.confirmed", func(ctx context.Context, v *Version) error {
		if v.State != Proposed {
			return decided()
		}
		if v.ProposedBy == by.ID {
			return fault.New(fault.Forbidden, "second_person", "A second person has to confirm what you proposed.")
		}
		if err := s.Store.ReplacePack(ctx, v.Pack, by.ID, s.Now()); err != nil {
			return err
		}
		return s.move(ctx, v, Active, by)
	})
}

// Withdraw takes a proposal back, or a version out of force. What is in force
// is withdrawn by another person than the one who confirmed it, so that this
// too takes two.
func (s *Service) Withdraw(ctx context.Context, by account.Actor, id string) (Version, error) {
	return s.decide(ctx, by, id, "policy.withdrawn", func(ctx context.Context, v *Version) error {
		switch v.State {
		case Proposed:
		case Active:
			if v.DecidedBy == by.ID {
				return fault.New(fault.Forbidden, "second_person", "Another person than the one who put it into force has to take it out.")
			}
		default:
			return decided()
		}
		return s.move(ctx, v, Withdrawn, by)
	})
}

// aPerson refuses keys: who holds a key can't be told from its maker, and two
// people decide on a pack.
func aPerson() error {
	return fault.New(fault.Forbidden, "person_needed", "A person has to do this, signed in to the Studio; a key can't.")
}

func decided() error {
	return fault.New(fault.Conflict, "pack_decided", "Somebody has decided on this version already.")
}

func (s *Service) move(ctx context.Context, v *Version, to State, by account.Actor) error {
	ok, err := s.Store.MovePackVersion(ctx, v.ID, v.State, to, by.ID, s.Now())
	if err == nil && !ok {
		err = decided()
	}
	v.State, v.DecidedBy, v.DecidedAt = to, by.ID, s.Now()
	return err
}

func (s *Service) decide(ctx context.Context, by account.Actor, id, action string, f func(context.Context, *Version) error) (v Version, err error) {
	if by.Kind != "staff" {
		return v, aPerson()
	}
	err = s.Unit.Do(ctx, func(ctx context.Context) error {
		if v, err = s.Store.PackVersion(ctx, id); err != nil {
			return err
		}
		if err := f(ctx, &v); err != nil {
			return err
		}
		work.AfterCommit(ctx, s.forget)
		return s.record(ctx, action, by, v)
	})
	return v, err
}

func (s *Service) record(ctx context.Context, action string, by account.Actor, v Version) error {
	return s.Ledger.Record(ctx, ledger.Decision{
		Action: action, Role: string(by.Role), SubjectKind: "policy_pack", SubjectID: v.ID,
		Public: map[string]string{"pack": v.Pack, "version": v.Number, "layer": string(v.Layer)},
	})
}

// DryRun tells what a proposed version would have done to the newest decisions,
// of a campaign or of all, beside the packs in force. It looks at up to 20,000.
func (s *Service) DryRun(ctx context.Context, id, campaign string) (*policy.Shift, error) {
	v, err := s.Store.PackVersion(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := policy.ReadPack(bytes.NewReader(v.Body))
	if err != nil {
		return nil, invalid(err)
	}
	return s.DryRunPack(ctx, p, campaign)
}

// DryRunPack is DryRun for a pack that nobody has proposed yet.
func (s *Service) DryRunPack(ctx context.Context, p *policy.Pack, campaign string) (*policy.Shift, error) {
	active, err := s.Store.ActivePacks(ctx)
	if err != nil {
		return nil, err
	}
	before, err := assemble(active, nil)
	if err != nil {
		return nil, err
	}
	after, err := assemble(active, p)
	if err != nil {
		return nil, invalid(err)
	}
	past, err := s.Store.PastInputs(ctx, campaign, pastMax)
	if err != nil {
		return nil, err
	}
	shift := policy.NewShift()
	for _, one := range past {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		shift.Add(before, after, one.Input)
	}
	return shift, nil
}
