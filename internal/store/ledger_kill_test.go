package store_test

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"marquee/internal/ledger"
	"marquee/internal/ledger/tree"
	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// sequenceForEver writes rows and puts them into the tree, and tells each time
// how many those were.
func sequenceForEver(ctx context.Context, db *store.DB, keyFile string) error {
	key, err := tree.ReadKey(keyFile)
	if err != nil {
		return err
	}
	s, err := tree.NewSequencer(tree.SequencerDeps{Store: db, Unit: db, Key: key, Node: "child", Log: storetest.Quiet()})
	if err != nil {
		return err
	}
	l := ledger.New(db, time.Now)
	for {
		err := db.Do(ctx, func(ctx context.Context) error {
			for range 50 {
				if err := l.Record(ctx, ledger.Decision{Action: "a", Role: "system", SubjectKind: "k", SubjectID: "s"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		n, _, err := s.Look(ctx)
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A process that is killed while it lets the tree grow is followed by another,
// which finds it whole and goes on where it ended.
func TestKilledSequencer(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			address := storetest.Database(t, kind)
			db := storetest.Open(t, address)
			file := filepath.Join(t.TempDir(), "ledger.key")
			key, err := tree.EnsureKey(file, "house.example/ledger")
			if err != nil {
				t.Fatal(err)
			}
			for round := range 3 {
				c := childCommand(t, "sequence", address)
				c.Env = append(c.Env, childKey+"="+file)
				out, err := c.StdoutPipe()
				if err == nil {
					err = c.Start()
				}
				if err != nil {
					t.Fatal(err)
				}
				lines := bufio.NewScanner(out)
				for put := 0; put < 3; { // it holds the tree, and is in the middle of something
					if !lines.Scan() {
						t.Fatal("the child puts nothing in", lines.Err())
					}
					if lines.Text() != "0" {
						put++
					}
				}
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = c.Wait() // it was killed
				next := storetest.Sequencer(t, db, nil, key, fmt.Sprint("next", round))
				for looks := 0; !next.Holds(); looks++ {
					if looks > 20 {
						t.Fatal("nobody takes over")
					}
					if _, _, err := next.Look(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				if _, _, err := next.Look(t.Context()); err != nil {
					t.Fatal(err)
				}
				if waits, err := tree.New(db).Waits(t.Context(), time.Now()); err != nil || waits != 0 {
					t.Fatal("rows wait", waits, err)
				}
				if n := storetest.WholeTree(t, db, key); n < 150 {
					t.Fatal("only so many rows are in the tree:", n)
				}
			}
		})
	}
}
