package house_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"marquee/internal/asset"
	"marquee/internal/audience"
	"marquee/internal/brand"
	"marquee/internal/compose"
	"marquee/internal/create"
	"marquee/internal/gallery"
	"marquee/internal/review"
)

// words that only one participant wrote, one for each place.
const (
	inPrompt   = "quokkapromptly"
	inHeld     = "quokkaheldly"
	inTitle    = "Quokkatitle"
	inRejected = "Quokkarejected"
	inName     = "Quokkaname"
	inText     = "Quokkatext"
	inReport   = "quokkareport"
	inDenied   = "quokkadenied"
)

// life is all that one participant can leave in a house.
type life struct {
	p         audience.Participant
	token     string
	creations []create.Creation
	entry     gallery.Entry
	reports   []string
}

// live leads a participant through everything.
func (h *home) live(other audience.Participant, theirs gallery.Entry) life {
	h.t.Helper()
	ctx, t := h.t.Context(), h.t
	var l life
	var err error
	l.p, l.token, err = h.Audience.Arrive(ctx, "", audience.Arriving{
		Terms: h.terms(slug, "DE"), BirthYear: 1990, Locale: "de", Consents: []string{"terms", "winner_notice"},
	})
	must(t, err)
	must(t, third(h.Audience.Link(ctx, l.p.ID)))
	g, cs := h.candidates(l.p, "a fox, "+inPrompt)
	is(t, "a denied prompt", h.request(l.p, inDenied+" anna@example.com").State, create.Refused)
	is(t, "a held prompt", h.request(l.p, inHeld+" with a gun").State, create.Held)
	must(t, second(h.Create.CandidateImage(ctx, l.p, cs[0].ID, "webp", 320)))

	c, _, err := h.Create.Choose(ctx, l.p, g.ID, cs[0].ID)
	must(t, err)
	h.write(l.p, c, inText)
	first, err := h.Gallery.Enter(ctx, l.p, c.ID, inRejected, inName, "de")
	must(t, err)
	h.decide(review.KindEntry, first.ID, review.Reject, "We can't show "+inRejected)
	l.entry, err = h.Gallery.Enter(ctx, l.p, c.ID, inTitle, inName, "de")
	must(t, err)
	h.decide(review.KindEntry, l.entry.ID, review.Approve, "")
	must(t, second(h.Create.Image(ctx, h.again(c), "jpeg", 320)))
	waiting, _, err := h.Create.Choose(ctx, l.p, g.ID, cs[1].ID)
	must(t, err)
	must(t, second(h.Gallery.Enter(ctx, l.p, waiting.ID, inTitle, inName, "de")))
	l.creations = []create.Creation{c, waiting}

	must(t, second(h.Gallery.Vote(ctx, l.p, theirs.ID, home1)))
	must(t, second(h.Gallery.Vote(ctx, other, l.entry.ID, home1)))
	mine, _, err := h.Gallery.Report(ctx, &l.p, theirs.ID, "copied", inReport, "de")
	must(t, err)
	done, _, err := h.Gallery.Report(ctx, &l.p, theirs.ID, "other", inReport, "de")
	must(t, err)
	h.decide(review.KindReport, done.ID, review.Reject, "Nothing is wrong with it.")
	of, _, err := h.Gallery.Report(ctx, &other, l.entry.ID, "other", "their words", "de")
	must(t, err)
	l.reports = []string{mine.ID, done.ID, of.ID}
	return l
}

// write puts a line of text on a creation.
func (h *home) write(p audience.Participant, c create.Creation, text string) create.Creation {
	h.t.Helper()
	c, _, err := h.Create.SetComposition(h.t.Context(), p, c.ID, h.withText(c, text))
	must(h.t, err)
	return c
}

func (h *home) withText(c create.Creation, text string) []byte {
	h.t.Helper()
	kit, err := h.Campaign.Kit(h.t.Context(), c.Kit, c.KitVersion)
	must(h.t, err)
	doc, err := compose.Parse(c.Composition)
	must(h.t, err)
	layer, ok := brand.PlaceText(kit, doc, text, nil)
	if !ok {
		h.t.Fatalf("no room for %q", text)
	}
	doc.Layers = append(doc.Layers, layer)
	raw, err := json.Marshal(doc)
	must(h.t, err)
	return raw
}

// blobs calls f with every blob of the object store.
func (h *home) eachBlob(f func(key string, data []byte)) {
	h.t.Helper()
	for after := ""; ; {
		infos, err := h.Blobs.List(h.t.Context(), "", after, 500)
		must(h.t, err)
		if len(infos) == 0 {
			return
		}
		for _, i := range infos {
			data, err := asset.ReadAll(h.t.Context(), h.Blobs, i.Key)
			must(h.t, err)
			f(i.Key, data)
			after = i.Key
		}
	}
}

// traces lists where in the house any of the words is.
func (h *home) traces(words ...string) []string {
	h.t.Helper()
	var found []string
	h.cells(func(table, column, text string) {
		for _, w := range words {
			if strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
				found = append(found, fmt.Sprintf("%s.%s has %q", table, column, w))
			}
		}
	})
	h.eachBlob(func(key string, data []byte) {
		for _, w := range words {
			if strings.Contains(key, w) || bytes.Contains(data, []byte(w)) {
				found = append(found, fmt.Sprintf("blob %s has %q", key, w))
			}
		}
	})
	return found
}
