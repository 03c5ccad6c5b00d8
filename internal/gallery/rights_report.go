package gallery

import (
	"context"
	"slices"
	"time"

	"marquee/internal/brand"
	"marquee/internal/campaign"
)

// Ending is an asset of a kit in use whose rights end soon, or have ended.
type Ending struct {
	brand.Expiry
	Kit, KitVersion string
	// Campaigns are the slugs of those that are on this version.
	Campaigns []string
}

// LapsedWork is an entry that shows an asset whose rights have ended.
type LapsedWork struct {
	Entry Entry
	Asset Asset
	// Ended is the first moment without rights, and Hide tells that the kit
	// wants what shows it out of sight.
	Ended time.Time
	Hide  bool
}

// RightsReport is what staff should know of rights.
type RightsReport struct {
	// Endings are in the order of their ends.
	Endings []Ending
	// Works are public still, or hidden because of it: staff decide on those
	// that are public.
	Works []LapsedWork
	// Whole tells that Works are all there are.
	Whole bool
}

// rightsTold bounds the works of a report for each campaign and asset.
const rightsTold = 50

// Rights tells which rights to assets of the kits in use have ended or end
// within a time, and what is in the galleries without them.
func (s *Service) Rights(ctx context.Context, within time.Duration) (RightsReport, error) {
	all, err := s.Campaigns.List(ctx)
	if err != nil {
		return RightsReport{}, err
	}
	out := RightsReport{Whole: true}
	now := s.Now()
	for _, rec := range all {
		kit, err := s.Campaigns.Kit(ctx, rec.File.Kit, rec.File.KitVersion)
		if err != nil {
			return out, err
		}
		// Expiring looks ExpiryNotice ahead: from another moment, as far as asked.
		for _, e := range kit.Expiring(now.Add(within - brand.ExpiryNotice)) {
			e.Over = !now.Before(e.Ends)
			out.ending(rec, e)
			if !e.Over {
				continue
			}
			if err := s.lapsed(ctx, &out, rec, e); err != nil {
				return out, err
			}
		}
	}
	slices.SortStableFunc(out.Endings, func(a, b Ending) int { return a.Ends.Compare(b.Ends) })
	return out, nil
}

// ending notes an asset once for each version of a kit.
func (r *RightsReport) ending(rec campaign.Record, e brand.Expiry) {
	for i := range r.Endings {
		if o := &r.Endings[i]; o.Expiry == e && o.Kit == rec.File.Kit && o.KitVersion == rec.File.KitVersion {
			o.Campaigns = append(o.Campaigns, rec.Slug)
			return
		}
	}
	r.Endings = append(r.Endings, Ending{e, rec.File.Kit, rec.File.KitVersion, []string{rec.Slug}})
}

func (s *Service) lapsed(ctx context.Context, r *RightsReport, rec campaign.Record, e brand.Expiry) error {
	a := Asset{e.Kind, e.ID}
	for _, state := range []State{Published, Hidden} {
		entries, err := s.Store.Showing(ctx, rec.Slug, a, state, "", rightsTold+1)
		if err != nil {
			return err
		}
		if len(entries) > rightsTold {
			entries, r.Whole = entries[:rightsTold], false
		}
		for _, entry := range entries {
			r.Works = append(r.Works, LapsedWork{entry, a, e.Ends, e.Hide})
		}
	}
	return nil
}
