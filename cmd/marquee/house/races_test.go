package house_test

import (
	"slices"
	"testing"

	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/review"
)

// rounds is how often two people try to come between each other.
const rounds = 8

func TestHandingInWhileItIsChanged(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		for range rounds {
			c = h.sibling(p, c)
			same := edited(t, c, func(*compose.Document) {})
			ended := atOnce(t, 2, func(i int) error {
				if i == 0 {
					return second(h.Gallery.Enter(ctx, p, c.ID, "Fox", "Ada", "en"))
				}
				return third(h.Create.SetComposition(ctx, p, c.ID, same))
			})
			now := h.again(c)
			e, err := h.Gallery.EntryOf(ctx, c.ID)
			switch {
			case fault.Is(err, fault.NotFound):
				is(t, "state of what was not handed in", now.State, create.Drafted)
				is(t, "why it was not", ended["changed_meanwhile"], 1)
			default:
				must(t, err)
				is(t, "the revision handed in", e.Revision, now.Revision)
				h.stands(c, e, gallery.Waiting, create.Waiting, review.Waiting)
				h.decide(review.KindEntry, e.ID, review.Approve, "")
			}
		}
	})
}

func TestWithdrawingWhileItIsApproved(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		for range rounds {
			c = h.sibling(p, c)
			e := h.enter(p, c, "Fox")
			i := h.item(review.KindEntry, e.ID)
			var approved, withdrawn error
			atOnce(t, 2, func(n int) error {
				if n == 0 {
					_, approved = h.Review.Decide(ctx, reviewer, i.ID, review.Approve, "")
					return approved
				}
				withdrawn = h.Gallery.Withdraw(ctx, p, c.ID)
				return withdrawn
			})
			must(t, withdrawn)
			if approved != nil {
				wants(t, approved, fault.Conflict, "already_decided")
			}
			h.stands(c, e, gallery.Withdrawn, create.Drafted, review.Withdrawn)
			is(t, "networks are told of what was public", slices.Contains(h.work(), gallery.JobPurge), approved == nil)
		}
	})
}

func TestLeavingWhileOthersDecide(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		other := h.participant()
		for range rounds / 2 {
			p := h.participant()
			c, e := h.published(p)
			waits := h.enter(p, h.sibling(p, c), inTitle)
			i := h.item(review.KindEntry, waits.ID)
			atOnce(t, 5, func(n int) error {
				switch n {
				case 0:
					return h.Audience.Leave(ctx, p.ID)
				case 1:
					return second(h.Review.Decide(ctx, reviewer, i.ID, review.Reject, inTitle))
				case 2:
					return second(h.Gallery.Vote(ctx, other, e.ID, home1))
				case 3:
					return second(h.Create.Request(ctx, p, slug, ask(inPrompt)))
				default:
					return third(h.Gallery.Report(ctx, &other, e.ID, "other", "", "en"))
				}
			})
			h.work()
			for _, f := range h.traces(p.ID, inTitle, inPrompt) {
				t.Error("after leaving,", f)
			}
		}
		is(t, "creations", h.count("creations"), 0)
		is(t, "votes", h.count("votes"), 0)
	})
}
