package house_test

import (
	"context"
	"sync/atomic"
	"testing"

	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/create"
	"marquee/internal/provider"
	"marquee/internal/work"
)

// arrives has a participant join another campaign.
func (h *home) arrives(p audience.Participant, slug string) {
	h.t.Helper()
	_, _, err := h.Audience.Arrive(h.t.Context(), p.ID, audience.Arriving{
		Terms: h.terms(slug, "DE"), BirthYear: 1990, Locale: "en", Consents: []string{"terms"},
	})
	must(h.t, err)
}

func TestTheEndOfTheBudget(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		atEnd := func(slug, end string, pictures int64) (campaign.Record, create.Generation, func() error) {
			rec := h.campaign(slug, func(f *campaign.File) { f.Limits.Pictures, f.Limits.AtEndOfBudget = pictures, end })
			p := h.participant()
			h.arrives(p, slug)
			g, err := h.Create.Request(ctx, p, slug, ask("a fox"))
			must(t, err)
			return rec, g, func() error { return h.run(ctx, g.ID) }
		}
		_, g, run := atEnd("closes", campaign.AtEndClose, 0)
		must(t, run())
		h.ends(g.ID, create.Queued, create.Running, create.Refused)
		_, g, run = atEnd("closes-midway", campaign.AtEndClose, 2)
		must(t, run())
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded) // with the two that there was money for

		rec, g, run := atEnd("queues", campaign.AtEndQueue, 1)
		for range 2 {
			if _, waits := work.IsLater(run()); !waits {
				t.Error("it does not wait")
			}
		}
		h.ends(g.ID, create.Queued, create.Running)
		f := rec.File
		f.Limits.Pictures = 4
		must(t, second(h.Campaign.Update(ctx, "queues", f, campaign.Open, 1, "producer")))
		must(t, run())
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
		h.spent("queues", 4, 0)
	})
}

// judge is a moderator that is away where a test says so.
type judge struct {
	free
	away atomic.Bool
}

func (*judge) Judges() (texts, pictures bool) { return true, false }

func (j *judge) Moderate(context.Context, provider.ModerationRequest) (provider.Moderation, error) {
	if j.away.Load() {
		return provider.Moderation{}, errAway
	}
	return provider.Moderation{Maker: scriptedMaker}, nil
}

func TestAModeratorThatIsAway(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		j := &judge{}
		h.Providers.Moderators["judge"] = j
		h.campaign("judged", func(f *campaign.File) {
			f.Routes = []campaign.Route{{Capability: "moderation", Providers: []string{"judge"}}}
		})
		p := h.participant()
		h.arrives(p, "judged")
		j.away.Store(true)
		g, err := h.Create.Request(ctx, p, "judged", ask("a fox"))
		must(t, err)
		is(t, "state of what nobody could judge", g.State, create.Held)
		j.away.Store(false)
		g, err = h.Create.Request(ctx, p, "judged", ask("a hare"))
		must(t, err)
		is(t, "state of what was judged", g.State, create.Queued)
		must(t, h.run(ctx, g.ID))
		h.ends(g.ID, create.Queued, create.Running, create.Succeeded)
	})
}
