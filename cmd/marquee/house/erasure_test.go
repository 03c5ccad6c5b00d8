package house_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"marquee/internal/audience"
	"marquee/internal/fault"
	"marquee/internal/ledger"
	"marquee/internal/provider"
	"marquee/internal/review"
)

func TestLeavingErasesEverything(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		other := h.participant()
		_, theirs := h.published(other)
		before := h.lastRow()
		l := h.live(other, theirs)
		words := []string{l.p.ID, inPrompt, inHeld, inTitle, inRejected, inName, inText, inReport, inDenied}
		for _, w := range words {
			if len(h.traces(w)) == 0 {
				t.Errorf("%q is nowhere even before: the test looks in the wrong places", w)
			}
		}
		generations, creations, err := h.DB.OwnedBy(ctx, l.p.ID)
		must(t, err)
		rows := h.rows(before)
		opened := h.opens(rows, l.p.ID)
		if opened < 5 {
			t.Errorf("only %d commitments have a salt of the participant", opened)
		}

		must(t, h.Audience.Leave(ctx, l.p.ID))
		h.work()
		for _, f := range h.traces(words...) {
			t.Error("after leaving,", f)
		}
		// What lies under ids of what was theirs is gone too, whatever it holds.
		h.eachBlob(func(key string, _ []byte) {
			for _, id := range append(generations, creations...) {
				if strings.Contains(key, id) {
					t.Error("after leaving there is the blob", key)
				}
			}
		})
		is(t, "salts of the participant", h.opens(rows, l.p.ID), 0)
		now := h.rows(before)
		is(t, "rows that were there before stand", len(now) > len(rows), true)
		for i, r := range rows {
			if now[i].ID != r.ID || !bytes.Equal(now[i].Commitment, r.Commitment) {
				t.Errorf("row %d changed", r.Seq)
			}
		}
		wants(t, second(h.Audience.ByToken(ctx, l.token)), fault.Unauthenticated, "session_ended")

		// Nothing of theirs waits for a person any more, and the rest is as it was.
		waiting, _, err := h.Review.List(ctx, review.Filter{State: review.Waiting})
		must(t, err)
		for _, i := range waiting {
			if i.SubjectID != l.reports[0] {
				t.Errorf("a %s still waits", i.Kind)
			}
		}
		// That they reported another's work, and for which reason, stands.
		is(t, "reason of their report", h.item(review.KindReport, l.reports[0]).Words["reason"], "copied")
		e, err := h.Gallery.Entry(ctx, theirs.ID, nil)
		must(t, err)
		is(t, "votes of the other's work", e.Votes, 0)
		wants(t, second(h.Gallery.Entry(ctx, l.entry.ID, nil)), fault.NotFound, "not_found")
		works, err := h.Create.Works(ctx, other, slug)
		must(t, err)
		is(t, "the other's creations", len(works.Creations), 1)
		wants(t, h.Audience.Leave(ctx, l.p.ID), fault.NotFound, "not_found")
	})
}

// opens counts the rows whose commitment has a salt of a participant.
func (h *home) opens(rows []ledger.Row, participant string) int {
	h.t.Helper()
	n := 0
	for _, r := range rows {
		salt, err := h.DB.LedgerSalt(h.t.Context(), r.ID)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		must(h.t, err)
		if salt.Participant == participant {
			n++
		}
	}
	return n
}

func TestExportHasEverything(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.campaign("spring-lights", nil)
		other := h.participant()
		_, theirs := h.published(other)
		l := h.live(other, theirs)
		_, _, err := h.Audience.Arrive(ctx, l.p.ID, audience.Arriving{Terms: h.terms("spring-lights", "AT"), BirthYear: 1990, Locale: "de", Consents: []string{"terms"}})
		must(t, err)
		must(t, h.Audience.SetConsents(ctx, l.p.ID, h.terms(slug, "DE"), []string{"terms"}))
		all, err := h.Audience.Export(ctx, l.p.ID)
		must(t, err)
		raw, err := json.Marshal(all)
		must(t, err)
		text := string(raw)
		for _, w := range []string{
			l.p.ID, inPrompt, inHeld, inDenied, inTitle, inRejected, inName, inText, inReport,
			theirs.ID, l.entry.ID, l.reports[0], l.creations[0].ID, l.creations[0].CandidateID, `"spring-lights"`, `"AT"`, `"winner_notice"`, "withdrawn_at",
		} {
			if !strings.Contains(text, w) {
				t.Errorf("the export lacks %s", w)
			}
		}
		for _, w := range []string{other.ID, "their words", reviewer.ID} {
			if strings.Contains(text, w) {
				t.Errorf("the export has %s, which is another's", w)
			}
		}
		var arrivals struct {
			Arrivals []struct{ Consents []map[string]any }
		}
		must(t, json.Unmarshal(raw, &arrivals))
		is(t, "arrivals", len(arrivals.Arrivals), 2)
	})
}

func TestLeavingWhileSomethingIsMadeLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		empty := func(when string, p audience.Participant) {
			t.Helper()
			h.work()
			h.eachBlob(func(key string, _ []byte) {
				if strings.HasPrefix(key, "generation/") || strings.HasPrefix(key, "creation/") {
					t.Errorf("%s: %s was left", when, key)
				}
			})
			for _, table := range []string{"generations", "candidates", "creations", "entries"} {
				is(t, when+": rows of "+table, h.count(table), 0)
			}
			for _, f := range h.traces(p.ID) {
				t.Errorf("%s: %s", when, f)
			}
		}
		// leaves has the participant leave just before a picture is kept.
		leaves := func(p audience.Participant, prefix string) {
			left := false
			h.blobs.interfere(func(key string) {
				if !left && strings.HasPrefix(key, prefix) {
					left = true
					if err := h.Audience.Leave(context.WithoutCancel(ctx), p.ID); err != nil {
						t.Error(err)
					}
					h.work()
				}
			})
		}

		p := h.participant()
		h.request(p, "a fox")
		leaves(p, "generation/")
		empty("while a candidate is kept", p)
		h.blobs.interfere(nil)

		p = h.participant()
		h.maker.script(func(_ context.Context, n int, r provider.PictureRequest) (*provider.Picture, error) {
			if n == 1 {
				if err := h.Audience.Leave(context.WithoutCancel(ctx), p.ID); err != nil {
					t.Error(err)
				}
			}
			return twoColours(r), nil
		})
		h.request(p, "a fox")
		empty("while the maker works", p)
		h.maker.script(nil)

		p = h.participant()
		g, cs := h.candidates(p, "a fox")
		leaves(p, "creation/")
		_, _, err := h.Create.Choose(ctx, p, g.ID, cs[0].ID)
		if err == nil {
			t.Error("a creation was made for someone who had left")
		}
		empty("while a creation is made", p)
		h.blobs.interfere(nil)

		p = h.participant()
		c := h.creation(p)
		leaves(p, "creation/")
		if _, err := h.Create.Image(ctx, c, "jpeg", 320); err == nil {
			t.Error("a picture was made of what had left")
		}
		empty("while a picture is rendered", p)
		h.blobs.interfere(nil)

		p = h.participant()
		_, cs = h.candidates(p, "a fox")
		leaves(p, "generation/")
		if _, err := h.Create.CandidateImage(ctx, p, cs[0].ID, "jpeg", 320); err == nil {
			t.Error("a picture was made of a candidate that had left")
		}
		empty("while a candidate is shown", p)
		h.blobs.interfere(nil)

		p = h.participant()
		must(t, h.Audience.Leave(ctx, p.ID))
		if _, err := h.Create.Request(ctx, p, slug, ask("a fox")); err == nil {
			t.Error("someone who had left asked for pictures")
		}
		empty("after a request", p)
	})
}

func TestRemovingACreationErasesItsWords(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p, other := h.participant(), h.participant()
		c := h.write(p, h.creation(p), inText)
		for range 2 {
			e := must2(h.Gallery.Enter(ctx, p, c.ID, inTitle, inName, "en"))(t)
			h.decide(review.KindEntry, e.ID, review.Reject, "No.")
		}
		e := must2(h.Gallery.Enter(ctx, p, c.ID, inTitle, inName, "en"))(t)
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		must(t, third(h.Gallery.Report(ctx, &other, e.ID, "other", "what is this", "en")))
		wants(t, h.Gallery.Remove(ctx, other, c.ID), fault.NotFound, "not_found")
		must(t, h.Gallery.Remove(ctx, p, c.ID))
		h.work()
		for _, f := range h.traces(inTitle, inName, inText) {
			t.Error("after removal,", f)
		}
		counts, err := h.Review.Counts(ctx, slug)
		must(t, err)
		is(t, "items that wait", counts[review.Waiting], 0)
		is(t, "items of what is public", counts[review.Published], 0)
		wants(t, h.Gallery.Remove(ctx, p, c.ID), fault.NotFound, "not_found")
		must(t, second(h.Audience.Export(ctx, p.ID)))
	})
}
