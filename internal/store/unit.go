package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"marquee/internal/work"
)

// ErrOutsideUnit is what a write gives without a unit of work around it: a
// mistake in the program, never of a person.
var ErrOutsideUnit = errors.New("write outside a unit of work")

// ErrUnitEnded is what a store method gives when it is called with the context
// of a unit that is over.
var ErrUnitEnded = errors.New("the unit of work has ended")

const (
	// unitTime bounds a unit as a whole, so that one stuck caller can't hold
	// the writer, or locks, for ever.
	unitTime = 30 * time.Second
	// unitTries bounds how often PostgreSQL may ask for a unit again.
	unitTries = 12
)

type unitKey struct{}

// unit is one open transaction, carried by the context.
type unit struct {
	db     *DB
	conn   *sql.Conn
	tx     *sql.Tx
	broken error // the first failure, after which nothing may be committed
	ended  bool
}

// unitOf gives the unit of ctx, nil if there is none on this database.
func (db *DB) unitOf(ctx context.Context) (*unit, error) {
	u, ok := ctx.Value(unitKey{}).(*unit)
	if !ok || u.db != db {
		return nil, nil
	}
	if u.ended {
		return nil, ErrUnitEnded
	}
	return u, nil
}

// fails remembers the first failure and gives err back. A failed statement
// ends a PostgreSQL transaction; on SQLite the same is made to hold, and a
// caller who drops the error can't commit a half.
func (u *unit) fails(err error) error {
	if err != nil && u.broken == nil {
		u.broken = err
	}
	return err
}

// Do implements work.Unit. When the connection breaks during the commit, the
// fault is database_away though the unit may have been committed. A unit takes at most 30 seconds. When a Do inside
// fails, the outer one can't commit any more, even if its function carries on.
func (db *DB) Do(ctx context.Context, f func(ctx context.Context) error) error {
	u, err := db.unitOf(ctx)
	if err != nil {
		return err
	}
	if u != nil {
		return u.fails(f(ctx))
	}
	for try := 1; ; try++ {
		err, retry := db.try(ctx, f)
		if !retry || ctx.Err() != nil {
			return err
		}
		if try == unitTries {
			return away(fmt.Errorf("given up after %d tries: %w: %w", try, errSlow, err))
		}
		// Those who collided must not meet again.
		pause := time.Duration(rand.Int64N(int64(min(try, 6)*int(10*time.Millisecond)))) + time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// try runs one unit; retry says that the database asks for it again.
func (db *DB) try(outer context.Context, f func(ctx context.Context) error) (err error, retry bool) {
	ctx, cancel := context.WithTimeoutCause(outer, unitTime, errSlow)
	defer cancel()
	conn, err := db.connection(ctx, db.write)
	if err != nil {
		return err, false
	}
	u := &unit{db: db, conn: conn}
	var after func()
	err = func() (err error) {
		defer conn.Close() // given back to the pool; the outcome is known by then
		if u.tx, err = conn.BeginTx(ctx, nil); err != nil {
			return db.fault(ctx, err)
		}
		finished := false
		defer func() {
			u.ended = true
			if !finished {
				_ = u.tx.Rollback() // a connection too broken to roll back is dropped by the pool
			}
		}()
		inner, run := work.Collect(context.WithValue(ctx, unitKey{}, u))
		after = run
		if err := f(inner); err != nil {
			return err
		}
		if u.broken != nil {
			return fmt.Errorf("a failure inside a unit of work was passed over: %w", u.broken)
		}
		finished = true
		return db.fault(ctx, u.tx.Commit())
	}()
	if err != nil {
		return err, again(err) || again(u.broken)
	}
	after()
	return nil, false
}

// connection takes a connection of its own from a pool, within the bound.
func (db *DB) connection(ctx context.Context, pool *sql.DB) (*sql.Conn, error) {
	actx, cancel := context.WithTimeoutCause(ctx, db.acquire, errSlow)
	defer cancel()
	conn, err := pool.Conn(actx)
	if err != nil {
		return nil, db.fault(actx, err)
	}
	return conn, nil
}

// fault tells what an error of the database means, under the context that it
// happened in: the caller gone, the database away, or the error itself.
func (db *DB) fault(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if ctx.Err() != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			// Whether the bound was the caller's or ours: time ran out waiting here.
			return away(fmt.Errorf("%w: %w: %w", errSlow, ctx.Err(), err))
		}
		return ctx.Err()
	}
	return away(err)
}
