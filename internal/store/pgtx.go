package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// openTx lets River write in a transaction that database/sql has opened on
// the same connection. Ending it stays with its owner; a transaction inside
// it is a savepoint.
type openTx struct{ conn *pgx.Conn }

var errNotMine = errors.New("this transaction is ended by its unit of work")

func (t *openTx) Begin(ctx context.Context) (pgx.Tx, error) {
	if _, err := t.conn.Exec(ctx, "SAVEPOINT inner_tx"); err != nil {
		return nil, err
	}
	return &savepoint{openTx: openTx{t.conn}}, nil
}

func (t *openTx) Commit(context.Context) error   { return errNotMine }
func (t *openTx) Rollback(context.Context) error { return errNotMine }

func (t *openTx) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	return t.conn.CopyFrom(ctx, table, columns, rows)
}

func (t *openTx) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	return t.conn.SendBatch(ctx, b)
}

func (t *openTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

func (t *openTx) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	return t.conn.Prepare(ctx, name, sql)
}

func (t *openTx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return t.conn.Exec(ctx, sql, args...)
}

func (t *openTx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return t.conn.Query(ctx, sql, args...)
}

func (t *openTx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return t.conn.QueryRow(ctx, sql, args...)
}

func (t *openTx) Conn() *pgx.Conn { return t.conn }

// savepoint is a transaction inside an openTx. PostgreSQL lets the same name
// be used again and again: the latest one is meant.
type savepoint struct {
	openTx
	done bool
}

func (s *savepoint) Commit(ctx context.Context) error {
	return s.end(ctx, "RELEASE SAVEPOINT inner_tx")
}

func (s *savepoint) Rollback(ctx context.Context) error {
	return s.end(ctx, "ROLLBACK TO SAVEPOINT inner_tx")
}

func (s *savepoint) end(ctx context.Context, sql string) error {
	if s.done {
		return pgx.ErrTxClosed
	}
	s.done = true
	_, err := s.conn.Exec(ctx, sql)
	return err
}
