package pgtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"marquee/internal/store/leash"
)

var shared = sync.OnceValues(New)

// Shared gives the one server of this test process, starting it when it is
// first asked for. Where PostgreSQL is not installed the test is skipped.
func Shared(t testing.TB) *Server {
	t.Helper()
	return leash.Lend(t, shared, ErrNotInstalled)
}

// Own starts a server for one test, which may stop and start it. Where
// PostgreSQL is not installed the test is skipped.
func Own(t testing.TB) *Server {
	t.Helper()
	return leash.Own(t, New, ErrNotInstalled)
}

var databases atomic.Int64

// Database makes an empty database and gives its address; template, if not
// empty, is one to copy. It goes with the server: dropping it would take longer
// than the rest of many a test.
func (s *Server) Database(t testing.TB, template string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", databases.Add(1))
	create := "CREATE DATABASE " + name
	if template != "" {
		create += " TEMPLATE " + template + " STRATEGY FILE_COPY"
	}
	if err := s.Admin(t.Context(), create); err != nil {
		t.Fatal(err)
	}
	return s.DSN(name)
}

// Admin runs a statement in the database postgres.
func (s *Server) Admin(ctx context.Context, sql string) error {
	c, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, sql)
	return errors.Join(err, c.Close(ctx))
}
