package tree

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"marquee/internal/work"
)

const (
	// lookEvery is how often a sequencer looks for rows. With the batch itself
	// that keeps a row's proof well within two seconds of its commit.
	lookEvery = 500 * time.Millisecond
	// beatLooks is how many looks without rows go by for each sign of life.
	beatLooks = 2
	// goneLooks is how many looks without a sign of life make a holder dead.
	goneLooks = 8
	// batch is how many rows go into the tree at once. It bounds how long the
	// one writer of SQLite is kept from others: some ten milliseconds.
	batch = 1000
	// batches bounds how many batches one look takes on.
	batches = 64
)

// ErrOtherKey is what a sequencer says whose key is not the tree's.
var ErrOtherKey = errors.New("the ledger's tree is signed with another key; give every node the same file (--ledger-key)")

// Sequencer puts rows into the tree. Any number may run, on any number of
// nodes: one holds the tree, the others watch it and take over when it dies.
// What two of them try at once, the database lets happen once.
type Sequencer struct {
	store Store
	unit  work.Unit
	key   *Key
	check note.Verifier
	node  string
	log   *slog.Logger

	fence int64 // 0 if this one does not hold the tree
	holds atomic.Bool
	edge  *edge
	idle  int
	seen  State // at the last look while another held it
	still int
}

// SequencerDeps are what a sequencer stands on; all are needed.
type SequencerDeps struct {
	Store Store
	Unit  work.Unit
	Key   *Key
	// Node names this one among others.
	Node string
	Log  *slog.Logger
}

// NewSequencer makes a sequencer; nothing runs yet.
func NewSequencer(d SequencerDeps) (*Sequencer, error) {
	check, err := note.NewVerifier(d.Key.Verifier)
	if err != nil {
		return nil, fmt.Errorf("the ledger's key: %w", err)
	}
	return &Sequencer{store: d.Store, unit: d.Unit, key: d.Key, check: check, node: d.Node, log: d.Log}, nil
}

// Holds tells whether this sequencer held the tree at its last look.
func (s *Sequencer) Holds() bool { return s.holds.Load() }

