package house_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/gallery"
	"marquee/internal/review"
)

// stands fails unless entry, creation and item agree.
func (h *home) stands(c create.Creation, e gallery.Entry, entry gallery.State, creation create.CreationState, item review.State) {
	h.t.Helper()
	now, err := h.DB.Entry(h.t.Context(), e.ID)
	must(h.t, err)
	is(h.t, "state of the entry", now.State, entry)
	is(h.t, "state of the creation", h.again(c).State, creation)
	is(h.t, "state of the item", h.item(review.KindEntry, e.ID).State, item)
}

func TestEntering(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		for _, w := range []struct{ title, name, code string }{
			{"", "Ada", "title_missing"},
			{"…!", "Ada", "title_missing"},
			{"Fox", " ", "display_name_missing"},
			{strings.Repeat("x", 81), "Ada", "title_too_long"},
			{strings.Repeat("x", 100_000), "Ada", "title_too_long"},
			{"Fox", strings.Repeat("x", 41), "display_name_too_long"},
			{"Fox\x00", "Ada", "title_characters"},
			{"Fox\u202e", "Ada", "title_characters"},
			{"fuck", "Ada", "title_refused"},
			{"Fox", "ada@example.org", "display_name_refused"},
		} {
			_, err := h.Gallery.Enter(ctx, p, c.ID, w.title, w.name, "en")
			if !fault.HasCode(err, w.code) {
				t.Errorf("%.20q by %.20q: got %v, want %s", w.title, w.name, err, w.code)
			}
		}
		is(t, "entries after refusals", h.count("entries"), 0)
		is(t, "items after refusals", h.count("review_items"), 0)

		from := h.lastRow()
		ended := atOnce(t, 8, func(int) error { return second(h.Gallery.Enter(ctx, p, c.ID, " Fox  at night ", "Ada", "en")) })
		if ended[""] != 1 || ended["already_entered"] != 7 {
			t.Fatalf("of eight at once: %v", ended)
		}
		wants(t, second(h.Gallery.Enter(ctx, p, c.ID, "Fox", "Ada", "en")), fault.Conflict, "already_entered")
		is(t, "entries", h.count("entries"), 1)
		is(t, "items", h.count("review_items"), 1)
		h.wrote(from, "entry.handed_in participant")
		e, err := h.Gallery.EntryOf(ctx, c.ID)
		must(t, err)
		is(t, "title", e.Title, "Fox at night")
		h.stands(c, e, gallery.Waiting, create.Waiting, review.Waiting)
		i := h.item(review.KindEntry, e.ID)
		is(t, "the item's words", i.Words["title"]+"/"+i.Words["display_name"]+"/"+i.Words["prompt"], "Fox at night/Ada/a polar fox beside a lantern")
		is(t, "who made it does not show", strings.Contains(i.Who, p.ID) || i.Who == "", false)
	})
}

func TestWithdrawingAndEnteringAgain(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		wants(t, h.Gallery.Withdraw(ctx, p, c.ID), fault.NotFound, "not_found")
		from := h.lastRow()
		first := h.enter(p, c, "Fox")
		must(t, h.Gallery.Withdraw(ctx, p, c.ID))
		h.stands(c, first, gallery.Withdrawn, create.Drafted, review.Withdrawn)
		is(t, "jobs for what was never public", len(h.queue()), 0)
		wants(t, h.Gallery.Withdraw(ctx, p, c.ID), fault.Conflict, "not_entered")
		wants(t, second(h.Review.Decide(ctx, reviewer, h.item(review.KindEntry, first.ID).ID, review.Approve, "")), fault.Conflict, "already_decided")

		again := h.enter(p, c, "Fox")
		h.decide(review.KindEntry, again.ID, review.Approve, "")
		h.stands(c, again, gallery.Published, create.Published, review.Published)
		must(t, second(h.Gallery.Entry(ctx, again.ID, nil)))
		must(t, h.Gallery.Withdraw(ctx, p, c.ID))
		h.stands(c, again, gallery.Withdrawn, create.Drafted, review.Withdrawn)
		is(t, "jobs for what was public", strings.Join(h.work(), " "), gallery.JobPurge)
		wants(t, second(h.Gallery.Entry(ctx, again.ID, nil)), fault.NotFound, "not_found")
		must(t, second(h.Gallery.Entry(ctx, again.ID, &p)))
		h.wrote(from, "entry.handed_in participant", "entry.withdrawn participant", "entry.handed_in participant", "entry.published reviewer", "review.approved reviewer", "entry.withdrawn participant")

		e := h.enter(p, c, "Fox")
		h.decide(review.KindEntry, e.ID, review.Reject, "Too dark to see.")
		h.stands(c, e, gallery.Rejected, create.Rejected, review.Rejected)
		e, err := h.Gallery.EntryOf(ctx, c.ID)
		must(t, err)
		is(t, "what the participant reads", e.Reason, "Too dark to see.")
		e = h.enter(p, c, "Fox")
		h.stands(c, e, gallery.Waiting, create.Waiting, review.Waiting)
	})
}

