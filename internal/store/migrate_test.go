package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"marquee/internal/store"
	"marquee/internal/store/pgtest"
	"marquee/internal/store/storetest"
)

// Processes that start at once on an empty database all succeed.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	for _, kind := range storetest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			address := filepath.Join(t.TempDir(), "new", "marquee.db")
			if kind == store.Postgres {
				address = pgtest.Shared(t).Database(t, "")
			}
			const processes, inside = 3, 4
			errs := make([]error, processes+inside)
			var wg sync.WaitGroup
			for i := range errs {
				wg.Go(func() {
					if i < processes {
						errs[i] = childCommand(t, "open", address).Run()
						return
					}
					db, err := store.Open(t.Context(), store.Config{Database: address, Log: storetest.Quiet(), Connections: 4})
					if err == nil {
						err = db.Close()
					}
					errs[i] = err
				})
			}
			wg.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Fatal(err)
			}
			storetest.Accounts(t, storetest.Open(t, address))
			for _, end := range []string{"", "-wal", "-shm", ".lock"} {
				if st, err := os.Stat(address + end); kind == store.SQLite && (err != nil || st.Mode().Perm() != 0o600) {
					t.Error("others can read the database:", end, st, err)
				}
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"mysql://user:hush@host/db", "postgres://user:hush@host:port:port/db", "postgres://user:hu%zzsh@host/db"} {
		_, err := store.Open(t.Context(), store.Config{Database: address, Log: storetest.Quiet()})
		if err == nil || containsSecret(err.Error()) {
			t.Errorf("%v", err)
		}
	}
	// A folder where the file should be is a fault of its own, not a panic.
	if _, err := store.Open(t.Context(), store.Config{Database: t.TempDir(), Log: storetest.Quiet()}); err == nil {
		t.Error("opened a folder as a database")
	}
}
