package house_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/review"
)

// edited gives a creation's composition after a change.
func edited(t *testing.T, c create.Creation, edit func(*compose.Document)) []byte {
	t.Helper()
	doc, err := compose.Parse(c.Composition)
	must(t, err)
	edit(&doc)
	raw, err := json.Marshal(doc)
	must(t, err)
	return raw
}

func TestCreationsBelongToTheirMakers(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		ann, bo := h.participant(), h.participant()
		ga, ca := h.candidates(ann, "a fox")
		gb, cb := h.candidates(bo, "an owl")
		for what, err := range map[string]error{
			"another's generation":              third(h.Create.Choose(ctx, bo, ga.ID, ca[0].ID)),
			"another's candidate under one's":   third(h.Create.Choose(ctx, bo, gb.ID, ca[0].ID)),
			"one's candidate under another's":   third(h.Create.Choose(ctx, bo, ga.ID, cb[0].ID)),
			"a candidate that is none":          third(h.Create.Choose(ctx, bo, gb.ID, "none")),
			"a generation that is none":         third(h.Create.Choose(ctx, bo, "none", cb[0].ID)),
			"the picture of another's":          second(h.Create.CandidateImage(ctx, bo, ca[0].ID, "webp", 320)),
			"the picture of none":               second(h.Create.CandidateImage(ctx, bo, "none", "webp", 320)),
			"another's generation to look at":   third(h.Create.View(ctx, bo, ga.ID)),
			"a creation that is none to change": third(h.Create.SetComposition(ctx, bo, "none", []byte("{}"))),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
		is(t, "creations", h.count("creations"), 0)
		from := h.lastRow()
		c, findings, err := h.Create.Choose(ctx, ann, ga.ID, ca[0].ID)
		must(t, err)
		is(t, "what the rules say of a fresh creation", len(findings), 0)
		h.wrote(from, "creation.made participant")
		same := edited(t, c, func(*compose.Document) {})
		wants(t, third(h.Create.SetComposition(ctx, bo, c.ID, same)), fault.NotFound, "not_found")
		wants(t, third(h.Create.CheckComposition(ctx, bo, c.ID, same)), fault.NotFound, "not_found")
		wants(t, third(h.Create.Own(ctx, bo, c.ID)), fault.NotFound, "not_found")
		wants(t, second(h.Gallery.Enter(ctx, bo, c.ID, "Mine", "Bo", "en")), fault.NotFound, "not_found")
		wants(t, h.Gallery.Withdraw(ctx, bo, c.ID), fault.NotFound, "not_found")
		wants(t, h.Gallery.Remove(ctx, bo, c.ID), fault.NotFound, "not_found")
		is(t, "revision", h.again(c).Revision, 1)
	})
}

func TestCompositionsThatAreNotKept(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		refuse := func(what string, data []byte, kind fault.Kind, code string) {
			t.Helper()
			_, _, err := h.Create.SetComposition(ctx, p, c.ID, data)
			wants(t, err, kind, code)
			now := h.again(c)
			if now.Revision != c.Revision || !bytes.Equal(now.Composition, c.Composition) {
				t.Fatalf("%s: something was stored", what)
			}
		}
		outside := edited(t, c, func(d *compose.Document) { d.Layers[1].X = -200 })
		refuse("a mark outside", outside, fault.Invalid, "composition_against_rules")
		_, findings, err := h.Create.CheckComposition(ctx, p, c.ID, outside)
		must(t, err)
		if len(findings) == 0 {
			t.Error("nothing was found")
		}
		refuse("an unknown mark", edited(t, c, func(d *compose.Document) { d.Layers[1].Mark = "bottle" }), fault.Invalid, "composition_against_rules")
		refuse("another canvas", edited(t, c, func(d *compose.Document) { d.Width, d.Layers[0].Width = 1024, 1024 }), fault.Invalid, "canvas_size_fixed")
		refuse("bad words", h.withText(c, "what the fuck"), fault.Invalid, "text_refused")
		refuse("an address", h.withText(c, "ada@example.org"), fault.Invalid, "text_refused")
		for _, nonsense := range []string{"", "null", "[]", "{", `{"version":2}`} {
			if _, _, err := h.Create.SetComposition(ctx, p, c.ID, []byte(nonsense)); err == nil {
				t.Errorf("%q was taken", nonsense)
			} else if _, ok := fault.As(err); !ok {
				t.Errorf("%q: %v is no fault", nonsense, err)
			}
		}
		h.work()
		is(t, "revision after all that", h.again(c).Revision, 1)
	})
}

func TestWhenACreationCanBeChanged(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		c := h.creation(p)
		may := func(when string, can bool) {
			t.Helper()
			c = h.again(c)
			_, _, err := h.Create.SetComposition(ctx, p, c.ID, edited(t, c, func(*compose.Document) {}))
			if !can {
				wants(t, err, fault.Conflict, "creation_entered")
				is(t, when+": revision", h.again(c).Revision, c.Revision)
				return
			}
			must(t, err)
			is(t, when+": revision", h.again(c).Revision, c.Revision+1)
		}
		may("a draft", true)
		e := h.enter(p, c, "Fox")
		may("while it waits", false)
		h.decide(review.KindEntry, e.ID, review.Reject, "Too dark.")
		is(t, "state", h.again(c).State, create.Rejected)
		may("after a no", true)
		e = h.enter(p, c, "Fox")
		is(t, "revision handed in", e.Revision, 3)
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		may("while it is public", false)
		must(t, h.Gallery.Withdraw(ctx, p, c.ID))
		may("after it was taken back", true)
		e = h.enter(p, c, "Fox")
		h.decide(review.KindEntry, e.ID, review.Approve, "")
		h.decide(review.KindEntry, e.ID, review.Takedown, "It was copied.")
		may("after it was taken down", false)
	})
}
