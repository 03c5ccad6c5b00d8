package house_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"marquee/internal/fault"
	"marquee/internal/ledger"
)

// TestTheLedgerHoldsNothingPersonal looks at every row that a whole life leaves.
func TestTheLedgerHoldsNothingPersonal(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		other := h.participant()
		_, theirs := h.published(other)
		from := h.lastRow()
		l := h.live(other, theirs)
		must(t, h.Gallery.Withdraw(ctx, l.p, l.creations[1].ID))
		must(t, h.Gallery.Remove(ctx, l.p, l.creations[1].ID))
		roles := []string{"participant", "reviewer", "producer", "admin", "system"}
		ids := map[string]bool{}
		clean := func(rows []ledger.Row) {
			t.Helper()
			for _, r := range rows {
				told := r
				told.Commitment = nil // random letters now and then spell a word
				raw, err := json.Marshal(told)
				must(t, err)
				for _, w := range []string{l.p.ID, other.ID, reviewer.ID, inPrompt, inHeld, inTitle, inRejected, inName, inText, inReport, inDenied, "Ada", "Fox", "fox"} {
					if strings.Contains(string(raw), w) {
						t.Errorf("row %d, %s, has %q: %s", r.Seq, r.Action, w, raw)
					}
				}
				if !slices.Contains(roles, r.Role) {
					t.Errorf("row %d has the role %q", r.Seq, r.Role)
				}
				if r.At.IsZero() || r.SubjectKind == "" || r.SubjectID == "" || ids[r.ID] {
					t.Errorf("row %d is not whole or not alone: %s", r.Seq, raw)
				}
				ids[r.ID] = true
			}
		}
		rows := h.rows(0)
		clean(rows)
		made := strings.Repeat("picture.made system, ", 4)
		is(t, "the decisions of a life", h.actions(from), "participant.arrived participant, generation.requested participant, "+made+"generation.succeeded system, "+
			"generation.requested participant, generation.requested participant, creation.made participant, "+
			"entry.handed_in participant, review.rejected reviewer, entry.handed_in participant, entry.published reviewer, review.approved reviewer, "+
			"creation.made participant, entry.handed_in participant, entry.reported participant, entry.reported participant, "+
			"review.rejected reviewer, entry.reported participant, entry.withdrawn participant, creation.deleted participant")

		// A commitment opens with its salt, and to nothing else.
		opens := func(action, subject string, private map[string]string) string {
			t.Helper()
			i := slices.IndexFunc(rows, func(r ledger.Row) bool { return r.Action == action && r.SubjectID == subject })
			if i < 0 {
				t.Fatalf("there is no row %s of %s", action, subject)
			}
			salt, err := h.DB.LedgerSalt(ctx, rows[i].ID)
			must(t, err)
			c, err := ledger.Commit(salt.Salt, private)
			must(t, err)
			if !bytes.Equal(c, rows[i].Commitment) {
				t.Errorf("%s does not open with its salt", action)
			}
			private["participant"] = other.ID
			if c, err = ledger.Commit(salt.Salt, private); err != nil || bytes.Equal(c, rows[i].Commitment) {
				t.Errorf("%s opens to what was not so", action)
			}
			return rows[i].ID
		}
		opened := []string{
			opens("entry.handed_in", l.entry.ID, map[string]string{"title": inTitle, "display_name": inName, "participant": l.p.ID}),
			opens("generation.requested", l.creations[0].GenerationID, map[string]string{"prompt": "a fox, " + inPrompt, "participant": l.p.ID}),
			opens("creation.made", l.creations[0].ID, map[string]string{"participant": l.p.ID}),
		}
		from = h.lastRow()
		must(t, h.Audience.Leave(ctx, l.p.ID))
		h.work()
		h.wrote(from, "creation.deleted participant", "participant.erased participant")
		clean(h.rows(from))
		for _, id := range opened {
			wants(t, second(h.DB.LedgerSalt(ctx, id)), fault.NotFound, "not_found")
		}
	})
}