// Run looks for rows until ctx ends, and then leaves the tree to another.
func (s *Sequencer) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	troubled := false
	for {
		_, more, err := s.Look(ctx)
		if ctx.Err() != nil {
			s.leave(context.WithoutCancel(ctx))
			return
		}
		if err != nil && !troubled {
			s.log.WarnContext(ctx, "rows could not be put into the ledger's tree; they wait", "cause", err)
		} else if err == nil && troubled {
			s.log.InfoContext(ctx, "rows go into the ledger's tree again")
		}
		troubled = err != nil
		if more {
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// Look takes the tree if nobody holds it, and puts the rows in that wait. It
// gives how many those were, and whether more may wait.
func (s *Sequencer) Look(ctx context.Context) (put int, more bool, err error) {
	state, err := s.store.LedgerTree(ctx)
	if err != nil {
		return 0, false, err
	}
	if state.Verifier != "" && state.Verifier != s.key.Verifier {
		return 0, false, ErrOtherKey
	}
	if mine, err := s.hold(ctx, state); err != nil || !mine {
		return 0, false, err
	}
	for range batches {
		n, err := s.batch(ctx, &state)
		put += n
		switch {
		case err != nil || !s.Holds():
			return put, false, err
		case n == 0 && put == 0:
			return 0, false, s.beat(ctx)
		case n < batch:
			return put, false, nil
		}
	}
	return put, true, nil
}

// hold tells whether this sequencer holds the tree, and takes it if it may.
func (s *Sequencer) hold(ctx context.Context, state State) (bool, error) {
	if s.fence != 0 && state.Fence == s.fence {
		return true, nil
	}
	s.lose()
	if state.Holder != "" {
		if state.Fence != s.seen.Fence || state.Beats != s.seen.Beats || state.Size != s.seen.Size {
			s.still = 0
		} else {
			s.still++
		}
		s.seen = state
		if s.still < goneLooks {
			return false, nil
		}
	}
	var took bool
	err := s.unit.Do(ctx, func(ctx context.Context) (err error) {
		took, err = s.store.TakeLedgerTree(ctx, s.node, state.Fence)
		return err
	})
	if err != nil || !took {
		return false, err
	}
	s.fence, s.still, s.seen = state.Fence+1, 0, State{}
	s.holds.Store(true)
	return true, nil
}

func (s *Sequencer) lose() {
	s.fence, s.edge = 0, nil
	s.holds.Store(false)
}

// beat gives a sign of life now and then, while there is nothing to do.
func (s *Sequencer) beat(ctx context.Context) error {
	if s.idle++; s.idle < beatLooks {
		return nil
	}
	s.idle = 0
	return s.unit.Do(ctx, func(ctx context.Context) error {
		mine, err := s.store.BeatLedgerTree(ctx, s.fence)
		if err == nil && !mine {
			s.lose()
		}
		return err
	})
}

// leave lets another take the tree at once.
func (s *Sequencer) leave(ctx context.Context) {
	if s.fence == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := s.unit.Do(ctx, func(ctx context.Context) error { return s.store.LeaveLedgerTree(ctx, s.fence) }); err != nil {
		s.log.WarnContext(ctx, "the ledger's tree was not left to another; it will take over in a few seconds", "cause", err)
	}
	s.lose()
}

// batch puts the next rows in and brings state up to date.
func (s *Sequencer) batch(ctx context.Context, state *State) (int, error) {
	rows, err := s.store.LedgerRows(ctx, state.Seq, batch)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	if s.edge == nil || s.edge.size != state.Size {
		if s.edge, err = s.load(ctx, *state); err != nil {
			return 0, err
		}
	}
	// Until the batch is committed the edge is ahead of the tree.
	e := s.edge
	s.edge = nil
	g := Growth{Fence: s.fence, From: state.Size, AfterSeq: state.Seq, Seq: rows[len(rows)-1].Seq, Verifier: s.key.Verifier}
	for _, r := range rows {
		e.add(LeafHash(r), func(t Tile) { g.Tiles = append(g.Tiles, t) })
	}
	g.Tiles = append(g.Tiles, e.partial()...)
	g.Size = e.size
	signed, err := sign(Checkpoint{Origin: s.key.Name(), Size: e.size, Root: e.root()}, s.key)
	if err != nil {
		return 0, fmt.Errorf("signing the checkpoint: %w", err)
	}
	g.Checkpoint = string(signed)
	var grown bool
	err = s.unit.Do(ctx, func(ctx context.Context) (err error) {
		grown, err = s.store.GrowLedgerTree(ctx, g)
		return err
	})
	if err != nil {
		return 0, err
	}
	if !grown {
		s.lose()
		return 0, nil
	}
	s.edge = e
	state.Size, state.Seq, state.Checkpoint, state.Verifier = g.Size, g.Seq, g.Checkpoint, g.Verifier
	return len(rows), nil
}

// load reads the edge of the tree, and stops at one that its own checkpoint
// does not vouch for: what was tampered with is not signed again.
func (s *Sequencer) load(ctx context.Context, state State) (*edge, error) {
	if state.Size == 0 && state.Checkpoint == "" {
		return &edge{}, nil
	}
	head, err := OpenCheckpoint([]byte(state.Checkpoint), s.check)
	if err != nil {
		return nil, err
	}
	tiles := edgeTiles(state.Size)
	data, err := s.store.LedgerTiles(ctx, tiles)
	if err != nil {
		return nil, err
	}
	e, err := edgeOf(state.Size, tiles, data)
	if err != nil {
		return nil, err
	}
	if head.Size != state.Size || head.Root != e.root() {
		return nil, errors.New("the tiles of the ledger's tree are not what its checkpoint was signed for; `marquee ledger verify` shows what was changed")
	}
	return e, nil
}
