package house

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"github.com/google/uuid"

	"marquee/internal/ledger/tree"
)

// keyAgain is how often a key is looked for that could not be had.
const keyAgain = 15 * time.Second

// LedgerKey reads the key that signs the ledger, and makes it for a tree that
// has not begun. One that has begun is never signed with a new key: its key
// must be put back.
func (h *House) LedgerKey(ctx context.Context) (*tree.Key, error) {
	key, err := tree.ReadKey(h.Settings.LedgerKey)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	state, err := h.DB.LedgerTree(ctx)
	if err != nil {
		return nil, err
	}
	if state.Verifier != "" {
		return nil, fmt.Errorf("the ledger's key is not at %s, and its tree has begun. Put the file back (all nodes have the same); rows wait until then", h.Settings.LedgerKey)
	}
	name := h.Settings.LedgerName
	if name == "" {
		host := ""
		if h.Settings.PublicURL != nil {
			host = h.Settings.PublicURL.Host
		}
		name = tree.HouseName(host)
	}
	return tree.EnsureKey(h.Settings.LedgerKey, name)
}

// Sequencer makes the sequencer of this process; nothing runs yet.
func (h *House) Sequencer(ctx context.Context) (*tree.Sequencer, error) {
	key, err := h.LedgerKey(ctx)
	if err != nil {
		return nil, err
	}
	return tree.NewSequencer(tree.SequencerDeps{Store: h.DB, Unit: h.DB, Key: key, Node: uuid.NewString(), Log: h.log})
}

// Prove puts the ledger's rows into its tree and has witnesses cosign it, until
// ctx ends. On many nodes one of them does it. A key that is missing holds up
// nothing else: rows wait, and the log tells what to do.
func (h *House) Prove(ctx context.Context) {
	var s *tree.Sequencer
	told := ""
	for s == nil {
		var err error
		if s, err = h.Sequencer(ctx); err == nil {
			break
		}
		if err.Error() != told && ctx.Err() == nil {
			told = err.Error()
			h.log.ErrorContext(ctx, "the ledger can't be proven for now; decisions are written all the same", "cause", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(keyAgain):
		}
	}
	var asking sync.WaitGroup
	asking.Go(func() {
		tree.NewAsking(h.DB, h.DB, h.Settings.LedgerWitnesses, h.log, h.now).Run(ctx, s.Holds)
	})
	s.Run(ctx)
	asking.Wait()
}