func TestAnApprovalBindsToWhatWasSeen(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		e := h.enter(p, c, "Fox")
		for _, q := range []string{"UPDATE creations SET revision = revision + 1", "UPDATE creations SET revision = revision - 1"} {
			if _, err := h.raw.ExecContext(ctx, q); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(q, "+") {
				from := h.lastRow()
				wants(t, second(h.Review.Decide(ctx, reviewer, h.item(review.KindEntry, e.ID).ID, review.Approve, "")), fault.Conflict, "changed_meanwhile")
				h.stands(c, e, gallery.Waiting, create.Waiting, review.Waiting)
				h.wrote(from)
			}
		}
		i := h.item(review.KindEntry, e.ID)
		for _, d := range []struct {
			d            review.Decision
			reason, code string
		}{{review.Reject, "  ", "reason_missing"}, {"like", "", "decision_unknown"}, {review.Reject, strings.Repeat("x", 501), "reason_too_long"}, {review.Takedown, "x", "already_decided"}} {
			if _, err := h.Review.Decide(ctx, reviewer, i.ID, d.d, d.reason); !fault.HasCode(err, d.code) {
				t.Errorf("%s: got %v, want %s", d.d, err, d.code)
			}
		}
		wants(t, second(h.Review.Decide(ctx, reviewer, "none", review.Approve, "")), fault.NotFound, "not_found")

		from := h.lastRow()
		ended := atOnce(t, 8, func(n int) error {
			d, reason := review.Approve, ""
			if n%2 == 0 {
				d, reason = review.Reject, "Too dark."
			}
			return second(h.Review.Decide(ctx, review.By{ID: fmt.Sprint("staff", n), Role: "reviewer"}, i.ID, d, reason))
		})
		if ended[""] != 1 || ended["already_decided"] != 7 {
			t.Fatalf("of eight who decide at once: %v", ended)
		}
		switch h.again(c).State {
		case create.Published:
			h.stands(c, e, gallery.Published, create.Published, review.Published)
			h.wrote(from, "entry.published reviewer", "review.approved reviewer")
		case create.Rejected:
			h.stands(c, e, gallery.Rejected, create.Rejected, review.Rejected)
			h.wrote(from, "review.rejected reviewer")
		default:
			t.Errorf("the creation is %s", h.again(c).State)
		}
	})
}

func TestTakedownAndReports(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p, other := h.participant(), h.participant()
		c, e := h.published(p)
		must(t, h.Gallery.Visible(c, nil, false))
		from := h.lastRow()
		wants(t, second(h.Review.Decide(ctx, reviewer, h.item(review.KindEntry, e.ID).ID, review.Takedown, "")), fault.Invalid, "reason_missing")
		h.decide(review.KindEntry, e.ID, review.Takedown, "It was copied.")
		h.wrote(from, "review.taken_down reviewer")
		h.stands(c, e, gallery.TakenDown, create.TakenDown, review.TakenDown)
		is(t, "jobs", strings.Join(h.work(), " "), gallery.JobPurge)
		wants(t, second(h.Gallery.Entry(ctx, e.ID, nil)), fault.Gone, "taken_down")
		wants(t, second(h.Gallery.Entry(ctx, e.ID, &other)), fault.Gone, "taken_down")
		own, err := h.Gallery.Entry(ctx, e.ID, &p)
		must(t, err)
		is(t, "what the participant reads", own.Reason, "It was copied.")
		wants(t, h.Gallery.Visible(h.again(c), &other, false), fault.Gone, "taken_down")
		must(t, h.Gallery.Visible(h.again(c), &p, false))
		must(t, h.Gallery.Visible(h.again(c), nil, true))
		wants(t, second(h.Gallery.Vote(ctx, other, e.ID, home1)), fault.Gone, "taken_down")
		wants(t, third(h.Gallery.Report(ctx, nil, e.ID, "other", "", "en")), fault.Gone, "taken_down")
		wants(t, second(h.Gallery.Enter(ctx, p, c.ID, "Fox", "Ada", "en")), fault.Gone, "taken_down")
		page, _, err := h.Gallery.Public(ctx, slug, gallery.Newest, "", 60)
		must(t, err)
		is(t, "public works", len(page), 0)

		c = h.sibling(p, c)
		e = h.enter(p, c, "Fox")
		wants(t, third(h.Gallery.Report(ctx, nil, e.ID, "other", "", "en")), fault.Conflict, "not_public")
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		wants(t, third(h.Gallery.Report(ctx, nil, e.ID, "boring", "", "en")), fault.Invalid, "report_reason_unknown")
		wants(t, third(h.Gallery.Report(ctx, nil, e.ID, "other", strings.Repeat("x", 1001), "en")), fault.Invalid, "report_too_long")
		wants(t, third(h.Gallery.Report(ctx, nil, "none", "other", "", "en")), fault.NotFound, "not_found")

		from = h.lastRow()
		dismissed, word1, err := h.Gallery.Report(ctx, nil, e.ID, "offensive", "I do not like it.", "en")
		must(t, err)
		upheld, word2, err := h.Gallery.Report(ctx, &other, e.ID, "copied", "It is mine.", "en")
		must(t, err)
		late, word3, err := h.Gallery.Report(ctx, &other, e.ID, "minor", "", "en")
		must(t, err)
		outcome := func(word, state, answer string) {
			t.Helper()
			r, err := h.Gallery.Outcome(ctx, word)
			must(t, err)
			is(t, "state of a report", r.State, state)
			is(t, "answer", r.Answer, answer)
		}
		outcome(word1, "waiting", "")
		wants(t, second(h.Gallery.Outcome(ctx, "mr_guess")), fault.NotFound, "report_unknown")
		h.decide(review.KindReport, dismissed.ID, review.Reject, "It keeps to the rules.")
		outcome(word1, "dismissed", "It keeps to the rules.")
		h.stands(c, e, gallery.Published, create.Published, review.Published)
		h.decide(review.KindReport, upheld.ID, review.Approve, "You are right.")
		outcome(word2, "upheld", "You are right.")
		h.stands(c, e, gallery.TakenDown, create.TakenDown, review.TakenDown)
		is(t, "jobs", strings.Join(h.work(), " "), gallery.JobPurge)
		h.decide(review.KindReport, late.ID, review.Approve, "")
		outcome(word3, "upheld", "")
		is(t, "jobs for what is gone already", len(h.queue()), 0)
		h.wrote(from, "entry.reported participant", "entry.reported participant", "entry.reported participant",
			"review.rejected reviewer", "entry.taken_down reviewer", "review.approved reviewer", "review.approved reviewer")
	})
}

