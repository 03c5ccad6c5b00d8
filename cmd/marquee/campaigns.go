package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"marquee/cmd/marquee/house"
	"marquee/internal/campaign"
	"marquee/internal/settings"
)

func addKit(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		root, err := os.OpenRoot(words[0])
		if err != nil {
			return fmt.Errorf("the kit's folder: %w", err)
		}
		defer root.Close()
		row, err := h.Campaign.AddKit(ctx, root.FS(), "system")
		if err != nil {
			return err
		}
		t.say("The kit %s %s is there, with %d files.", row.ID, row.Version, len(row.Files))
		return nil
	})
}

func listKits(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		kits, err := h.Campaign.Kits(ctx)
		if err != nil {
			return err
		}
		if len(kits) == 0 {
			t.say("There are no kits yet. Add one with: marquee kit add FOLDER")
			return nil
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "KIT\tVERSION\tFILES\tSHA-256")
		for _, k := range kits {
			fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", k.ID, k.Version, len(k.Files), k.Hash)
		}
		return w.Flush()
	})
}

func addCampaign(set *flag.FlagSet) runner {
	state := set.String("state", string(campaign.Draft), "draft, open or closed")
	return func(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
		switch campaign.State(*state) {
		case campaign.Draft, campaign.Open, campaign.Closed:
		default:
			return fmt.Errorf("%w: --state is draft, open or closed", errUsage)
		}
		file, err := readCampaign(words[0])
		if err != nil {
			return err
		}
		return within(ctx, t, s, func(h *house.House) error {
			rec, err := h.Campaign.Add(ctx, file, campaign.State(*state), "system")
			if err != nil {
				return err
			}
			t.say("The campaign %s is there; it is %s. Its page: %s/c/%s", rec.Slug, rec.Phase(time.Now()), house.Base(s, s.Listen), rec.Slug)
			return nil
		})
	}
}

func listCampaigns(ctx context.Context, t terminal, s *settings.Settings, _ []string) error {
	return within(ctx, t, s, func(h *house.House) error {
		all, err := h.Campaign.List(ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			t.say("There are no campaigns yet. Add one with: marquee campaign add FILE")
			return nil
		}
		w := tabwriter.NewWriter(t.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(w, "CAMPAIGN\tNOW\tOPENS\tCLOSES\tKIT\tNAME")
		for _, r := range all {
			f := r.File
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s %s\t%s\n", r.Slug, r.Phase(time.Now()), day(f.Opens), day(f.Closes), f.Kit, f.KitVersion, f.Name.Get("en", f.DefaultLocale))
		}
		return w.Flush()
	})
}

func checkCampaign(ctx context.Context, t terminal, s *settings.Settings, words []string) error {
	file, err := readCampaign(words[0])
	if err != nil {
		return err
	}
	return within(ctx, t, s, func(h *house.House) error {
		problems, err := h.Campaign.Check(ctx, file)
		if err != nil {
			return err
		}
		for _, p := range problems {
			t.say("%s: %s", p.Path, p.Message)
		}
		if len(problems) > 0 {
			return errQuiet
		}
		t.say("The file is good.")
		return nil
	})
}

func readCampaign(path string) (campaign.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return campaign.File{}, fmt.Errorf("the campaign's file: %w", err)
	}
	defer f.Close()
	return campaign.ReadFile(f)
}
