package house_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"marquee/brands"
	"marquee/cmd/marquee/house"
	"marquee/internal/campaign"
	"marquee/internal/fault"
)

// copyOf gives a brand's folder with changed files.
func copyOf(t testing.TB, brand string, edit func(fstest.MapFS)) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	must(t, fs.WalkDir(brands.FS, brand, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(brands.FS, path)
		out[strings.TrimPrefix(path, brand+"/")] = &fstest.MapFile{Data: data}
		return err
	}))
	if edit != nil {
		edit(out)
	}
	return out
}

func TestAKitNeverChanges(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		from := h.lastRow()
		ended := atOnce(t, 6, func(int) error { return second(h.Campaign.AddKit(ctx, copyOf(t, house.DemoBrand, nil), "producer")) })
		if ended[""] != 6 {
			t.Fatalf("of six who add the same kit: %v", ended)
		}
		h.wrote(from, "kit.added producer")
		other := copyOf(t, house.DemoBrand, func(m fstest.MapFS) {
			m["marks/bottle-on-dark.svg"].Data = append(slices.Clone(m["marks/bottle-on-dark.svg"].Data), '\n')
		})
		wants(t, second(h.Campaign.AddKit(ctx, other, "producer")), fault.Conflict, "kit_version_taken")
		kit, err := h.Campaign.Kit(ctx, house.DemoBrand, versionOf(house.DemoBrand))
		must(t, err)
		raised := copyOf(t, house.DemoBrand, func(m fstest.MapFS) {
			m["kit.json"].Data = bytes.Replace(m["kit.json"].Data, []byte(strconv.Quote(versionOf(house.DemoBrand))), []byte(`"8.0.0"`), 1)
		})
		must(t, second(h.Campaign.AddKit(ctx, raised, "producer")))
		kits, err := h.Campaign.Kits(ctx)
		must(t, err)
		is(t, "kits", len(kits), 3)
		is(t, "hash of the first", kits[slices.IndexFunc(kits, func(k campaign.KitRow) bool {
			return k.ID == house.DemoBrand && k.Version == versionOf(house.DemoBrand)
		})].Hash, kit.Hash())
		wants(t, second(h.Campaign.Kit(ctx, house.DemoBrand, "9.9.9")), fault.NotFound, "not_found")
	})
}

func TestHousesThatStartTogether(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		ended := atOnce(t, 4, func(int) error { return second(h.AddBrand(ctx, house.DemoBrand)) })
		if ended[""] != 4 {
			t.Fatalf("of four houses that start with an empty database: %v", ended)
		}
		recs, err := h.Campaign.List(ctx)
		must(t, err)
		is(t, "campaigns", len(recs), 2)
		again, err := h.AddBrand(ctx, house.DemoBrand)
		must(t, err)
		is(t, "added again", len(again), 0)
	})
}

func TestCampaignsThatSeveralPeopleChange(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		f := file(t, "spring-lights")
		from := h.lastRow()
		ended := atOnce(t, 6, func(int) error { return second(h.Campaign.Add(ctx, f, campaign.Open, "producer")) })
		if ended[""] != 1 || ended["slug_taken"] != 5 {
			t.Fatalf("of six who add it: %v", ended)
		}
		ended = atOnce(t, 6, func(i int) error {
			f := f
			f.Limits.GenerationsPerDay = i + 1
			return second(h.Campaign.Update(ctx, f.Slug, f, campaign.Open, 1, "producer"))
		})
		if ended[""] != 1 || ended["changed_meanwhile"] != 5 {
			t.Fatalf("of six who change it: %v", ended)
		}
		h.wrote(from, "campaign.added producer", "campaign.changed producer")
		rec, err := h.Campaign.Get(ctx, f.Slug)
		must(t, err)
		is(t, "revision", rec.Revision, 2)

		from = h.lastRow()
		wants(t, second(h.Campaign.Update(ctx, slug, f, campaign.Open, 1, "producer")), fault.Invalid, "slug_fixed")
		wants(t, second(h.Campaign.Update(ctx, f.Slug, f, "odd", 2, "producer")), fault.Invalid, "state_unknown")
		wants(t, second(h.Campaign.Add(ctx, file(t, "odd-lights"), "odd", "producer")), fault.Invalid, "state_unknown")
		missing := file(t, "no-lights")
		wants(t, second(h.Campaign.Update(ctx, missing.Slug, missing, campaign.Open, 1, "producer")), fault.NotFound, "not_found")
		f.Marks = []string{"bottle"}
		wants(t, second(h.Campaign.Update(ctx, f.Slug, f, campaign.Open, 2, "producer")), fault.Invalid, "campaign_file_invalid")
		f.KitVersion = "9.9.9"
		wants(t, second(h.Campaign.Add(ctx, f, campaign.Open, "producer")), fault.Invalid, "campaign_file_invalid")
		h.wrote(from)
	})
}

func TestWhenACampaignTakesPart(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c, e := h.published(p)
		rec, err := h.Campaign.Get(ctx, slug)
		must(t, err)
		doors := func(kind fault.Kind, code string) {
			t.Helper()
			wants(t, third(h.Campaign.Taking(ctx, slug)), kind, code)
			wants(t, second(h.Create.Request(ctx, p, slug, ask("a fox"))), kind, code)
			wants(t, third(h.Create.Choose(ctx, p, c.GenerationID, c.CandidateID)), kind, code)
			wants(t, second(h.Gallery.Vote(ctx, p, e.ID, home1)), kind, code)
		}
		set := func(state campaign.State, opens, closes time.Time) {
			t.Helper()
			f := rec.File
			f.Opens, f.Closes = opens, closes
			rec, err = h.Campaign.Update(ctx, slug, f, state, rec.Revision, "producer")
			must(t, err)
		}
		now := h.clock.Now()
		set(campaign.Draft, now.Add(-time.Hour), now.Add(time.Hour))
		doors(fault.NotFound, "not_found")
		set(campaign.Closed, now.Add(-time.Hour), now.Add(time.Hour))
		doors(fault.Forbidden, "campaign_closed")
		set(campaign.Open, now.Add(time.Hour), now.Add(2*time.Hour))
		doors(fault.Forbidden, "campaign_not_yet_open")
		h.clock.Advance(time.Hour - time.Microsecond)
		doors(fault.Forbidden, "campaign_not_yet_open")
		h.clock.Advance(time.Microsecond)
		must(t, third(h.Campaign.Taking(ctx, slug)))
		must(t, second(h.Gallery.Vote(ctx, p, e.ID, home1)))
		h.clock.Advance(time.Hour)
		doors(fault.Forbidden, "campaign_closed")
		// The gallery stays, and so does the right to take one's work back.
		must(t, second(h.Gallery.Entry(ctx, e.ID, nil)))
		must(t, h.Gallery.Withdraw(ctx, p, c.ID))
		must(t, h.Gallery.Remove(ctx, p, c.ID))
		must(t, h.Audience.Leave(ctx, p.ID))
	})
}
