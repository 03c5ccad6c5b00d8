package house_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"marquee/internal/audience"
	"marquee/internal/campaign"
	"marquee/internal/fault"
	"marquee/internal/gallery"
)

func TestVotes(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p, voter := h.participant(), h.participant()
		c := h.creation(p)
		e := h.enter(p, c, "Fox")
		wants(t, second(h.Gallery.Vote(ctx, voter, e.ID, home1)), fault.Conflict, "not_public")
		wants(t, second(h.Gallery.Unvote(ctx, voter, e.ID)), fault.Conflict, "not_public")
		wants(t, second(h.Gallery.Vote(ctx, voter, "none", home1)), fault.NotFound, "not_found")
		h.decide("entry", e.ID, "approve", "")
		from := h.lastRow()
		ended := atOnce(t, 16, func(int) error { return second(h.Gallery.Vote(ctx, voter, e.ID, home1)) })
		is(t, "of sixteen at once ended well", ended[""], 16)
		votes := func(want int64, mine bool) {
			t.Helper()
			now, err := h.Gallery.Entry(ctx, e.ID, nil)
			must(t, err)
			is(t, "votes", now.Votes, want)
			voted, err := h.Gallery.Voted(ctx, voter, []string{e.ID, "none"})
			must(t, err)
			is(t, "mine", voted[e.ID], mine)
		}
		votes(1, true)
		must(t, second(h.Gallery.Vote(ctx, p, e.ID, home1)))
		votes(2, true)
		for range 2 {
			must(t, second(h.Gallery.Unvote(ctx, voter, e.ID)))
			votes(1, false)
		}
		must(t, h.Audience.Leave(ctx, voter.ID))
		wants(t, second(h.Gallery.Vote(ctx, voter, e.ID, home1)), fault.Unauthenticated, "session_ended")
		h.wrote(from, "participant.erased participant")
	})
}

func TestVotesOfOneAddressAreCapped(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.campaign("capped", func(f *campaign.File) { f.Limits.VotesPerAddress = 3 })
		ids := h.shown("capped", 1, func(int) time.Time { return t0 }, func(int) int64 { return 0 })
		many := make([]audience.Participant, 12)
		for i := range many {
			many[i] = h.participant()
		}
		// One household: many addresses of one IPv6 network.
		ended := atOnce(t, len(many), func(i int) error {
			return second(h.Gallery.Vote(ctx, many[i], ids[0], netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2:%x::%x", i, i+1))))
		})
		if ended[""] != 3 || ended["votes_capped"] != 9 {
			t.Fatalf("of twelve from one network: %v", ended)
		}
		capped, err := h.Gallery.Capped(ctx, "capped")
		must(t, err)
		is(t, "networks that staff see", len(capped), 1)
		is(t, "votes that were refused", capped[0].Refused, 9)
		is(t, "the address does not show", strings.Contains(capped[0].Address, "2001"), false)

		late := many[len(many)-1]
		vote := func(from string) error {
			t.Helper()
			must(t, second(h.Gallery.Unvote(ctx, late, ids[0])))
			return second(h.Gallery.Vote(ctx, late, ids[0], netip.MustParseAddr(from)))
		}
		must(t, vote("2001:db8:1:3::1")) // the neighbours
		// An IPv4 address is one address, however it is written.
		for range 3 {
			must(t, vote("203.0.113.9"))
		}
		wants(t, vote("::ffff:203.0.113.9"), fault.Limited, "votes_capped")
		must(t, vote("203.0.113.10"))
		h.clock.Advance(24 * time.Hour)
		must(t, vote("203.0.113.9"))
		e, err := h.Gallery.Entry(ctx, ids[0], nil)
		must(t, err)
		capped, err = h.Gallery.Capped(ctx, "capped")
		must(t, err)
		is(t, "networks that staff see", len(capped), 2)
		var page []gallery.Entry
		page, _, err = h.Gallery.Public(ctx, "capped", gallery.MostLoved, "", 10)
		must(t, err)
		is(t, "votes in the gallery", page[0].Votes, e.Votes)
	})
}
