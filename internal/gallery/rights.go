package gallery

import (
	"context"
	"slices"
	"time"

	"marquee/internal/brand"
	"marquee/internal/campaign"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/ledger"
)

// JobRights is the job that takes works out of sight whose rights have ended,
// and back where there are rights again.
const JobRights = "gallery.rights"

// sweepPage is how many entries are moved in one unit of work.
const sweepPage = 50

// Asset is a thing of the kit that an entry shows: Kind is "mark" or "sticker".
type Asset struct{ Kind, ID string }

// assetsOf are the marks and the stickers on a composition, each once.
func assetsOf(doc compose.Document) []Asset {
	var out []Asset
	for _, l := range doc.Layers {
		a := Asset{string(l.Kind), l.Mark}
		if l.Kind == compose.Sticker {
			a.ID = l.Sticker
		}
		if (l.Kind == compose.Mark || l.Kind == compose.Sticker) && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// Swept counts what a sweep did.
type Swept struct{ Hidden, Shown int }

// Handlers are the jobs that a worker runs for the gallery, by kind.
func (s *Service) Handlers() map[string]func(ctx context.Context, args []byte) error {
	return map[string]func(context.Context, []byte) error{
		JobRights: func(ctx context.Context, _ []byte) error {
			_, err := s.SweepRights(ctx)
			return err
		},
	}
}

// SweepSoon has the rights swept by a worker, once however often it is asked.
func (s *Service) SweepSoon(ctx context.Context) error {
	return s.Unit.Do(ctx, func(ctx context.Context) error {
		return s.Jobs.Enqueue(ctx, JobRights, []byte("{}"), "all")
	})
}

// SweepRights hides what is public in any campaign with a mark or a sticker
// whose rights have ended, where the kit wants that, and shows again what is
// hidden and has the rights. It is the kit's version that the campaign is on
// now that says so. To run it twice does nothing twice.
func (s *Service) SweepRights(ctx context.Context) (Swept, error) {
	all, err := s.Campaigns.List(ctx)
	if err != nil {
		return Swept{}, err
	}
	var sum Swept
	for _, rec := range all {
		kit, err := s.Campaigns.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
		if err != nil {
			return sum, err
		}
		over := map[Asset]brand.Expiry{}
		for _, e := range kit.Expiring(s.Now()) {
			if e.Over && e.Hide {
				over[Asset{e.Kind, e.ID}] = e
			}
		}
		for a, e := range over {
			n, err := s.hideAll(ctx, rec, a, e)
			sum.Hidden += n
			if err != nil {
				return sum, err
			}
		}
		n, err := s.showAgain(ctx, rec, over)
		sum.Shown += n
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// hideAll hides what a campaign shows of an asset.
func (s *Service) hideAll(ctx context.Context, rec campaign.Record, a Asset, e brand.Expiry) (n int, err error) {
	return s.eachPage(ctx, func(after string) ([]Entry, error) {
		return s.Store.Showing(ctx, rec.Slug, a, Published, after, sweepPage)
	}, func(ctx context.Context, entry Entry) (bool, error) {
		return s.turn(ctx, entry, Published, Hidden, map[string]string{
			"kind": a.Kind, "asset": a.ID, "kit": rec.File.Kit + "@" + rec.File.KitVersion, "ended": e.Ends.Format(time.RFC3339),
		})
	})
}

// showAgain shows what is hidden though none of its assets has to be.
func (s *Service) showAgain(ctx context.Context, rec campaign.Record, over map[Asset]brand.Expiry) (n int, err error) {
	return s.eachPage(ctx, func(after string) ([]Entry, error) {
		return s.Store.InState(ctx, rec.Slug, Hidden, after, sweepPage)
	}, func(ctx context.Context, entry Entry) (bool, error) {
		assets, err := s.Store.AssetsOf(ctx, entry.ID)
		if err != nil || slices.ContainsFunc(assets, func(a Asset) bool { _, ended := over[a]; return ended }) {
			return false, err
		}
		return s.turn(ctx, entry, Hidden, Published, map[string]string{"kit": rec.File.Kit + "@" + rec.File.KitVersion})
	})
}

// eachPage reads pages of entries by their ids and does something with each, a
// page in one unit of work; it counts where that changed anything.
func (s *Service) eachPage(ctx context.Context, read func(after string) ([]Entry, error), do func(context.Context, Entry) (bool, error)) (n int, err error) {
	for after := ""; ; {
		page, err := read(after)
		if err != nil || len(page) == 0 {
			return n, err
		}
		changed := 0
		err = s.Unit.Do(ctx, func(ctx context.Context) error {
			changed = 0 // it may run again
			for _, e := range page {
				ok, err := do(ctx, e)
				if err != nil {
					return err
				}
				if ok {
					changed++
				}
			}
			return nil
		})
		if err != nil {
			return n, err
		}
		n += changed
		after = page[len(page)-1].ID
	}
}

// turn takes an entry and its creation out of sight, or back, in the current
// unit; false if somebody moved them meanwhile.
func (s *Service) turn(ctx context.Context, e Entry, from, to State, why map[string]string) (bool, error) {
	ok, err := s.Store.MoveEntry(ctx, e.ID, to, e.Reason, e.PublishedAt, from)
	if err != nil || !ok {
		return false, err
	}
	states := map[State]create.CreationState{Published: create.Published, Hidden: create.Hidden}
	if ok, err = s.Create.Store.MoveCreation(ctx, e.CreationID, states[to], s.Now(), states[from]); err != nil {
		return false, err
	}
	s.changed(ctx)
	if err := s.purge(ctx, e); err != nil {
		return false, err
	}
	action := map[State]string{Hidden: "entry.hidden", Published: "entry.shown_again"}[to]
	return true, s.Ledger.Record(ctx, ledger.Decision{
		Action: action, Role: "system", SubjectKind: "entry", SubjectID: e.ID, Campaign: e.Campaign, Public: why,
	})
}

// resting is told of a work that is hidden.
func resting() error {
	return fault.New(fault.NotFound, "work_resting", "This work is out of sight for now: the right to show one of its marks has ended.")
}
