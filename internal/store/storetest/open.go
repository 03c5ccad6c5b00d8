// Package storetest is the one suite that every database and object store
// passes, and the means to run other tests on all of them.
package storetest

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"

	"marquee/internal/asset"
	"marquee/internal/store"
	"marquee/internal/store/blob"
	"marquee/internal/store/pgtest"
	"marquee/internal/store/s3test"
)

// Database makes an empty database of a kind for one test and gives its
// address, as --database takes it. Where PostgreSQL is not installed the test
// is skipped.
func Database(t testing.TB, kind store.Kind) string {
	t.Helper()
	if kind == store.SQLite {
		return filepath.Join(t.TempDir(), "marquee.db")
	}
	server := pgtest.Shared(t)
	template.Do(func() { templateErr = makeTemplate(t.Context(), server) })
	if templateErr != nil {
		t.Fatal(templateErr)
	}
	return server.Database(t, templateName)
}

// Objects makes an empty object store for one test and gives its address, as
// --objects takes it: a folder beside SQLite, a bucket beside PostgreSQL.
func Objects(t testing.TB, kind store.Kind) string {
	t.Helper()
	if kind == store.SQLite {
		return t.TempDir()
	}
	return s3test.Shared(t).Bucket()
}

const templateName = "marquee_template"

var (
	template    sync.Once
	templateErr error
)

// makeTemplate migrates once; tests copy the result.
func makeTemplate(ctx context.Context, server *pgtest.Server) error {
	if err := server.Admin(ctx, "CREATE DATABASE "+templateName); err != nil {
		return err
	}
	db, err := store.Open(ctx, store.Config{Database: server.DSN(templateName), Log: Quiet()})
	if err != nil {
		return err
	}
	return db.Close()
}

// Quiet is a log that nobody reads.
func Quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// Open opens a database at an address and closes it when the test ends.
func Open(t testing.TB, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Database: address, Log: Quiet(), Connections: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Kinds are the databases that a test is to pass on.
var Kinds = []store.Kind{store.SQLite, store.Postgres}

// Each runs a test on every database, in parallel.
func Each(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, kind := range Kinds {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			f(t, Open(t, Database(t, kind)))
		})
	}
}

// EachPair runs a test on SQLite with a folder and on PostgreSQL with S3, as
// "sqlite+folder" and "postgres+s3", in parallel. What is not installed is
// skipped with a word on how to install it.
func EachPair(t *testing.T, f func(t *testing.T, db *store.DB, blobs asset.Blobs)) {
	t.Helper()
	EachAddress(t, func(t *testing.T, database, objects string) {
		blobs, err := blob.Open(t.Context(), objects)
		if err != nil {
			t.Fatal(err)
		}
		f(t, Open(t, database), blobs)
	})
}

// EachAddress is EachPair for tests that start a whole program: it gives the
// addresses for --database and --objects.
func EachAddress(t *testing.T, f func(t *testing.T, database, objects string)) {
	t.Helper()
	for _, kind := range Kinds {
		name := "sqlite+folder"
		if kind == store.Postgres {
			name = "postgres+s3"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, Database(t, kind), Objects(t, kind))
		})
	}
}
