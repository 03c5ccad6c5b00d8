package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"unicode/utf8"

	"marquee/internal/fault"
)

// scanner is a row that can be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// prepared keeps SQLite's statements for reading; pgx keeps its own by
// connection. Queries are constants of this package, so it stays small.
type prepared struct {
	mu   sync.RWMutex
	list map[string]*sql.Stmt
}

// maxPrepared bounds the statements kept, should a query ever be built.
const maxPrepared = 256

func (p *prepared) get(ctx context.Context, pool *sql.DB, query string) (*sql.Stmt, error) {
	p.mu.RLock()
	s, n := p.list[query], len(p.list)
	p.mu.RUnlock()
	if s != nil || n >= maxPrepared {
		return s, nil
	}
	s, err := pool.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if have := p.list[query]; have != nil {
		return have, s.Close()
	}
	if p.list == nil {
		p.list = map[string]*sql.Stmt{}
	}
	p.list[query] = s
	return s, nil
}

// storable refuses what PostgreSQL can't keep in a text, on both databases.
func storable(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return fault.New(fault.Invalid, "bad_text", "A text has characters that can't be stored. Please remove them and try again.")
		}
	}
	return nil
}

// exec writes in the unit of ctx and gives how many rows that touched.
func (db *DB) exec(ctx context.Context, query string, args ...any) (int64, error) {
	u, err := db.unitOf(ctx)
	if err != nil {
		return 0, err
	}
	if u == nil {
		return 0, ErrOutsideUnit
	}
	if err := storable(args); err != nil {
		return 0, u.fails(err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, db.statement, errSlow)
	defer cancel()
	res, err := u.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, u.fails(db.writeFault(ctx, err))
	}
	n, err := res.RowsAffected()
	return n, u.fails(err)
}

// writeFault is fault for a write, which may also find a thing there already, or
// what it belongs to gone since it was looked at.
func (db *DB) writeFault(ctx context.Context, err error) error {
	if duplicate(err) {
		return fault.New(fault.Conflict, "already_there", "That is there already.").Because(err)
	}
	if orphaned(err) {
		return fault.Missing("work").Because(err)
	}
	return db.fault(ctx, err)
}

// insert is exec for a row that must not be there yet: if it is, the fault is
// a Conflict with the given code. The query ends in ON CONFLICT DO NOTHING,
// so that the unit can go on.
func (db *DB) insert(ctx context.Context, code, detail, query string, args ...any) error {
	n, err := db.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, code, detail)
	}
	return err
}

// put is exec for callers who do not need the count.
func (db *DB) put(ctx context.Context, query string, args ...any) error {
	_, err := db.exec(ctx, query, args...)
	return err
}

// changed is exec for a change that happens or does not.
func (db *DB) changed(ctx context.Context, query string, args ...any) (bool, error) {
	n, err := db.exec(ctx, query, args...)
	return n > 0, err
}

// must is exec for a change of a thing that has to be there.
func (db *DB) must(ctx context.Context, what, query string, args ...any) error {
	n, err := db.exec(ctx, query, args...)
	if err == nil && n == 0 {
		return fault.Missing(what)
	}
	return err
}

// query reads rows in the unit of ctx if there is one, else from the readers.
// f is called for each row.
func (db *DB) query(ctx context.Context, query string, args []any, f func(scanner) error) error {
	u, err := db.unitOf(ctx)
	if err != nil {
		return err
	}
	if err := storable(args); err != nil {
		return err
	}
	bound := db.reading
	if u != nil {
		bound = db.statement
	}
	ctx, cancel := context.WithTimeoutCause(ctx, bound, errSlow)
	defer cancel()
	rows, release, err := db.rows(ctx, u, query, args)
	if err != nil {
		if u != nil {
			return u.fails(db.fault(ctx, err))
		}
		return db.fault(ctx, err)
	}
	defer release()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	err = db.fault(ctx, rows.Err())
	if u != nil {
		return u.fails(err)
	}
	return err
}

// rows sends a query; release gives back what it holds.
func (db *DB) rows(ctx context.Context, u *unit, query string, args []any) (*sql.Rows, func(), error) {
	if u != nil {
		rows, err := u.tx.QueryContext(ctx, query, args...)
		if err != nil {
			return nil, nil, err
		}
		return rows, func() { _ = rows.Close() }, nil
	}
	if db.kind == SQLite {
		s, err := db.prepared.get(ctx, db.read, query)
		if err != nil {
			return nil, nil, err
		}
		var rows *sql.Rows
		if s != nil {
			rows, err = s.QueryContext(ctx, args...)
		} else {
			rows, err = db.read.QueryContext(ctx, query, args...)
		}
		if err != nil {
			return nil, nil, err
		}
		return rows, func() { _ = rows.Close() }, nil
	}
	conn, err := db.connection(ctx, db.read)
	if err != nil {
		return nil, nil, err
	}
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		_ = conn.Close() // the query's error says more
		return nil, nil, err
	}
	return rows, func() { _ = rows.Close(); _ = conn.Close() }, nil
}

// row reads the columns of one row; sql.ErrNoRows if there is none.
func (db *DB) row(ctx context.Context, query string, args []any, dest ...any) error {
	found := false
	err := db.query(ctx, query, args, func(s scanner) error {
		if found {
			return nil
		}
		found = true
		return s.Scan(dest...)
	})
	if err == nil && !found {
		return sql.ErrNoRows
	}
	return err
}

// one reads one thing; a NotFound that names it if there is none.
func one[T any](ctx context.Context, db *DB, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	all, err := list(ctx, db, scan, query, args...)
	if err != nil || len(all) == 0 {
		var none T
		if err == nil {
			err = fault.Missing(what)
		}
		return none, err
	}
	return all[0], nil
}

// list reads things; none is an empty list.
func list[T any](ctx context.Context, db *DB, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	all := []T{}
	err := db.query(ctx, query, args, func(s scanner) error {
		t, err := scan(s)
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

// returning is one for a write with RETURNING, which needs a unit.
func returning[T any](ctx context.Context, db *DB, what string, scan func(scanner) (T, error), query string, args ...any) (T, error) {
	if u, err := db.unitOf(ctx); err != nil || u == nil {
		var none T
		if err == nil {
			err = ErrOutsideUnit
		}
		return none, err
	}
	return one(ctx, db, what, scan, query, args...)
}

// missing tells whether err is that there was no such row.
func missing(err error) bool { return errors.Is(err, sql.ErrNoRows) || fault.Is(err, fault.NotFound) }
