package house_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"marquee/internal/account"
	"marquee/internal/council"
	"marquee/internal/fault"
	"marquee/internal/policy"
)

var (
	ada = account.Actor{Kind: "staff", ID: "ada", Role: account.Producer}
	ben = account.Actor{Kind: "staff", ID: "ben", Role: account.Producer}
)

// stricter is a company's pack that denies what the platform only holds.
func stricter(number string) []byte {
	return []byte(fmt.Sprintf(`{"schema":1,"id":"house-rules","version":%q,"layer":"company","title":"House rules",
		"rules":[{"id":"violence","kinds":["violence"],"then":"deny","because":"We sell lemonade."}],
		"cases":[{"name":"a fight","input":{"stage":"prompt","findings":[{"detector":"x/1","kind":"violence","start":0,"end":0,"score":1}]},"outcome":"deny","rules":["violence"]}]}`, number))
}

func violence() policy.Input {
	return policy.Input{Stage: policy.Prompt, Campaign: slug, Findings: []policy.Finding{{Detector: "x/1", Kind: "violence", Score: 1, Evidence: "a word"}}}
}

func TestTwoPeoplePutAPackIntoForce(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		is(t, "before", h.Council.Decide(ctx, violence()).Outcome, policy.Hold)
		v, err := h.Council.Propose(ctx, ada, stricter("1.0.0"))
		must(t, err)
		wants(t, second(h.Council.Propose(ctx, ben, stricter("1.0.0"))), fault.Conflict, "pack_known")
		wants(t, second(h.Council.Confirm(ctx, ada, v.ID)), fault.Forbidden, "second_person")
		wants(t, second(h.Council.Confirm(ctx, account.Actor{Kind: "key", ID: "k", Role: account.Admin}, v.ID)), fault.Forbidden, "person_needed")
		is(t, "proposed only", h.Council.Decide(ctx, violence()).Outcome, policy.Hold)

		h.Council.Flush(ctx)
		shift, err := h.Council.DryRun(ctx, v.ID, slug)
		must(t, err)
		is(t, "judged before", shift.Seen, 2)
		is(t, "would be stricter", shift.Stricter, 2)
		is(t, "by its rule", shift.Rules["house-rules/violence"], 2)

		made := atOnce(t, 8, func(int) error { return second(h.Council.Confirm(ctx, ben, v.ID)) })
		is(t, "confirmed once", made[""], 1)
		verdict := h.Council.Decide(ctx, violence())
		is(t, "in force", verdict.Outcome, policy.Deny)
		is(t, "says which packs", strings.Contains(strings.Join(verdict.Packs, " "), "house-rules@1.0.0"), true)

		next, err := h.Council.Propose(ctx, ben, stricter("1.1.0"))
		must(t, err)
		must(t, second(h.Council.Confirm(ctx, ada, next.ID)))
		again, err := h.DB.PackVersion(ctx, v.ID)
		must(t, err)
		is(t, "the one before", again.State, council.Replaced)
		wants(t, second(h.Council.Confirm(ctx, ben, v.ID)), fault.Conflict, "pack_decided")

		wants(t, second(h.Council.Withdraw(ctx, ada, next.ID)), fault.Forbidden, "second_person")
		must(t, second(h.Council.Withdraw(ctx, ben, next.ID)))
		is(t, "out of force", h.Council.Decide(ctx, violence()).Outcome, policy.Hold)

		rows, err := h.DB.LedgerRows(ctx, 0, 1000)
		must(t, err)
		var told []string
		for _, r := range rows {
			if r.SubjectKind == "policy_pack" {
				told = append(told, r.Action)
			}
		}
		is(t, "the ledger", strings.Join(told, " "), "policy.proposed policy.confirmed policy.proposed policy.confirmed policy.withdrawn")
	})
}

func TestABadPackIsRefusedWithEachProblem(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		for text, code := range map[string]string{
			"{": "pack_invalid",
			strings.Replace(string(stricter("1.0.0")), `"company"`, `"platform"`, 1):                                 "pack_of_platform",
			strings.Replace(string(stricter("1.0.0")), `"outcome":"deny"`, `"outcome":"allow"`, 1):                   "pack_invalid",
			strings.Replace(string(stricter("1.0.0")), `"kinds":["violence"]`, `"kinds":["violence"],"when":"1"`, 1): "pack_invalid",
		} {
			_, err := h.Council.Propose(ctx, ada, []byte(text))
			if !fault.HasCode(err, code) {
				t.Errorf("%s: got %v", text, err)
			}
			if f, ok := fault.As(err); ok && code == "pack_invalid" && len(f.Fields) == 0 {
				t.Errorf("%s: no problem is named", text)
			}
		}
		versions, err := h.Council.Versions(ctx)
		must(t, err)
		is(t, "kept", len(versions), 0)
	})
}

func TestThePastIsForgottenAndHoldsNoWords(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.Council.Decide(ctx, violence())
		h.Council.Flush(ctx)
		past, err := h.DB.PastInputs(ctx, "", 10)
		must(t, err)
		is(t, "remembered", len(past), 1)
		is(t, "evidence", past[0].Input.Findings[0].Evidence, "")
		h.clock.Advance(31 * 24 * time.Hour)
		h.Council.Decide(ctx, violence())
		h.Council.Flush(ctx)
		past, err = h.DB.PastInputs(ctx, "", 10)
		must(t, err)
		is(t, "only the new one", len(past), 1)
		is(t, "its time", past[0].At, h.clock.Now())
	})
}
