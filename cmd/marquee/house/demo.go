package house

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"time"

	"marquee/brands"
	"marquee/internal/campaign"
	"marquee/internal/fault"
)

// DemoBrand is the brand that comes with every installation, all original.
const DemoBrand = "lumipine"

// Demo loads the demonstration brand and its campaigns, as the setting says.
// It gives the slugs of the campaigns that were added; none if there were
// campaigns already. Where the brand's campaigns run, the version of its kit
// that came with this program is added, for staff to move them to.
func (h *House) Demo(ctx context.Context) ([]string, error) {
	if h.Settings.Demo == "off" {
		return nil, nil
	}
	have, err := h.Campaign.List(ctx)
	if err != nil {
		return nil, err
	}
	if len(have) > 0 && h.Settings.Demo == "auto" {
		if slices.ContainsFunc(have, func(r campaign.Record) bool { return r.File.Kit == DemoBrand }) {
			return nil, h.newerKit(ctx)
		}
		return nil, nil
	}
	return h.AddBrand(ctx, DemoBrand)
}

// newerKit adds the version of the demonstration's kit that came with this
// program, if it is not there. A kit takes a while to read: its name does not.
func (h *House) newerKit(ctx context.Context) error {
	folder, err := fs.Sub(brands.FS, DemoBrand)
	if err != nil {
		return err
	}
	data, err := fs.ReadFile(folder, "kit.json")
	if err != nil {
		return err
	}
	var name struct{ ID, Version string }
	if err := json.Unmarshal(data, &name); err != nil {
		return err
	}
	if _, err := h.DB.Kit(ctx, name.ID, name.Version); err == nil || !fault.Is(err, fault.NotFound) {
		return err
	}
	if _, err := h.Campaign.AddKit(ctx, folder, "system"); err != nil {
		return fmt.Errorf("the brand %s: %w", DemoBrand, err)
	}
	return nil
}

// AddBrand adds a brand that comes with the binary: its kit and its campaigns,
// which are open at once. What is there already stays as it is.
func (h *House) AddBrand(ctx context.Context, brand string) ([]string, error) {
	folder, err := fs.Sub(brands.FS, brand)
	if err != nil {
		return nil, err
	}
	if _, err := h.Campaign.AddKit(ctx, folder, "system"); err != nil {
		return nil, fmt.Errorf("the brand %s: %w", brand, err)
	}
	names, err := fs.Glob(folder, "campaigns/*.json")
	if err != nil {
		return nil, err
	}
	var added []string
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return added, err
		}
		file, err := campaign.ReadFile(bytes.NewReader(data))
		if err != nil {
			return added, fmt.Errorf("%s: %w", path.Join(brand, name), err)
		}
		inSeason(&file, h.now())
		rec, err := h.Campaign.Add(ctx, file, campaign.Open, "system")
		if fault.HasCode(err, "slug_taken") {
			continue
		}
		if err != nil {
			return added, fmt.Errorf("%s: %w", path.Join(brand, name), err)
		}
		added = append(added, rec.Slug)
	}
	return added, nil
}

// inSeason moves a demonstration campaign to now if its own dates are over or
// to come: whoever tries Marquee in July shall find it open.
func inSeason(f *campaign.File, now time.Time) {
	if !now.Before(f.Opens) && now.Before(f.Closes) {
		return
	}
	length := f.Closes.Sub(f.Opens)
	f.Opens = now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -1)
	f.Closes = f.Opens.Add(length)
}
