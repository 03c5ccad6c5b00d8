package house_test

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/create"
	"marquee/internal/fault"
	"marquee/internal/review"
)

// inForce puts a company's pack with one rule on publication into force.
func (h *home) inForce(id, rule string) {
	h.t.Helper()
	body := fmt.Sprintf(`{"schema":1,"id":%q,"version":"1.0.0","layer":"company","title":"T","rules":[%s]}`, id, rule)
	v, err := h.Council.Propose(h.t.Context(), ada, []byte(body))
	must(h.t, err)
	must(h.t, second(h.Council.Confirm(h.t.Context(), ben, v.ID)))
}

func TestAPolicyHoldsAWorkBack(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.inForce("quiet", `{"id":"quiet","stages":["publication"],"when":"model.kind == 'model' && provenance.approved","then":"deny","because":"Nothing by a model this week."}`)
		p := h.participant()
		c := h.creation(p)
		e := h.enter(p, c, "A fox")
		item := h.item(review.KindEntry, e.ID)
		_, err := h.Review.Decide(ctx, review.By{ID: "ada", Role: "reviewer"}, item.ID, review.Approve, "")
		wants(t, err, fault.Invalid, "publication_held_back")
		if f, _ := fault.As(err); !strings.Contains(f.Detail, "Nothing by a model this week.") {
			t.Errorf("it does not say why: %v", err)
		}
		is(t, "state", h.again(c).State, create.Waiting)
	})
}

// Which labels a market asks for is not known while one of its rules can't be
// evaluated: no file leaves for it then, and all others do.
func TestAFileIsHeldBackWhereARuleCannotBeEvaluated(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		p := h.participant()
		draft := h.creation(p)
		c, _ := h.published(p)
		h.inForce("broken", `{"id":"broken","stages":["publication"],"when":"market == 'CN' && topics['nobody-knows'] == 'allow'","duties":[{"do":"label","with":{"text":"ai-generated","burned_in":"true"}}],"because":"Marked."}`)
		_, err := h.Create.Download(ctx, c, "png", 320, "CN")
		wants(t, err, fault.Invalid, "download_held_back")
		if f, _ := fault.As(err); !strings.Contains(f.Detail, "could not be evaluated") {
			t.Errorf("it does not say why: %v", err)
		}
		_, err = h.Create.Poster(ctx, c, "png", 640, "CN")
		wants(t, err, fault.Invalid, "download_held_back")
		_, err = h.Create.PosterTiles(ctx, c, 640, 320, "CN", func(create.Tile) error { t.Error("a tile was made"); return nil }, func(image.Point) ([]byte, error) { return nil, nil })
		wants(t, err, fault.Invalid, "download_held_back")
		for _, market := range []string{"", "DE", "US"} {
			must(t, second(h.Create.Download(ctx, c, "png", 320, market)))
		}
		must(t, second(h.Create.Image(ctx, c, "png", 320))) // as pages show it
		must(t, second(h.Create.Download(ctx, draft, "png", 320, "CN")))

		// A work that is out, and that its own market forbids since.
		h.inForce("closed", `{"id":"closed","stages":["publication"],"then":"deny","because":"Nothing leaves any more."}`)
		h.clock.Advance(time.Minute)
		wants(t, second(h.Create.Download(ctx, c, "png", 320, "")), fault.Invalid, "download_held_back")
		must(t, second(h.Create.Image(ctx, c, "png", 480)))
	})
}

func TestTwoPeopleApproveWhereAPolicyWantsIt(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.inForce("four-eyes", `{"id":"two","stages":["publication"],"duties":[{"do":"second_reviewer"}],"because":"Two people look."}`)
		p := h.participant()
		c := h.creation(p)
		e := h.enter(p, c, "A fox")
		item := h.item(review.KindEntry, e.ID)
		one, two := review.By{ID: "ada", Role: string(account.Reviewer)}, review.By{ID: "ben", Role: string(account.Reviewer)}
		got, err := h.Review.Decide(ctx, one, item.ID, review.Approve, "")
		must(t, err)
		is(t, "after one", got.State, review.Waiting)
		is(t, "by", got.DecidedBy, "ada")
		is(t, "not public", h.again(c).State, create.Waiting)
		wants(t, second(h.Review.Decide(ctx, one, item.ID, review.Approve, "")), fault.Forbidden, "second_reviewer")
		got, err = h.Review.Decide(ctx, two, item.ID, review.Approve, "")
		must(t, err)
		is(t, "after two", got.State, review.Published)
		is(t, "public", h.again(c).State, create.Published)
		rows, err := h.DB.LedgerRows(ctx, 0, 1000)
		must(t, err)
		for _, r := range rows {
			if r.Action == "entry.published" && !strings.Contains(r.Public["duties"], "second_reviewer") {
				t.Errorf("the duties are not in the ledger: %v", r.Public)
			}
		}
	})
}

func TestOtherWordsAreProposed(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		p := h.participant()
		g := h.request(p, "Mickey Mouse skiing at dusk")
		is(t, "state", g.State, create.Refused)
		is(t, "code", g.Code, "prompt_rewrite_character")
		is(t, "instead", g.Suggestion, "a cheerful mouse skiing at dusk")
		again, _ := h.view(p, g.ID)
		is(t, "kept", again.Suggestion, g.Suggestion)
		is(t, "the other words", h.request(p, g.Suggestion).State, create.Queued)
	})
}

func TestWhatTheCampaignSettled(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		p := h.participant()
		is(t, "politics by itself", h.request(p, "a ballot box in an election campaign").State, create.Queued)
		rec, err := h.Campaign.Get(t.Context(), slug)
		must(t, err)
		rec.File.Guarding.Topics = map[string]string{"politics": "deny"}
		rec.File.Guarding.Competitors = []string{"Zapcola"}
		must(t, second(h.Campaign.Update(t.Context(), slug, rec.File, rec.State, rec.Revision, "producer")))
		is(t, "politics where it is refused", h.request(p, "vote for the president in the election").Code, "prompt_denied_politics")
		is(t, "a competitor", h.request(p, "a Zapcola truck in the snow").Suggestion, "a truck in the snow")
	})
}

func TestADeniedPromptIsKeptWithoutItsSecrets(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		p := h.participant()
		for prompt, hidden := range map[string]string{
			"a fox, write to anna@example.com":           "anna@example.com",
			"a fox with the key AKIAIOSFODNN7EXAMPLQ on": "AKIAIOSFODNN7EXAMPLQ",
		} {
			g := h.request(p, prompt)
			is(t, "state of "+hidden, g.State, create.Refused)
			kept, _ := h.view(p, g.ID)
			if strings.Contains(kept.Prompt, hidden) || !strings.Contains(kept.Prompt, "a fox") {
				t.Errorf("kept %q", kept.Prompt)
			}
		}
	})
}