// shown puts public entries into a campaign's gallery, without their works.
func (h *home) shown(campaign string, n int, at func(i int) time.Time, votes func(i int) int64) []string {
	h.t.Helper()
	var ids []string
	must(h.t, h.DB.Do(h.t.Context(), func(ctx context.Context) error {
		for i := range n {
			e := gallery.Entry{
				ID: fmt.Sprintf("%s-%s-%04d", campaign, at(i).Format("150405.000000"), i), CreationID: fmt.Sprintf("%s-c-%d-%d", campaign, at(i).UnixMicro(), i), Campaign: campaign,
				ParticipantID: "someone", Title: "Fox", DisplayName: "Ada", Revision: 1, Width: 1024, Height: 1024,
				State: gallery.Published, Votes: votes(i), SubmittedAt: t0, PublishedAt: at(i),
			}
			ids = append(ids, e.ID)
			if err := h.DB.InsertEntry(ctx, e); err != nil {
				return err
			}
		}
		return nil
	}))
	return ids
}

func TestPagesOfTheGallery(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		for _, order := range []gallery.Sort{gallery.Newest, gallery.MostLoved} {
			name := "paged-" + string(order)
			// Ties everywhere: six at a time, three numbers of votes.
			ids := h.shown(name, 90, func(i int) time.Time { return t0.Add(time.Duration(i/6) * time.Microsecond) }, func(i int) int64 { return int64(i % 3) })
			h.shown(name+"-other", 3, func(int) time.Time { return t0 }, func(int) int64 { return 9 })
			seen := map[string]int{}
			cursor, pages := "", 0
			for {
				page, next, err := h.Gallery.Public(ctx, name, order, cursor, 7)
				must(t, err)
				for i, e := range page {
					seen[e.ID]++
					if i > 0 {
						a := page[i-1]
						rising := a.PublishedAt.Before(e.PublishedAt) || a.PublishedAt.Equal(e.PublishedAt) && a.ID < e.ID
						if order == gallery.MostLoved {
							rising = a.Votes < e.Votes || a.Votes == e.Votes && rising
						}
						if rising {
							t.Errorf("%s: %s comes before %s", order, a.ID, e.ID)
						}
					}
				}
				if cursor = next; next == "" {
					break
				}
				if pages++; pages > 60 {
					t.Fatal("the pages do not end")
				}
				// New works arrive while somebody turns the pages.
				h.shown(name, 2, func(i int) time.Time { return t0.Add(time.Hour + time.Duration(pages*10+i)*time.Second) }, func(i int) int64 { return int64(i) })
			}
			for _, id := range ids {
				if seen[id] != 1 {
					t.Errorf("%s: %s was shown %d times", order, id, seen[id])
				}
			}
			for id, n := range seen {
				if n != 1 || !strings.HasPrefix(id, name+"-") {
					t.Errorf("%s: %s was shown %d times", order, id, n)
				}
			}
		}
		for _, bad := range []string{"x", "!!!!", strings.Repeat("A", 300), "YWJj"} {
			wants(t, third(h.Gallery.Public(ctx, "paged-newest", gallery.Newest, bad, 7)), fault.Invalid, "cursor_invalid")
		}
		page, _, err := h.Gallery.Public(ctx, "paged-newest", gallery.Newest, "", 1_000_000)
		must(t, err)
		is(t, "the most a page has", len(page), gallery.PageMax)
	})
}
