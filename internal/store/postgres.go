package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// migrationLock is the advisory lock that a migrating process holds.
const migrationLock = int64(0x4d51_0001) << 32

// connectTimeout bounds one try to reach PostgreSQL.
const connectTimeout = 2 * time.Second

func (db *DB) openPostgres(ctx context.Context, cfg Config) error {
	db.kind = Postgres
	db.acquire, db.reading, db.statement = 3*time.Second, 3*time.Second, 10*time.Second
	pc, err := pgxpool.ParseConfig(cfg.Database)
	if err != nil {
		// The driver's text may repeat the address, password included.
		return fmt.Errorf("the database setting can't be read as postgres://user:password@host:port/name?options")
	}
	pc.MaxConns = 16
	if cfg.Connections != 0 {
		pc.MaxConns = int32(min(max(cfg.Connections, 4), 200))
	}
	pc.MinIdleConns = min(2, pc.MaxConns)
	pc.MaxConnIdleTime = 5 * time.Minute
	pc.ConnConfig.ConnectTimeout = connectTimeout
	migrating := pc.ConnConfig.Copy()
	// The server ends what a client that was cut off can't end any more, so
	// no lock outlives its owner for long.
	for name, value := range map[string]string{
		"application_name":                    "marquee",
		"statement_timeout":                   "30s",
		"lock_timeout":                        "10s",
		"idle_in_transaction_session_timeout": "60s",
		"timezone":                            "UTC",
	} {
		if _, set := pc.ConnConfig.RuntimeParams[name]; !set {
			pc.ConnConfig.RuntimeParams[name] = value
		}
	}
	if err := db.migratePostgres(ctx, migrating); err != nil {
		return err
	}
	db.pool, err = pgxpool.NewWithConfig(ctx, pc)
	if err != nil {
		return away(err)
	}
	db.write = stdlib.OpenDBFromPool(db.pool)
	db.read = db.write
	db.queue, err = newQueue(riverpgxv5.New(db.pool), inPgx, db.log)
	if err != nil {
		return err
	}
	return db.Ping(ctx)
}

// migratePostgres uses connections of its own, without the timeouts that
// serve requests but would cut a long migration.
func (db *DB) migratePostgres(ctx context.Context, cc *pgx.ConnConfig) error {
	cfg, err := pgxpool.ParseConfig("")
	if err != nil {
		return err
	}
	cfg.ConnConfig, cfg.MaxConns = cc, 3
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return away(err)
	}
	defer pool.Close()
	held, err := pool.Acquire(ctx)
	if err != nil {
		return away(err)
	}
	defer held.Release()
	if _, err := held.Exec(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return away(err)
	}
	defer func() {
		// The lock would end with the connection too; this only frees it sooner.
		_, _ = held.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
	}()
	plain := stdlib.OpenDBFromPool(pool)
	defer plain.Close()
	return migrate(ctx, Postgres, plain, riverpgxv5.New(pool))
}

// inPgx gives f the pgx connection under a unit's transaction, as a pgx.Tx
// that can't end it.
func inPgx(u *unit, f func(pgx.Tx) error) error {
	return u.conn.Raw(func(c any) error {
		conn, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the connection is a %T, not one of pgx", c)
		}
		return f(&openTx{conn.Conn()})
	})
}
