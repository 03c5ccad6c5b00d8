package house_test

import (
	"fmt"
	"strings"
	"testing"

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
