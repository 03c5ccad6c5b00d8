package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"marquee/internal/fault"
)

// errSlow is why the store itself gave up on the database.
var errSlow = errors.New("the database did not answer in time")

// away turns every way of a database being unreachable into the one fault
// that says so; other errors are given back as they are.
func away(err error) error {
	if err == nil || !isAway(err) {
		return err
	}
	if f, ok := fault.As(err); ok {
		return f
	}
	return fault.New(fault.Unavailable, "database_away",
		"The database can't be reached at the moment. Nothing was lost; please try again shortly.").
		Because(err).After(2 * time.Second)
}

func isAway(err error) bool {
	if f, ok := fault.As(err); ok {
		return f.Code == "database_away"
	}
	if errors.Is(err, errSlow) {
		return true
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pgAway(pg.Code)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN:
			return true
		}
		return false
	}
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	// A caller who left is not a database that is away; it would look like a
	// network error below.
	if errors.Is(err, context.Canceled) {
		return false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok && !errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	// pgx has no error value for a connection that broke under it.
	return strings.Contains(err.Error(), "conn closed")
}

// pgAway knows the SQLSTATEs of a server that is going, coming, full or gone.
func pgAway(code string) bool {
	switch code {
	case "57P01", "57P02", "57P03", "57P05", "53300", "53100", "53200", "25P03", "25P04", "55P03", "57014":
		return true
	}
	return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "58")
}

// again tells whether PostgreSQL asks for the whole transaction to be run
// again: serialization failure or deadlock.
func again(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// orphaned tells whether err says that what a row belongs to is not there.
func orphaned(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23503"
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
	}
	return false
}

// duplicate tells whether err says that a thing is there already.
func duplicate(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}
