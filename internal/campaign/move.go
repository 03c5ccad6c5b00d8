package campaign

import (
	"context"
	"encoding/json"
	"fmt"

	"marquee/internal/account"
	"marquee/internal/asset"
	"marquee/internal/fault"
	"marquee/internal/ledger"
)

// MoveKit moves a campaign to another version of its kit, newer or older. Until
// somebody does, a campaign stays on the version that it was made with. The
// marks that the campaign offers have to be in it. Staff have to be producers.
func (s *Service) MoveKit(ctx context.Context, staff account.Actor, slug, version string) (Record, error) {
	if !staff.Role.Covers(account.Producer) {
		return Record{}, fault.New(fault.Forbidden, "role_too_low", "This needs the role %q. Ask an admin of this installation.", account.Producer).
			With("role", string(account.Producer))
	}
	var out Record
	err := s.unit.Do(ctx, func(ctx context.Context) error {
		rec, err := s.Movable(ctx, slug, version)
		if err != nil {
			return err
		}
		f := rec.File
		f.KitVersion = version
		if err := s.mustPass(ctx, f); err != nil {
			return err
		}
		ok, err := s.store.UpdateCampaign(ctx, Record{Slug: slug, State: rec.State, File: f, UpdatedAt: s.now()}, rec.Revision)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "changed_meanwhile", "Somebody changed this campaign meanwhile. Load it again; your text is still here.")
		}
		if out, err = s.store.Campaign(ctx, slug); err != nil {
			return err
		}
		data, err := json.Marshal(out.File)
		if err != nil {
			return err
		}
		return s.ledger.Record(ctx, ledger.Decision{
			Action: "campaign.kit_moved", Role: string(staff.Role), SubjectKind: "campaign", SubjectID: slug, Campaign: slug,
			Public: map[string]string{
				"kit": f.Kit, "from": rec.File.KitVersion, "to": version, "revision": fmt.Sprint(out.Revision), "sha256": asset.Sum(data),
			},
			Private: map[string]string{"by": staff.ID},
		})
	})
	return out, err
}

// Movable gives a campaign that can be moved to a version of its kit; a fault
// if there is no such version, or if it is on it already.
func (s *Service) Movable(ctx context.Context, slug, version string) (Record, error) {
	rec, err := s.Get(ctx, slug)
	if err != nil {
		return Record{}, err
	}
	if rec.File.KitVersion == version {
		return Record{}, fault.New(fault.Conflict, "kit_version_same", "The campaign is on this version of the kit already.")
	}
	if _, err := s.store.Kit(ctx, rec.File.Kit, version); fault.Is(err, fault.NotFound) {
		return Record{}, fault.New(fault.Invalid, "kit_unknown", "There is no such version of the kit. Add it first.")
	} else if err != nil {
		return Record{}, err
	}
	return rec, nil
}
