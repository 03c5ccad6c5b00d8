package store_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"marquee/internal/store"
	"marquee/internal/store/storetest"
)

// Tests that need a second process run this test binary again, with these
// variables saying what it is to be.
const (
	childRole     = "STORE_TEST_CHILD"
	childDatabase = "STORE_TEST_DATABASE"
	childKey      = "STORE_TEST_KEY"
)

func TestMain(m *testing.M) {
	role := os.Getenv(childRole)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := child(role, os.Getenv(childDatabase)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child opens the database; as "sequence" it writes rows and puts them into the
// ledger's tree until it is killed; as "hang" it then takes jobs of kind "hold",
// tells their args and never ends them.
func child(role, database string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, store.Config{Database: database, Log: storetest.Quiet()})
	if err != nil {
		return err
	}
	if role == "open" {
		return db.Close()
	}
	if role == "sequence" {
		return sequenceForEver(ctx, db, os.Getenv(childKey))
	}
	w, err := store.NewWorker(db, store.WorkerConfig{Concurrency: 2, Log: storetest.Quiet(),
		Handlers: map[string]func(context.Context, []byte) error{"hold": func(_ context.Context, args []byte) error {
			fmt.Println(string(args))
			select {}
		}}})
	if err != nil {
		return err
	}
	if err := w.Start(ctx); err != nil {
		return err
	}
	select {}
}

func childCommand(t *testing.T, role, database string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childRole+"="+role, childDatabase+"="+database)
	c.Stderr = os.Stderr
	return c
}
