package house_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"marquee/internal/fault"
	"marquee/internal/ledger/tree"
)

// TestALifeIsProvenAndErased puts every row that a whole life leaves into the
// tree; when the person goes, what was proven of them stands, and can no longer
// be opened.
func TestALifeIsProvenAndErased(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		ctx := t.Context()
		h.Settings.LedgerKey, h.Settings.LedgerName = filepath.Join(t.TempDir(), "ledger.key"), "house.example/ledger"
		other := h.participant()
		_, theirs := h.published(other)
		l := h.live(other, theirs)
		sequencer, err := h.Sequencer(ctx)
		must(t, err)
		look := func() {
			t.Helper()
			_, more, err := sequencer.Look(ctx)
			must(t, err)
			if more {
				t.Fatal("more rows than a look takes")
			}
		}
		look()
		before, err := h.Tree.Head(ctx)
		must(t, err)
		verifier, err := note.NewVerifier(before.Verifier)
		must(t, err)
		rows := h.rows(0)
		if before.Size != int64(len(rows)) || verifier.Name() != "house.example/ledger" {
			t.Fatalf("the tree of %s has %d of %d rows", verifier.Name(), before.Size, len(rows))
		}
		proofs := map[string]tree.Proof{}
		for _, r := range rows {
			proofs[r.ID], err = h.Tree.Prove(ctx, r.ID)
			must(t, err)
			for _, w := range []string{l.p.ID, other.ID, inPrompt, inTitle, inName, inText} {
				if strings.Contains(string(proofs[r.ID].Leaf), w) {
					t.Errorf("the leaf of %s has %q", r.Action, w)
				}
			}
		}

		must(t, h.Audience.Leave(ctx, l.p.ID))
		h.work()
		look()
		erased := 0
		for _, r := range rows {
			now, err := h.Tree.Prove(ctx, r.ID)
			must(t, err)
			old := proofs[r.ID]
			if now.Hash != old.Hash || now.Index != old.Index {
				t.Errorf("the row %s is another now", r.Action)
			}
			// The proof of before is good for the checkpoint of before, for ever.
			must(t, tlog.CheckRecord(old.Hashes, before.Size, before.Root, old.Index, tlog.RecordHash(now.Leaf)))
			if _, err := h.DB.LedgerSalt(ctx, r.ID); r.Commitment != nil && fault.Is(err, fault.NotFound) {
				erased++
			}
		}
		if erased < 5 {
			t.Errorf("only %d salts are gone", erased)
		}
		src, err := tree.Checked(ctx, h.DB)
		must(t, err)
		report, err := tree.Verify(ctx, src, tree.Check{Verifier: verifier, Earlier: []tree.Earlier{{Checkpoint: before.Checkpoint, By: "before"}}})
		must(t, err)
		must(t, src.Stray(ctx, report))
		if !report.Whole() || report.Head.Size <= before.Size {
			t.Errorf("the ledger is %+v", report)
		}
	})
}
